"""Writes one dossier as a case file (docs/case-format.md), as role casus_uitvoer.

Making a copy is a reading: its line in the read log is committed before a row is given, and the inwoner reads it. The database holds
to that (migrations/rls/44_export.sql); without a committed line this role sees nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, TextIO
from uuid import UUID

from sqlalchemy import Connection, Row, text

from portal import codes
from portal.case_stream import canonical
from portal.db import Database

Json = dict[str, Any]
BATCH = 200
"""Entries that are fetched together."""


class ExportRefusedError(Exception):
    """No copy is made; the text is for who asked."""


def _names(codes: dict[Any, int]) -> dict[int, Any]:
    return {code: name for name, code in codes.items()}


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
        self._persons = {row.id: str(row.public_id) for row in self._rows(_PERSONS)}
        self.done = 0

    def parts(self) -> Iterator[tuple[str, Any]]:
        """Every key of the file with its value, in order."""
        yield "format", "casus-dossier"
        yield "version", 3
        yield "dossier", _plain(self._one(_DOSSIER))
        yield "inwoner", self._inwoner()
        yield "household", map(_plain, self._rows("SELECT name, relation, birth_year FROM casus.household_member ORDER BY id"))
        yield "professionals", map(_plain, self._rows(_PROFESSIONALS))
        yield "network", map(_plain, self._rows(_NETWORK))
        yield "assignments", map(_plain, self._rows(_ASSIGNMENTS))
        yield "mandates", ({k: v for k, v in _plain(row).items() if v or k in _ALWAYS} for row in self._rows(_MANDATES))
        yield "entries", self.entries()
        yield "grants", map(_grant, self._rows(_GRANTS))
        yield "read_lines", self.read_lines()
        yield "changes", self.changes()

    def read_lines(self) -> Iterator[Json]:
        """Who looked, oldest first."""
        return map(_plain, self._rows(_READ_LINES))

    def changes(self) -> Iterator[Json]:
        """What was changed, oldest first."""
        return map(_plain, self._rows(CHANGES))

    def _rows(self, query: str, **values: object) -> Iterator[Row[Any]]:
        query = self._instead.get(query, query)
        result = self._connection.execution_options(stream_results=True, max_row_buffer=BATCH).execute(
            text(query), {"source": self._source, **values} if ":source" in query else values
        )
        for some in result.partitions(BATCH):
            yield from some

    def _one(self, query: str) -> Row[Any]:
        [row] = self._rows(query)
        return row

    def _inwoner(self) -> Json:
        address = [_plain(row) for row in self._rows("SELECT street, postcode, protected FROM casus.address")]
        return {**_plain(self._one(_INWONER)), "address": address[0] if address else None}

    def entries(self) -> Iterator[Json]:
        """Every entry with what hangs on it, oldest first."""
        batch: list[Row[Any]] = []
        for row in self._rows(_ENTRIES):
            batch.append(row)
            if len(batch) == BATCH:
                yield from self._whole(batch)
                batch = []
        yield from self._whole(batch)

    def _whole(self, entries: Sequence[Row[Any]]) -> Iterator[Json]:
        """These entries with everything that hangs on them."""
        numbers = [entry.number for entry in entries]
        versions = self._below(_ENTRY_VERSIONS, numbers, _written)
        openings = self._below(_OPENINGS, numbers, _plain)
        closures = self._below(_CLOSURES, numbers, _closure)
        notes = self._below(_ANNOTATIONS, numbers, dict)
        documents = self._below(_DOCUMENTS, numbers, lambda row: {**row, "kind": _DOCUMENT_KIND[row["kind"]]})
        bodies = self._below(_ANNOTATION_VERSIONS, [note["number"] for some in notes.values() for note in some], _annotation_version)
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


def _value(value: object) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return [_value(one) for one in value] if isinstance(value, list) else value


def _plain(row: Any) -> Json:
    """The columns of a row under their own names."""
    return {name: _value(value) for name, value in (row if isinstance(row, dict) else row._asdict()).items()}


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

_PERSONS = "SELECT p.id, p.public_id FROM casus.person p"
_DOSSIER = """
SELECT d.public_id AS id, t.name AS team, d.opened_on, d.closed_on
FROM casus.dossier d LEFT JOIN casus.team t ON t.id = d.team_id
"""
_INWONER = """
SELECT p.public_id AS id, p.first_name, p.infix, p.last_name, i.birth_date, i.bsn, i.phone, i.email, s.name AS stadsdeel, i.language,
    i.interpreter_needed, i.reachable, i.safe_contact
FROM casus.inwoner i JOIN casus.person p ON p.id = i.person_id LEFT JOIN casus.stadsdeel s ON s.id = i.stadsdeel_id
"""
_PROFESSIONALS = """
SELECT p.public_id AS id, p.first_name, p.infix, p.last_name, s.job_title, t.name AS team, s.role, s.joined_on, s.left_on
FROM casus.person p JOIN casus.staff s ON s.person_id = p.id LEFT JOIN casus.team t ON t.id = s.team_id
WHERE p.id <> (SELECT d.inwoner_id FROM casus.dossier d)
ORDER BY p.public_id
"""
_NETWORK = """
SELECT p.public_id AS id, p.first_name, p.infix, p.last_name
FROM casus.person p
WHERE p.id <> (SELECT d.inwoner_id FROM casus.dossier d) AND NOT EXISTS (SELECT FROM casus.staff s WHERE s.person_id = p.id)
ORDER BY p.public_id
"""
_ASSIGNMENTS = """
SELECT p.public_id AS professional, t.role_text AS role, t.responsible, t.valid_from, t.valid_until
FROM casus.assignment t JOIN casus.person p ON p.id = t.staff_id
ORDER BY t.id
"""
_ALWAYS = ("valid_until", "withdrawn_at")  # the rest of a mandate only when there is something to say
_MANDATES = """
SELECT p.public_id AS person, m.ground, m.valid_from, m.valid_until, m.withdrawn_at, m.proof, m.proof_seen_on, m.scope, m.opens_log,
    m.opens_sharing FROM casus.mandate m JOIN casus.person p ON p.id = m.person_id ORDER BY m.id
"""
# A page of a diary that was thrown away has no text.
_ENTRIES = """
SELECT e.id AS number, e.public_id AS id, e.kind, e.section, e.leefdomein, e.occurred_at, e.placed_at, e.discuss_until, e.audience,
    e.author_id AS author, e.author_name
FROM casus.entry e
WHERE EXISTS (SELECT FROM casus.entry_version v WHERE v.entry_id = e.id)
ORDER BY e.occurred_at, e.id
"""
_ENTRY_VERSIONS = """
SELECT v.entry_id AS below, v.number, v.title, v.body, v.reason, v.author_id AS author, v.author_name, v.created_at, v.written_for
FROM casus.entry_version v
WHERE v.entry_id = ANY (:numbers)
ORDER BY v.entry_id, v.number
"""
_DOCUMENTS = """
SELECT entry_id AS below, kind, size AS bytes, encode(sha256, 'hex') AS sha256 FROM casus.document WHERE entry_id = ANY (:numbers)
"""
_OPENINGS = """
SELECT o.entry_id AS below, o.person_id AS person, o.opened_at AS at
FROM casus.entry_opening o
WHERE o.entry_id = ANY (:numbers)
"""
_CLOSURES = """
SELECT c.entry_id AS below, c.person_id AS person, c.except_responsible, c.reason, c.from_at, c.ended_at, c.ground, c.review_on, c.told_from
FROM casus.closure c
WHERE c.entry_id = ANY (:numbers)
ORDER BY c.id
"""
_ANNOTATIONS = """
SELECT a.entry_id AS below, a.id AS number, a.public_id AS id, a.kind, a.audience, a.author_id AS author, a.author_name, a.created_at,
    a.withdrawn_at, a.outcome, a.wish, q.public_id AS answers, a.extended_at, a.extension, a.settled_at
FROM casus.annotation a LEFT JOIN casus.annotation q ON q.id = a.answers_id
WHERE a.entry_id = ANY (:numbers)
ORDER BY a.entry_id, a.created_at, a.id
"""
_ANNOTATION_VERSIONS = """
SELECT v.annotation_id AS below, v.number, v.body, v.quote, v.about_version, v.sentences, v.written_for, v.created_at
FROM casus.annotation_version v
WHERE v.annotation_id = ANY (:numbers)
ORDER BY v.annotation_id, v.number
"""
_GRANTS = """
SELECT g.public_id AS id, p.public_id AS grantee, g.scope, g.section, g.leefdomein, e.public_id AS entry, g.valid_from, g.valid_until,
    g.withdrawn_at, g.ground, g.relation, g.confirmed_at, coalesce(g.imported_from, :source) AS source
FROM casus.access_grant g JOIN casus.person p ON p.id = g.grantee_id LEFT JOIN casus.entry e ON e.id = g.entry_id
WHERE g.entry_id IS NULL OR e.id IS NOT NULL
ORDER BY g.id
"""
# Lines about copies are left out: else no two copies of the same dossier would be the same.
_READ_LINES = """
SELECT l.at, e.public_id AS entry, l.what, l.shown,
    ARRAY(SELECT x.public_id FROM unnest(l.shown_entries) WITH ORDINALITY one (id, place) JOIN casus.entry x ON x.id = one.id
        ORDER BY one.place) AS shown_entries,
    l.reader_name, l.reader_role, l.ground, l.ground_detail, l.program, l.source
FROM (
    SELECT 1 AS own, r.id, r.at, r.entry_id, r.what, r.shown, r.shown_entries, r.reader_name, r.reader_role, r.ground, r.ground_detail,
        r.program, :source AS source
    FROM casus.read_log r WHERE r.what <> 'uitvoer'
    UNION ALL
    SELECT 0, i.id, i.at, i.entry_id, i.what, i.shown, i.shown_entries, i.reader_name, i.reader_role, i.ground, i.ground_detail,
        i.program, i.source
    FROM casus.imported_read_line i) l
LEFT JOIN casus.entry e ON e.id = l.entry_id
ORDER BY l.at, l.own, l.id
"""
CHANGES = """
SELECT l.at, e.public_id AS entry, l.event, l.person_name, l.person_role, l.program, l.source
FROM (
    SELECT 1 AS own, c.id, c.at, c.entry_id, c.event, c.person_name, c.person_role, c.program, :source AS source FROM casus.change_log c
    UNION ALL
    SELECT 0, i.id, i.at, i.entry_id, i.event, i.person_name, i.person_role, i.program, i.source FROM casus.imported_change_line i) l
LEFT JOIN casus.entry e ON e.id = l.entry_id
ORDER BY l.at, l.own, l.id
"""

_HERE = "(SELECT d.id FROM casus.dossier d)"
_PEOPLE = f"acl.taken_people({_HERE})"
_FOR_OWNER = (
    ("casus.person p JOIN casus.staff s ON s.person_id = p.id", f"{_PEOPLE} p JOIN {_PEOPLE} s ON s.id = p.id AND s.role IS NOT NULL"),
    ("casus.person p", f"{_PEOPLE} p"),
    ("casus.entry_opening o", f"acl.taken_openings({_HERE}) o"),
    ("casus.closure c", f"acl.taken_closures({_HERE}) c"),
    # Why something was closed for somebody are the words of a team, when it came from elsewhere.
    ("c.reason", "'' AS reason"),
    # Of what is withheld nothing is in the own copy.
    (", c.ground, c.review_on, c.told_from", ""),
)


def _for_owner(query: str) -> str:
    for table, function in _FOR_OWNER:
        query = query.replace(table, function)
    return query


OWN = {query: _for_owner(query) for query in (_PERSONS, _PROFESSIONALS, _NETWORK, _ASSIGNMENTS, _MANDATES, _OPENINGS, _CLOSURES, _GRANTS)}
"""What the inwoner asks instead: the tables give that role less, and these functions the rest (migrations/rls/63_taking.sql)."""
