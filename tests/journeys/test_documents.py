"""A photo of a letter is added, looked at by both sides and kept; a file that can't be is refused and the words stay. Also in Arabic."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from portal.documents import commands
from tests.documents import bad_files, good_files
from tests.journeys.steps import Said, follow, heading, open_entry, press, sees
from tests.live import Live, People

DUTCH, ARABIC = Said("nl"), Said("ar")
_WATCH = """() => {
  const note = document.querySelector("[data-upload]");
  window.onItsWay = false;
  new MutationObserver(() => { window.onItsWay ||= !note.hidden; }).observe(note, { attributes: true });
}"""


@pytest.fixture(autouse=True)
def scanner_says_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the scanner says is asked in tests/documents."""
    monkeypatch.setattr(commands, "scan", lambda _data, _address: None)


def choose(page: Page, said: Said, data: bytes) -> None:
    """Chooses a file."""
    page.get_by_label(said("Bestand"), exact=True).set_input_files({"name": "foto", "mimeType": "application/octet-stream", "buffer": data})


def fill(page: Page, said: Said, title: str) -> None:
    """Fills in the rest of the inwoner's form."""
    heading(page, said("Document toevoegen"))
    page.get_by_label(said("Titel"), exact=True).fill(title)
    page.get_by_label(said("Wat is het?")).fill("…")
    page.get_by_label(said("Ik en mijn hulpverleners"), exact=False).check()


def saved(page: Page, said: Said) -> tuple[str, bytes]:
    """Keeps the file: how it is called, and its bytes."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=said("Bestand bewaren"), exact=True).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_a_photo_of_a_letter(live: Live, person: People, javascript: bool) -> None:
    iris = person("inwoner", "iris", javascript=javascript)
    iris.goto(live.dossier("Iris"))
    follow(iris, "Document toevoegen")
    fill(iris, DUTCH, "Brief van de bank")
    choose(iris, DUTCH, bad_files.PROGRAM)
    if javascript:
        iris.evaluate(_WATCH)
    press(iris, "Toevoegen")
    sees(iris, "Dit is een programma.", "Kies het bestand wel opnieuw.")
    if javascript:
        assert iris.evaluate("window.onItsWay"), "how far it is was shown"
    expect(iris.get_by_label("Titel", exact=True)).to_have_value("Brief van de bank")
    choose(iris, DUTCH, good_files.jpeg())
    press(iris, "Toevoegen")
    sees(iris, "Uw document is toegevoegd.")
    assert "klaar=document" in iris.url
    follow(iris, "Foto bekijken")
    heading(iris, "Brief van de bank")
    expect(iris.locator("img.photo")).to_be_visible()
    follow(iris, "Terug naar het document")
    name, kept = saved(iris, DUTCH)
    assert name.endswith(".jpg")
    assert Image.open(BytesIO(kept)).format == "JPEG"
    femke = person("team", "femke.nas", javascript=javascript)
    open_entry(femke, live.dossier("Iris"), "Brief van de bank")
    assert saved(femke, DUTCH)[1] == kept


def test_a_text_in_arabic(live: Live, person: People, javascript: bool) -> None:
    samer = person("inwoner", "samer", javascript=javascript)
    samer.goto(live.dossier("Samer"))
    follow(samer, ARABIC("Document toevoegen"))
    fill(samer, ARABIC, "رسالة")
    press(samer, ARABIC("Toevoegen"))
    sees(samer, ARABIC("Kies een bestand."))
    expect(samer.get_by_label(ARABIC("Titel"), exact=True)).to_have_value("رسالة")
    text = good_files.docx()
    choose(samer, ARABIC, text)
    press(samer, ARABIC("Toevoegen"))
    sees(samer, ARABIC("Uw document is toegevoegd."))
    name, kept = saved(samer, ARABIC)
    assert name.endswith(".docx")
    assert kept == text
