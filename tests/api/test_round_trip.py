"""File → import → export gives the file in canonical form, to the byte; and a copy is a reading that the inwoner can see."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
from click.testing import CliRunner

from portal import jobs, provision
from portal.actor import Signer
from portal.audit import verify_read_log
from portal.cli import main
from portal.db import Database
from portal.demo.people import DEMO, demo_organisation
from portal.exporting import export_dossier
from portal.importing import import_case, import_organisation, schema
from portal.json_schema import check
from portal.migrate import migrate
from tests.api.conftest import FILES, NAMES, by_hand
from tests.conftest import Cluster, PortalDatabase

Export = Callable[[str], str]


@pytest.fixture(scope="module", autouse=True)
def imported(operator: Database, team_noord: None) -> None:
    with operator.plain() as connection:
        for name in NAMES:
            import_case(connection, FILES / f"{name}.json")


def canonical(name: str) -> str:
    return (FILES / f"{name}.json").read_bytes().decode()


def test_the_files_by_hand_fit_the_schema_and_are_as_the_json_module_writes_them() -> None:
    assert NAMES == ["full", "many-scripts", "minimal"]
    for name in NAMES:
        check(by_hand(name), schema("dossier"))
        assert json.dumps(by_hand(name), ensure_ascii=False, indent=1) + "\n" == canonical(name)


def test_the_full_file_uses_every_field() -> None:
    """Of what may be null or empty, something in the file is neither, somewhere."""
    used: set[str] = set()

    def walk(value: Any, path: str) -> None:
        if isinstance(value, dict):
            for name, part in value.items():
                walk(part, f"{path}.{name}")
        elif isinstance(value, list):
            for part in value:
                walk(part, f"{path}[]")
        elif value not in (None, "", False):
            used.add(path)

    def places(part: dict[str, Any], path: str) -> set[str]:
        part = form["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part
        if "properties" in part:
            return {place for name, inner in part["properties"].items() for place in places(inner, f"{path}.{name}")}
        return places(part["items"], f"{path}[]") if "items" in part else {path}

    form = schema("dossier")
    walk(by_hand("full"), "$")
    assert places(form, "$") - used == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_file_comes_back_to_the_byte_however_often(export: Export, name: str) -> None:
    dossier = by_hand(name)["dossier"]["id"]
    assert export(dossier) == canonical(name)
    assert export(dossier) == canonical(name)


def renamed(text: str) -> tuple[str, dict[str, str]]:
    """The file with other ids (in the same order), so that it can come in beside the first; and which became which."""
    ids = sorted({text[place : place + 36] for place in range(len(text)) if text.startswith("00000000-0000-4000-8000-", place)})
    start = uuid4().hex[:8]
    names = {old: start + old[8:] for old in ids}
    for old, new in names.items():
        text = text.replace(old, new)
    return text, names


def otherwise(value: Any) -> Any:
    """The same said in another way: moments in the time of Nijmegen, or of nowhere in particular; keys of inner objects the other way round."""
    if isinstance(value, dict):
        return {name: otherwise(part) for name, part in reversed(value.items())}
    if isinstance(value, list):
        return [otherwise(part) for part in value]
    if isinstance(value, str) and value.endswith("Z") and value[:2] == "20":
        return datetime.fromisoformat(value).astimezone(ZoneInfo("Europe/Amsterdam")).isoformat()
    return value


@pytest.mark.parametrize("name", NAMES)
def test_what_says_the_same_in_another_way_comes_back_in_canonical_form(
    operator: Database, export: Export, tmp_path: Path, name: str
) -> None:
    text, _ = renamed(canonical(name))
    case = json.loads(text)
    other = {key: otherwise(part) for key, part in case.items()}
    for key in ("professionals", "network", "read_lines", "changes"):
        other[key].reverse()
    # Two entries of the same moment keep their order; the last one goes back to its place.
    other["entries"] = other["entries"][-1:] + other["entries"][:-1]
    for entry in other["entries"]:
        entry["annotations"].reverse()
    path = tmp_path / "other.json"
    path.write_text(json.dumps(other, indent="\t", ensure_ascii=True).replace("\n", "\r\n"), encoding="utf-8", newline="")
    with operator.plain() as connection:
        import_case(connection, path)
    expected = json.loads(text)
    assert export(case["dossier"]["id"]) == json.dumps(expected, ensure_ascii=False, indent=1) + "\n"


@pytest.fixture(scope="module")
def empty(cluster: Cluster) -> Any:
    """Makes another migrated database, and gives the address of a role in it."""
    name = cluster.name("other")
    provision.provision(cluster.admin_dsn, name, cluster.passwords)

    def url(role: str) -> str:
        return provision.sqlalchemy_url(provision.role_dsn(cluster.admin_dsn, role, cluster.passwords[role], name))

    migrate(url(provision.OWNER))
    yield url
    provision.drop_database(cluster.admin_dsn, name)


def run(*arguments: str, url: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "portal", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "MBT_DATABASE_URL": url},
        cwd=DEMO.parent.parent,
    )


def test_the_cases_of_the_demo_come_back_to_the_byte(empty: Callable[[str], str]) -> None:
    paths = sorted((DEMO / "cases").glob("*.json"))
    operator, copier = Database(empty("portaal_operator"), None), Database(empty("casus_uitvoer"), None)
    with operator.plain() as connection:
        import_organisation(connection, demo_organisation())
        for path in paths:
            import_case(connection, path)
    staff = {one["id"]: one for one in demo_organisation()["staff"]}
    for path in paths:
        case = json.loads(path.read_text(encoding="utf-8"))
        for colleague in case["professionals"]:
            # Who is there already is used as the database has them: so says the organisation file, or the case that came first.
            known = staff.setdefault(colleague["id"], colleague)
            colleague.update({name: known[name] for name in ("job_title", "team", "role", "joined_on", "left_on")})
        out = StringIO()
        export_dossier(copier, UUID(case["dossier"]["id"]), out, reader="x", ground="y", source="z")
        assert out.getvalue() == json.dumps(case, ensure_ascii=False, indent=1) + "\n"
    operator.dispose()
    copier.dispose()


def test_a_copy_in_a_file_is_whole_and_for_its_owner_only_and_moves_on(
    database: PortalDatabase, empty: Callable[[str], str], operator: Database, tmp_path: Path
) -> None:
    copy, again = tmp_path / "copy.json", tmp_path / "again.json"
    dossier = by_hand("many-scripts")["dossier"]["id"]
    for url, place in ((database.url("casus_uitvoer"), copy), (empty("casus_uitvoer"), again)):
        went = CliRunner().invoke(main, ["export", dossier, "--reader=x", "--ground=y", f"--output={place}"], env={"MBT_DATABASE_URL": url})
        assert (went.exit_code, went.stdout, went.stderr) == (0, "", "1 entries\n")
        assert place.stat().st_mode & 0o777 == 0o600
        if place == copy:
            came = CliRunner().invoke(main, ["import", str(copy)], env={"MBT_DATABASE_URL": empty("portaal_operator")})
            assert came.exit_code == 0, came.output
    assert copy.read_bytes() == again.read_bytes() == canonical("many-scripts").encode()
    assert {path.name for path in tmp_path.iterdir()} == {"copy.json", "again.json"}


def test_the_command_writes_to_the_output_when_no_file_is_named(database: PortalDatabase) -> None:
    dossier = by_hand("many-scripts")["dossier"]["id"]
    went = run("export", dossier, "--reader", "x", "--ground", "y", url=database.url("casus_uitvoer"))
    assert (went.returncode, went.stdout) == (0, canonical("many-scripts"))
    assert went.stderr == "1 entries\n"


@pytest.mark.parametrize(
    ("dossier", "reader", "ground", "said"),
    [
        ("00000000-0000-4000-8000-000000000009", "x", "y", "There is no dossier with this number."),
        ("full", " ", "y", "A copy needs the name of who asks for it, and why."),
        ("full", "x", "", "A copy needs the name of who asks for it, and why."),
    ],
)
def test_a_copy_that_is_refused_leaves_no_file_and_no_line(
    database: PortalDatabase, tmp_path: Path, dossier: str, reader: str, ground: str, said: str
) -> None:
    number = by_hand("full")["dossier"]["id"] if dossier == "full" else dossier
    before = lines(database)
    copy = tmp_path / "copy.json"
    arguments = ["export", number, f"--reader={reader}", f"--ground={ground}", f"--output={copy}"]
    went = CliRunner().invoke(main, arguments, env={"MBT_DATABASE_URL": database.url("casus_uitvoer")})
    assert (went.exit_code, went.stdout, went.stderr) == (1, "", f"Error: {said}\n")
    assert list(tmp_path.iterdir()) == []
    assert lines(database) == before


def test_only_the_role_for_copies_makes_them(database: PortalDatabase, tmp_path: Path) -> None:
    url = database.url("portaal_operator")
    went = CliRunner().invoke(main, ["export", str(uuid4()), "--reader=x", "--ground=y"], env={"MBT_DATABASE_URL": url})
    assert (went.exit_code, went.stdout) == (1, "")
    assert "casus_uitvoer" in went.stderr


def lines(database: PortalDatabase) -> list[Any]:
    with psycopg.connect(database.admin_dsn) as admin:
        return admin.execute("SELECT what, reader_name, ground_detail, program, shown FROM casus.read_log ORDER BY id").fetchall()


def test_each_copy_is_a_line_of_our_own_log_and_what_came_from_elsewhere_is_none(database: PortalDatabase, export: Export) -> None:
    """Our own chain holds what we saw ourselves: not one imported line stands in it, and every copy does."""
    before = lines(database)
    export(by_hand("full")["dossier"]["id"])
    after = lines(database)
    assert after[len(before) :] == [("uitvoer", "M. Verhuizer", "overdracht", "casus_uitvoer", 3)]
    assert {line[0] for line in after} == {"uitvoer"}
    with psycopg.connect(database.admin_dsn) as admin:
        elsewhere = admin.execute("SELECT source, count(*) FROM casus.imported_read_line GROUP BY 1 ORDER BY 1").fetchall()
        changes = admin.execute("SELECT count(*) FROM casus.change_log").fetchone()
        worker = Database(database.url("portaal_jobs"), Signer("portaal_jobs", database.keys["portaal_jobs"]))
        jobs.seal_read_log(worker)
        worker.dispose()
        sealed = admin.execute("SELECT count(*) FROM casus.read_seal_row").fetchone()
    assert {str(source) for source, _ in elsewhere} == {"Oud systeem", "Nog ouder systeem"}
    assert changes == (0,)
    assert sealed == (len(after),)
    with psycopg.connect(database.dsn("casus_controle")) as auditor:
        assert list(verify_read_log(auditor)) == []


def test_our_own_lines_and_consents_go_out_under_our_own_name_and_others_keep_theirs(database: PortalDatabase, export: Export) -> None:
    case = by_hand("minimal")
    with psycopg.connect(database.admin_dsn) as admin:
        row = admin.execute("SELECT id, inwoner_id FROM casus.dossier WHERE public_id = %s", (case["dossier"]["id"],)).fetchone()
        assert row is not None
        admin.execute("SET session_replication_role = replica")
        admin.execute(
            "INSERT INTO casus.read_log (at, xid, dossier_id, what, reader_id, reader_name, reader_role, ground, program)"
            " VALUES ('2026-05-05 10:00Z', pg_current_xact_id(), %s, 'overzicht', %s, 'Bo', 'inwoner', 'inwoner', 'web_inwoner')",
            row,
        )
        admin.execute(
            "INSERT INTO casus.imported_read_line (source, at, dossier_id, what, shown, shown_entries, reader_name, reader_role, ground,"
            " ground_detail, program) VALUES ('Oud', '2026-05-05 10:00Z', %s, 'overzicht', 0, '{}', 'Bo', 'inwoner', 'inwoner', '', 'oud')",
            row[:1],
        )
        admin.execute(
            "INSERT INTO casus.change_log (at, dossier_id, event, person_name, person_role, program)"
            " VALUES ('2026-05-05 10:00Z', %s, 'reaction.written', 'Bo', 'inwoner', 'web_inwoner')",
            row[:1],
        )
        admin.execute(
            "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, valid_from, ground) VALUES (%s, %s, 1, '2026-05-05', 'x')", row
        )
    copy = json.loads(export(case["dossier"]["id"]))
    assert [(line["program"], line["source"]) for line in copy["read_lines"]] == [("oud", "Oud"), ("web_inwoner", "Dit systeem")]
    assert [line["source"] for line in copy["changes"]] == ["Dit systeem"]
    assert [grant["source"] for grant in copy["grants"]] == ["Dit systeem"]
    check(copy, schema("dossier"))


def test_a_person_or_a_dossier_comes_in_once(operator: Database, tmp_path: Path) -> None:
    for name in NAMES:
        with pytest.raises(Exception, match="in the database already"), operator.plain() as connection:
            import_case(connection, FILES / f"{name}.json")
