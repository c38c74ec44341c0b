"""The roles are what they must be, and no password opens a role that it is not of."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from portal import provision
from portal.demo.postgres import LocalServer
from tests.conftest import Cluster


@pytest.fixture(scope="module")
def empty_database(cluster: Cluster) -> Iterator[str]:
    """A provisioned database without tables."""
    name = cluster.name("empty")
    provision.provision(cluster.admin_dsn, name, cluster.passwords)
    yield name
    provision.drop_database(cluster.admin_dsn, name)


def refused(dsn: str) -> bool:
    """Whether the server refuses this sign-in because of the password or the right to connect."""
    try:
        psycopg.connect(dsn, connect_timeout=5).close()
    except psycopg.OperationalError as error:
        reasons = ("authentication failed", "permission denied", "not permitted")
        return any(reason in str(error) for reason in reasons)
    return False


def test_no_role_stands_above_the_lock(cluster: Cluster, empty_database: str) -> None:
    with psycopg.connect(cluster.admin_dsn) as connection:
        rows = connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolinherit,"
            " rolcanlogin FROM pg_roles WHERE rolname = ANY(%s)",
            [[*provision.LOGIN_ROLES, *provision.GROUP_ROLES]],
        ).fetchall()
    assert {row[0] for row in rows} == {*provision.LOGIN_ROLES, *provision.GROUP_ROLES}
    assert not any(any(row[1:7]) for row in rows)
    assert {row[0] for row in rows if row[7]} == set(provision.LOGIN_ROLES)


def test_passwords_are_kept_as_scram_verifiers(cluster: Cluster, empty_database: str) -> None:
    with psycopg.connect(cluster.admin_dsn) as connection:
        rows = connection.execute("SELECT rolname, rolpassword FROM pg_authid WHERE rolcanlogin").fetchall()
    assert {row[0] for row in rows} >= set(provision.LOGIN_ROLES)
    assert all(row[1].startswith("SCRAM-SHA-256$") for row in rows)


@pytest.mark.parametrize("role", provision.LOGIN_ROLES)
def test_a_password_opens_its_own_role_only(cluster: Cluster, empty_database: str, role: str) -> None:
    password = cluster.passwords[role]
    with psycopg.connect(provision.role_dsn(cluster.admin_dsn, role, password, empty_database)) as connection:
        assert connection.execute("SELECT session_user").fetchone() == (role,)
    others = {*provision.LOGIN_ROLES, *provision.GROUP_ROLES, "postgres"} - {role}
    for other in sorted(others):
        assert refused(provision.role_dsn(cluster.admin_dsn, other, password, empty_database)), other


@pytest.mark.parametrize("password", ["", "wrong", "x" * 200])
def test_wrong_or_absent_password_is_refused(cluster: Cluster, empty_database: str, password: str) -> None:
    for role in (*provision.LOGIN_ROLES, *provision.GROUP_ROLES, "postgres"):
        dsn = provision.role_dsn(cluster.admin_dsn, role, password or "-", empty_database)
        if not password:
            dsn = make_conninfo(dsn, password=" ", passfile="/dev/null")
        assert refused(dsn), role


@pytest.mark.parametrize("role", [role for role in provision.LOGIN_ROLES if role != provision.OWNER])
def test_a_role_can_become_no_other_and_make_nothing(cluster: Cluster, empty_database: str, role: str) -> None:
    dsn = provision.role_dsn(cluster.admin_dsn, role, cluster.passwords[role], empty_database)
    attempts: list[sql.Composed | sql.SQL] = [
        sql.SQL("SET ROLE {}").format(sql.Identifier(other))
        for other in sorted({*provision.LOGIN_ROLES, *provision.GROUP_ROLES, "postgres"} - {role})
    ]
    attempts += [
        sql.SQL("CREATE SCHEMA own"),
        sql.SQL("CREATE TABLE public.own (a int)"),
        sql.SQL("CREATE TEMP TABLE own (a int)"),
        sql.SQL("CREATE ROLE own"),
        sql.SQL("SELECT pg_read_file('/etc/passwd')"),
        sql.SQL("SELECT rolpassword FROM pg_authid"),
        sql.SQL("SET log_statement = 'all'"),
    ]
    with psycopg.connect(dsn, autocommit=True) as connection:
        for attempt in attempts:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(attempt)


def test_only_the_owner_may_become_the_definer(cluster: Cluster, empty_database: str) -> None:
    owner = provision.OWNER
    dsn = provision.role_dsn(cluster.admin_dsn, owner, cluster.passwords[owner], empty_database)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("SET ROLE casus_acl")
        connection.execute("RESET ROLE")
        assert connection.execute("SELECT pg_has_role('casus_acl', 'USAGE')").fetchone() == (False,)


def test_a_stray_membership_is_taken_away(cluster: Cluster, empty_database: str) -> None:
    with psycopg.connect(cluster.admin_dsn, autocommit=True) as connection:
        connection.execute("GRANT casus_acl TO web_team")
        provision.provision(cluster.admin_dsn, empty_database, cluster.passwords)
        assert connection.execute("SELECT pg_has_role('web_team', 'casus_acl', 'MEMBER')").fetchone() == (False,)


@pytest.mark.parametrize("right", ["SUPERUSER", "BYPASSRLS"])
def test_a_role_above_the_lock_is_not_accepted(cluster: Cluster, empty_database: str, right: str) -> None:
    with psycopg.connect(cluster.admin_dsn, autocommit=True) as connection:
        connection.execute(f"ALTER ROLE web_team {right}")
        try:
            with pytest.raises(provision.ProvisionError, match="web_team"):
                provision.provision(cluster.admin_dsn, empty_database, cluster.passwords)
        finally:
            connection.execute(f"ALTER ROLE web_team NO{right}")


def test_without_every_password_nothing_is_made(cluster: Cluster) -> None:
    with pytest.raises(provision.ProvisionError, match="web_team"):
        provision.provision(cluster.admin_dsn, "never_made", cluster.passwords | {"web_team": ""})


def test_provisioning_needs_the_superuser(cluster: Cluster, empty_database: str) -> None:
    owner = provision.role_dsn(cluster.admin_dsn, provision.OWNER, cluster.passwords[provision.OWNER], empty_database)
    with pytest.raises(provision.ProvisionError, match="superuser"):
        provision.provision(owner, empty_database, cluster.passwords)


def test_another_program_gets_a_role_in_the_group(cluster: Cluster, empty_database: str) -> None:
    role = provision.add_program(cluster.admin_dsn, "stadspas", "known to the test")
    assert provision.add_program(cluster.admin_dsn, "stadspas", "known to the test") == role
    with psycopg.connect(provision.role_dsn(cluster.admin_dsn, role, "known to the test", empty_database)) as connection:
        assert connection.execute("SELECT pg_has_role('casus_program', 'USAGE')").fetchone() == (True,)


def test_nothing_of_a_failing_statement_reaches_the_log(cluster: Cluster, empty_database: str) -> None:
    secret = "999990019-not-in-the-log"
    dsn = provision.role_dsn(cluster.admin_dsn, "web_team", cluster.passwords["web_team"], empty_database)
    with psycopg.connect(dsn, autocommit=True) as connection:
        with pytest.raises(psycopg.Error):
            connection.execute(f"SELECT * FROM nowhere WHERE bsn = '{secret}'")
        with pytest.raises(psycopg.Error):
            connection.execute("SELECT %s::text::int / 0", [secret])
        for name, value in provision.QUIET.items():
            assert connection.execute("SELECT current_setting(%s)", [name]).fetchone() == (value,)
    if not isinstance(cluster.server, LocalServer):
        return  # the log of a given server is out of reach; its settings were checked above
    text = cluster.server.log.read_text()
    assert "ready to accept connections" in text
    assert secret not in text
    assert "nowhere" not in text
    assert cluster.passwords["web_team"] not in text
