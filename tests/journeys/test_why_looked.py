"""A resident asks why somebody looked; the team lead reads the line alone and answers; the answer stands at the line. In Dutch and in Arabic."""

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import Said, follow, heading, press, sees, sees_not
from tests.journeys.test_not_right import answers_to_read, resident
from tests.live import Live, People

ENTRY = "Overdracht vanuit Veilig Thuis, screening"
ANSWER = "Femke las dit voor het gesprek met u."


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_somebody_says_why_they_looked(live: Live, person: People, javascript: bool, language: str) -> None:
    said = Said(language)
    femke = person("team", "femke.nas", javascript=javascript)
    femke.goto(live.entry(ENTRY))

    iris = resident(person, said, javascript=javascript)
    iris.goto(f"{live.dossier('Iris')}/wie-keek-er")
    lines = iris.locator("section > ul > li")
    lines.first.get_by_role("link", name=said("Waarom?")).click()
    heading(iris, said("Waarom keek deze persoon?"))
    sees(iris, "Femke Nas")
    iris.get_by_label(said("Wilt u er iets bij schrijven?")).fill("Wij hadden geen afspraak.")
    press(iris, said("Vraag waarom"))
    sees(iris, said("Wij kregen uw vraag."), said("U krijgt antwoord, uiterlijk op:"), "Wij hadden geen afspraak.")

    lead = person("team", "annelies.groothuis", javascript=javascript)
    follow(lead, "1 vraag van een inwoner wacht op antwoord")
    lead.get_by_role("link", name="Iris Bouwman").click()
    heading(lead, "Waarom keek deze persoon?")
    sees(lead, "Femke Nas", "een notitie", "Wij hadden geen afspraak.")
    sees_not(lead, ENTRY)
    lead.get_by_label("Uw antwoord").fill(ANSWER)
    press(lead, "Antwoord versturen")
    sees(lead, "Uw antwoord is verstuurd.")

    answers_to_read(iris, said).click()
    heading(iris, said("Wie keek er in mijn dossier?"))
    asked = iris.locator("section > ul > li").filter(has_text=ANSWER)
    expect(asked).to_have_count(1)
    sees(iris, "Annelies Groothuis")
    expect(answers_to_read(iris, said)).to_have_count(0)
