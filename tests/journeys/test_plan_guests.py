"""Iris invites her brother into her plan with a task. He comes in with the code, does his step, and sees nothing of the dossier; then Iris stops it quietly."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import Said, follow, heading, press, sees, sees_not
from tests.journeys.test_sharing import comes_in
from tests.live import Live, People

GOAL, STEP, OTHER = "Mijn administratie op orde", "Samen de post openen", "Vaker naar buiten"


def _goal(iris: Page, said: Said, dossier: str, words: str) -> None:
    iris.goto(f"{dossier}/plan/doel")
    iris.fill("#body", words)
    press(iris, said("Bewaren"))
    sees(iris, words)


def _invites(iris: Page, said: Said, dossier: str) -> tuple[str, str]:
    """Through the questions, one by one: user name and code of the brother."""
    iris.goto(f"{dossier}/plan")
    follow(iris, said("Iemand uitnodigen"))
    heading(iris, said("Wie wilt u uitnodigen voor uw plan?"))
    iris.get_by_label(said("Iemand anders"), exact=True).check()
    iris.fill("#first_name", "Bram")
    iris.fill("#last_name", "de Broer")
    press(iris, said("Verder"))
    heading(iris, said("Wat mag deze persoon in uw plan?"))
    press(iris, said("Verder"))
    sees(iris, said("Kies wat deze persoon gaat doen."))
    iris.locator("#role input[value='4']").check()
    press(iris, said("Verder"))
    heading(iris, said("Tot wanneer?"))
    press(iris, said("Verder"))
    heading(iris, said("Dit gaat %(name)s zien", name="Bram de Broer"))
    sees(iris, said("De doelen waar deze persoon iets voor doet, met hun acties"))
    press(iris, said("Ja, zo is het goed"))
    heading(iris, said("Geef deze code aan %(name)s", name="Bram de Broer"))
    return iris.locator("#gebruikersnaam").inner_text(), iris.locator("#startcode").inner_text()


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_a_brother_does_his_step_in_the_plan_until_it_is_stopped_quietly(
    live: Live, person: People, javascript: bool, language: str
) -> None:
    said, dossier = Said(language), live.dossier("Iris")
    with live.admin() as admin:
        admin.execute("UPDATE portaal.account SET language = %s WHERE username = 'iris'", (language,))
    iris = person("inwoner", "iris", javascript=javascript)
    _goal(iris, said, dossier, GOAL)
    _goal(iris, said, dossier, OTHER)
    username, code = _invites(iris, said, dossier)

    # At once, before he came in, an action is his.
    iris.goto(f"{dossier}/plan")
    sees(iris, said("Uitgenodigd"))
    iris.get_by_role("article", name=GOAL).get_by_role("link", name=said("Actie erbij")).click()
    iris.fill("#body", STEP)
    iris.select_option("#holder", label=said("%(name)s (uitgenodigd)", name="Bram de Broer"))
    press(iris, said("Bewaren"))

    brother = person.visitor("inwoner", javascript=javascript)
    comes_in(brother, username, code, said)
    heading(brother, said("Welkom"))
    sees(brother, said("Mijn stappen"), STEP, said("Dien een klacht in"), said("Zorgt u voor iemand? U mag ook zelf om hulp vragen."))
    follow(brother, said("Plan van %(name)s", name="Iris Bouwman"))
    sees(brother, GOAL)
    sees_not(brother, OTHER, said("Mijn mensen in dit plan"))
    # Of the dossier there is nothing: it leads to the plan.
    brother.goto(dossier)
    heading(brother, said("Plan van %(name)s", name="Iris Bouwman"))
    brother.goto("/")
    press(brother, said("Klaar"))
    sees(brother, said("Het is bewaard."))
    brother.goto("/")
    sees_not(brother, STEP)

    iris.goto(f"{dossier}/plan")
    sees(iris, said("Klaar"))
    follow(iris, "Bram de Broer")
    follow(iris, said("Stoppen met laten meekijken"))
    press(iris, said("Ja, stop ermee"))
    sees(iris, said("Deze persoon ziet niets meer van uw dossier."))

    for page in (f"{dossier}/plan", dossier):
        answer = brother.goto(page)
        assert answer
        assert answer.status == 404
    brother.goto("/")
    sees(brother, said("Er is nog geen dossier dat u kunt lezen."))
    sees_not(brother, "Iris", said("Er is iets veranderd in wat u mag zien."))


def test_whoever_reads_along_may_stop_and_the_inwoner_reads_that_it_ended(live: Live, person: People, javascript: bool) -> None:
    floor = person("inwoner", "floor", javascript=javascript)
    follow(floor, "Ik wil stoppen met meekijken")
    heading(floor, "Wilt u stoppen met meekijken?")
    press(floor, "Ja, ik stop met meekijken")
    sees(floor, "Er is nog geen dossier dat u kunt lezen.")
    iris = person("inwoner", "iris", javascript=javascript)
    iris.goto(f"{live.dossier('Iris')}/wie-mag-wat-zien")
    expect(iris.locator("details", has_text="Gestopt in het afgelopen jaar")).to_contain_text("Floor")
