"""Looks at one file of somebody we don't know, in a process of its own: ``python -m portal.documents.looking``.

The file comes on standard input. The answer is a line, ``ok KIND`` and then the bytes to keep, or ``no REASON``. The process has little
memory and time, no secret in its environment, and can write no file; a file that misuses a library here reaches nothing else.
"""

import resource
import sys

from portal.documents.packed import look_at_packed
from portal.documents.pdfs import look_at_pdf
from portal.documents.pictures import pixels_only
from portal.documents.reasons import LARGEST, Checked, Kind, Refused, Why

MEMORY = 1 << 30
"""Bytes that the process may ask for."""
SECONDS = 20
"""Seconds of processor time that it may take."""
_BEGIN = 2048
_OTHER: dict[Why, tuple[bytes, ...]] = {
    Why.OLD_OFFICE: (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"),
    Why.PROGRAM: (
        b"MZ",
        b"\x7fELF",
        b"#!",
        b"\xca\xfe\xba\xbe",
        b"\xcf\xfa\xed\xfe",
        b"\xce\xfa\xed\xfe",
        b"L\x00\x00\x00\x01\x14\x02\x00",
    ),
    Why.ARCHIVE: (b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"MSCF"),
    Why.OTHER_PICTURE: (b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00", b"\xff\x0a"),
}
_WEB = (b"<!doctype", b"<html", b"<svg", b"<script", b"<?xml", b"<head", b"<body", b"<!--", b"<?php")


def look(data: bytes) -> Checked:
    """The kind of a file by its content, and the bytes to keep. Raises Refused."""
    if not data:
        raise Refused(Why.EMPTY)
    if len(data) > LARGEST:
        raise Refused(Why.TOO_LARGE)
    if data.startswith(b"%PDF-"):
        look_at_pdf(data)
        return Checked(Kind.PDF, data)
    if data.startswith(b"\xff\xd8\xff"):
        return Checked(Kind.JPEG, pixels_only(data, Kind.JPEG))
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Checked(Kind.PNG, pixels_only(data, Kind.PNG))
    if data.startswith(b"PK\x03\x04"):
        return Checked(look_at_packed(data), data)
    raise Refused(_why_another(data[:_BEGIN]))


def _why_another(begin: bytes) -> Why:
    for why, signs in _OTHER.items():
        if begin.startswith(signs):
            return why
    if begin[4:8] == b"ftyp" or (begin.startswith(b"RIFF") and begin[8:12] == b"WEBP"):
        # HEIC and AVIF of telephones; a film begins the same way, but says another brand.
        return Why.OTHER_PICTURE if begin[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"WEBP") else Why.OTHER_KIND
    words = begin.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"").lstrip(b"\xff\xfe \t\r\n").lower()
    return Why.WEB_PAGE if words.startswith(_WEB) else Why.OTHER_KIND


def main() -> None:
    """Answer for the file on standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        checked = look(sys.stdin.buffer.read(LARGEST + 1))
    except Refused as refused:
        answer = [f"no {refused.reason.value}\n".encode()]
    except MemoryError:
        answer = [f"no {Why.TOO_HEAVY.value}\n".encode()]
    else:
        answer = [f"ok {checked.kind.value}\n".encode(), checked.data]
    sys.stdout.buffer.writelines(answer)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
