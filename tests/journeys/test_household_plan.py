"""Iris and Danny make a plan together, until Iris leaves; and what Iris does when it isn't safe stays hidden from him, wherever he looks."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import DUTCH, Said, follow, heading, press, sees, sees_not
from tests.journeys.test_plan import agree, nothing_planned  # noqa: F401 — the plans of the demo go first
from tests.live import Live, People

GOAL, OWN, SAFE = "Samen minder ruzie over geld", "Ik word rustig van wandelen", "Dan ga ik naar mijn zus"


def _writes(page: Page, said: Said, plan: str, slug: str, words: str) -> None:
    page.goto(f"{plan}/{slug}/schrijven")
    page.fill("#body", words)
    press(page, said("Bewaren"))
    sees(page, words)


def _together(asker: Page, joiner: Page, said: Said, plans: tuple[str, str]) -> None:
    """One makes a code and hands it over; the other reads who asks and what it means, and says yes."""
    asker.goto(plans[0])
    follow(asker, said("Samen met anderen thuis"))
    sees(asker, said("Wat u doet als het niet veilig is, ziet de ander nooit."))
    press(asker, said("Maak een code"))
    code = asker.locator("#huiscode").inner_text()
    follow(asker, said("Klaar"))
    joiner.goto(plans[1])
    follow(joiner, said("Samen met anderen thuis"))
    joiner.fill("#code", code)
    press(joiner, said("Verder"))
    expect(joiner.get_by_role("heading", level=1)).to_contain_text("Iris Bouwman")
    sees(joiner, said("U kunt altijd stoppen. De ander ziet dan niet meer wat u liet zien."), said("U hoeft geen ja te zeggen."))
    press(joiner, said("Ja, ik doe mee"))
    sees(joiner, said("U maakt nu samen een plan."), "Iris Bouwman")


def _people(live: Live, person: People, javascript: bool, language: str) -> tuple[Page, Page, tuple[str, str]]:
    with live.admin() as admin:
        admin.execute("UPDATE portaal.account SET language = %s WHERE username IN ('iris', 'danny')", (language,))
    iris, danny = person("inwoner", "iris", javascript=javascript), person("inwoner", "danny", javascript=javascript)
    return iris, danny, (f"{live.dossier('Iris')}/plan", f"{live.dossier('Danny')}/plan")


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_who_leaves_the_household_plan_is_out_of_sight_and_what_was_agreed_stays(
    live: Live, person: People, javascript: bool, language: str
) -> None:
    said = Said(language)
    iris, danny, plans = _people(live, person, javascript, language)
    _together(iris, danny, said, plans)

    iris.goto(f"{plans[0]}/doel")
    iris.fill("#body", GOAL)
    press(iris, said("Bewaren"))
    _writes(iris, said, plans[0], "energie", OWN)
    iris.goto(f"{plans[0]}/samen")
    iris.get_by_role("article", name=GOAL).get_by_role("button", name=said("Maak dit een doel van ons samen")).click()
    sees(iris, said("Dit doel is nu van u samen."))
    iris.get_by_role("article", name=said("Wat mij energie geeft")).get_by_role("button", name=said("Laat dit de ander lezen")).click()
    sees(iris, said("De ander kan dit nu lezen."))

    danny.goto(f"{plans[1]}/samen")
    sees(danny, said("Van de anderen"), OWN, GOAL, said("zei nog geen ja"))
    danny.goto(plans[1])
    sees(danny, GOAL)
    sees_not(danny, OWN)
    follow(danny, said("Het plan afspreken"))
    press(danny, said("Verder"))
    agree(danny, said, "Ja, ik ben het ermee eens")
    iris.goto(plans[0])
    sees(iris, said("zei ja"))

    iris.goto(f"{plans[0]}/samen")
    press(iris, said("Ik stop met het plan van ons samen"))
    sees(iris, said("U doet niet meer mee. De ander ziet niet meer wat u liet zien."))
    sees_not(iris, "Danny")

    danny.goto(f"{plans[1]}/samen")
    sees(danny, said("U bent nu de enige."))
    sees_not(danny, OWN, "Iris")
    danny.goto(f"{plans[1]}/versie/1")
    sees(danny, GOAL)
    iris.goto(plans[0])
    sees(iris, GOAL)
    danny.goto("/")
    sees_not(danny, "Iris")


def test_the_safety_plan_stays_hidden_from_who_lives_in_the_house(live: Live, person: People, javascript: bool) -> None:
    iris, danny, plans = _people(live, person, javascript, "nl")
    _writes(iris, DUTCH, plans[0], "veilig-zijn", SAFE)
    _writes(iris, DUTCH, plans[0], "energie", OWN)
    _together(iris, danny, DUTCH, plans)
    iris.goto(f"{plans[0]}/samen")
    sees(iris, OWN)
    sees_not(iris, SAFE, "Wat ik doe als het niet veilig is")
    press(iris, "Laat dit de ander lezen")
    sees(iris, "De ander kan dit nu lezen.")

    for page in ("/samen", "", "/versies"):
        danny.goto(f"{plans[1]}{page}")
        heading(danny, {"/samen": "Samen met anderen thuis", "": "Mijn plan", "/versies": "Wat wij eerder afspraken"}[page])
        sees_not(danny, SAFE)
    danny.goto(f"{plans[1]}/samen")
    sees(danny, OWN)
    for page in ("", "/samen", "/veilig-zijn/schrijven", "/versies"):
        answer = danny.goto(f"{plans[0]}{page}")
        assert answer
        assert answer.status == 404
    iris.goto(f"{live.dossier('Iris')}/wie-keek-er")
    sees(iris, "maakt samen een plan met u")
