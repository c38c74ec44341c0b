"""Samer reads Arabic. From the first page to the last the portal speaks it, and what nobody checked has the Dutch below it."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import Said, follow, heading, open_entry, press, sees, sees_not
from tests.live import Live, People

ARABIC, DUTCH = Said("ar"), Said("nl")
ENTRY = "Contract"
WORDS = "شكرًا. متى يبدأ العقد الجديد؟"


def reads_arabic(page: Page) -> None:
    """The page is Arabic, from right to left."""
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


def test_a_reaction_from_the_first_page_to_the_last(live: Live, person: People, javascript: bool) -> None:
    samer = person.visitor("inwoner", javascript=javascript)
    samer.goto("/inloggen")
    press(samer, ARABIC.own_name)
    heading(samer, ARABIC("Inloggen"))
    reads_arabic(samer)
    samer.click("main button[type=submit]")
    sees(samer, ARABIC("Vul uw gebruikersnaam of e-mailadres in."), ARABIC("Vul uw wachtwoord in."))
    person.sign_in(samer, "samer")
    heading(samer, ARABIC("Welkom"))
    follow(samer, ARABIC("Lees mijn dossier"))
    heading(samer, ARABIC("Mijn dossier"))
    # His own words in Arabic and the team's in Dutch stand beside each other, the days in Arabic with the digits of a letter.
    sees(samer, "أول راتب", ENTRY, "19 مايو 2026")

    open_entry(samer, live.dossier("Samer"), ENTRY, ARABIC)
    reads_arabic(samer)
    audience = samer.get_by_role("group", name=ARABIC("Wie mag uw reactie lezen?"))
    for words in ("Wie mag uw reactie lezen?", "Alleen ik", "Ik en mijn hulpverleners", "Iedereen die deze notitie kan zien"):
        expect(audience).to_contain_text(ARABIC(words))
        expect(audience.locator(".in-dutch").filter(has_text=words)).to_have_attribute("lang", "nl")
    samer.get_by_label(ARABIC("Uw reactie"), exact=True).fill(WORDS)
    audience.get_by_label(ARABIC("Ik en mijn hulpverleners")).check()
    press(samer, ARABIC("Reactie bewaren"))
    sees(samer, ARABIC("Uw reactie staat erbij."), WORDS)

    saskia = person("team", "saskia.derksen", javascript=javascript)
    open_entry(saskia, live.dossier("Samer"), ENTRY)
    sees(saskia, WORDS, "Reactie van Samer Haddad")

    samer.goto(f"{live.dossier('Samer')}/wie-keek-er")
    heading(samer, ARABIC("Wie keek er in mijn dossier?"))
    sees(samer, "Saskia Derksen", ARABIC("Las deze notitie:"), "Hier staat iedereen die uw dossier opende.")
    press(samer, ARABIC("Uitloggen"))
    sees(samer, ARABIC("U bent uitgelogd."))


def test_at_another_computer_it_is_arabic_again(person: People, javascript: bool) -> None:
    """The language is his, not the browser's."""
    library = person.visitor("inwoner", javascript=javascript)
    library.goto("/inloggen")
    heading(library, DUTCH("Inloggen"))
    person.sign_in(library, "samer")
    heading(library, ARABIC("Welkom"))
    reads_arabic(library)


def test_a_telephone_in_arabic_begins_in_arabic(person: People, javascript: bool) -> None:
    page = person.visitor("inwoner", language="ar", width=320, javascript=javascript)
    page.goto("/inloggen")
    heading(page, ARABIC("Inloggen"))
    reads_arabic(page)
    expect(page.locator(".unchecked")).to_be_visible()
    follow(page, ARABIC("Hulp bij deze website"))
    heading(page, ARABIC("Hulp bij deze website"))
    sees(page, "Is er gevaar? Bel 112.")
    press(page, DUTCH.own_name)
    heading(page, DUTCH("Hulp bij deze website"))
    sees_not(page, ARABIC("Snel weg"))
    expect(page.locator(".unchecked")).to_have_count(0)
