"""Iris lets her sister read along in one part of life. The sister comes in with the code; then Iris stops it, and there is nothing. In Dutch and in Arabic."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import Said, follow, heading, press, sees, sees_not
from tests.live import Live, People

PASSWORD = "drie losse woorden samen"
HOUSING, SAFETY = "Besluit woonurgentie", "Partner aan de balie van de praktijk"


def _gives(iris: Page, said: Said) -> tuple[str, str]:
    """Through the questions, one by one: user name and code of the sister."""
    follow(iris, said("Wie mag wat zien?"))
    heading(iris, said("Wie mag wat zien?"))
    follow(iris, said("Iemand laten meekijken"))
    heading(iris, said("Wie wilt u laten meekijken?"))
    iris.get_by_label(said("Iemand anders"), exact=True).check()
    iris.fill("#first_name", "Sara")
    press(iris, said("Verder"))
    # A last name is missing: what was typed is still there.
    sees(iris, said("Vul de achternaam in."))
    expect(iris.locator("#first_name")).to_have_value("Sara")
    iris.fill("#last_name", "de Zus")
    press(iris, said("Verder"))
    heading(iris, said("Wat mag deze persoon zien?"))
    iris.locator("#leefdomeinen input[value='3']").check()
    press(iris, said("Verder"))
    heading(iris, said("Tot wanneer?"))
    press(iris, said("Verder"))
    heading(iris, said("Dit gaat %(name)s zien", name="Sara de Zus"))
    press(iris, said("Ja, zo is het goed"))
    heading(iris, said("Geef deze code aan %(name)s", name="Sara de Zus"))
    code = iris.locator("#gebruikersnaam").inner_text(), iris.locator("#startcode").inner_text()
    follow(iris, said("Klaar"))
    sees(iris, "Sara de Zus")
    sees_not(iris, code[1])
    return code


def comes_in(sister: Page, username: str, code: str, said: Said) -> None:
    """Somebody comes in the first time with the code, and stands on the start page."""
    sister.goto("/inloggen")
    if said.language != "nl":
        press(sister, said.own_name)
    follow(sister, said("Begin met uw startcode"))
    sister.fill("#login", username)
    sister.fill("#start_code", code)
    press(sister, said("Verder"))
    sister.fill("#password", PASSWORD)
    sister.fill("#password_again", PASSWORD)
    press(sister, said("Verder"))
    sister.fill("#code", sister.locator("#demo-code").inner_text())
    press(sister, said("Klaar"))
    heading(sister, said("Kaart met codes"))
    sister.goto("/")


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_a_sister_reads_one_part_until_it_is_stopped_and_then_there_is_nothing(
    live: Live, person: People, javascript: bool, language: str
) -> None:
    said, dossier = Said(language), live.dossier("Iris")
    with live.admin() as admin:
        admin.execute("UPDATE portaal.account SET language = %s WHERE username = 'iris'", (language,))
    iris = person("inwoner", "iris", javascript=javascript)
    username, code = _gives(iris, said)

    sister = person.visitor("inwoner", javascript=javascript)
    comes_in(sister, username, code, said)
    follow(sister, said("Dossier van %(name)s", name="Iris Bouwman"))
    heading(sister, said("Dossier van %(name)s", name="Iris Bouwman"))
    sees(sister, HOUSING)
    sees_not(sister, SAFETY)
    for page in ("/wie-mag-wat-zien", "/wie-keek-er"):
        answer = sister.goto(f"{dossier}{page}")
        assert answer
        assert answer.status == 404

    iris.goto(f"{dossier}/wie-mag-wat-zien")
    follow(iris, said("Veranderen of stoppen: %(name)s", name="Sara de Zus"))
    follow(iris, said("Stoppen met laten meekijken"))
    heading(iris, said("Mag %(name)s niets meer zien?", name="Sara de Zus"))
    press(iris, said("Ja, stop ermee"))
    sees(iris, said("Deze persoon ziet niets meer van uw dossier."))

    # Still signed in; and nothing says that there ever was a dossier.
    answer = sister.goto(dossier)
    assert answer
    assert answer.status == 404
    sister.goto("/")
    sees(sister, said("Er is nog geen dossier dat u kunt lezen."))
    sees_not(sister, "Iris", said("Er is iets veranderd in wat u mag zien."))
