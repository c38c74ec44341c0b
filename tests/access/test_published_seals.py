"""Seals are written outside the database as they are made; a chain that was made anew as a whole is found by them."""

from pathlib import Path

import psycopg
import pytest

from portal import jobs
from portal.actor import Signer
from portal.audit import verify_read_log
from portal.db import Database
from tests.access.conftest import Access
from tests.access.world import PEOPLE


def read_once(access: Access) -> None:
    """The owner looks, and the line is committed."""
    connection = access.connection("inwoner")
    connection.execute("SELECT set_config('casus.actor', %s, true)", (access.token(PEOPLE["owner"]),))
    connection.execute("INSERT INTO casus.read_log (dossier_id, what) VALUES (1, 'overzicht')")
    connection.commit()


def test_a_chain_made_anew_is_found_by_what_was_published(access: Access, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "seals.txt"
    monkeypatch.setenv("MBT_SEALS_FILE", str(place))
    worker = Database(access.database.url("portaal_jobs"), Signer("portaal_jobs", access.database.keys["portaal_jobs"]))
    for _ in range(2):
        read_once(access)
        jobs.seal_read_log(worker)
    jobs.seal_read_log(worker)
    lines = place.read_text(encoding="utf-8").splitlines()
    assert [line.split()[0] for line in lines] == ["1", "2"]
    published = [(int(number), seal) for number, seal in (line.split() for line in lines)]
    with psycopg.connect(access.database.dsn("casus_controle")) as auditor:
        assert list(verify_read_log(auditor, published)) == []
    with psycopg.connect(access.database.admin_dsn) as admin:
        admin.execute("DELETE FROM casus.read_seal_row")
        admin.execute("DELETE FROM casus.read_seal")
        admin.execute("UPDATE casus.read_log SET reader_name = 'niemand'")
    monkeypatch.delenv("MBT_SEALS_FILE")
    jobs.seal_read_log(worker)
    worker.dispose()
    with psycopg.connect(access.database.dsn("casus_controle")) as auditor:
        assert list(verify_read_log(auditor)) == []
        found = [finding.message for finding in verify_read_log(auditor, published)]
    assert found == ["seal 1 is not the one that was published", "seal 2 was published and is gone"]
