"""Somebody is frightened and asks for help: on an old telephone, in three minutes, in the own language. And a doctor asks on behalf of one.

Prints the pages, fields and presses that it takes.
"""

import re
import time
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import Said, follow, heading, sees, sees_not
from tests.live import Live, People

MINUTES = 3


@dataclass
class Walk:
    """One person's way through the pages, counted."""

    page: Page
    said: Said
    pages: int = 1
    fields: int = 0
    presses: int = 0

    def pick(self, label: str) -> None:
        """Chooses an answer."""
        # Where the translation isn't checked yet, the Dutch stands in the label too.
        self.page.locator("label").filter(has_text=re.compile(rf"^\s*{re.escape(self.said(label))}")).first.click()
        self.presses += 1

    def write(self, label: str, words: str) -> None:
        """Fills in a field."""
        self.page.get_by_label(self.said(label)).fill(words)
        self.fields += 1

    def on(self, button: str = "Verder") -> None:
        """Presses the main button and waits for the next page."""
        before = self.page.url
        self.page.get_by_role("button", name=self.said(button), exact=True).click()
        expect(self.page).not_to_have_url(before)
        self.pages += 1
        self.presses += 1

    def says(self) -> str:
        """The outcome of counting."""
        return f"{self.pages} pages, {self.fields} fields, {self.presses} presses"


@pytest.fixture(params=["nl", "en", "ar"])
def said(request: pytest.FixtureRequest) -> Said:
    """The language in which somebody asks."""
    return Said(str(request.param))


@pytest.fixture
def walk(live: Live, person: People, said: Said, javascript: bool) -> Walk:
    page = person.visitor("inwoner", javascript=javascript, width=320, language=said.language)
    page.goto(live.urls["inwoner"] + "/melding")
    expect(page.locator("html")).to_have_attribute("lang", said.language)
    return Walk(page, said)


def to_the_end(walk: Walk) -> None:
    """From the own question to where it stands."""
    walk.write("Uw vraag, in uw eigen woorden", "Ik heb schulden en ik weet het niet meer.")
    walk.on()
    walk.on()
    walk.write("Naam", "Sanne")
    walk.write("Postcode", "6541 AB")
    walk.on()
    walk.pick("Bellen")
    walk.write("Telefoonnummer", "0600000000")
    walk.on()
    walk.on()
    walk.on()
    heading(walk.page, walk.said("Kijk uw vraag na"))
    walk.on("Verstuur mijn vraag")
    heading(walk.page, walk.said("Wij hebben uw vraag"))


def test_for_myself_in_eight_pages_and_three_minutes(walk: Walk) -> None:
    begun = time.monotonic()
    walk.pick("Voor mijzelf")
    walk.on()
    to_the_end(walk)
    print(f"for myself, {walk.said.language}: {walk.says()}")
    assert walk.pages - 1 <= 8, "the page with the receipt is the outcome"
    assert time.monotonic() - begun < MINUTES * 60
    follow(walk.page, walk.said("Lees wat u heeft gestuurd"))
    sees(walk.page, "Ik heb schulden en ik weet het niet meer.", "Sanne")


def test_for_a_patient_by_the_doctor_who_then_sees_that_it_came_in(walk: Walk) -> None:
    walk.pick("Voor iemand anders")
    walk.on()
    walk.pick("Huisarts, of ik werk bij een huisarts")
    walk.write("Uw naam", "Dokter Proef")
    walk.pick("Ja, en het is goed")
    walk.on()
    to_the_end(walk)
    print(f"for another, {walk.said.language}: {walk.says()}")
    sees(walk.page, walk.said("Wij nemen contact op met de persoon zelf."))
    sees_not(walk.page, walk.said("Wat gebeurt er nu?"), walk.said("Gaat het slechter?"))


def test_in_a_crisis_the_numbers_come_at_once_and_the_question_waits(walk: Walk) -> None:
    walk.pick("Voor mijzelf")
    walk.on()
    walk.on()
    walk.pick("Gedachten aan zelfmoord")
    walk.on()
    heading(walk.page, walk.said("Wacht niet. Bel nu."))
    expect(walk.page.locator("main a[href='tel:113']").first).to_be_visible()
    follow(walk.page, walk.said("Verder met mijn vraag"))
    heading(walk.page, walk.said("Om wie gaat het?"))


def test_begun_on_one_telephone_and_sent_from_another_and_then_it_gets_worse(
    walk: Walk, live: Live, person: People, javascript: bool
) -> None:
    walk.pick("Voor mijzelf")
    walk.on()
    walk.write("Uw vraag, in uw eigen woorden", "Dit schreef ik thuis.")
    walk.on()
    code = walk.page.locator(".code").inner_text()
    walk.page.get_by_role("button", name=walk.said("Stop nu"), exact=True).click()
    expect(walk.page).not_to_have_url(re.compile("/melding/stap"))

    other = person.visitor("inwoner", javascript=javascript, language=walk.said.language)
    other.goto(live.urls["inwoner"] + "/melding/code")
    again = Walk(other, walk.said)
    again.write("Uw code", code.upper())
    again.on()
    other.goto(live.urls["inwoner"] + "/melding/stap/vraag")
    expect(other.locator("#words")).to_have_value("Dit schreef ik thuis.")
    to_the_end(again)
    again.write("Wat is er veranderd?", "Nu ook geen stroom.")
    other.get_by_role("button", name=walk.said("Het gaat slechter"), exact=True).click()
    sees(other, walk.said("Wij hebben gezien dat het slechter gaat. Het team kijkt er nu als eerste naar."))
    assert live.one("SELECT words FROM casus.melding_event WHERE event = 'erger' ORDER BY id DESC LIMIT 1") == "Nu ook geen stroom."
