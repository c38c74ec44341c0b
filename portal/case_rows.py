"""The rows that the parts of a case file become, table by table."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, column, insert, table, text

from portal.case_plan_rows import write_plan
from portal.case_rules import Ids
from portal.case_stream import Piece
from portal.codes import (
    ANNOTATION_KINDS,
    AUDIENCES,
    DOCUMENT_KINDS,
    ENTRY_KINDS,
    LEEFDOMEINEN,
    OUTCOMES,
    SCOPES,
    SECTIONS,
    WISHES,
    WITHHOLDING_GROUNDS,
)

Json = dict[str, Any]


class Places:
    """The teams and districts of the receiving database, by name."""

    def __init__(self, connection: Connection) -> None:
        self.teams: dict[str | None, int | None] = {
            None: None,
            **{row.name: row.id for row in connection.execute(text("SELECT id, name FROM casus.team"))},
        }
        self.stadsdelen: dict[str | None, int | None] = {
            None: None,
            **{row.name: row.id for row in connection.execute(text("SELECT id, name FROM casus.stadsdeel"))},
        }

    def missing(self, piece: Piece) -> Iterator[str]:
        """A sentence when a part of the file names a team or district that is not in the database."""
        if piece.key in ("dossier", "professionals") and piece.value["team"] not in self.teams:
            yield f"{piece.path}.team: there is no such team in the database"
        if piece.key == "inwoner" and piece.value["stadsdeel"] not in self.stadsdelen:
            yield f"{piece.path}.stadsdeel: there is no such stadsdeel in the database"


class Writer:
    """Adds rows table by table and counts them; knows the numbers of what was added before."""

    def __init__(self, connection: Connection, places: Places, ids: Ids) -> None:
        self.connection = connection
        self.places = places
        self.ids = ids
        self.persons: dict[str, int] = {}
        self.counts: Counter[str] = Counter()
        self.dossier = 0
        self.waiting: Json = {}

    def numbers(self, of_table: str, count: int) -> list[int]:
        """So many new numbers for rows of a table with an ``id``."""
        query = text("SELECT nextval(CAST(:name AS regclass)) FROM generate_series(1, :count)")
        return list(self.connection.execute(query, {"name": f"casus.{of_table}_id_seq", "count": count}).scalars())

    def add(self, to_table: str, rows: list[Json]) -> None:
        """Adds the rows, all with the same columns."""
        if rows:
            target = table(to_table, *(column(name) for name in rows[0]), schema="casus")
            self.connection.execute(insert(target).inline(), rows)
        self.counts[to_table] += len(rows)

    def people(self, people: list[Json], *, is_staff: bool) -> None:
        """Adds people (id and parts of the name)."""
        numbers = self.numbers("person", len(people))
        self.persons.update({person["id"]: number for person, number in zip(people, numbers, strict=True)})
        self.add(
            "person",
            [
                {
                    "id": number,
                    "public_id": person["id"],
                    **{name: person[name] for name in ("first_name", "infix", "last_name")},
                    "is_staff": is_staff,
                }
                for person, number in zip(people, numbers, strict=True)
            ],
        )

    def staff(self, people: list[Json]) -> None:
        """Adds those who aren't there yet."""
        query = text("SELECT CAST(public_id AS text) AS public_id, id FROM casus.person WHERE public_id = ANY (CAST(:ids AS uuid[]))")
        found = self.connection.execute(query, {"ids": [person["id"] for person in people]})
        self.persons.update((row.public_id, row.id) for row in found)
        new = [person for person in people if person["id"] not in self.persons]
        self.people(new, is_staff=True)
        self.add(
            "staff",
            [
                {
                    "person_id": self.persons[person["id"]],
                    "team_id": self.places.teams[person["team"]],
                    **{name: person[name] for name in ("job_title", "role", "joined_on", "left_on")},
                }
                for person in new
            ],
        )

    def person(self, one: str | None) -> int | None:
        """The number of a person of this file."""
        return None if one is None else self.persons[one]

    def author(self, author: Json) -> Json:
        """The columns that say who wrote something."""
        return {"author_id": self.person(author["person"]), "author_name": author["name"]}

    def entry(self, one: str | None) -> int | None:
        """The number of an entry of this file."""
        return None if one is None else self.ids.number(one)


def write(writer: Writer, key: str, values: list[Any]) -> None:
    """Writes values that stand under one key of a case file. They were judged before, and come in the order of the file."""
    rows = _WRITERS.get(key)
    if rows is not None:
        rows(writer, values)


def _dossier(writer: Writer, values: list[Json]) -> None:
    # It can be written only when the inwoner is there.
    [writer.dossier] = writer.numbers("dossier", 1)
    writer.waiting = values[0]


def _inwoner(writer: Writer, values: list[Json]) -> None:
    [inwoner] = values
    writer.people([inwoner], is_staff=False)
    person = {"person_id": writer.persons[inwoner["id"]]}
    same = ("birth_date", "bsn", "phone", "email", "language", "interpreter_needed", "reachable", "safe_contact")
    writer.add("inwoner", [{**person, "stadsdeel_id": writer.places.stadsdelen[inwoner["stadsdeel"]], **_same(inwoner, *same)}])
    if inwoner["address"] is not None:
        writer.add("address", [{**person, **inwoner["address"]}])
    dossier = writer.waiting
    writer.add(
        "dossier",
        [
            {
                "id": writer.dossier,
                "public_id": dossier["id"],
                "inwoner_id": person["person_id"],
                "team_id": writer.places.teams[dossier["team"]],
                **_same(dossier, "opened_on", "closed_on"),
            }
        ],
    )


def _household(writer: Writer, values: list[Json]) -> None:
    writer.add("household_member", [{"dossier_id": writer.dossier, **member} for member in values])


def _professionals(writer: Writer, values: list[Json]) -> None:
    writer.staff(values)


def _network(writer: Writer, values: list[Json]) -> None:
    writer.people(values, is_staff=False)


def _assignments(writer: Writer, values: list[Json]) -> None:
    writer.add(
        "assignment",
        [
            {
                "dossier_id": writer.dossier,
                "staff_id": writer.person(one["professional"]),
                "role_text": one["role"],
                **_same(one, "responsible", "valid_from", "valid_until"),
            }
            for one in values
        ],
    )


def _mandates(writer: Writer, values: list[Json]) -> None:
    writer.add(
        "mandate",
        [
            {
                "dossier_id": writer.dossier,
                "person_id": writer.person(one["person"]),
                **_same(one, "ground", "valid_from", "valid_until", "withdrawn_at"),
                # Left out where nobody wrote it down.
                "proof": one.get("proof", ""),
                "proof_seen_on": one.get("proof_seen_on"),
                "scope": one.get("scope", ""),
                "opens_log": one.get("opens_log", False),
                "opens_sharing": one.get("opens_sharing", False),
            }
            for one in values
        ],
    )


def _entries(writer: Writer, values: list[Json]) -> None:
    numbers = writer.numbers("entry", len(values))
    writer.ids.give_numbers([(entry["id"], number) for entry, number in zip(values, numbers, strict=True)])
    entries, versions, documents, openings, closures, annotations = [], [], [], [], [], []
    for entry, number in zip(values, numbers, strict=True):
        place = {"section": SECTIONS[entry["section"]], "leefdomein": LEEFDOMEINEN[entry["leefdomein"]]}
        key = {"entry_id": number, "dossier_id": writer.dossier}
        entries.append(
            {
                "id": number,
                "public_id": entry["id"],
                "dossier_id": writer.dossier,
                **place,
                "kind": ENTRY_KINDS[entry["kind"]],
                "audience": AUDIENCES[entry["audience"]],
                **_same(entry, "occurred_at", "placed_at", "discuss_until"),
                **writer.author(entry["author"]),
            }
        )
        versions += [
            {
                **key,
                **place,
                **_same(one, "number", "title", "body", "reason", "created_at"),
                **writer.author(one["author"]),
                "written_for": AUDIENCES[one.get("written_for", entry["audience"])],
            }
            for one in entry["versions"]
        ]
        if "document" in entry:
            one = entry["document"]
            documents.append({**key, "kind": DOCUMENT_KINDS[one["kind"]], "size": one["bytes"], "sha256": bytes.fromhex(one["sha256"])})
        if entry["opened"]:
            openings.append({**key, "person_id": writer.person(entry["opened"]["person"]), "opened_at": entry["opened"]["at"]})
        closures += [
            {
                **key,
                "person_id": writer.person(one["person"]),
                **_same(one, "except_responsible", "reason", "from_at", "ended_at"),
                "ground": WITHHOLDING_GROUNDS[one["ground"]] if "ground" in one else None,
                **{name: one.get(name) for name in ("review_on", "told_from")},
            }
            for one in entry["closures"]
        ]
        annotations += [({**key, **place}, one) for one in entry["annotations"]]
    writer.add("entry", entries)
    writer.add("entry_version", versions)
    writer.add("document", documents)
    writer.add("entry_opening", openings)
    writer.add("closure", closures)
    _annotations(writer, annotations)


def _annotations(writer: Writer, found: list[tuple[Json, Json]]) -> None:
    rows, versions = [], []
    numbers = list(writer.numbers("annotation", len(found)))
    known = {one["id"]: number for number, (_entry, one) in zip(numbers, found, strict=True)}
    for number, (entry, one) in zip(numbers, found, strict=True):
        author = writer.author(one["author"])
        shared = {"audience": AUDIENCES[one["audience"]], "withdrawn": one["withdrawn_at"] is not None}
        rows.append(
            {
                "id": number,
                "public_id": one["id"],
                **entry,
                **shared,
                "kind": ANNOTATION_KINDS[one["kind"]],
                "outcome": OUTCOMES[one["outcome"]],
                "wish": WISHES[one["wish"]] if "wish" in one else None,
                "answers_id": known[one["answers"]] if "answers" in one else None,
                **{name: one.get(name) for name in ("extended_at", "extension", "settled_at")},
                **_same(one, "created_at", "withdrawn_at"),
                **author,
            }
        )
        versions += [
            {
                "annotation_id": number,
                **entry,
                **shared,
                "author_id": author["author_id"],
                "written_for": AUDIENCES[version["written_for"]],
                **_same(version, "number", "body", "quote", "about_version", "sentences", "created_at"),
            }
            for version in one["versions"]
        ]
    # What is answered is there before its answer. The rules saw that this ends (portal/case_rules.py).
    answered = {row["id"]: row["answers_id"] for row in rows}
    writer.add("annotation", sorted(rows, key=lambda row: _depth(row["id"], answered)))
    writer.add("annotation_version", versions)


def _depth(number: int, answered: dict[int, int | None]) -> int:
    above = answered[number]
    return 0 if above is None else 1 + _depth(above, answered)


def _grants(writer: Writer, values: list[Json]) -> None:
    writer.add(
        "access_grant",
        [
            {
                "public_id": grant["id"],
                "dossier_id": writer.dossier,
                "grantee_id": writer.person(grant["grantee"]),
                "scope": SCOPES[grant["scope"]],
                "section": SECTIONS.get(grant["section"]),
                "leefdomein": LEEFDOMEINEN[grant["leefdomein"]] or None,
                "entry_id": writer.entry(grant["entry"]),
                **_same(grant, "valid_from", "valid_until", "withdrawn_at", "ground"),
                # Files of before these two were there don't have them.
                **{name: grant.get(name) for name in ("relation", "confirmed_at")},
                "imported_from": grant["source"],
            }
            for grant in values
        ],
    )


def _plan(writer: Writer, values: list[Json]) -> None:
    write_plan(writer, values[0])


def _read_lines(writer: Writer, values: list[Json]) -> None:
    writer.add(
        "imported_read_line",
        [
            {
                "dossier_id": writer.dossier,
                "entry_id": writer.entry(line["entry"]),
                "shown_entries": [writer.entry(one) for one in line["shown_entries"]],
                **_same(line, "at", "what", "shown", "reader_name", "reader_role", "ground", "ground_detail", "program", "source"),
            }
            for line in values
        ],
    )


def _changes(writer: Writer, values: list[Json]) -> None:
    writer.add(
        "imported_change_line",
        [
            {
                "dossier_id": writer.dossier,
                "entry_id": writer.entry(line["entry"]),
                **_same(line, "at", "event", "person_name", "person_role", "program", "source"),
            }
            for line in values
        ],
    )


def _same(value: Json, *names: str) -> Json:
    return {name: value[name] for name in names}


_WRITERS: dict[str, Callable[[Writer, list[Json]], None]] = {
    "dossier": _dossier,
    "inwoner": _inwoner,
    "household": _household,
    "professionals": _professionals,
    "network": _network,
    "assignments": _assignments,
    "mandates": _mandates,
    "entries": _entries,
    "grants": _grants,
    "plan": _plan,
    "read_lines": _read_lines,
    "changes": _changes,
}
