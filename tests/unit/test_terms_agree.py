"""What the database and the texts say about time is a term of portal/deadlines.py, or a small thing named here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portal import deadlines, settings
from portal.catalogues import extract
from portal.deadlines import TERMS, Unit

ROOT = Path(__file__).resolve().parent.parent.parent

SINGULAR = {"minute": Unit.MINUTES, "hour": Unit.HOURS, "day": Unit.DAYS, "week": Unit.WEEKS, "month": Unit.MONTHS, "year": Unit.YEARS}
# Not "jaar": texts speak of ages.
DUTCH = {
    "minuut": Unit.MINUTES,
    "minuten": Unit.MINUTES,
    "uur": Unit.HOURS,
    "dag": Unit.DAYS,
    "dagen": Unit.DAYS,
    "werkdag": Unit.WORKING_DAYS,
    "werkdagen": Unit.WORKING_DAYS,
    "week": Unit.WEEKS,
    "weken": Unit.WEEKS,
    "maand": Unit.MONTHS,
    "maanden": Unit.MONTHS,
}
DUTCH_NUMBERS = {"één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6}

NOT_TERMS_IN_SQL = {
    (1, Unit.MINUTES): "how often a session notes that it was used",
    (10, Unit.MINUTES): "how long another program may fetch what it opened (docs/case-database.md)",
    (1, Unit.HOURS): "the window in which attempts from one address are counted",
    (1, Unit.DAYS): "how long wrong codes of a household are counted",
}
NOT_TERMS_IN_TEXTS = {
    (1, Unit.MINUTES): "how long making a copy of a dossier takes, at most about",
    (2, Unit.MINUTES): "how long before the end of a session the page warns (WCAG 2.2.1)",
    (3, Unit.MINUTES): "how long filling in a melding takes, about",
    (1, Unit.HOURS): "the window in which meldingen from one place are a flood",
    (10, Unit.HOURS): "a time of the day",
    (2, Unit.MONTHS): "by how much CORRECTION_LONGEST is longer than CORRECTION",
}

LENGTHS = {(term.length, term.unit) for term in TERMS}
_INTERVAL = re.compile(r"interval\s+'(\d+) (\w+?)s?'", re.IGNORECASE)
_SAID = re.compile(rf"(?<![\d.])(\d+|{'|'.join(DUTCH_NUMBERS)}) ({'|'.join(DUTCH)})\b")


def said(text: str) -> list[tuple[int, Unit]]:
    return [(DUTCH_NUMBERS.get(n) or int(n), DUTCH[unit]) for n, unit in _SAID.findall(text)]


def test_rules_in_the_database_use_the_terms() -> None:
    found = {
        (path.name, int(n), SINGULAR[unit])
        for path in (ROOT / "migrations" / "rls").glob("*.sql")
        for n, unit in _INTERVAL.findall(path.read_text(encoding="utf-8"))
    }
    assert found
    assert [it for it in found if it[1:] not in LENGTHS and it[1:] not in NOT_TERMS_IN_SQL] == []


def test_settings_use_the_terms() -> None:
    assert deadlines.SESSION_IDLE.length == settings.IDLE_MINUTES
    assert deadlines.SESSION_LONGEST.length == settings.MAX_HOURS


def test_texts_and_help_pages_say_the_terms() -> None:
    texts = [part for entry in extract(ROOT) for part in (entry.id if isinstance(entry.id, tuple) else [entry.id])]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "templates" / "help").glob("*.nl.md")]
    found = {(length, text) for text in texts for length in said(str(text))}
    assert found
    assert [it for it in found if it[0] not in LENGTHS and it[0] not in NOT_TERMS_IN_TEXTS] == []


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("U was 12 uur ingelogd.", [(12, Unit.HOURS)]),
        ("Dat is na twee weken, of na 8 dagen.", [(2, Unit.WEEKS), (8, Unit.DAYS)]),
        ("Wij zijn open tot 17.00 uur.", []),
        ("Na één werkdag.", [(1, Unit.WORKING_DAYS)]),
    ],
)
def test_a_length_in_a_text_is_recognised(text: str, lengths: list[tuple[int, Unit]]) -> None:
    assert said(text) == lengths
