"""Bad files, each made when it is asked for: name, reason of refusal, and how to make it. None of them does harm."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from portal.documents.reasons import LARGEST, Why
from tests.documents import good_files as good

# In two halves: scanners of whoever keeps this repository would otherwise take this file for one.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STAND" + b"ARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The harmless file that every scanner has to find (eicar.org)."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PROGRAM = b"MZ" + bytes(600)


def _docx(changes: dict[str, bytes | str]) -> bytes:
    return good.packed(good.docx_parts() | changes)


def _odt(changes: dict[str, bytes | str]) -> bytes:
    return good.packed(good.odt_parts() | changes)


def _docx_with(relation: str) -> bytes:
    return _docx({"word/_rels/document.xml.rels": good.RELATIONS.format(relation)})


def _docx_field(*pieces: str) -> bytes:
    words = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return _docx({"word/document.xml": good.words_of_docx(f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{words}')})


def _odt_with(inside: str) -> bytes:
    return _odt({"content.xml": good.content_of_odt(inside)})


def pdf_with(action: dict[str, str], *, in_a_list: bool = False) -> bytes:
    """A PDF that does something when it is opened."""
    writer = PdfWriter()
    made = DictionaryObject({NameObject(key): _value(value) for key, value in action.items()})
    writer.root_object[NameObject("/OpenAction")] = ArrayObject([made]) if in_a_list else made
    return good.pdf(writer)


def _value(text: str) -> NameObject | TextStringObject:
    return NameObject(text) if text.startswith("/") else TextStringObject(text)


def _pdf_hidden() -> bytes:
    """JavaScript of which the name is written with a number for a letter; as long as before, so that every place in the file is right."""
    plain = pdf_with({"/S": "/JavaScript", "/Room": "xx"})
    assert b"(xx)" in plain
    return plain.replace(b"/JavaScript", b"/J#61vaScript").replace(b"(xx)", b"()")


def _pdf_locked() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("geheim", algorithm="AES-256")
    return good.pdf(writer)


def _pdf_with_file() -> bytes:
    writer = PdfWriter()
    writer.add_attachment("rekening.txt", b"tekst")
    return good.pdf(writer)


def _pdf_with_form() -> bytes:
    writer = PdfWriter()
    stream = DecodedStreamObject()
    stream.set_data(b"<xdp/>")
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/XFA"): stream})
    return good.pdf(writer)


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is this large, in few bytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack("!I", len(content)) + name + content + struct.pack("!I", zlib.crc32(name + content))

    line = b"\0" + bytes((width + 7) // 8)
    rows = zlib.compress(line * height if width * height <= 400_000_000 else line, 9)
    head = struct.pack("!IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _jpeg_of(width: int, height: int) -> bytes:
    """A JPEG whose head says another size than it has."""
    data = good.jpeg()
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack("!HH", height, width) + data[at + 4 :]


def _bomb() -> bytes:
    return _docx({"word/media/image1.bin": bytes(150 * 1024 * 1024)})


def _liar() -> bytes:
    """A part that is larger than its zip says."""
    data = bytearray(_docx({"word/big.bin": bytes(50_000)}))
    for sign, skip in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.rindex(b"word/big.bin") if sign == b"PK\x01\x02" else data.index(b"word/big.bin")
        start = data.rindex(sign, 0, at)
        data[start + skip : start + skip + 4] = struct.pack("<I", 10)
    return bytes(data)


def _many_parts() -> bytes:
    return _docx({f"word/p{number}.txt": "" for number in range(2_100)})


def _zip_locked() -> bytes:
    data = bytearray(good.docx())
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    return bytes(data)


def _twice() -> bytes:
    made = io.BytesIO(good.docx())
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("WORD/document.xml", "anders")
    return made.getvalue()


def _not_first() -> bytes:
    parts = good.odt_parts()
    return good.packed({"content.xml": parts["content.xml"], **parts})


def _entities() -> bytes:
    lines = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    return _docx({"word/document.xml": f'<!DOCTYPE x [<!ENTITY a0 "ha">{lines}]><x>&a9;</x>'})


def _gif() -> bytes:
    made = io.BytesIO()
    Image.new("P", (5, 5)).save(made, "GIF")
    return made.getvalue()


_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
_MACRO_TYPE = good.CONTENT_TYPES.format("").replace(
    "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "vnd.ms-word.document.macroEnabled.main+xml"
)
_TEMPLATE = good.relation("attachedTemplate", "https://elders.example/macro.dotm")

BAD: dict[str, tuple[Why, Callable[[], bytes]]] = {
    "nothing at all": (Why.EMPTY, lambda: b""),
    "more than 20 MB": (Why.TOO_LARGE, lambda: good.jpeg() + bytes(LARGEST)),
    "plain text": (Why.OTHER_KIND, lambda: b"Beste Danny"),
    "a film": (Why.OTHER_KIND, lambda: b"\0\0\0\x18ftypmp42" + bytes(50)),
    "a picture of another kind": (Why.OTHER_PICTURE, _gif),
    "a picture of an iPhone": (Why.OTHER_PICTURE, lambda: b"\0\0\0\x18ftypheic" + bytes(50)),
    "a page of the web": (Why.WEB_PAGE, lambda: b"\xef\xbb\xbf\n<!DOCTYPE html><script>alert(1)</script>"),
    "a page of the web in UTF-16": (Why.WEB_PAGE, lambda: "<html><script>".encode("utf-16")),
    "a drawing with a script": (Why.WEB_PAGE, lambda: _SVG),
    "a program of Windows": (Why.PROGRAM, lambda: PROGRAM),
    "a program of Linux": (Why.PROGRAM, lambda: b"\x7fELF" + bytes(100)),
    "a script": (Why.PROGRAM, lambda: b"#!/bin/sh\necho"),
    "a zip": (Why.ARCHIVE, lambda: good.packed({"a.txt": "a"})),
    "an empty zip": (Why.ARCHIVE, lambda: good.packed({})),
    "a gzip": (Why.ARCHIVE, lambda: b"\x1f\x8b\x08" + bytes(20)),
    "Word of before 2007": (Why.OLD_OFFICE, lambda: OLE),
    "half a JPEG": (Why.DAMAGED, lambda: good.jpeg(Image.effect_noise((400, 400), 90))[:9000]),
    "half a PNG": (Why.DAMAGED, lambda: good.png(Image.effect_noise((400, 400), 90))[:9000]),
    "only the first bytes of a JPEG": (Why.DAMAGED, lambda: b"\xff\xd8\xff\xe0" + EICAR),
    "half a PDF": (Why.DAMAGED, lambda: good.pdf()[:200]),
    "a PDF with a program behind it": (Why.DAMAGED, lambda: good.pdf() + PROGRAM * 4),
    "half a DOCX": (Why.DAMAGED, lambda: good.docx()[:400]),
    "a DOCX behind another file": (Why.ARCHIVE, lambda: b"PK\x05\x06" + good.docx()),
    "a DOCX with a web page behind it": (Why.DAMAGED, lambda: good.docx() + b"<script>alert(1)</script>"),
    "a DOCX with the same part twice": (Why.DAMAGED, _twice),
    "a DOCX that points out of its folder": (Why.DAMAGED, lambda: _docx({"word/../../x.xml": "<x/>"})),
    "a DOCX that grows without end": (Why.DAMAGED, _entities),
    "a DOCX that lies about its size": (Why.DAMAGED, _liar),
    "an ODT whose type isn't in front": (Why.DAMAGED, _not_first),
    "a PDF with a password": (Why.LOCKED, _pdf_locked),
    "a DOCX with a password": (Why.LOCKED, _zip_locked),
    "an ODT with a password": (Why.LOCKED, lambda: _odt({"META-INF/manifest.xml": "<m:m xmlns:m='a'><m:encryption-data/></m:m>"})),
    "a DOCX with a macro": (Why.MACROS, lambda: _docx({"word/vbaProject.bin": OLE})),
    "a DOCM with another name": (Why.MACROS, lambda: _docx({"[Content_Types].xml": _MACRO_TYPE})),
    "an ODT with a macro": (Why.MACROS, lambda: _odt({"Basic/Standard/Module1.xml": "<x/>"})),
    "an ODT that starts something": (Why.MACROS, lambda: _odt_with("<script:event-listener/>")),
    "a PDF with JavaScript": (Why.SCRIPTS, lambda: pdf_with({"/S": "/JavaScript", "/JS": "app.alert(1)"})),
    "a PDF with hidden JavaScript": (Why.SCRIPTS, _pdf_hidden),
    "a PDF that starts a program": (Why.SCRIPTS, lambda: pdf_with({"/S": "/Launch", "/F": "cmd.exe"}, in_a_list=True)),
    "a PDF that sends what you type": (Why.SCRIPTS, lambda: pdf_with({"/S": "/SubmitForm", "/F": "https://elders.example"})),
    "a PDF with a form of XFA": (Why.SCRIPTS, _pdf_with_form),
    "a PDF with a file in it": (Why.FILES_INSIDE, _pdf_with_file),
    "a DOCX with a file in it": (Why.FILES_INSIDE, lambda: _docx({"word/embeddings/oleObject1.bin": "x"})),
    "an ODT with a program in it": (Why.FILES_INSIDE, lambda: _odt({"Pictures/x.png": PROGRAM})),
    "a DOCX with a template elsewhere": (Why.FETCHES, lambda: _docx_with(_TEMPLATE)),
    "a DOCX with a picture elsewhere": (Why.FETCHES, lambda: _docx_with(good.relation("image", "https://elders.example/i.png"))),
    "a DOCX with a link into the machine": (Why.FETCHES, lambda: _docx_with(good.relation("hyperlink", "file:///etc/passwd"))),
    "a DOCX that asks another program": (Why.FETCHES, lambda: _docx_field("DD", "EAUTO c:\\\\cmd.exe")),
    "an ODT with a picture elsewhere": (Why.FETCHES, lambda: _odt_with('<draw:image xlink:href="https://elders.example/i.png"/>')),
    "a PDF that opens another file": (Why.FETCHES, lambda: pdf_with({"/S": "/GoToR", "/F": "\\\\elders\\x.pdf"})),
    "a PNG with too many pixels": (Why.TOO_MANY_PIXELS, lambda: png_of(20_000, 20_000)),
    "a JPEG with too many pixels": (Why.TOO_MANY_PIXELS, lambda: _jpeg_of(60_000, 60_000)),
    "a DOCX that unpacks to 150 MB": (Why.UNPACKS_TOO_LARGE, _bomb),
    "a DOCX of 2,100 parts": (Why.UNPACKS_TOO_LARGE, _many_parts),
}
"""What each is, with the reason of refusal. INFECTED and NO_SCANNER are the scanner's."""
