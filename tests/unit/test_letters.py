"""Letters on paper: what each says in each language, and that the window of the envelope shows the address and nothing else."""

from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

import pypdfium2
import pytest
from pypdf import PdfReader

from portal.deadlines import START
from portal.i18n import offered
from portal.letters import Letter, letters_pdf
from portal.mail import LETTERS, Place

PLACE = Place("Mijn Buurtteam", "https://portaal.example", "024-0000000", START, "Proefplein 1, 6500 AA Nijmegen")
SENDER = "Retouradres: Postbus 0000, 6500 XX Nijmegen"
ADDRESS = ("Sam van der Proef", "Proefweg 1", "6511 AB Nijmegen")
SECRETS = {"username": "sam.proef", "code": "7k2m-9qrs-4t5v-x8yz"}
MM = 72 / 25.4
# Where a window can be, of whichever common envelope (DL, C5/6; NEN 1026), with room around it, in millimetres from the left and the top.
WINDOW = (15, 125, 38, 88)


def letter(template: str = "startcode", language: str = "nl", **changes: object) -> Letter:
    values: dict[str, object] = {
        "public_id": UUID(int=1), "template": template, "language": language, "to_whom": "inwoner", "to_name": ADDRESS[0],
        "to_lines": ADDRESS[1:], "secrets": SECRETS, "since": datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
    }  # fmt: skip
    return Letter(**{**values, **changes})  # type: ignore[arg-type]


def made(*letters: Letter) -> bytes:
    return letters_pdf(letters, PLACE, SENDER, "Buurtteam Voorbeeld", title="Brieven van vandaag", language="nl")


def pages(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def behind_the_window(pdf: bytes, page: int = 0) -> str:
    paper = pypdfium2.PdfDocument(pdf)[page]
    left, right, top, bottom = (side * MM for side in WINDOW)
    height = paper.get_height()
    return " ".join(paper.get_textpage().get_text_bounded(left=left, bottom=height - bottom, right=right, top=height - top).split())


@pytest.mark.parametrize("language", [one.code for one in offered()])
@pytest.mark.parametrize("template", LETTERS)
def test_the_window_shows_the_address_and_nothing_else(template: str, language: str) -> None:
    pdf = made(letter(template, language))
    assert behind_the_window(pdf) == " ".join((SENDER, *ADDRESS))
    whole = " ".join(pages(pdf))
    assert PLACE.phone in whole
    assert "%(" not in whole


def test_who_speaks_another_language_gets_a_letter_in_dutch() -> None:
    assert pages(made(letter("nieuws", "tr"), letter())) == pages(made(letter("nieuws"), letter()))


def test_a_code_comes_with_what_to_do_until_when_and_whom_to_call() -> None:
    [page] = pages(made(letter()))
    for part in (
        "Zo komt u in Mijn Buurtteam", "https://portaal.example/eerste-keer", "sam.proef", "7k2m-9qrs-4t5v-x8yz",
        "De code werkt tot vrijdag 11 december 2026 om 10.30 uur.", "Bel 024-0000000.",
    ):  # fmt: skip
        assert part in page, part


def test_a_confirmation_says_the_days_and_where_to_look_when_there_is_a_code() -> None:
    [page] = pages(made(letter("melding_ontvangen", secrets={})))
    assert "Op vrijdag 20 november 2026 kregen wij uw bericht." in page
    assert "Uiterlijk op vrijdag 27 november 2026 praten wij met u." in page
    assert "Uw code" not in page
    [page] = pages(made(letter("melding_ontvangen", secrets={"code": "abcd"})))
    assert "Kijk hoe het ermee staat: https://portaal.example • Uw code: abcd" in page
    [page] = pages(made(letter("melding_ontvangen", to_whom="aanmelder", secrets={})))
    assert "met degene om wie het gaat" in page
    assert "praten wij met u" not in page


def test_a_letter_about_an_answer_says_how_to_hear_it_and_nothing_of_it() -> None:
    [page] = pages(made(letter("melding_antwoord", secrets={})))
    for part in (
        "Wij hebben een antwoord voor u.",
        "Bel 024-0000000.",
        "Kom langs: Proefplein 1, 6500 AA Nijmegen",
        "https://portaal.example",
    ):
        assert part in page, part
    for hint in ("20 november", "hulp", "melding", "buurtteam"):
        assert hint not in page.lower(), hint


def test_below_what_nobody_checked_stands_the_dutch() -> None:
    whole = " ".join(pages(made(letter(language="en"))))
    assert "De code werkt tot vrijdag 11 december 2026 om 10.30 uur." in whole
    assert "Friday 11 December 2026" in whole


def test_every_letter_begins_on_a_page_of_its_own() -> None:
    pdf = made(letter(), letter(to_name="Iris de Wit"), letter("melding_ontvangen"))
    found = pages(pdf)
    assert len(found) == 3
    assert "Iris de Wit" in behind_the_window(pdf, 1)
    assert "Iris de Wit" not in found[0] + found[2]


def test_a_letter_that_does_not_open_any_more_stops_no_other() -> None:
    first, second, third = pages(made(letter(secrets=None), letter(secrets={"code": "abcd"}), letter()))
    for broken in (first, second):
        assert "Deze brief kan niet meer open." in broken
        assert "Proefweg" not in broken
    assert "7k2m-9qrs-4t5v-x8yz" in third


def test_the_file_tells_nothing_in_its_name_or_title() -> None:
    assert PdfReader(BytesIO(made(letter()))).metadata.title == "Brieven van vandaag"  # type: ignore[union-attr]
