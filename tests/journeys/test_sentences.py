"""A resident says that two sentences are wrong; the professional writes a newer version; both see what changed. In Dutch and in Arabic."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import Said, follow, heading, open_entry, press, sees, sees_not
from tests.live import Live, People

ENTRY = "Overdracht vanuit Veilig Thuis, screening"
WRONG = ("Zoon van 8 in huis.", "Mevrouw wil hulp, maar alleen als hij het niet merkt.")
WORDS = "Mijn zoon is 9. Dat staat er fout."


@pytest.fixture(params=["nl", "ar"])
def said(request: pytest.FixtureRequest) -> Said:
    """What pages say, in this language."""
    return Said(request.param)


def resident(person: People, said: Said, *, javascript: bool) -> Page:
    """Iris, reading in this language."""
    iris = person("inwoner", "iris", javascript=javascript)
    if said.language != "nl":
        press(iris, said.own_name)
        expect(iris.locator("html")).to_have_attribute("lang", said.language)
    return iris


def test_sentences_are_chosen_reacted_to_and_changed(live: Live, person: People, javascript: bool, said: Said) -> None:
    iris = resident(person, said, javascript=javascript)
    open_entry(iris, live.dossier("Iris"), ENTRY, said)
    iris.get_by_text(said("Gaat het over een paar zinnen? Kies ze hier.")).click()
    for sentence in WRONG:
        iris.get_by_label(sentence, exact=True).check()
    iris.get_by_label(said("Uw reactie"), exact=True).fill(WORDS)
    iris.get_by_label(said("Ik en mijn hulpverleners")).check()
    press(iris, said("Reactie bewaren"))
    sees(iris, said("Uw reactie staat erbij."), WORDS)
    mine = iris.get_by_role("article").filter(has_text=WORDS).last
    for sentence in WRONG:
        expect(mine.locator("blockquote")).to_contain_text(sentence)
    expect(iris.locator("mark")).to_have_text(list(WRONG))

    femke = person("team", "femke.nas", javascript=javascript)
    femke.goto(live.entry(ENTRY))
    expect(femke.locator("mark")).to_have_text(list(WRONG))
    press(femke, "Nieuwe versie schrijven")
    text = femke.get_by_label("Tekst").input_value()
    femke.get_by_label("Tekst").fill(text.replace("Zoon van 8", "Zoon van 9"))
    femke.get_by_label("Waarom is er een nieuwe versie?").fill("Iris zei dat haar zoon 9 is.")
    press(femke, "Plaatsen in het dossier")
    sees(femke, "De notitie is geplaatst.", "Zoon van 9 in huis.", "Hoort bij versie 2")

    iris.reload()
    sees(iris, "Zoon van 9 in huis.", said("Hoort bij versie %(n)s", n=2))
    assert iris.locator("mark").count() == 0
    mine = iris.get_by_role("article").filter(has_text=WORDS).last
    mine.get_by_role("link", name=said("Hoort bij versie %(n)s", n=2)).click()
    heading(iris, said("Wat is er veranderd?"))
    expect(iris.locator(".beside del")).to_contain_text("8")
    expect(iris.locator(".beside ins")).to_contain_text("9")
    sees(iris, "Iris zei dat haar zoon 9 is.")


def test_three_versions_are_compared(live: Live, person: People, javascript: bool, said: Said) -> None:
    femke = person("team", "femke.nas", javascript=javascript)
    femke.goto(live.entry(ENTRY))
    press(femke, "Nieuwe versie schrijven")
    femke.get_by_label("Tekst").fill("Nieuwe tekst van vandaag.")
    press(femke, "Plaatsen in het dossier")

    iris = resident(person, said, javascript=javascript)
    iris.goto(live.entry(ENTRY))
    follow(iris, said("Bekijk oud en nieuw naast elkaar"))
    heading(iris, said("Wat is er veranderd?"))
    expect(iris.locator(".beside ins")).to_contain_text("Nieuwe tekst van vandaag.")
    follow(iris, said("Versie %(old)s en %(new)s", old=1, new=2))
    sees(iris, said("De oude tekst"))
    sees_not(iris, "Nieuwe tekst van vandaag.")
    follow(iris, said("De eerste en de nieuwste versie"))
    expect(iris.get_by_role("link", name=said("De eerste en de nieuwste versie"))).to_have_attribute("aria-current", "page")
    follow(iris, said("Terug naar de notitie"))
    heading(iris, ENTRY)


def test_the_own_reaction_is_compared_by_its_author(live: Live, person: People, javascript: bool, said: Said) -> None:
    iris = resident(person, said, javascript=javascript)
    iris.goto(live.entry(ENTRY))
    iris.get_by_label(said("Uw reactie"), exact=True).fill("Het was op dinsdag.")
    press(iris, said("Reactie bewaren"))
    mine = iris.get_by_role("article").filter(has_text="Het was op dinsdag.").last
    mine.get_by_role("link", name=said("Reactie veranderen")).click()
    iris.get_by_label(said("Uw reactie"), exact=True).fill("Het was op woensdag.")
    press(iris, said("Reactie bewaren"))
    mine = iris.get_by_role("article").filter(has_text="Het was op woensdag.").last
    mine.get_by_role("link", name=said("Bekijk oud en nieuw naast elkaar")).click()
    heading(iris, said("Wat heeft u veranderd?"))
    expect(iris.locator(".beside del")).to_contain_text("dinsdag")
    expect(iris.locator(".beside ins")).to_contain_text("woensdag")
