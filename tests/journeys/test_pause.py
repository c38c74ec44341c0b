"""Somebody at home may not know. Iris puts her dossier out of sight; signed in again there is nothing. A professional who spoke with her brings it back."""

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import Said, follow, heading, press, sees, sees_not
from tests.live import Live, People


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_it_is_gone_for_her_until_a_professional_spoke_with_her(live: Live, person: People, javascript: bool, language: str) -> None:
    said, dossier = Said(language), live.dossier("Iris")
    with live.admin() as admin:
        admin.execute("UPDATE portaal.account SET language = %s WHERE username = 'iris'", (language,))
    iris = person("inwoner", "iris", javascript=javascript)
    follow(iris, said("Wie mag wat zien?"))
    # By its address: where nobody checked the translation, the Dutch stands beside it in the link.
    iris.locator("main a[href$='/uitzetten']").click()
    heading(iris, said("Dossier tijdelijk uitzetten"))
    sees(iris, said("Uw hulp gaat gewoon door."))
    press(iris, said("Zet mijn dossier uit"))
    sees(iris, said("Er is nog geen dossier dat u kunt lezen."))
    sees_not(iris, said("Mijn dossier"), said("Wie mag wat zien?"))
    answer = iris.goto(dossier)
    assert answer
    assert answer.status == 404

    femke = person("team", "femke.nas", javascript=javascript)
    femke.goto(dossier)
    sees(femke, "Dit dossier staat uit voor de inwoner en voor wie meekijkt.")
    follow(femke, "Weer aanzetten")
    heading(femke, "Dossier weer aanzetten")
    press(femke, "Zet het dossier weer aan")
    sees(femke, "Dit kan alleen als u de inwoner zelf sprak.")
    femke.get_by_label("Ik sprak de inwoner zelf, zonder anderen erbij").check()
    press(femke, "Zet het dossier weer aan")
    sees_not(femke, "Dit dossier staat uit voor de inwoner")
    expect(femke.get_by_role("link", name="Dossier uitzetten voor de inwoner")).to_be_visible()

    iris.goto("/")
    follow(iris, said("Lees mijn dossier"))
    heading(iris, said("Mijn dossier"))
