"""Femke wants to know how long people wait: she looks at all teams, at one of them, and prints it for the meeting."""

import pytest
from playwright.sync_api import Page, expect

from portal.i18n import translator
from tests.journeys.steps import follow, heading, sees
from tests.live import Live, People

A4 = 670
"""Pixels between the margins of the page."""


@pytest.fixture(params=["nl", "ar"])
def language(request: pytest.FixtureRequest, live: Live) -> str:
    """The language in which Femke reads."""
    code = str(request.param)
    with live.admin() as admin:
        admin.execute("UPDATE portaal.account SET language = %s WHERE username = 'femke.nas'", (code,))
    return code


def test_the_figures_of_all_teams_of_one_and_on_paper(live: Live, person: People, javascript: bool, language: str) -> None:
    femke: Page = person("team", "femke.nas", javascript=javascript, width=320, language=language)
    femke.goto(live.urls["team"])
    say = translator(language).gettext
    follow(femke, say("Cijfers"))
    heading(femke, say("Hoe snel begint de hulp?"))
    months = femke.locator("table").nth(0).locator("tbody tr")
    expect(months).to_have_count(12)
    expect(femke.locator(".chart__bar--short")).to_have_count(3)
    expect(months.filter(has_text="80%")).to_have_count(3)
    sees(femke, "16 van de 20" if language == "nl" else say("norm gehaald"))

    follow(femke, "Buurtteam Volwassenen Noord")
    heading(femke, say("Hoe snel begint de hulp?"))
    expect(femke.locator("table")).to_have_count(2)
    sees(femke, "Buurtteam Volwassenen Noord")
    button = femke.get_by_role("button", name=say("Afdrukken"), exact=True)
    if javascript:
        femke.evaluate("window.print = () => { document.body.dataset.printed = 'yes'; }")
        button.click()
        expect(femke.locator("body")).to_have_attribute("data-printed", "yes")
    else:
        expect(button).to_have_count(0)
    femke.emulate_media(media="print")
    femke.set_viewport_size({"width": A4, "height": 900})
    for gone in ("header.page-header", "footer", "#weg", ".screen-only"):
        expect(femke.locator(gone).first).to_be_hidden()
    expect(femke.locator(".chart")).to_be_visible()
    for table in femke.locator("table").all():
        box = table.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= A4 + 1, "every column is on the paper"
