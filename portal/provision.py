"""Make the database and its roles: the one place that works as the superuser.

Web programs never see the superuser's password; they get the connection text of their own role, from
``role_dsn``. Passwords travel as SCRAM verifiers that are made here, so no statement ever holds a password.
"""

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import URL, make_url

OWNER = "casus_owner"
DEFINER = "casus_acl"
PROGRAM = "casus_program"
DESTROYER = "casus_vernietiger"

LOGIN_ROLES = (
    OWNER,
    "web_inwoner",
    "web_team",
    "web_onafhankelijk",
    "portaal_jobs",
    "portaal_operator",
    "casus_controle",
    "casus_uitvoer",
    DESTROYER,
)
GROUP_ROLES = (DEFINER, PROGRAM)
"""Roles nobody can sign in as: the owner of the definer functions, and the group of other programs."""
_OWNER_MAY_BECOME = ((DEFINER, OWNER), (DESTROYER, OWNER))
ACTOR_ROLES = ("web_inwoner", "web_team", "web_onafhankelijk", "portaal_jobs", "portaal_operator")
"""Roles that sign an actor, each with a key of its own in acl.key."""

QUIET = {
    # The text of an error quotes what was typed, so errors go to the program that asked and not to the log.
    "log_min_messages": "log",
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
"""Set per role too, so that a given server doesn't write people's words to its log either."""


class ProvisionError(Exception):
    """The roles or the database can't be made safely; the text is one plain sentence."""


def role_dsn(admin_dsn: str, role: str, password: str, database: str) -> str:
    """Give the libpq connection text of ``role`` on the server of ``admin_dsn``."""
    parts = conninfo_to_dict(admin_dsn) | {"user": role, "password": password, "dbname": database}
    return make_conninfo("", **parts)


def sqlalchemy_url(dsn: str) -> str:
    """Give the SQLAlchemy address (``postgresql+psycopg://``) that says the same as a libpq text."""
    parts = conninfo_to_dict(dsn)
    main = {name: _text(parts.pop(name, None)) for name in ("user", "password", "dbname")}
    query = {name: str(value) for name, value in parts.items() if value is not None}
    url = URL.create(
        "postgresql+psycopg",
        username=main["user"],
        password=main["password"],
        database=main["dbname"],
        query=query,
    )
    return url.render_as_string(hide_password=False)


def libpq_dsn(url: str) -> str:
    """Give the libpq connection text that says the same as a SQLAlchemy address; the way back of the above."""
    parsed = make_url(url)
    main = {"user": parsed.username, "password": parsed.password, "dbname": parsed.database}
    main |= {"host": parsed.host, "port": None if parsed.port is None else str(parsed.port)}
    main |= {name: value if isinstance(value, str) else value[0] for name, value in parsed.query.items()}
    return make_conninfo("", **{name: value for name, value in main.items() if value})


def provision(admin_dsn: str, database: str, passwords: Mapping[str, str]) -> None:
    """Create roles and database, or bring existing ones back to what they must be. May be run again.

    ``passwords`` holds one for each of LOGIN_ROLES. Raises ProvisionError when one is missing, when
    ``admin_dsn`` is not a superuser, or when a role of that name is a superuser or may bypass row level
    security.
    """
    missing = [role for role in LOGIN_ROLES if not passwords.get(role)]
    if missing:
        raise ProvisionError(f"No password was given for: {', '.join(missing)}.")
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        require_superuser(connection)
        with connection.transaction():
            _be_quiet(connection)
            for role in GROUP_ROLES:
                _make_role(connection, role, None)
            for role in LOGIN_ROLES:
                _make_role(connection, role, passwords[role])
            _only_owner_may_become_definer(connection)
        exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if not exists:
            _create_database(connection, database, "template0")
    secure_database(admin_dsn, database)


def make_missing_roles(admin_dsn: str, passwords: Mapping[str, str]) -> list[str]:
    """Makes the roles that are not there, and leaves the passwords of the others alone. Gives the names of those made.

    Raises ProvisionError when a missing role has no password in ``passwords``, or one that is there is above the lock.
    """
    with psycopg.connect(admin_dsn) as connection:
        require_superuser(connection)
        _be_quiet(connection)
        rows = connection.execute(
            "SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = ANY(%s)", [[*LOGIN_ROLES, *GROUP_ROLES]]
        ).fetchall()
        for role, above in rows:
            if above:
                raise ProvisionError(f"The role {role} exists and is above the lock (superuser or BYPASSRLS).")
        missing = [role for role in (*GROUP_ROLES, *LOGIN_ROLES) if role not in {row[0] for row in rows}]
        unknown = [role for role in missing if role in LOGIN_ROLES and not passwords.get(role)]
        if unknown:
            raise ProvisionError(f"These roles are not on the server, and no password was given for them: {', '.join(unknown)}.")
        for role in missing:
            _make_role(connection, role, passwords[role] if role in LOGIN_ROLES else None)
        _only_owner_may_become_definer(connection)
    return missing


def make_closed_database(admin_dsn: str, database: str) -> None:
    """Makes ``database``, or takes an empty one, and lets nobody but superusers in until ``secure_database``.

    Raises ProvisionError when there are tables in it, or somebody is connected to it.
    """
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        require_superuser(connection)
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone() is None:
            _create_database(connection, database, "template0")
        name = sql.Identifier(database)
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
        for role in (*LOGIN_ROLES, *GROUP_ROLES):
            connection.execute(sql.SQL("REVOKE CONNECT ON DATABASE {} FROM {}").format(name, sql.Identifier(role)))
        if connection.execute("SELECT 1 FROM pg_stat_activity WHERE datname = %s", [database]).fetchone():
            raise ProvisionError(f"Somebody is connected to the database {database}; stop every program first.")
    with psycopg.connect(admin_dsn, dbname=database) as connection:
        tables = "SELECT 1 FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.oid >= 16384"
        if connection.execute(tables).fetchone():
            raise ProvisionError(f"The database {database} is not empty; a restore writes over nothing.")


def secure_database(admin_dsn: str, database: str) -> None:
    """Let only our roles connect to ``database``, and nobody but its owner make things in it."""
    with psycopg.connect(admin_dsn, dbname=database) as connection:
        name = sql.Identifier(database)
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
        for role in (*LOGIN_ROLES, PROGRAM):
            connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, sql.Identifier(role)))
        connection.execute(sql.SQL("ALTER DATABASE {} SET timezone = 'UTC'").format(name))
        connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        # Before PostgreSQL 16 a role without INHERIT doesn't get what pg_database_owner has; alembic keeps its version in this schema.
        connection.execute(sql.SQL("GRANT USAGE, CREATE ON SCHEMA public TO {}").format(sql.Identifier(OWNER)))


def add_program(admin_dsn: str, name: str, password: str) -> str:
    """Make the role of another program, which may only use casus_api. Returns its name."""
    role = f"program_{name}"
    with psycopg.connect(admin_dsn) as connection:
        require_superuser(connection)
        _be_quiet(connection)
        _make_role(connection, role, password)
        # From PostgreSQL 16 a membership remembers whether the role inherited when it was granted; so this
        # goes first.
        connection.execute(sql.SQL("ALTER ROLE {} INHERIT").format(sql.Identifier(role)))
        connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(PROGRAM), sql.Identifier(role)))
    return role


def role_problems(connection: psycopg.Connection[Any]) -> list[str]:
    """What is wrong with the roles of this server, a sentence each; ``connection`` is a superuser's."""
    known = {
        str(row[0]): row[1:]
        for row in connection.execute(
            "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication, rolcanlogin,"
            " coalesce(rolpassword, '') FROM pg_authid WHERE rolname = ANY(%s)",
            [[*LOGIN_ROLES, *GROUP_ROLES]],
        ).fetchall()
    }
    problems = [f"{role} is not there; see docs/running.md, Roles." for role in (*LOGIN_ROLES, *GROUP_ROLES) if role not in known]
    for role, (above, may_sign_in, password) in known.items():
        if above:
            problems.append(f"{role} is above the lock or may make roles, databases or copies; take that away.")
        if may_sign_in != (role in LOGIN_ROLES):
            problems.append(f"{role} must {'' if role in LOGIN_ROLES else 'not '}be able to sign in.")
        if role in LOGIN_ROLES and not str(password).startswith("SCRAM-SHA-256$"):
            problems.append(f"{role} has no password that is kept as SCRAM.")
    for granted, member in _memberships(connection):
        if (granted, member) not in _OWNER_MAY_BECOME:
            problems.append(f"{member} is a member of {granted}; take that away.")
    return problems


def pads_of(key: bytes) -> tuple[bytes, bytes]:
    """The two pads that the database keeps of an actor key (migrations/rls/10_acl.sql): inner and outer, 64 bytes each."""
    padded = key.ljust(64, b"\0")
    return bytes(byte ^ 54 for byte in padded), bytes(byte ^ 92 for byte in padded)


def install_keys(admin_dsn: str, database: str, keys: Mapping[str, bytes]) -> None:
    """Give the database its copy of each role's actor key; run after the migrations."""
    with psycopg.connect(admin_dsn, dbname=database) as connection:
        _be_quiet(connection)
        for role, key in keys.items():
            connection.execute("SELECT acl.install_key(%s::text, %s::bytea)", [role, key])


def create_database_from_template(admin_dsn: str, template: str, name: str) -> None:
    """Copy a database with everything in it, under a new name; nobody may be connected to the template."""
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        _create_database(connection, name, template)
    secure_database(admin_dsn, name)


def drop_database(admin_dsn: str, name: str) -> None:
    """Remove a database and end its connections."""
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def require_superuser(connection: psycopg.Connection[Any]) -> None:
    """Raises ProvisionError when this connection is not a superuser's."""
    row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    if row is None or not row[0]:
        raise ProvisionError("This needs a superuser of PostgreSQL, and this connection is not one.")


def _be_quiet(connection: psycopg.Connection[Any]) -> None:
    """Keep verifiers and keys out of the server's log, for the rest of this transaction."""
    for name, value in QUIET.items():
        connection.execute("SELECT set_config(%s, %s, true)", [name, value])


def _create_database(connection: psycopg.Connection[Any], name: str, template: str) -> None:
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} ENCODING 'UTF8'").format(
            sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template)
        )
    )


def _make_role(connection: psycopg.Connection[Any], role: str, password: str | None) -> None:
    """Create or mend one role. ``password`` None: nobody can sign in as it."""
    name = sql.Identifier(role)
    row = connection.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    if row is None:
        connection.execute(sql.SQL("CREATE ROLE {}").format(name))
    elif any(row):
        # Somebody gave it that on purpose or by accident; either way a person has to look first.
        raise ProvisionError(f"The role {role} exists and is above the lock (superuser or BYPASSRLS).")
    rights = "NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION NOINHERIT"
    if password is None:
        connection.execute(sql.SQL("ALTER ROLE {} " + rights + " NOLOGIN PASSWORD NULL").format(name))
    else:
        verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
        connection.execute(sql.SQL("ALTER ROLE {} " + rights + " LOGIN PASSWORD {}").format(name, sql.Literal(verifier)))
    for setting, value in QUIET.items():
        connection.execute(sql.SQL("ALTER ROLE {} SET {} = {}").format(name, sql.Identifier(setting), sql.Literal(value)))


def _only_owner_may_become_definer(connection: psycopg.Connection[Any]) -> None:
    """The migrations must be able to hand functions to the roles they work as; no other role is in any group."""
    for granted, member in _memberships(connection):
        if (granted, member) not in _OWNER_MAY_BECOME:
            connection.execute(sql.SQL("REVOKE {} FROM {}").format(sql.Identifier(granted), sql.Identifier(member)))
    options = " WITH INHERIT FALSE, SET TRUE" if connection.info.server_version >= 160000 else ""
    for granted, member in _OWNER_MAY_BECOME:
        connection.execute(sql.SQL("GRANT {} TO {}" + options).format(sql.Identifier(granted), sql.Identifier(member)))


def _memberships(connection: psycopg.Connection[Any]) -> list[tuple[str, str]]:
    """Who of our roles is a member of what."""
    return connection.execute(
        """
        SELECT granted.rolname, member.rolname
        FROM pg_auth_members AS membership
        JOIN pg_roles AS granted ON granted.oid = membership.roleid
        JOIN pg_roles AS member ON member.oid = membership.member
        WHERE member.rolname = ANY(%s)
        """,
        [[*LOGIN_ROLES, *GROUP_ROLES]],
    ).fetchall()
