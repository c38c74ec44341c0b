"""Choosing who helps: Iris asks Mehmet, who can't; asks Agnieszka and says nothing to Femke; and when Femke is away she knows who stands in."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page

from portal.deadlines import AMSTERDAM
from tests.journeys.steps import Said, follow, heading, press, sees, sees_not
from tests.live import Live, People

TODAY = datetime.now(AMSTERDAM).date()


def to_helpers(page: Page, live: Live, said: Said) -> None:
    """From the dossier to who helps."""
    page.goto(live.dossier("Iris"))
    follow(page, said("Wie helpt mij?"))
    heading(page, said("Wie helpt mij?"))


def choose(page: Page, said: Said, name: str, tell: str, words: str = "") -> None:
    """From who helps to a wish that is sent."""
    follow(page, said("Bekijk wie er werkt"))
    press(page, said("Zoeken"))
    follow(page, name)
    heading(page, name)
    follow(page, said("Ik wil graag hulp van %(name)s", name=name))
    page.get_by_label(said("Wat mag de nieuwe hulpverlener alvast weten?"), exact=False).fill(words)
    press(page, said("Verstuur mijn wens"))
    sees(page, said("Kies wat wij zeggen."))
    page.get_by_label(said(tell), exact=False).check()
    press(page, said("Verstuur mijn wens"))
    sees(page, said("Uw wens is verstuurd."), said("nog geen antwoord"))


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_chosen_declined_chosen_again_and_changed_quietly(live: Live, person: People, javascript: bool, language: str) -> None:
    said = Said(language)
    with live.admin() as admin:
        admin.execute("UPDATE portaal.account SET language = %s WHERE username = 'iris'", (language,))
    iris = person("inwoner", "iris", javascript=javascript)
    mehmet = person("team", "mehmet.kaya", javascript=javascript)
    agnieszka = person("team", "agnieszka.smits-nowak", javascript=javascript)
    femke = person("team", "femke.nas", javascript=javascript)
    to_helpers(iris, live, said)
    sees(iris, "Femke Nas")
    choose(iris, said, "Mehmet Kaya", "Alleen dat iemand anders mij gaat helpen. Niet waarom.", "Het gaat over geld.")

    follow(mehmet, "Wensen")
    follow(mehmet, "Iris Bouwman")
    sees(mehmet, "Het gaat over geld.", "Wie nu helpt, hoort alleen dat iemand anders gaat helpen.")
    mehmet.get_by_label("Nee, dit kan niet").check()
    mehmet.get_by_label("Waarom kan het niet?", exact=False).fill("Ik ga volgende maand weg.")
    press(mehmet, "Bewaren")
    sees(mehmet, "De inwoner hoort dat dit niet kan.", "Er wacht niets.")

    to_helpers(iris, live, said)
    sees(iris, "Ik ga volgende maand weg.", said("U kunt iemand anders kiezen."))
    choose(iris, said, "Agnieszka Smits-Nowak", "Niets. Dan begint de nieuwe hulpverlener meteen.")
    follow(agnieszka, "Wensen")
    follow(agnieszka, "Iris Bouwman")
    sees(agnieszka, "Dit gaat meteen in. Zeg niets tegen wie nu helpt.")
    agnieszka.get_by_label("Ja", exact=True).check()
    press(agnieszka, "Bewaren")
    sees(agnieszka, "De inwoner hoort dat het kan.")
    agnieszka.goto(live.dossier("Iris"))
    heading(agnieszka, "Dossier van Iris Bouwman")

    to_helpers(iris, live, said)
    sees(iris, "Agnieszka Smits-Nowak", said("Wie hielp er eerder?"), "Femke Nas")
    for page in ("/", "/wensen"):
        femke.goto(page)
        sees_not(femke, "Iris Bouwman")
    femke.goto(live.dossier("Iris"))
    sees_not(femke, "Iris Bouwman")


def test_who_stands_in_for_two_weeks_is_known_before_and_stops_by_itself(live: Live, person: People, javascript: bool) -> None:
    said = Said("nl")
    annelies = person("team", "annelies.groothuis", javascript=javascript)
    iris = person("inwoner", "iris", javascript=javascript)
    dirk = live.one("SELECT person_id FROM portaal.account WHERE username = 'dirk.kersten'")
    with live.admin() as admin:
        # Dirk works with Iris too; then it couldn't be seen that he reads as who stands in.
        admin.execute("UPDATE casus.assignment SET valid_until = acl.today() - 1 WHERE staff_id = %s", (dirk,))
    follow(annelies, "Medewerkers")
    follow(annelies, "Femke Nas")
    follow(annelies, "Afwezig melden")
    annelies.get_by_label("Eerste dag", exact=False).fill(str(TODAY + timedelta(3)))
    annelies.get_by_label("Laatste dag", exact=False).fill(str(TODAY + timedelta(16)))
    annelies.get_by_label("Wie neemt waar", exact=False).select_option(label="Dirk Kersten (Buurtteam Volwassenen Oost)")
    press(annelies, "Bewaren")
    to_helpers(iris, live, said)
    sees(iris, "Wie is er afwezig?", "Dirk Kersten helpt u dan.", "Alleen in die dagen kan Dirk Kersten het dossier lezen.")

    worker = person("team", "dirk.kersten", javascript=javascript)
    for days, reads in ((0, False), (3, True), (17, False)):
        with live.admin() as admin:
            admin.execute(
                "UPDATE casus.absence SET from_date = acl.today() + 3 - %s::int, until_date = acl.today() + 16 - %s::int WHERE substitute_id = %s",
                (days, days, dirk),
            )
        answer = worker.goto(live.dossier("Iris"))
        assert answer
        assert answer.status == (200 if reads else 404), days
    iris.goto(live.dossier("Iris"))
    follow(iris, "Wie keek er in mijn dossier?")
    sees(iris, "Dirk Kersten", "neemt waar voor")
    to_helpers(iris, live, said)
    sees(iris, "Wie hielp er eerder?", "in plaats van Femke Nas")
