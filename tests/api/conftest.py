"""Case files that were written by hand, and the two ends of the contract: the operator who imports and the role that makes copies."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from portal.db import Database
from portal.exporting import export_dossier
from tests.conftest import PortalDatabase

FILES = Path(__file__).parent / "case_files"
NAMES = sorted(path.stem for path in FILES.glob("*.json"))


def by_hand(name: str) -> Any:
    """A case file of tests/api/case_files: minimal, full or many-scripts."""
    return json.loads((FILES / f"{name}.json").read_text(encoding="utf-8"))


def counts(database: PortalDatabase) -> dict[str, int]:
    """Rows in each table of schema casus, seen by the superuser."""
    with psycopg.connect(database.admin_dsn) as connection:
        tables = connection.execute("SELECT relname FROM pg_class WHERE relnamespace = 'casus'::regnamespace AND relkind = 'r'").fetchall()
        found = {}
        for (table,) in tables:
            row = connection.execute(f"SELECT count(*) FROM casus.{table}".encode()).fetchone()
            assert row is not None
            found[str(table)] = int(row[0])
    return found


@pytest.fixture(scope="module")
def operator(database: PortalDatabase) -> Iterator[Database]:
    """The role that imports."""
    connected = Database(database.url("portaal_operator"), None)
    yield connected
    connected.dispose()


@pytest.fixture(scope="module")
def team_noord(database: PortalDatabase) -> None:
    """The one team and district that the files by hand name."""
    with psycopg.connect(database.admin_dsn) as admin:
        admin.execute("INSERT INTO casus.stadsdeel VALUES (1, 'Noord')")
        admin.execute("INSERT INTO casus.team (name, stadsdeel_id) VALUES ('Team Noord', 1)")


@pytest.fixture(scope="module")
def export(database: PortalDatabase) -> Iterator[Callable[[str], str]]:
    """Gives the copy of a dossier (public id) as text."""
    connected = Database(database.url("casus_uitvoer"), None)

    def make(dossier: str) -> str:
        out = io.StringIO()
        export_dossier(connected, UUID(dossier), out, reader="M. Verhuizer", ground="overdracht", source="Dit systeem")
        return out.getvalue()

    yield make
    connected.dispose()
