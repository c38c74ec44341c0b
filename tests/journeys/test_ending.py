"""Help ends: Femke lays it before Iris, who sees it otherwise and says so; it ends, Femke stays near, and Iris comes back in one step."""

import pytest
from playwright.sync_api import Page

from tests.access.planned import SOON
from tests.journeys.steps import Said, follow, heading, press, sees, sees_not
from tests.journeys.test_plan import ARABIC, DUTCH, nothing_planned, to_plan
from tests.live import Live, People

__all__ = ["nothing_planned"]


def answer(page: Page, said: Said, words: str) -> None:
    """From the first page: it isn't so."""
    page.goto("/")
    follow(page, said("Lees waarom, en zeg of het klopt."))
    follow(page, said("Zeg wat u ervan vindt"))
    press(page, said("Versturen"))
    sees(page, said("Kies een antwoord."))
    page.get_by_label(said("Nee, het zit anders")).check()
    page.get_by_label(said("Hoe zit het volgens u?"), exact=False).fill(words)
    press(page, said("Versturen"))
    sees(page, words, said("Het antwoord is bewaard."))


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_the_help_ends_with_a_reason_of_both_and_begins_again(live: Live, person: People, javascript: bool, language: str) -> None:
    said = ARABIC if language == "ar" else DUTCH
    with live.admin() as admin:
        admin.execute("UPDATE portaal.account SET language = %s WHERE username = 'iris'", (language,))
    iris = person("inwoner", "iris", javascript=javascript)
    femke = person("team", "femke.nas", javascript=javascript)
    to_plan(femke, live, "Iris", words="Plan van aanpak")
    follow(femke, "Stoppen met hulp")
    follow(femke, "Voorstellen om te stoppen")
    femke.get_by_label("Het is opgelost").check()
    femke.get_by_label("Leg uit waarom.", exact=False).fill("Er is weer geld over.")
    femke.get_by_label("Wat is de laatste dag?").fill(SOON)
    femke.get_by_label("Wie blijft bereikbaar?", exact=False).select_option(label="Femke Nas")
    press(femke, "Aan de inwoner voorleggen")
    sees(femke, "Kies wie bereikbaar blijft, en tot en met welke dag.", "Kijk eerst samen terug, of schrijf waarom dat niet kan.")
    femke.get_by_label("Tot en met welke dag?", exact=False).fill(SOON)
    femke.get_by_label("U keek nog niet samen terug.", exact=False).fill("Iris wilde dat niet.")
    press(femke, "Aan de inwoner voorleggen")
    sees(femke, "Het ligt klaar voor de inwoner.", "Nog geen antwoord.")
    sees_not(femke, "De hulp afronden")

    answer(iris, said, "Ik vind het te vroeg.")
    to_plan(femke, live, "Iris", words="Plan van aanpak")
    follow(femke, "Stoppen met hulp")
    sees(femke, "Ik vind het te vroeg.")
    press(femke, "De hulp afronden")
    sees(femke, "Het is bewaard. De hulp stopt op de laatste dag.")

    iris.goto("/")
    follow(iris, said("Wilt u weer hulp?"))
    sees(iris, "Femke Nas")
    press(iris, said("Ik wil weer hulp"))
    sees(iris, said("Wij weten dat u weer hulp wilt. Iemand neemt contact met u op."))
    femke.goto("/")
    sees(femke, "Wil weer hulp")
    press(femke, "Ik help deze inwoner")
    heading(femke, "Dossier van Iris Bouwman")
