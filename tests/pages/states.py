"""Every page of both faces and every state it can be in. A page that can be got without a state here fails test_states.py.

``go`` brings a page into the state by addresses and by the ids of fields, never by words: it does so in every language.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module

from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import RequestEntityTooLarge, TooManyRequests

from portal.accounts import queries as account_queries
from portal.front import routes as front_routes
from portal.front.queries import RIGHTS
from portal.paper import queries as paper_queries
from portal.settings import Face
from portal.sharing import queries as sharing_queries
from portal.timeline import queries as timeline_queries
from tests.pages.stage import LONG_WORD, STRANGE, Stage
from tests.pages.visit import Visit

NO_ROUTE = ""
"""The page of an error, which can stand at any address."""
NOT_PAGES = {
    "static": "files",
    "security.leave": "goes to another site at once",
    "security.security_txt": "plain text for programs",
    "demo_post.letter": "a PDF",
    "documents.fetch": "a file",
    "documents.picture": "a picture, which stands on a page",
    "taking.entry_pdf": "a PDF",
    "taking.year_pdf": "a PDF",
    "agreement.version_pdf": "a PDF",
    "front.rights_on_paper": "a PDF",
    "reaction.to_form": "goes to the page on which the form stands",
}


@dataclass(frozen=True)
class State:
    """``shows`` is a CSS selector of what only this state has; ``who`` a user name of the demo or of the stage, None: nobody signed in."""

    face: Face
    endpoint: str
    name: str
    who: str | None
    go: Callable[[Visit], object]
    shows: str
    status: int = 200

    @property
    def id(self) -> str:
        """As tests and pictures are called."""
        return f"{self.face}-{self.endpoint or 'error'}-{self.name}"


HARD = "Indien u met betrekking tot uw afspraak nog vragen heeft, belt u ons dan morgen of overmorgen even terug. Uw vraag wordt door ons behandeld."
STATES: list[State] = []
ERRORS = ".error-summary"
DONE = ".utrecht-alert--ok"
Where = str | Callable[[Stage], str]


def _address(where: Where, visit: Visit) -> str:
    return where if isinstance(where, str) else where(visit.stage)


def page(face: Face, endpoint: str, name: str, who: str | None, where: Where, shows: str, status: int = 200) -> None:
    """A state that an address gives."""
    STATES.append(State(face, endpoint, name, who, lambda visit: visit.open(_address(where, visit)), shows, status))


def made(face: Face, endpoint: str, name: str, who: str | None, go: Callable[[Visit], object], shows: str, status: int = 200) -> None:
    """A state that takes more than an address."""
    STATES.append(State(face, endpoint, name, who, go, shows, status))


def sent(
    face: Face,
    endpoint: str,
    name: str,
    who: str | None,
    where: Where,
    shows: str = ERRORS,
    status: int = 422,
    button: str = "",
    **fields: str,
) -> None:
    """A state that a form gives, sent as it stands with these fields filled in."""

    def go(visit: Visit) -> None:
        visit.open(_address(where, visit))
        visit.fill(**fields)
        visit.submit(button) if button else visit.submit()

    STATES.append(State(face, endpoint, name, who, go, shows, status))


# --- signing in, on both faces


def _too_often(visit: Visit) -> None:
    client = visit.app.test_client()
    name = f"niemand.{visit.live.mode}"
    for _ in range(5):
        visit.stage.send(client, "/inloggen", login=name, password="verkeerd woord")
    visit.open("/inloggen")
    visit.fill(login=name, password="verkeerd woord")
    visit.submit()
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM portaal.sign_in_attempt WHERE NOT accepted")


def _no_code_left(visit: Visit) -> None:
    visit.first_step("tomasz")
    with visit.live.admin() as admin:
        admin.execute("UPDATE portaal.account SET last_totp_step = 999999999 WHERE username = 'tomasz'")
    visit.page.reload()


def _over_while_typing(visit: Visit) -> None:
    visit.open(visit.stage.strange)
    visit.fill(body="Dit schreef ik net.")
    visit.live.idle("iris", 16)
    visit.submit("#inhoud form:has(#body) button[type=submit]")


made("inwoner", "accounts.sign_in_page", "over-while-typing", "iris", _over_while_typing, ".utrecht-alert >> nth=1")
page("inwoner", "accounts.sign_in_page", "empty", None, "/inloggen", "#login")
page("inwoner", "accounts.sign_in_page", "idle", None, "/inloggen?reden=idle", ".utrecht-alert--info")
page(
    "inwoner", "accounts.sign_in_page", "expired-and-kept", None, "/inloggen?reden=expired&bewaard=ja&next=/hulp", ".utrecht-alert >> nth=1"
)
sent("inwoner", "accounts.sign_in_page", "errors", None, "/inloggen")
sent("inwoner", "accounts.sign_in_page", "wrong", None, "/inloggen", login="iemand", password="verkeerd woord")
made("inwoner", "accounts.sign_in_page", "too-often", None, _too_often, ERRORS, 429)
made("inwoner", "accounts.code_page", "empty", None, lambda visit: visit.first_step("tomasz"), "#code")
made("inwoner", "accounts.code_page", "no-code-left", None, _no_code_left, "#code")
page("team", "accounts.sign_in_page", "signed-out", None, "/inloggen?reden=uit", ".utrecht-alert--info")
sent("team", "accounts.sign_in_page", "errors", None, "/inloggen")


def _wrong_code(visit: Visit) -> None:
    visit.first_step("femke.nas" if visit.face == "team" else "tomasz")
    visit.submit()


def _wrong_start(visit: Visit) -> None:
    visit.open("/eerste-keer")
    visit.submit()


def _two_passwords(visit: Visit) -> None:
    visit.start_code()
    visit.fill(password="drie losse woorden", password_again="vier losse woorden")
    visit.submit()


def _wrong_first_code(visit: Visit) -> None:
    visit.first_password()
    visit.fill(code="1")
    visit.submit()


FACES: tuple[Face, ...] = ("inwoner", "team")
for each in FACES:
    made(each, "accounts.code_page", "errors", None, _wrong_code, ERRORS, 422)
    page(each, "first_time.start", "empty", None, "/eerste-keer", "#start_code")
    made(each, "first_time.password", "empty", None, lambda visit: visit.start_code(), "#password_again")
    made(each, "first_time.code", "empty", None, lambda visit: visit.first_password(), "code.utrecht-code")
made("inwoner", "first_time.start", "errors", None, _wrong_start, ERRORS, 422)
made("inwoner", "first_time.password", "errors", None, _two_passwords, ERRORS, 422)
made("inwoner", "first_time.code", "errors", None, _wrong_first_code, ERRORS, 422)
page("inwoner", "help.show", "signed-out", None, "/hulp", "article.prose")
page("team", "help.show", "signed-in", "femke.nas", "/hulp", "article.prose")


# --- the public pages


def _office(hour: int) -> Callable[[Visit], None]:
    """A Monday in winter, at this hour of Greenwich."""

    def go(visit: Visit) -> None:
        visit.patch(front_routes, "now", lambda: datetime(2026, 11, 23, hour, tzinfo=UTC))
        visit.open("/crisis")

    return go


page("inwoner", "start.show", "signed-out", None, "/", "p.crisis")
page("inwoner", "front.what_we_do", "whole", None, "/wat-wij-doen", "dl.facts")
page("inwoner", "front.teams", "all", None, "/buurtteams", "h3 >> nth=9")
page("inwoner", "front.teams", "own", None, "/buurtteams?postcode=6538ab", "#uw-team")
page("inwoner", "front.teams", "elsewhere", None, "/buurtteams?postcode=1012", ".utrecht-alert--info")
page("inwoner", "front.teams", "errors", None, "/buurtteams?postcode=Dukenburg", ERRORS, 422)
page("inwoner", "front.costs", "whole", None, "/kosten", "article")
page("inwoner", "front.afterwards", "whole", None, "/na-uw-melding", "ol")
page("inwoner", "front.rights", "whole", None, "/uw-rechten", "#papier")
for right in RIGHTS:
    page("inwoner", "front.right", right.word, None, f"/uw-rechten/{right.word}", "article")
made("inwoner", "front.crisis", "open", None, _office(10), "#nu + p")
made("inwoner", "front.crisis", "closed", None, _office(20), "#nu + p")


# --- who can't sign in


def _asked_help(visit: Visit) -> None:
    visit.open("/inloggen/hulp")
    visit.page.check("#lost-0")
    visit.fill(name="Iris Bouwman", birth_date="1990-01-01", reach=f"Bij mijn zus, {LONG_WORD}")
    visit.submit()


def _requests(visit: Visit) -> None:
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM portaal.sign_in_request")
        admin.execute(
            "INSERT INTO portaal.sign_in_request (lost, name, birth_date, username, reach, person_id)"
            " SELECT 'allebei', 'Iris Bouwman', '1990-01-01', 'iris', %s, person_id FROM portaal.account WHERE username = 'iris'",
            (STRANGE[:400],),
        )
    visit.open("/inloghulp")


page("inwoner", "sign_in_help.ask", "empty", None, "/inloggen/hulp", "#lost-0")
made("inwoner", "sign_in_help.ask", "asked", None, _asked_help, DONE)
sent("inwoner", "sign_in_help.ask", "errors", None, "/inloggen/hulp")
page("team", "door.requests", "none", "nog.geen", "/inloghulp?klaar=ja", DONE)
made("team", "door.requests", "one", "femke.nas", _requests, "#vraag-1")


# --- the own account of residents


def _pending_card(visit: Visit) -> None:
    visit.first_step("tomasz")
    visit.open("/inloggen/kaart")


def _wrong_card(visit: Visit) -> None:
    _pending_card(visit)
    visit.fill(code="0000-0000-0000")
    visit.submit()


def _waiting_address(visit: Visit) -> None:
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM portaal.new_email")
        admin.execute(
            "INSERT INTO portaal.new_email (account_id, email) SELECT id, %s FROM portaal.account WHERE username = 'iris'",
            (f"iris.{LONG_WORD[:50]}@{LONG_WORD[:60]}.nl".lower(),),
        )
    visit.open("/mijn-inloggen?klaar=mail")


def _wrong_mail_code(visit: Visit) -> None:
    _waiting_address(visit)
    visit.submit("main form:has(#code) button[type=submit]")


made("inwoner", "own_sign_in.card_code", "empty", None, _pending_card, "#code")
made("inwoner", "own_sign_in.card_code", "errors", None, _wrong_card, ERRORS, 422)
page("inwoner", "own_sign_in.show", "used-a-code", "iris", "/mijn-inloggen?klaar=kaart", ".utrecht-alert--info")
made("inwoner", "own_sign_in.show", "address-waits", "iris", _waiting_address, "#code")
made("inwoner", "own_sign_in.show", "errors", "iris", _wrong_mail_code, ERRORS, 422)


# --- the residents' face


def _warned(visit: Visit) -> None:
    visit.open("/")
    visit.page.evaluate("document.getElementById('sessie').hidden = false")


def _opened(where: Where) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        visit.open(_address(where, visit))
        visit.page.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")

    return go


def _changed_elsewhere(visit: Visit) -> None:
    visit.open(f"{visit.stage.reaction}/wijzigen")
    visit.page.evaluate("document.getElementById('base').value = '1'")
    visit.fill(body="Nog een andere tekst.")
    visit.submit()


def _few_lines(address: str) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        visit.patch(sharing_queries, "LOG_SIZE", 2)
        visit.open(f"{visit.stage.iris}/wie-keek-er{address}")

    return go


def _something_new(visit: Visit) -> None:
    """Yvonne came an hour ago; since then two entries were changed by somebody else."""
    with visit.live.admin() as admin:
        yvonne = admin.execute(
            "SELECT d.id, d.inwoner_id FROM casus.dossier d JOIN casus.person p ON p.id = d.inwoner_id WHERE p.first_name = 'Yvonne'"
        ).fetchone()
        assert yvonne
        admin.execute("SET LOCAL session_replication_role = replica")
        admin.execute(
            "INSERT INTO casus.read_log (at, xid, dossier_id, what, reader_id, reader_name, reader_role, ground, program, session_id)"
            " VALUES (now() - interval '1 hour', '3', %s, 'overzicht', %s, 'Yvonne', 'inwoner', 'inwoner', 'web_inwoner', gen_random_uuid())",
            yvonne,
        )
        admin.execute(
            "UPDATE casus.entry_version SET created_at = now(), author_id = NULL WHERE entry_id IN"
            " (SELECT id FROM casus.entry WHERE dossier_id = %s ORDER BY occurred_at DESC LIMIT 2)",
            (yvonne[0],),
        )


def _new_since(rest: str = "") -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        _something_new(visit)
        visit.open(visit.live.dossier("Yvonne") + rest)

    return go


def _much_new(visit: Visit) -> None:
    visit.patch(timeline_queries, "MANY_CHANGES", 1)
    _new_since()(visit)


def _two_on_paper(visit: Visit) -> None:
    visit.patch(paper_queries, "PRINT_SIZE", 2)
    visit.open(f"{visit.live.dossier('Yvonne')}/afdrukken?onderdeel=voortgang&leefdomein=financien")


page("inwoner", "start.show", "own", "iris", "/", "a.utrecht-button-link")
made("inwoner", "start.show", "session-almost-over", "iris", _warned, "#sessie button")
page("inwoner", "start.show", "naaste", "floor", "/", "#ander-1")
page("inwoner", "start.show", "nothing", "zonder.dossier", "/", "main p")
page("inwoner", "timeline.show", "full", "yvonne", lambda stage: stage.live.dossier("Yvonne"), "a[rel=next]")
page("inwoner", "timeline.show", "with-notices", "iris", lambda stage: stage.iris, "section.utrecht-alert >> nth=1")
page(
    "inwoner",
    "timeline.show",
    "filtered",
    "iris",
    lambda stage: f"{stage.iris}?onderdeel=veiligheid&leefdomein=veiligheid",
    "details[open]",
)
page("inwoner", "timeline.show", "nothing-found", "iris", lambda stage: f"{stage.iris}?leefdomein=vervoer", "details[open]")
page("inwoner", "timeline.show", "nothing-yet", "lange.naam", lambda stage: stage.empty_dossier, "main p")
page("inwoner", "timeline.show", "year", "yvonne", lambda stage: f"{stage.live.dossier('Yvonne')}?jaar=2023", ".years a[aria-current]")
made("inwoner", "timeline.show", "something-new", "yvonne", _new_since(), ".badge-new")
made("inwoner", "timeline.show", "much-new", "yvonne", _much_new, "main .utrecht-alert a")
made("inwoner", "timeline.show", "only-new", "yvonne", _new_since("?nieuw=1"), ".badge-new")
page("inwoner", "timeline.show", "nothing-new", "lange.naam", lambda stage: f"{stage.empty_dossier}?nieuw=1", "main p")
page("inwoner", "timeline.contents", "full", "yvonne", lambda stage: f"{stage.live.dossier('Yvonne')}/inhoud", ".bar >> nth=5")
page("inwoner", "timeline.contents", "nothing-yet", "lange.naam", lambda stage: f"{stage.empty_dossier}/inhoud", "main p")
page("inwoner", "paper.show", "year", "yvonne", lambda stage: f"{stage.live.dossier('Yvonne')}/afdrukken?jaar=2025", ".printed .reaction")
page("inwoner", "paper.show", "one", "iris", lambda stage: stage.strange.replace("/notitie/", "/afdrukken?notitie="), ".printed .words")
made("inwoner", "paper.show", "goes-on", "yvonne", _two_on_paper, "a[rel=next]")
page("inwoner", "paper.show", "nothing", "lange.naam", lambda stage: f"{stage.empty_dossier}/afdrukken", "main p")
page("inwoner", "timeline.show", "naaste", "floor", lambda stage: stage.iris, ".timeline")
page("inwoner", "timeline.show", "mentor", "mentor", lambda stage: stage.empty_dossier, "h1 bdi")
page("inwoner", "dossier.entry", "no-reactions", "iris", lambda stage: stage.quiet, "#reageren")
made(
    "inwoner",
    "dossier.entry",
    "everything-open",
    "iris",
    _opened(lambda stage: stage.talked_about),
    "details[open] .reaction, .reaction details[open]",
)
page("inwoner", "dossier.entry", "done", "iris", lambda stage: f"{stage.quiet}?klaar=reactie", DONE)
page("inwoner", "dossier.entry", "withdrawn", "iris", lambda stage: f"{stage.talked_about}?klaar=ingetrokken", DONE)
page("inwoner", "dossier.entry", "strange-words", "iris", lambda stage: stage.strange, "h1 bdi")
page("inwoner", "dossier.entry", "naaste", "floor", lambda stage: f"{_of_safety(stage)}", "article")
sent("inwoner", "dossier.entry", "errors", "iris", lambda stage: stage.quiet, button="#inhoud form:has(#body) button[type=submit]")
page("inwoner", "reaction.edit", "filled", "iris", lambda stage: f"{stage.reaction}/wijzigen", "#body")
sent("inwoner", "reaction.edit", "errors", "iris", lambda stage: f"{stage.reaction}/wijzigen", body="")
made("inwoner", "reaction.edit", "changed-elsewhere", "iris", _changed_elsewhere, ".utrecht-alert--warning", 422)
page("inwoner", "reaction.texts", "changed", "iris", lambda stage: f"{stage.reaction}/versies", ".beside del")
page("inwoner", "dossier.versions", "changed", "iris", lambda stage: f"{stage.talked_about}/versies", ".beside ins")
page("inwoner", "dossier.versions", "one-version", "iris", lambda stage: f"{stage.quiet}/versies", "main p >> nth=2")
page("inwoner", "reaction.ask_withdraw", "asked", "iris", lambda stage: f"{stage.reaction}/intrekken", "blockquote")
page("inwoner", "log.who_looked", "nobody", "iris", lambda stage: f"{stage.iris}/wie-keek-er?tot=2020-01-01T00:00:00%2B00:00", "main > p")
made("inwoner", "log.who_looked", "everything-open", "iris", _opened(lambda stage: f"{stage.iris}/wie-keek-er"), "section > ul > li")
made("inwoner", "log.who_looked", "older", "iris", _few_lines(""), "a[rel=next] >> nth=1")
made("inwoner", "log.who_looked", "older-elsewhere", "iris", _few_lines("?elders=2019-03-03T00:00:00%2B00:00"), "#bron-1 bdi")


def _of_safety(stage: Stage) -> str:
    title = "Multidisciplinair overleg veiligheid"
    return (
        stage.iris
        + "/notitie/"
        + str(
            stage.live.one(
                "SELECT e.public_id FROM casus.entry e JOIN casus.entry_version v ON v.entry_id = e.id WHERE v.title = %s", title
            )
        )
    )


# --- the team's face


def _superseded(visit: Visit) -> None:
    visit.open(visit.stage.concepts["version"])
    with visit.live.admin() as admin:
        admin.execute("UPDATE casus.concept SET base_version = 1 WHERE base_version IS NOT NULL")
    visit.fill(reason="Een collega was eerder.")
    visit.submit("button[value=plaats]")


def _new_colleague(visit: Visit) -> None:
    visit.open("/medewerkers/nieuw")
    visit.fill(first_name="Sanne", infix="van", last_name=LONG_WORD[:70], job_title="maatschappelijk werker")
    visit.page.check("input[name=role] >> nth=0")
    visit.submit()


def _last_before_first(visit: Visit) -> None:
    visit.open(f"/medewerkers/{visit.stage.femke}/afwezig")
    visit.fill(first_day="2026-03-02", last_day="2026-03-01")
    visit.submit()


def _member(rest: str = "") -> Callable[[Stage], str]:
    return lambda stage: f"/medewerkers/{stage.femke}{rest}"


page("team", "start.show", "cases", "femke.nas", "/", "table")
page("team", "start.show", "concepts", "dirk.kersten", "/", "#concepten")
page("team", "start.show", "no-cases-yet", "nog.geen", "/", "main p")
page("team", "start.show", "administrator", "anouk.sanders", "/", "main p")
made("team", "timeline.show", "everything-open", "femke.nas", _opened(lambda stage: stage.iris), "details.particulars[open]")
page("team", "timeline.show", "standing-in", "neemt.waar", lambda stage: stage.empty_dossier, ".utrecht-alert--info")
page("team", "timeline.contents", "full", "femke.nas", lambda stage: f"{stage.iris}/inhoud", ".bar >> nth=1")
page(
    "team",
    "paper.show",
    "versions-and-reactions",
    "femke.nas",
    lambda stage: stage.talked_about.replace("/notitie/", "/afdrukken?notitie="),
    ".versions",
)
page("team", "dossier.entry", "reactions", "femke.nas", lambda stage: stage.talked_about, ".reaction")
page("team", "dossier.versions", "changed", "femke.nas", lambda stage: f"{stage.talked_about}/versies", ".beside del")
page("team", "dossier.entry", "placed", "femke.nas", lambda stage: f"{stage.strange}?klaar=geplaatst", DONE)


def _language_alone(visit: Visit) -> None:
    """What htmx asks for while somebody writes, as a page."""
    visit.open(visit.stage.concepts["filled"])
    visit.page.eval_on_selector("button[value=taal]", "button => { button.value = 'taal-nu' }")
    visit.submit("button[value=taal-nu]")


made("team", "concept.write", "language-alone", "dirk.kersten", _language_alone, "#taal-body")
page("team", "concept.write", "empty", "dirk.kersten", lambda stage: stage.concepts["empty"], "#discuss_first")
page("team", "concept.write", "kept", "dirk.kersten", lambda stage: f"{stage.concepts['filled']}?klaar=bewaard", DONE)
page("team", "concept.write", "rescued", "dirk.kersten", lambda stage: f"{stage.concepts['filled']}?klaar=gered", ".utrecht-alert--warning")
sent(
    "team",
    "concept.write",
    "plainer",
    "dirk.kersten",
    lambda stage: stage.concepts["filled"],
    "#taal-body mark",
    200,
    "button[value=taal]",
    body=HARD,
)
page("team", "concept.write", "version", "dirk.kersten", lambda stage: stage.concepts["version"], "#reason")
sent(
    "team",
    "concept.write",
    "errors",
    "dirk.kersten",
    lambda stage: stage.concepts["empty"],
    button="button[value=plaats]",
    occurred_on="2999-01-01",
)
made("team", "concept.write", "superseded", "dirk.kersten", _superseded, ".utrecht-alert--warning", 422)
page("team", "staff.overview", "team-lead", "annelies.groothuis", "/medewerkers", "section.utrecht-alert--warning")
page("team", "staff.overview", "administrator", "anouk.sanders", "/medewerkers?klaar=gewijzigd", DONE)
page("team", "staff.member", "at-work", "annelies.groothuis", _member(), "dl.facts")
page("team", "staff.member", "away", "annelies.groothuis", lambda stage: f"/medewerkers/{stage.away}?klaar=afwezig", DONE)
page("team", "staff.change", "filled", "anouk.sanders", _member("/wijzigen"), "#job_title")
sent("team", "staff.change", "errors", "annelies.groothuis", _member("/wijzigen"), job_title="")
page("team", "staff.absence", "empty", "annelies.groothuis", _member("/afwezig"), "#substitute")
sent("team", "staff.absence", "errors", "annelies.groothuis", _member("/afwezig"))
made("team", "staff.absence", "refused", "annelies.groothuis", _last_before_first, ERRORS, 422)
page("team", "staff.join", "empty", "annelies.groothuis", "/medewerkers/nieuw", "#first_name")
sent("team", "staff.join", "errors", "anouk.sanders", "/medewerkers/nieuw")
made("team", "staff.join", "start-code", "annelies.groothuis", _new_colleague, "#startcode")
page("team", "staff.start_code", "asked", "anouk.sanders", lambda stage: f"/medewerkers/{stage.away}/startcode", "main form")
sent("team", "staff.start_code", "refused", "annelies.groothuis", _member("/startcode"))
sent("team", "staff.start_code", "given", "anouk.sanders", lambda stage: f"/medewerkers/{stage.away}/startcode", "#startcode", 200)
page("team", "staff.leave", "asked", "annelies.groothuis", _member("/uit-dienst"), ".utrecht-alert--warning")


# --- getting in, on the team's face


def _open(rest: str = "") -> Callable[[Stage], str]:
    return lambda stage: f"/meldingen/{stage.to_open}/dossier{rest}"


def _of_iris(rest: str) -> Callable[[Stage], str]:
    return lambda stage: f"{stage.iris}/{rest}"


def _tied(visit: Visit) -> None:
    with visit.live.admin() as admin:
        admin.execute(
            "UPDATE casus.melding SET dossier_id = (SELECT id FROM casus.dossier WHERE public_id = %s) WHERE public_id = %s",
            (visit.stage.iris.rsplit("/", 1)[1], visit.stage.to_open),
        )
    visit.open(_open()(visit.stage))
    with visit.live.admin() as admin:
        admin.execute("UPDATE casus.melding SET dossier_id = NULL WHERE public_id = %s", (visit.stage.to_open,))


def _same_person(visit: Visit) -> None:
    born = visit.live.one(
        "SELECT birth_date::text FROM casus.inwoner i JOIN casus.person p ON p.id = i.person_id WHERE p.first_name = 'Iris'"
    )
    visit.open(_open()(visit.stage))
    visit.page.check("#how-0")
    visit.fill(first_name="Iris", infix="", last_name="Bouwman", birth_date=str(born))
    visit.submit()


def _handed_over(visit: Visit) -> None:
    with visit.live.admin() as admin:
        signs_in = admin.execute("SELECT password_hash, totp_secret FROM portaal.account WHERE username = 'lange.naam'").fetchone()
        assert signs_in

        def sign_in_again() -> None:
            with visit.live.admin() as later:
                later.execute(
                    "UPDATE portaal.account SET start_code_hash = NULL, start_code_expires_at = NULL, password_hash = %s, totp_secret = %s"
                    " WHERE username = 'lange.naam'",
                    signs_in,
                )

        visit.afterwards(sign_in_again)
        admin.execute(
            "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from) SELECT d.id, a.person_id, 'vaste professional', current_date"
            " FROM casus.dossier d, portaal.account a WHERE d.public_id = %s AND a.username = 'femke.nas'",
            (visit.stage.empty_dossier.rsplit("/", 1)[1],),
        )
        admin.execute(
            "INSERT INTO portaal.sign_in_renewal (account_id, asked_by, how, decided_at, decided_by, decision)"
            " SELECT i.id, f.person_id, 'gebeld', now(), c.person_id, 'gezien'"
            " FROM casus.dossier d JOIN portaal.account i ON i.person_id = d.inwoner_id, portaal.account f, portaal.account c"
            " WHERE d.public_id = %s AND f.username = 'femke.nas' AND c.username = 'even.weg'",
            (visit.stage.empty_dossier.rsplit("/", 1)[1],),
        )
    visit.open(f"{visit.stage.empty_dossier}/inlogcode")
    visit.page.check("#way-0")
    visit.submit("main form:has(#way) button[type=submit]")


def _wrong_name(visit: Visit) -> None:
    visit.open(_open("/bestaand")(visit.stage))
    visit.page.check("#how-1")
    visit.fill(username="niemand1", birth_date="1990-01-01")
    visit.submit()


page("team", "door.open_dossier", "filled", "femke.nas", _open(), "#first_name")
sent("team", "door.open_dossier", "errors", "femke.nas", _open(), first_name="")
made("team", "door.open_dossier", "same-person", "femke.nas", _same_person, "#which-0", 422)
made("team", "door.open_dossier", "has-one", "femke.nas", _tied, "main a.utrecht-button-link")
page("team", "door.link_dossier", "empty", "femke.nas", _open("/bestaand"), "#username")
made("team", "door.link_dossier", "errors", "femke.nas", _wrong_name, ERRORS, 422)
made("team", "door.start_code", "handed-over", "femke.nas", _handed_over, "#startcode")
page("team", "door.contact", "filled", "femke.nas", _of_iris("contact?klaar=bewaard"), DONE)
sent("team", "door.contact", "errors", "femke.nas", _of_iris("contact"), email="geen adres")


# --- errors, which have no address of their own


def _answered(endpoint: str, problem: Callable[[], Exception], *, typed: bool = False) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        if typed:
            visit.open(visit.stage.quiet)
            visit.fill(body=STRANGE)
        visit.breaks(endpoint, problem)
        if typed:
            visit.submit("#inhoud form:has(#body) button[type=submit]")
        else:
            visit.open("/hulp")

    return go


def _stale(visit: Visit) -> None:
    visit.open(visit.stage.quiet)
    visit.fill(body=STRANGE)
    visit.page.evaluate("for (const one of document.querySelectorAll('[name=csrf_token]')) one.value = 'oud'")
    visit.submit("#inhoud form:has(#body) button[type=submit]")


def _gone_meanwhile(visit: Visit) -> None:
    visit.open(visit.stage.quiet)
    visit.fill(body=STRANGE)
    visit.page.evaluate(
        "const form = document.querySelector('main form:has(#body)'); form.action = form.action.replace(/[0-9a-f]{12}.reactie/, '000000000000/reactie')"
    )
    visit.submit("#inhoud form:has(#body) button[type=submit]")


def _gone() -> Exception:
    return OperationalError("SELECT", {}, Exception("the connection broke"))


def _nobody_home(visit: Visit) -> None:
    def gone(*_question: object) -> None:
        raise _gone()

    visit.patch(account_queries, "load_session", gone)
    visit.open("/hulp")


page("inwoner", NO_ROUTE, "404", None, "/bestaat-niet", "h1", 404)
page("inwoner", NO_ROUTE, "404-signed-in", "iris", "/bestaat-niet", "h1", 404)
made("inwoner", NO_ROUTE, "404-typed", "iris", _gone_meanwhile, "textarea", 404)
page("team", NO_ROUTE, "403", "femke.nas", "/medewerkers", "h1", 403)
page("inwoner", NO_ROUTE, "405", "iris", "/uitloggen", "h1", 405)
page("inwoner", NO_ROUTE, "400", "iris", "/hulp?a=%00", "h1", 400)
made("inwoner", NO_ROUTE, "400-stale", "iris", _stale, "textarea", 400)
made("inwoner", NO_ROUTE, "413-typed", "iris", _answered("reaction.react", RequestEntityTooLarge, typed=True), "textarea", 413)
made("inwoner", NO_ROUTE, "429", "iris", _answered("help.show", TooManyRequests), "h1", 429)
made("inwoner", NO_ROUTE, "500", "iris", _answered("help.show", RuntimeError), "h1", 500)
made("inwoner", NO_ROUTE, "500-typed", "iris", _answered("reaction.react", RuntimeError, typed=True), "textarea", 500)
made("inwoner", NO_ROUTE, "503", "iris", _answered("help.show", _gone), "h1", 503)
made("inwoner", NO_ROUTE, "503-typed", "iris", _answered("reaction.react", _gone, typed=True), "textarea", 503)
made("inwoner", NO_ROUTE, "503-nobody-home", "iris", _nobody_home, "h1", 503)
made("team", NO_ROUTE, "503", "femke.nas", _answered("help.show", _gone), "h1", 503)

# The states of these stand in a file of their own, and come in here: who imports STATES has them all.
for _part in (
    "asking",
    "choice",
    "closing",
    "destruction",
    "diary",
    "documents",
    "door",
    "ending",
    "evaluation",
    "figures",
    "handover",
    "household_plan",
    "mandate",
    "melding",
    "messages",
    "notices",
    "particulars",
    "pause",
    "plan",
    "plan_guests",
    "plan_pressure",
    "plan_remarks",
    "plan_steps",
    "post",
    "repair",
    "screening",
    "search",
    "sharing",
    "taking",
    "withholding",
):
    import_module(f"tests.pages.states_{_part}")
