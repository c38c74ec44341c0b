"""PDF: refused when it is locked, broken, does something by itself, or carries other files. Nothing in it is changed."""

import io
import logging
import re
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from portal.documents.reasons import Refused, Why

MOST_OBJECTS = 300_000
_TAIL = 1024
_ACTIONS = {
    "/JavaScript": Why.SCRIPTS,
    "/Launch": Why.SCRIPTS,
    "/ImportData": Why.SCRIPTS,
    "/SubmitForm": Why.SCRIPTS,
    "/Rendition": Why.SCRIPTS,
    "/GoToE": Why.FILES_INSIDE,
    "/GoToR": Why.FETCHES,
}
_KEYS = {
    "/JS": Why.SCRIPTS,
    "/JavaScript": Why.SCRIPTS,
    "/XFA": Why.SCRIPTS,
    "/EF": Why.FILES_INSIDE,
    "/EmbeddedFiles": Why.FILES_INSIDE,
    "/Collection": Why.FILES_INSIDE,
    "/RichMediaContent": Why.FILES_INSIDE,
}
_TYPES = {"/EmbeddedFile": Why.FILES_INSIDE}
# What a reader may find that repairs the file in its own way. Long names only: short ones turn up in compressed bytes by chance.
_RAW = re.compile(rb"/(?:(JavaScript|SubmitForm|ImportData)|(EmbeddedFile|RichMedia))")
_RAW_LAUNCH = re.compile(rb"/S\s*/Launch\b")


def look_at_pdf(data: bytes) -> None:
    """Goes through every object of the file. Raises Refused."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    if b"%%EOF" not in data[-_TAIL:]:
        raise Refused(Why.DAMAGED)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise Refused(Why.LOCKED)
        for found in _objects(reader):
            _look_at(found)
        if not reader.pages:
            raise Refused(Why.DAMAGED)
    except (Refused, MemoryError):
        raise
    except Exception:
        # Of a broken file pypdf says many different things, RecursionError among them.
        raise Refused(Why.DAMAGED) from None
    if _RAW_LAUNCH.search(data):
        raise Refused(Why.SCRIPTS)
    if raw := _RAW.search(data):
        raise Refused(Why.SCRIPTS if raw[1] else Why.FILES_INSIDE)


def _objects(reader: PdfReader) -> Iterator[object]:
    numbers = [(number, generation) for generation, places in reader.xref.items() for number in places]
    numbers += [(number, 0) for number in reader.xref_objStm]
    if len(numbers) > MOST_OBJECTS:
        raise Refused(Why.TOO_HEAVY)
    yield reader.trailer
    for number, generation in numbers:
        yield reader.get_object(IndirectObject(number, generation, reader))


def _look_at(found: object) -> None:
    """One object with all that stands inside it; what it only refers to has its own turn."""
    waiting = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, ArrayObject):
            waiting.extend(list.__iter__(one))
        elif isinstance(one, DictionaryObject):
            for key, value in dict.items(one):
                if key in _KEYS:
                    raise Refused(_KEYS[key])
                if key in ("/S", "/Type", "/Subtype") and isinstance(value, str):
                    names = _ACTIONS if key == "/S" else _TYPES
                    if value in names:
                        raise Refused(names[value])
                waiting.append(value)
