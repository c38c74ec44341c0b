"""Pages speak the language that somebody chose, whole pages, and no link chooses for them."""

import html
import re
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from portal import catalogues
from portal.i18n import translator
from tests.routes.conftest import Browser, Person, Town, token_of

OPEN_PAGES = ("/inloggen", "/eerste-keer", "/hulp", "/er-is-niets", "/inloggen/code")
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture(scope="module")
def dutch() -> list[re.Pattern[str]]:
    """Every Dutch text of two words or more that reads otherwise in English."""
    english = translator("en").gettext
    texts: set[str] = set()
    for message in catalogues.extract():
        texts.update(text for text in catalogues._texts(message) if " " in text and english(text) != text)
    return [re.compile(rf"(?<!\w){re.sub('%.{1,20}?[sd]', '.*?', re.escape(text))}(?!\w)") for text in texts]


@pytest.fixture(scope="module")
def reader(town: Town) -> tuple[Person, UUID, UUID]:
    """Somebody with a dossier in which something stands."""
    person = town.person(name="Noor")
    dossier = town.dossier(person, town.staff())
    return person, dossier, town.entry(dossier)


def dutch_in(page: TestResponse, dutch: list[re.Pattern[str]]) -> list[str]:
    """The Dutch on a page, apart from what stands there as Dutch, below an unchecked translation."""
    words = html.unescape(re.sub(r'<span class="in-dutch" lang="nl" dir="ltr">.*?</span>', "", page.text, flags=re.DOTALL))
    return sorted({found[0] for pattern in dutch if (found := pattern.search(words))})


def shell(page: TestResponse) -> str:
    found = re.search(r"<html [^>]*>", page.text)
    assert found
    return found[0]


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_a_page_before_signing_in_is_english_throughout(town: Town, dutch: list[re.Pattern[str]], path: str) -> None:
    page = town.browser("inwoner").get(path, headers=ENGLISH, follow_redirects=True)
    assert 'lang="en"' in shell(page)
    assert page.headers["Content-Language"] == "en"
    assert dutch_in(page, dutch) == []


@pytest.mark.parametrize("path", ["/", "/dossier/{dossier}", "/dossier/{dossier}/notitie/{entry}", "/dossier/{dossier}/wie-keek-er"])
def test_a_page_of_a_dossier_is_english_throughout(
    town: Town, reader: tuple[Person, UUID, UUID], dutch: list[re.Pattern[str]], path: str
) -> None:
    person, dossier, entry = reader
    browser = town.signed_in(person)
    choose(browser, "en", "/hulp")
    page = browser.get(path.format(dossier=dossier, entry=entry))
    assert page.status_code == 200
    assert dutch_in(page, dutch) == []


@pytest.mark.parametrize("path", ["/", "/medewerkers", "/medewerkers/nieuw"])
def test_a_page_of_the_team_is_english_throughout(town: Town, dutch: list[re.Pattern[str]], path: str) -> None:
    browser = town.signed_in(town.staff("teamleider"))
    choose(browser, "en", "/hulp")
    page = browser.get(path, follow_redirects=True)
    assert page.status_code == 200
    assert dutch_in(page, dutch) == []


def test_the_search_for_dutch_finds_it(town: Town, dutch: list[re.Pattern[str]]) -> None:
    assert "Hulp nodig?" in dutch_in(town.browser("inwoner").get("/inloggen"), dutch)


def test_a_choice_of_language_stays(town: Town) -> None:
    browser = town.browser("inwoner")
    choose(browser, "en")
    assert 'lang="en" dir="ltr"' in shell(browser.get("/inloggen", headers={"Accept-Language": "nl"}))
    choose(browser, "nl")
    assert 'lang="nl"' in shell(browser.get("/inloggen", headers=ENGLISH))


def test_a_link_chooses_nothing(town: Town) -> None:
    assert 'lang="nl"' in shell(town.browser("inwoner").get("/inloggen?taal=en&language=en&lang=en"))


def test_a_language_that_is_not_there_chooses_nothing(town: Town) -> None:
    browser = town.browser("inwoner")
    choose(browser, "tlh")
    assert 'lang="nl"' in shell(browser.get("/inloggen"))


def test_arabic_runs_from_right_to_left(town: Town) -> None:
    browser = town.browser("inwoner")
    choose(browser, "ar")
    assert 'lang="ar" dir="rtl"' in shell(browser.get("/inloggen"))


def choose(browser: Browser, code: str, page: str = "/inloggen") -> None:
    token = token_of(browser.get(page))
    assert browser.post("/taal", {"taal": code, "next": page}, token).status_code == 303
