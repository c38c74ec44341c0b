"""A resident writes to the professional and gets an answer; what was typed isn't lost. With and without JavaScript, in Dutch and in Arabic."""

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import Said, follow, heading, press, sees, sees_not
from tests.journeys.test_not_right import resident
from tests.live import Live, People

ASKED = "Kunt u mij bellen? مرحبا\nIk weet het niet meer."
ANSWERED = "Ik bel u morgen om tien uur."


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_a_message_is_answered(live: Live, person: People, javascript: bool, language: str) -> None:
    said = Said(language)
    with live.admin() as admin:
        admin.execute("UPDATE portaal.account SET email = 'iris@voorbeeld.nl' WHERE username = 'iris'")
    iris = resident(person, said, javascript=javascript)
    follow(iris, said("Berichten met uw Buurtteam"))
    heading(iris, said("Berichten"))
    sees(iris, "Femke Nas", said("U krijgt binnen 2 werkdagen antwoord."), said("Er zijn nog geen berichten."))
    press(iris, said("Versturen"))
    sees(iris, said("Schrijf eerst uw bericht."))
    iris.get_by_label(said("Uw bericht")).fill(ASKED)
    press(iris, said("Versturen"))
    sees(iris, said("Uw bericht is verstuurd."), "Kunt u mij bellen? مرحبا")
    expect(iris.get_by_label(said("Uw bericht"))).to_have_value("")

    femke = person("team", "femke.nas", javascript=javascript)
    sees(femke, "Berichten die op antwoord wachten")
    follow(femke, "Iris Bouwman: 1 bericht")
    heading(femke, "Berichten met Iris Bouwman")
    sees(femke, "Wacht op antwoord", "Ik weet het niet meer.")
    femke.get_by_label("Uw bericht").fill(ANSWERED)
    press(femke, "Versturen")
    sees(femke, "Uw bericht is verstuurd.", ANSWERED)
    sees_not(femke, "Wacht op antwoord")

    iris.goto("/")
    expect(iris.locator("a[href$='/berichten'] + .utrecht-data-badge")).to_be_visible()
    sees_not(iris, ANSWERED)
    follow(iris, said("Berichten met uw Buurtteam"))
    sees(iris, said("Nieuw voor u"), ANSWERED, "Femke Nas")
    iris.goto("/")
    expect(iris.locator("a[href$='/berichten'] + .utrecht-data-badge")).to_have_count(0)
    with live.admin() as admin:
        sent = admin.execute("SELECT template, address FROM portaal.outbox WHERE template = 'nieuws'").fetchall()
    assert len(sent) == 1
