"""Each page in each state: in Dutch on a small telephone, and once more in another language at another width.

Pictures of all of them are in build/pictures afterwards, the pages themselves in build/html.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import template_rendered
from playwright.sync_api import Page, Response

from portal.assets import ROOT
from portal.i18n import LANGUAGES
from tests.live import Live, Watch
from tests.pages import checks
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
    everybody = modes["demo"].rows("SELECT DISTINCT unnest(ARRAY[first_name, last_name]) FROM casus.person")
    return re.compile(r"\b(" + "|".join(re.escape(name) for (name,) in everybody if len(name) > 2) + r")\b", re.IGNORECASE)


@pytest.fixture(scope="module", autouse=True)
def fresh_folders() -> None:
    for folder in (PICTURES, PAGES):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)


def _enter(tab: Page, live: Live, state: State, language: str, width: int) -> None:
    """The right person at the door, with this language and this width."""
    tab.context.clear_cookies()
    tab.set_viewport_size({"width": width, "height": 800})
    # Ink and paper change places on each second page.
    tab.emulate_media(color_scheme="dark" if len(state.id) % 2 and language != "nl" else "light")
    cookies = [{"name": "taal", "value": language, "domain": "127.0.0.1", "path": "/"}]
    if state.who:
        with live.admin() as admin:
            admin.execute("UPDATE portaal.account SET language = %s WHERE username = %s", (language, state.who))
        cookies.append(dict(live.cookie(state.face, state.who)))  # type: ignore[arg-type]
    tab.context.add_cookies(cookies)  # type: ignore[arg-type]


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
    answers: list[Response] = []

    def keep(answer: Response) -> None:
        if answer.request.is_navigation_request():
            answers.append(answer)

    tab.on("response", keep)
    try:
        _enter(tab, live, state, language, width)
        with visiting(tab, live, state.face, stage) as visit:
            state.go(visit)
            _is_right(tab, state, language, answers[-1], names)
    finally:
        tab.remove_listener("response", keep)
    source = answers[-1].text()
    name = f"{state.id}-{language}-{width}"
    (PAGES / f"{name}.html").write_text(source, encoding="utf-8")
    if width == WIDTHS[0]:
        assert checks.spaced(tab) == {"cut": [], "scrolls": 0}
    tab.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    assert checks.strangers(source, live.urls[state.face]) == []
    assert checks.barriers(tab) == []
    assert watch.complaints == []


def _is_right(tab: Page, state: State, language: str, answer: Response, names: re.Pattern[str]) -> None:
    assert answer.status == state.status
    assert tab.locator(state.shows).first.is_visible(), state.shows
    seen = checks.look(tab)
    assert seen["headings"] == 1
    assert seen["lang"] == language
    assert seen["dir"] == LANGUAGES[language].direction
    assert seen["scrolls"] <= 0, seen["wide"]
    assert seen["wide"] == []
    assert seen["small"] == []
    assert seen["leave"] == 1
    assert seen["help"] == 3
    assert seen["doubleIds"] == []
    assert seen["title"].endswith("Mijn Buurtteam")
    assert not names.search(seen["title"].removesuffix("Mijn Buurtteam"))


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
