"""Searching in every state, on both faces."""

from collections.abc import Callable

from portal.search import queries
from tests.pages.states import ERRORS, FACES, made, page
from tests.pages.visit import Visit

_WHO = {"inwoner": "iris", "team": "femke.nas"}


def _found(words: str, *, size: int = queries.SIZE) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        visit.patch(queries, "SIZE", size)
        visit.open(f"{visit.stage.iris}/zoeken")
        visit.fill(words=words)
        # As without script: the whole page answers.
        with visit.page.expect_navigation():
            visit.page.evaluate("document.querySelector('#zoeken form').submit()")

    return go


for each in FACES:
    page(each, "search.show", "empty", _WHO[each], lambda stage: f"{stage.iris}/zoeken", "#words")
    made(each, "search.show", "found", _WHO[each], _found("huis"), "main mark")
    made(each, "search.show", "more", _WHO[each], _found("floor", size=1), "#zoeken form >> nth=1")
    made(each, "search.show", "nothing", _WHO[each], _found("wolkbreuk"), "#gevonden + ul")
made("inwoner", "search.show", "errors", "iris", _found(""), ERRORS, 422)
