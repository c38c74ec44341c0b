"""What people do in more than one story, by the words they read on the page."""

import re

from playwright.sync_api import Page, expect

from portal.i18n import LANGUAGES, translator


class Said:
    """What the pages say, in one language: called with the Dutch text of the catalogue."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.own_name = LANGUAGES[language].name

    def __call__(self, words: str, /, **values: object) -> str:
        """The words as people read them."""
        return str(translator(self.language).gettext(words, **values))


def follow(page: Page, words: str) -> None:
    """Follows the link with these words."""
    page.get_by_role("link", name=words, exact=True).click()


def press(page: Page, words: str) -> None:
    """Presses the button with these words."""
    page.get_by_role("button", name=words, exact=True).click()


def sees(page: Page, *words: str) -> None:
    """Waits until the page holds all of these."""
    for each in words:
        expect(page.locator("main")).to_contain_text(each)


def sees_not(page: Page, *words: str) -> None:
    """The page as it is now holds none of these."""
    text = page.locator("main").inner_text()
    for each in words:
        assert each not in text


def heading(page: Page, words: str | re.Pattern[str]) -> None:
    """Waits until this is the page's own heading."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


DUTCH = Said("nl")


def open_entry(page: Page, dossier: str, title: str, said: Said = DUTCH) -> None:
    """Opens the dossier, leafs to older pages when needed, and opens the entry with this title."""
    page.goto(dossier)
    wanted = page.get_by_role("link", name=title, exact=True)
    while wanted.count() == 0:
        before = page.url
        follow(page, said("Ouder"))
        expect(page).not_to_have_url(before)
        # With script the address changes before the list does.
        page.wait_for_load_state("networkidle")
    wanted.click()
    heading(page, title)


def write_concept(page: Page, title: str, body: str) -> None:
    """From an open dossier: begins an entry and fills in what must be filled in."""
    press(page, "Nieuwe notitie schrijven")
    heading(page, "Nieuwe notitie")
    page.get_by_label("Titel").fill(title)
    page.get_by_label("Tekst").fill(body)
