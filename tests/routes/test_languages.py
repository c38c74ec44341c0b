"""Pages speak the language that somebody chose, whole pages, and no link chooses for them."""

import html
import re
from functools import cache
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from portal import catalogues
from portal.i18n import LANGUAGES, SOURCE, translator
from tests.routes.conftest import Browser, Person, Town, token_of

OPEN_PAGES = ("/inloggen", "/eerste-keer", "/hulp", "/er-is-niets", "/inloggen/code")
OF_A_DOSSIER = ("/", "/dossier/{dossier}", "/dossier/{dossier}/notitie/{entry}", "/dossier/{dossier}/wie-keek-er")
OF_THE_TEAM = ("/", "/medewerkers", "/medewerkers/nieuw")
ENGLISH = {"Accept-Language": "en"}
in_each_language = pytest.mark.parametrize("language", [code for code in LANGUAGES if code != SOURCE])


_VALUE = re.compile(r"%.{1,20}?[sd]")
"""The place of a value in a text of the catalogue."""


@cache
def dutch(language: str) -> list[tuple[str, str]]:
    """Every Dutch text of two words or more that reads otherwise in this language, after its longest part without a value."""
    other = translator(language).gettext
    texts: set[str] = set()
    for message in catalogues.extract():
        texts.update(text for text in catalogues._texts(message) if " " in text and other(text) != text)
    return [(max(_VALUE.split(text), key=len), text) for text in texts]


def as_pattern(text: str) -> str:
    """A regular expression for a text of the catalogue with any values filled in."""
    return rf"(?<!\w){re.sub(_VALUE, '.*?', re.escape(text))}(?!\w)"


@pytest.fixture(scope="module")
def reader(town: Town) -> tuple[Person, UUID, UUID]:
    """Somebody with a dossier in which something stands."""
    person = town.person(name="Noor")
    dossier = town.dossier(person, town.staff())
    return person, dossier, town.entry(dossier)


def dutch_in(page: TestResponse, language: str) -> list[str]:
    """The Dutch on a page, apart from what stands there as Dutch, below an unchecked translation."""
    words = html.unescape(re.sub(r'<span class="in-dutch" lang="nl" dir="ltr">.*?</span>', "", page.text, flags=re.DOTALL))
    # Looking for a part first: of some thousands of texts few have to be looked for as a pattern.
    return sorted({found[0] for part, text in dutch(language) if part in words and (found := re.search(as_pattern(text), words))})


def shell(page: TestResponse) -> str:
    found = re.search(r"<html [^>]*>", page.text)
    assert found
    return found[0]


@in_each_language
@pytest.mark.parametrize("path", OPEN_PAGES)
def test_a_page_before_signing_in_is_in_one_language(town: Town, language: str, path: str) -> None:
    page = town.browser("inwoner").get(path, headers={"Accept-Language": language}, follow_redirects=True)
    assert f'lang="{language}" dir="{LANGUAGES[language].direction}"' in shell(page)
    assert page.headers["Content-Language"] == language
    assert dutch_in(page, language) == []


@in_each_language
@pytest.mark.parametrize("path", OF_A_DOSSIER)
def test_a_page_of_a_dossier_is_in_one_language(town: Town, reader: tuple[Person, UUID, UUID], language: str, path: str) -> None:
    person, dossier, entry = reader
    browser = town.signed_in(person)
    choose(browser, language, "/hulp")
    page = browser.get(path.format(dossier=dossier, entry=entry))
    assert page.status_code == 200
    assert dutch_in(page, language) == []


@in_each_language
@pytest.mark.parametrize("path", OF_THE_TEAM)
def test_a_page_of_the_team_is_in_one_language(town: Town, language: str, path: str) -> None:
    browser = town.signed_in(town.staff("teamleider"))
    choose(browser, language, "/hulp")
    page = browser.get(path, follow_redirects=True)
    assert page.status_code == 200
    assert dutch_in(page, language) == []


def test_the_search_for_dutch_finds_it(town: Town) -> None:
    assert "Hulp nodig?" in dutch_in(town.browser("inwoner").get("/inloggen"), "ar")


def test_every_language_is_offered_before_and_after_signing_in(town: Town) -> None:
    for browser in (town.browser("inwoner"), town.browser("team"), town.signed_in(town.person(name="Keuze"))):
        page = browser.get("/hulp").text
        assert re.findall(r'name="taal" value="(\w+)" lang="(\w+)" dir="(\w+)"', page) == [
            ("nl", "nl", "ltr"),
            ("en", "en", "ltr"),
            ("ar", "ar", "rtl"),
        ]


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


def test_what_runs_from_left_to_right_says_so_on_an_arabic_page(town: Town) -> None:
    """Without it a browser shows 024-0000000 as 0000000-024."""
    browser = town.browser("inwoner")
    choose(browser, "ar")
    page = browser.get("/hulp").text
    assert 'dir="rtl"' in shell(browser.get("/hulp"))
    numbers = re.findall(r"<a ([^>]*tel:[^>]*)>", page)
    assert len(numbers) > 6
    assert all('dir="ltr"' in attributes for attributes in numbers)
    dossier = town.dossier(person := town.person(name="Rania"), town.staff())
    own = town.signed_in(person)
    choose(own, "ar", "/hulp")
    assert f"<bdi>Rania {person.username}</bdi>" in own.get(f"/dossier/{dossier}").text
    about = own.get(f"/dossier/{dossier}/notitie/{town.entry(dossier)}").text
    assert "<bdi>Proef</bdi>، <time" in about


def choose(browser: Browser, code: str, page: str = "/inloggen") -> None:
    token = token_of(browser.get(page))
    assert browser.post("/taal", {"taal": code, "next": page}, token).status_code == 303
