"""Writes cases and the organisation from the files of docs/case-format.md into the case database.

It runs as role portaal_operator, which may add rows but reads no words back: numbers are taken from the sequences first
and rows are written without asking them back. Nothing here commits: the caller's transaction holds a whole set, or
nothing of it.
"""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Self

from psycopg.errors import UniqueViolation
from sqlalchemy import Connection, column, insert, table, text
from sqlalchemy.exc import DataError, IntegrityError

from portal.codes import ANNOTATION_KINDS, AUDIENCES, ENTRY_KINDS, LEEFDOMEINEN, OUTCOMES, SCOPES, SECTIONS
from portal.json_schema import SchemaMismatchError, check

Json = dict[str, Any]


class ImportRefusedError(Exception):
    """The file can't be imported; the text is for the operator. The transaction can only be rolled back."""


@dataclass
class Imported:
    """What was added: rows per table, and the number of each person by public id (also of colleagues who were there already)."""

    persons: dict[str, int] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def __iadd__(self, other: Self) -> Self:
        self.persons.update(other.persons)
        self.counts.update(other.counts)
        return self


def import_organisation(connection: Connection, organisation: Json) -> Imported:
    """Adds stadsdelen, teams and staff from an organisation file. Raises ``ImportRefusedError``, also when they are there already."""
    _must_fit(organisation, "organisation", "The organisation")
    known = set(connection.execute(text("SELECT name FROM casus.team")).scalars())
    known |= set(connection.execute(text("SELECT name FROM casus.stadsdeel")).scalars())
    places = organisation["stadsdelen"]
    if known & {name for place in places for name in (place["name"], place["team"]["name"])}:
        raise ImportRefusedError("The organisation is in the database already. Nothing was changed.")
    with _refusal("The organisation"):
        writer = _Writer(connection)
        first = connection.execute(text("SELECT coalesce(max(id), 0) + 1 FROM casus.stadsdeel")).scalar_one()
        stadsdelen = [{"id": first + place, "name": one["name"]} for place, one in enumerate(places)]
        writer.add("stadsdeel", stadsdelen)
        writer.add(
            "team",
            [
                {"public_id": one["team"]["id"], "name": one["team"]["name"], "stadsdeel_id": stadsdeel["id"]}
                for one, stadsdeel in zip(places, stadsdelen, strict=True)
            ],
        )
        writer.staff(organisation["staff"], _teams(connection))
    return writer.imported


def import_case(connection: Connection, case: Json) -> Imported:
    """Adds one dossier with everybody in it from a case file.

    Colleagues who are there already (same public id) are used as they are. Raises ``ImportRefusedError`` when the file
    doesn't fit, names a team or stadsdeel that isn't there, or is there already.
    """
    name = f"The case {case.get('case', '')}"
    _must_fit(case, "case", name)
    _must_hang_together(case, name)
    teams = _teams(connection)
    stadsdelen = {row.name: row.id for row in connection.execute(text("SELECT id, name FROM casus.stadsdeel"))}
    for word, wanted, known in (
        ("team", {case["dossier"]["team"], *(person["team"] for person in case["professionals"])}, teams),
        ("stadsdeel", {case["inwoner"]["stadsdeel"]}, stadsdelen),
    ):
        missing = sorted(wanted - known.keys())
        if missing:
            raise ImportRefusedError(f"{name}: there is no {word} {missing[0]} in the database. Nothing was changed.")
    with _refusal(name):
        writer = _Writer(connection)
        writer.staff(case["professionals"], teams)
        dossier = _add_inwoner(writer, case, teams, stadsdelen)
        _add_network(writer, case)
        entries = _add_entries(writer, case, dossier)
        _add_annotations(writer, case, entries)
        _add_access(writer, case, dossier, entries)
    return writer.imported


class _Writer:
    """Adds rows table by table and counts them."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.imported = Imported()

    def numbers(self, of_table: str, count: int) -> list[int]:
        """So many new numbers for rows of a table with an ``id``."""
        query = text("SELECT nextval(CAST(:name AS regclass)) FROM generate_series(1, :count)")
        return list(self.connection.execute(query, {"name": f"casus.{of_table}_id_seq", "count": count}).scalars())

    def add(self, to_table: str, rows: list[Json]) -> None:
        """Adds the rows, all with the same columns."""
        if rows:
            target = table(to_table, *(column(name) for name in rows[0]), schema="casus")
            self.connection.execute(insert(target).inline(), rows)
        self.imported.counts[to_table] += len(rows)

    def persons(self, people: list[Json], *, is_staff: bool) -> None:
        """Adds people (id and parts of the name)."""
        numbers = self.numbers("person", len(people))
        self.imported.persons.update({person["id"]: number for person, number in zip(people, numbers, strict=True)})
        self.add(
            "person",
            [
                {
                    "id": number,
                    "public_id": person["id"],
                    "first_name": person["first_name"],
                    "infix": person["infix"],
                    "last_name": person["last_name"],
                    "is_staff": is_staff,
                }
                for person, number in zip(people, numbers, strict=True)
            ],
        )

    def staff(self, people: list[Json], teams: dict[str, int]) -> None:
        """Adds those who aren't there yet."""
        query = text("SELECT CAST(public_id AS text) AS public_id, id FROM casus.person WHERE public_id = ANY (CAST(:ids AS uuid[]))")
        found = self.connection.execute(query, {"ids": [person["id"] for person in people]})
        self.imported.persons.update((row.public_id, row.id) for row in found)
        new = [person for person in people if person["id"] not in self.imported.persons]
        self.persons(new, is_staff=True)
        self.add(
            "staff",
            [
                {
                    "person_id": self.imported.persons[person["id"]],
                    "job_title": person["job_title"],
                    "team_id": teams[person["team"]] if person["team"] is not None else None,
                    "role": person["role"],
                    "joined_on": person["joined_on"],
                    "left_on": person["left_on"],
                }
                for person in new
            ],
        )

    def author(self, author: Json) -> Json:
        """The columns that say who wrote something."""
        person = author["person"]
        return {"author_id": self.imported.persons[person] if person else None, "author_name": author["name"]}


def _add_inwoner(writer: _Writer, case: Json, teams: dict[str, int], stadsdelen: dict[str, int]) -> int:
    inwoner, dossier = case["inwoner"], case["dossier"]
    writer.persons([inwoner], is_staff=False)
    person = {"person_id": writer.imported.persons[inwoner["id"]]}
    same = ("birth_date", "bsn", "phone", "email", "language", "interpreter_needed", "reachable", "safe_contact")
    writer.add("inwoner", [{**person, "stadsdeel_id": stadsdelen[inwoner["stadsdeel"]], **{name: inwoner[name] for name in same}}])
    writer.add("address", [{**person, **inwoner["address"]}])
    [number] = writer.numbers("dossier", 1)
    writer.add(
        "dossier",
        [
            {
                "id": number,
                "public_id": dossier["id"],
                "inwoner_id": person["person_id"],
                "team_id": teams[dossier["team"]],
                "opened_on": dossier["opened_on"],
                "closed_on": dossier["closed_on"],
            }
        ],
    )
    writer.add(
        "household_member",
        [
            {"dossier_id": number, "name": one["name"], "relation": one["relation"], "birth_year": one["birth_year"]}
            for one in case["household"]
        ],
    )
    writer.add(
        "assignment",
        [
            {
                "dossier_id": number,
                "staff_id": writer.imported.persons[one["id"]],
                "role_text": turn["role"],
                "valid_from": turn["valid_from"],
                "valid_until": turn["valid_until"],
            }
            for one in case["professionals"]
            for turn in one["assignments"]
        ],
    )
    return number


def _add_network(writer: _Writer, case: Json) -> None:
    """Adds who got access, wrote something, or has an entry closed; of the others nothing is kept."""
    needed = {grant["grantee"] for grant in case["grants"]} | {mandate["person"] for mandate in case["mandates"]}
    needed |= {closure["person"] for closure in case["closures"]} | {author["person"] for author in _authors(case)}
    writer.persons([person for person in case["network"] if person["id"] in needed], is_staff=False)


def _add_entries(writer: _Writer, case: Json, dossier: int) -> dict[str, Json]:
    """Gives for each entry (public id) the columns by which other rows refer to it."""
    entries = case["entries"]
    keys = {
        entry["id"]: {
            "entry_id": number,
            "dossier_id": dossier,
            "section": SECTIONS[entry["section"]],
            "leefdomein": LEEFDOMEINEN[entry["leefdomein"]],
        }
        for entry, number in zip(entries, writer.numbers("entry", len(entries)), strict=True)
    }
    rows, versions = [], []
    for entry in entries:
        key, author = keys[entry["id"]], writer.author(entry["author"])
        rows.append(
            {
                "id": key["entry_id"],
                "public_id": entry["id"],
                "dossier_id": dossier,
                "section": key["section"],
                "leefdomein": key["leefdomein"],
                "kind": ENTRY_KINDS[entry["kind"]],
                "occurred_at": entry["occurred_at"],
                "placed_at": entry["occurred_at"],
                "audience": AUDIENCES[entry["audience"]],
                **author,
            }
        )
        versions += [{**key, **author, **version} for version in entry["versions"]]
    writer.add("entry", rows)
    writer.add("entry_version", versions)
    return keys


def _add_annotations(writer: _Writer, case: Json, entries: dict[str, Json]) -> None:
    notes = [(entries[entry["id"]], note) for entry in case["entries"] for note in entry["annotations"]]
    rows, versions = [], []
    for number, (entry, note) in zip(writer.numbers("annotation", len(notes)), notes, strict=True):
        author = writer.author(note["author"])
        audience = AUDIENCES[note["audience"]]
        rows.append(
            {
                "id": number,
                "public_id": note["id"],
                **entry,
                "kind": ANNOTATION_KINDS[note["kind"]],
                "audience": audience,
                **author,
                "created_at": note["created_at"],
                "outcome": OUTCOMES[note["outcome"]],
            }
        )
        versions.append(
            {
                "annotation_id": number,
                "number": 1,
                **entry,
                "audience": audience,
                "author_id": author["author_id"],
                "body": note["body"],
                "quote": note["quote"],
                "created_at": note["created_at"],
            }
        )
    writer.add("annotation", rows)
    writer.add("annotation_version", versions)


def _add_access(writer: _Writer, case: Json, dossier: int, entries: dict[str, Json]) -> None:
    persons = writer.imported.persons
    writer.add(
        "access_grant",
        [
            {
                "public_id": grant["id"],
                "dossier_id": dossier,
                "grantee_id": persons[grant["grantee"]],
                "scope": SCOPES[grant["scope"]],
                "section": SECTIONS.get(grant["section"]),
                "leefdomein": LEEFDOMEINEN[grant["leefdomein"]] or None,
                "valid_from": grant["valid_from"],
                "valid_until": grant["valid_until"],
                "ground": grant["ground"],
            }
            for grant in case["grants"]
        ],
    )
    writer.add(
        "mandate",
        [
            {
                "dossier_id": dossier,
                "person_id": persons[mandate["person"]],
                "ground": mandate["ground"],
                "valid_from": mandate["valid_from"],
                "valid_until": mandate["valid_until"],
            }
            for mandate in case["mandates"]
        ],
    )
    writer.add(
        "closure",
        [
            {
                "dossier_id": dossier,
                "entry_id": entries[closure["entry"]]["entry_id"],
                "person_id": persons[closure["person"]] if closure["person"] else None,
                "reason": closure["reason"],
                "from_at": closure["from"],
            }
            for closure in case["closures"]
        ],
    )


def _authors(case: Json) -> Iterator[Json]:
    for entry in case["entries"]:
        yield entry["author"]
        for note in entry["annotations"]:
            yield note["author"]


def _teams(connection: Connection) -> dict[str, int]:
    return {row.name: row.id for row in connection.execute(text("SELECT id, name FROM casus.team"))}


def _must_fit(content: Json, kind: str, name: str) -> None:
    schema = json.loads((files("portal") / "demo" / f"{kind}.schema.json").read_text(encoding="utf-8"))
    try:
        check(content, schema)
    except SchemaMismatchError as mismatch:
        raise ImportRefusedError(f"{name} does not fit the format:\n{mismatch}") from mismatch


def _must_hang_together(case: Json, name: str) -> None:
    """Every id that is referred to stands in the file itself, so that nothing of another dossier can be touched."""
    network = {person["id"] for person in case["network"]}
    everybody = network | {case["inwoner"]["id"]} | {person["id"] for person in case["professionals"]}
    entries = {entry["id"] for entry in case["entries"]}
    used = {author["person"] for author in _authors(case)} - {None} - everybody
    used |= {grant["grantee"] for grant in case["grants"]} - network
    used |= {mandate["person"] for mandate in case["mandates"]} - network
    used |= {closure["person"] for closure in case["closures"]} - {None} - network
    used |= {closure["entry"] for closure in case["closures"]} - entries
    if used:
        raise ImportRefusedError(f"{name}: {min(used)} is not in the file. Nothing was changed.")


@contextmanager
def _refusal(name: str) -> Iterator[None]:
    """Puts what the database refuses into plain words, without words from the file."""
    try:
        yield
    except IntegrityError as problem:
        if isinstance(problem.orig, UniqueViolation):
            raise ImportRefusedError(f"{name} is in the database already, or a part of it. Nothing was changed.") from problem
        raise ImportRefusedError(f"{name} does not fit the database. Nothing was changed.") from problem
    except DataError as problem:
        raise ImportRefusedError(f"{name} does not fit the database. Nothing was changed.") from problem
