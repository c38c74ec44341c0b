"""Makes PDFs that everybody can read: tagged (PDF/UA-1), with title and language, Arabic from right to left.

Typst does it, from data: the one template portal/pdf.typ never sees anybody's words as commands. It starts no
process, fetches nothing and uses only the fonts that come with the packages, so every machine makes the same.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Literal

import typst
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject, TextStringObject

from portal.i18n import LANGUAGES, SOURCE

TEMPLATE = Path(__file__).with_name("pdf.typ")
_FONTS = ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic")
# What Typst says of a letter that no font of ours has, such as of a Chinese name.
_NO_GLYPH = "could not be displayed"
_WITH_TEXT = ("/H1", "/H2", "/P", "/LBody")
_ISOLATES = re.compile("[\u2066-\u2069]")


class PdfError(Exception):
    """The PDF can't be made; the text is one plain sentence without any of the words in it."""


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a page, in its own language; make it with heading(), paragraph(), items() or original()."""

    kind: Literal["heading", "paragraph", "items", "original"]
    texts: tuple[str, ...]
    language: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Envelope:
    """What has to be seen through the window: a line of who sends it, and the lines of the address."""

    sender: str
    address: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What begins on a page of its own, such as one letter. Its first heading has level 1."""

    language: str
    blocks: tuple[Block, ...]
    envelope: Envelope | None = None


def heading(text: str, language: str, level: Literal[1, 2] = 1) -> Block:
    """A heading. Level 2 comes after a heading of level 1."""
    return Block("heading", (text,), language, level)


def paragraph(text: str, language: str) -> Block:
    """A paragraph; a line break in it stays one."""
    return Block("paragraph", (text,), language)


def items(texts: Sequence[str], language: str) -> Block:
    """A list with bullets."""
    return Block("items", tuple(texts), language)


def original(text: str, language: str = "nl") -> Block:
    """The Dutch below a translation that nobody checked."""
    return Block("original", (text,), language)


def make_pdf(title: str, language: str, parts: Sequence[Part], *, author: str) -> bytes:
    """The PDF, with ``title`` and ``language`` of the whole. The pages of each part are counted from 1. Raises PdfError.

    It keeps to PDF/UA-1, which is looked at while making it. When a word has a letter that no font of ours has, that letter
    is an empty box, and the file is tagged but doesn't say that it keeps to PDF/UA-1.
    """
    given: dict[str, object] = {"title": title, "language": language, "author": author, "parts": [asdict(part) for part in parts]}
    try:
        made = _compiled(given, accessible=True)
    except typst.TypstError as problem:
        if _NO_GLYPH not in str(problem):
            raise PdfError("The PDF can't be made: the template and what it got don't fit.") from None
        made = _compiled(given, accessible=False)
    said = [one for part in parts for one in _said(part)]
    return _in_reading_order(made, said) if any(_from_right(code) for _text, code in said) else made


def _compiled(given: dict[str, object], *, accessible: bool) -> bytes:
    made = typst.compile(
        str(TEMPLATE),
        font_paths=_font_folders(),
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(given)},
        pdf_standards=["ua-1"] if accessible else [],
    )
    if not isinstance(made, bytes):
        raise PdfError("The PDF can't be made: Typst gave no file.")
    return made


@cache
def _font_folders() -> list[str]:
    return [str(files(package)) for package in _FONTS]


def _said(part: Part) -> Iterator[tuple[str, str]]:
    """(text, language) of each element with text, in the order of the template."""
    if part.envelope is not None:
        yield part.envelope.sender, SOURCE
        yield "\n".join(part.envelope.address), SOURCE
    for block in part.blocks:
        yield from ((text, block.language) for text in block.texts)


def _from_right(code: str) -> bool:
    return LANGUAGES[code].direction == "rtl"


def _in_reading_order(made: bytes, said: list[tuple[str, str]]) -> bytes:
    """Give each element from right to left its text as people read it.

    In the file stand the shapes from left to right, and a dot of a letter apart from the letter: a screen reader would read
    the words backwards and some letters twice.
    """
    writer = PdfWriter(clone_from=BytesIO(made))
    elements = list(_elements(writer.root_object["/StructTreeRoot"].get_object()))
    if len(elements) != len(said):
        raise PdfError("The PDF can't be made: the template shows something else than it got.")
    for element, (text, code) in zip(elements, said, strict=True):
        if _from_right(code):
            element[NameObject("/ActualText")] = TextStringObject(_ISOLATES.sub("", text))
    whole = BytesIO()
    writer.write(whole)
    return whole.getvalue()


def _elements(node: PdfObject | None) -> Iterator[DictionaryObject]:
    """The elements of the structure that hold text, in reading order."""
    if not isinstance(node, DictionaryObject):
        return
    if node.get("/S") in _WITH_TEXT:
        yield node
        return
    below = node.get("/K", ArrayObject()).get_object()
    for child in below if isinstance(below, ArrayObject) else [below]:
        yield from _elements(child.get_object())
