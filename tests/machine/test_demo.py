"""The real demo, in a folder and on ports of its own: starts, answers, stops, and comes back after a kill -9."""

import contextlib
import errno
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import conninfo
from sqlalchemy.exc import OperationalError

from portal import assets, provision
from portal.demo import credentials as vault
from portal.demo import supervisor
from portal.demo.postgres import LocalServer
from portal.demo.processes import ProcessMark, mark_of, recall, remember, wait_gone, working_in
from portal.demo.supervisor import DemoError, Supervisor, plain_sentence
from portal.doctor_scanner import TEST_FILE
from portal.documents.reasons import Refused, Why
from portal.documents.scanner import scan

START_SECONDS = 120.0
# Longer than other tests get: the first start of a demo on a busy machine hashes some forty passwords.
pytestmark = pytest.mark.timeout(300)


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Demo:
    """A demo as somebody starts it, in its own folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = (free_port(), free_port())
        self.process: subprocess.Popen[str] | None = None
        self.output = folder.with_suffix(".txt")

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        """Start the supervisor and return at once."""
        environment = {name: value for name, value in os.environ.items() if name != "MAKELEVEL"}
        environment |= {"MBT_DEMO_FOLDER": str(self.folder), "MBT_DEMO_PORTS": ",".join(map(str, self.ports))}
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "portal.demo", *arguments],
                cwd=assets.ROOT,
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
            )
        return self.process

    def start(self) -> None:
        """Start and wait until it says that it is ready."""
        begun = time.monotonic()
        process = self.begin()
        while "Ready in" not in self.said():
            assert process.poll() is None, self.said()
            assert time.monotonic() - begun < START_SECONDS, self.said()
            time.sleep(0.05)

    def said(self) -> str:
        """Give all it said so far."""
        return self.output.read_text()

    def end(self, number: signal.Signals) -> int:
        """Send a signal to the supervisor and wait for it. Returns its exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(timeout=30)

    def marks(self) -> dict[str, ProcessMark]:
        """Give the processes that it wrote down, PostgreSQL included."""
        return recall(self.folder / "processes.json") | recall(self.folder / "postgres" / "server.pid.json")

    def status(self, face: int, path: str = "/inloggen") -> int:
        """Ask a face for a page. Returns the status."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.ports[face]}{path}", timeout=10) as answer:
            return int(answer.status)


def descendants(pid: int) -> list[int]:
    """Give the numbers of all processes under this one."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
                if int(parent) == pid:
                    found += [int(entry.name), *descendants(int(entry.name))]
    return found


def environment_of(pid: int) -> str:
    """Give the environment that a process was started with."""
    return Path(f"/proc/{pid}/environ").read_bytes().replace(b"\0", b"\n").decode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the demo of this module."""
    return tmp_path_factory.mktemp("demo") / "var"


@pytest.fixture(scope="module")
def first_import() -> list[tuple[object, ...]]:
    """What the first start put in the database, for the later ones to find."""
    return []


@pytest.fixture
def demo(folder: Path) -> Iterator[Demo]:
    """A demo that is certainly gone afterwards."""
    one = Demo(folder)
    yield one
    if one.process is not None and one.process.poll() is None:
        one.process.kill()
        one.process.wait()


def test_it_starts_names_its_steps_and_stops_on_ctrl_c(demo: Demo, first_import: list[tuple[object, ...]]) -> None:
    demo.start()
    said = demo.said()
    for step in ("PostgreSQL", "Roles and database", "Tables and the lock", "Demo cases", "Background work", "Pages for"):
        assert f"… {step}" in said
    assert f"http://127.0.0.1:{demo.ports[0]}/" in said
    assert "welkom in de demo" in said
    assert "danny" in said
    assert (demo.status(0), demo.status(1)) == (200, 200)
    first_import.extend(imported(demo))
    assert len(first_import) > 100
    assert demo.process is not None
    started = [mark for pid in descendants(demo.process.pid) if (mark := mark_of(pid)) is not None]
    assert len(started) >= 9
    assert demo.end(signal.SIGINT) == 0
    assert not [mark for mark in started if mark.alive]
    assert "Everything is stopped." in demo.said()


def mail_arrives(demo: Demo) -> None:
    """What is put in the outbox goes to the demo's own mail server, and lies in its box, which anybody there may open."""
    secrets = vault.load_or_make(demo.folder / "credentials.json")
    server = LocalServer(demo.folder / "postgres")
    jobs = provision.role_dsn(server.admin_dsn, "portaal_jobs", secrets.passwords["portaal_jobs"], supervisor.DATABASE)
    with psycopg.connect(jobs) as connection:
        connection.execute("SELECT portaal.queue_mail('nieuws', 'nl', 'inwoner', 'sam@voorbeeld.nl', NULL, NULL, NULL)")
    box = demo.folder / "post"
    deadline = time.monotonic() + 60
    while not list(box.glob("*.eml")):
        assert time.monotonic() < deadline, (demo.folder / "jobs.log").read_text()
        time.sleep(0.1)
    [mail] = box.glob("*.eml")
    assert stat.S_IMODE(mail.stat().st_mode) == 0o600
    for face in (0, 1):
        with urllib.request.urlopen(f"http://127.0.0.1:{demo.ports[face]}/demo/post", timeout=10) as answer:
            page = answer.read().decode()
        assert "sam@voorbeeld.nl" in page
        assert f"http://127.0.0.1:{demo.ports[0]}" in page


def a_dangerous_file_is_found(demo: Demo) -> None:
    """Both faces have the demo's own scanner, and it finds something."""
    addresses = {environment_of(demo.marks()[face].pid).partition("MBT_SCANNER=")[2].partition("\n")[0] for face in vault.FACES}
    [address] = addresses
    assert address == f"unix:{demo.folder}/scanner/clamd.sock"
    scan(b"Beste Danny", address)
    with pytest.raises(Refused) as refused:
        scan(TEST_FILE, address)
    assert refused.value.reason is Why.INFECTED


def test_the_second_start_keeps_the_data_and_makes_none_anew(demo: Demo, first_import: list[tuple[object, ...]]) -> None:
    before = (demo.folder / "credentials.json").read_text()
    demo.start()
    assert imported(demo) == first_import
    mail_arrives(demo)
    a_dangerous_file_is_found(demo)
    assert (demo.folder / "credentials.json").read_text() == before
    own_secrets_only(demo)
    refuses_a_second(demo)
    assert demo.end(signal.SIGTERM) == 0


def imported(demo: Demo) -> list[tuple[object, ...]]:
    """Give every account and entry with its password hash and the transaction that wrote it: an import writes them anew, with a new number."""
    admin = conninfo.make_conninfo(LocalServer(demo.folder / "postgres").admin_dsn, dbname=supervisor.DATABASE)
    with psycopg.connect(admin) as connection:
        return connection.execute(
            "SELECT a.id, a.xmin::text, a.password_hash FROM portaal.account a"
            " UNION ALL SELECT e.id, e.xmin::text, NULL FROM casus.entry e ORDER BY 1, 2, 3"
        ).fetchall()


def own_secrets_only(demo: Demo) -> None:
    """Each process holds its own password and keys, and no other."""
    secrets = vault.load_or_make(demo.folder / "credentials.json")
    allowed = {
        "inwoner": {secrets.passwords["web_inwoner"], secrets.actor_keys["web_inwoner"]},
        "team": {secrets.passwords["web_team"], secrets.actor_keys["web_team"]},
        "jobs": {secrets.passwords["portaal_jobs"], secrets.actor_keys["portaal_jobs"]},
        "post": set(),
        "scanner": set(),
        "postgres": set(),
    }
    for face in vault.FACES:
        allowed[face] |= {secrets.session_keys[face], secrets.text_keys[face], secrets.document_key}
    # A program of the residents' face (docs/decisions/0034).
    allowed["copies"] = allowed["inwoner"]
    superuser = (demo.folder / "postgres" / "superuser.password").read_text()
    everything = {superuser}
    for group in (secrets.passwords, secrets.actor_keys, secrets.session_keys, secrets.text_keys):
        everything |= set(group.values())
    everything.add(secrets.document_key)
    marks = demo.marks()
    assert set(marks) == set(allowed)
    for name, mark in marks.items():
        for pid in (mark.pid, *descendants(mark.pid)):
            environment = environment_of(pid)
            command = Path(f"/proc/{pid}/cmdline").read_bytes().decode()
            assert {secret for secret in everything if secret in environment} == allowed[name], name
            assert not [secret for secret in everything if secret in command], name
            assert "DATABASE_ADMIN_URL" not in environment


def refuses_a_second(demo: Demo) -> None:
    """A folder has one demo, and nobody cleans it under its feet."""
    second = Demo(demo.folder)
    second.output = demo.folder.with_name("second.txt")
    assert second.begin().wait(timeout=30) == 1
    assert "runs already" in second.said()
    assert second.begin("--clean").wait(timeout=30) == 1
    assert demo.status(0) == 200


def test_the_data_is_for_its_owner_only(demo: Demo) -> None:
    assert stat.S_IMODE(demo.folder.stat().st_mode) == 0o700
    files = [path for path in demo.folder.iterdir() if path.is_file()]
    assert {"credentials.json", "inwoner.log", "team.log", "jobs.log", "post.log", "scanner.log"} <= {path.name for path in files}
    for path in files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def a_part_that_stops_stops_everything(demo: Demo) -> None:
    """A demo without one of its parts would mislead, so it ends, and says which part it was."""
    marks = demo.marks()
    os.kill(marks["jobs"].pid, signal.SIGKILL)
    assert demo.process is not None
    assert demo.process.wait(timeout=30) == 1
    assert "The process for jobs stopped by itself." in demo.said()
    assert wait_gone(list(marks.values()), 5)


def test_after_a_kill_the_next_start_is_clean(demo: Demo) -> None:
    demo.start()
    marks = demo.marks()
    assert set(marks) == {"inwoner", "team", "jobs", "copies", "post", "scanner", "postgres"}
    demo.end(signal.SIGKILL)
    demo.start()
    assert not [mark for mark in marks.values() if mark.alive]
    assert (demo.status(0), demo.status(1)) == (200, 200)
    a_part_that_stops_stops_everything(demo)
    assert working_in(demo.folder / "postgres" / "data", "postgres") == []


def test_what_a_dead_supervisor_left_is_stopped_and_strangers_are_not(demo: Demo) -> None:
    """Should the kernel's signal not have come, the marks tell ours from a process that only has our old number."""
    ours, stranger = (subprocess.Popen(["/bin/sleep", "300"]) for _ in range(2))
    try:
        our_mark, other = mark_of(ours.pid), mark_of(stranger.pid)
        assert our_mark is not None
        assert other is not None
        earlier = ProcessMark(other.pid, "1", other.boot)
        remember(demo.folder / "processes.json", {"inwoner": our_mark, "team": earlier})
        demo.start()
        assert wait_gone([our_mark], 1)
        assert stranger.poll() is None
        assert demo.end(signal.SIGTERM) == 0
    finally:
        for process in (ours, stranger):
            process.kill()
            process.wait()


def test_stopping_in_the_middle_of_starting_leaves_nothing(demo: Demo) -> None:
    process = demo.begin()
    while "… Roles and database" not in demo.said():
        assert process.poll() is None, demo.said()
        time.sleep(0.01)
    started = [mark for pid in descendants(process.pid) if (mark := mark_of(pid)) is not None]
    assert demo.end(signal.SIGTERM) == 0
    assert not [mark for mark in started if mark.alive]
    assert "Traceback" not in demo.said()


def test_a_busy_port_is_one_plain_sentence(demo: Demo) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", demo.ports[1]))
        busy.listen()
        assert demo.begin().wait(timeout=30) == 1
    last = demo.said().strip().splitlines()[-1]
    assert last.startswith(f"Port {demo.ports[1]} is in use by another program.")
    assert "Traceback" not in demo.said()


def test_cleaning_starts_over(demo: Demo) -> None:
    assert demo.begin("--clean").wait(timeout=30) == 0
    assert not demo.folder.exists()
    assert demo.begin("--clean").wait(timeout=30) == 0


def test_too_little_room_is_one_plain_sentence(tmp_path: Path) -> None:
    small = Supervisor(tmp_path / "var", (free_port(), free_port()), lambda _: None, needed_megabytes=10**9)
    with pytest.raises(DemoError, match="The disk is nearly full: the demo needs 1000000000 MB"):
        small.run()


def test_wrong_ports_are_one_plain_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("8000", "8000,8000", "a,b", "0,70000"):
        demo = Demo(tmp_path / "var")
        monkeypatch.setattr(demo, "ports", text.split(","))
        assert demo.begin().wait(timeout=30) == 1
        assert demo.said().strip().startswith("MBT_DEMO_PORTS must be"), text


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full."),
        (psycopg.errors.DiskFull("could not extend file"), "The disk is full."),
        (OperationalError("SELECT", {}, psycopg.errors.DiskFull("x")), "The disk is full."),
        (PermissionError(errno.EACCES, "denied", "/x"), "This user may not write /x."),
        (psycopg.OperationalError("secret"), "PostgreSQL does not answer, or refuses the password of this demo"),
        (assets.BuildError("There is no network."), "There is no network."),
        (provision.ProvisionError("A role is wrong."), "A role is wrong."),
    ],
)
def test_what_can_go_wrong_is_said_in_one_sentence(problem: Exception, sentence: str) -> None:
    said = plain_sentence(problem)
    assert said.startswith(sentence)
    assert "secret" not in said


def test_a_mistake_in_the_program_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        plain_sentence(ZeroDivisionError())


def test_credentials_are_made_once_and_grow_with_the_roles(tmp_path: Path) -> None:
    path = tmp_path / "credentials.json"
    first = vault.load_or_make(path)
    assert vault.load_or_make(path) == first
    stored = json.loads(path.read_text())
    del stored["passwords"]["web_onafhankelijk"]
    path.write_text(json.dumps(stored))
    again = vault.load_or_make(path)
    assert again.passwords["web_team"] == first.passwords["web_team"]
    assert len(again.passwords["web_onafhankelijk"]) == 64
    assert len({*first.passwords.values(), *first.actor_keys.values(), *first.text_keys.values()}) == 17


def test_a_given_server_is_cleaned_by_dropping_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with LocalServer(tmp_path / "given", fast=True) as given:
        monkeypatch.setenv("DATABASE_ADMIN_URL", given.admin_dsn)
        secrets = vault.load_or_make(tmp_path / "credentials.json")
        provision.provision(given.admin_dsn, supervisor.DATABASE, secrets.passwords)
        (tmp_path / "var").mkdir()
        Supervisor(tmp_path / "var").clean()
        with psycopg.connect(given.admin_dsn) as connection:
            found = connection.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [supervisor.DATABASE]).fetchone()
    assert found == (0,)
