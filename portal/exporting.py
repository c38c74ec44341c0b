"""Writes one dossier as a case file (docs/case-format.md), as role casus_uitvoer.

Making a copy is a reading: its line in the read log is committed before a row is given, and the inwoner reads it. The database holds
to that (migrations/rls/44_export.sql); without a committed line this role sees nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TextIO
from uuid import UUID

from sqlalchemy import Connection, Row, text

from portal import codes
from portal import export_questions as questions
from portal.case_stream import canonical
from portal.db import Database
from portal.export_plan import plan_of
from portal.export_values import names as _names
from portal.export_values import plain as _plain
from portal.export_values import value as _value

Json = dict[str, Any]
BATCH = 200
"""Entries that are fetched together."""


class ExportRefusedError(Exception):
    """No copy is made; the text is for who asked."""


def export_dossier(
    database: Database,
    dossier: UUID,
    out: TextIO,
    *,
    reader: str,
    ground: str,
    source: str,
    progress: Callable[[int], None] = lambda _done: None,
) -> int:
    """Writes the whole dossier to ``out`` in canonical form and gives its number of entries.

    ``reader`` and ``ground`` (who asks for the copy, and why) are read by the inwoner. ``source`` is the name of this system in what the
    file holds of our own logs and consents. Raises ``ExportRefusedError`` for an unknown dossier, or without a reader or ground; then
    nothing is written.
    """
    if not reader.strip() or not ground.strip():
        raise ExportRefusedError("A copy needs the name of who asks for it, and why.")
    with database.plain() as connection:
        line = connection.execute(
            text("SELECT acl.open_export(:dossier, :reader, :ground)"), {"dossier": dossier, "reader": reader, "ground": ground}
        ).scalar_one()
    if line is None:
        raise ExportRefusedError("There is no dossier with this number.")
    with _reading(database, line) as connection:
        writer = CaseWriter(connection, source, progress)
        canonical(writer.parts(), out)
        return writer.done


@contextmanager
def _reading(database: Database, line: int) -> Iterator[Connection]:
    """One moment of the dossier that a committed line is about, for as long as it takes; nothing is written."""
    with database.engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True) as connection:
        connection.execute(text("SELECT set_config('casus.export', :line, true)"), {"line": str(line)})
        yield connection


class CaseWriter:
    """The parts of a case file, read through ``connection`` in one moment of one dossier. ``progress`` gets the number of entries so far.

    ``instead``: other questions for what this role can't ask of the tables, such as OWN for the inwoner.
    """

    def __init__(
        self, connection: Connection, source: str, progress: Callable[[int], None], instead: Mapping[str, str] | None = None
    ) -> None:
        self._connection = connection
        self._source = source
        self._progress = progress
        self._instead = instead or {}
        # Who has a part is found from all rows of the dossier, so it is asked once and not with each batch of entries.
        self._persons = {row.id: str(row.public_id) for row in self._rows(questions.PERSONS)}
        self.done = 0

    def parts(self) -> Iterator[tuple[str, Any]]:
        """Every key of the file with its value, in order."""
        yield "format", "casus-dossier"
        yield "version", 4
        yield "dossier", _plain(self._one(questions.DOSSIER))
        yield "inwoner", self._inwoner()
        yield "household", map(_plain, self._rows("SELECT name, relation, birth_year FROM casus.household_member ORDER BY id"))
        yield "professionals", map(_plain, self._rows(questions.PROFESSIONALS))
        yield "network", map(_plain, self._rows(questions.NETWORK))
        yield "assignments", map(_plain, self._rows(questions.ASSIGNMENTS))
        yield "mandates", ({k: v for k, v in _plain(row).items() if v or k in _ALWAYS} for row in self._rows(questions.MANDATES))
        yield "entries", self.entries()
        yield "grants", map(_grant, self._rows(questions.GRANTS))
        yield "plan", plan_of(self._rows, self._persons)
        yield "read_lines", self.read_lines()
        yield "changes", self.changes()

    def read_lines(self) -> Iterator[Json]:
        """Who looked, oldest first."""
        return map(_plain, self._rows(questions.READ_LINES))

    def changes(self) -> Iterator[Json]:
        """What was changed, oldest first."""
        return map(_plain, self._rows(questions.CHANGES))

    def _rows(self, query: str, **values: object) -> Iterator[Row[Any]]:
        query = self._instead.get(query, query)
        result = self._connection.execute(
            text(query),
            {"source": self._source, **values} if ":source" in query else values,
            execution_options={"stream_results": True, "max_row_buffer": BATCH},
        )
        for some in result.partitions(BATCH):
            yield from some

    def _one(self, query: str) -> Row[Any]:
        [row] = self._rows(query)
        return row

    def _inwoner(self) -> Json:
        address = [_plain(row) for row in self._rows(questions.ADDRESS)]
        return {**_plain(self._one(questions.INWONER)), "address": address[0] if address else None}

    def entries(self) -> Iterator[Json]:
        """Every entry with what hangs on it, oldest first."""
        batch: list[Row[Any]] = []
        for row in self._rows(questions.ENTRIES):
            batch.append(row)
            if len(batch) == BATCH:
                yield from self._whole(batch)
                batch = []
        yield from self._whole(batch)

    def _whole(self, entries: Sequence[Row[Any]]) -> Iterator[Json]:
        """These entries with everything that hangs on them."""
        numbers = [entry.number for entry in entries]
        versions = self._below(questions.ENTRY_VERSIONS, numbers, _written)
        openings = self._below(questions.OPENINGS, numbers, _plain)
        closures = self._below(questions.CLOSURES, numbers, _closure)
        notes = self._below(questions.ANNOTATIONS, numbers, dict)
        documents = self._below(questions.DOCUMENTS, numbers, lambda row: {**row, "kind": _DOCUMENT_KIND[row["kind"]]})
        bodies = self._below(
            questions.ANNOTATION_VERSIONS, [note["number"] for some in notes.values() for note in some], _annotation_version
        )
        for entry in entries:
            opened = openings.get(entry.number)
            audience = _AUDIENCE[entry.audience]
            # Said only where it isn't what the entry says.
            for version in versions[entry.number]:
                if version["written_for"] == audience:
                    del version["written_for"]
            yield {
                "id": str(entry.id),
                "kind": _ENTRY_KIND[entry.kind],
                "section": _SECTION[entry.section],
                "leefdomein": _LEEFDOMEIN[entry.leefdomein],
                "occurred_at": _value(entry.occurred_at),
                "placed_at": _value(entry.placed_at),
                "discuss_until": _value(entry.discuss_until),
                "audience": audience,
                "author": _author(self._named(entry)),
                "versions": versions[entry.number],
                **({"document": documents[entry.number][0]} if entry.number in documents else {}),
                "opened": opened[0] if opened else None,
                "closures": closures.get(entry.number, []),
                "annotations": [_annotation(note, bodies[note["number"]]) for note in notes.get(entry.number, [])],
            }
            self.done += 1
        self._progress(self.done)

    def _below(self, query: str, numbers: list[int], shape: Callable[[Any], Json]) -> dict[int, list[Json]]:
        """Rows under these numbers, by the number they hang on (their first column)."""
        found: dict[int, list[Json]] = {}
        for row in self._rows(query, numbers=numbers):
            values = self._named(row)
            found.setdefault(values.pop("below"), []).append(shape(values))
        return found

    def _named(self, row: Row[Any]) -> Json:
        """The row, with the ids of its person and author in place of their numbers."""
        values = row._asdict()
        numbered = values.keys() & {"person", "author"}
        return {**values, **{name: self._id(values[name]) for name in numbered}}

    def _id(self, number: int | None) -> str | None:
        # The inwoner is told of who wrote an answer and has no other part here by name alone.
        return None if number is None or (self._instead and number not in self._persons) else self._persons[number]


def _author(row: Json) -> Json:
    return {"person": row["author"], "name": row["author_name"]}


def _written(row: Json) -> Json:
    same = _plain(row)
    return {
        **{name: same[name] for name in ("number", "title", "body", "reason")},
        "author": _author(row),
        "created_at": same["created_at"],
        "written_for": _AUDIENCE[row["written_for"]],
    }


def _closure(row: Json) -> Json:
    plain = {name: value for name, value in _plain(row).items() if value is not None or name not in ("ground", "review_on", "told_from")}
    return {**plain, "ground": _WITHHOLDING_GROUND[plain["ground"]]} if "ground" in plain else plain


def _annotation(row: Json, versions: list[Json]) -> Json:
    # Of questions and answers only: keys that say nothing are left out.
    question = {**row, "wish": row["wish"] and _WISH[row["wish"]]}
    question = {name: question[name] for name in ("wish", "answers", "extended_at", "extension", "settled_at")}
    return {
        "id": str(row["id"]),
        "kind": _ANNOTATION_KIND[row["kind"]],
        "audience": _AUDIENCE[row["audience"]],
        "author": _author(row),
        "created_at": _value(row["created_at"]),
        "withdrawn_at": _value(row["withdrawn_at"]),
        "outcome": _OUTCOME[row["outcome"]],
        **{name: _value(asked) for name, asked in question.items() if asked is not None},
        "versions": versions,
    }


def _annotation_version(row: Json) -> Json:
    return {**_plain(row), "written_for": _AUDIENCE[row["written_for"]]}


def _grant(row: Any) -> Json:
    # What may be left out stands in the file only when there is something to say.
    plain = {name: value for name, value in _plain(row).items() if value is not None or name not in ("relation", "confirmed_at")}
    section, leefdomein = plain["section"], plain["leefdomein"]
    return {
        **plain,
        "scope": _SCOPE[plain["scope"]],
        "section": None if section is None else _SECTION[section],
        "leefdomein": None if leefdomein is None else _LEEFDOMEIN[leefdomein],
    }


_SECTION, _LEEFDOMEIN, _ENTRY_KIND, _SCOPE = (
    _names(codes.SECTIONS),
    _names(codes.LEEFDOMEINEN),
    _names(codes.ENTRY_KINDS),
    _names(codes.SCOPES),
)
_WITHHOLDING_GROUND, _DOCUMENT_KIND = _names(codes.WITHHOLDING_GROUNDS), _names(codes.DOCUMENT_KINDS)
_AUDIENCE, _ANNOTATION_KIND, _OUTCOME, _WISH = (
    _names(codes.AUDIENCES),
    _names(codes.ANNOTATION_KINDS),
    _names(codes.OUTCOMES),
    _names(codes.WISHES),
)
_ALWAYS = ("valid_until", "withdrawn_at")  # the rest of a mandate only when there is something to say
