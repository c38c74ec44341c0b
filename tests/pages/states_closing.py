"""What the inwoner closes, reading in an emergency and the look at it afterwards, and looking through somebody else's eyes."""

from collections.abc import Callable
from uuid import UUID

from tests.pages.stage import LONG_WORD
from tests.pages.states import ERRORS, made, page, sent
from tests.pages.visit import Visit

_PERSON = "(SELECT person_id FROM portaal.account WHERE username = '{}')"
DOSSIER = f"(SELECT id FROM casus.dossier WHERE inwoner_id = {_PERSON.format('iris')})"


def _clean(visit: Visit) -> None:
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM casus.emergency_reading")
        admin.execute("DELETE FROM casus.access_notice")
        admin.execute("DELETE FROM casus.closure WHERE except_responsible")


def _closed(visit: Visit) -> None:
    _clean(visit)
    with visit.live.admin() as admin:
        admin.execute(
            "INSERT INTO casus.closure (dossier_id, entry_id, except_responsible, reason) SELECT dossier_id, id, true, '' FROM casus.entry"
            " WHERE public_id = %s",
            (visit.stage.quiet.rsplit("/", 1)[1],),
        )
    visit.open(f"{visit.stage.quiet}/afsluiten")


def _in_emergency(visit: Visit, reviewed: bool = False) -> UUID:
    """Femke reads in an emergency in the dossier of Iris; a team lead looked at an earlier time."""
    _clean(visit)
    with visit.live.admin() as admin:
        row = admin.execute(
            "INSERT INTO casus.emergency_reading (dossier_id, person_id, reason, ends_at) SELECT"
            f" {DOSSIER}, {_PERSON.format('femke.nas')}, %s, now() + interval '23 hours' RETURNING public_id",
            (f"Zij neemt niet op en is in gevaar. {LONG_WORD}",),
        ).fetchone()
        if reviewed:
            admin.execute(
                "INSERT INTO casus.emergency_reading (dossier_id, person_id, reason, opened_at, ends_at, reviewed_at, reviewed_by, justified, judgement)"
                f" SELECT {DOSSIER}, {_PERSON.format('dirk.kersten')}, 'Zij belde in paniek.', now() - interval '3 days', now() - interval '2 days',"
                f" now(), {_PERSON.format('annelies.groothuis')}, v, 'Eerst bellen kon ook.' FROM (VALUES (true), (false)) j (v)"
            )
    assert row
    return UUID(str(row[0]))


def _told(visit: Visit) -> None:
    _in_emergency(visit)
    with visit.live.admin() as admin:
        admin.execute(f"INSERT INTO casus.access_notice (dossier_id, person_id) SELECT {DOSSIER}, {_PERSON.format('femke.nas')}")
    visit.open("/")


def _before(address: str) -> Callable[[Visit], None]:
    """While nobody reads in an emergency; an address that begins with a dot is below the dossier of Iris."""

    def go(visit: Visit) -> None:
        _clean(visit)
        visit.open(visit.stage.iris + address[1:] if address.startswith(".") else address)

    return go


def _during(address: str, reviewed: bool = False) -> Callable[[Visit], None]:
    """The same while Femke does."""

    def go(visit: Visit) -> None:
        _in_emergency(visit, reviewed)
        visit.open(visit.stage.iris + address[1:] if address.startswith(".") else address)

    return go


def _no_reason(visit: Visit) -> None:
    _before("./lezen-in-nood")(visit)
    visit.submit()


def _review(visit: Visit) -> None:
    visit.open(f"/in-nood-gelezen/{_in_emergency(visit)}")


def _wrong_review(visit: Visit) -> None:
    _review(visit)
    visit.submit()


def _eyes_of_chantal(visit: Visit) -> None:
    visit.open(f"{visit.stage.iris}/zo-ziet-een-ander")
    visit.submit("main li a")


def _eyes_on_a_changed_note_with_a_file(visit: Visit) -> None:
    """Each note was changed for a long reason and has a photo, for as long as it takes to open the page."""
    with visit.live.admin() as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute(
            "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, reason, author_name)"
            " SELECT e.id, 99, e.dossier_id, e.section, e.leefdomein, 'Beter', 'Beter', %s, 'Femke Nas' FROM casus.entry e"
            f" WHERE e.dossier_id = {DOSSIER}",
            (LONG_WORD,),
        )
        made = admin.execute(
            "INSERT INTO casus.document (entry_id, dossier_id, kind, size, sha256, sealed_as)"
            f" SELECT e.id, e.dossier_id, 2, 1200000, sha256(''), e.public_id FROM casus.entry e WHERE e.dossier_id = {DOSSIER}"
            " AND NOT EXISTS (SELECT FROM casus.document d WHERE d.entry_id = e.id) RETURNING entry_id"
        ).fetchall()
    try:
        _eyes_of_chantal(visit)
    finally:
        with visit.live.admin() as admin:
            admin.execute("DELETE FROM casus.document WHERE entry_id = ANY (%s)", ([row[0] for row in made],))
            admin.execute(f"DELETE FROM casus.entry_version WHERE number = 99 AND dossier_id = {DOSSIER}")


def _no_eyes(visit: Visit) -> None:
    with visit.live.admin() as admin:
        rows = admin.execute(
            f"UPDATE casus.access_grant SET withdrawn_at = now() WHERE dossier_id = {DOSSIER} AND withdrawn_at IS NULL RETURNING id"
        )
        numbers = [number for (number,) in rows.fetchall()]
    visit.open(f"{visit.stage.iris}/zo-ziet-een-ander")
    with visit.live.admin() as admin:
        admin.execute("UPDATE casus.access_grant SET withdrawn_at = NULL WHERE id = ANY (%s)", (numbers,))


page("inwoner", "closing.ask", "open", "iris", lambda stage: f"{stage.quiet}/afsluiten", "#person-0")
sent(
    "inwoner",
    "closing.ask",
    "errors",
    "iris",
    lambda stage: f"{stage.quiet}/afsluiten",
    button="main form:has(#person) button[type=submit]",
)
made("inwoner", "closing.ask", "closed", "iris", _closed, "#dicht")
page("inwoner", "preview.people", "somebody", "iris", lambda stage: f"{stage.iris}/zo-ziet-een-ander", "main li a")
made("inwoner", "preview.people", "nobody", "iris", _no_eyes, "main > p >> nth=1")
made("inwoner", "preview.show", "entries", "iris", _eyes_of_chantal, "article.printed")
made("inwoner", "preview.show", "changed-with-a-file", "iris", _eyes_on_a_changed_note_with_a_file, "a[href$=foto]")
made("inwoner", "start.show", "read-in-an-emergency", "iris", _during("/"), ".utrecht-alert--warning")
made("inwoner", "log.who_looked", "emergencies", "iris", _during("./wie-keek-er", reviewed=True), "#nood")
made("team", "emergency.ask", "asked", "femke.nas", _before("./lezen-in-nood"), "#reason")
made("team", "emergency.ask", "runs", "femke.nas", _during("./lezen-in-nood"), "main time")
made("team", "emergency.ask", "errors", "femke.nas", _no_reason, ERRORS, 422)
made("team", "emergency.reviews", "waiting", "annelies.groothuis", _during("/in-nood-gelezen"), "main li a")
made("team", "emergency.reviews", "nothing", "annelies.groothuis", _before("/in-nood-gelezen"), "main > p")
made("team", "emergency.review_page", "waiting", "annelies.groothuis", _review, "dl.facts")
made("team", "emergency.review_page", "errors", "annelies.groothuis", _wrong_review, ERRORS, 422)
made("team", "start.show", "told-and-to-review", "femke.nas", _told, ".utrecht-alert--info")


def _closed_among_all(visit: Visit) -> None:
    _closed(visit)
    visit.open(f"{visit.stage.iris}/wie-mag-wat-zien")


made("inwoner", "sharing.overview", "closed", "iris", _closed_among_all, "#afgesloten")
