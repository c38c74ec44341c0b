"""Iris makes a plan alone, Femke writes with her, Iris says no and then yes, and does a step. What is for her alone stays hers."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import Said, follow, heading, press, sees, sees_not
from tests.live import Live, People
from tests.no_plan import forget_plans

DUTCH, ARABIC = Said("nl"), Said("ar")


@pytest.fixture(autouse=True)
def nothing_planned(live: Live) -> None:
    """The plans that the demo has don't stand in the way of these."""
    with live.admin() as admin:
        forget_plans(admin)


def to_plan(page: Page, live: Live, first_name: str, said: Said = DUTCH, words: str = "Mijn plan") -> None:
    """From the dossier to the plan."""
    page.goto(live.dossier(first_name))
    follow(page, said(words))


def alone(page: Page, said: Said) -> None:
    """A goal out of an example, an own text, and one that nobody else reads."""
    follow(page, said("Nieuw doel"))
    page.get_by_text(said("Begin met een voorbeeld")).click()
    follow(page, said("Ik wil vaker mensen zien"))
    sees(page, said("Een keer mee-eten in de buurt"))
    press(page, said("Bewaren"))
    sees(page, said("Het is bewaard."), said("Ik wil vaker mensen zien"))
    follow(page, said("Wat ik zelf kan"))
    page.get_by_label(said("Wat ik zelf kan"), exact=False).fill("Koken voor tien.")
    page.get_by_label(said("Ook wie van mij mijn plan mag lezen")).check()
    press(page, said("Bewaren"))
    follow(page, said("Wat mij energie geeft"))
    page.get_by_label(said("Wat mij energie geeft"), exact=False).fill("Dat ik hem niet hoor.")
    page.get_by_label(said("Alleen ik")).check()
    press(page, said("Bewaren"))
    sees(page, "Koken voor tien.", "Dat ik hem niet hoor.", said("Alleen u ziet dit"))


def agree(page: Page, said: Said, answer: str, words: str = "") -> None:
    """On the page with the question."""
    heading(page, said("Bent u het eens met dit plan?"))
    page.get_by_label(said(answer), exact=False).check()
    if words:
        page.get_by_label(said("Wat wilt u erbij zeggen?"), exact=False).fill(words)
    page.get_by_role("group", name=said("Wilt u een exemplaar van dit plan?")).get_by_label(said("Ja, op papier")).check()
    press(page, said("Versturen"))


def test_made_alone_written_together_refused_agreed_and_followed(live: Live, person: People, javascript: bool) -> None:
    iris = person("inwoner", "iris", javascript=javascript)
    femke = person("team", "femke.nas", javascript=javascript)
    to_plan(iris, live, "Iris")
    heading(iris, "Mijn plan")
    alone(iris, DUTCH)

    to_plan(femke, live, "Iris", words="Plan van aanpak")
    sees(femke, "Koken voor tien.", "Een keer mee-eten in de buurt")
    sees_not(femke, "Dat ik hem niet hoor.")
    follow(femke, "Actie erbij")
    femke.get_by_label("Wat gaat er gebeuren?").fill("Elke dag bellen")
    femke.get_by_label("Wie doet dit?", exact=False).select_option(label="Femke Nas")
    press(femke, "Bewaren")
    follow(femke, "Het plan aan de inwoner voorleggen")
    press(femke, "Voorleggen")
    sees(femke, "Het plan ligt klaar voor de inwoner.")

    to_plan(iris, live, "Iris")
    sees(iris, "Er ligt een plan klaar.")
    follow(iris, "Lees het plan en zeg wat u vindt")
    sees(iris, "Elke dag bellen")
    agree(iris, DUTCH, "Nee, ik ben het er niet mee eens", "Elke dag is te veel.")
    sees(iris, "U zei nee. Het plan telt nog niet.")

    to_plan(femke, live, "Iris", words="Plan van aanpak")
    follow(femke, "Wat wij eerder afspraken")
    sees(femke, "Niet afgesproken", "Elke dag is te veel.")
    follow(femke, "Terug naar het plan")
    follow(femke, "Elke dag bellen")
    femke.get_by_label("Wat gaat er gebeuren?").fill("Elke vrijdag bellen")
    press(femke, "Bewaren")
    sees(femke, "Elke vrijdag bellen")

    to_plan(iris, live, "Iris")
    follow(iris, "Het plan afspreken")
    press(iris, "Verder")
    agree(iris, DUTCH, "Ja, ik ben het ermee eens")
    heading(iris, "Plan van Iris Bouwman: Versie 1")
    sees(iris, "Uw hulpverlener geeft u het plan op papier.", "Elke vrijdag bellen")
    sees_not(iris, "Dat ik hem niet hoor.", "Elke dag bellen")
    follow(iris, "Terug naar het plan")
    sees(iris, "Dit plan is afgesproken.")
    press(iris, "Klaar: Iemand bellen die ik lang niet sprak")
    sees(iris, "1 van 3 acties klaar")

    to_plan(femke, live, "Iris", words="Plan van aanpak")
    sees(femke, "1 van 3 acties klaar")
    follow(femke, "Doel veranderen")
    femke.get_by_label("Wat wilt u bereiken?").fill("Elke week samen eten")
    press(femke, "Bewaren")
    to_plan(iris, live, "Iris")
    sees(iris, "Er is iets veranderd sinds u ja zei.", "Elke week samen eten")
    follow(iris, "Wat wij eerder afspraken")
    follow(iris, "Versie 1")
    sees(iris, "Ik wil vaker mensen zien")
    sees_not(iris, "Elke week samen eten")


def test_two_write_at_once_and_the_second_sees_both(live: Live, person: People, javascript: bool) -> None:
    iris = person("inwoner", "iris", javascript=javascript)
    femke = person("team", "femke.nas", javascript=javascript)
    to_plan(iris, live, "Iris")
    follow(iris, "Wat er in de buurt is")
    to_plan(femke, live, "Iris", words="Plan van aanpak")
    follow(femke, "Wat er in de buurt is")
    femke.get_by_label("Wat er in de buurt is", exact=False).fill("De bibliotheek.")
    press(femke, "Bewaren")
    iris.get_by_label("Wat er in de buurt is", exact=False).fill("De kookgroep.")
    press(iris, "Bewaren")
    sees(iris, "Iemand anders schreef hier net ook", "De bibliotheek.")
    expect(iris.get_by_label("Wat er in de buurt is", exact=False)).to_have_value("De kookgroep.")
    press(iris, "Bewaren")
    sees(iris, "De kookgroep.")
    follow(iris, "Eerdere teksten")
    sees(iris, "De kookgroep.", "De bibliotheek.")


def test_in_arabic(live: Live, person: People, javascript: bool) -> None:
    samer = person("inwoner", "samer", javascript=javascript)
    to_plan(samer, live, "Samer", ARABIC)
    heading(samer, ARABIC("Mijn plan"))
    expect(samer.locator("html")).to_have_attribute("dir", "rtl")
    alone(samer, ARABIC)
    follow(samer, ARABIC("Het plan afspreken"))
    press(samer, ARABIC("Verder"))
    agree(samer, ARABIC, "Ja, maar ik wil er iets bij zeggen", "أريد أن أبدأ ببطء.")
    sees(samer, ARABIC("Zo is het afgesproken. Dit verandert niet meer."), "أريد أن أبدأ ببطء.")
