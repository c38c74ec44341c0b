"""``portal import``: everything that is named, or nothing."""

import json
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result

import portal
from portal.cli import main
from tests.conftest import PortalDatabase

DEMO = Path(portal.__file__).parent / "demo"
ORGANISATION = DEMO / "organisation.json"
CASE = DEMO / "cases" / "kort-vraag.json"


def run(database: PortalDatabase, *paths: Path, role: str = "portaal_operator") -> Result:
    arguments = ["import", *map(str, paths)]
    return CliRunner().invoke(main, arguments, env={"MBT_DATABASE_URL": database.url(role)})


def teams(database: PortalDatabase) -> int:
    with psycopg.connect(database.admin_dsn) as connection:
        row = connection.execute("SELECT count(*) FROM casus.team").fetchone()
    assert row is not None
    return int(row[0])


def test_nothing_is_kept_when_one_file_is_refused(database: PortalDatabase, tmp_path: Path) -> None:
    case = json.loads(CASE.read_text(encoding="utf-8"))
    case["dossier"]["team"] = "Buurtteam Elders"
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(case), encoding="utf-8")
    result = run(database, ORGANISATION, wrong)
    assert result.exit_code == 1
    assert "wrong.json" in result.output
    assert "$.dossier.team: there is no such team in the database" in result.output
    assert teams(database) == 0


def test_only_the_operator_imports(database: PortalDatabase) -> None:
    result = run(database, CASE, role="web_team")
    assert result.exit_code == 1
    assert "portaal_operator" in result.output


@pytest.mark.parametrize("content", ["{", "[]", '{"format": "prive"}', "\udcff"])
def test_other_files_are_refused(database: PortalDatabase, tmp_path: Path, content: str) -> None:
    path = tmp_path / "some.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    result = run(database, path)
    assert result.exit_code == 1
    assert "some.json" in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_the_order_on_the_command_line_does_not_matter_and_a_second_time_is_refused(database: PortalDatabase) -> None:
    result = run(database, CASE, ORGANISATION)
    assert result.exit_code == 0, result.output
    assert "entry                    10" in result.output
    again = run(database, CASE)
    assert again.exit_code == 1
    assert "in the database already" in again.output
