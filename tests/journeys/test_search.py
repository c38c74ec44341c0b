"""A letter of long ago is found by a word of it, in the own dossier and at the team; the word stands in no address."""

from playwright.sync_api import expect

from tests.journeys.steps import Said, follow, heading, press, sees, sees_not
from tests.live import Live, People

DUTCH, ARABIC = Said("nl"), Said("ar")


def test_by_a_word_in_another_form(live: Live, person: People, javascript: bool) -> None:
    for face, username in (("inwoner", "iris"), ("team", "femke.nas")):
        page = person(face, username, javascript=javascript)  # type: ignore[arg-type]
        page.goto(live.dossier("Iris"))
        follow(page, "Zoeken in mijn dossier" if face == "inwoner" else "Zoeken in dit dossier")
        page.get_by_label("Welk woord zoekt u?").fill("vakanties")
        press(page, "Zoeken")
        expect(page.locator("mark").first).to_have_text("vakantie")
        assert "vakantie" not in page.url
        assert "vakantie" not in page.title()
        follow(page, "Terug van vakantie")
        heading(page, "Terug van vakantie")


def test_what_was_tried_and_is_not_there_says_what_to_do(live: Live, person: People, javascript: bool) -> None:
    iris = person("inwoner", "iris", javascript=javascript)
    iris.goto(f"{live.dossier('Iris')}/zoeken")
    if not javascript:  # With script the browser notes the refusal of an empty form in its console, as a fault of the page.
        press(iris, "Zoeken")
        sees(iris, "Schrijf een woord op.")
    iris.get_by_label("Welk woord zoekt u?").fill("zeppelin")
    press(iris, "Zoeken")
    sees(iris, "Niets gevonden", "Zoek met minder woorden, of met een ander woord.")
    expect(iris.get_by_label("Welk woord zoekt u?")).to_have_value("zeppelin")
    iris.get_by_label("Welk woord zoekt u?").fill("vakantie")
    press(iris, "Zoeken")
    sees(iris, "Terug van vakantie")
    sees_not(iris, "Niets gevonden")


def test_in_arabic(live: Live, person: People, javascript: bool) -> None:
    samer = person("inwoner", "samer", javascript=javascript)
    samer.goto(live.dossier("Samer"))
    follow(samer, ARABIC("Zoeken in mijn dossier"))
    samer.get_by_label(ARABIC("Welk woord zoekt u?")).fill("راتب")
    press(samer, ARABIC("Zoeken"))
    expect(samer.locator("mark").first).to_have_text("راتب")
    expect(samer.locator("html")).to_have_attribute("dir", "rtl")
