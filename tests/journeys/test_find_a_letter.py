"""Yvonne has five years of notes. She looks for what came in the post last year, reads it and prints it."""

import re

import pytest
from playwright.sync_api import Page, expect

from portal.i18n import translator
from tests.journeys.steps import follow, heading, press, sees, sees_not
from tests.live import Live, People

LETTER = "WIA blijft zoals het is"
YEAR = "2025"
OF_ANOTHER_YEAR = "Onze waakvlam-afspraken"
NO_LETTER = "Keuring UWV"


@pytest.fixture(params=["nl", "ar"])
def language(request: pytest.FixtureRequest, live: Live) -> str:
    """The language in which Yvonne reads."""
    code = str(request.param)
    with live.admin() as admin:
        admin.execute("UPDATE portaal.account SET language = %s WHERE username = 'yvonne'", (code,))
    return code


@pytest.fixture
def yvonne(live: Live, person: People, javascript: bool, language: str) -> Page:
    page = person("inwoner", "yvonne", javascript=javascript, width=320, language=language)
    page.goto(live.dossier("Yvonne"))
    expect(page.locator("html")).to_have_attribute("lang", language)
    return page


def test_last_years_letter_is_found_by_year_and_section_read_and_printed(live: Live, yvonne: Page, javascript: bool, language: str) -> None:
    say = translator(language).gettext
    follow(yvonne, YEAR)
    expect(yvonne.locator(".years [aria-current]")).to_have_text(YEAR)
    assert yvonne.locator(".timeline__when time").count() > 0
    assert set(yvonne.locator(".timeline__when time").evaluate_all("all => all.map(one => one.dateTime.slice(0, 4))")) == {YEAR}
    sees_not(yvonne, OF_ANOTHER_YEAR)

    yvonne.locator("details.filter > summary").click()
    yvonne.locator("#onderdeel").select_option("correspondentie")
    press(yvonne, say("Laat zien"))
    expect(yvonne.get_by_role("link", name=NO_LETTER)).to_have_count(0)
    sees_not(yvonne, OF_ANOTHER_YEAR)
    follow(yvonne, LETTER)
    heading(yvonne, LETTER)
    words = live.one("SELECT body FROM casus.entry_version WHERE title = %s", LETTER)

    follow(yvonne, say("Afdrukken"))
    sees(yvonne, LETTER, words.split("\n")[0], say("Er staat alleen op wat u zelf mag lezen."))
    sees_not(yvonne, NO_LETTER)
    button = yvonne.get_by_role("button", name=say("Afdrukken"), exact=True)
    if javascript:
        yvonne.evaluate("window.print = () => { document.body.dataset.printed = 'yes'; }")
        button.click()
        expect(yvonne.locator("body")).to_have_attribute("data-printed", "yes")
    else:
        expect(button).to_have_count(0)
    yvonne.emulate_media(media="print")
    for gone in ("header.page-header", "footer", "#weg", ".screen-only >> nth=0"):
        expect(yvonne.locator(gone)).to_be_hidden()
    expect(yvonne.locator(".printed")).to_be_visible()
    assert live.one("SELECT what FROM casus.read_log ORDER BY id DESC LIMIT 1") == "afdruk"


def test_counts_lead_to_the_letters_and_leafing_goes_on_from_there(yvonne: Page, language: str) -> None:
    say = translator(language).gettext
    follow(yvonne, say("Wat staat er in het dossier?"))
    letters = yvonne.locator("tr", has=yvonne.get_by_role("link", name=say("Brieven en berichten"), exact=True))
    number = int(re.sub(r"\D", "", letters.locator("td").inner_text()))
    assert number > 1
    follow(yvonne, say("Brieven en berichten"))
    expect(yvonne.locator(".timeline__item")).to_have_count(number)
    follow(yvonne, YEAR)
    expect(yvonne.locator(".years [aria-current]")).to_have_text(YEAR)
    sees(yvonne, LETTER)
    follow(yvonne, f"{say('Ouder')}: 2024")
    sees(yvonne, OF_ANOTHER_YEAR)
    sees_not(yvonne, LETTER)
    follow(yvonne, f"{say('Nieuwer')}: {YEAR}")
    sees(yvonne, LETTER)
