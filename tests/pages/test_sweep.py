"""Each page in each state: in Dutch on a small telephone, and once more in another language at another width.

Pictures of all of them are in build/pictures afterwards, the pages themselves in build/html.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import template_rendered
from playwright.sync_api import Page

from portal.assets import ROOT
from portal.i18n import LANGUAGES
from tests.live import Live, Watch
from tests.pages import checks, verdict
from tests.pages.stage import Stage
from tests.pages.states import STATES, State
from tests.pages.visit import visiting

PICTURES, PAGES = ROOT / "build" / "pictures", ROOT / "build" / "html"
WIDTHS = (320, 768, 1280)
_LANGUAGES = tuple(LANGUAGES)


def _turns() -> Iterator[tuple[State, str, int]]:
    """Dutch at 320 for every state; beside it each language, width and state take turns."""
    for place, state in enumerate(STATES):
        yield state, "nl", 320
        language, width = _LANGUAGES[place % len(_LANGUAGES)], WIDTHS[(place // len(_LANGUAGES)) % len(WIDTHS)]
        # The same page twice would say nothing new.
        yield state, language, width if (language, width) != ("nl", 320) else 1280


TURNS = list(_turns())


@pytest.fixture(scope="module")
def rendered(modes: dict[str, Live]) -> Iterator[set[str]]:
    """The names of all templates that a page was made of."""
    names: set[str] = set()

    def note(_app: object, template: object, **_more: object) -> None:
        names.add(str(getattr(template, "name", "")))

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


@pytest.fixture(scope="module")
def names(modes: dict[str, Live], stage: Stage) -> re.Pattern[str]:
    """The names of everybody, which no title may say."""
    return verdict.everybody(modes["demo"])


@pytest.fixture(scope="module", autouse=True)
def fresh_folders() -> None:
    for folder in (PICTURES, PAGES):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)


@pytest.mark.parametrize(("state", "language", "width"), TURNS, ids=[f"{state.id}-{language}-{width}" for state, language, width in TURNS])
def test_page(
    state: State,
    language: str,
    width: int,
    modes: dict[str, Live],
    stage: Stage,
    tab: Page,
    watch: Watch,
    rendered: set[str],
    names: re.Pattern[str],
) -> None:
    live = modes["demo" if LANGUAGES[language].complete else "test"]
    watch.complaints.clear()
    verdict.enter(tab, live, state, language)
    # Ink and paper change places on each second page.
    verdict.dress(tab, width, "dark" if len(state.id) % 2 and language != "nl" else "light")
    with verdict.answers_of(tab) as answers, visiting(tab, live, state.face, stage) as visit:
        state.go(visit)
        # With every rule, in dark too: this width is looked at once.
        problems = verdict.wrong_sight(tab, state, language, "light", names)
    source = answers[-1].text()
    name = f"{state.id}-{language}-{width}"
    (PAGES / f"{name}.html").write_text(source, encoding="utf-8")
    if width == WIDTHS[0]:
        problems += verdict.wrong_when_spaced(tab) + verdict.wrong_with_long_words(tab)
    tab.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    problems += verdict.wrong_answer(source, answers[-1].status, live.urls[state.face], state)
    problems += verdict.wrong_by_keyboard(tab, forced=False)
    assert problems == []
    assert watch.complaints == []


def _all_of_it(request: pytest.FixtureRequest) -> bool:
    chosen = {item.name for item in request.session.items}
    return all(f"test_page[{state.id}-{language}-{width}]" in chosen for state, language, width in TURNS)


def test_every_template_was_seen(request: pytest.FixtureRequest, rendered: set[str]) -> None:
    if not _all_of_it(request):
        pytest.fail("run the whole file: this looks back on all pages")
    pages = {
        str(path.relative_to(ROOT / "templates"))
        for path in (ROOT / "templates").glob("*/*.html")
        if "{% extends" in path.read_text(encoding="utf-8")
    }
    # Rendered without the shell, or by no form of ours.
    assert pages - rendered == {"errors/422.html"}


def test_html_is_valid() -> None:
    assert len(list(PAGES.glob("*.html"))) > 0
    assert checks.invalid(PAGES) == []


def test_pictures_were_made() -> None:
    assert {path.stem for path in PICTURES.glob("*.png")} == {path.stem for path in Path(PAGES).glob("*.html")}
