"""DOCX and ODT: a zip with texts in XML. Refused when it unpacks too large, does something by itself, or fetches something.

The parts are read for what they say they contain, so a name or a media type that lies doesn't help.
"""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import IO
from xml.parsers import expat

from portal.documents.reasons import Kind, Refused, Why

MOST_PARTS = 2_000
MOST_BYTES = 200 * 1024 * 1024
"""Of all parts together, unpacked."""
MOST_TIMES = 200
"""How many times larger than packed a part may become, when it is larger than _SMALL."""
_SMALL = 1024 * 1024
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENDING = 22
_MAIN_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MIME_ODT = b"application/vnd.oasis.opendocument.text"
_FETCHING_FIELDS = {"DDE", "DDEAUTO", "INCLUDEPICTURE", "INCLUDETEXT", "IMPORT", "LINK", "MACROBUTTON", "DATABASE", "QUOTE"}
"""QUOTE only writes letters by their numbers, which is how the others are hidden."""
_GOES_ANYWHERE = ("http://", "https://", "mailto:", "tel:")

See = Callable[[str, Mapping[str, str]], None]


def look_at_packed(data: bytes) -> Kind:
    """What kind of document it is. Raises Refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _look_at_zip(archive, data)
            names = set(archive.namelist())
            if "[Content_Types].xml" in names:
                return _look_at_docx(archive, names)
            if "mimetype" in names:
                return _look_at_odt(archive, names)
    except (Refused, MemoryError):
        raise
    except Exception:
        # zipfile and expat say many different things of a broken file.
        raise Refused(Why.DAMAGED) from None
    raise Refused(Why.ARCHIVE)


def _look_at_zip(archive: zipfile.ZipFile, data: bytes) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise Refused(Why.UNPACKS_TOO_LARGE)
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(Why.LOCKED)
    # Bytes before, after or a remark behind the zip can be another file, which another program would open.
    if archive.comment or data[-_ENDING : -_ENDING + 4] != b"PK\x05\x06" or min((part.header_offset for part in parts), default=1) != 0:
        raise Refused(Why.DAMAGED)
    if len({part.filename.casefold() for part in parts}) != len(parts):
        raise Refused(Why.DAMAGED)
    for part in parts:
        _look_at_part(archive, part)


def _look_at_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    name = part.filename
    if (
        name.startswith("/")
        or "\\" in name
        or ".." in name.split("/")
        or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    ):
        raise Refused(Why.DAMAGED)
    if part.file_size > _SMALL and part.file_size > MOST_TIMES * max(part.compress_size, 1):
        raise Refused(Why.UNPACKS_TOO_LARGE)
    with archive.open(part) as stream:
        begin = stream.read(len(_OLD_OFFICE))
        # Reading to the end compares length and checksum with what the zip says.
        while stream.read(1 << 16):
            pass
    if name.lower().endswith("vbaproject.bin"):
        raise Refused(Why.MACROS)
    if begin.startswith((_OLD_OFFICE, b"MZ", b"\x7fELF")):
        raise Refused(Why.FILES_INSIDE)


# --- DOCX


def _look_at_docx(archive: zipfile.ZipFile, names: set[str]) -> Kind:
    types: list[str] = []
    _parse(archive, "[Content_Types].xml", lambda _name, values: types.append(values.get("ContentType", "")))
    if any("macroenabled" in one.lower() or "vbaproject" in one.lower() or "activex" in one.lower() for one in types):
        raise Refused(Why.MACROS)
    if _MAIN_DOCX not in types:
        raise Refused(Why.OTHER_KIND)
    if "word/document.xml" not in names:
        raise Refused(Why.DAMAGED)
    for name in sorted(names):
        if name.lower().startswith(("word/embeddings/", "word/activex/")) and not name.endswith("/"):
            raise Refused(Why.FILES_INSIDE)
        if name.endswith(".rels"):
            _parse(archive, name, _see_relation)
        elif name.endswith(".xml") and name.startswith("word/"):
            _look_at_words(archive, name)
    return Kind.DOCX


def _see_relation(name: str, values: Mapping[str, str]) -> None:
    if not name.endswith("Relationship"):
        return
    about = values.get("Type", "").rpartition("/")[2]
    if about in ("vbaProject", "wordVbaData", "keyMapCustomizations"):
        raise Refused(Why.MACROS)
    if about in ("oleObject", "package", "control", "aFChunk"):
        raise Refused(Why.FILES_INSIDE if values.get("TargetMode") != "External" else Why.FETCHES)
    if values.get("TargetMode") == "External":
        _require_link(values.get("Target", ""), about == "hyperlink")


def _require_link(target: str, link: bool) -> None:
    """Only a link that somebody clicks may go outside."""
    if not link or not target.strip().lower().startswith(_GOES_ANYWHERE):
        raise Refused(Why.FETCHES)


def _look_at_words(archive: zipfile.ZipFile, name: str) -> None:
    """Fields that fetch or start something by themselves. A field's words may be cut into pieces, so those are put together first."""
    in_field = False
    pieces: list[str] = []

    def see(tag: str, values: Mapping[str, str]) -> None:
        nonlocal in_field
        in_field = tag.endswith(" instrText")
        if tag.endswith(" fldChar"):
            pieces.append("\n")
        if tag.endswith(" fldSimple"):
            pieces.extend(["\n", *(value for key, value in values.items() if key.endswith("instr")), "\n"])

    def hear(words: str) -> None:
        if in_field:
            pieces.append(words.replace("\n", " "))

    _parse(archive, name, see, hear)
    begins = {words[0] for field in "".join(pieces).upper().split("\n") if (words := field.split())}
    if begins & _FETCHING_FIELDS:
        raise Refused(Why.FETCHES)


# --- ODT


def _look_at_odt(archive: zipfile.ZipFile, names: set[str]) -> Kind:
    first = archive.infolist()[0]
    if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED:
        raise Refused(Why.DAMAGED)
    if archive.read("mimetype") != _MIME_ODT:
        raise Refused(Why.OTHER_KIND)
    if not {"content.xml", "META-INF/manifest.xml"} <= names:
        raise Refused(Why.DAMAGED)
    if any(name.startswith(("Basic/", "Scripts/", "Dialogs/")) and not name.endswith("/") for name in names):
        raise Refused(Why.MACROS)
    _parse(archive, "META-INF/manifest.xml", _see_manifest)
    for name in sorted(names):
        if name.rpartition("/")[2] in ("content.xml", "styles.xml", "settings.xml", "meta.xml"):
            _parse(archive, name, _see_element)
    return Kind.ODT


def _see_manifest(name: str, _values: Mapping[str, str]) -> None:
    if name.endswith("encryption-data"):
        raise Refused(Why.LOCKED)


def _see_element(name: str, values: Mapping[str, str]) -> None:
    space, _, tag = name.rpartition(" ")
    if space.endswith(":script:1.0") or tag in ("event-listener", "script"):
        raise Refused(Why.MACROS)
    if tag in ("object-ole", "plugin", "applet"):
        raise Refused(Why.FILES_INSIDE)
    if tag.startswith("dde-"):
        raise Refused(Why.FETCHES)
    for key, value in values.items():
        # "#place", "Pictures/name" and "./Object 1" point into the file itself.
        outside = ":" in value.partition("/")[0] or value.startswith(("//", "../", "/", "\\\\"))
        if key.endswith("xlink href") and outside:
            _require_link(value, tag == "a")


# --- XML


def _parse(archive: zipfile.ZipFile, name: str, see: See, hear: Callable[[str], None] | None = None) -> None:
    """Calls ``see`` with name ("namespace name") and values of each element, ``hear`` with the text. Raises Refused, ExpatError."""
    parser = expat.ParserCreate(namespace_separator=" ")

    def no_doctype(*_: object) -> None:
        # These formats have none; with one an XML file can grow without end, or fetch something.
        raise Refused(Why.DAMAGED)

    parser.StartDoctypeDeclHandler = no_doctype
    parser.StartElementHandler = see
    if hear:
        parser.CharacterDataHandler = hear
    stream: IO[bytes]
    with archive.open(name) as stream:
        parser.ParseFile(stream)
