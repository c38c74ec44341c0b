"""Starts the whole demo, watches over it, and leaves nothing running.

Every process it starts hears from the kernel when the supervisor dies, and is written down with a mark that tells it
from any other, so that the next start can stop what a kill -9 left behind and nothing else.
"""

import contextlib
import errno
import fcntl
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

import psycopg
from sqlalchemy.exc import DBAPIError

from portal import assets, provision
from portal.demo import credentials as vault
from portal.demo import scanner
from portal.demo.postgres import Server, ServerError, open_server
from portal.demo.processes import launch, mark_of, private_umask, recall, remember, stop_processes, write_private

DATABASE = "mijn_buurtteam"
PORTS = (8000, 8001)
NEEDED_MEGABYTES = 300
ANSWER_SECONDS = 30.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRACE = ((signal.SIGTERM, 6.0), (signal.SIGKILL, 3.0))


class DemoError(Exception):
    """The demo can't start or go on; the text is one plain sentence for whoever started it."""


class Stopped(Exception):
    """Somebody pressed Ctrl-C, or the system asked to stop."""


@dataclass
class Supervisor:
    """One demo: its data folder, the ports of the faces in the order of credentials.FACES, and what runs."""

    folder: Path
    ports: tuple[int, ...] = PORTS
    say: Callable[[str], None] = lambda text: print(text, flush=True)
    needed_megabytes: int = NEEDED_MEGABYTES
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    _server: Server | None = None

    def run(self) -> None:
        """Start everything, say where it is, and stay until stopped or until a part stops by itself.

        Raises DemoError, Stopped, or OSError when the disk is full.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        with self._only_one(), self._everything_stopped():
            begun = time.monotonic()
            self._start()
            self._announce(time.monotonic() - begun)
            self._watch()

    def clean(self) -> None:
        """Remove all data of the demo. Raises DemoError when it runs."""
        from portal.demo.postgres import LocalServer

        if not self.folder.exists():
            return
        with self._only_one():
            self._stop_left_over()
            server = open_server(self.folder / "postgres")
            if isinstance(server, LocalServer):
                server.destroy()
            else:
                provision.drop_database(server.admin_dsn, DATABASE)
        shutil.rmtree(self.folder)

    # --- starting

    def _start(self) -> None:
        with self._step("Looking for what an earlier run left behind"):
            self._stop_left_over()
            self._require_room()
            self._require_free_ports()
        with self._step("Packages for the pages"):
            assets.install_packages(development=False)
        with self._step("Styles, scripts and translations"):
            assets.build()
            self._compile_catalogues()
        with self._step("PostgreSQL"):
            server = open_server(self.folder / "postgres")
            self._server = server
            server.start()
        secrets = vault.load_or_make(self.folder / "credentials.json")
        with self._step("Roles and database"):
            provision.provision(server.admin_dsn, DATABASE, secrets.passwords)
        with self._step("Tables and the lock on them"):
            self._migrate(server, secrets)
        with self._step("Demo cases and demo people"):
            self._import(server, secrets)
        with self._step("Virus scanner"):
            self._launch_scanner()
        with self._step(f"Pages for {' and '.join(vault.FACES)}"):
            for face, port in zip(vault.FACES, self.ports, strict=True):
                self._launch_face(server, secrets, face, port)
            for face, port in zip(vault.FACES, self.ports, strict=True):
                self._wait_for_answer(face, port)
        with self._step("Background work"):
            mail_port = self._launch_mail_server()
            environment = vault.jobs_environment(server.admin_dsn, DATABASE, secrets, self.folder / "seals.txt", self.ports, mail_port)
            self._launch("jobs", [sys.executable, "-m", "portal", "jobs"], environment)
            copies = vault.face_environment(server.admin_dsn, DATABASE, secrets, "inwoner", self.ports, self.folder)
            self._launch("copies", [sys.executable, "-m", "portal", "copies"], copies)

    @staticmethod
    def _compile_catalogues() -> None:
        from portal.catalogues import compile_all

        compile_all()

    @staticmethod
    def _migrate(server: Server, secrets: vault.Credentials) -> None:
        from portal.migrate import migrate

        migrate(vault.role_url(server.admin_dsn, DATABASE, secrets, provision.OWNER))
        provision.install_keys(server.admin_dsn, DATABASE, secrets.actor_key_bytes())

    @staticmethod
    def _import(server: Server, secrets: vault.Credentials) -> None:
        """Import once: the whole set goes in as one transaction, so a team in the database means it is there."""
        dsn = provision.role_dsn(server.admin_dsn, "portaal_operator", secrets.passwords["portaal_operator"], DATABASE)
        with psycopg.connect(dsn) as connection:
            if connection.execute("SELECT EXISTS (SELECT FROM casus.team)").fetchone() == (True,):
                return
        from portal.db import Database
        from portal.demo.people import import_demo
        from portal.i18n import LANGUAGES

        database = Database(provision.sqlalchemy_url(dsn), None)
        try:
            with database.plain() as connection_:
                languages = {code for code, language in LANGUAGES.items() if language.complete}
                import_demo(connection_, {face: secrets.text_key(face) for face in vault.FACES}, languages)
        finally:
            database.dispose()

    def _launch_scanner(self) -> None:
        folder = self.folder / vault.SCANNER
        address = scanner.address_of(folder)
        if not address:
            self.say("  There is none, so documents are refused; `tools/install-scanner` says why.")
            return
        self._launch("scanner", scanner.prepare(folder), {"PATH": "/usr/bin:/bin", "LC_ALL": "C"})
        if not scanner.answers(address, lambda: self.running["scanner"].poll() is None):
            raise DemoError(f"The virus scanner does not start. {self._last_words('scanner')}")

    def _launch_mail_server(self) -> int:
        """A mail server on a free port, which keeps what it gets. Gives the port; the job tries again while it isn't up yet."""
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = int(probe.getsockname()[1])
        write_private(self.folder / vault.MAIL_PORT, str(port))
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"}
        self._launch("post", [sys.executable, "-m", "portal.demo.mail_server", str(port), str(self.folder / "post")], environment)
        return port

    def _launch_face(self, server: Server, secrets: vault.Credentials, face: str, port: int) -> None:
        environment = vault.face_environment(server.admin_dsn, DATABASE, secrets, face, self.ports, self.folder)
        self._launch(face, [sys.executable, *gunicorn("portal.wsgi:app", port, self.folder)], environment)

    def _launch(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        with private_umask(), self._log(name).open("wb") as output:
            process = launch(
                command,
                death_signal=signal.SIGTERM,
                environment=environment,
                folder=assets.ROOT,
                output=output,
            )
        self.running[name] = process
        marks = {key: mark_of(child.pid) for key, child in self.running.items()}
        remember(self._marks_file, {key: mark for key, mark in marks.items() if mark is not None})

    def _wait_for_answer(self, face: str, port: int) -> None:
        deadline = time.monotonic() + ANSWER_SECONDS
        while True:
            if self.running[face].poll() is not None or time.monotonic() > deadline:
                raise DemoError(f"The pages for {face} do not start. {self._last_words(face)}")
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/inloggen", timeout=5).close()
            except urllib.error.HTTPError as answer:
                raise DemoError(f"The sign-in page for {face} answers with error {answer.code}. {self._last_words(face)}") from None
            except OSError:
                time.sleep(0.03)
            else:
                return

    # --- what has to be right first

    def _require_room(self) -> None:
        free = shutil.disk_usage(self.folder).free // 1_000_000
        if free < self.needed_megabytes:
            raise DemoError(f"The disk is nearly full: the demo needs {self.needed_megabytes} MB in {self.folder} and {free} MB are free.")

    def _require_free_ports(self) -> None:
        # After a kill -9 the faces are told to stop by the kernel, and need a moment to let go of their ports.
        deadline = time.monotonic() + (5.0 if self._marks_file.exists() else 0.0)
        for port in self.ports:
            while not port_is_free(port):
                if time.monotonic() >= deadline:
                    raise DemoError(
                        f"Port {port} is in use by another program. Stop that program, or choose other ports,"
                        f" for example: MBT_DEMO_PORTS=8010,8011 make demo"
                    )
                time.sleep(0.05)
        self._marks_file.unlink(missing_ok=True)

    def _stop_left_over(self) -> None:
        if not stop_processes(list(recall(self._marks_file).values()), GRACE):
            raise DemoError("A process of an earlier run does not stop.")

    # --- while it runs

    def _announce(self, seconds: float) -> None:
        from portal.demo.people import PASSWORD, demo_people

        people = demo_people()
        self.say(f"\nReady in {seconds:.1f} s. Everybody and everything in this demo is invented.\n")
        for face, port in zip(vault.FACES, self.ports, strict=True):
            self.say(f"  {face:8} http://127.0.0.1:{port}/")
            for person in [one for one in people if one.face == face]:
                self.say(f"             {person.username:32} {person.name}, {person.about}")
        self.say(f"\nMail and letters: {vault.residents_url(self.ports)}/demo/post")
        self.say(f"\nThe password of everybody: {PASSWORD}")
        self.say("The sign-in page shows the code of the second step. Ctrl-C stops everything.\n")

    def _watch(self) -> None:
        while True:
            for name, process in self.running.items():
                if process.poll() is not None:
                    raise DemoError(f"The process for {name} stopped by itself. {self._last_words(name)}")
            time.sleep(0.2)

    def _last_words(self, name: str) -> str:
        lines = self._log(name).read_text(encoding="utf-8", errors="replace").strip().splitlines()
        said = f"It said: {lines[-1].strip()} " if lines else ""
        return f"{said}More is in {self._log(name)}."

    # --- stopping

    @contextlib.contextmanager
    def _everything_stopped(self) -> Iterator[None]:
        """Whatever happens inside, nothing runs any more afterwards."""
        try:
            yield
        finally:
            before = {number: signal.signal(number, signal.SIG_IGN) for number in STOP_SIGNALS}
            marks = [mark for child in self.running.values() if (mark := mark_of(child.pid)) is not None]
            gone = stop_processes(marks, GRACE)
            for child in self.running.values():
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.wait(timeout=1)
            if self._server is not None:
                self._server.stop()
            if gone and self.running:
                self._marks_file.unlink(missing_ok=True)
            for number, handler in before.items():
                signal.signal(number, signal.SIG_DFL if handler is None else handler)

    # --- small parts

    @property
    def _marks_file(self) -> Path:
        return self.folder / "processes.json"

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    @contextlib.contextmanager
    def _step(self, name: str) -> Iterator[None]:
        """Name a step while it is done."""
        begun = time.monotonic()
        self.say(f"… {name}")
        yield
        self.say(f"  done in {time.monotonic() - begun:.1f} s")

    @contextlib.contextmanager
    def _only_one(self) -> Iterator[None]:
        """Hold the folder; the kernel lets go of it when this process ends, in whatever way."""
        with private_umask():
            lock = (self.folder / "lock").open("a", encoding="ascii")
        with lock:
            lock_or_refuse(lock)
            yield


def gunicorn(program: str, port: int, folder: Path) -> list[str]:
    """Give the arguments with which python serves ``program`` on this machine: a worker per core, and threads that wait for PostgreSQL."""
    return [
        *("-m", "gunicorn", program, "--bind", f"127.0.0.1:{port}", "--preload"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "8", "--no-control-socket"),
        *("--graceful-timeout", "4", "--worker-tmp-dir", str(folder), "--log-level", "warning"),
    ]


def lock_or_refuse(lock: IO[str]) -> None:
    """Take the lock of the folder. Raises DemoError when another demo holds it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise DemoError("The demo of this folder runs already. Stop that one first, with Ctrl-C.") from None


def port_is_free(port: int) -> bool:
    """Whether a program may listen on this port of this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # Without this a port that was in use a moment ago would count as in use.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def stop_on_signals() -> None:
    """Let Ctrl-C, SIGTERM and a closed terminal end the demo in an orderly way."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Stopped

    for number in STOP_SIGNALS:
        # What was started with nohup stays when the terminal closes.
        if not (number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN):
            signal.signal(number, stop)


def plain_sentence(problem: Exception) -> str:
    """Say what went wrong in one plain sentence; a mistake in the program itself is raised again."""
    cause = problem.orig if isinstance(problem, DBAPIError) and isinstance(problem.orig, Exception) else problem
    if isinstance(cause, (DemoError, ServerError, assets.BuildError, provision.ProvisionError)):
        return str(cause)
    full = isinstance(cause, psycopg.errors.DiskFull) or "No space left on device" in str(cause)
    if full or (isinstance(cause, OSError) and cause.errno == errno.ENOSPC):
        return "The disk is full."
    if isinstance(cause, PermissionError):
        return f"This user may not write {cause.filename}."
    if isinstance(cause, psycopg.OperationalError):
        return "PostgreSQL does not answer, or refuses the password of this demo (`make clean-demo` starts over)."
    raise problem
