"""The diary in every state: the pages of Iris in the demo, and some with strange words."""

from collections.abc import Callable
from uuid import uuid4

from tests.pages.stage import LONG_WORD, STRANGE
from tests.pages.states import DONE, ERRORS, Where, made, page
from tests.pages.visit import Visit


def _diary(visit: Visit, rest: str = "") -> str:
    return f"{visit.stage.iris}/dagboek{rest}"


def _written(visit: Visit, **words: str) -> str:
    """The number of a new page of Iris."""
    iris = visit.live.client("inwoner", "iris")
    form = {"body": STRANGE, "title": f"{LONG_WORD} & <i>titel</i> مرحبا", "leefdomein": "2", "number": str(uuid4()), **words}
    answer = visit.stage.send(iris, _diary(visit, "/schrijven"), **form)
    assert answer.status_code == 303
    return answer.headers["Location"].partition("?")[0].rsplit("/", 1)[1]


def _shared(visit: Visit, audience: str = "2") -> str:
    number = _written(visit)
    answer = visit.stage.send(visit.live.client("inwoner", "iris"), _diary(visit, f"/{number}/wie-leest"), audience=audience)
    assert answer.status_code == 303
    return number


def _open(rest: str = "", done: str = "", *, shared: bool = False, entry: bool = False) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        number = _shared(visit) if shared else _written(visit)
        visit.open(f"{visit.stage.iris}/notitie/{number}{done}" if entry else _diary(visit, f"/{number}{rest}"))

    return go


def _changed_elsewhere(visit: Visit) -> None:
    number = _written(visit)
    visit.open(_diary(visit, f"/{number}/veranderen"))
    iris = visit.live.client("inwoner", "iris")
    visit.stage.send(iris, _diary(visit, f"/{number}/veranderen"), body="Net geschreven.", base="1")
    visit.fill(body="Nog een andere tekst.")
    visit.submit()


def _empty(visit: Visit) -> None:
    visit.open(_diary(visit, "/schrijven"))
    visit.submit()


def _no_choice(visit: Visit) -> None:
    _open("/wie-leest")(visit)
    visit.page.evaluate("for (const box of document.querySelectorAll('#audience input')) box.checked = false")
    visit.submit()


def _at(rest: str) -> Where:
    return lambda stage: f"{stage.iris}/dagboek{rest}"


page("inwoner", "diary.show", "some", "iris", _at(""), "main h2 + ul")
page("inwoner", "diary.show", "thrown", "iris", _at("?klaar=weg"), DONE)
page("inwoner", "diary.show", "none", "lange.naam", lambda stage: f"{stage.empty_dossier}/dagboek", "main .utrecht-button-link")
page("inwoner", "diary.begin", "empty", "iris", _at("/schrijven"), "#body")
made("inwoner", "diary.begin", "errors", "iris", _empty, ERRORS, 422)
made("inwoner", "diary.edit", "filled", "iris", _open("/veranderen"), "#body")
made("inwoner", "diary.edit", "changed-elsewhere", "iris", _changed_elsewhere, ".utrecht-alert--warning", 422)
made("inwoner", "diary.ask_share", "private", "iris", _open("/wie-leest"), "#audience-0:checked")
made("inwoner", "diary.ask_share", "errors", "iris", _no_choice, ERRORS, 422)
made("inwoner", "diary.ask_throw", "private", "iris", _open("/weggooien"), "blockquote")
made("inwoner", "diary.ask_throw", "was-shared", "iris", _open("/weggooien", shared=True), "main p.actions")
made("inwoner", "dossier.entry", "own-page", "iris", _open(done="?klaar=dagboek", entry=True), "#bladzijde")
made("inwoner", "dossier.entry", "own-page-shared", "iris", _open(done="?klaar=gedeeld", shared=True, entry=True), "#bladzijde")
