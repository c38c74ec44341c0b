"""Who stands before a page, and everything that is wrong with what they see. The test suite and `make sweep` ask the same."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Page, Response

from portal.i18n import LANGUAGES
from tests.live import Live
from tests.pages import checks
from tests.pages.states import State

Colours = Literal["light", "forced", "dark"]
COLOURS: tuple[Colours, ...] = ("light", "forced", "dark")
_RULES: dict[Colours, dict[str, tuple[str, ...]]] = {
    "light": {},
    # The colours are the reader's own; what keeps ours is found by checks.own_colours.
    "forced": {"without": ("color-contrast",)},
    # The same page as in light, in other colours.
    "dark": {"only": ("color-contrast", "link-in-text-block")},
}
NARROW = 320
"""CSS pixels: a small telephone, or 1280 at 400 % (WCAG 2.2, 1.4.10)."""


def everybody(live: Live) -> re.Pattern[str]:
    """The names of everybody, which no title may say."""
    people = live.rows("SELECT DISTINCT unnest(ARRAY[first_name, last_name]) FROM casus.person")
    return re.compile(r"\b(" + "|".join(re.escape(name) for (name,) in people if len(name) > 2) + r")\b", re.IGNORECASE)


def enter(tab: Page, live: Live, state: State, language: str) -> None:
    """Puts the right person at the door, with this language."""
    tab.context.clear_cookies()
    cookies = [{"name": "taal", "value": language, "domain": "127.0.0.1", "path": "/"}]
    if state.who:
        with live.admin() as admin:
            admin.execute("UPDATE portaal.account SET language = %s WHERE username = %s", (language, state.who))
        cookies.append(dict(live.cookie(state.face, state.who)))  # type: ignore[arg-type]
    tab.context.add_cookies(cookies)  # type: ignore[arg-type]


def dress(tab: Page, width: int, colours: Colours) -> None:
    """Gives the window a width in CSS pixels, and the colours that its reader chose."""
    tab.set_viewport_size({"width": width, "height": 800})
    tab.emulate_media(color_scheme="dark" if colours == "dark" else "light", forced_colors="active" if colours == "forced" else "none")


@contextmanager
def answers_of(tab: Page) -> Iterator[list[Response]]:
    """The answers to which the tab goes, as they come; the last is the page that stands there."""
    answers: list[Response] = []

    def keep(answer: Response) -> None:
        if answer.request.is_navigation_request():
            answers.append(answer)

    tab.on("response", keep)
    try:
        yield answers
    finally:
        tab.remove_listener("response", keep)


def wrong_answer(source: str, status: int, own: str, state: State) -> list[str]:
    """What is wrong with an answer as it was sent: ``source`` is its text, ``own`` the address of this face."""
    found = [f"stranger: {address}" for address in checks.strangers(source, own)]
    return found if status == state.status else [f"status: {status} instead of {state.status}", *found]


def wrong_sight(tab: Page, state: State, language: str, colours: Colours, names: re.Pattern[str]) -> list[str]:
    """What is wrong with the page as it stands in the browser, each as "rule: what"; empty is good."""
    seen = checks.look(tab)
    title = seen["title"]
    found = {
        "shows": [] if tab.locator(state.shows).first.is_visible() else [state.shows],
        "headings": [] if seen["headings"] == 1 else [str(seen["headings"])],
        "lang": [] if seen["lang"] == language else [seen["lang"]],
        "dir": [] if seen["dir"] == LANGUAGES[language].direction else [seen["dir"]],
        "scrolls": [f"{seen['scrolls']} pixels"] if seen["scrolls"] > 0 else [],
        "wide": seen["wide"],
        "runs out": checks.words_that_run_out(tab),
        "small": seen["small"],
        "leave": [] if seen["leave"] == 1 else [f"is number {seen['leave']}"],
        "help": [] if seen["help"] == 3 else [f"{seen['help']} numbers to call"],
        "double-id": seen["doubleIds"],
        "title": [] if title.endswith("Mijn Buurtteam") and not names.search(title.removesuffix("Mijn Buurtteam")) else [title],
    }
    problems = [f"{rule}: {what}" for rule, whats in found.items() for what in whats]
    return problems + [f"axe {barrier}" for barrier in checks.barriers(tab, **_RULES[colours])]


def wrong_with_long_words(tab: Page) -> list[str]:
    """What is wrong when each text on the page has a word that is as long as Dutch makes them."""
    return [f"runs out when long: {what}" for what in checks.words_that_run_out(tab, checks.LONG_DUTCH)]


def wrong_when_spaced(tab: Page) -> list[str]:
    """What is wrong when a reader sets letters, words and lines wider apart."""
    spaced = checks.spaced(tab)
    found = [f"cut when spaced: {what}" for what in spaced["cut"]]
    return [*found, f"scrolls when spaced: {spaced['scrolls']} pixels"] if spaced["scrolls"] > 0 else found


def wrong_by_keyboard(tab: Page, *, forced: bool) -> list[str]:
    """What can't be seen when it has the focus, and with forced colours what has no edge or a colour of ours. Moves the focus."""
    # From here on the browser shows focus, as for everybody who uses a keyboard.
    tab.keyboard.press("Tab")
    found = [f"focus not seen: {what}" for what in checks.unseen_focus(tab)]
    if forced:
        found += [f"no edge: {what}" for what in checks.without_edge(tab)]
        found += [f"own colour: {what}" for what in checks.own_colours(tab)]
    return found
