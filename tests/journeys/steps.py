"""What people do in more than one story, by the words they read on the page."""

import re

from playwright.sync_api import Page, expect


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


def open_entry(page: Page, dossier: str, title: str) -> None:
    """Opens the dossier, leafs to older pages when needed, and opens the entry with this title."""
    page.goto(dossier)
    wanted = page.get_by_role("link", name=title, exact=True)
    while wanted.count() == 0:
        follow(page, "Ouder")
    wanted.click()
    heading(page, title)


def write_concept(page: Page, title: str, body: str) -> None:
    """From an open dossier: begins an entry and fills in what must be filled in."""
    press(page, "Nieuwe notitie schrijven")
    heading(page, "Nieuwe notitie")
    page.get_by_label("Titel").fill(title)
    page.get_by_label("Tekst").fill(body)
