"""A session ends after 15 minutes without doing anything: it is announced, can be put off, and costs nobody what was typed."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import heading, open_entry, press, sees
from tests.live import Live, People

ENTRY = "Terug van vakantie"
TEXT = "Het was mooi op Texel. 🌻\nTijn vond een krab."


def _minutes(live: Live, page: Page, minutes: int) -> None:
    """Lets so many minutes pass, for the page and for the server."""
    live.idle("iris", minutes)
    page.clock.run_for(minutes * 60_000)


@pytest.fixture
def iris(person: People) -> Page:
    page = person.visitor("inwoner")
    page.clock.install(time=datetime.now(UTC))
    page.goto("/inloggen")
    person.sign_in(page, "iris")
    return page


def test_warned_two_minutes_before_and_extended(live: Live, iris: Page) -> None:
    iris.goto(live.dossier("Iris"))
    warning = iris.get_by_role("region", name="Wilt u ingelogd blijven?")
    expect(iris.get_by_text("U bent ingelogd tot")).to_be_visible()
    _minutes(live, iris, 12)
    expect(warning).to_be_hidden()
    _minutes(live, iris, 1)
    iris.clock.run_for(2_000)
    expect(warning).to_be_visible()
    expect(warning).to_contain_text("Over 2 minuten loggen wij u uit.")
    expect(iris.locator("#status")).to_have_text("Over 2 minuten loggen wij u uit.")
    press(iris, "Ja, ik blijf")
    expect(warning).to_be_hidden()
    # It was put off on the server too.
    assert live.one(
        "SELECT now() - s.last_seen_at < interval '1 minute' FROM portaal.session s JOIN portaal.account a ON a.id = s.account_id"
        " WHERE a.username = 'iris'"
    )
    _minutes(live, iris, 12)
    expect(warning).to_be_hidden()
    iris.reload()
    heading(iris, "Mijn dossier")


def test_the_page_of_who_walked_away_is_empty(live: Live, iris: Page) -> None:
    iris.goto(live.dossier("Iris"))
    _minutes(live, iris, 15)
    iris.clock.run_for(2_000)
    expect(iris.locator("#sessie-tekst")).to_be_visible()
    expect(iris.locator("#sessie-tekst")).to_contain_text("U bent uitgelogd.")
    expect(iris.locator("main")).to_be_hidden()
    iris.get_by_role("link", name="Opnieuw inloggen").click()
    heading(iris, "Inloggen")


def test_what_is_being_typed_survives_the_end_of_the_session(live: Live, person: People, iris: Page) -> None:
    open_entry(iris, live.dossier("Iris"), ENTRY)
    iris.get_by_label("Uw reactie").fill(TEXT)
    _minutes(live, iris, 16)
    expect(iris.locator("#sessie-tekst")).to_be_visible()
    expect(iris.locator("#sessie-tekst")).to_contain_text("Verstuur hem. Wij bewaren hem tot u weer inlogt.")
    _sends_and_finds_it_back(live, person, iris)


def test_the_same_without_script(live: Live, person: People) -> None:
    iris = person("inwoner", "iris", javascript=False)
    open_entry(iris, live.dossier("Iris"), ENTRY)
    iris.get_by_label("Uw reactie").fill(TEXT)
    live.idle("iris", 16)
    _sends_and_finds_it_back(live, person, iris)


def _sends_and_finds_it_back(live: Live, person: People, iris: Page) -> None:
    expect(iris.get_by_label("Uw reactie")).to_have_value(TEXT)
    press(iris, "Reactie bewaren")
    heading(iris, "Inloggen")
    sees(iris, "U heeft een tijd niets gedaan. Daarom bent u uitgelogd.", "Uw tekst is bewaard.")
    assert live.rows("SELECT FROM casus.annotation_version WHERE body LIKE '%%Texel%%'") == []
    person.sign_in(iris, "iris")
    heading(iris, ENTRY)
    expect(iris.get_by_label("Uw reactie")).to_have_value(TEXT)
    press(iris, "Reactie bewaren")
    sees(iris, "Uw reactie staat erbij.", "Tijn vond een krab.")
    assert live.rows("SELECT body FROM casus.annotation_version WHERE body LIKE '%%Texel%%'") == [(TEXT,)]
    assert live.rows("SELECT FROM portaal.typed_text") == []
    expect(iris.get_by_label("Uw reactie")).to_have_value("")


def test_a_concept_survives_the_end_of_the_session(live: Live, person: People, javascript: bool) -> None:
    femke = person("team", "femke.nas", javascript=javascript)
    femke.goto(live.dossier("Iris"))
    press(femke, "Nieuwe notitie schrijven")
    femke.get_by_label("Titel").fill("Gebeld")
    live.idle("femke.nas", 16)
    femke.get_by_label("Tekst").fill(TEXT)
    press(femke, "Plaatsen in het dossier")
    heading(femke, "Inloggen")
    sees(femke, "Uw tekst is bewaard.")
    person.sign_in(femke, "femke.nas")
    expect(femke.get_by_label("Titel")).to_have_value("Gebeld")
    expect(femke.get_by_label("Tekst")).to_have_value(TEXT)
    press(femke, "Plaatsen in het dossier")
    sees(femke, "De notitie is geplaatst.", "Tijn vond een krab.")
