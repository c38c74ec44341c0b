"""What the team withholds: asking, confirming, looking again; and what the inwoner reads then and afterwards."""

from collections.abc import Callable
from uuid import UUID

from tests.pages.stage import LONG_WORD
from tests.pages.states import ERRORS, made
from tests.pages.visit import Visit

_PERSON = "(SELECT person_id FROM portaal.account WHERE username = '{}')"
_WHY = f"Hierin gaat het over iemand anders. {LONG_WORD}"


def _clean(visit: Visit) -> str:
    """Nothing is withheld or asked of the quiet entry; gives its public id."""
    entry = visit.stage.quiet.rsplit("/", 1)[1]
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM casus.withholding")
        admin.execute("DELETE FROM casus.closure WHERE entry_id = (SELECT id FROM casus.entry WHERE public_id = %s)", (entry,))
    return entry


def _asked(visit: Visit, later: bool = False) -> UUID:
    """Femke asked to withhold it."""
    entry = _clean(visit)
    with visit.live.admin() as admin:
        row = admin.execute(
            "INSERT INTO casus.withholding (dossier_id, entry_id, ground, reason, review_on, postponed, asked_by)"
            f" SELECT dossier_id, id, 2, %s, current_date + 60, %s, {_PERSON.format('femke.nas')} FROM casus.entry WHERE public_id = %s"
            " RETURNING public_id",
            (_WHY, later, entry),
        ).fetchone()
    assert row
    return UUID(str(row[0]))


def _withheld(visit: Visit, day: int = 60, told: str = "NULL", ended: str = "NULL") -> None:
    entry = _clean(visit)
    with visit.live.admin() as admin:
        admin.execute(
            "INSERT INTO casus.closure (dossier_id, entry_id, reason, ground, review_on, told_from, from_at, ended_at)"
            f" SELECT dossier_id, id, %s, 2, current_date + %s, {told}, now() - interval '3 weeks', {ended} FROM casus.entry WHERE public_id = %s",
            (_WHY, day, entry),
        )


def _counted(visit: Visit) -> None:
    """Postponed often in one year, and seldom in another."""
    entry = _clean(visit)
    with visit.live.admin() as admin:
        admin.execute(
            "INSERT INTO casus.withholding (dossier_id, entry_id, ground, reason, review_on, postponed, asked_by, answered_by, answered_at, agreed)"
            f" SELECT dossier_id, id, 2, 'x', current_date, true, {_PERSON.format('femke.nas')}, {_PERSON.format('annelies.groothuis')},"
            " make_date(2024 + n / 6, 7, 1), true FROM casus.entry, generate_series(1, 7) n WHERE public_id = %s",
            (entry,),
        )
    visit.open("/cijfers")


def _then(before: Callable[[Visit], object], address: str) -> Callable[[Visit], None]:
    """An address after something; one that begins with a dot is below the entry, one with a tilde below the dossier."""

    def go(visit: Visit) -> None:
        before(visit)
        below = {".": visit.stage.quiet, "~": visit.stage.iris}.get(address[0])
        visit.open(below + address[1:] if below else address)

    return go


def _look(visit: Visit, later: bool = False) -> None:
    visit.open(f"/niet-laten-zien/{_asked(visit, later)}")


def _wrong(visit: Visit) -> None:
    _then(_clean, "./niet-laten-zien")(visit)
    visit.submit("form[action$=niet-laten-zien] button:not([name])")


def _language(visit: Visit) -> None:
    _then(_clean, "./niet-laten-zien")(visit)
    visit.fill(reason="Indien u wilt, bellen wij. Uw vraag wordt door het team behandeld.")
    visit.submit("button[value=taal]")


def _no_answer(visit: Visit) -> None:
    _look(visit)
    visit.submit("main form button[type=submit]")


def _later(visit: Visit) -> None:
    _withheld(visit, told="now() + interval '1 week'")


def _told_late(visit: Visit) -> None:
    _withheld(visit, told="now() - interval '1 day'")


def _ended(visit: Visit) -> None:
    _withheld(visit, told="now() - interval '1 week'", ended="now()")


def _past(visit: Visit) -> None:
    _withheld(visit, day=-3)


made("inwoner", "timeline.show", "withheld", "iris", _then(_told_late, "~"), "section.utrecht-alert li")
made("inwoner", "dossier.entry", "withheld-before", "iris", _then(_ended, "."), "#eerder-dicht")
made("team", "withholding.ask", "not-withheld", "femke.nas", _then(_clean, "./niet-laten-zien"), "#review_on")
made("team", "withholding.ask", "asked", "femke.nas", _then(_asked, "./niet-laten-zien"), "a[href='/niet-laten-zien']")
made("team", "withholding.ask", "withheld", "femke.nas", _then(_later, "./niet-laten-zien"), "dl.facts")
made("team", "withholding.ask", "language", "femke.nas", _language, "#taal-reason mark")
made("team", "withholding.ask", "errors", "femke.nas", _wrong, ERRORS, 422)
made("team", "withholding.overview", "to-review", "femke.nas", _then(_past, "/niet-laten-zien"), "main li .utrecht-data-badge")
made("team", "withholding.overview", "to-confirm", "annelies.groothuis", _then(_asked, "/niet-laten-zien"), "main li a")
made("team", "withholding.overview", "nothing", "annelies.groothuis", _then(_clean, "/niet-laten-zien"), "main > p")
made("team", "withholding.look", "at-once", "annelies.groothuis", _look, "dl.facts")
made("team", "withholding.look", "later", "annelies.groothuis", lambda visit: _look(visit, later=True), ".utrecht-alert--warning")
made("team", "withholding.look", "errors", "annelies.groothuis", _no_answer, ERRORS, 422)
made("team", "dossier.entry", "withheld", "femke.nas", _then(_past, "."), ".utrecht-alert--info")
made("team", "start.show", "withholding", "femke.nas", _then(_past, "/"), "a[href='/niet-laten-zien']")
made("team", "norms.show", "told-later", "annelies.groothuis", _counted, "#later-verteld")
