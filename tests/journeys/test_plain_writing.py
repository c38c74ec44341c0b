"""Dirk sees while he writes which words are hard; he may place them all the same."""

from playwright.sync_api import expect

from tests.journeys.steps import heading, press, sees, write_concept
from tests.live import Live, People

HARD = "Indien u wilt, bellen wij morgen."


def test_hard_words_are_marked_and_placed_all_the_same(live: Live, person: People, javascript: bool) -> None:
    dirk = person("team", "dirk.kersten", javascript=javascript)
    dirk.goto(live.dossier("Iris"))
    write_concept(dirk, "Belafspraak", "")
    text = dirk.get_by_label("Tekst")
    if javascript:
        text.press_sequentially(HARD)
        expect(dirk.locator("#taal-body mark")).to_have_text("Indien")
        expect(text).to_be_focused()
        text.fill("Als u wilt, bellen wij morgen.")
        sees(dirk, "Dit is duidelijk geschreven.")
    text.fill(HARD)
    press(dirk, "Bekijk mijn taal")
    sees(dirk, "Uw concept is bewaard.", "Wat kan duidelijker?", "1 moeilijk woord.", "Liever: als")
    expect(text).to_have_value(HARD)
    press(dirk, "Plaatsen in het dossier")
    heading(dirk, "Belafspraak")
    sees(dirk, HARD)
