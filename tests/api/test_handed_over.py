"""What is handed over is a case file that another installation takes in: the entries that were chosen, and nothing that was not."""

import json
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID
from zipfile import ZipFile

import psycopg
import pytest
from flask import Flask

from portal import i18n
from portal.actor import Actor, Kind, Signer
from portal.db import Database
from portal.dossier.queries import find_dossier
from portal.handover.packing import pack
from portal.handover.queries import can_go
from portal.importing import import_case
from portal.secretbox import package_about, unseal
from portal.settings import Settings
from tests.api.conftest import FILES, by_hand
from tests.api.test_round_trip import renamed
from tests.conftest import PortalDatabase

KEY = b"k" * 32
SETTINGS = cast("Settings", SimpleNamespace(document_key=KEY, document_key_before=None, site_title="Proef"))


@pytest.fixture(scope="module")
def packed(database: PortalDatabase, operator: Database, team_noord: None) -> dict[str, Any]:
    """The case file in a package of everything that can go along of the file by hand "full"."""
    with operator.plain() as connection:
        import_case(connection, FILES / "full.json")
    dossier = UUID(by_hand("full")["dossier"]["id"])
    with psycopg.connect(database.admin_dsn) as admin:
        [[owner]] = admin.execute("SELECT inwoner_id FROM casus.dossier WHERE public_id = %s", (dossier,)).fetchall()
    web = Database(database.url("web_inwoner"), Signer("web_inwoner", database.keys["web_inwoner"]))
    with web.session(Actor(owner, Kind.INWONER, UUID(int=1))) as session, Flask("proef").app_context():
        i18n.use("nl")
        view = find_dossier(session, dossier)
        assert view
        made = pack(session, SETTINGS, view, [one.public_id for one in can_go(session, view.id, range(1, 10), None)], None)
    web.dispose()
    whole = b"".join(unseal(KEY, piece, package_about(made.id, number)) for number, piece in enumerate(made.pieces, 1))
    assert len(whole) == made.size
    with ZipFile(BytesIO(whole)) as files:
        return cast("dict[str, Any]", json.loads(files.read("dossier.json")))


def test_another_installation_takes_it_in(packed: dict[str, Any], operator: Database, tmp_path: Path) -> None:
    path = tmp_path / "dossier.json"
    # Other ids, so that it comes in beside the one it was made from.
    path.write_text(renamed(json.dumps(packed))[0], encoding="utf-8")
    with operator.plain() as connection:
        done = import_case(connection, path)
    assert done.counts["entry"] == len(packed["entries"]) > 0


def test_it_holds_no_number_nobody_else_and_no_log(packed: dict[str, Any]) -> None:
    assert packed["inwoner"]["bsn"] is None
    for empty in ("professionals", "network", "assignments", "mandates", "household", "grants", "read_lines", "changes"):
        assert packed[empty] == [], empty
    assert not any(packed["plan"].values())
    own = packed["inwoner"]["id"]
    for entry in packed["entries"]:
        assert [version["number"] for version in entry["versions"]] == [1], "one text of each"
        assert entry["closures"] == []
        assert entry["author"]["person"] in (own, None)
        assert {note["audience"] for note in entry["annotations"]} <= {"iedereen"}
