"""What holds for a case file beyond its schema: ids are used once, references stay inside the file, and values agree with each other.

Ids are remembered in a temporary database on disk (no words, only ids, numbers and places), so that the memory needed doesn't
grow with the file.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

import stdnum.nl.bsn

from portal.case_plan_rules import PERSONS, plan_problems

Json = dict[str, Any]
LONGEST_DISCUSSION = timedelta(days=8)
"""The constraint on casus.entry.discuss_until."""


class Ids:
    """Every id of one file: of what it is, where it stands, which number the database gave it, and whether anything refers to it."""

    def __init__(self) -> None:
        self._rows = sqlite3.connect("", isolation_level=None)
        self._rows.execute("PRAGMA journal_mode = OFF")
        self._rows.execute(
            "CREATE TABLE ids (id TEXT PRIMARY KEY, kind TEXT, path TEXT, number INTEGER, used INTEGER DEFAULT 0) WITHOUT ROWID"
        )

    def close(self) -> None:
        """Throws everything away."""
        self._rows.close()

    def add(self, one: str, kind: str, path: str) -> Iterator[str]:
        """Remembers an id; a sentence when it stands somewhere else already."""
        known = self._rows.execute("SELECT path FROM ids WHERE id = ?", (one,)).fetchone()
        if known is None:
            self._rows.execute("INSERT INTO ids (id, kind, path) VALUES (?, ?, ?)", (one, kind, path))
        else:
            yield f"{path}.id: {one} is used at {known[0]} too"

    def use(self, one: str | None, kinds: tuple[str, ...], path: str) -> Iterator[str]:
        """Follows a reference; a sentence when it leads out of the file, or to something else. None refers to nothing."""
        if one is None:
            return
        found = self._rows.execute("UPDATE ids SET used = 1 WHERE id = ? RETURNING kind", (one,)).fetchone()
        if found is None:
            yield f"{path}: {one} is not in this file, or stands further on"
        elif found[0] not in kinds:
            yield f"{path}: {one} is {found[0]}, and should be {' or '.join(kinds)}"

    def unused(self) -> Iterator[str]:
        """A sentence for each person nothing refers to: who has no part in the dossier doesn't belong in the file."""
        for (path,) in self._rows.execute("SELECT path FROM ids WHERE NOT used AND kind IN ('a professional', 'a person') ORDER BY path"):
            yield f"{path}: nothing in the file refers to this person"

    def count(self, kind: str) -> int:
        """How many there are of a kind."""
        return int(self._rows.execute("SELECT count(*) FROM ids WHERE kind = ?", (kind,)).fetchone()[0])

    def give_numbers(self, numbers: Iterable[tuple[str, int]]) -> None:
        """Remembers the number of a row (id, number)."""
        self._rows.executemany("UPDATE ids SET number = ? WHERE id = ?", ((number, one) for one, number in numbers))

    def number(self, one: str) -> int:
        """The number of the row with this id. Raises LookupError when none was given."""
        found = self._rows.execute("SELECT number FROM ids WHERE id = ?", (one,)).fetchone()
        if found is None or found[0] is None:
            raise LookupError(f"no number for {one}")
        return int(found[0])


ENTRY = ("an entry",)


def problems(ids: Ids, key: str, value: Json, path: str) -> Iterator[str]:
    """One sentence for each rule that this part of the file (which fits the schema) breaks."""
    check = _CHECKS.get(key)
    if check is not None:
        yield from check(ids, value, path)


def _dossier(ids: Ids, dossier: Json, path: str) -> Iterator[str]:
    yield from ids.add(dossier["id"], "the dossier", path)


def _inwoner(ids: Ids, inwoner: Json, path: str) -> Iterator[str]:
    yield from ids.add(inwoner["id"], "the inwoner", path)
    if inwoner["bsn"] is not None and not stdnum.nl.bsn.is_valid(inwoner["bsn"]):
        yield f"{path}.bsn: does not pass the eleven-test"


def _professional(ids: Ids, person: Json, path: str) -> Iterator[str]:
    yield from ids.add(person["id"], "a professional", path)


def _network_person(ids: Ids, person: Json, path: str) -> Iterator[str]:
    yield from ids.add(person["id"], "a person", path)


def _assignment(ids: Ids, assignment: Json, path: str) -> Iterator[str]:
    yield from ids.use(assignment["professional"], ("a professional",), f"{path}.professional")


def _mandate(ids: Ids, mandate: Json, path: str) -> Iterator[str]:
    yield from ids.use(mandate["person"], PERSONS, f"{path}.person")


def _entry(ids: Ids, entry: Json, path: str) -> Iterator[str]:
    yield from ids.add(entry["id"], "an entry", path)
    yield from ids.use(entry["author"]["person"], PERSONS, f"{path}.author.person")
    yield from _numbered(entry["versions"], f"{path}.versions")
    for place, version in enumerate(entry["versions"]):
        yield from ids.use(version["author"]["person"], PERSONS, f"{path}.versions[{place}].author.person")
    if "document" in entry and entry["kind"] != "document":
        yield f"{path}.document: belongs to an entry of kind document"
    until = entry["discuss_until"]
    if until and datetime.fromisoformat(until) > datetime.fromisoformat(entry["placed_at"]) + LONGEST_DISCUSSION:
        yield f"{path}.discuss_until: is more than {LONGEST_DISCUSSION.days} days after placed_at"
    if entry["opened"]:
        yield from ids.use(entry["opened"]["person"], PERSONS, f"{path}.opened.person")
    for place, closure in enumerate(entry["closures"]):
        yield from ids.use(closure["person"], PERSONS, f"{path}.closures[{place}].person")
        if closure["except_responsible"] and closure["person"] is not None:
            yield f"{path}.closures[{place}].except_responsible: is for nobody in particular, and person names somebody"
        if closure.keys() & {"ground", "review_on", "told_from"} and (closure["except_responsible"] or closure["person"] is not None):
            yield f"{path}.closures[{place}]: ground, review_on and told_from are of what the team withholds"
    answers = {annotation["id"]: annotation.get("answers") for annotation in entry["annotations"]}
    for place, annotation in enumerate(entry["annotations"]):
        yield from _annotation(ids, annotation, f"{path}.annotations[{place}]", len(entry["versions"]))
        yield from _question(annotation, f"{path}.annotations[{place}]", answers)


def _leads_back(one: str | None, answers: dict[str, str | None]) -> bool:
    """Whether somebody who goes from answer to question comes by the same place twice."""
    seen: set[str] = set()
    while one is not None and one not in seen:
        seen.add(one)
        one = answers.get(one)
    return one is not None


def _question(annotation: Json, path: str, answers: dict[str, str | None]) -> Iterator[str]:
    """What only questions and answers have. ``answers``: of everything beside the entry what it answers."""
    wish = annotation.get("wish")
    if "answers" in annotation and annotation["answers"] not in answers:
        yield f"{path}.answers: {annotation['answers']} is not beside this entry"
    elif _leads_back(annotation["id"], answers):
        yield f"{path}.answers: leads back to where it began"
    if wish is not None and annotation["kind"] != ("snap_niet" if wish == "uitleg" else "klopt_niet"):
        yield f"{path}.wish: {wish} does not go with {annotation['kind']}"
    if wish is not None and annotation["audience"] == "ik":
        yield f"{path}.wish: nobody could answer what only its author reads"
    if ("extended_at" in annotation) != ("extension" in annotation):
        yield f"{path}.extension: goes together with extended_at"


def _annotation(ids: Ids, annotation: Json, path: str, entry_versions: int) -> Iterator[str]:
    yield from ids.add(annotation["id"], "an annotation", path)
    yield from ids.use(annotation["author"]["person"], PERSONS, f"{path}.author.person")
    yield from _numbered(annotation["versions"], f"{path}.versions")
    for place, version in enumerate(annotation["versions"]):
        own = f"{path}.versions[{place}]"
        if version["about_version"] is not None and version["about_version"] > entry_versions:
            yield f"{own}.about_version: the entry has no version {version['about_version']}"
        if version["sentences"] and (version["about_version"] is None or version["quote"] is None):
            yield f"{own}.sentences: need about_version and quote"


def _grant(ids: Ids, grant: Json, path: str) -> Iterator[str]:
    yield from ids.add(grant["id"], "a grant", path)
    yield from ids.use(grant["grantee"], PERSONS, f"{path}.grantee")
    yield from ids.use(grant["entry"], ENTRY, f"{path}.entry")
    for part in ("section", "leefdomein", "entry"):
        if (grant["scope"] == part) != (grant[part] is not None):
            yield f"{path}.{part}: should {'not ' if grant['scope'] == part else ''}be null for scope {grant['scope']}"


def _plan(ids: Ids, plan: Json, path: str) -> Iterator[str]:
    yield from plan_problems(ids.add, ids.use, plan, path)


def _read_line(ids: Ids, line: Json, path: str) -> Iterator[str]:
    yield from ids.use(line["entry"], ENTRY, f"{path}.entry")
    for place, entry in enumerate(line["shown_entries"]):
        yield from ids.use(entry, ENTRY, f"{path}.shown_entries[{place}]")


def _change(ids: Ids, line: Json, path: str) -> Iterator[str]:
    yield from ids.use(line["entry"], ENTRY, f"{path}.entry")


def _numbered(versions: list[Json], path: str) -> Iterator[str]:
    for place, version in enumerate(versions):
        if version["number"] != place + 1:
            yield f"{path}[{place}].number: should be {place + 1}"


_CHECKS = {
    "dossier": _dossier,
    "inwoner": _inwoner,
    "professionals": _professional,
    "network": _network_person,
    "assignments": _assignment,
    "mandates": _mandate,
    "entries": _entry,
    "grants": _grant,
    "plan": _plan,
    "read_lines": _read_line,
    "changes": _change,
}
