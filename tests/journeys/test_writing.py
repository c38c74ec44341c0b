"""A professional writes: a concept that nobody sees, then an entry that the resident reads, then a newer version beside the old one."""

import re

from playwright.sync_api import expect

from tests.journeys.steps import follow, heading, open_entry, press, sees, sees_not, write_concept
from tests.live import Live, People

TITLE = "Gebeld over de sleutel"
BODY = "Iris belde over de sleutel.\nWij halen hem maandag samen op."
NEWER = "Iris belde over de sleutel.\nWij halen hem dinsdag samen op."
REASON = "De afspraak is een dag later."


def test_from_concept_to_entry_to_newer_version(live: Live, person: People, javascript: bool) -> None:
    femke = person("team", "femke.nas", javascript=javascript)
    heading(femke, "Mijn mensen")
    follow(femke, "Iris Bouwman")
    heading(femke, "Dossier van Iris Bouwman")
    write_concept(femke, TITLE, BODY)
    if javascript:
        # Nobody pressed anything: after a few seconds the server has it.
        expect(femke.locator(".autosave")).to_have_text(re.compile(r"Bewaard om \d\d\.\d\d uur"))
    else:
        press(femke, "Bewaren als concept")
        sees(femke, "Uw concept is bewaard. Alleen u ziet het.")
    assert live.rows("SELECT title, body FROM casus.concept") == [(TITLE, BODY)]

    iris = person("inwoner", "iris", javascript=javascript)
    iris.goto(live.dossier("Iris"))
    sees_not(iris, TITLE)

    femke.goto("/")
    sees(femke, "Nog niet geplaatst")
    follow(femke, TITLE)
    expect(femke.get_by_label("Tekst")).to_have_value(BODY)
    press(femke, "Plaatsen in het dossier")
    sees(femke, "De notitie is geplaatst.", "Wij halen hem maandag samen op.")
    femke.goto("/")
    sees_not(femke, "Nog niet geplaatst")

    iris.reload()
    expect(iris.locator(".timeline__item").first).to_contain_text(TITLE)
    follow(iris, TITLE)
    sees(iris, "Wij halen hem maandag samen op.")
    sees_not(iris, "Bekijk oud en nieuw naast elkaar")

    open_entry(femke, live.dossier("Iris"), TITLE)
    press(femke, "Nieuwe versie schrijven")
    expect(femke.get_by_label("Tekst")).to_have_value(BODY)
    femke.get_by_label("Tekst").fill(NEWER)
    femke.get_by_label("Waarom is er een nieuwe versie?").fill(REASON)
    press(femke, "Plaatsen in het dossier")
    sees(femke, "Wij halen hem dinsdag samen op.")

    iris.reload()
    sees(iris, "Wij halen hem dinsdag samen op.", "Aangepast op ", REASON, "Femke Nas")
    follow(iris, "Bekijk oud en nieuw naast elkaar")
    expect(iris.locator(".beside del")).to_contain_text("maandag")
    expect(iris.locator(".beside ins")).to_contain_text("dinsdag")
    iris.goto(live.dossier("Iris"))
    expect(iris.locator(".timeline__item").first).to_contain_text("Aangepast")


def test_a_concept_can_be_thrown_away(live: Live, person: People, javascript: bool) -> None:
    femke = person("team", "femke.nas", javascript=javascript)
    femke.goto(live.dossier("Iris"))
    write_concept(femke, TITLE, BODY)
    press(femke, "Weggooien")
    heading(femke, "Dossier van Iris Bouwman")
    femke.goto("/")
    sees_not(femke, TITLE)
    assert live.rows("SELECT FROM casus.concept") == []


def test_what_is_missing_is_said_and_nothing_typed_is_lost(live: Live, person: People, javascript: bool) -> None:
    femke = person("team", "femke.nas", javascript=javascript)
    femke.goto(live.dossier("Iris"))
    write_concept(femke, "", BODY)
    press(femke, "Plaatsen in het dossier")
    summary = femke.get_by_role("alert")
    expect(summary).to_contain_text("Schrijf een titel.")
    expect(femke).to_have_title(re.compile("^Fout: "))
    expect(femke.get_by_label("Tekst")).to_have_value(BODY)
    summary.get_by_role("link", name="Schrijf een titel.").click()
    expect(femke.get_by_label("Titel")).to_be_focused()
    femke.get_by_label("Titel").fill(TITLE)
    press(femke, "Plaatsen in het dossier")
    sees(femke, "De notitie is geplaatst.")
