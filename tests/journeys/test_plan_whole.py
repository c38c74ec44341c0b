"""The whole way of a plan: Iris begins alone, asks Floor in, Femke joins, they agree, act, look back with Floor, and agree on what is new."""

import pytest
from playwright.sync_api import Page

from tests.journeys.steps import Said, follow, heading, press, sees, sees_not
from tests.journeys.test_plan import ARABIC, DUTCH, agree, to_plan
from tests.live import Live, People
from tests.no_plan import forget_plans

NOBODY_ELSE = "Wat anderen opschrijven, ziet die persoon niet."


@pytest.fixture(autouse=True)
def nothing_planned(live: Live) -> None:
    """The plans that the demo has don't stand in the way of these, nor who is invited."""
    with live.admin() as admin:
        forget_plans(admin)
        admin.execute("DELETE FROM casus.access_grant WHERE scope = 5")


def goal(page: Page, said: Said, words: str, action: str) -> None:
    """A goal with one action of the own."""
    follow(page, said("Nieuw doel"))
    page.get_by_label(said("Wat wilt u bereiken?")).fill(words)
    press(page, said("Bewaren"))
    follow(page, said("Actie erbij"))
    page.get_by_label(said("Wat gaat er gebeuren?")).fill(action)
    page.get_by_label(said("Wie doet dit?"), exact=False).select_option(index=1)
    press(page, said("Bewaren"))
    sees(page, words, action)


def say(page: Page, said: Said, result: str, words: str) -> None:
    """How it went, on the page with the questions."""
    page.get_by_role("group").get_by_label(said(result), exact=True).first.check()
    page.get_by_label(said("Wat ging goed, en wat kan beter?"), exact=False).fill(words)
    press(page, said("Bewaren"))


def settle(page: Page, said: Said, outcome: str, why: str) -> None:
    """What comes of it."""
    follow(page, said("Afspreken hoe het verder gaat"))
    heading(page, said("Hoe gaat het verder?"))
    page.get_by_label(said(outcome)).check()
    page.get_by_label(said("Waarom?")).fill(why)
    press(page, said("Bewaren"))


def test_alone_with_floor_with_femke_agreed_done_looked_back_on_and_agreed_anew(live: Live, person: People, javascript: bool) -> None:
    iris = person("inwoner", "iris", javascript=javascript)
    femke = person("team", "femke.nas", javascript=javascript)
    floor = person("inwoner", "floor", javascript=javascript)
    to_plan(iris, live, "Iris")
    goal(iris, DUTCH, "Rust in huis", "Elke avond een wandeling")

    # Floor, who reads along already, is asked into the plan to look back.
    follow(iris, "Iemand uitnodigen")
    iris.get_by_role("radio", name="Floor").check()
    press(iris, "Verder")
    iris.locator("#role input[value='5']").check()
    iris.locator("#what input[value='alles']").check()
    press(iris, "Verder")
    heading(iris, "Tot wanneer?")
    press(iris, "Verder")
    press(iris, "Ja, zo is het goed")
    sees(iris, "Deze persoon hoort nu bij uw plan.")

    to_plan(femke, live, "Iris", words="Plan van aanpak")
    follow(femke, "Actie erbij")
    femke.get_by_label("Wat gaat er gebeuren?").fill("Elke vrijdag bellen")
    femke.get_by_label("Wie doet dit?", exact=False).select_option(label="Femke Nas")
    press(femke, "Bewaren")
    follow(femke, "Het plan aan de inwoner voorleggen")
    press(femke, "Voorleggen")

    to_plan(iris, live, "Iris")
    follow(iris, "Lees het plan en zeg wat u vindt")
    agree(iris, DUTCH, "Ja, ik ben het ermee eens")
    follow(iris, "Terug naar het plan")
    press(iris, "Klaar: Elke avond een wandeling")
    sees(iris, "1 van 2 acties klaar", "Het volgende gesprek:")

    # Looking back is planned within a year by itself; Iris takes an earlier day, and says who comes.
    follow(iris, "Naar samen terugkijken")
    follow(iris, "Kiezen wie meekijkt")
    sees(iris, NOBODY_ELSE)
    iris.get_by_role("checkbox", name="Floor").check()
    press(iris, "Bewaren")
    sees(iris, "Het is bewaard.")
    follow(iris, "Opschrijven hoe het gaat")
    iris.get_by_label("Blij", exact=True).check()
    iris.get_by_label("Niet altijd").check()
    say(iris, DUTCH, "Voor een deel gelukt", "Het wandelen lukt.")
    sees(iris, "Wat u opschreef, is bewaard.", "Het wandelen lukt.")

    floor.goto("/")
    sees(floor, "U bent gevraagd om mee terug te kijken op het plan.")
    follow(floor, "Opschrijven hoe het gaat")
    sees_not(floor, "Het wandelen lukt.", "Voelt u zich veilig?")
    say(floor, DUTCH, "Gelukt", "Zij slaapt beter.")
    sees(floor, "Wat u opschreef, is bewaard.")

    to_plan(femke, live, "Iris", words="Plan van aanpak")
    follow(femke, "Naar samen terugkijken")
    follow(femke, "Opschrijven hoe het gaat")
    say(femke, DUTCH, "Gelukt", "De hulp past nog.")
    sees(femke, "Het wandelen lukt.", "Zij slaapt beter.", "De hulp past nog.", "Niet altijd")
    settle(femke, DUTCH, "Wij veranderen het plan", "Het bellen mag minder.")
    sees(femke, "U keek samen terug.")
    follow(femke, "Elke vrijdag bellen")
    femke.get_by_label("Wat gaat er gebeuren?").fill("Elke maand bellen")
    press(femke, "Bewaren")
    follow(femke, "Het plan aan de inwoner voorleggen")
    press(femke, "Voorleggen")

    to_plan(iris, live, "Iris")
    follow(iris, "Lees het plan en zeg wat u vindt")
    sees(iris, "Elke vrijdag bellen", "Elke maand bellen")
    agree(iris, DUTCH, "Ja, ik ben het ermee eens")
    heading(iris, "Plan van Iris Bouwman: Versie 2")
    follow(iris, "Terug naar het plan")
    sees_not(iris, "U keek samen terug.")
    follow(iris, "Naar samen terugkijken")
    sees(iris, "Wij veranderen het plan")
    # What was said before isn't open to Floor any more.
    floor.goto("/")
    sees_not(floor, "U bent gevraagd om mee terug te kijken op het plan.")


def test_in_arabic(live: Live, person: People, javascript: bool) -> None:
    samer = person("inwoner", "samer", javascript=javascript)
    to_plan(samer, live, "Samer", ARABIC)
    goal(samer, ARABIC, "أن أرى الناس أكثر", "أتصل بأخي")
    follow(samer, ARABIC("Het plan afspreken"))
    press(samer, ARABIC("Verder"))
    agree(samer, ARABIC, "Ja, ik ben het ermee eens")
    follow(samer, ARABIC("Terug naar het plan"))
    follow(samer, ARABIC("Naar samen terugkijken"))
    follow(samer, ARABIC("Opschrijven hoe het gaat"))
    say(samer, ARABIC, "Gelukt", "كل شيء جيد.")
    sees(samer, "كل شيء جيد.", ARABIC("Wat u opschreef, is bewaard."))
    settle(samer, ARABIC, "Wij gaan zo door", "لأنه يساعد.")
    agree(samer, ARABIC, "Ja, ik ben het ermee eens")
    sees(samer, ARABIC("Zo is het afgesproken. Dit verandert niet meer."))
