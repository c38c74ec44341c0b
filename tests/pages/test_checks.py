"""What a page is checked for by keyboard and in forced colours is found on a page that is wrong, and not on one that is right."""

import pytest
from playwright.sync_api import Page

from tests.pages import checks, verdict

GOOD = """<!doctype html><html lang=en><title>t</title><style>
  :focus-visible {{ outline: 3px solid #222; }} button, input {{ border: 2px solid #222; }} {style}
</style><body><a href="#x">first</a><p style="color: #1a5550">words</p><button>press</button>
<input type=checkbox aria-label=tick><svg width=20 height=20><circle r=5 fill="currentColor"/></svg>{more}</body></html>"""


def on(tab: Page, *, style: str = "", more: str = "", colours: verdict.Colours = "light") -> Page:
    verdict.dress(tab, 1280, colours)
    tab.set_content(GOOD.format(style=style, more=more))
    tab.keyboard.press("Tab")
    return tab


@pytest.mark.parametrize("colours", verdict.COLOURS)
def test_nothing_is_wrong_with_a_good_page(tab: Page, colours: verdict.Colours) -> None:
    assert verdict.wrong_by_keyboard(on(tab, colours=colours), forced=colours == "forced") == []


@pytest.mark.parametrize(
    "style",
    [
        "button:focus-visible { outline: none; }",
        "button:focus-visible { outline-width: 1px; }",
        "button:focus-visible { outline-color: transparent; }",
        "button:focus-visible { outline-color: #ddd; }",
        "body { background: #333; color: #fff; }",
    ],
)
def test_focus_that_is_not_seen_is_found(tab: Page, style: str) -> None:
    assert any("press" in what for what in checks.unseen_focus(on(tab, style=style)))


@pytest.mark.parametrize("style", ["button { border: 0; }", "button { border-color: Canvas; }", "button { border-style: none; }"])
def test_a_control_without_an_edge_is_found(tab: Page, style: str) -> None:
    found = checks.without_edge(on(tab, style=style, colours="forced"))
    assert found == ["<button>press</button>"]


def test_a_line_under_its_words_is_an_edge_too(tab: Page) -> None:
    assert checks.without_edge(on(tab, style="button { border: 0; text-decoration: underline; }", colours="forced")) == []


@pytest.mark.parametrize("style", ["svg { color: #1a5550; }", "p { forced-color-adjust: none; }"])
def test_a_colour_of_our_own_is_found_in_forced_colours(tab: Page, style: str) -> None:
    assert len(checks.own_colours(on(tab, style=style, colours="forced"))) == 1


NARROW = "main { inline-size: 100px; }"


@pytest.mark.parametrize(
    ("style", "where"),
    [
        (NARROW, " in <p>"),
        (f"{NARROW} main {{ overflow: hidden; }}", " in <p>"),
        (f"{NARROW} p {{ inline-size: 600px; }}", " in <main>"),
        ("p { margin-inline-start: -20px; }", " in <main>"),
        ("body { inline-size: 2000px; }", "the page, by "),
    ],
)
def test_words_that_run_out_are_found(tab: Page, style: str, where: str) -> None:
    page = on(tab, style=style, more="<main><p>words</p></main>")
    assert any(where in what for what in checks.words_that_run_out(page, checks.LONG_DUTCH))
    assert page.locator("main").inner_text() == "words", "as it was before"


@pytest.mark.parametrize(
    ("style", "more"),
    [
        ("", "<main><p>words</p></main>"),
        (f"{NARROW} main {{ overflow-wrap: anywhere; }}", "<main><p>words</p></main>"),
        (f"{NARROW} main {{ overflow-x: auto; }}", "<main class=scroll-x><table><tr><td>words</table></main>"),
        (NARROW, "<main><p class=visually-hidden>words</p></main>"),
    ],
)
def test_words_that_stay_in_their_box_are_right(tab: Page, style: str, more: str) -> None:
    assert checks.words_that_run_out(on(tab, style=style, more=more), checks.LONG_DUTCH) == []


def test_rules_of_axe_can_be_chosen(tab: Page) -> None:
    pale = on(tab, more="<p style='color: #ccc'>hardly to be read</p><img src='data:,'>")

    def found(**rules: list[str]) -> set[str]:
        return {what.partition(":")[0] for what in checks.barriers(pale, **rules)}

    assert {"color-contrast", "image-alt"} <= found()
    assert found(only=["color-contrast"]) == {"color-contrast"}
    assert found(without=["color-contrast"]) == found() - {"color-contrast"}
