"""One word for one thing, in each language: where a Dutch text uses a term of the field, a translation uses the agreed word.

The words stand in translations/terms.csv: per language the term itself, then after each ``|`` another form that it takes.
Used by ``python -m portal.catalogues check``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog

_OWNER = "about the one whose file it is; 'one of the residents' would be about somebody else"
_PARTS = "'in delen' is 'in parts' here, not sharing"
_TOO_LONG = "Zoveel tekst kunnen wij niet in één keer bewaren. Maak de tekst korter of verstuur hem in delen."
_PARTS_CLOSED = "'delen' are parts here, not sharing"
_CLOSED = "De inwoner kan delen afgesloten hebben."
EXCEPTIONS: dict[tuple[str, str, str], str] = {
    ("en", "delen", _TOO_LONG): _PARTS,
    ("en", "delen", _CLOSED): _PARTS_CLOSED,
    ("ar", "delen", _CLOSED): _PARTS_CLOSED,
    ("ar", "delen", _TOO_LONG): _PARTS,
    ("ar", "inwoner", "De inwoner leest dit ook. Schrijf het zoals u het zou zeggen."): _OWNER,
    ("ar", "inwoner", "De inwoner ziet dat er iets is. Lezen kan na 7 dagen, of eerder als de inwoner dat wil."): _OWNER,
    ("ar", "inwoner", "Inwoner"): _OWNER,
    ("ar", "inwoner", "inwoner"): _OWNER,
}
"""(language, term, Dutch text): why the agreed word isn't in that translation."""

_ARABIC_MARKS = re.compile("[\u064b-\u0652\u0640]")
# What Arabic writes onto a word: and, so, in, for, like, the; and my, your, his, her, our, their, two, some.
_BEFORE, _AFTER = r"(?:[وف])?(?:[بلك])?(?:ال|لل)?", r"(?:ي|ك|ه|ها|نا|هم|ا|ان|ين|ات)?"


@dataclass(frozen=True, slots=True)
class Term:
    """A term: its key, and per language the pattern that finds it in a text, and the word as people are told it."""

    key: str
    found: dict[str, re.Pattern[str]]
    word: dict[str, str]


def read_terms(path: Path) -> list[Term]:
    """Read the list of terms; an empty list when there is no such file. Raises KeyError for a list without keys."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    terms = []
    for row in rows:
        forms = {code: cell.split("|") for code, cell in row.items() if code != "key"}
        found = {code: _pattern(code, words) for code, words in forms.items()}
        terms.append(Term(row["key"], found, {code: words[0] for code, words in forms.items()}))
    return terms


def _pattern(code: str, forms: list[str]) -> re.Pattern[str]:
    either = "|".join(re.escape(plain(form)) for form in forms)
    if code == "ar":
        either = f"{_BEFORE}(?:{either}){_AFTER}"
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def plain(text: str) -> str:
    """Give a text as it is compared: without the small vowel marks that Arabic may leave out."""
    return _ARABIC_MARKS.sub("", text)


def check_terms(catalog: Catalog, code: str, path: Path) -> Iterator[str]:
    """Say which translation uses another word than the agreed one, and which exception is of no use any more."""
    used: set[tuple[str, str, str]] = set()
    terms = [term for term in read_terms(path) if code in term.found]
    for message in catalog:
        sources = message.id if isinstance(message.id, list | tuple) else (message.id,)
        given = message.string if isinstance(message.string, list | tuple) else (message.string,)
        text = plain(" ".join(each or "" for each in given))
        for term in terms:
            if not text.strip() or not any(term.found["nl"].search(source) for source in sources) or term.found[code].search(text):
                continue
            exception = (code, term.key, sources[0])
            used.add(exception)
            if exception not in EXCEPTIONS:
                yield f"{code}: {sources[0]!r} has {term.word['nl']!r}, so its translation has {term.word[code]!r}: {text!r} has not"
    if terms:
        for exception in EXCEPTIONS:
            if exception[0] == code and exception not in used:
                yield f"{code}: the exception for {exception[1]!r} in {exception[2]!r} is of no use (portal/terms.py)"
