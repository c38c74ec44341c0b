"""A mandate: Femke writes it down, Annelies sees the paper too, who it is comes in, and Iris sees it and stops it. In Dutch and in Arabic."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from portal.deadlines import AMSTERDAM
from tests.journeys.steps import Said, follow, heading, press, sees, sees_not
from tests.journeys.test_not_right import resident
from tests.journeys.test_sharing import comes_in
from tests.live import Live, People

NAME, PAPER, SCOPE = "Geert de Machtige", "volmacht met handtekening", "Belt en schrijft over wonen."


def _written_down(femke: Page, live: Live, *, names_more: bool = False) -> None:
    femke.goto(live.dossier("Iris"))
    follow(femke, "Vertegenwoordigers")
    follow(femke, "Vertegenwoordiger toevoegen")
    today = datetime.now(AMSTERDAM).date()
    femke.fill("#first_name", "Geert")
    femke.fill("#last_name", "de Machtige")
    femke.get_by_label("Gemachtigde, gekozen door de inwoner").check()
    femke.fill("#proof", PAPER)
    femke.fill("#proof_seen_on", str(today))
    femke.fill("#scope", SCOPE)
    if names_more:
        femke.get_by_label("Zien wie er in het dossier keek").check()
        femke.get_by_label("Zien wie mag meekijken, en dat stoppen").check()
    femke.fill("#valid_from", str(today))
    press(femke, "Vraag een collega")
    # What was typed is still there.
    sees(femke, "Kies de laatste dag die op het papier staat.", SCOPE)
    femke.fill("#valid_until", str(today + timedelta(60)))
    press(femke, "Vraag een collega")
    sees(femke, "Uw vraag staat klaar voor een collega.", NAME)
    follow(femke, NAME)
    sees(femke, "U vroeg dit zelf.")


def _agreed(annelies: Page) -> None:
    annelies.goto("/")
    follow(annelies, "1 vertegenwoordiger: kijk dit na")
    follow(annelies, NAME)
    heading(annelies, f"Wordt {NAME} vertegenwoordiger?")
    sees(annelies, PAPER, SCOPE)
    annelies.get_by_label("Ja, ik zag het papier en het klopt").check()
    press(annelies, "Antwoord bewaren")
    sees(annelies, "Uw antwoord is bewaard.")


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_two_see_the_paper_somebody_comes_in_and_the_resident_stops_it(live: Live, person: People, javascript: bool, language: str) -> None:
    said = Said(language)
    iris = resident(person, said, javascript=javascript)
    femke, annelies = (person("team", who, javascript=javascript) for who in ("femke.nas", "annelies.groothuis"))
    with live.admin() as admin:
        admin.execute("DELETE FROM casus.mandate_request")
    _written_down(femke, live)
    iris.goto(f"{live.dossier('Iris')}/vertegenwoordigers")
    sees_not(iris, NAME)
    _agreed(annelies)
    femke.goto(f"{live.dossier('Iris')}/vertegenwoordigers")
    press(femke, "Nieuwe code maken")
    heading(femke, f"Geef deze code aan {NAME}")
    geert = person.visitor("inwoner", javascript=javascript)
    comes_in(geert, femke.locator("#gebruikersnaam").inner_text(), femke.locator("#startcode").inner_text(), said)
    assert geert.goto(live.dossier("Iris"))
    sees(geert, "Iris Bouwman")

    iris.goto(f"{live.dossier('Iris')}/wie-mag-wat-zien")
    iris.get_by_role("link", name=said("Wat mag deze persoon, en hoe stopt het?")).click()
    heading(iris, said("Wie u vertegenwoordigt"))
    sees(iris, NAME, PAPER, SCOPE, "Femke Nas", "Annelies Groothuis")
    iris.get_by_role("link", name=NAME).click()
    heading(iris, said("Stopt %(name)s als uw vertegenwoordiger?", name=NAME))
    press(iris, said("Ja, stop ermee"))
    sees(iris, said("Deze persoon vertegenwoordigt u niet meer."))
    gone = geert.goto(live.dossier("Iris"))
    assert gone
    assert gone.status == 404


def test_what_a_judge_decided_a_resident_does_not_stop_here(live: Live, person: People, javascript: bool) -> None:
    with live.admin() as admin:
        admin.execute(
            "WITH p AS (INSERT INTO casus.person (first_name, last_name) VALUES ('Mia', 'Mentor') RETURNING id)"
            " INSERT INTO casus.mandate (dossier_id, person_id, ground, valid_from)"
            " SELECT d.id, p.id, 'mentor', current_date FROM p, casus.dossier d WHERE d.public_id = %s",
            (live.dossier("Iris").rsplit("/", 1)[1],),
        )
    iris = person("inwoner", "iris", javascript=javascript)
    iris.goto(f"{live.dossier('Iris')}/vertegenwoordigers")
    iris.get_by_role("link", name="Stoppen: Mia Mentor").click()
    heading(iris, "Dit kunt u hier niet stoppen")
    sees(iris, "De rechter koos Mia Mentor voor u.", "Alleen de rechter kan dat veranderen.")
    assert iris.locator("main form").count() == 0


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_what_the_paper_names_is_seen_and_done_in_the_name_of_the_resident(
    live: Live, person: People, javascript: bool, language: str
) -> None:
    said = Said(language)
    dossier = live.dossier("Iris")
    femke, annelies = (person("team", who, javascript=javascript) for who in ("femke.nas", "annelies.groothuis"))
    with live.admin() as admin:
        admin.execute("DELETE FROM casus.mandate_request")
        admin.execute("DELETE FROM casus.mandate")
    _written_down(femke, live, names_more=True)
    _agreed(annelies)
    femke.goto(f"{dossier}/vertegenwoordigers")
    sees(femke, "Zien wie er in het dossier keek")
    press(femke, "Nieuwe code maken")
    geert = person.visitor("inwoner", javascript=javascript)
    comes_in(geert, femke.locator("#gebruikersnaam").inner_text(), femke.locator("#startcode").inner_text(), said)
    iris = resident(person, said, javascript=javascript)
    iris.goto(dossier)

    geert.goto(dossier)
    expect(geert.locator("header")).to_contain_text(said("U bent hier namens %(name)s.", name="Iris Bouwman"))
    follow(geert, said("Wie keek er in dit dossier?"))
    sees(geert, "Femke Nas")
    sees_not(geert, said("Zag deze lijst."))
    assert geert.locator("main li", has_text="Iris Bouwman").count() == 0
    geert.goto(dossier)
    follow(geert, said("Wie mag wat zien?"))
    sees(geert, "Floor")
    geert.get_by_role("link", name=re.compile("Floor")).first.click()
    heading(geert, re.compile("Floor"))
    press(geert, said("Ja, stop ermee"))
    sees(geert, said("Deze persoon kijkt niet meer mee."))

    floor = person("inwoner", "floor", javascript=javascript)
    gone = floor.goto(dossier)
    assert gone
    assert gone.status == 404
    iris.goto(f"{dossier}/wie-keek-er")
    sees(iris, NAME)
