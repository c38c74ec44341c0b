"""Who chooses English before signing in keeps English, today and next time."""

from playwright.sync_api import expect

from tests.journeys.steps import heading, press
from tests.live import Live, People


def test_english_chosen_before_signing_in_stays(live: Live, person: People, javascript: bool) -> None:
    iris = person.visitor("inwoner", javascript=javascript)
    iris.goto("/inloggen")
    expect(iris.locator("html")).to_have_attribute("lang", "nl")
    press(iris, "English")
    heading(iris, "Log in")
    expect(iris.locator("html")).to_have_attribute("lang", "en")
    person.sign_in(iris, "iris")
    heading(iris, "Welcome")
    iris.goto(live.dossier("Iris"))
    heading(iris, "My file")
    # People's words stay as they were written.
    expect(iris.get_by_role("link", name="Nieuwe maat")).to_be_visible()
    assert live.one("SELECT language FROM portaal.account WHERE username = 'iris'") == "en"

    press(iris, "Log out")
    heading(iris, "Log in")
    at_home = person("inwoner", "iris", javascript=javascript)
    heading(at_home, "Welcome")


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
