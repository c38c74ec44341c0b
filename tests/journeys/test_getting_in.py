"""With a code from the desk to the own dossier; and in again when the telephone is lost, with the card. In Dutch and in Arabic."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import Said, follow, heading, press, sees
from tests.live import Live, People

PASSWORD = "drie losse woorden samen"


def _at_the_desk(live: Live, person: People, javascript: bool) -> tuple[str, str]:
    """Femke makes a new start code for Iris, after Dirk called Iris too: the user name and the code."""
    femke = person("team", "femke.nas", javascript=javascript)
    femke.goto(live.dossier("Iris"))
    follow(femke, "Inloggen regelen voor de inwoner")
    heading(femke, "Inloggen regelen")
    femke.get_by_label("De inwoner is hier, en ik weet wie het is").check()
    press(femke, "Vraag een collega")
    sees(femke, "Dit wacht op een collega.")
    dirk = person("team", "dirk.kersten", javascript=javascript)
    dirk.goto("/inloghulp")
    dirk.get_by_role("link", name="Nieuwe startcode voor Iris").click()
    heading(dirk, "Nieuwe startcode bevestigen")
    dirk.get_by_label("Ik belde de inwoner op een bekend nummer").check()
    press(dirk, "Versturen")
    heading(dirk, "Hulp bij inloggen")
    femke.goto(f"{live.dossier('Iris')}/inlogcode")
    sees(femke, "bevestigde dit")
    femke.get_by_label("Ik geef de code nu zelf").check()
    press(femke, "Startcode maken")
    heading(femke, "Geef deze code aan de inwoner")
    return femke.locator("#gebruikersnaam").inner_text(), femke.locator("#startcode").inner_text()


def _shown_code(page: Page) -> str:
    """The code that the app would show, which the demo says."""
    return page.locator("#demo-code").inner_text()


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_from_the_code_to_the_own_dossier_and_in_again_without_the_telephone(
    live: Live, person: People, javascript: bool, language: str
) -> None:
    said = Said(language)
    username, code = _at_the_desk(live, person, javascript)
    iris = person.visitor("inwoner", javascript=javascript)
    iris.goto("/inloggen")
    if language != "nl":
        press(iris, said.own_name)
    follow(iris, said("Begin met uw startcode"))
    iris.fill("#login", username)
    iris.fill("#start_code", code)
    press(iris, said("Verder"))
    heading(iris, said("Kies een wachtwoord"))
    iris.fill("#password", PASSWORD)
    iris.fill("#password_again", PASSWORD)
    press(iris, said("Verder"))
    heading(iris, said("Maak uw app klaar"))
    iris.fill("#code", _shown_code(iris))
    press(iris, said("Klaar"))
    heading(iris, said("Kaart met codes"))
    press(iris, said("Maak mijn kaart"))
    heading(iris, said("Uw kaart met codes"))
    card = iris.locator("#codes code").all_inner_texts()
    assert len(card) == 10
    follow(iris, said("Ik heb de codes"))
    sees(iris, said("Vroeg u dit niet? Bel:"))
    follow(iris, said("Lees mijn dossier"))
    heading(iris, said("Mijn dossier"))
    press(iris, said("Uitloggen"))

    iris.goto("/inloggen")
    iris.fill("#login", username)
    iris.fill("#password", PASSWORD)
    press(iris, said("Verder"))
    follow(iris, said("Gebruik een code van uw kaart"))
    heading(iris, said("Inloggen zonder telefoon"))
    iris.fill("#code", card[0])
    press(iris, said("Inloggen"))
    heading(iris, said("Mijn inloggen"))
    sees(iris, "9")
    iris.goto(live.dossier("Iris"))
    heading(iris, said("Mijn dossier"))
    expect(iris.locator("html")).to_have_attribute("lang", language)
