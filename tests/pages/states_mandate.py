"""Who acts for an inwoner: the team's list, writing one down, the second professional, the code, the end; and what the inwoner sees."""

from collections.abc import Callable
from uuid import UUID

from tests.pages.stage import LONG_NAME, LONG_WORD
from tests.pages.states import DONE, ERRORS, made
from tests.pages.visit import Visit

_PERSON = "(SELECT person_id FROM portaal.account WHERE username = '{}')"
_DOSSIER = "(SELECT id FROM casus.dossier WHERE public_id = %s)"
_SCOPE = f"Beslist over zorg en begeleiding. {LONG_WORD}"


def _number(visit: Visit) -> str:
    return visit.stage.iris.rsplit("/", 1)[1]


def _clean(visit: Visit) -> None:
    """Nobody acts for Iris, and nobody asked."""
    with visit.live.admin() as admin:
        admin.execute(f"DELETE FROM casus.mandate WHERE dossier_id = {_DOSSIER}", (_number(visit),))
        admin.execute("DELETE FROM casus.mandate_request")


def _mandate(visit: Visit, ground: str = "mentor", first: int = -9, last: int | None = None, words: str = _SCOPE) -> UUID:
    """Somebody with the longest name acts for Iris."""
    with visit.live.admin() as admin:
        row = admin.execute(
            "WITH p AS (INSERT INTO casus.person (first_name, infix, last_name) VALUES (%s, %s, %s) RETURNING id)"
            " INSERT INTO casus.mandate (dossier_id, person_id, ground, valid_from, valid_until, proof, proof_seen_on, scope, opens_log,"
            f" opens_sharing, asked_by, agreed_by) SELECT {_DOSSIER}, p.id, %s, current_date + %s, current_date + %s::int, %s, current_date - 9, %s,"
            f" true, true, {_PERSON.format('femke.nas')}, {_PERSON.format('annelies.groothuis')} FROM p RETURNING public_id",
            (*LONG_NAME, _number(visit), ground, first, last, words[:200], words),
        ).fetchone()
    assert row
    return UUID(str(row[0]))


def _asked(visit: Visit) -> UUID:
    """Femke wrote one down."""
    _clean(visit)
    with visit.live.admin() as admin:
        row = admin.execute(
            "INSERT INTO casus.mandate_request (public_id, dossier_id, first_name, last_name, ground, proof, proof_seen_on, scope, valid_from,"
            f" opens_log, opens_sharing, asked_by) VALUES (gen_random_uuid(), {_DOSSIER}, 'Mees', 'de Mentor', 'mentor', 'beslissing van de"
            f" kantonrechter', current_date, %s, current_date, true, false, {_PERSON.format('femke.nas')}) RETURNING public_id",
            (_number(visit), _SCOPE),
        ).fetchone()
    assert row
    return UUID(str(row[0]))


def _below(address: str = "", before: Callable[[Visit], object] = _clean) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        before(visit)
        visit.open(f"{visit.stage.iris}/vertegenwoordigers{address}")

    return go


def _full(visit: Visit) -> None:
    _asked(visit)
    _mandate(visit)
    _mandate(visit, "gemachtigde", 2, 90, "")
    _mandate(visit, "curator", -90, -9)


def _a_year(address: str) -> Callable[[Visit], None]:
    """Iris gave one more than a year ago; a judge gave another."""

    def go(visit: Visit) -> None:
        _clean(visit)
        _mandate(visit)
        _mandate(visit, "gemachtigde", -400, 90)
        visit.open(address.replace("~", visit.stage.iris))

    return go


def _at(then: str, ground: str = "mentor") -> Callable[[Visit], None]:
    """A page below one mandate."""

    def go(visit: Visit) -> None:
        _clean(visit)
        visit.open(f"{visit.stage.iris}/vertegenwoordigers/{_mandate(visit, ground, last=90)}{then}")

    return go


def _code(visit: Visit) -> None:
    _clean(visit)
    _mandate(visit)
    _below(before=lambda _visit: None)(visit)
    visit.submit("main form[action$='/code'] button[type=submit]")


def _wrong(visit: Visit) -> None:
    _below("/erbij")(visit)
    visit.fill(first_name="Mees")
    visit.submit("main form button[type=submit]")


def _look(visit: Visit) -> None:
    visit.open(f"/vertegenwoordigers/{_asked(visit)}")


def _no_answer(visit: Visit) -> None:
    _look(visit)
    visit.submit("main form button[type=submit]")


def _waiting(visit: Visit) -> None:
    _asked(visit)
    visit.open("/vertegenwoordigers")


def _none_waiting(visit: Visit) -> None:
    _clean(visit)
    visit.open("/vertegenwoordigers?klaar=antwoord")


def _on_the_worklist(visit: Visit) -> None:
    _asked(visit)
    visit.open("/")


made("team", "mandate.overview", "full", "femke.nas", _below(before=_full), "details summary")
made("team", "mandate.overview", "nobody", "femke.nas", _below("?klaar=gestopt"), DONE)
made("team", "mandate.ask", "new", "femke.nas", _below("/erbij"), "#scope")
made("team", "mandate.ask", "known", "femke.nas", _below("/erbij", _full), "#who input")
made("team", "mandate.ask", "errors", "femke.nas", _wrong, ERRORS, 422)
made("team", "mandate.overview", "code", "femke.nas", _code, "#startcode")
made("team", "mandate.end", "asked", "femke.nas", _at("/stoppen"), "dl.facts")
made("team", "mandate.waiting", "some", "annelies.groothuis", _waiting, "main li a")
made("team", "mandate.waiting", "own", "femke.nas", _waiting, "main li .utrecht-data-badge")
made("team", "mandate.waiting", "nothing", "annelies.groothuis", _none_waiting, DONE)
made("team", "mandate.look", "asked", "annelies.groothuis", _look, "#agree")
made("team", "mandate.look", "own", "femke.nas", _look, "dl.facts")
made("team", "mandate.look", "errors", "annelies.groothuis", _no_answer, ERRORS, 422)
made("team", "start.show", "mandates", "annelies.groothuis", _on_the_worklist, "a[href='/vertegenwoordigers']")
made("inwoner", "own_mandate.overview", "full", "iris", _below(before=_full), "details summary")
made("inwoner", "own_mandate.overview", "asked-again", "iris", _a_year("~/vertegenwoordigers"), "form[action$=klopt]")
made("inwoner", "sharing.overview", "mandate-asked-again", "iris", _a_year("~/wie-mag-wat-zien"), "form[action$=klopt]")
made("inwoner", "start.show", "mandate-asked-again", "iris", _a_year("/"), "a[href$=vertegenwoordigers]")
made("inwoner", "own_mandate.overview", "nobody", "iris", _below("?klaar=gestopt"), DONE)
made("inwoner", "own_mandate.end", "own-choice", "iris", _at("/stoppen", "gemachtigde"), "main form button")
made("inwoner", "own_mandate.end", "of-a-judge", "iris", _at("/stoppen"), "section[data-sensitive]")


def _named(address: str, *, lines: int = 0) -> Callable[[Visit], None]:
    """A page of who represents somebody by a mandate that names all; ``lines``: how often each kind of thing was looked at."""

    def go(visit: Visit) -> None:
        of = f"(SELECT id FROM casus.dossier WHERE public_id = '{visit.stage.empty_dossier.rsplit('/', 1)[1]}')"
        with visit.live.admin() as admin:
            admin.execute(f"UPDATE casus.mandate SET opens_log = true, opens_sharing = true WHERE dossier_id = {of}")
            admin.execute("SET session_replication_role = replica")
            admin.execute(f"DELETE FROM casus.read_log WHERE dossier_id = {of}")
            admin.execute(f"DELETE FROM casus.access_grant WHERE dossier_id = {of}")
            admin.execute(
                "INSERT INTO casus.read_log (at, xid, dossier_id, what, shown, shown_entries, reader_name, reader_role, ground, program)"
                f" SELECT now() - n * interval '7 hours', '9', {of}, w, 1, '{{}}', %s, 'Buurtteammedewerker', 'professional', 'web_team'"
                " FROM generate_series(1, %s) n, unnest(ARRAY['overzicht', 'zoeken', 'document', 'afdruk']) w",
                (f"Femke {LONG_WORD}", lines),
            )
            row = admin.execute(
                "WITH p AS (INSERT INTO casus.person (first_name, infix, last_name) VALUES (%s, %s, %s) RETURNING id, public_id),"
                " g AS (INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, leefdomein, valid_from, valid_until, ground, relation)"
                f" SELECT {of}, p.id, 3, 6, current_date - 9, current_date + 9, 'toestemming', 'mijn zus' FROM p WHERE %s)"
                " SELECT public_id FROM p",
                (*LONG_NAME, lines > 0),
            ).fetchone()
        assert row
        visit.open(f"{visit.stage.empty_dossier}/namens/{address.format(person=row[0])}")

    return go


made("inwoner", "named.who_looked", "many", "mentor", _named("wie-keek-er", lines=40), "a[rel=next]")
made("inwoner", "named.who_looked", "nobody", "mentor", _named("wie-keek-er"), "main p")
made("inwoner", "named.who_may_see", "some", "mentor", _named("wie-mag-wat-zien", lines=1), "article")
made("inwoner", "named.who_may_see", "nobody", "mentor", _named("wie-mag-wat-zien?klaar=gestopt"), DONE)
made("inwoner", "named.stop", "asked", "mentor", _named("wie-mag-wat-zien/{person}/stoppen", lines=1), "main form button")
