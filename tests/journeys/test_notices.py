"""Somebody at home reads Iris's mail. She chooses to get nothing. Femke writes a note, and no mail goes; what is about her safety still comes."""

import pytest

from tests.journeys.steps import Said, follow, heading, press, sees, write_concept
from tests.live import Live, People

TITLE = "Gebeld over de sleutel"
WAITING = "SELECT topic FROM portaal.outbox WHERE address = 'iris@voorbeeld.nl'"


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_nothing_goes_to_the_mail_that_another_reads(live: Live, person: People, javascript: bool, language: str) -> None:
    said = Said(language)
    with live.admin() as admin:
        admin.execute("UPDATE portaal.account SET language = %s, email = 'iris@voorbeeld.nl' WHERE username = 'iris'", (language,))
        # What somebody has to look at first goes nowhere by itself.
        iris_herself = "(SELECT person_id FROM portaal.account WHERE username = 'iris')"
        admin.execute(f"UPDATE casus.inwoner SET safe_contact = '' WHERE person_id = {iris_herself}")
    femke = person("team", "femke.nas", javascript=javascript)
    femke.goto(live.dossier("Iris"))
    write_concept(femke, TITLE, "Iris belde over de sleutel.")
    press(femke, "Plaatsen in het dossier")
    sees(femke, "De notitie is geplaatst.")
    assert live.rows(WAITING) == [("nieuw",)]

    iris = person("inwoner", "iris", javascript=javascript)
    iris.goto(live.dossier("Iris"))
    follow(iris, said("Hoe wij u iets laten weten"))
    heading(iris, said("Hoe wij u iets laten weten"))
    for topic in ("nieuw", "antwoord", "bericht", "meekijken", "stap"):
        iris.locator(f"#{topic} input[value=niets]").check()
    press(iris, said("Bewaar"))
    sees(iris, said("Uw keuze is bewaard."))
    assert iris.locator("main input[value=niets]:checked").count() == 5
    assert live.rows(WAITING) == [], "it waited, and is not sent any more"

    femke.goto(live.dossier("Iris"))
    write_concept(femke, f"{TITLE} 2", "Iris belde nog een keer.")
    press(femke, "Plaatsen in het dossier")
    sees(femke, "De notitie is geplaatst.")
    assert live.rows(WAITING) == []
    iris.goto(live.dossier("Iris"))
    sees(iris, TITLE, f"{TITLE} 2")
