"""The pages on which an inwoner asks, and on which the team answers, in every state."""

from collections.abc import Callable
from urllib.parse import quote
from uuid import uuid4

from tests.pages.stage import LONG_WORD, STRANGE
from tests.pages.states import DONE, ERRORS, made, page, sent
from tests.pages.visit import Visit

LEAD = "annelies.groothuis"


def _cleared(visit: Visit) -> None:
    """No question waits; what others asked stays out of sight."""
    with visit.live.admin() as admin:
        admin.execute("UPDATE casus.annotation SET withdrawn = true, withdrawn_at = now() WHERE wish IS NOT NULL AND NOT withdrawn")
        admin.execute("DELETE FROM casus.look_question")


def asked(visit: Visit, what: str = "klopt-niet", *, days: int = 1, **fields: str) -> str:
    """A question of Iris of so many days ago; gives the address of its page, which is the same on both faces."""
    number = str(uuid4())
    where = f"{visit.stage.talked_about}/{what}"
    words = {"wish": "1", "body": STRANGE, "audience": "2", "sentences": "1", "number": number, **fields}
    assert visit.stage.send(visit.live.client("inwoner", "iris"), where, **words).status_code == 303
    with visit.live.admin() as admin:
        admin.execute("UPDATE casus.annotation SET created_at = now() - %s * interval '1 day' WHERE public_id = %s", (days, number))
    return f"{visit.stage.talked_about}/vraag/{number}"


def answered(visit: Visit, where: str, **fields: str) -> str:
    """Femke answers; gives the address."""
    assert visit.stage.send(visit.live.client("team", "femke.nas"), where, body=STRANGE, **fields).status_code == 303
    return where


def _longer(visit: Visit, where: str) -> str:
    femke = visit.live.client("team", "femke.nas")
    assert visit.stage.send(femke, f"{where}/langer", where, why=STRANGE).status_code == 303
    return where


def _newer_text(visit: Visit) -> None:
    with visit.live.admin() as admin:
        # Without the stamp of who writes.
        admin.execute("SET LOCAL session_replication_role = replica")
        admin.execute(
            "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, reason, author_id, author_name)"
            " SELECT v.entry_id, max(v.number) + 1, v.dossier_id, v.section, v.leefdomein, %s, 'Nieuwe tekst.', 'Reden', min(v.author_id), 'Femke Nas'"
            " FROM casus.entry_version v JOIN casus.entry e ON e.id = v.entry_id WHERE e.public_id = %s"
            " GROUP BY v.entry_id, v.dossier_id, v.section, v.leefdomein",
            (LONG_WORD, visit.stage.talked_about.rsplit("/", 1)[1]),
        )


def opens(go: Callable[[Visit], str], rest: str = "") -> Callable[[Visit], None]:
    """Opens the address that ``go`` gives."""

    def opened(visit: Visit) -> None:
        visit.open(go(visit) + rest)

    return opened


def _stated(visit: Visit) -> None:
    visit.open(answered(visit, asked(visit), outcome="3"))
    visit.fill(body=STRANGE)
    visit.submit("main form:has(#body) button[type=submit]")


def _withdrawn(visit: Visit) -> None:
    visit.open(asked(visit))
    visit.page.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")
    visit.submit("main details form button[type=submit]")


page("inwoner", "asking.correct", "empty", "iris", lambda stage: f"{stage.talked_about}/klopt-niet", "#wish-0")
sent("inwoner", "asking.correct", "errors", "iris", lambda stage: f"{stage.strange}/klopt-niet")
page("inwoner", "asking.explain", "empty", "iris", lambda stage: f"{stage.talked_about}/snap-niet", "#body")
sent("inwoner", "asking.explain", "errors", "iris", lambda stage: f"{stage.strange}/snap-niet")
made("inwoner", "asking.question", "waits", "iris", opens(asked, "?klaar=gevraagd"), DONE)
made(
    "inwoner",
    "asking.question",
    "takes-longer",
    "iris",
    opens(lambda visit: _longer(visit, asked(visit))),
    "section[data-sensitive] strong",
)
made("inwoner", "asking.question", "refused", "iris", opens(lambda visit: answered(visit, asked(visit), outcome="3")), "#oneens")
made("inwoner", "asking.question", "stated", "iris", _stated, DONE)
made("inwoner", "asking.question", "errors", "iris", lambda visit: _no_statement(visit), ERRORS, 422)
made("inwoner", "asking.question", "withdrawn", "iris", _withdrawn, "article.reaction")
made("inwoner", "asking.question", "explained", "iris", opens(lambda visit: answered(visit, asked(visit, "snap-niet"))), "#antwoord")
made("inwoner", "dossier.entry", "asked-and-answered", "iris", lambda visit: _all_kinds(visit), "article.reaction")
made("inwoner", "start.show", "answers", "iris", lambda visit: _unread(visit), ".utrecht-alert--info a")


def _no_statement(visit: Visit) -> None:
    visit.open(answered(visit, asked(visit), outcome="3"))
    visit.submit("main form:has(#body) button[type=submit]")


def _all_kinds(visit: Visit) -> None:
    asked(visit)
    answered(visit, asked(visit), outcome="3")
    answered(visit, asked(visit, "snap-niet"))
    where = asked(visit)
    _newer_text(visit)
    answered(visit, where, outcome="1")
    visit.open(visit.stage.talked_about)


def _unread(visit: Visit) -> None:
    answered(visit, asked(visit), outcome="3")
    visit.open("/")


# --- the team


def _list(visit: Visit, *, full: bool) -> None:
    _cleared(visit)
    if full:
        asked(visit, days=40)
        _longer(visit, asked(visit, days=20))
        asked(visit, "snap-niet")
        looked(visit)
    visit.open("/vragen?klaar=antwoord")


def _no_answer(visit: Visit) -> None:
    visit.open(asked(visit))
    visit.submit("main form:has(#body) button[type=submit]")


def _not_taken_over(visit: Visit) -> None:
    visit.open(asked(visit, days=0))
    visit.page.check("#outcome-0")
    visit.fill(body="Dat klopt.")
    visit.submit("main form:has(#body) button[type=submit]")


def _no_reason(visit: Visit) -> None:
    visit.open(asked(visit))
    visit.page.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")
    visit.submit("main form:has(#why) button[type=submit]")


def _with_newer_text(visit: Visit) -> None:
    where = asked(visit)
    _newer_text(visit)
    visit.open(where)


def _questions_on_start(visit: Visit) -> None:
    asked(visit, days=40)
    visit.open("/")


made("team", "start.show", "questions", "femke.nas", _questions_on_start, "a[href='/vragen']")
made("team", "answering.overview", "empty", "femke.nas", lambda visit: _list(visit, full=False), DONE)
made("team", "answering.overview", "full", "femke.nas", lambda visit: _list(visit, full=True), "main li .utrecht-data-badge")
made("team", "answering.overview", "full-of-lead", LEAD, lambda visit: _list(visit, full=True), "main li bdi")


def _language_of_an_answer(visit: Visit) -> None:
    visit.open(asked(visit))
    visit.fill(body="Indien u wilt, bellen wij. Uw vraag wordt door het team behandeld.")
    visit.submit("button[value=taal]")


made("team", "answering.show", "language", "femke.nas", _language_of_an_answer, "#taal-body mark")
made("team", "answering.show", "correction", "femke.nas", opens(asked), "#outcome-0")
made("team", "answering.show", "late", "femke.nas", opens(lambda visit: asked(visit, days=40)), "main p .utrecht-data-badge")
made("team", "answering.show", "newer-text", "femke.nas", _with_newer_text, ".utrecht-alert--info")
made("team", "answering.show", "explanation", "femke.nas", opens(lambda visit: asked(visit, "snap-niet")), "#body")
made("team", "answering.show", "errors", "femke.nas", _no_answer, ERRORS, 422)
made("team", "answering.show", "no-newer-text", "femke.nas", _not_taken_over, ERRORS, 422)
made("team", "answering.show", "no-reason", "femke.nas", _no_reason, ERRORS, 422)


# --- why did this person look?


def _line(visit: Visit) -> str:
    """The way to ask about the newest line of Femke in the dossier of Iris."""
    visit.live.client("team", "femke.nas").get(visit.stage.quiet)
    moment = visit.live.one(
        "SELECT max(l.at) FROM casus.read_log l JOIN casus.dossier d ON d.id = l.dossier_id WHERE d.public_id = %s AND l.program = 'web_team'",
        visit.stage.iris.rsplit("/", 1)[1],
    )
    return f"{visit.stage.iris}/wie-keek-er/waarom?regel={quote(moment.isoformat())}"


def looked(visit: Visit) -> str:
    """Iris asked about a line; gives the address of the question."""
    where = _line(visit)
    assert visit.stage.send(visit.live.client("inwoner", "iris"), where, words=STRANGE).status_code == 303
    return where


def _look(visit: Visit) -> str:
    looked(visit)
    return f"/vragen/gekeken/{visit.live.one('SELECT public_id FROM casus.look_question WHERE answered_at IS NULL ORDER BY asked_at DESC LIMIT 1')}"


def _told_why(visit: Visit) -> str:
    where = looked(visit)
    with visit.live.admin() as admin:
        admin.execute(
            "UPDATE casus.look_question SET answered_at = now(), answered_by = asked_by, answered_name = %s, answer = %s WHERE answered_at IS NULL",
            (LONG_WORD, STRANGE),
        )
    return where


def _no_why(visit: Visit) -> None:
    visit.open(_look(visit))
    visit.submit("main form:has(#words) button[type=submit]")


def _lines_with_questions(visit: Visit) -> None:
    _told_why(visit)
    looked(visit)
    visit.open(f"{visit.stage.iris}/wie-keek-er")


made("inwoner", "asking_look.why", "empty", "iris", opens(_line), "#words")
made("inwoner", "asking_look.why", "asked", "iris", opens(looked), DONE)
made("inwoner", "asking_look.why", "answered", "iris", opens(_told_why), "main ul")
made("inwoner", "log.who_looked", "asked-about", "iris", _lines_with_questions, "section > ul > li .words")
made("team", "answering.show_look", "empty", LEAD, opens(_look), "dl.facts")
made("team", "answering.show_look", "errors", LEAD, _no_why, ERRORS, 422)
