"""The server starts, stops, dies with its parent and survives a kill -9 of it."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from portal.demo import postgres
from portal.demo.postgres import LocalServer, ServerError
from portal.demo.processes import ProcessMark, mark_of, recall, remember, wait_gone, working_in

ROOT = Path(__file__).resolve().parents[2]
STARTER = """
import sys, time
from pathlib import Path
from portal.demo.postgres import LocalServer
LocalServer(Path(sys.argv[1]), fast=True).start()
print("ready", flush=True)
time.sleep(120)
"""


@pytest.fixture
def server(tmp_path: Path) -> LocalServer:
    """A server that was not started yet."""
    return LocalServer(tmp_path / "server", fast=True)


def answer(server: LocalServer, question: str) -> object:
    """Ask the server one thing as superuser."""
    with psycopg.connect(server.admin_dsn) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return row[0]


def test_it_starts_stops_and_starts_again_quickly(server: LocalServer) -> None:
    with server:
        assert answer(server, "SHOW fsync") == "off"
        assert answer(server, "SHOW timezone") == "UTC"
        assert answer(server, "SHOW listen_addresses") == ""
        assert answer(server, "SELECT upper('é')") == "É"
    assert working_in(server.data, "postgres") == []
    begun = time.monotonic()
    with server:
        assert time.monotonic() - begun < 2.0


def test_it_flushes_to_disk_outside_the_tests(tmp_path: Path) -> None:
    with LocalServer(tmp_path / "server") as server:
        assert answer(server, "SHOW fsync") == "on"


def test_only_its_owner_reaches_it(server: LocalServer) -> None:
    parents = {parent: parent.stat().st_mode for parent in server.folder.parents}
    with server:
        for folder in (server.folder, server.socket_folder, server.data):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder
        for file in ("superuser.password", "server.pid.json", "server.log"):
            assert stat.S_IMODE((server.folder / file).stat().st_mode) == 0o600, file
    assert {parent: parent.stat().st_mode for parent in parents} == parents


def test_nobody_gets_in_without_the_password(server: LocalServer) -> None:
    with server:
        for password in ("wrong", ""):
            dsn = make_conninfo(
                host=str(server.socket_folder),
                user="postgres",
                password=password,
                dbname="postgres",
                passfile="/dev/null",
            )
            with pytest.raises(psycopg.OperationalError, match=r"authentication failed|no password supplied"):
                psycopg.connect(dsn)


def test_a_long_path_gets_a_private_socket_folder(tmp_path: Path) -> None:
    server = LocalServer(tmp_path / ("long-" * 20) / "server", fast=True)
    with server:
        assert server.socket_folder.parent == Path("/tmp")
        assert stat.S_IMODE(server.socket_folder.stat().st_mode) == 0o700
        assert answer(server, "SELECT 1") == 1
    server.destroy()
    assert not server.socket_folder.exists()


def test_a_socket_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    server = LocalServer(tmp_path / ("long-" * 20) / "server", fast=True)
    server.socket_folder.symlink_to(tmp_path)
    try:
        with pytest.raises(ServerError, match="somebody else"):
            server.start()
    finally:
        server.socket_folder.unlink()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_it_dies_with_its_parent(server: LocalServer, number: signal.Signals) -> None:
    parent = subprocess.Popen([sys.executable, "-c", STARTER, str(server.folder)], stdout=subprocess.PIPE, cwd=ROOT)
    assert parent.stdout is not None
    assert parent.stdout.readline() == b"ready\n"
    marks = list(recall(server.folder / "server.pid.json").values())
    assert len(marks) == 1
    assert marks[0].alive
    parent.send_signal(number)
    parent.wait()
    parent.stdout.close()
    assert wait_gone(marks, 10)
    with server:
        assert answer(server, "SELECT 1") == 1


def test_the_next_start_stops_what_a_killed_parent_left(server: LocalServer) -> None:
    """Without the parent-death signal (a kernel that doesn't send it) the next start must find the server."""
    server.start()
    left = recall(server.folder / "server.pid.json")["postgres"]
    with LocalServer(server.folder, fast=True) as again:
        assert not left.alive
        assert answer(again, "SELECT 1") == 1
    server.stop()


def test_the_next_start_finds_a_server_whose_mark_is_lost(server: LocalServer) -> None:
    server.start()
    left = recall(server.folder / "server.pid.json")["postgres"]
    (server.folder / "server.pid.json").unlink()
    with LocalServer(server.folder, fast=True) as again:
        assert not left.alive
        assert answer(again, "SELECT 1") == 1
    server.stop()


def test_a_killed_server_starts_again(server: LocalServer) -> None:
    server.start()
    os.kill(recall(server.folder / "server.pid.json")["postgres"].pid, signal.SIGKILL)
    with LocalServer(server.folder, fast=True) as again:
        assert answer(again, "SELECT 1") == 1
    server.stop()


def test_a_process_that_only_has_the_same_number_is_left_alone(server: LocalServer) -> None:
    """After a restart of the machine the number in both files may belong to any program."""
    with server:
        pass
    stranger = subprocess.Popen(["/bin/sleep", "60"])
    try:
        mark = mark_of(stranger.pid)
        assert mark is not None
        remember(server.folder / "server.pid.json", {"postgres": ProcessMark(mark.pid, "1", mark.boot)})
        (server.data / "postmaster.pid").write_text(f"{stranger.pid}\n{server.data}\n")
        with server:
            assert answer(server, "SELECT 1") == 1
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_half_made_data_folder_is_made_again(server: LocalServer) -> None:
    with server:
        pass
    (server.data / "PG_VERSION").unlink()
    with server:
        assert answer(server, "SELECT 1") == 1


def test_without_user_namespaces_it_runs_as_an_unprivileged_user(
    server: LocalServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.geteuid() != 0:
        # Only root has to become somebody else; for everybody else the server runs as they are.
        with server:
            assert server.data.parent == server.folder
        return
    home = Path("/var/tmp") / f"mijn-buurtteam-test-{os.getpid()}"
    monkeypatch.setattr(postgres, "UNPRIVILEGED_HOME", home)
    monkeypatch.setattr(LocalServer, "_can_run", lambda self, identity: False)
    accounts = Path("/etc/passwd").read_bytes()
    try:
        with server:
            assert answer(server, "SELECT 1") == 1
            assert server.data.is_relative_to(home)
            pid = recall(server.folder / "server.pid.json")["postgres"].pid
            assert Path(f"/proc/{pid}").stat().st_uid != 0
            assert stat.S_IMODE(server.data.parent.stat().st_mode) == 0o700
        begun = time.monotonic()
        with server:
            assert time.monotonic() - begun < 3.0
    finally:
        server.destroy()
        home.rmdir()
    assert Path("/etc/passwd").read_bytes() == accounts


def test_a_full_disk_is_one_plain_sentence(server: LocalServer) -> None:
    server.folder.mkdir()
    server.log.write_text("initdb: error: could not write: No space left on device\n")
    assert server._explain("It can't be made") == "It can't be made: the disk is full."


def test_a_broken_setting_is_one_plain_sentence(server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(postgres.CONFIGURATION, "shared_buffers", "nonsense")
    with pytest.raises(ServerError, match="PostgreSQL does not start") as caught:
        server.start()
    assert "\n" not in str(caught.value)


def test_a_given_server_is_used_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_ADMIN_URL", "postgresql://admin@example/postgres")
    given = postgres.open_server(tmp_path / "server")
    given.start()
    given.stop()
    assert given.admin_dsn == "postgresql://admin@example/postgres"
    assert not (tmp_path / "server").exists()
