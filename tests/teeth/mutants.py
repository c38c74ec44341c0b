"""The mutants: what can be spoilt in a migrated database, each with the statements that spoil it and those that mend it again."""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import psycopg

from tests.access import catalogue
from tests.access.catalogue_live import TABLE_RIGHTS
from tests.teeth.conditions import Change, body_changes, expression_changes

Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True)
class Mutant:
    """One spoilt thing. ``about`` is the function, table or role; ``visible``: the catalogue sees it, so nothing has to be asked."""

    name: str
    about: str
    spoil: tuple[str, ...]
    mend: tuple[str, ...] = ()
    visible: bool = False


_OURS = "n.nspname IN ('acl', 'casus', 'casus_api', 'portaal')"
# Who could be given something: everybody but the owner, who makes the tables, and the definer, whose rights the functions need.
_OTHERS = tuple(role for role in catalogue.ROLES if role not in (catalogue.OWNER, catalogue.DEFINER))


def database_mutants(connection: Connection) -> list[Mutant]:
    """Every mutant of this database, with names that differ."""
    made = itertools.chain(_functions(connection), _policies(connection), _rights(connection), _locks(connection), _definers(connection))
    return _named_apart(made)


def _named_apart(mutants: Iterable[Mutant]) -> list[Mutant]:
    """The same condition may stand in a function twice: the second is called #2."""
    seen: Counter[str] = Counter()
    found = []
    for mutant in mutants:
        seen[mutant.name] += 1
        name = mutant.name if seen[mutant.name] == 1 else f"{mutant.name} #{seen[mutant.name]}"
        found.append(Mutant(name, mutant.about, mutant.spoil, mutant.mend, mutant.visible))
    return found


def _what(change: Change) -> str:
    """Long conditions are named by their beginning and their end."""
    text, _, made = change.what.rpartition(" -> ")
    short = text if len(text) <= 110 else f"{text[:70]} ... {text[-35:]}"
    return f"{short} -> {made}"


def definer_functions(connection: Connection) -> list[str]:
    """The functions that work as casus_acl: each must give mutants."""
    rows = connection.execute(
        f"SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {_OURS} AND p.prosecdef ORDER BY 1"
    )
    return [str(name) for (name,) in rows]


def _functions(connection: Connection) -> Iterator[Mutant]:
    rows = connection.execute(
        f"""SELECT p.oid::regprocedure::text, pg_get_functiondef(p.oid), p.prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE {_OURS} AND p.prosecdef ORDER BY 1"""
    ).fetchall()
    for name, definition, body in rows:
        before, found, after = str(definition).partition(str(body))
        assert found, f"{name}: its body is not in its definition"
        for change in body_changes(str(body)):
            spoilt = before + change.apply(str(body)) + after
            yield Mutant(f"{name}: {_what(change)}", str(name), (spoilt,), (str(definition),))


@dataclass(frozen=True)
class _Policy:
    table: str
    name: str
    command: str
    roles: str
    using: str | None
    check: str | None
    permissive: str = "PERMISSIVE"

    def drop(self) -> str:
        return f"DROP POLICY {self.name} ON {self.table}"

    def create(self, using: str | None, check: str | None) -> str:
        parts = [f"CREATE POLICY {self.name} ON {self.table} AS {self.permissive} FOR {self.command} TO {self.roles}"]
        parts += [f"USING ({using})"] if using is not None else []
        parts += [f"WITH CHECK ({check})"] if check is not None else []
        return " ".join(parts)

    def mutant(self, what: str, using: str | None, check: str | None) -> Mutant:
        mend = (self.drop(), self.create(self.using, self.check))
        spoil = (self.drop(), self.create(using, check))
        return Mutant(f"policy {self.name} on {self.table}: {what}", self.table, spoil, mend)


def _policies(connection: Connection) -> Iterator[Mutant]:
    rows = connection.execute(
        """SELECT schemaname || '.' || tablename, policyname, cmd, array_to_string(roles, ', '), qual, with_check, permissive
        FROM pg_policies ORDER BY 1, 2"""
    ).fetchall()
    for row in rows:
        policy = _Policy(*(None if part is None else str(part) for part in row))  # type: ignore[arg-type]
        # Without WITH CHECK, USING holds for new rows too: then each is spoilt by itself.
        writes_too = policy.command in ("ALL", "UPDATE")
        check = policy.check if policy.check is not None or not writes_too else policy.using
        if policy.using is not None:
            for change in expression_changes(policy.using):
                yield policy.mutant(f"USING {_what(change)}", change.apply(policy.using), check)
        if check is not None:
            for change in expression_changes(check):
                yield policy.mutant(f"WITH CHECK {_what(change)}", policy.using, change.apply(check))
        if policy.command == "ALL" and policy.using != "true":
            yield from _per_command(policy, check)


def _per_command(policy: _Policy, check: str | None) -> Iterator[Mutant]:
    """A policy for all commands, opened for one of them: by a second policy beside it."""
    for command, using, opened in (
        ("SELECT", "true", None),
        ("INSERT", None, "true"),
        ("UPDATE", "true", check),
        ("UPDATE", policy.using, "true"),
        ("DELETE", "true", None),
    ):
        beside = _Policy(policy.table, "teeth", command, policy.roles, using, opened)
        side = "WITH CHECK" if opened == "true" else "USING"
        name = f"policy {policy.name} on {policy.table}: {side} true for {command}"
        yield Mutant(name, policy.table, (beside.create(using, opened),), (beside.drop(),))


def _rights(connection: Connection) -> Iterator[Mutant]:
    """Each right that a role lacks, given."""
    lacking = connection.execute(
        f"""SELECT r.name, n.nspname || '.' || c.relname, p.name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN unnest(%s::text[]) r (name) CROSS JOIN unnest(%s::text[]) p (name)
        WHERE {_OURS} AND c.relkind = 'r' AND NOT has_table_privilege(r.name, c.oid, p.name) ORDER BY 2, 1, 3""",
        (list(_OTHERS), list(TABLE_RIGHTS)),
    ).fetchall()
    for role, table, right in lacking:
        yield Mutant(f"{role} may {right} {table}", str(role), (f"GRANT {right} ON {table} TO {role}",), visible=True)
    not_run = connection.execute(
        f"""SELECT r.name, p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        CROSS JOIN unnest(%s::text[]) r (name) WHERE {_OURS} AND NOT has_function_privilege(r.name, p.oid, 'EXECUTE') ORDER BY 2, 1""",
        (list(_OTHERS),),
    ).fetchall()
    for role, function in not_run:
        yield Mutant(f"{role} may run {function}", str(role), (f"GRANT EXECUTE ON FUNCTION {function} TO {role}",), visible=True)
    no_use = connection.execute(
        f"""SELECT r.name, n.nspname, p.name FROM pg_namespace n CROSS JOIN unnest(%s::text[]) r (name)
        CROSS JOIN unnest('{{USAGE,CREATE}}'::text[]) p (name) WHERE {_OURS} AND NOT has_schema_privilege(r.name, n.oid, p.name) ORDER BY 2, 1, 3""",
        (list(_OTHERS),),
    ).fetchall()
    for role, schema, right in no_use:
        yield Mutant(f"{role} has {right} of schema {schema}", str(role), (f"GRANT {right} ON SCHEMA {schema} TO {role}",), visible=True)


def _locks(connection: Connection) -> Iterator[Mutant]:
    """Row level security off, or off for the owner; a stamp that no longer stamps."""
    for table, row in catalogue.TABLES.items():
        for what, sql in (("DISABLE", "DISABLE ROW LEVEL SECURITY"), ("NO FORCE", "NO FORCE ROW LEVEL SECURITY")):
            yield Mutant(f"{table}: {what} row level security", table, (f"ALTER TABLE {table} {sql}",), visible=True)
        for trigger in row.triggers:
            name = trigger.split()[0]
            yield Mutant(f"{table}: trigger {name} off", table, (f"ALTER TABLE {table} DISABLE TRIGGER {name}",), visible=True)
    for place, policy in connection.execute("SELECT schemaname || '.' || tablename, policyname FROM pg_policies ORDER BY 1, 2").fetchall():
        called = f"policy {policy} on {place}"
        yield Mutant(f"{called}: gone", str(place), (f"DROP POLICY {policy} ON {place}",), visible=True)
        yield Mutant(f"{called}: to everybody", str(place), (f"ALTER POLICY {policy} ON {place} TO PUBLIC",), visible=True)


def _definers(connection: Connection) -> Iterator[Mutant]:
    """Functions that work as somebody else, as who asks, or in whatever schema comes first."""
    for name in definer_functions(connection):
        for what, sql in (
            ("owner casus_owner", "OWNER TO casus_owner"),
            ("owner the superuser", "OWNER TO CURRENT_USER"),
            ("search_path open", "RESET search_path"),
            ("search_path with public first", "SET search_path = public, pg_catalog, pg_temp"),
            ("as who asks", "SECURITY INVOKER"),
        ):
            yield Mutant(f"{name}: {what}", name, (f"ALTER FUNCTION {name} {sql}",), visible=True)
    plain = connection.execute(
        f"""SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE {_OURS} AND NOT p.prosecdef ORDER BY 1"""
    ).fetchall()
    for (plain_name,) in plain:
        function = str(plain_name)
        yield Mutant(f"{function}: as its owner", function, (f"ALTER FUNCTION {function} SECURITY DEFINER",), visible=True)
        yield Mutant(f"{function}: search_path open", function, (f"ALTER FUNCTION {function} RESET search_path",), visible=True)
