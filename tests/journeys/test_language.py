"""Who chooses a language before signing in keeps it, today and next time."""

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import Said, heading, press
from tests.live import Live, People


@pytest.mark.parametrize("said", [Said("en"), Said("ar")], ids=["en", "ar"])
def test_a_language_chosen_before_signing_in_stays(live: Live, person: People, javascript: bool, said: Said) -> None:
    iris = person.visitor("inwoner", javascript=javascript)
    iris.goto("/inloggen")
    expect(iris.locator("html")).to_have_attribute("lang", "nl")
    press(iris, said.own_name)
    heading(iris, said("Inloggen"))
    expect(iris.locator("html")).to_have_attribute("lang", said.language)
    person.sign_in(iris, "iris")
    heading(iris, said("Welkom"))
    iris.goto(live.dossier("Iris"))
    heading(iris, said("Mijn dossier"))
    # People's words stay as they were written.
    expect(iris.get_by_role("link", name="Nieuwe maat")).to_be_visible()
    assert live.one("SELECT language FROM portaal.account WHERE username = 'iris'") == said.language

    press(iris, said("Uitloggen"))
    heading(iris, said("Inloggen"))
    at_home = person("inwoner", "iris", javascript=javascript)
    heading(at_home, said("Welkom"))


def test_dutch_again(live: Live, person: People, javascript: bool) -> None:
    iris = person("inwoner", "iris", javascript=javascript)
    iris.goto(live.dossier("Iris"))
    press(iris, "English")
    heading(iris, "My file")
    press(iris, "Nederlands")
    heading(iris, "Mijn dossier")
    assert live.one("SELECT language FROM portaal.account WHERE username = 'iris'") == "nl"


def test_the_next_person_at_this_computer_has_their_own_language(person: People, javascript: bool) -> None:
    """What somebody chose after signing in says nothing about who signs in after them."""
    library = person("inwoner", "iris", javascript=javascript)
    press(library, "English")
    heading(library, "Welcome")
    press(library, "Log out")
    person.sign_in(library, "floor")
    heading(library, "Welkom")
