"""Iris writes for herself, shares a page with who helps her, and takes it back. To the others it was never there."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import Said, follow, heading, press, sees, sees_not
from tests.live import Live, People

DUTCH, ARABIC = Said("nl"), Said("ar")
WORDS = "Ik was bang vandaag. Dat durf ik nog niet te zeggen."
LATER = "Ik was bang vandaag. Kunt u morgen bellen?"
TITLE = "Een lastige dag"


def in_dossier(page: Page, live: Live, first_name: str) -> str:
    """The text of the dossier's list."""
    page.goto(live.dossier(first_name))
    return page.locator("main").inner_text()


def write(page: Page, said: Said, words: str, title: str) -> None:
    """From the own dossier: a new page."""
    follow(page, said("Mijn dagboek"))
    heading(page, said("Mijn dagboek"))
    sees(page, said("Wat u hier schrijft, leest alleen u."))
    follow(page, said("Nieuwe bladzijde schrijven"))
    page.get_by_label(said("Wat wilt u opschrijven?")).fill(words)
    page.get_by_label(said("Titel")).fill(title)
    press(page, said("Bewaren"))
    sees(page, said("Uw bladzijde is bewaard. Alleen u leest hem."), words)


def let_read(page: Page, said: Said, who: str) -> None:
    """Chooses who reads the page that is open."""
    page.get_by_label(said(who), exact=False).check()
    press(page, said("Bewaren"))


def test_written_shared_and_taken_back(live: Live, person: People, javascript: bool) -> None:
    iris = person("inwoner", "iris", javascript=javascript)
    femke = person("team", "femke.nas", javascript=javascript)
    iris.goto(live.dossier("Iris"))
    write(iris, DUTCH, WORDS, TITLE)
    assert TITLE not in in_dossier(femke, live, "Iris")

    follow(iris, "Verder schrijven")
    iris.get_by_label("Wat wilt u opschrijven?").fill(LATER)
    press(iris, "Bewaren")
    sees(iris, "Uw bladzijde is veranderd.")
    follow(iris, "Deze bladzijde delen")
    heading(iris, "Wie leest deze bladzijde?")
    let_read(iris, DUTCH, "Ik en mijn hulpverleners")
    sees(iris, "Uw bladzijde is gedeeld.")

    assert TITLE in in_dossier(femke, live, "Iris")
    follow(femke, TITLE)
    sees(femke, "Kunt u morgen bellen?")
    sees_not(femke, "Dat durf ik nog niet te zeggen.", "Aangepast")

    follow(iris, "Minder delen, of niet meer")
    let_read(iris, DUTCH, "Alleen ik")
    sees(iris, "Alleen u leest deze bladzijde nu.")
    assert TITLE not in in_dossier(femke, live, "Iris")
    answer = femke.goto(iris.url.replace(live.urls["inwoner"], live.urls["team"]).partition("?")[0])
    assert answer is not None
    assert answer.status == 404


def test_a_page_is_thrown_away(live: Live, person: People, javascript: bool) -> None:
    iris = person("inwoner", "iris", javascript=javascript)
    iris.goto(live.dossier("Iris"))
    write(iris, DUTCH, WORDS, TITLE)
    follow(iris, "Bladzijde weggooien")
    heading(iris, "Wilt u deze bladzijde weggooien?")
    press(iris, "Ja, weggooien")
    sees(iris, "Uw bladzijde is weg.")
    expect(iris.get_by_role("link", name=TITLE)).to_have_count(0)


def test_in_arabic(live: Live, person: People, javascript: bool) -> None:
    samer = person("inwoner", "samer", javascript=javascript)
    saskia = person("team", "saskia.derksen", javascript=javascript)
    samer.goto(live.dossier("Samer"))
    write(samer, ARABIC, "أشتاق إلى أمي.", "رسالة")
    expect(samer.locator("html")).to_have_attribute("dir", "rtl")
    sees(samer, "Alleen u leest deze bladzijde.")
    assert "رسالة" not in in_dossier(saskia, live, "Samer")
    follow(samer, ARABIC("Deze bladzijde delen"))
    let_read(samer, ARABIC, "Ik en mijn hulpverleners")
    assert "رسالة" in in_dossier(saskia, live, "Samer")
    follow(samer, ARABIC("Minder delen, of niet meer"))
    let_read(samer, ARABIC, "Alleen ik")
    assert "رسالة" not in in_dossier(saskia, live, "Samer")
