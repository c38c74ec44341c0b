"""A copy of the case database in a folder: data.dump (pg_dump's own format), and manifest.json that proves that it is whole.

It works as the superuser, because row level security hides every row from everybody else; so it belongs on the machine of the
database. Not in the copy: keys (``portal keys backup`` keeps those apart), sessions and kept text.
"""

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import IsolationLevel, sql
from psycopg.conninfo import make_conninfo

from portal.demo.processes import private_umask, write_private
from portal.postgres_tools import BackupError, Say, dump
from portal.provision import QUIET, require_superuser

DUMP = "data.dump"
MANIFEST = "manifest.json"
FORMAT = "mijn-buurtteam-backup"
FORMAT_VERSION = 1
LEFT_OUT = ("acl.key", "portaal.session", "portaal.typed_text")
"""Tables whose rows are not copied: the actors' keys; sessions, so that none that was ended lives again; text kept for 24 hours."""

Connection = psycopg.Connection[tuple[Any, ...]]

_TABLES = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p') ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Manifest:
    """What a backup is: when (ISO 8601, UTC), of what, the last seal of the read log in it, rows per table, SHA-256 per file."""

    made_at: str
    database: str
    server_version: int
    schema_version: str
    last_seal: int
    last_seal_hash: str
    roles: list[str]
    left_out: list[str]
    rows: dict[str, int]
    files: dict[str, str]
    format: str = FORMAT
    format_version: int = FORMAT_VERSION


def make_backup(folder: Path, admin_dsn: str, database: str, say: Say) -> Manifest:
    """Copies ``database`` into ``folder``, which must not be there yet (made with mode 0700, files 0600).

    Lines of the read log that are safe to seal are sealed first. The copy is of one moment. Raises BackupError, and then leaves no folder.
    """
    with contextlib.ExitStack() as stack:
        connection = stack.enter_context(connect(admin_dsn, database))
        if connection.execute("SELECT to_regclass('casus.read_seal')").fetchone() == (None,):
            raise BackupError(f"The database {database} holds no case database.")
        stack.enter_context(private_umask())
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            raise BackupError(f"{folder} is there already, and a backup never writes over anything.") from None
        except OSError as problem:
            raise BackupError(f"The folder {folder} can't be made ({type(problem).__name__}).") from None
        stack.callback(_remove_unfinished, folder)
        say("Sealing the read log")
        connection.execute("SELECT acl.add_seal(pg_snapshot_xmin(pg_current_snapshot()), false)")
        connection.set_isolation_level(IsolationLevel.REPEATABLE_READ)
        connection.set_read_only(True)
        with connection.transaction():
            return _copy(connection, folder, admin_dsn, database, say)


def _remove_unfinished(folder: Path) -> None:
    """The manifest is written last, so without it the rest is worth nothing."""
    if not (folder / MANIFEST).exists():
        shutil.rmtree(folder, ignore_errors=True)


def _copy(connection: Connection, folder: Path, admin_dsn: str, database: str, say: Say) -> Manifest:
    """Everything from one snapshot: the rows that pg_dump copies are the rows that are counted."""
    snapshot = value(connection, "SELECT pg_export_snapshot()")
    dump(
        admin_dsn,
        database,
        [
            "--format=custom",
            "--no-privileges",
            f"--snapshot={snapshot}",
            f"--file={folder / DUMP}",
            *(f"--exclude-table-data={table}" for table in LEFT_OUT),
        ],
        say,
    )
    (folder / DUMP).chmod(0o600)
    say("Counting rows")
    last = connection.execute("SELECT id, encode(hash, 'hex') FROM casus.read_seal ORDER BY id DESC LIMIT 1").fetchone() or (0, "")
    manifest = Manifest(
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        database=database,
        server_version=connection.info.server_version,
        schema_version=str(value(connection, "SELECT version_num FROM public.alembic_version")),
        last_seal=int(last[0]),
        last_seal_hash=str(last[1]),
        roles=[str(name) for (name,) in connection.execute(OUR_ROLES)],
        left_out=list(LEFT_OUT),
        rows=count_rows(connection),
        files={DUMP: sha256_of(folder / DUMP)},
    )
    write_private(folder / MANIFEST, json.dumps(asdict(manifest), indent=1) + "\n")
    return manifest


OUR_ROLES = "SELECT rolname FROM pg_roles WHERE rolname ~ '^(casus|web|portaal|program)_' ORDER BY rolname"


def read_backup(folder: Path) -> Manifest:
    """Reads a backup and proves that it is whole. Raises BackupError."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BackupError(f"{folder} holds no whole backup: {MANIFEST} is missing.") from None
    except (OSError, ValueError):
        raise BackupError(f"{folder / MANIFEST} can't be read.") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise BackupError(f"{folder / MANIFEST} is not of a backup of this program.")
    if found.get("format_version") != FORMAT_VERSION:
        raise BackupError(f"The backup is of another version of this program (form {found.get('format_version')}, not {FORMAT_VERSION}).")
    try:
        manifest = Manifest(**found)
    except TypeError:
        raise BackupError(f"{folder / MANIFEST} is not complete.") from None
    if set(manifest.files) != {DUMP}:
        raise BackupError(f"{folder / MANIFEST} names other files than {DUMP}.")
    for name, known in manifest.files.items():
        if not (folder / name).is_file():
            raise BackupError(f"The backup is not whole: {name} is missing.")
        if sha256_of(folder / name) != known:
            raise BackupError(f"The backup is not whole: {name} was changed or cut off since it was made.")
    return manifest


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def count_rows(connection: Connection) -> dict[str, int]:
    """The number of rows of every table of the database, but of what is left out of a backup."""
    tables = connection.execute(_TABLES).fetchall()
    return {
        f"{schema}.{table}": int(value(connection, sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))))
        for schema, table in tables
        if f"{schema}.{table}" not in LEFT_OUT
    }


def value(connection: Connection, query: str | sql.Composed) -> Any:
    """The one value that a query gives."""
    row = connection.execute(query.encode() if isinstance(query, str) else query).fetchone()
    if row is None:
        raise BackupError("The database gave no answer where there must be one.")
    return row[0]


@contextlib.contextmanager
def connect(admin_dsn: str, database: str) -> Iterator[Connection]:
    """A connection of the superuser to ``database``, each statement its own transaction, that keeps quiet in the server's log.

    Raises BackupError when the database is not there or the connection is not a superuser's.
    """
    try:
        connection = psycopg.connect(admin_dsn, dbname=database, autocommit=True)
    except psycopg.OperationalError as refused:
        if "does not exist" in str(refused):
            raise BackupError(f"There is no database {database} on this server.") from None
        raise
    with connection:
        require_superuser(connection)
        for name, setting in QUIET.items():
            connection.execute("SELECT set_config(%s, %s, false)", (name, setting))
        yield connection


def admin_dsn_of(environment: Mapping[str, str] | None = None) -> str:
    """The superuser's address (DATABASE_ADMIN_URL). Raises BackupError when it is missing or is no address."""
    given = (os.environ if environment is None else environment).get("DATABASE_ADMIN_URL", "").strip()
    if not given:
        raise BackupError(
            "DATABASE_ADMIN_URL is missing; this command works as the superuser of PostgreSQL, on the machine of the database."
        )
    try:
        return make_conninfo(given)
    except psycopg.ProgrammingError:
        raise BackupError("DATABASE_ADMIN_URL is not an address of PostgreSQL.") from None
