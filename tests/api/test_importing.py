"""The importer, as the operator's role: everything arrives once, whole or not at all, and the lock holds for it."""

import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.rows import dict_row
from sqlalchemy import text

import portal
from portal.actor import Actor, Kind, Signer
from portal.db import Database
from portal.importing import Imported, ImportRefusedError, import_case, import_organisation
from tests.api.conftest import counts
from tests.conftest import PortalDatabase

DEMO = Path(portal.__file__).parent / "demo"


def read(name: str) -> Any:
    return json.loads((DEMO / name).read_text(encoding="utf-8"))


ORGANISATION = read("organisation.json")
PATHS = sorted((DEMO / "cases").glob("*.json"))
CASES = [read(f"cases/{path.name}") for path in PATHS]


@pytest.fixture(scope="module")
def imported(operator: Database) -> Imported:
    """Everything of the demo, imported once."""
    result = Imported()
    with operator.plain() as connection:
        result += import_organisation(connection, ORGANISATION)
        for path in PATHS:
            result += import_case(connection, path)
    return result


def rows(database: PortalDatabase, query: str) -> list[dict[str, Any]]:
    """What really stands there, seen by the superuser."""
    with psycopg.connect(database.admin_dsn, row_factory=dict_row) as connection:
        return connection.execute(query.encode()).fetchall()


def test_everything_arrives_and_is_counted(database: PortalDatabase, imported: Imported) -> None:
    found = counts(database)
    entries = [entry for case in CASES for entry in case["entries"]]
    expected = {
        "stadsdeel": 10,
        "team": 10,
        "inwoner": len(CASES),
        "address": len(CASES),
        "dossier": len(CASES),
        "entry": len(entries),
        "entry_version": sum(len(entry["versions"]) for entry in entries),
        "annotation": sum(len(entry["annotations"]) for entry in entries),
        "annotation_version": sum(len(entry["annotations"]) for entry in entries),
        "access_grant": sum(len(case["grants"]) for case in CASES),
        "closure": sum(len(entry["closures"]) for entry in entries),
        "household_member": sum(len(case["household"]) for case in CASES),
        "assignment": sum(len(case["assignments"]) for case in CASES),
        "staff": len(
            {person["id"] for person in ORGANISATION["staff"]} | {person["id"] for case in CASES for person in case["professionals"]}
        ),
    }
    assert {table: found[table] for table in expected} == expected
    assert {table: imported.counts[table] for table in expected} == expected
    assert min(expected.values()) > 0


def test_every_text_stands_in_the_database_as_it_was(database: PortalDatabase, imported: Imported) -> None:
    versions = rows(
        database,
        """
        SELECT e.public_id::text AS id, v.number, v.title, v.body, v.reason, v.created_at, v.author_name, p.public_id::text AS person
        FROM casus.entry_version v JOIN casus.entry e ON e.id = v.entry_id LEFT JOIN casus.person p ON p.id = v.author_id""",
    )
    kept = {(row["id"], row["number"]): row for row in versions}
    for case in CASES:
        for entry in case["entries"]:
            for version in entry["versions"]:
                row = kept[entry["id"], version["number"]]
                assert (row["title"], row["body"], row["reason"], row["author_name"], row["person"]) == (
                    version["title"],
                    version["body"],
                    version["reason"],
                    entry["author"]["name"],
                    entry["author"]["person"],
                )
                assert row["created_at"].timestamp() == datetime.fromisoformat(version["created_at"]).timestamp()
    notes = {
        row["id"]: row
        for row in rows(
            database,
            """
        SELECT a.public_id::text AS id, v.body, v.quote, a.author_name, p.public_id::text AS person, a.audience, e.public_id::text AS entry
        FROM casus.annotation a JOIN casus.annotation_version v ON v.annotation_id = a.id JOIN casus.entry e ON e.id = a.entry_id
        LEFT JOIN casus.person p ON p.id = a.author_id""",
        )
    }
    for case in CASES:
        for entry in case["entries"]:
            for note in entry["annotations"]:
                row = notes[note["id"]]
                assert (row["entry"], row["body"], row["quote"], row["author_name"], row["person"], row["audience"]) == (
                    entry["id"],
                    note["versions"][0]["body"],
                    note["versions"][0]["quote"],
                    note["author"]["name"],
                    note["author"]["person"],
                    3,
                )


def test_codes_are_the_right_ones(database: PortalDatabase, imported: Imported) -> None:
    """Spot checks against what the case says, for a few of each."""
    found = {
        (row["case_number"], row["first_name"]): row
        for row in rows(
            database,
            """
        SELECT p.first_name, row_number() OVER (PARTITION BY d.id ORDER BY e.id) AS case_number,
            e.section, e.leefdomein, e.kind, e.occurred_at
        FROM casus.entry e JOIN casus.dossier d ON d.id = e.dossier_id JOIN casus.person p ON p.id = d.inwoner_id""",
        )
    }
    assert [found[6, "Iris"][key] for key in ("section", "leefdomein", "kind")] == [6, 2, 8]
    assert [found[9, "Iris"][key] for key in ("section", "leefdomein", "kind")] == [9, 0, 11]
    assert [found[23, "Wendy"][key] for key in ("section", "leefdomein", "kind")] == [2, 9, 2]
    outcomes = Counter(row["outcome"] for row in rows(database, "SELECT outcome FROM casus.annotation WHERE kind = 2"))
    expected = Counter(
        {"overgenomen": 1, "deels": 2, "niet": 3, None: 0}[note["outcome"]]
        for case in CASES
        for entry in case["entries"]
        for note in entry["annotations"]
        if note["kind"] == "klopt_niet"
    )
    assert outcomes == expected


def test_how_to_reach_somebody_safely_is_kept(database: PortalDatabase, imported: Imported) -> None:
    iris = next(case for case in CASES if case["inwoner"]["first_name"] == "Iris")["inwoner"]
    row = rows(
        database,
        f"""
        SELECT i.*, a.street, a.protected, s.name AS stadsdeel FROM casus.inwoner i JOIN casus.person p ON p.id = i.person_id
        JOIN casus.address a USING (person_id) JOIN casus.stadsdeel s ON s.id = i.stadsdeel_id WHERE p.public_id = '{iris["id"]}'""",
    )[0]
    assert (row["safe_contact"], row["reachable"], row["bsn"]) == (iris["safe_contact"], iris["reachable"], iris["bsn"])
    assert (row["street"], row["protected"], row["stadsdeel"]) == (None, True, "Oost")


def test_somebody_without_any_part_in_the_case_is_not_stored(database: PortalDatabase, imported: Imported) -> None:
    names = {f"{row['first_name']} {row['last_name']}" for row in rows(database, "SELECT first_name, last_name FROM casus.person")}
    assert "Floor Bouwman" in names
    assert not {"Ruben (partner)", "Loes Theunissen", "Danylo Melnychuk"} & names


def case_of(first_name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(case for case in CASES if case["inwoner"]["first_name"] == first_name)
    return found


def seen(database: PortalDatabase, imported: Imported, face: str, kind: Kind, person: str) -> Counter[int]:
    """Sections of the entries that this person sees on this face, with how many."""
    connected = Database(database.url(face), Signer(face, database.keys[face]))
    try:
        with connected.session(Actor(imported.persons[person], kind, uuid4())) as session:
            return Counter(session.execute(text("SELECT section FROM casus.entry")).scalars())
    finally:
        connected.dispose()


def person_id(case: dict[str, Any], name: str) -> str:
    first, _, last = name.partition(" ")
    found: str = next(
        person["id"]
        for key in ("network", "professionals")
        for person in case[key]
        if (person["first_name"], person["last_name"]) == (first, last)
    )
    return found


def test_the_lock_holds_for_what_was_imported(database: PortalDatabase, imported: Imported) -> None:
    iris = case_of("Iris")
    everything = Counter(iris_section for iris_section in (_section(entry) for entry in iris["entries"]))
    assert seen(database, imported, "web_inwoner", Kind.INWONER, iris["inwoner"]["id"]) == everything - Counter({6: 1})
    diary = Counter(_section(entry) for entry in iris["entries"] if entry["audience"] == "ik")
    assert diary == Counter({9: 2})
    assert seen(database, imported, "web_team", Kind.PROFESSIONAL, person_id(iris, "Femke Nas")) == everything - diary
    floor = seen(database, imported, "web_inwoner", Kind.NAASTE, person_id(iris, "Floor Bouwman"))
    assert floor == Counter({6: everything[6] - 2}), "not what is withheld, and no reports"


def _section(entry: dict[str, Any]) -> int:
    names = ("hulpvraag", "voortgang", "onderzoek", "plan", "evaluatie", "veiligheid", "indicatie", "correspondentie", "eigen")
    return names.index(entry["section"]) + 1


def test_a_closed_entry_stays_closed_for_the_sister(database: PortalDatabase, imported: Imported) -> None:
    yvonne = case_of("Yvonne")
    sections = Counter(_section(entry) for entry in yvonne["entries"])
    carla = seen(database, imported, "web_inwoner", Kind.NAASTE, person_id(yvonne, "Carla Hermsen"))
    assert carla == Counter({4: sections[4], 5: sections[5]})


def test_most_dossiers_have_a_professional_today(database: PortalDatabase, imported: Imported) -> None:
    current = rows(
        database,
        """
        SELECT DISTINCT dossier_id FROM casus.assignment WHERE valid_until IS NULL""",
    )
    assert len(current) == 9


def test_the_same_set_twice_is_refused_and_changes_nothing(database: PortalDatabase, operator: Database, imported: Imported) -> None:
    before = counts(database)
    with pytest.raises(ImportRefusedError, match="in the database already"), operator.plain() as connection:
        import_organisation(connection, ORGANISATION)
    for path in PATHS:
        with pytest.raises(ImportRefusedError, match="in the database already"), operator.plain() as connection:
            import_case(connection, path)
    assert counts(database) == before


def fresh_case() -> dict[str, Any]:
    """A case that isn't there yet: the first one with other ids."""
    renamed: dict[str, Any] = json.loads(json.dumps(CASES[0]))
    ids = {CASES[0]["dossier"]["id"], CASES[0]["inwoner"]["id"], *(person["id"] for person in CASES[0]["network"])}
    for entry in CASES[0]["entries"]:
        ids |= {entry["id"], *(note["id"] for note in entry["annotations"])}
    ids |= {grant["id"] for grant in CASES[0]["grants"]}
    ids |= {one["id"] for some in CASES[0]["plan"].values() for one in some}
    written = json.dumps(renamed)
    for old in ids:
        written = written.replace(old, str(uuid4()))
    loaded: dict[str, Any] = json.loads(written)
    return loaded


def put(case: dict[str, Any], folder: Path) -> Path:
    path = folder / "case.json"
    path.write_text(json.dumps(case), encoding="utf-8")
    return path


def test_an_import_that_goes_wrong_halfway_leaves_nothing(
    database: PortalDatabase, operator: Database, imported: Imported, tmp_path: Path
) -> None:
    before = counts(database)
    case = fresh_case()
    case["entries"][-1]["id"] = CASES[1]["entries"][0]["id"]
    with pytest.raises(ImportRefusedError, match="in the database already"), operator.plain() as connection:
        import_case(connection, put(case, tmp_path))
    assert counts(database) == before


def test_a_plan_that_is_somebody_elses_leaves_nothing(
    database: PortalDatabase, operator: Database, imported: Imported, tmp_path: Path
) -> None:
    before = counts(database)
    for name in ("parts", "proposals", "evaluations"):
        case = fresh_case()
        old, new = case["plan"][name][-1]["id"], next(one["plan"][name][-1]["id"] for one in CASES[1:] if one["plan"][name])
        case = json.loads(json.dumps(case).replace(old, new))
        with pytest.raises(ImportRefusedError, match="in the database already"), operator.plain() as connection:
            import_case(connection, put(case, tmp_path))
        assert counts(database) == before


def test_a_case_of_people_nobody_knew_is_imported_too(
    database: PortalDatabase, operator: Database, imported: Imported, tmp_path: Path
) -> None:
    case = fresh_case()
    with operator.plain() as connection:
        result = import_case(connection, put(case, tmp_path))
    assert result.counts["entry"] == len(case["entries"])
    assert result.counts["staff"] == 0, "the same colleagues, not new ones"
    assert seen(database, result, "web_inwoner", Kind.INWONER, case["inwoner"]["id"]).total() == len(case["entries"])
