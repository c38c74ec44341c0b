"""What the lock looks like, in two words: a hash of the files it is laid from, and a hash of what stands in the database.

``portal migrate`` leaves both in the database as a remark, so that ``portal doctor`` sees when something of it was changed since.
"""

import hashlib
from pathlib import Path
from typing import Any

import psycopg

Connection = psycopg.Connection[Any]

_OURS = "('acl', 'casus', 'casus_api', 'portaal')"
# Everything by name, never by number, so that it is the same for whoever asks, on whatever server.
_LIVE = f"""
SELECT fact FROM (
    SELECT concat_ws('|', 'policy', schemaname, tablename, policyname, permissive, roles, cmd, qual, with_check) AS fact
    FROM pg_policies WHERE schemaname IN {_OURS}
    UNION ALL
    SELECT concat_ws('|', 'function', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid), pg_get_userbyid(p.proowner),
        p.prosecdef, p.provolatile, p.proconfig::text, p.prosrc, p.proacl::text)
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN {_OURS}
    UNION ALL
    SELECT concat_ws('|', 'table', n.nspname, c.relname, c.relkind, pg_get_userbyid(c.relowner), c.relrowsecurity, c.relforcerowsecurity,
        c.relacl::text)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname IN {_OURS} AND c.relkind <> 'i'
    UNION ALL
    SELECT concat_ws('|', 'column', n.nspname, c.relname, a.attname, a.attacl::text)
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN {_OURS} AND a.attacl IS NOT NULL
    UNION ALL
    SELECT concat_ws('|', 'schema', nspname, pg_get_userbyid(nspowner), nspacl::text) FROM pg_namespace WHERE nspname IN {_OURS}
    UNION ALL
    SELECT concat_ws('|', 'trigger', n.nspname, c.relname, t.tgname, t.tgenabled, pg_get_triggerdef(t.oid, true))
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT t.tgisinternal AND n.nspname IN {_OURS}
) facts ORDER BY fact COLLATE "C"
"""  # noqa: S608 - nothing from outside


def hash_of_files(folder: Path) -> str:
    """SHA-256 over the names and texts of the files in ``folder`` that the lock is laid from, in hexadecimal."""
    whole = hashlib.sha256()
    for path in sorted(folder.glob("*.sql")):
        whole.update(f"{path.name}\0".encode() + path.read_bytes() + b"\0")
    return whole.hexdigest()


def hash_of_database(connection: Connection) -> str:
    """SHA-256 over every policy, function, trigger, owner and right in our schemas, in hexadecimal."""
    with connection.transaction():
        # With an empty path every name is written out, whoever asks.
        connection.execute("SELECT set_config('search_path', 'pg_catalog', true)")
        facts = connection.execute(_LIVE.encode()).fetchall()
    return hashlib.sha256("\n".join(str(fact) for (fact,) in facts).encode()).hexdigest()


def leave_remark(connection: Connection, folder: Path) -> None:
    """Writes both hashes into the database, as its owner, in the caller's transaction."""
    remark = f"lock {hash_of_files(folder)} {hash_of_database(connection)}"
    connection.execute(f"COMMENT ON SCHEMA acl IS '{remark}'".encode())


def remark_of(connection: Connection) -> tuple[str, str] | None:
    """The two hashes that the last migration left: files, database; None when there are none."""
    row = connection.execute("SELECT obj_description('acl'::regnamespace, 'pg_namespace')").fetchone()
    words = str(row[0]).split() if row and row[0] else []
    return (words[1], words[2]) if len(words) == 3 and words[0] == "lock" else None
