"""The box of the demo, ``var/post``: mail that its mail server took, and letters that somebody put on the post. Files appear whole."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

from portal.demo.processes import private_umask

MOST_SHOWN = 100
_PRINTED = "gedrukt"
"""Folder of letters that were printed and not posted yet."""


@dataclass(frozen=True)
class Item:
    """Something in the box: a mail with its words, or a letter, of which ``letter`` is the id."""

    at: datetime
    to: str
    subject: str
    words: str
    language: str
    letter: UUID | None = None


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that nobody sees half, and nobody else can read."""
    with private_umask():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}")
        unfinished.write_bytes(content)
    unfinished.replace(path)


def lay_letters(folder: Path, letters: Mapping[UUID, tuple[str, bytes]]) -> None:
    """Letters that were printed: to whom, and the PDF. They are in the box once they are posted."""
    for public_id, (name, made) in letters.items():
        write_whole(folder / _PRINTED / f"{public_id}.json", json.dumps({"to": name}).encode())
        write_whole(folder / _PRINTED / f"{public_id}.pdf", made)


def letters_are_posted(folder: Path, letters: Iterable[UUID]) -> None:
    """These letters are on the post: now they are in the box."""
    for public_id in letters:
        printed = folder / _PRINTED / f"{public_id}.pdf"
        if printed.exists():
            printed.with_suffix(".json").replace(folder / f"{public_id}.json")
            printed.replace(folder / f"{public_id}.pdf")
            os.utime(folder / f"{public_id}.pdf")


def letter_file(folder: Path | None, public_id: UUID) -> Path | None:
    """The PDF of a letter that is in the box; None when it isn't."""
    file = folder / f"{public_id}.pdf" if folder else None
    return file if file is not None and file.exists() else None


def read_box(folder: Path | None) -> list[Item]:
    """What is in the box, the newest first, at most MOST_SHOWN."""
    if folder is None or not folder.exists():
        return []
    files = [path for path in folder.iterdir() if path.suffix in (".eml", ".pdf") and not path.name.startswith(".")]
    newest = sorted(files, key=lambda path: path.stat().st_mtime_ns, reverse=True)[:MOST_SHOWN]
    return [_mail(path) if path.suffix == ".eml" else _letter(path) for path in newest]


def _mail(path: Path) -> Item:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return Item(_at(path), str(mail["To"]), str(mail["Subject"]), str(mail.get_content()), str(mail["Content-Language"] or "nl"))


def _letter(path: Path) -> Item:
    to = str(json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["to"])
    return Item(_at(path), to, "", "", "nl", UUID(path.stem))


def _at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
