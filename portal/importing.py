"""Reads case files and organisation files (docs/case-format.md) into the case database, as role portaal_operator.

That role may add rows but reads no words back: numbers are taken from the sequences first and rows are written without asking them
back. A case file is judged whole before its first row is written, and never held in memory whole. Nothing here commits: the caller's
transaction holds everything, or nothing.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any, Self

from psycopg.errors import UniqueViolation
from sqlalchemy import Connection, text
from sqlalchemy.exc import DataError, IntegrityError

from portal.case_rows import Places, Writer, write
from portal.case_rules import Ids, problems
from portal.case_stream import BrokenFileError, Piece, pieces
from portal.json_schema import Judge, SchemaMismatchError, check, named, unkeepable

Json = dict[str, Any]
Progress = Callable[[str, int, int], None]
"""Is told what is being done ("checked" or "written"), how many entries are done and of how many (0: not known yet). Never any content."""

BATCH = 200
"""Pieces of a file that are written together."""
MOST_PROBLEMS = 20
"""After so many problems of one file the rest is not looked for."""
WITHOUT_PLAN = 3
"""The version of case files that have no plan; they are still read."""
CASE, ORGANISATION = "casus-dossier", "buurtteam-organisatie"


class ImportRefusedError(Exception):
    """The file can't be imported; the text is for the operator. The transaction can only be rolled back."""


@dataclass
class Imported:
    """What was added: rows per table; the number of each person (also of colleagues who were there already) and dossier by public id."""

    persons: dict[str, int] = field(default_factory=dict)
    dossiers: dict[str, int] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def __iadd__(self, other: Self) -> Self:
        self.persons.update(other.persons)
        self.dossiers.update(other.dossiers)
        self.counts.update(other.counts)
        return self


def schema(name: str) -> Json:
    """The published schema of a file: "dossier" or "organisation"."""
    loaded: Json = json.loads((files("portal") / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    return loaded


def format_of(path: Path) -> str:
    """The format that a file says it has; it stands first. Raises ``ImportRefusedError`` when it is none of ours."""
    try:
        first = next(pieces(path), None)
    except BrokenFileError as broken:
        raise ImportRefusedError(str(broken)) from None
    if first is None or first.key != "format" or first.value not in (CASE, ORGANISATION):
        raise ImportRefusedError(f"$.format: should stand first, and be one of: {CASE}, {ORGANISATION}.")
    return str(first.value)


def import_organisation(connection: Connection, organisation: Json) -> Imported:
    """Adds stadsdelen, teams and staff from an organisation file. Raises ``ImportRefusedError``, also when they are there already."""
    try:
        check(organisation, schema("organisation"))
    except SchemaMismatchError as mismatch:
        raise ImportRefusedError(str(mismatch)) from mismatch
    known = set(connection.execute(text("SELECT name FROM casus.team")).scalars())
    known |= set(connection.execute(text("SELECT name FROM casus.stadsdeel")).scalars())
    places = organisation["stadsdelen"]
    if known & {name for place in places for name in (place["name"], place["team"]["name"])}:
        raise ImportRefusedError("The organisation is in the database already.")
    with _refusal(), closing(Ids()) as ids:
        writer = Writer(connection, Places(connection), ids)
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
        writer.places = Places(connection)
        writer.staff(organisation["staff"])
    return Imported(writer.persons, {}, writer.counts)


def import_case(connection: Connection, path: Path, progress: Progress = lambda _doing, _done, _of: None) -> Imported:
    """Adds one dossier with everybody in it from a case file, however long.

    Colleagues who are there already (same public id) are used as they are. Raises ``ImportRefusedError`` with a path and a reason for
    each problem when the file doesn't fit or names a team or stadsdeel that isn't there, and when (a part of) it is there already.
    """
    with closing(Ids()) as ids:
        places = Places(connection)
        entries = _judge(path, ids, places, progress)
        writer = Writer(connection, places, ids)
        written = 0
        with _refusal():
            for batch in _batches(path):
                write(writer, batch[0].key, [piece.value for piece in batch])
                if batch[0].key == "entries":
                    written += len(batch)
                    progress("written", written, entries)
    return Imported(writer.persons, {writer.waiting["id"]: writer.dossier}, writer.counts)


def _judge(path: Path, ids: Ids, places: Places, progress: Progress) -> int:
    """Reads the whole file and gives its number of entries. Raises ``ImportRefusedError`` with every problem, up to MOST_PROBLEMS."""
    found = list(islice(_problems(path, ids, places, progress), MOST_PROBLEMS))
    if found:
        raise ImportRefusedError("\n".join(found))
    return ids.count("an entry")


def _problems(path: Path, ids: Ids, places: Places, progress: Progress) -> Iterator[str]:
    form = schema("dossier")
    judges: dict[str, Judge] = {}
    order = list(form["properties"])
    seen: list[str] = []
    try:
        for piece in pieces(path):
            if piece.position is None:
                # Files of before there was a plan in them don't have one.
                if piece.key == "version" and piece.value == WITHOUT_PLAN:
                    order.remove("plan")
                if piece.key not in order:
                    yield f"$: {named(piece.key)} does not belong here"
                elif seen and order.index(piece.key) < max(order.index(key) for key in seen):
                    yield f"{piece.path}: should stand before {seen[-1]}"
                if piece.key in order:
                    seen.append(piece.key)
            if piece.key in order:
                # What no UTF-8 holds can't be handed to the judge.
                wrong = list(unkeepable(piece.value, piece.path)) or list(_judged(piece, form, judges))
                yield from wrong
                if not wrong and (piece.position is not None) == ("items" in form["properties"][piece.key]):
                    yield from problems(ids, piece.key, piece.value, piece.path)
                    yield from places.missing(piece)
            if piece.key == "entries" and piece.position is not None:
                progress("checked", piece.position + 1, 0)
    except BrokenFileError as broken:
        yield str(broken)
        return
    yield from (f"$: {key} is missing" for key in order if key not in seen)
    yield from ids.unused()


def _judged(piece: Piece, form: Json, judges: dict[str, Judge]) -> Iterator[str]:
    """Judges a piece by the part of the schema that is about it; each part is made ready once."""
    name = f"{piece.key}[]" if piece.position is not None else piece.key
    if name not in judges:
        part = form["properties"][piece.key]
        judges[name] = Judge({**(part if piece.position is None else part.get("items", {})), "$defs": form["$defs"]})
    return judges[name].problems(piece.value, piece.path)


def _batches(path: Path) -> Iterator[list[Piece]]:
    """The pieces of a file that has been judged, those of one list together, at most BATCH at a time."""
    batch: list[Piece] = []
    for piece in pieces(path):
        if piece.position is None and isinstance(piece.value, list):
            continue
        if batch and (batch[0].key != piece.key or len(batch) == BATCH):
            yield batch
            batch = []
        batch.append(piece)
    if batch:
        yield batch


@contextmanager
def _refusal() -> Iterator[None]:
    """Puts what the database refuses into plain words, without words from the file."""
    try:
        yield
    except IntegrityError as problem:
        if isinstance(problem.orig, UniqueViolation):
            raise ImportRefusedError("This is in the database already, or a part of it.") from problem
        raise ImportRefusedError("This does not fit the database.") from problem
    except DataError as problem:
        raise ImportRefusedError("This does not fit the database.") from problem
