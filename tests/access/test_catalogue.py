"""What stands in the database is what the catalogue says: every table, column, function, policy, role and right, both ways."""

import psycopg
import pytest

from portal import provision
from tests.access.catalogue import FUNCTIONS, ROLES, TABLES
from tests.access.catalogue_live import differences
from tests.conftest import PortalDatabase


def test_the_database_is_what_the_catalogue_says(database: PortalDatabase) -> None:
    with psycopg.connect(database.admin_dsn) as admin:
        assert differences(admin) == []


# Something new without a row, one of each sort, and something that is gone.
CHANGES = {
    "a table": "CREATE TABLE casus.nieuw (id int)",
    "a column": "ALTER TABLE casus.entry ADD nieuw text",
    "a column that is gone": "ALTER TABLE casus.household_member DROP birth_year",
    "a function": "CREATE FUNCTION casus.nieuw() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "a view": "CREATE VIEW casus.nieuw AS SELECT * FROM casus.entry",
    "a materialised view": "CREATE MATERIALIZED VIEW casus.nieuw AS SELECT 1 AS one",
    "a right on a table": "GRANT TRUNCATE ON casus.entry TO web_team",
    "a right on a column": "GRANT SELECT (left_on) ON casus.staff TO web_inwoner",
    "a right that is gone": "REVOKE SELECT ON casus.dossier FROM web_team",
    "a right that may be passed on": "GRANT SELECT ON casus.entry TO web_team WITH GRANT OPTION",
    "a right of everybody": "GRANT SELECT ON casus.stadsdeel TO PUBLIC",
    "a right of an unknown role": "GRANT SELECT ON casus.stadsdeel TO pg_monitor",
    "a right to run": "GRANT EXECUTE ON FUNCTION acl.actor() TO web_team",
    "a right to run of everybody": "GRANT EXECUTE ON FUNCTION acl.install_key(text, bytea) TO PUBLIC",
    "a right on a schema": "GRANT CREATE ON SCHEMA casus TO web_team",
    "a right on a sequence": "GRANT USAGE ON SEQUENCE casus.read_log_id_seq TO web_team",
    "a right on the database": "DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO web_team', current_database()); END $$",
    "a right on what is made later": "ALTER DEFAULT PRIVILEGES FOR ROLE casus_owner GRANT SELECT ON TABLES TO web_team",
    "a policy": "CREATE POLICY nieuw ON casus.entry FOR SELECT TO web_team USING (true)",
    "a policy that is gone": "DROP POLICY read ON casus.entry",
    "a policy for one more": "ALTER POLICY read ON casus.absence TO web_team, web_inwoner",
    "a trigger": "CREATE TRIGGER nieuw BEFORE INSERT ON casus.closure FOR EACH ROW EXECUTE FUNCTION acl.stamp_author()",
    "a trigger that is off": "ALTER TABLE casus.read_log DISABLE TRIGGER stamp",
    "a lock that is off": "ALTER TABLE casus.entry DISABLE ROW LEVEL SECURITY",
    "a lock that is off for the owner": "ALTER TABLE casus.entry NO FORCE ROW LEVEL SECURITY",
    "another owner of a function": "ALTER FUNCTION acl.actor() OWNER TO casus_owner",
    "a function that works as who asks": "ALTER FUNCTION acl.actor() SECURITY INVOKER",
    "a function with an open search path": "ALTER FUNCTION acl.actor() RESET search_path",
    "a member": "GRANT casus_acl TO web_team",
    "a membership that inherits": "ALTER ROLE casus_owner INHERIT; GRANT casus_acl TO casus_owner",
    "a role above the lock": "ALTER ROLE web_team BYPASSRLS",
    "a key without the dossier": "ALTER TABLE casus.read_log ADD FOREIGN KEY (entry_id) REFERENCES casus.entry_opening (entry_id)",
    "a rule": "CREATE RULE nieuw AS ON INSERT TO casus.closure DO INSTEAD NOTHING",
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_without_a_row_is_found(database: PortalDatabase, name: str) -> None:
    with psycopg.connect(database.admin_dsn) as admin:
        admin.execute("ALTER TABLE casus.entry_opening ADD UNIQUE (entry_id)")
        admin.execute(CHANGES[name])
        assert differences(admin), name


def test_the_catalogue_knows_every_role_that_is_made() -> None:
    assert set(ROLES) == {*provision.LOGIN_ROLES, *provision.GROUP_ROLES}


def test_a_program_that_joins_its_group_is_as_expected(database: PortalDatabase) -> None:
    provision.add_program(database.cluster.admin_dsn, "proef", "geheim")
    try:
        with psycopg.connect(database.admin_dsn) as admin:
            assert differences(admin) == []
            admin.execute("GRANT casus_acl TO program_proef")
            assert differences(admin)
    finally:
        with psycopg.connect(database.admin_dsn) as admin:
            admin.execute("DROP ROLE program_proef")


def test_only_casus_acl_functions_are_definer_and_none_is_run_by_everybody() -> None:
    assert all("PUBLIC" not in function.run_by for function in FUNCTIONS.values())
    assert all(role in ROLES for table in TABLES.values() for role in table.rights)
