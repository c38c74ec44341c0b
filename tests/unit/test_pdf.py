"""A PDF is tagged, says its title and language, and Arabic runs from right to left, in shape and for a screen reader."""

from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from portal import pdf
from portal.pdf import Envelope, Part, PdfError, heading, items, make_pdf, original, paragraph

ARABIC = "حقوقك في فريق الحي"


def made(*parts: Part, language: str = "nl") -> bytes:
    """A PDF with these parts."""
    return make_pdf("Uw rechten", language, parts, author="Buurtteam")


def arabic() -> Part:
    """One of each block, from right to left, with the Dutch below a paragraph."""
    number = "اتصل بالرقم \u2066024-0000000\u2069 الآن."
    blocks = (heading(ARABIC, "ar"), paragraph(number, "ar"), original("Bel nu."), heading("ثان", "ar", 2), items(["واحد", "اثنان"], "ar"))
    return Part("ar", blocks)


def elements(content: bytes) -> list[tuple[str, str, str]]:
    """(tag, language, text for a screen reader) of each element of the structure, in reading order."""
    found = []

    def walk(node: DictionaryObject) -> None:
        if "/S" in node:
            found.append((str(node["/S"]), str(node.get("/Lang", "")), str(node.get("/ActualText", ""))))
        below = node.get("/K", ArrayObject()).get_object()
        for child in below if isinstance(below, ArrayObject) else [below]:
            if isinstance(child.get_object(), DictionaryObject):
                walk(child.get_object())

    walk(root(content)["/StructTreeRoot"])
    return found


def root(content: bytes) -> Any:
    """What the file says of itself."""
    return PdfReader(BytesIO(content)).root_object


def page_text(content: bytes, page: int = 0) -> str:
    """What a person would copy from a page."""
    return str(pypdfium2.PdfDocument(content)[page].get_textpage().get_text_range()).replace("\r\n", "\n")


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_it_is_tagged_and_says_its_title_language_and_standard(language: str) -> None:
    content = made(Part(language, (heading("x", language), paragraph("y", language))), language=language)
    assert root(content)["/MarkInfo"] == {"/Marked": True, "/Suspects": False}
    assert root(content)["/Lang"] == language
    assert root(content)["/ViewerPreferences"]["/DisplayDocTitle"]
    about = PdfReader(BytesIO(content)).metadata
    assert about is not None
    assert about.title == "Uw rechten"
    assert b"pdfuaid:part" in content
    assert [tag for tag, _language, _text in elements(content)] == ["/Document", "/H1", "/P"]


def test_lists_and_headings_are_known_as_such() -> None:
    tags = [tag for tag, _language, _text in elements(made(arabic(), language="ar"))]
    assert tags == ["/Document", "/H1", "/P", "/P", "/H2", "/L", "/LI", "/Lbl", "/LBody", "/LI", "/Lbl", "/LBody"]


def test_arabic_is_read_in_the_order_in_which_it_is_said() -> None:
    said = [(language, text) for tag, language, text in elements(made(arabic(), language="ar")) if tag in ("/H1", "/H2", "/P", "/LBody")]
    assert said == [("", ARABIC), ("", "اتصل بالرقم 024-0000000 الآن."), ("nl", ""), ("", "ثان"), ("", "واحد"), ("", "اثنان")]


def test_arabic_runs_from_right_to_left_and_its_letters_join() -> None:
    """The first letter stands right of the last, at the right edge; and joined letters take less room than letters apart."""

    def box(text: str) -> tuple[float, float]:
        page = pypdfium2.PdfDocument(made(Part("ar", (heading("x", "ar"), paragraph(text, "ar"))), language="ar"))[0]
        shapes = [one.get_bounds() for one in page.get_objects() if one.type == pypdfium2.raw.FPDF_PAGEOBJ_TEXT]
        row = [one for one in shapes if 700 < one[1] < 735]
        return min(one[0] for one in row), max(one[2] for one in row)

    width = 595.28 - 25 / 25.4 * 72
    left, right = box("بببب")
    assert right == pytest.approx(width, abs=3)
    apart_left, apart_right = box("ب\u200cب\u200cب\u200cب")
    assert right - left < 0.8 * (apart_right - apart_left)
    assert box("\u0627" + "ب" * 9)[1] == pytest.approx(width, abs=3)


def test_each_part_begins_on_a_page_of_its_own_in_its_own_language() -> None:
    letters = [Part("nl", (heading("Brief een", "nl"), paragraph("Dag", "nl"))), Part("en", (heading("Letter two", "en"),))]
    content = made(*letters)
    assert len(PdfReader(BytesIO(content)).pages) == 2
    assert "Brief een" in page_text(content, 0)
    assert "Letter two" in page_text(content, 1)
    assert ("/H1", "en", "") in elements(content)


def test_the_address_stands_in_the_window() -> None:
    """For a DL envelope with its window on the left: 45 to 85 mm from the top, from 20 mm, and nothing else is in it."""
    envelope = Envelope("Retouradres: Postbus 0000", ("Danny Jansen", "Proefstraat 1", "6511 XX NIJMEGEN"))
    content = made(Part("nl", (heading("Afspraak", "nl"), paragraph("Dag", "nl")), envelope))
    height, mm = 841.89, 72 / 25.4
    seen = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_bounded(20 * mm, height - 85 * mm, 110 * mm, height - 44 * mm)
    assert seen.replace("\r\n", "|") == "Retouradres: Postbus 0000|Danny Jansen|Proefstraat 1|6511 XX NIJMEGEN"


def test_words_are_never_commands_and_line_breaks_stay() -> None:
    tricky = '#let x = 1; *vet* \\ $x$ <a> "q" @b // c'
    content = made(Part("nl", (heading("x", "nl"), paragraph(f"{tricky}\ntweede regel", "nl"))))
    assert page_text(content).splitlines()[1:3] == [tricky, "tweede regel"]


def test_a_letter_that_no_font_has_costs_the_claim_and_not_the_letter() -> None:
    content = made(Part("nl", (heading("x", "nl"), paragraph("Łukasz 李小龙", "nl"))))
    assert "Łukasz" in page_text(content)
    assert b"pdfuaid:part" not in content
    assert root(content)["/MarkInfo"]["/Marked"]


def test_what_is_no_accessible_document_is_refused_without_its_words() -> None:
    with pytest.raises(PdfError) as refused:
        make_pdf("", "nl", [Part("nl", (heading("geheim", "nl"),))], author="x")
    assert "geheim" not in str(refused.value)


def test_a_template_that_shows_something_else_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_said", lambda _part: [("een te veel", "ar")] * 9)
    with pytest.raises(PdfError, match="something else than it got"):
        made(arabic(), language="ar")
