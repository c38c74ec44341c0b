"""Before anybody signs in: find your own team by postcode, your rights, on paper too, and whom to call when it can't wait."""

import pytest
from playwright.sync_api import expect

from portal.i18n import LANGUAGES
from tests.journeys.steps import Said, follow, heading, press, sees
from tests.live import People


@pytest.mark.parametrize("said", [Said(code) for code in LANGUAGES], ids=list(LANGUAGES))
def test_find_your_team_and_your_rights(person: People, javascript: bool, said: Said) -> None:
    page = person.visitor("inwoner", language=said.language, width=320, javascript=javascript)
    page.goto("/")
    heading(page, said("Hulp van uw buurtteam"))
    expect(page.locator("html")).to_have_attribute("dir", LANGUAGES[said.language].direction)
    follow(page, said("Zoek uw buurtteam"))
    heading(page, said("Waar vindt u ons?"))
    page.get_by_label(said("Uw postcode")).fill("Tolhuis")
    press(page, said("Zoek mijn buurtteam"))
    sees(page, said("Dit is geen postcode. Vul vier cijfers in, zoals 1234."))
    expect(page.get_by_label(said("Uw postcode"))).to_have_value("Tolhuis")
    page.get_by_label(said("Uw postcode")).fill("6537")
    press(page, said("Zoek mijn buurtteam"))
    expect(page.locator("#uw-team")).to_contain_text("Dukenburg")
    own = page.locator("section", has=page.locator("#uw-team"))
    expect(own).to_contain_text("Stip Dukenburg")
    expect(own.locator('a[href="tel:0240000207"]')).to_be_visible()

    follow(page, said("Wat zijn uw rechten?"))
    heading(page, said("Uw rechten"))
    follow(page, said("Krijg steun van iemand die niet bij ons werkt"))
    heading(page, said("Krijg steun van iemand die niet bij ons werkt"))
    sees(page, "Zelfregiecentrum", "024-0000101")
    if said.language != "nl":
        sees(page, "Die persoon werkt niet bij ons en niet bij de gemeente. Hij of zij staat naast u.")
    follow(page, said("Al uw rechten"))
    paper = page.locator(f'a[type="application/pdf"][hreflang="{said.language}"]')
    answer = page.request.get(str(paper.get_attribute("href")))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.body().startswith(b"%PDF")

    follow(page, said("Wie belt u nu?"))
    heading(page, said("Wie kunt u nu bellen?"))
    sees(page, "112", "113", "0800-2000")
    follow(page, said("Naar het begin"))
    follow(page, said("Vraag hulp"))
    page.wait_for_url("**/melding**")
