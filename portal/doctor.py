"""``portal doctor``: looks at what a running portal stands on, and says in plain words what is good and what somebody has to do.

It changes nothing and shows no secret. What it can't see from where it runs, it says it did not look at.
"""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from alembic.script import ScriptDirectory

from portal import doctor_city, doctor_scanner
from portal.doctor_found import Found, Process, State
from portal.lock import hash_of_database, hash_of_files, remark_of
from portal.migrate import MIGRATIONS
from portal.provision import GROUP_ROLES, LOGIN_ROLES, libpq_dsn, pads_of, role_problems
from portal.settings import Mode, ProgramSettings, Settings, SettingsError, key_of
from portal.smtp import MailServer, MailSettings

Connection = psycopg.Connection[Any]

CLOCKS_APART = 2.0
"""Seconds that two clocks may differ: codes of the second step change each 30 seconds, and one step early or late is accepted."""
SEALED_WITHIN = 300
"""Seconds after which a line of the read log must be sealed; the job does it each minute."""
SENT_WITHIN = 900
"""Seconds after which a mail that is due must have gone, or have been tried; the job looks each 15 seconds."""
FREE_BYTES = 2_000_000_000
FREE_PART = 0.1
_KEYS = ("MBT_ACTOR_KEY", "MBT_SESSION_KEY", "MBT_TEXT_KEY")
_SHARED_KEY = "MBT_DOCUMENT_KEY"
_UNSAFE_SIGN_IN = ("trust", "password", "md5")


def examine(processes: list[Process], admin_dsn: str | None) -> Iterator[Found]:
    """Everything there is to look at. ``admin_dsn`` is the superuser's address of the portal's database, None when it isn't at hand."""
    for process in processes:
        yield from _settings(process)
    yield from _keys(processes)
    yield from doctor_city.cities(processes)
    for process in processes:
        yield from _sign_in(process)
    if not processes:
        yield Found(State.NOTE, "Settings: none were given (--settings FILE), so settings, keys and clock were not looked at.")
    if admin_dsn is None:
        yield Found(State.NOTE, "Database: DATABASE_ADMIN_URL is not given, so roles, lock, migrations, seals and disk were not looked at.")
    else:
        yield from _database(processes, admin_dsn)
    for process in processes:
        yield from _disk_of(process)
    yield from _mail(processes)
    yield from doctor_scanner.scanners(processes)


# --- settings, keys, clock


def _settings(process: Process) -> Iterator[Found]:
    role = process.role
    try:
        if role.startswith("web_"):
            Settings.from_environment(process.environment)
        elif role == "portaal_jobs":
            ProgramSettings.from_environment(role, process.environment)
        elif not role:
            raise SettingsError("MBT_DATABASE_URL is missing or is not a database address.")
    except SettingsError as refused:
        yield Found(State.DO, f"Settings of {process.name}: {refused}")
        return
    mode = process.environment.get("MBT_MODE", "")
    yield Found(State.GOOD, f"Settings of {process.name}: whole and safe{f', for {mode}' if mode else ''}.")
    if role == "portaal_jobs" and not process.environment.get("MBT_SEALS_FILE"):
        yield Found(State.DO, f"Settings of {process.name}: set MBT_SEALS_FILE, so that a chain of seals that was made anew is found.")


def _keys(processes: list[Process]) -> Iterator[Found]:
    """Each process checks its own keys when it starts; here they are compared with those of the others."""
    owners: dict[bytes, str] = {}
    twice = False
    for process in processes:
        for name in _KEYS:
            try:
                key = key_of(process.environment, name)
            except SettingsError:
                continue
            other = owners.setdefault(key, f"{name} of {process.name}")
            if other != f"{name} of {process.name}":
                twice = True
                yield Found(State.DO, f"Keys: {name} of {process.name} is the same as {other}; make another with `portal keys rotate`.")
    sealing = {key_of(p.environment, _SHARED_KEY) for p in processes if p.environment.get(_SHARED_KEY)}
    if len(sealing) > 1:
        twice = True
        yield Found(
            State.DO, f"Keys: {_SHARED_KEY} differs; the faces inwoner and team need the same, or one can't open what the other sealed."
        )
    if owners and not twice:
        yield Found(State.GOOD, f"Keys: {len(owners)}, and no two are the same.")


def _sign_in(process: Process) -> Iterator[Found]:
    """The database answers this process, over a line nobody can listen to, and both clocks agree."""
    if not process.role:
        return
    try:
        with psycopg.connect(libpq_dsn(process.environment["MBT_DATABASE_URL"]), connect_timeout=5) as connection:
            yield Found(State.GOOD, f"Database for {process.name}: answers, and takes the password of {connection.info.user}.")
            if not _nobody_listens(connection):
                yield Found(
                    State.DO, f"Database for {process.name}: dossiers and password cross the network unencrypted; add sslmode=verify-full."
                )
            begun = time.time()
            row = connection.execute("SELECT extract(epoch FROM clock_timestamp())::float8").fetchone()
            apart = _apart(begun, float(row[0]) if row else 0.0, time.time())
    except psycopg.Error:
        yield Found(State.DO, f"Database for {process.name}: does not answer, or refuses this password.")
        return
    if apart > CLOCKS_APART:
        yield Found(
            State.DO, f"Clock of {process.name}: {apart:.0f} seconds from the database's; let both follow NTP, or codes are refused."
        )
    else:
        yield Found(State.GOOD, f"Clock of {process.name}: the same as the database's. Whether both are right, only NTP can say.")


def _apart(begun: float, theirs: float, ended: float) -> float:
    """Seconds between two clocks, when the other was read somewhere between ``begun`` and ``ended`` of ours."""
    return max(0.0, begun - theirs, theirs - ended)


def _nobody_listens(connection: Connection) -> bool:
    host = connection.info.host
    return host.startswith("/") or host in ("localhost", "127.0.0.1", "::1") or bool(connection.pgconn.ssl_in_use)


# --- the database, as the superuser


def _database(processes: list[Process], admin_dsn: str) -> Iterator[Found]:
    try:
        with psycopg.connect(admin_dsn, connect_timeout=5) as connection:
            yield from _roles(connection)
            if connection.execute("SELECT to_regclass('casus.read_seal')").fetchone() == (None,):
                yield Found(State.DO, "Migrations: there are no tables; run `portal migrate`.")
                return
            yield from _migrations(connection)
            yield from _lock(connection)
            yield from _actor_keys(connection, processes)
            yield from _seals(connection, processes)
            yield from _outbox(connection)
            yield from doctor_city.teams(connection, processes)
            yield from _disk_of_database(connection)
    except psycopg.OperationalError:
        yield Found(State.DO, "Database: does not answer the superuser of DATABASE_ADMIN_URL, or refuses the password.")
    except psycopg.errors.InsufficientPrivilege:
        yield Found(State.DO, "Database: DATABASE_ADMIN_URL is not the address of a superuser.")


def _roles(connection: Connection) -> Iterator[Found]:
    problems = role_problems(connection)
    yield from (Found(State.DO, f"Roles: {problem}") for problem in problems)
    if not problems:
        yield Found(State.GOOD, f"Roles: all {len(LOGIN_ROLES) + len(GROUP_ROLES)} are there, none above the lock, passwords as SCRAM.")
    rules = connection.execute(
        "SELECT line_number, auth_method FROM pg_hba_file_rules WHERE auth_method = ANY(%s) ORDER BY 1", [list(_UNSAFE_SIGN_IN)]
    ).fetchall()
    yield from (Found(State.DO, f"Sign-in: line {line} of pg_hba.conf says {method}; say scram-sha-256.") for line, method in rules)
    if not rules:
        yield Found(State.GOOD, "Sign-in: nobody comes into the database without a good password.")


def _migrations(connection: Connection) -> Iterator[Found]:
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    row = connection.execute("SELECT version_num FROM public.alembic_version").fetchone()
    if row == (head,):
        yield Found(State.GOOD, f"Migrations: the tables are of the newest version, {head}.")
    else:
        yield Found(
            State.DO,
            f"Migrations: the tables are of version {row[0] if row else 'none'} and this program is of {head}; run `portal migrate`.",
        )


def _lock(connection: Connection) -> Iterator[Found]:
    open_tables = connection.execute(
        "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname IN ('acl', 'casus', 'casus_api', 'portaal') AND c.relkind IN ('r', 'p')"
        " AND NOT (c.relrowsecurity AND c.relforcerowsecurity) ORDER BY 1"
    ).fetchall()
    yield from (
        Found(State.DO, f"Lock: row level security is off on {table}; run `portal migrate`, and find out who did that.")
        for (table,) in open_tables
    )
    remark = remark_of(connection)
    if remark is None or remark[0] != hash_of_files(MIGRATIONS / "rls"):
        yield Found(State.DO, "Lock: it was laid from other files than this program brings; run `portal migrate`.")
    elif remark[1] != hash_of_database(connection):
        yield Found(
            State.DO,
            "Lock: a policy, function or right was changed since the last migration; run `portal migrate`, and find out who did that.",
        )
    elif not open_tables:
        yield Found(State.GOOD, "Lock: every policy, function and right is as the last migration laid it.")


def _actor_keys(connection: Connection, processes: list[Process]) -> Iterator[Found]:
    for process in processes:
        role = process.role
        try:
            key = key_of(process.environment, "MBT_ACTOR_KEY")
        except SettingsError:
            continue
        row = connection.execute("SELECT inner_pad, outer_pad FROM acl.key WHERE role_name = %s", (role,)).fetchone()
        if row is None or (bytes(row[0]), bytes(row[1])) != pads_of(key):
            yield Found(
                State.DO, f"Keys: the database holds another actor key for {role}, so nobody can read there; run `portal keys install`."
            )
        else:
            yield Found(State.GOOD, f"Keys: the database holds the actor key of {process.name}.")


def _seals(connection: Connection, processes: list[Process]) -> Iterator[Found]:
    waiting = connection.execute(
        "SELECT count(*) FROM casus.read_log l WHERE l.at < now() - make_interval(secs => %s)"
        " AND l.xid >= coalesce((SELECT s.horizon FROM casus.read_seal s ORDER BY s.id DESC LIMIT 1), '0')"
        " AND NOT EXISTS (SELECT FROM casus.read_seal_row r WHERE r.log_id = l.id)",
        (SEALED_WITHIN,),
    ).fetchone()
    lines = waiting[0] if waiting else "?"
    if lines != 0:
        yield Found(State.DO, f"Seals: {lines} lines of the read log wait for longer than five minutes; start `portal jobs`.")
    else:
        yield Found(State.GOOD, "Seals: every line of the read log older than five minutes is sealed.")
    for place in {process.environment.get("MBT_SEALS_FILE", "").strip() for process in processes} - {""}:
        yield _published(connection, Path(place))


def _published(connection: Connection, place: Path) -> Found:
    """The last seal in the file must be a seal of this database, with the same hash."""
    try:
        lines = place.read_text(encoding="ascii").split("\n")
        number, seal = next(line for line in reversed(lines) if line.strip()).split()
        row = connection.execute("SELECT encode(hash, 'hex') FROM casus.read_seal WHERE id = %s", (int(number),)).fetchone()
    except FileNotFoundError:
        none = connection.execute("SELECT count(*) FROM casus.read_seal").fetchone() == (0,)
        state, said = (State.NOTE, "none was made yet") if none else (State.DO, f"{place} is not there; start `portal jobs`")
        return Found(state, f"Published seals: {said}.")
    except (OSError, ValueError, StopIteration):
        return Found(State.DO, f"Published seals: {place} can't be read.")
    if row != (seal,):
        return Found(
            State.DO,
            f"Published seals: seal {number} in {place} is not the database's; begin a new file after a restore, else run verify-log.",
        )
    return Found(State.GOOD, f"Published seals: the last one, {number}, is that of the database.")


# --- mail


def _mail(processes: list[Process]) -> Iterator[Found]:
    """The server answers the process that sends, and takes its name, password and encryption."""
    senders = [process for process in processes if process.role == "portaal_jobs"]
    if not senders:
        yield Found(State.NOTE, "Mail: the settings of the jobs were not given, so the mail server was not looked at.")
    for process in senders:
        try:
            mode: Mode = "productie" if process.environment.get("MBT_MODE") == "productie" else "test"
            settings = MailSettings.from_environment(process.environment, mode)
        except SettingsError as refused:
            yield Found(State.DO, f"Mail: {refused}")
            continue
        if settings is None:
            yield Found(State.NOTE, "Mail: no mail server is named, so no mail is sent.")
            continue
        server = MailServer(settings)
        if server.knock().error:
            yield Found(State.DO, "Mail: the server does not answer, or its certificate, our name or our password is not right.")
        else:
            yield Found(State.GOOD, "Mail: the server answers, and takes us.")
        server.close()


def _outbox(connection: Connection) -> Iterator[Found]:
    waiting = connection.execute(
        "SELECT count(*) FROM portaal.outbox o WHERE o.address IS NOT NULL AND o.gave_up_at IS NULL"
        " AND o.not_before < now() - make_interval(secs => %s) AND portaal.mail_may_go(o)",
        (SENT_WITHIN,),
    ).fetchone()
    mails = waiting[0] if waiting else "?"
    if mails != 0:
        yield Found(State.DO, f"Outbox: {mails} mails should have gone 15 minutes ago; start `portal jobs`.")
    else:
        yield Found(State.GOOD, "Outbox: no mail waits for longer than it should.")


# --- disk


def _disk_of_database(connection: Connection) -> Iterator[Found]:
    row = connection.execute("SHOW data_directory").fetchone()
    folder = Path(str(row[0])) if row else Path("/nowhere")
    if folder.exists():
        yield _room("the database", folder)
    else:
        yield Found(State.NOTE, "Disk of the database: on another machine, so not looked at.")


def _disk_of(process: Process) -> Iterator[Found]:
    place = process.environment.get("MBT_SEALS_FILE", "").strip()
    if place and Path(place).parent.is_dir():
        if not os.access(Path(place) if Path(place).exists() else Path(place).parent, os.W_OK):
            yield Found(State.DO, f"Disk of {process.name}: this user may not write {place}.")
        yield _room(process.name, Path(place).parent)


def _room(name: str, folder: Path) -> Found:
    disk = shutil.disk_usage(folder)
    said = f"Disk of {name}: {disk.free / 1e9:.1f} GB free of {disk.total / 1e9:.0f}"
    if disk.free < FREE_BYTES or disk.free < FREE_PART * disk.total:
        return Found(State.DO, f"{said}; make room, at least {FREE_PART:.0%} and {FREE_BYTES / 1e9:.0f} GB.")
    return Found(State.GOOD, f"{said}.")
