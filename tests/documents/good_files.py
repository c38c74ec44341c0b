"""Small files of the five kinds, as people's own programs make them."""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from PIL import Image, ImageDraw, PngImagePlugin
from pypdf import PdfWriter

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="'
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>{}</Types>'
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "{}</Relationships>"
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
_TO = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def relation(kind: str, target: str, *, outside: bool = True) -> str:
    """One line of a .rels part."""
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="r1" Type="{_TO}{kind}" Target="{target}"{mode}/>'


def words_of_docx(inside: str) -> bytes:
    """word/document.xml with something in its one paragraph."""
    return f'<w:document xmlns:w="{WORD}"><w:body><w:p>{inside}</w:p></w:body></w:document>'.encode()


def content_of_odt(inside: str) -> bytes:
    """content.xml with something in its text."""
    spaces = " ".join(f'xmlns:{name}="{_OFFICE}{name}:1.0"' for name in ("office", "text", "script", "draw"))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"<office:scripts/><office:body><office:text>{inside}</office:text></office:body></office:document-content>"
    ).encode()


def packed(parts: Mapping[str, bytes | str]) -> bytes:
    """A zip; ``mimetype`` goes in as it is, as ODF asks."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return made.getvalue()


def docx_parts() -> dict[str, bytes | str]:
    """The parts of a letter with a link in it."""
    return {
        "[Content_Types].xml": CONTENT_TYPES.format(""),
        "_rels/.rels": RELATIONS.format(relation("officeDocument", "word/document.xml", outside=False)),
        "word/document.xml": words_of_docx("<w:r><w:t>Beste Danny, zie onze site.</w:t></w:r>"),
        "word/_rels/document.xml.rels": RELATIONS.format(relation("hyperlink", "https://voorbeeld.nl/?a=1&amp;b=2")),
    }


def odt_parts() -> dict[str, bytes | str]:
    """The parts of a letter with a picture and a link in it."""
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/></manifest:manifest>'
    )
    inside = (
        '<text:p>Beste Iris, <text:a xlink:href="https://voorbeeld.nl/">kijk</text:a>'
        ' <text:a xlink:href="#verder">verder</text:a> <draw:image xlink:href="Pictures/1.png"/></text:p>'
    )
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": content_of_odt(inside),
        "META-INF/manifest.xml": manifest,
        "Pictures/1.png": png(),
    }


def docx() -> bytes:
    """A DOCX."""
    return packed(docx_parts())


def odt() -> bytes:
    """An ODT."""
    return packed(odt_parts())


def pdf(writer: PdfWriter | None = None) -> bytes:
    """A PDF of one page, or what a writer holds with a page more."""
    writer = writer or PdfWriter()
    writer.add_blank_page(200, 200)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def drawing(mode: str = "RGB") -> Image.Image:
    """A picture of which every corner is different, so that one can see how it was turned."""
    image = Image.new("RGB", (60, 40), "white")
    draw = ImageDraw.Draw(image)
    for at, colour in {(0, 0): "red", (30, 0): "green", (0, 20): "blue"}.items():
        draw.rectangle((*at, at[0] + 29, at[1] + 19), fill=colour)
    return image.convert(mode)


def exif(orientation: int = 1, remark: str = "", north: float = 51.8) -> Image.Exif:
    """What a telephone writes beside a picture: which side is up, and where it was taken."""
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010E] = remark
    place = made.get_ifd(0x8825)
    place[1], place[2] = "N", (north, 30.0, 1.5)
    place[3], place[4] = "E", (5.0, 51.0, 9.0)
    return made


def jpeg(image: Image.Image | None = None, **more: Any) -> bytes:
    """A JPEG; ``more`` goes to Pillow (exif, comment, xmp, icc_profile)."""
    made = io.BytesIO()
    (image or drawing()).save(made, "JPEG", quality=95, subsampling=0, **more)
    return made.getvalue()


def png(image: Image.Image | None = None, texts: Mapping[str, str] | None = None, **more: Any) -> bytes:
    """A PNG, with texts beside the picture."""
    made, info = io.BytesIO(), PngImagePlugin.PngInfo()
    for name, text in (texts or {}).items():
        info.add_text(name, text)
        info.add_itxt(name, text, zip=True)
    (image or drawing()).save(made, "PNG", pnginfo=info, **more)
    return made.getvalue()


GOOD: dict[str, Callable[[], bytes]] = {"pdf": pdf, "jpg": jpeg, "png": png, "docx": docx, "odt": odt}
