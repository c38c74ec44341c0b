"""A professional withholds a text, a second one confirms; the resident reads so, or later when telling is the danger. In Dutch and in Arabic."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page

from portal.deadlines import AMSTERDAM
from tests.journeys.steps import Said, follow, heading, press, sees, sees_not
from tests.journeys.test_not_right import resident
from tests.live import Live, People

ENTRY = "Overdracht vanuit Veilig Thuis, screening"
WHY = "Hierin gaat het over iemand anders."


def asks(femke: Page, live: Live, ground: str, *, later: bool) -> None:
    """Femke asks a colleague to confirm that the resident doesn't read this."""
    femke.goto(live.entry(ENTRY))
    follow(femke, "Mag de inwoner dit nu niet lezen?")
    press(femke, "Vraag een collega")
    sees(femke, "Kies een reden uit de wet.")
    femke.get_by_label(ground).check()
    femke.get_by_label("Leg het uit aan de inwoner").fill(WHY)
    femke.get_by_label("Wanneer kijkt u opnieuw?").fill(str(datetime.now(AMSTERDAM).date() + timedelta(30)))
    if later:
        femke.get_by_label("De inwoner mag het nog niet weten").check()
    press(femke, "Vraag een collega")
    sees(femke, "Uw vraag staat klaar voor een collega.", "Tot dan verandert er niets voor de inwoner.")


def confirms(annelies: Page) -> None:
    """The lead of the team is the second professional."""
    annelies.goto("/")
    annelies.get_by_role("link", name="1 keer niet laten zien: kijk dit na").click()
    annelies.get_by_role("link", name="Iris Bouwman").click()
    heading(annelies, "Niet laten zien: bevestig als tweede")
    sees(annelies, WHY)
    annelies.get_by_label("Ja, laat deze notitie niet zien").check()
    press(annelies, "Antwoord bewaren")
    sees(annelies, "Uw antwoord is bewaard.")


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_two_withhold_it_the_resident_is_told_and_reads_it_again(live: Live, person: People, javascript: bool, language: str) -> None:
    said = Said(language)
    iris = resident(person, said, javascript=javascript)
    femke, annelies = (person("team", who, javascript=javascript) for who in ("femke.nas", "annelies.groothuis"))
    with live.admin() as admin:
        admin.execute("UPDATE casus.closure SET review_on = current_date + 60 WHERE person_id IS NULL AND NOT except_responsible")
    asks(femke, live, "Privacy van iemand anders", later=False)
    iris.goto(live.entry(ENTRY))
    heading(iris, ENTRY)
    confirms(annelies)

    gone = iris.goto(live.entry(ENTRY))
    assert gone
    assert gone.status == 404
    iris.goto(live.dossier("Iris"))
    sees(iris, said("Deze tekst ziet u nu niet"), WHY, said("Er staat iets in over het leven van iemand anders."))
    sees(iris, "autoriteitpersoonsgegevens.nl")

    femke.goto(live.entry(ENTRY))
    sees(femke, "De inwoner ziet deze notitie nu niet.")
    follow(femke, "Hoe staat het met niet laten zien?")
    press(femke, "Weer laten zien")
    sees(femke, "De inwoner kan deze notitie weer lezen.")
    iris.goto(live.entry(ENTRY))
    sees(iris, said("Deze tekst zag u een tijd niet"), WHY)


def test_when_telling_is_the_danger_there_is_no_trace_until_later(live: Live, person: People, javascript: bool) -> None:
    iris = person("inwoner", "iris", javascript=javascript)
    femke, annelies = (person("team", who, javascript=javascript) for who in ("femke.nas", "annelies.groothuis"))
    asks(femke, live, "Gevaar voor iemand", later=True)
    with live.admin() as admin:
        admin.execute("UPDATE casus.closure SET review_on = current_date + 60 WHERE person_id IS NULL AND NOT except_responsible")
    confirms(annelies)
    dossier = live.dossier("Iris")
    for page in (dossier, f"{dossier}/inhoud", f"{dossier}/wie-keek-er", f"{dossier}/afdrukken"):
        iris.goto(page)
        sees_not(iris, WHY, ENTRY)
    with live.admin() as admin:
        admin.execute("UPDATE casus.closure SET told_from = now() WHERE told_from > now()")
    iris.goto(dossier)
    sees(iris, "Deze tekst ziet u nu niet", WHY, "Wij vertelden u dit later dan anders.")
    sees_not(iris, ENTRY)
