"""Each way in which a case file can be wrong is refused with file, path and reason, without any word from the file, and nothing is written."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from portal.cli import main
from tests.api.conftest import FILES, by_hand, counts
from tests.conftest import PortalDatabase

WORD = "zonnebloem"
"""Stands for somebody's words: it may be in no message."""
STRANGER = "00000000-0000-4000-8000-00000000dead"
Change = Callable[[dict[str, Any]], object]


def run(database: PortalDatabase, *paths: Path) -> Result:
    return CliRunner().invoke(main, ["import", *map(str, paths)], env={"MBT_DATABASE_URL": database.url("portaal_operator")})


def refused(database: PortalDatabase, content: bytes, folder: Path) -> str:
    """What is said about a file with this content; that nothing was written is seen to."""
    path = folder / "fout.json"
    path.write_bytes(content)
    before = counts(database)
    result = run(database, path)
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit)
    assert counts(database) == before
    assert WORD not in result.output
    assert all(line.startswith((f"Error: {path}: ", f"{path}: ")) for line in result.output.splitlines()[:-1])
    assert result.output.splitlines()[-1] == "Nothing was changed."
    return result.output.replace(f"{path}: ", "")


def put(where: str, value: object) -> Change:
    """Sets one place of the file, such as ``entries.0.kind``."""

    def change(case: dict[str, Any]) -> None:
        *steps, last = (int(step) if step.isdigit() else step for step in where.split("."))
        place: Any = case
        for step in steps:
            place = place[step]
        place[last] = value

    return change


def dropped(where: str) -> Change:
    """Leaves out one key."""

    def change(case: dict[str, Any]) -> None:
        *steps, last = (int(step) if step.isdigit() else step for step in where.split("."))
        place: Any = case
        for step in steps:
            place = place[step]
        del place[last]

    return change


def moved_to_the_front(key: str) -> Change:
    """Puts a top-level key right behind the version."""

    def change(case: dict[str, Any]) -> None:
        rest = {name: case.pop(name) for name in list(case) if name not in ("format", "version", key)}
        case.update(rest)

    return change


ID = "00000000-0000-4000-8000-000000000"
# What is done to the file, and what is said of it. The file is tests/api/case_files/full.json.
WRONG: dict[str, tuple[Change, str]] = {
    "text for a number": (put("entries.0.versions.0.number", WORD), "$.entries[0].versions[0].number: should be a whole number"),
    "a number for text": (put("entries.1.versions.0.body", 3), "$.entries[1].versions[0].body: should be text"),
    "a number for text or null": (put("inwoner.phone", 612345678), "$.inwoner.phone: should be text or null"),
    "text for true or false": (put("inwoner.interpreter_needed", WORD), "$.inwoner.interpreter_needed: should be true or false"),
    "an object for a list": (put("grants", {"a": WORD}), "$.grants: should be a list"),
    "a list for an object": (put("inwoner", [WORD]), "$.inwoner: should be an object"),
    "text for an object": (put("entries.2", WORD), "$.entries[2]: should be an object"),
    "null for an entry": (put("entries.2", None), "$.entries[2]: should be an object"),
    "an unknown field": (put("entries.0.versions.1.geheim", WORD), "$.entries[0].versions[1]: geheim does not belong here"),
    "an unknown field that is words": (put(f"entries.0.{WORD} en meer", 1), "$.entries[0]: ? does not belong here"),
    "an unknown field of the whole": (put("extra", WORD), "$: extra does not belong here"),
    "an unknown list of the whole": (put("extra", [WORD]), "$: extra does not belong here"),
    "a missing field": (dropped("household.1.relation"), "$.household[1]: relation is missing"),
    "a missing part": (dropped("mandates"), "$: mandates is missing"),
    "a part out of order": (moved_to_the_front("grants"), "$.dossier: should stand before grants"),
    "an old version": (put("version", 1), "$.version: is not one of: 3, 4"),
    "an unknown section": (put("entries.0.section", WORD), "$.entries[0].section: is not one of: hulpvraag, voortgang"),
    "no first version": (put("entries.0.versions", []), "$.entries[0].versions: is shorter or smaller than 1"),
    "an id used twice": (put("entries.1.id", f"{ID}230"), f"$.entries[1].id: {ID}230 is used at $.entries[0] too"),
    "an id of another kind used twice": (put("grants.0.id", f"{ID}200"), f"$.grants[0].id: {ID}200 is used at $.dossier too"),
    "a reaction's id used twice": (
        put("entries.0.annotations.1.id", f"{ID}240"),
        f"$.entries[0].annotations[1].id: {ID}240 is used at $.entries[0].annotations[0] too",
    ),
    "no uuid": (put("entries.0.id", WORD), "$.entries[0].id: is not a uuid in small letters"),
    "a uuid in capitals": (put("dossier.id", "ABCDEF00-0000-4000-8000-000000000001"), "$.dossier.id: is not a uuid in small letters"),
    "an author who is not there": (put("entries.2.author.person", STRANGER), f"$.entries[2].author.person: {STRANGER} is not in this file"),
    "a version's author who is not there": (
        put("entries.0.versions.1.author.person", STRANGER),
        f"$.entries[0].versions[1].author.person: {STRANGER} is not in this file",
    ),
    "a reaction's author who is not there": (
        put("entries.0.annotations.0.author.person", STRANGER),
        f"$.entries[0].annotations[0].author.person: {STRANGER} is not in this file",
    ),
    "an assignment of somebody who is no professional": (
        put("assignments.0.professional", f"{ID}221"),
        f"$.assignments[0].professional: {ID}221 is a person, and should be a professional",
    ),
    "a mandate of nobody": (put("mandates.0.person", STRANGER), f"$.mandates[0].person: {STRANGER} is not in this file"),
    "closed for nobody we know": (
        put("entries.0.closures.0.person", STRANGER),
        f"$.entries[0].closures[0].person: {STRANGER} is not in this file",
    ),
    "a closure for one person and for all but one": (
        put("entries.0.closures.0.except_responsible", True),
        "$.entries[0].closures[0].except_responsible: is for nobody in particular, and person names somebody",
    ),
    "a file of what is no document": (
        put("entries.0.document", {"kind": "pdf", "bytes": 1, "sha256": "0" * 64}),
        "$.entries[0].document: belongs to an entry of kind document",
    ),
    "a ground in law for what the inwoner closed": (
        put("entries.0.closures.1.ground", "gevaar"),
        "$.entries[0].closures[1]: ground, review_on and told_from are of what the team withholds",
    ),
    "opened by nobody we know": (put("entries.0.opened.person", STRANGER), f"$.entries[0].opened.person: {STRANGER} is not in this file"),
    "a grant to an entry": (
        put("grants.0.grantee", f"{ID}230"),
        f"$.grants[0].grantee: {ID}230 is an entry, and should be the inwoner or a professional or a person",
    ),
    "a grant of an entry of another dossier": (put("grants.3.entry", f"{ID}310"), f"$.grants[3].entry: {ID}310 is not in this file"),
    "a line about an entry of another dossier": (
        put("read_lines.1.shown_entries.1", f"{ID}310"),
        f"$.read_lines[1].shown_entries[1]: {ID}310 is not in this file",
    ),
    "a line about a person": (put("read_lines.0.entry", f"{ID}221"), f"$.read_lines[0].entry: {ID}221 is a person, and should be an entry"),
    "a change of an entry that is not there": (put("changes.0.entry", STRANGER), f"$.changes[0].entry: {STRANGER} is not in this file"),
    "somebody without a part": (
        lambda case: case["network"].append({"id": STRANGER, "first_name": WORD, "infix": None, "last_name": WORD}),
        "$.network[3]: nothing in the file refers to this person",
    ),
    "a day that does not exist": (put("inwoner.birth_date", "2023-02-29"), "$.inwoner.birth_date: is not a date (yyyy-mm-dd)"),
    "a day in another form": (put("dossier.opened_on", "1-2-2024"), "$.dossier.opened_on: is not a date (yyyy-mm-dd)"),
    "a moment without an offset": (
        put("entries.0.occurred_at", "2024-03-02T09:30:00"),
        "$.entries[0].occurred_at: is not a time with an offset (ISO 8601)",
    ),
    "a moment that does not exist": (
        put("entries.0.versions.0.created_at", "2024-13-02T09:30:00Z"),
        "$.entries[0].versions[0].created_at: is not a time with an offset (ISO 8601)",
    ),
    "a moment outside history": (
        put("changes.0.at", "0001-01-01T00:00:00+14:00"),
        "$.changes[0].at: is not a time with an offset (ISO 8601)",
    ),
    "to talk over for too long": (
        put("entries.0.discuss_until", "2024-03-10T10:00:00.123457Z"),
        "$.entries[0].discuss_until: is more than 8 days after placed_at",
    ),
    "a bsn that fails the eleven-test": (put("inwoner.bsn", "999990018"), "$.inwoner.bsn: does not pass the eleven-test"),
    "a bsn of nine zeros": (put("inwoner.bsn", "000000000"), "$.inwoner.bsn: does not pass the eleven-test"),
    "a bsn with a point": (put("inwoner.bsn", "9999.90019"), "$.inwoner.bsn: is not nine digits"),
    "a control character": (put("entries.0.versions.0.body", f"{WORD}\x07"), "$.entries[0].versions[0].body: holds a control character"),
    "an escape character": (put("household.0.name", f"{WORD}\x1b[31m"), "$.household[0].name: holds a control character"),
    "a NUL": (
        put("entries.0.annotations.0.versions.0.body", f"{WORD}\0"),
        "$.entries[0].annotations[0].versions[0].body: holds a character",
    ),
    "half of a pair": (put("inwoner.reachable", f"{WORD}\ud83d"), "$.inwoner.reachable: holds a character that can't be kept"),
    "a gap in the versions": (put("entries.0.versions.1.number", 3), "$.entries[0].versions[1].number: should be 2"),
    "a gap in the versions of a reaction": (
        put("entries.0.annotations.0.versions.0.number", 2),
        "$.entries[0].annotations[0].versions[0].number: should be 1",
    ),
    "a reaction to a version that is not there": (
        put("entries.0.annotations.0.versions.1.about_version", 3),
        "$.entries[0].annotations[0].versions[1].about_version: the entry has no version 3",
    ),
    "an answer to what is not there": (
        put("entries.0.annotations.1.answers", STRANGER),
        f"$.entries[0].annotations[1].answers: {STRANGER} is not beside this entry",
    ),
    "an answer to itself": (
        put("entries.0.annotations.1.answers", f"{ID}241"),
        "$.entries[0].annotations[1].answers: leads back to where it began",
    ),
    "a question of another kind": (
        put("entries.0.annotations.0.wish", "uitleg"),
        "$.entries[0].annotations[0].wish: uitleg does not go with klopt_niet",
    ),
    "a question to oneself": (
        put("entries.0.annotations.0.audience", "ik"),
        "$.entries[0].annotations[0].wish: nobody could answer what only its author reads",
    ),
    "longer without a reason": (
        put("entries.0.annotations.1.extended_at", "2024-03-05T12:00:00Z"),
        "$.entries[0].annotations[1].extension: goes together with extended_at",
    ),
    "sentences of no version": (
        put("entries.0.annotations.0.versions.0.about_version", None),
        "$.entries[0].annotations[0].versions[0].sentences: need about_version and quote",
    ),
    "sentences without their words": (
        put("entries.0.annotations.0.versions.0.quote", None),
        "$.entries[0].annotations[0].versions[0].sentences: need about_version and quote",
    ),
    "a scope without its part": (put("grants.1.section", None), "$.grants[1].section: should not be null for scope section"),
    "a scope with another part": (put("grants.0.leefdomein", "wonen"), "$.grants[0].leefdomein: should be null for scope dossier"),
    "a consent without its source": (put("grants.0.source", ""), "$.grants[0].source: is shorter or smaller than 1"),
    "a team that is not there": (put("dossier.team", WORD), "$.dossier.team: there is no such team in the database"),
    "a team of somebody that is not there": (put("professionals.0.team", WORD), "$.professionals[0].team: there is no such team"),
    "a stadsdeel that is not there": (put("inwoner.stadsdeel", WORD), "$.inwoner.stadsdeel: there is no such stadsdeel"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_with_its_place(database: PortalDatabase, team_noord: None, tmp_path: Path, name: str) -> None:
    change, said = WRONG[name]
    case = by_hand("full")
    change(case)
    assert said in refused(database, json.dumps(case).encode(), tmp_path)


FULL = (FILES / "full.json").read_bytes()
BROKEN: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "at the beginning (line 1): the file is cut off"),
    "a list": (b"[]", "at the beginning (line 1): should be an object"),
    "text": (WORD.encode(), "at the beginning (line 1): should be an object"),
    "an empty object": (b"{}", "$.format: should stand first"),
    "another format": (b'{"format": "prive"}', "$.format: should stand first"),
    "a format that is no text": (b'{"format": ["casus-dossier"]}', "$.format: should stand first"),
    "a byte order mark": (b"\xef\xbb\xbf" + FULL, "at the beginning (line 1): should be an object"),
    "bytes that are no UTF-8": (FULL.replace(b"Eerste gesprek", b"Eerste \xe9\xe9n", 1), "what follows is not UTF-8"),
    "another encoding": (FULL.decode().encode("utf-16"), "what follows is not UTF-8"),
    "a line end in a text": (FULL.replace(b"De kraan", b"De\nkraan", 1), "$.entries[0] (line 135): holds a control character"),
    "a key twice": (FULL.replace(b'"kind": "brief"', b'"kind": "brief", "kind": "brief"', 1), "$.entries[1] (line 270): the key kind stands twice"),
    "a part twice": (FULL.replace(b' "grants"', b' "household": [],\n "grants"', 1), "$.household (line 337): stands twice"),
    "a comma too many": (FULL.replace(b"\n ],\n \"grants\"", b",\n ],\n \"grants\"", 1), "$.entries[3] (line 336): is not valid JSON"),
    "a fraction": (FULL.replace(b'"number": 1,', b'"number": 1.5,', 1), "$.entries[0] (line 135): holds a number that is not whole"),
    "no number": (FULL.replace(b'"number": 1,', b'"number": NaN,', 1), "$.entries[0] (line 135): holds a number that is not whole"),
    "words behind the end": (FULL + WORD.encode(), "something stands behind the end"),
    "two dossiers": (FULL + FULL, "something stands behind the end"),
    "too deep": (b'{"format": "casus-dossier", "version": ' + b"[" * 100_000, "is nested too deeply"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_json_is_said_with_its_place(database: PortalDatabase, team_noord: None, tmp_path: Path, name: str) -> None:
    content, said = BROKEN[name]
    assert said in refused(database, content, tmp_path)


@pytest.mark.parametrize("part", range(1, 40))
def test_a_file_that_is_cut_off_is_refused_wherever_it_ends(database: PortalDatabase, team_noord: None, tmp_path: Path, part: int) -> None:
    end = len(FULL.rstrip()) * part // 40
    assert "the file is cut off" in refused(database, FULL[:end], tmp_path)


def test_a_file_without_its_last_brace_is_cut_off(database: PortalDatabase, team_noord: None, tmp_path: Path) -> None:
    assert "$.changes[1] (line" in refused(database, FULL.rstrip()[:-1], tmp_path)


def test_every_problem_is_said_up_to_twenty(database: PortalDatabase, team_noord: None, tmp_path: Path) -> None:
    case = by_hand("full")
    case["household"] = [{"name": WORD, "relation": 1, "birth_year": None}] * 30
    said = refused(database, json.dumps(case).encode(), tmp_path)
    assert [f"$.household[{place}].relation: should be text" in said for place in range(30)] == [True] * 20 + [False] * 10


def test_an_entry_of_another_file_of_the_same_import_is_not_in_this_one(database: PortalDatabase, team_noord: None, tmp_path: Path) -> None:
    """A reference can't leave the dossier, not even to a dossier that comes in at the same time, or is there already."""
    case = by_hand("full")
    case["grants"][3]["entry"] = f"{ID}310"
    other, wrong = FILES / "many-scripts.json", tmp_path / "fout.json"
    wrong.write_text(json.dumps(case), encoding="utf-8")
    before = counts(database)
    together = run(database, other, wrong)
    assert together.exit_code == 1
    assert f"{wrong}: $.grants[3].entry: {ID}310 is not in this file" in together.output
    assert counts(database) == before, "the good file isn't kept either"
    assert run(database, other).exit_code == 0
    assert f"{wrong}: $.grants[3].entry: {ID}310 is not in this file" in run(database, wrong).output


def test_the_file_itself_is_right(database: PortalDatabase, team_noord: None) -> None:
    assert run(database, FILES / "full.json").exit_code == 0
