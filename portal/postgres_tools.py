"""pg_dump, pg_restore and psql, run as the superuser. What they say goes nowhere: their errors may quote people's words."""

import contextlib
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from portal.demo.postgres import ServerError, packaged_binaries
from portal.provision import QUIET

Say = Callable[[str], None]

_PROGRESS = re.compile(r"^pg_(?:dump|restore): (?:dumping contents of|processing data for) table \"([a-z_]+\.[a-z_]+)\"$")
_ONLY_FROM_17 = b"SET transaction_timeout = 0;\n"
_HEAD_LINES = 60


class BackupError(Exception):
    """A copy can't be made or put back, or is no whole one; the text is one plain sentence without content of the database."""


def dump(admin_dsn: str, database: str, arguments: list[str], say: Say) -> None:
    """Runs pg_dump on ``database`` and says which table it is at. Raises BackupError."""
    process = _start("pg_dump", ["--verbose", "--no-password", f"--dbname={_address(admin_dsn, database)}", *arguments], admin_dsn)
    with process:
        _say_progress(process.stderr or (), say)
    if process.returncode != 0:
        raise BackupError(f"pg_dump did not succeed (exit code {process.returncode}); is the disk full, or the server gone?")


def load(admin_dsn: str, database: str, file: Path, say: Say) -> None:
    """Puts a dump into ``database`` in one transaction: all of it or nothing. Raises BackupError.

    As a script through psql, because a newer pg_restore by itself sets a parameter that PostgreSQL before 17 doesn't know.
    """
    restore = _start("pg_restore", ["--verbose", "--no-privileges", "--file=-", str(file)], admin_dsn, stdout=subprocess.PIPE)
    quietly = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--no-password"]
    psql = _start("psql", [*quietly, f"--dbname={_address(admin_dsn, database)}"], admin_dsn, stdin=subprocess.PIPE)
    with restore, psql:
        assert restore.stdout is not None
        assert psql.stdin is not None
        # Both talk at the same time, and whoever is not listened to stops.
        listeners = [threading.Thread(target=_say_progress, args=(process.stderr, say)) for process in (restore, psql)]
        for listener in listeners:
            listener.start()
        with contextlib.suppress(BrokenPipeError):
            _copy_script(restore.stdout, psql.stdin)
        restore.stdout.close()
        if restore.wait() != 0:
            # At the end of its input psql would keep what it has.
            psql.kill()
        with contextlib.suppress(BrokenPipeError):
            psql.stdin.close()
        for listener in listeners:
            listener.join()
    if restore.returncode != 0 or psql.returncode != 0:
        raise BackupError("The backup can't be put back on this server; is its disk full, is it gone, or too old?")


def _copy_script(source: IO[bytes], target: IO[bytes]) -> None:
    for _ in range(_HEAD_LINES):
        line = source.readline()
        if line != _ONLY_FROM_17:
            target.write(line)
    shutil.copyfileobj(source, target, 1 << 20)


def _start(
    name: str, arguments: list[str], admin_dsn: str, *, stdin: int = subprocess.DEVNULL, stdout: int = subprocess.DEVNULL
) -> "subprocess.Popen[bytes]":
    password = str(conninfo_to_dict(admin_dsn).get("password") or "")
    quiet = " ".join(f"-c {setting}={wanted}" for setting, wanted in QUIET.items())
    return subprocess.Popen(
        [str(_program(name)), *arguments],
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "PGPASSWORD": password, "PGOPTIONS": quiet},
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
    )


def _address(admin_dsn: str, database: str) -> str:
    """Without the password: the arguments of a program can be read by everybody on the machine."""
    return make_conninfo("", **{**conninfo_to_dict(admin_dsn), "dbname": database, "password": None})


def _say_progress(lines: Iterable[bytes], say: Say) -> None:
    for line in lines:
        if at := _PROGRESS.match(line.decode("utf-8", "replace").strip()):
            say(f"  {at[1]}")


def _program(name: str) -> Path:
    """Of the packaged PostgreSQL, whose programs understand every server from 15 to 18; else those of this machine."""
    with contextlib.suppress(ServerError):
        return packaged_binaries() / "bin" / name
    found = shutil.which(name)
    if found is None:
        raise BackupError(f"The program {name} of PostgreSQL is not on this machine.")
    return Path(found)
