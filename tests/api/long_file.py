"""Writes a case file of any length, in canonical form: ``python -m tests.api.long_file FILE ENTRIES``."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

from portal.case_stream import canonical

Json = dict[str, Any]
BEGIN = datetime(2001, 1, 1, tzinfo=UTC)
WORDS = "Vandaag is gebeld over de huur. De brief van de woningstichting is besproken, en wat er nu moet gebeuren. "


def write_long_file(path: Path, entries: int) -> UUID:
    """Writes a dossier with so many entries, a reaction beside every tenth, and a read line for every entry. Gives its public id."""
    dossier, inwoner = uuid4(), str(uuid4())

    def number(place: int) -> str:
        return str(uuid5(dossier, str(place)))

    person: Json = {"id": inwoner, "first_name": "Lang", "infix": None, "last_name": "Dossier", "birth_date": "1960-01-01", "bsn": None}
    person |= {"phone": None, "email": None, "stadsdeel": None, "language": "nl", "interpreter_needed": False}
    person |= {"reachable": None, "safe_contact": None, "address": None}
    empty: dict[str, Any] = {name: [] for name in ("household", "professionals", "network", "assignments", "mandates")}
    with path.open("w", encoding="utf-8") as out:
        canonical(
            [
                ("format", "casus-dossier"),
                ("version", 4),
                ("dossier", {"id": str(dossier), "team": None, "opened_on": "2001-01-01", "closed_on": None}),
                ("inwoner", person),
                *empty.items(),
                ("entries", (_entry(place, number(place), inwoner) for place in range(entries))),
                ("grants", []),
                ("plan", {name: [] for name in ("parts", "proposals", "pressures", "evaluations", "endings")}),
                ("read_lines", (_read_line(place, number(place)) for place in range(entries))),
                ("changes", []),
            ],
            out,
        )
    return dossier


def _moment(place: int) -> str:
    return (BEGIN + timedelta(hours=place)).isoformat().replace("+00:00", "Z")


def _entry(place: int, number: str, inwoner: str) -> Json:
    author, at = {"person": inwoner, "name": "Lang Dossier"}, _moment(place)
    version = {"number": 1, "title": f"Bericht {place}", "body": WORDS * 8, "reason": None, "author": author, "created_at": at}
    about = {"number": 1, "body": WORDS, "quote": None, "about_version": None, "sentences": [], "written_for": "iedereen", "created_at": at}
    note = {"id": str(uuid4()), "kind": "reactie", "audience": "iedereen", "author": author, "created_at": at, "withdrawn_at": None}
    return {
        "id": number,
        "kind": "bericht",
        "section": "voortgang",
        "leefdomein": None,
        "occurred_at": at,
        "placed_at": at,
        "discuss_until": None,
        "audience": "iedereen",
        "author": author,
        "versions": [version],
        "opened": None,
        "closures": [],
        "annotations": [{**note, "outcome": None, "versions": [about]}] if place % 10 == 0 else [],
    }


def _read_line(place: int, number: str) -> Json:
    line = {"at": _moment(place), "entry": number, "what": "notitie", "shown": 1, "shown_entries": [number], "reader_name": "Lang Dossier"}
    return {**line, "reader_role": "inwoner", "ground": "inwoner", "ground_detail": "", "program": "web_inwoner", "source": "Oud"}


if __name__ == "__main__":
    print(write_long_file(Path(sys.argv[1]), int(sys.argv[2])))
