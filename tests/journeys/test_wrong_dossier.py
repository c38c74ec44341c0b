"""A note stands in the wrong dossier: one professional takes it out, a colleague moves it, and the team writes down that the inwoner knows."""

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import DUTCH, Said, follow, heading, open_entry, press, sees, sees_not
from tests.live import Live, People

ENTRY = "Terug van vakantie"


@pytest.fixture(params=["nl", "ar"])
def said(request: pytest.FixtureRequest) -> Said:
    """What pages say, in this language."""
    return Said(request.param)


def test_a_note_in_the_wrong_dossier(live: Live, person: People, javascript: bool, said: Said) -> None:
    iris = person("inwoner", "iris", javascript=javascript)
    open_entry(iris, live.dossier("Iris"), ENTRY, DUTCH)
    seen = iris.url

    femke = person("team", "femke.nas", javascript=javascript)
    if said.language != DUTCH.language:
        press(femke, said.own_name)
        expect(femke.locator("html")).to_have_attribute("lang", said.language)
    open_entry(femke, live.dossier("Iris"), ENTRY, said)
    follow(femke, said("Deze notitie hoort niet in dit dossier"))
    press(femke, said("Haal de notitie weg"))
    sees(femke, said("Kies van wie de notitie is."))
    femke.get_by_label(said("Van een andere inwoner")).check()
    press(femke, said("Haal de notitie weg"))
    heading(femke, said("Notitie in het verkeerde dossier"))
    sees(
        femke,
        said("De notitie is weg. Vraag een collega om te beslissen."),
        said("U haalde de notitie weg. Een collega beslist."),
        "Iris Bouwman",
    )
    sees_not(femke, ENTRY)

    assert (iris.goto(seen) or pytest.fail("no answer")).status == 404
    iris.goto(live.dossier("Iris"))
    sees_not(iris, ENTRY)

    lead = person("team", "annelies.groothuis", javascript=javascript)
    lead.goto("/foute-notities")
    heading(lead, "Notities in het verkeerde dossier")
    lead.get_by_role("link", name="Iris Bouwman").first.click()
    heading(lead, "Notitie in het verkeerde dossier")
    lead.get_by_label("Wis hem voor altijd").check()
    press(lead, "Beslissing bewaren")
    sees(lead, "De notitie is gewist.")
    lead.get_by_label("De inwoner van dit dossier").check()
    lead.get_by_label("Op welke dag?").fill("2026-01-02")
    lead.get_by_label("In een gesprek").check()
    lead.locator("form[action$=verteld] button").click()
    sees(lead, "Het staat erbij.")
    assert (iris.goto(seen) or pytest.fail("no answer")).status == 404
