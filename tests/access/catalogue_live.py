"""Reads pg_catalog and says where it differs from tests/access/catalogue.py: what is missing, and what is there without a row."""

import re
from collections.abc import Iterator

import psycopg

from tests.access import catalogue
from tests.access.catalogue import FUNCTIONS, OWNER, ROLES, SCHEMAS, TABLES

Connection = psycopg.Connection[tuple[object, ...]]
Rows = set[tuple[object, ...]]

WORDS = {"r": "SELECT", "a": "INSERT", "w": "UPDATE", "d": "DELETE"}
TABLE_RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
COLUMN_RIGHTS = ("SELECT", "INSERT", "UPDATE", "REFERENCES")
_PART = re.compile(r"([rawd])(?:\(([^)]*)\))?")

_OURS = "n.nspname IN ('acl', 'casus', 'casus_api', 'portaal')"


def differences(connection: Connection) -> list[str]:
    """Every difference, as a sentence each; none when the database is what the catalogue says."""
    found: list[str] = []
    for what, expected, live in _compared(connection):
        found += [f"{what}: {_say(row)} is not there" for row in sorted(expected - live, key=str)]
        found += [f"{what}: {_say(row)} is there without a row in the catalogue" for row in sorted(live - expected, key=str)]
    connection.rollback()
    return found


def _say(row: tuple[object, ...]) -> str:
    return " / ".join(str(part) for part in row)


def _compared(connection: Connection) -> Iterator[tuple[str, Rows, Rows]]:
    def live(sql: str, *values: object) -> Rows:
        return set(connection.execute(sql, values).fetchall())

    yield (
        "column",
        _columns(),
        live(f"""
        SELECT n.nspname || '.' || c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_OURS} AND c.relkind NOT IN ('i', 'S') AND a.attnum > 0 AND NOT a.attisdropped"""),
    )
    yield "right on a table", _table_rights(connection), live(f"""
        SELECT r.name, n.nspname || '.' || c.relname, p.name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN unnest(%s::text[]) r (name) CROSS JOIN unnest(%s::text[]) p (name)
        WHERE {_OURS} AND c.relkind NOT IN ('i', 'S') AND has_table_privilege(r.name, c.oid, p.name)""",
        list(ROLES), list(_table_words(connection)))  # fmt: skip
    yield "right on a column", _column_rights(), live(f"""
        SELECT r.name, n.nspname || '.' || c.relname, a.attname, p.name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN unnest(%s::text[]) r (name) CROSS JOIN unnest(%s::text[]) p (name)
        WHERE {_OURS} AND c.relkind NOT IN ('i', 'S') AND a.attnum > 0 AND NOT a.attisdropped AND r.name <> %s
          AND has_column_privilege(r.name, c.oid, a.attnum, p.name)""", list(ROLES), list(COLUMN_RIGHTS), OWNER)  # fmt: skip
    yield "right of nobody in particular, or one that may be passed on", set(), live(_LOOSE, list(ROLES))
    yield (
        "relation",
        _relations(),
        live(f"""
        SELECT n.nspname || '.' || c.relname, c.relkind::text, pg_get_userbyid(c.relowner), c.relrowsecurity, c.relforcerowsecurity
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_OURS} AND c.relkind NOT IN ('i', 'v')"""),
    )
    yield (
        "view that does not ask as who reads",
        set(),
        live(f"""
        SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {_OURS} AND c.relkind IN ('v', 'm') AND NOT coalesce(c.reloptions @> '{{security_invoker=true}}', false)"""),
    )
    yield (
        "policy",
        _policies(),
        live("""
        SELECT schemaname || '.' || tablename, policyname, permissive, cmd, array_to_string(roles, ' ') FROM pg_policies"""),
    )
    yield (
        "trigger",
        _triggers(),
        live("""
        SELECT tgrelid::regclass::text, tgname, tgfoid::regprocedure::text, tgenabled::text, tgtype FROM pg_trigger WHERE NOT tgisinternal"""),
    )
    yield (
        "function",
        _functions(),
        live(f"""
        SELECT p.oid::regprocedure::text, pg_get_userbyid(p.proowner), p.prosecdef, array_to_string(p.proconfig, '; '), p.provolatile::text,
            l.lanname, p.proleakproof FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang WHERE {_OURS}"""),
    )
    yield "right to run a function", _runners(), live(f"""
        SELECT r.name, p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        CROSS JOIN unnest(%s::text[]) r (name) WHERE {_OURS} AND has_function_privilege(r.name, p.oid, 'EXECUTE')""", list(ROLES))  # fmt: skip
    yield from _around(connection)


def _around(connection: Connection) -> Iterator[tuple[str, Rows, Rows]]:
    """Schemas, sequences, the database and the roles."""

    def live(sql: str, *values: object) -> Rows:
        return set(connection.execute(sql, values).fetchall())

    yield "schema", {(s, OWNER) for s in SCHEMAS}, live(
        f"SELECT n.nspname, pg_get_userbyid(n.nspowner) FROM pg_namespace n WHERE {_OURS}"
    )  # fmt: skip
    expected: Rows = {(role, schema, "USAGE") for schema, roles in catalogue.SCHEMA_USE.items() for role in roles}
    expected |= {(OWNER, schema, "CREATE") for schema in catalogue.SCHEMA_USE}
    yield "right on a schema", expected, live("""
        SELECT r.name, n.nspname, p.name FROM pg_namespace n CROSS JOIN unnest(%s::text[]) r (name) CROSS JOIN unnest('{USAGE,CREATE}'::text[]) p (name)
        WHERE n.nspname !~ '^(pg_|information_schema)' AND has_schema_privilege(r.name, n.oid, p.name)""", list(ROLES))  # fmt: skip
    expected = {(role, sequence, "USAGE") for sequence, roles in catalogue.SEQUENCE_USE.items() for role in roles}
    yield "right on a sequence", expected, live(f"""
        SELECT r.name, n.nspname || '.' || c.relname, p.name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN unnest(%s::text[]) r (name) CROSS JOIN unnest('{{USAGE,SELECT,UPDATE}}'::text[]) p (name)
        WHERE {_OURS} AND c.relkind = 'S' AND r.name <> %s AND has_sequence_privilege(r.name, c.oid, p.name)""", list(ROLES), OWNER)  # fmt: skip
    expected = {(role, "CONNECT") for role in catalogue.CONNECT} | {(OWNER, "CREATE"), (OWNER, "TEMPORARY")}
    yield "right on the database", expected, live("""
        SELECT r.name, p.name FROM unnest(%s::text[]) r (name) CROSS JOIN unnest('{CONNECT,CREATE,TEMPORARY}'::text[]) p (name)
        WHERE has_database_privilege(r.name, current_database(), p.name)""", list(ROLES))  # fmt: skip
    yield "role", {(r, r in catalogue.LOGIN_ROLES) for r in ROLES}, live(
        "SELECT rolname, rolcanlogin FROM pg_roles WHERE rolname = ANY (%s)", list(ROLES)
    )  # fmt: skip
    yield "role above the lock", set(), live(
        """SELECT rolname FROM pg_roles WHERE (rolname = ANY (%s) OR rolname LIKE 'program\\_%%')
        AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication OR (rolinherit AND rolname = ANY (%s)))""",
        list(ROLES), list(ROLES),
    )  # fmt: skip
    inherits = (
        "coalesce((to_jsonb(m) ->> 'inherit_option')::boolean, r.rolinherit), coalesce((to_jsonb(m) ->> 'set_option')::boolean, true)"
    )
    yield "member", set(catalogue.MEMBERS), live(
        f"""SELECT r.rolname, g.rolname, {inherits} FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member JOIN pg_roles g ON g.oid = m.roleid
        WHERE (r.rolname = ANY (%s) OR g.rolname = ANY (%s) OR r.rolname LIKE 'program\\_%%')
          AND NOT (r.rolname LIKE 'program\\_%%' AND g.rolname = 'casus_program' AND NOT m.admin_option)""",
        list(ROLES), list(ROLES),
    )  # fmt: skip
    yield "right on what is made later", {(OWNER, "f", f"{{{OWNER}=X/{OWNER}}}")}, live(
        "SELECT pg_get_userbyid(defaclrole), defaclobjtype::text, defaclacl::text FROM pg_default_acl"
    )  # fmt: skip
    yield (
        "extension, rule or event trigger",
        {("extension", "plpgsql")},
        live("""
        SELECT 'extension', extname FROM pg_extension UNION ALL SELECT 'event trigger', evtname FROM pg_event_trigger
        UNION ALL SELECT 'rule', schemaname || '.' || tablename FROM pg_rules WHERE schemaname <> 'pg_catalog'"""),
    )
    yield "key between rows of dossiers that leaves out the dossier", set(catalogue.LOOSE_KEYS), live(_LOOSE_KEYS)


def _rights(table: str) -> Iterator[tuple[str, str, list[str]]]:
    """(role, right, columns) for each right in the catalogue; no columns: the whole table."""
    for role, text in TABLES[table].rights.items():
        assert _PART.sub("", text).strip() == "", f"{table}: {role}: {text!r} is not understood"
        for letter, columns in _PART.findall(text):
            yield role, WORDS[letter], columns.split()


def _columns() -> Rows:
    return {(name, column) for name, table in TABLES.items() for column in table.columns.split()}


def _table_words(connection: Connection) -> tuple[str, ...]:
    return (*TABLE_RIGHTS, "MAINTAIN") if connection.info.server_version >= 170000 else TABLE_RIGHTS


def _table_rights(connection: Connection) -> Rows:
    expected: Rows = {(OWNER, table, word) for table in TABLES for word in _table_words(connection)}
    return expected | {(role, table, word) for table in TABLES for role, word, columns in _rights(table) if not columns}


def _column_rights() -> Rows:
    return {
        (role, table, column, word)
        for table in TABLES
        for role, word, columns in _rights(table)
        if word in COLUMN_RIGHTS
        for column in (columns or TABLES[table].columns.split())
    }


def _relations() -> Rows:
    expected: Rows = {(table, "r", OWNER, True, True) for table in TABLES}
    return expected | {(sequence, "S", OWNER, False, False) for sequence in catalogue.SEQUENCES}


def _policies() -> Rows:
    return {
        (table, name, "RESTRICTIVE" if command.endswith("!") else "PERMISSIVE", command.rstrip("!"), " ".join(sorted(roles)))
        for table, row in TABLES.items()
        for name, command, *roles in (policy.split() for policy in row.policies)
    }


def _triggers() -> Rows:
    # 7: before each row that is added, 4: after each statement that adds; O: it runs in ordinary sessions.
    return {
        (table, name, function, "O", 4 if after_statement else 7)
        for table, row in TABLES.items()
        for name, function, *after_statement in (trigger.split() for trigger in row.triggers)
    }


def _functions() -> Rows:
    return {
        (name, f.owner, f.definer, "search_path=pg_catalog, pg_temp", f.volatility[0], f.language, False) for name, f in FUNCTIONS.items()
    }


def _runners() -> Rows:
    expected: Rows = {(f.owner, name) for name, f in FUNCTIONS.items()}
    return expected | {(role, name) for name, f in FUNCTIONS.items() for role in f.run_by}


# Rights of PUBLIC, rights of a role the catalogue doesn't know, and rights that may be passed on.
_LOOSE = f"""
WITH rights (thing, acl, owner) AS (
    SELECT c.oid::regclass::text, c.relacl, c.relowner FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_OURS}
    UNION ALL SELECT a.attrelid::regclass || '.' || a.attname, a.attacl, c.relowner FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_OURS}
    UNION ALL SELECT p.oid::regprocedure::text, coalesce(p.proacl, acldefault('f', p.proowner)), p.proowner FROM pg_proc p
        JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {_OURS}
    UNION ALL SELECT n.nspname::text, n.nspacl, n.nspowner FROM pg_namespace n WHERE {_OURS} OR n.nspname = 'public'
    UNION ALL SELECT d.datname::text, coalesce(d.datacl, acldefault('d', d.datdba)), d.datdba FROM pg_database d WHERE d.datname = current_database())
SELECT CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END, r.thing, a.privilege_type, a.is_grantable
FROM rights r CROSS JOIN LATERAL aclexplode(r.acl) a
WHERE a.grantee <> r.owner AND (a.grantee = 0 OR a.is_grantable OR pg_get_userbyid(a.grantee) <> ALL (%s))
"""

# Two tables that both have dossier_id: the key must carry it, from the same column to the same. A second key to the same row (by its id) may leave
# it out, because the first one already holds that row.
_LOOSE_KEYS = """
WITH keys AS (
    SELECT k.oid, k.conrelid, k.confrelid, k.conname, p.pairs, ARRAY[d.attnum, e.attnum] AS dossier, ARRAY(
        SELECT to_jsonb(q) FROM unnest(k.conkey, k.confkey) q (here, there) JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = q.there
        WHERE a.attname = 'id') AS ids
    FROM pg_constraint k
    JOIN pg_attribute d ON d.attrelid = k.conrelid AND d.attname = 'dossier_id'
    JOIN pg_attribute e ON e.attrelid = k.confrelid AND e.attname = 'dossier_id'
    CROSS JOIN LATERAL (SELECT array_agg(to_jsonb(u)) AS pairs FROM unnest(k.conkey, k.confkey) u (here, there)) p
    WHERE k.contype = 'f'),
judged AS (SELECT k.*, jsonb_build_object('here', k.dossier[1], 'there', k.dossier[2]) = ANY (k.pairs) AS whole FROM keys k)
SELECT j.conrelid::regclass::text, j.conname FROM judged j
WHERE NOT j.whole AND NOT EXISTS (SELECT FROM judged o WHERE o.whole AND o.conrelid = j.conrelid AND o.confrelid = j.confrelid
    AND cardinality(j.ids) = 1 AND o.ids = j.ids)
"""
