"""The drill goes well when all is well, and says what is different when it isn't."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from portal.demo import drill
from portal.demo.drill import Contents, Drill, DrillError, contents_of, must_be_the_same_exports, spread
from portal.demo.people import demo_cases
from portal.demo.postgres import LocalServer
from portal.demo.supervisor import DATABASE
from portal.seed_rows import City
from tests.conftest import PortalDatabase

SMALL = ["--residents", "20", "--entries", "400"]


def test_after_the_drill_everything_is_as_it_was(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(drill, "SAMPLE", 12)
    assert drill.main(SMALL) == 0
    said = capsys.readouterr().out
    for step in (
        "seed",
        "back up",
        "destroy",
        "restore",
        "verify the log",
        "compare rows and lock",
        "compare exports",
        "verify the log again",
    ):
        assert f"  {step} " in said
    assert "Everything is as it was: tables " in said
    cases = demo_cases()
    assert f", dossiers {20 + len(cases)}, entries {400 + sum(len(case['entries']) for case in cases)}, " in said
    assert f", exports {12 + len(cases)}, " in said


def test_a_log_that_is_spoilt_on_the_way_is_found(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    verify = Drill._verify

    def spoil_first(self: Drill, server: LocalServer) -> None:
        monkeypatch.setattr(Drill, "_verify", verify)
        with psycopg.connect(server.admin_dsn, dbname=DATABASE) as admin:
            admin.execute("UPDATE casus.read_log SET reader_name = 'Niemand' WHERE id = 1")
        verify(self, server)

    monkeypatch.setattr(Drill, "_verify", spoil_first)
    assert drill.main(SMALL) == 1
    assert "The drill failed. The read log is not whole: line 1 was changed." in capsys.readouterr().err


SPOILT = {
    "a row": ("UPDATE public.alembic_version SET version_num = 'x'", "The rows of public.alembic_version"),
    "a row more": ("INSERT INTO casus.stadsdeel VALUES (99, 'Nergens')", "The rows of casus.stadsdeel"),
    "a table": ("CREATE TABLE public.more (a int)", "The rows of public.more"),
    "a right": ("GRANT SELECT ON casus.entry TO casus_controle", "Tables, functions, policies or rights"),
    "a policy": ("DROP POLICY read ON casus.entry", "Tables, functions, policies or rights"),
    "a function": ("ALTER FUNCTION acl.actor() SECURITY INVOKER", "Tables, functions, policies or rights"),
    "an owner": ("ALTER TABLE casus.entry OWNER TO casus_acl", "Tables, functions, policies or rights"),
}


def test_whatever_differs_is_found_and_named(database: PortalDatabase, tmp_path: Path) -> None:
    def look() -> Contents:
        return contents_of(database.admin_dsn, database.name, tmp_path / "schema.sql")

    for spoil, said in SPOILT.values():
        before = look()
        before.must_be(look())
        with psycopg.connect(database.admin_dsn) as admin:
            admin.execute(spoil.encode())
        with pytest.raises(DrillError, match=said):
            before.must_be(look())


def test_a_table_more_or_less_is_found() -> None:
    whole = Contents({"casus.entry": (1, "a")}, "b", {})
    whole.must_be(replace(whole, figures={"rows": 1}))
    for other in (replace(whole, rows={}), replace(whole, rows={"casus.entry": (2, "a")}), replace(whole, definitions="c")):
        with pytest.raises(DrillError):
            whole.must_be(other)


def test_a_city_that_is_too_small_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        drill.main(["--residents", "19"])
    assert "at least 20 residents" in capsys.readouterr().err


def test_the_copies_that_are_compared_go_from_the_first_to_the_last() -> None:
    dossiers = [uuid4() for _ in range(200)]
    chosen = [dossiers.index(one) for one in spread(dossiers, 100)]
    assert (chosen[0], chosen[-1], len(set(chosen))) == (0, 199, 100)
    assert {later - sooner for sooner, later in pairwise(chosen)} == {2, 3}
    assert spread(dossiers, 200) == spread(dossiers, 300) == dossiers


def test_an_export_that_differs_is_found() -> None:
    dossier = uuid4()
    before = {dossier: "{1}"}
    must_be_the_same_exports(before, {dossier: "{1}"})
    with pytest.raises(DrillError, match="The export of dossier 1 is not"):
        must_be_the_same_exports(before, {dossier: "{2}"})
    for others in ({}, {uuid4(): "{1}"}):
        with pytest.raises(DrillError, match="not as many dossiers"):
            must_be_the_same_exports(before, others)
    with pytest.raises(DrillError, match="not as many dossiers"):
        must_be_the_same_exports({}, {})


def test_a_disk_that_was_not_lost_is_no_drill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = Drill(tmp_path, City(20, 400), say=lambda _: None)
    monkeypatch.setattr(drill, "NUMBERS_AHEAD", 0)
    monkeypatch.setattr(type(one.first), "destroy", LocalServer.stop)
    with pytest.raises(DrillError, match="is still there"):
        one.run()
