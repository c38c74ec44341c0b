"""A resident says that a sentence is wrong, and gets it taken over; or gets a no, and reads what can be done then. In Dutch and in Arabic."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.steps import DUTCH, Said, follow, heading, open_entry, press, sees, sees_not
from tests.live import Live, People

ENTRY = "Overdracht vanuit Veilig Thuis, screening"
WRONG = "Zoon van 8 in huis."
WORDS = "Mijn zoon is 9."
NO = "Zo staat het in de brief van Veilig Thuis."


@pytest.fixture(params=["nl", "ar"])
def said(request: pytest.FixtureRequest) -> Said:
    """What pages say, in this language."""
    return Said(request.param)


def resident(person: People, said: Said, *, javascript: bool) -> Page:
    """Iris, reading in this language."""
    iris = person("inwoner", "iris", javascript=javascript)
    if said.language != DUTCH.language:
        press(iris, said.own_name)
        expect(iris.locator("html")).to_have_attribute("lang", said.language)
    return iris


def asks(iris: Page, live: Live, said: Said) -> str:
    """Iris says that the sentence is wrong; gives the address of her question."""
    open_entry(iris, live.dossier("Iris"), ENTRY, said)
    follow(iris, said("Dit klopt niet"))
    heading(iris, said("Dit klopt niet"))
    press(iris, said("Vraag versturen"))
    sees(iris, said("Kies wat er niet klopt."))
    iris.get_by_label(said("Dit is fout")).check()
    iris.get_by_text(said("Gaat het over een paar zinnen? Kies ze hier.")).click()
    iris.get_by_label(WRONG, exact=True).check()
    iris.get_by_label(said("Wat moet er volgens u staan?")).fill(WORDS)
    press(iris, said("Vraag versturen"))
    heading(iris, said("Uw vraag"))
    sees(iris, said("Wij kregen uw vraag."), said("U krijgt antwoord, uiterlijk op:"), WRONG, WORDS)
    return iris.url


def opens_the_question(femke: Page) -> None:
    """From the start page by the list to the question."""
    follow(femke, "1 vraag van een inwoner wacht op antwoord")
    heading(femke, "Vragen van inwoners")
    femke.get_by_role("link", name="Iris Bouwman").first.click()
    heading(femke, "Antwoord geven")
    expect(femke.locator("mark")).to_have_text(WRONG)
    sees(femke, WORDS)


def answers_to_read(iris: Page, said: Said) -> Locator:
    """The links on the start page to answers that Iris did not read yet."""
    iris.goto("/")
    return iris.locator(".utrecht-alert a").filter(has_text=said("Lees het antwoord van %(day)s", day="").strip())


def reads_the_answer(iris: Page, said: Said) -> None:
    """From the start page, which says that there is an answer and nothing of it."""
    link = answers_to_read(iris, said)
    sees_not(iris, NO, WORDS)
    link.click()
    heading(iris, said("Uw vraag"))


def test_a_sentence_is_taken_over(live: Live, person: People, javascript: bool, said: Said) -> None:
    iris = resident(person, said, javascript=javascript)
    asks(iris, live, said)

    femke = person("team", "femke.nas", javascript=javascript)
    opens_the_question(femke)
    femke.get_by_label("Overgenomen", exact=True).check()
    femke.get_by_label("Uw antwoord, met de reden").fill("Verkeerd opgeschreven.")
    press(femke, "Antwoord versturen")
    sees(femke, "Er is nog geen nieuwe versie. Schrijf die eerst.")
    press(femke, "Nieuwe versie schrijven")
    text = femke.get_by_label("Tekst").input_value()
    femke.get_by_label("Tekst").fill(text.replace("Zoon van 8", "Zoon van 9"))
    femke.get_by_label("Waarom is er een nieuwe versie?").fill("Iris zei dat haar zoon 9 is.")
    press(femke, "Plaatsen in het dossier")
    femke.get_by_role("article").filter(has_text=WORDS).get_by_role("link", name="Antwoord geven").click()
    sees(femke, "Er is een nieuwe versie van na de vraag.")
    femke.get_by_label("Overgenomen", exact=True).check()
    femke.get_by_label("Uw antwoord, met de reden").fill("Verkeerd opgeschreven.")
    press(femke, "Antwoord versturen")
    sees(femke, "Uw antwoord is verstuurd.", "Er wacht geen vraag op antwoord.")

    reads_the_answer(iris, said)
    sees(iris, said("Wij veranderden de tekst"), "Verkeerd opgeschreven.")
    sees_not(iris, said("Bent u het er niet mee eens?"))
    follow(iris, said("Bekijk de nieuwe tekst naast de oude"))
    expect(iris.locator(".beside del")).to_contain_text("8")
    expect(iris.locator(".beside ins")).to_contain_text("9")
    expect(answers_to_read(iris, said)).to_have_count(0)


def test_a_refusal_shows_the_ways_on_and_the_own_story_stays(live: Live, person: People, javascript: bool, said: Said) -> None:
    iris = resident(person, said, javascript=javascript)
    asks(iris, live, said)

    femke = person("team", "femke.nas", javascript=javascript)
    opens_the_question(femke)
    femke.get_by_label("Niet overgenomen").check()
    femke.get_by_label("Uw antwoord, met de reden").fill(NO)
    press(femke, "Antwoord versturen")

    reads_the_answer(iris, said)
    sees(
        iris, said("Wij veranderden de tekst niet"), NO, said("Bent u het er niet mee eens?"), said("Bezwaar maken: schrijf ons een brief.")
    )
    sees(iris, "Autoriteit Persoonsgegevens", "autoriteitpersoonsgegevens.nl")
    iris.get_by_label(said("Zo is het volgens u")).fill("Hij werd 9 in maart.")
    press(iris, said("Zet het erbij"))
    sees(iris, said("Uw tekst staat erbij."), "Hij werd 9 in maart.")
    follow(iris, said("Terug naar de notitie"))
    follow(iris, said("Afdrukken"))
    sees(iris, WORDS, NO, "Hij werd 9 in maart.", said("Wij veranderden de tekst niet"))
    femke.goto(live.entry(ENTRY))
    sees(femke, WORDS, NO, "Hij werd 9 in maart.")
