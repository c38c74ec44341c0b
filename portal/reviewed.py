"""Which translations a person has checked.

A reader's row in translations/REVIEWERS.md holds the hash of the catalogue as it was read; beside that catalogue
stands ``reviewed.txt`` with one fingerprint per text. A text counts as checked while its Dutch and its translation
are what was read, so a change makes it unchecked by itself. A list of fingerprints that no row vouches for is no list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from babel.messages.catalog import Catalog

FOLDER = Path(__file__).resolve().parent.parent / "translations"
_DIGITS = 16
_ROW = re.compile(rf"^\| (\w+) \| ([^|\n]+) \| (\d{{4}}-\d\d-\d\d) \| ([0-9a-f]{{{_DIGITS}}}) \|$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Review:
    """One row of REVIEWERS.md: who read the whole of which language, and the hash of what was read."""

    language: str
    alias: str
    day: date
    catalogue: str

    def __str__(self) -> str:
        return f"| {self.language} | {self.alias} | {self.day.isoformat()} | {self.catalogue} |"


def fingerprint(*parts: str) -> str:
    """Give 16 hexadecimal digits that stand for a text: its Dutch (one, or one and many), then its translation."""
    return sha256("\0".join(parts).encode()).hexdigest()[:_DIGITS]


def catalogue_hash(fingerprints: Iterable[str]) -> str:
    """Give 16 hexadecimal digits that stand for all texts of a language together, in whatever order."""
    return sha256("\n".join(sorted(set(fingerprints))).encode()).hexdigest()[:_DIGITS]


def fingerprints(catalog: Catalog) -> Iterator[str]:
    """Give the fingerprint of each translation in a catalogue; of a counted text one for each plural form."""
    for message in catalog:
        sources = tuple(message.id) if isinstance(message.id, list | tuple) else (message.id,)
        given = tuple(message.string) if isinstance(message.string, list | tuple) else (message.string,)
        if sources[0]:
            yield from (fingerprint(*sources, text) for text in given if text)


def reviews(folder: Path = FOLDER) -> list[Review]:
    """Give the rows of REVIEWERS.md, oldest first; none when there is no such file."""
    path = folder / "REVIEWERS.md"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return [Review(code, alias, date.fromisoformat(day), given) for code, alias, day, given in _ROW.findall(text)]


def reviewed(code: str, folder: Path = FOLDER) -> frozenset[str]:
    """Give the fingerprints of what a person checked in this language; empty when nobody vouches for the list."""
    path = folder / code / "reviewed.txt"
    if not path.exists():
        return frozenset()
    found = frozenset(path.read_text(encoding="utf-8").split())
    vouched = {review.catalogue for review in reviews(folder) if review.language == code}
    return found if catalogue_hash(found) in vouched else frozenset()


def write_review(code: str, alias: str, today: date, checked: Iterable[str], folder: Path = FOLDER) -> Review:
    """Write down that somebody read the whole of a language: the list of fingerprints, and the row. Raises ValueError for a bad alias."""
    if not re.fullmatch(r"[\w.-]{2,40}", alias):
        raise ValueError("an alias has 2 to 40 letters, digits, dots or dashes")
    lines = sorted(set(checked))
    review = Review(code, alias, today, catalogue_hash(lines))
    (folder / code / "reviewed.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    table = folder / "REVIEWERS.md"
    table.write_text(f"{table.read_text(encoding='utf-8').rstrip()}\n{review}\n", encoding="utf-8")
    return review
