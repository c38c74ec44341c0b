"""Puts a backup (portal/backup.py) back into an empty database, on the same server or a new one, and proves that it is whole.

Nobody but the superuser can connect until everything is there: rows, the lock laid anew, the chain of the read log checked and
begun again at the numbers of this server (migrations/rls/43_seals.sql).
"""

from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from portal import provision
from portal.audit import Event, verify_read_log
from portal.backup import DUMP, Connection, Manifest, connect, count_rows, read_backup
from portal.migrate import SCHEMAS, migrate
from portal.postgres_tools import BackupError, Say, load
from portal.settings_file import Secrets


@dataclass(frozen=True)
class Restored:
    """What was put back: the backup, roles that were made, roles of other programs that somebody has to make, findings in the read log."""

    manifest: Manifest
    roles_made: list[str]
    programs_missing: list[str]
    findings: list[str]
    opened: bool
    """Whether the portal's roles may connect; not when there were findings and nobody accepted them."""


def restore_backup(folder: Path, admin_dsn: str, database: str, secrets: Secrets, say: Say, *, accept_findings: bool = False) -> Restored:
    """Puts the backup in ``folder`` back as ``database``, which must be empty or not there yet.

    Raises BackupError or ProvisionError; then nobody can connect to what is there, and a database that it made is gone.
    """
    say("Checking the backup")
    manifest = read_backup(folder)
    with connect(admin_dsn, "postgres") as connection:
        if connection.info.server_version // 10000 < manifest.server_version // 10000:
            raise BackupError("The backup is of a newer PostgreSQL than this server.")
        was_there = connection.execute("SELECT FROM pg_database WHERE datname = %s", (database,)).fetchone() is not None
    say("Roles and database")
    made = provision.make_missing_roles(admin_dsn, secrets.passwords)
    provision.make_closed_database(admin_dsn, database)
    try:
        findings = _fill(folder, manifest, admin_dsn, database, say)
    except BaseException:
        if not was_there:
            provision.drop_database(admin_dsn, database)
        raise
    if secrets.actor_keys:
        provision.install_keys(admin_dsn, database, secrets.actor_keys)
    opened = accept_findings or not findings
    if opened:
        provision.secure_database(admin_dsn, database)
    return Restored(manifest, made, _missing_programs(admin_dsn, database), findings, opened)


def _fill(folder: Path, manifest: Manifest, admin_dsn: str, database: str, say: Say) -> list[str]:
    """Rows, lock, seal; gives what is wrong with the read log. Raises BackupError."""
    say("Tables and rows")
    load(admin_dsn, database, folder / DUMP, say)
    with connect(admin_dsn, database) as connection:
        say("Counting rows")
        if count_rows(connection) != manifest.rows:
            raise BackupError("The rows that were put back are not as many as were copied.")
    say("The lock")
    _lay_lock(admin_dsn, database)
    with connect(admin_dsn, database) as connection:
        say("The read log")
        connection.execute("SELECT acl.add_seal(pg_snapshot_xmin(pg_current_snapshot()), true)")
        findings = _findings(connection, manifest)
        connection.execute("INSERT INTO casus.change_log (event) VALUES (%s)", (Event.DATABASE_RESTORED.value,))
        connection.execute("ANALYZE")
    return findings


def _findings(connection: Connection, manifest: Manifest) -> list[str]:
    """What is wrong with the read log. Nobody reads yet, so here a line outside the seals is never one of the last minute."""
    known = [(manifest.last_seal, manifest.last_seal_hash)] if manifest.last_seal else []
    with connection.transaction():
        found = {finding.message: finding.log_id for finding in verify_read_log(connection, known)}
        loose = connection.execute(
            "SELECT id FROM casus.read_log l WHERE NOT EXISTS (SELECT FROM casus.read_seal_row r WHERE r.log_id = l.id) ORDER BY id"
        ).fetchall()
    return [*found, *(f"line {log_id} stands in no seal" for (log_id,) in loose if log_id not in found.values())]


def _lay_lock(admin_dsn: str, database: str) -> None:
    """Migrates as casus_owner, without its password: the superuser becomes that role for the whole connection."""
    with connect(admin_dsn, database) as connection:
        # Rights are not in a backup, and these are needed to lay the others.
        connection.execute(f"GRANT USAGE ON SCHEMA {', '.join(SCHEMAS)} TO {provision.DEFINER}, {provision.DESTROYER}".encode())
        connection.execute(f"GRANT USAGE, CREATE ON SCHEMA public TO {provision.OWNER}".encode())
    dsn = make_conninfo(admin_dsn, dbname=database, options=f"-c role={provision.OWNER}")
    try:
        migrate(provision.sqlalchemy_url(dsn))
    except Exception as problem:
        raise BackupError(
            f"The lock can't be laid on this backup ({type(problem).__name__}); is it of a newer version of this program?"
        ) from problem


def _missing_programs(admin_dsn: str, database: str) -> list[str]:
    with psycopg.connect(admin_dsn, dbname=database) as connection:
        rows = connection.execute(
            "SELECT role_name FROM casus.program WHERE role_name NOT IN (SELECT rolname FROM pg_roles) ORDER BY role_name"
        ).fetchall()
    return [str(name) for (name,) in rows]
