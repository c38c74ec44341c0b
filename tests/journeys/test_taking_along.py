"""A copy of everything is asked for, made, and fetched; one note goes along as a PDF. On a small telephone too, and in Arabic."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import Page

from portal.taking import jobs
from tests.journeys.steps import Said, follow, heading, press, sees
from tests.live import Live, People

DUTCH, ARABIC = Said("nl"), Said("ar")


def fetched(page: Page, name: str) -> tuple[str, bytes]:
    """What a button of this name gives to keep: how the file is called, and its bytes."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_everything_in_dutch(live: Live, person: People, javascript: bool) -> None:
    iris = person("inwoner", "iris", javascript=javascript)
    iris.goto(live.dossier("Iris"))
    follow(iris, "Neem uw dossier mee")
    heading(iris, "Neem uw dossier mee")
    press(iris, "Maak een kopie")
    sees(iris, "Wij maken uw kopie")
    assert jobs.make_next(live.apps["inwoner"])
    if not javascript:  # With script the page looks by itself.
        follow(iris, "Kijk of hij klaar is")
    sees(iris, "Uw kopie is klaar.")
    name, copy = fetched(iris, "Kopie ophalen")
    assert name == "kopie.zip"
    with ZipFile(BytesIO(copy)) as whole:
        assert "Terug van vakantie" in whole.read("dossier.html").decode()
    press(iris, "Kopie hier weggooien")
    sees(iris, "Maak een kopie")


def test_everything_in_arabic(live: Live, person: People, javascript: bool) -> None:
    samer = person("inwoner", "samer", javascript=javascript)
    samer.goto(live.dossier("Samer"))
    follow(samer, ARABIC("Neem uw dossier mee"))
    press(samer, ARABIC("Maak een kopie"))
    assert jobs.make_next(live.apps["inwoner"])
    if not javascript:
        follow(samer, ARABIC("Kijk of hij klaar is"))
    sees(samer, ARABIC("Uw kopie is klaar."))
    _name, copy = fetched(samer, ARABIC("Kopie ophalen"))
    with ZipFile(BytesIO(copy)) as whole:
        assert '<html lang="ar" dir="rtl">' in whole.read("dossier.html").decode()
    press(samer, ARABIC("Kopie hier weggooien"))


def test_one_note(live: Live, person: People, javascript: bool) -> None:
    iris = person("inwoner", "iris", javascript=javascript)
    iris.goto(live.dossier("Iris"))
    follow(iris, "Terug van vakantie")
    with iris.expect_download() as waiting:
        iris.get_by_role("link", name="Bewaren als PDF").click()
    assert waiting.value.suggested_filename == "notitie.pdf"
    assert Path(waiting.value.path()).read_bytes().startswith(b"%PDF")
