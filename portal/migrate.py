"""Brings a database to the newest schema and lays the lock anew.

Tables change by Alembic migrations; functions, policies, triggers and privileges are laid again from
``migrations/rls`` each time, whole, so that what those files say is what holds, and nothing older is left.
"""

from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine

from portal.lock import leave_remark
from portal.provision import DEFINER, DESTROYER

SCHEMAS = ("acl", "casus", "casus_api", "portaal")
MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"

_CLEAR = """
DO $$
DECLARE r record;
BEGIN
    FOR r IN SELECT schemaname, tablename, policyname FROM pg_policies WHERE schemaname IN ('acl', 'casus', 'casus_api', 'portaal')
    LOOP EXECUTE format('DROP POLICY %I ON %I.%I', r.policyname, r.schemaname, r.tablename); END LOOP;
    FOR r IN SELECT n.nspname, c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
             JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE NOT t.tgisinternal AND n.nspname IN ('acl', 'casus', 'casus_api', 'portaal')
    LOOP EXECUTE format('DROP TRIGGER %I ON %I.%I', r.tgname, r.nspname, r.relname); END LOOP;
    FOR r IN SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind = 'v' AND n.nspname IN ('acl', 'casus', 'casus_api', 'portaal')
    LOOP EXECUTE format('DROP VIEW %I.%I', r.nspname, r.relname); END LOOP;
END $$;
"""

_DROP_FUNCTIONS = """
DO $$
DECLARE r record;
BEGIN
    FOR r IN SELECT p.oid::regprocedure AS signature FROM pg_proc p
             WHERE p.pronamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('acl', 'casus', 'casus_api', 'portaal'))
               AND p.proowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)
    LOOP EXECUTE format('DROP FUNCTION %s', r.signature); END LOOP;
END $$;
"""

_REVOKE_ALL = """
DO $$
DECLARE s text; who text;
BEGIN
    FOREACH s IN ARRAY ARRAY['acl', 'casus', 'casus_api', 'portaal'] LOOP
        FOR who IN SELECT 'PUBLIC' UNION ALL SELECT quote_ident(rolname) FROM pg_roles
                   WHERE rolname LIKE 'web\\_%' OR rolname LIKE 'portaal\\_%' OR rolname LIKE 'program\\_%'
                      OR rolname IN ('casus_acl', 'casus_program', 'casus_controle', 'casus_uitvoer', 'casus_vernietiger') LOOP
            EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %s', s, who);
            EXECUTE format('REVOKE ALL ON ALL SEQUENCES IN SCHEMA %I FROM %s', s, who);
            EXECUTE format('REVOKE ALL ON SCHEMA %I FROM %s', s, who);
        END LOOP;
    END LOOP;
END $$;
"""

# Definer functions get their owner here and nowhere else, so that none can be forgotten; nobody may run one that was not granted by name.
# The one that takes words away works as a role of its own, that can do nothing else.
_OWN_FUNCTIONS = """
DO $$
DECLARE r record;
BEGIN
    FOR r IN SELECT p.oid::regprocedure AS signature, p.prosecdef FROM pg_proc p
             WHERE p.pronamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('acl', 'casus', 'casus_api', 'portaal'))
    LOOP
        IF r.prosecdef THEN
            EXECUTE format('ALTER FUNCTION %s OWNER TO %I', r.signature,
                CASE WHEN r.signature IN ('casus.erase_entry(int)'::regprocedure, 'casus.erase_plan(int)'::regprocedure)
                THEN 'casus_vernietiger' ELSE 'casus_acl' END);
        END IF;
    END LOOP;
END $$;
"""


def migrate(owner_url: str) -> None:
    """Brings the database behind ``owner_url`` (SQLAlchemy URL of role casus_owner) to the newest schema, in one transaction.

    Raises ``sqlalchemy.exc.SQLAlchemyError`` or ``psycopg.Error`` and leaves the database as it was when a step fails.
    """
    engine = create_engine(owner_url, hide_parameters=True)
    try:
        with engine.begin() as connection:
            _upgrade(connection)
            lay_lock(_driver(connection))
            leave_remark(_driver(connection), MIGRATIONS / "rls")
    finally:
        engine.dispose()


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _driver(connection: Connection) -> psycopg.Connection[tuple[object, ...]]:
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        raise TypeError("the case database is PostgreSQL through psycopg")
    return driver


def lay_lock(driver: psycopg.Connection[tuple[object, ...]]) -> None:
    """Drops and lays again every policy, trigger, view, function and privilege, as ``casus_owner`` in the caller's transaction."""
    run = driver.cursor().execute
    run("SET LOCAL client_min_messages = warning")
    run(_CLEAR)
    for role in (DEFINER, DESTROYER):
        run(f"SET LOCAL ROLE {role}")
        run(_DROP_FUNCTIONS)
        run("RESET ROLE")
    run(_DROP_FUNCTIONS)
    run(_REVOKE_ALL)
    run("ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC")
    run(f"GRANT USAGE, CREATE ON SCHEMA {', '.join(SCHEMAS)} TO {DEFINER}")
    run(f"GRANT CREATE ON SCHEMA casus TO {DESTROYER}")
    for path in sorted((MIGRATIONS / "rls").glob("*.sql")):
        run(path.read_text(encoding="utf-8").encode())
    run(_OWN_FUNCTIONS)
    run(f"REVOKE CREATE ON SCHEMA {', '.join(SCHEMAS)} FROM {DEFINER}, {DESTROYER}")
