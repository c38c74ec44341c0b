"""Somebody died: Femke writes it down, her lead agrees; who read along a minute ago is not let in any more, and the inwoner's account opens nothing."""

from tests.journeys.steps import follow, press, sees
from tests.live import Live, People


def test_after_a_death_only_the_team_still_reads(live: Live, person: People, javascript: bool) -> None:
    iris = person("inwoner", "iris", javascript=javascript)
    where = live.dossier("Iris")
    iris.goto(where)
    femke = person("team", "femke.nas", javascript=javascript)
    femke.goto(where)
    follow(femke, "Gegevens veranderen")
    follow(femke, "De inwoner is overleden")
    press(femke, "Aan een collega voorleggen")
    sees(femke, "Vul de dag in.", "Schrijf op waaruit het blijkt.")
    femke.get_by_label("Op welke dag?").fill("2026-01-02")
    femke.get_by_label("Waaruit blijkt dat?").fill("Uittreksel gezien.")
    press(femke, "Aan een collega voorleggen")
    sees(femke, "Een collega moet dit nu nakijken.")
    assert iris.goto(where).status == 200  # type: ignore[union-attr]

    annelies = person("team", "annelies.groothuis", javascript=javascript)
    annelies.goto("/gegevens-wijzigen")
    follow(annelies, "Iris Bouwman")
    sees(annelies, "Uittreksel gezien.", "Toegang die stopt, komt niet vanzelf terug.")
    annelies.get_by_label("Ja, ik zag het bewijs ook").check()
    press(annelies, "Antwoord bewaren")
    sees(annelies, "Uw antwoord is bewaard.")

    iris.goto(where)
    assert "/inloggen" in iris.url, "signed out at once"
    femke.goto(where)
    sees(femke, "De inwoner is overleden.", "Dossier van Iris Bouwman")
    follow(femke, "Wat u nu kunt doen")
    press(femke, "Het dossier sluiten")
    sees(femke, "Het dossier is gesloten.")
