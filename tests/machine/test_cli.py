"""The operator's commands: thin, and plain about what is wrong."""

import threading
import time

import psycopg
import pytest
from click.testing import CliRunner

from portal import jobs
from portal.actor import Signer
from portal.cli import main
from portal.db import Database
from portal.provision import libpq_dsn
from portal.settings import ProgramSettings
from tests.conftest import PortalDatabase


def run(*arguments: str, url: str | None = None) -> tuple[int, str]:
    """Run a command. Returns its exit code and all it said."""
    done = CliRunner().invoke(main, list(arguments), env={"MBT_DATABASE_URL": url})
    return done.exit_code, done.output


def test_the_two_forms_of_an_address_mean_the_same(database: PortalDatabase) -> None:
    with psycopg.connect(libpq_dsn(database.url("web_team"))) as connection:
        row = connection.execute("SELECT session_user, current_database()").fetchone()
    assert row == ("web_team", database.name)


@pytest.mark.parametrize("command", ["migrate", "verify-log", "jobs"])
def test_without_settings_a_command_says_so(command: str) -> None:
    code, said = run(command)
    assert code == 1
    assert "is missing" in said
    assert "Traceback" not in said


def test_a_wrong_password_is_one_sentence(database: PortalDatabase) -> None:
    password = database.cluster.passwords["casus_controle"]
    for command in ("verify-log", "migrate"):
        url = database.url("casus_controle").replace(password, "wrong")
        code, said = run(command, url=url)
        assert (code, said) == (1, "Error: The database does not answer, or refuses this password.\n")


def test_migrating_again_changes_nothing(database: PortalDatabase) -> None:
    assert run("migrate", url=database.url("casus_owner")) == (0, "")


def test_an_empty_log_is_whole(database: PortalDatabase) -> None:
    assert run("verify-log", url=database.url("casus_controle")) == (0, "The read log is whole.\n")


def test_every_job_runs_and_a_missing_database_stops_none(database: PortalDatabase) -> None:
    signer = Signer(jobs.ROLE, database.keys[jobs.ROLE])
    well = Database(database.url(jobs.ROLE), signer, pool_size=1)
    assert jobs.run_once(well) == []
    well.dispose()
    gone = Database(database.url(jobs.ROLE).replace(database.name, "not_there"), signer, pool_size=1)
    assert jobs.run_once(gone) == [job.name for job in jobs.JOBS]
    gone.dispose()


def test_jobs_come_round_until_stopped(database: PortalDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[float] = []
    often = (jobs.Job("often", lambda _: done.append(time.monotonic()), 0.02),)
    monkeypatch.setattr(jobs, "JOBS", often)
    settings = ProgramSettings(
        role=jobs.ROLE,
        mode="test",
        database_url=database.url(jobs.ROLE),
        actor_key=database.keys[jobs.ROLE],
    )
    stop = threading.Event()
    worker = threading.Thread(target=jobs.run_for_ever, args=(settings, stop))
    worker.start()
    time.sleep(0.3)
    stop.set()
    worker.join(5)
    assert not worker.is_alive()
    assert len(done) > 3
