"""The kinds of file that a dossier takes, and why another file is refused. Imports nothing of the portal: looking starts fast."""

from dataclasses import dataclass, field
from enum import StrEnum

LARGEST = 20 * 1024 * 1024
"""Bytes that a file may have."""
MOST_FILES = 300
"""How many files somebody may have in one dossier; ``casus.add_document`` decides."""
MOST_BYTES = 1_000_000_000
"""Bytes that these may have together; the same function decides."""

_MIME = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}


class Kind(StrEnum):
    """What a file is, by its content; the value is the ending of its name."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    DOCX = "docx"
    ODT = "odt"

    @property
    def extension(self) -> str:
        """The ending of a file name, without the dot."""
        return self.value

    @property
    def mime(self) -> str:
        """The media type to send it with."""
        return _MIME[self.value]

    @property
    def picture(self) -> bool:
        """Whether a page may show it as a picture."""
        return self in (Kind.JPEG, Kind.PNG)


class Why(StrEnum):
    """Why a file is refused; kinds.SENTENCES says it to people."""

    EMPTY = "leeg"
    TOO_LARGE = "te_groot"
    OTHER_KIND = "andere_soort"
    OTHER_PICTURE = "andere_foto"
    WEB_PAGE = "webpagina"
    PROGRAM = "programma"
    ARCHIVE = "ingepakt"
    OLD_OFFICE = "oude_soort"
    DAMAGED = "kapot"
    LOCKED = "op_slot"
    MACROS = "macro"
    SCRIPTS = "script"
    FILES_INSIDE = "bestanden_erin"
    FETCHES = "haalt_op"
    TOO_MANY_PIXELS = "te_veel_beeldpunten"
    UNPACKS_TOO_LARGE = "te_groot_uitgepakt"
    TOO_HEAVY = "te_zwaar"
    INFECTED = "gevaarlijk"
    NO_SCANNER = "geen_controle"


class Refused(ValueError):
    """A file isn't accepted. Its text is the reason's name, never anything of the file."""

    def __init__(self, reason: Why) -> None:
        super().__init__(reason.name)
        self.reason = reason


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its kind, and its bytes, which for a picture hold nothing but the picture."""

    kind: Kind
    data: bytes = field(repr=False)
