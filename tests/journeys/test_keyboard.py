"""Everything by keyboard: where one is can always be seen, and an error takes one to the errors."""

from playwright.sync_api import Locator, Page, expect

from portal.demo.people import PASSWORD
from tests.journeys.steps import heading, sees
from tests.live import Live, People

_FOCUS = """() => {
  const here = document.activeElement, box = here.getBoundingClientRect(), style = getComputedStyle(here);
  return {
    tag: here.tagName,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inSight: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: (() => {
      const top = document.elementFromPoint(Math.max(0, box.left + Math.min(box.width, innerWidth) / 2), box.top + box.height / 2);
      return Boolean(top && !here.contains(top) && !top.contains(here) && !(here.labels && [...here.labels].some((l) => l.contains(top))));
    })(),
  };
}"""


def tab_to(page: Page, wanted: Locator, most: int = 80) -> None:
    """Presses Tab until this has the focus; at every stop the focus must be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focus = page.evaluate(_FOCUS)
        if focus["tag"] == "BODY":
            continue
        assert focus["ring"], page.evaluate("document.activeElement.outerHTML")
        assert focus["inSight"], page.evaluate("document.activeElement.outerHTML")
        assert not focus["covered"], page.evaluate("document.activeElement.outerHTML")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"never came to {wanted}")


def test_sign_in_read_and_react(live: Live, person: People, javascript: bool) -> None:
    """On a small screen without script, on a wide one with it."""
    width = 1280 if javascript else 320
    # Without moving pictures the page stands still at once, and what is in sight can be told.
    iris = person.visitor("inwoner", javascript=javascript, width=width, reduced_motion="reduce")
    keys = iris.keyboard
    iris.goto("/inloggen")
    tab_to(iris, iris.locator("#login"))
    keys.type("iris")
    tab_to(iris, iris.locator("#password"))
    keys.type(PASSWORD)
    keys.press("Enter")
    heading(iris, "Vul uw code in")
    code = iris.inner_text("#demo-code")
    tab_to(iris, iris.locator("#code"))
    keys.type(code)
    keys.press("Enter")
    heading(iris, "Welkom")

    tab_to(iris, iris.get_by_role("link", name="Lees mijn dossier"))
    keys.press("Enter")
    heading(iris, "Mijn dossier")
    keys.press("Tab")
    skip = iris.get_by_role("link", name="Ga naar de inhoud")
    expect(skip).to_be_focused()
    assert iris.evaluate(_FOCUS)["inSight"]
    keys.press("Enter")
    # The next stop is the first of the content, past header and menu.
    keys.press("Tab")
    assert iris.evaluate("document.activeElement.closest('main') !== null")
    expect(iris.locator("main a, main button, main summary").first).to_be_focused()

    tab_to(iris, iris.get_by_role("link", name="Terug van vakantie"))
    keys.press("Enter")
    heading(iris, "Terug van vakantie")
    send = iris.get_by_role("button", name="Reactie bewaren")
    tab_to(iris, send)
    keys.press("Space")

    summary = iris.get_by_role("alert")
    expect(summary).to_contain_text("Schrijf eerst uw reactie.")
    if javascript:
        expect(summary).to_be_focused()
    tab_to(iris, summary.get_by_role("link"))
    keys.press("Enter")
    field = iris.get_by_label("Uw reactie")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description("Fout: Schrijf eerst uw reactie.")
    keys.type("Ik was er zelf bij.")
    tab_to(iris, iris.get_by_label("Ik en mijn hulpverleners"))
    keys.press("ArrowUp")
    expect(iris.get_by_label("Alleen ik")).to_be_checked()
    tab_to(iris, send)
    keys.press("Enter")
    sees(iris, "Uw reactie staat erbij.", "Ik was er zelf bij.")


def test_snel_weg_is_the_second_stop_everywhere(live: Live, person: People) -> None:
    iris = person("inwoner", "iris")
    for address in ("/", live.dossier("Iris"), f"{live.dossier('Iris')}/wie-keek-er", "/hulp", "/bestaat-niet"):
        iris.goto(address)
        iris.keyboard.press("Tab")
        iris.keyboard.press("Tab")
        expect(iris.get_by_role("link", name="Snel weg")).to_be_focused()
