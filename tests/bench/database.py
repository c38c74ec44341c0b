"""What the lock costs inside PostgreSQL, on one connection for each role, by turns: so that what else the machine does hits both alike."""

import json
import re
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from statistics import median
from typing import Any

import psycopg

from portal import provision
from portal.actor import Actor, Kind, Signer
from portal.db import SESSION_OPTIONS
from tests.bench.capture import Caught, Portal, Statement
from tests.bench.city import DATABASE, Bench, Person

Connection = psycopg.Connection[Any]
Act = Callable[[], None]

BYPASS = "bench_bypass"
"""A role above the lock, as a program has that keeps to the rules by itself."""

# What such a program writes in each query, for an inwoner and for a professional; the rules are those of migrations/rls/11_access_sets.sql.
_OWN = "EXISTS (SELECT FROM casus.dossier own WHERE own.id = {dossier} AND own.inwoner_id = %(me)s)"
_TREATED = (
    "EXISTS (SELECT FROM casus.assignment t WHERE t.dossier_id = {dossier} AND t.valid_from <= %(today)s"
    " AND (t.valid_until IS NULL OR t.valid_until >= %(today)s) AND (t.staff_id = %(me)s OR t.staff_id IN ("
    "SELECT b.staff_id FROM casus.absence b JOIN casus.staff s ON s.person_id = b.staff_id WHERE b.substitute_id = %(me)s"
    " AND b.from_date <= %(today)s AND b.until_date >= %(today)s AND (s.left_on IS NULL OR s.left_on > %(today)s))))"
)
_NOT_CLOSED = (
    "NOT EXISTS (SELECT FROM casus.closure c WHERE c.entry_id = {entry} AND (c.ended_at IS NULL OR c.ended_at > now()) AND c.from_at <= now()"
    " AND (c.person_id = %(me)s OR (%(outside)s AND c.person_id IS NULL)))"
    " AND NOT EXISTS (SELECT FROM casus.entry kept WHERE kept.id = {entry} AND ("
    "(%(outside)s AND kept.discuss_until > now() AND NOT EXISTS (SELECT FROM casus.entry_opening o WHERE o.entry_id = kept.id))"
    " OR (kept.audience = 1 AND kept.author_id IS DISTINCT FROM %(me)s)))"
)
_DOSSIER = (
    "SELECT d.id, d.public_id, d.inwoner_id, concat_ws(' ', p.first_name, p.infix, p.last_name), %(kind)s::text, ''"
    " FROM casus.dossier d JOIN casus.person p ON p.id = d.inwoner_id WHERE d.public_id = %(public_id)s AND "
)
_NOTICES = (
    "SELECT e.public_id, e.occurred_at, 'afgeschermd', c.reason, c.ended_at FROM casus.closure c JOIN casus.entry e ON e.id = c.entry_id"
    " WHERE c.dossier_id = %(of)s AND c.person_id IS NULL AND c.from_at <= now() AND (c.ended_at IS NULL OR c.ended_at > now())"
    " UNION ALL SELECT e.public_id, e.occurred_at, 'bespreken', '', e.discuss_until FROM casus.entry e"
    " WHERE e.dossier_id = %(of)s AND e.discuss_until > now()"
    " AND NOT EXISTS (SELECT FROM casus.entry_opening o WHERE o.entry_id = e.id) ORDER BY 2 DESC"
)


@dataclass(frozen=True)
class Compared:
    """Two things done by turns: median seconds of each, and the ratio of each pair, smallest first."""

    one: float
    other: float
    ratios: list[float]

    @property
    def ratio(self) -> float:
        """The median of one, as a multiple of the median of the other."""
        return self.one / self.other


def by_turns(one: Act, other: Act, pairs: int) -> Compared:
    """Does both ``pairs`` times, now the one first and then the other, after trying each until its plans are kept."""
    for _ in range(10):
        one()
        other()
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(pairs):
        for which in (0, 1) if number % 2 else (1, 0):
            begun = time.perf_counter()
            (one, other)[which]()
            times[which].append(time.perf_counter() - begun)
    return Compared(median(times[0]), median(times[1]), sorted(a / b for a, b in zip(*times, strict=True)))


def connect(bench: Bench, role: str) -> Connection:
    """As one of our roles, set as the portal sets it."""
    return psycopg.connect(bench.dsn(role), options=SESSION_OPTIONS)


def connect_above(bench: Bench) -> Connection:
    """As the role above the lock, made for this; it can do nothing but read and fill one table beside the read log."""
    password = bench.secrets.passwords[provision.OWNER][::-1]
    with psycopg.connect(bench.admin_dsn, autocommit=True) as admin:
        if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [BYPASS]).fetchone():
            admin.execute(f"CREATE ROLE {BYPASS} BYPASSRLS LOGIN PASSWORD '{password}'")
        admin.execute(
            f"""GRANT CONNECT ON DATABASE {DATABASE} TO {BYPASS}; GRANT USAGE ON SCHEMA casus TO {BYPASS};
            GRANT SELECT ON ALL TABLES IN SCHEMA casus TO {BYPASS}; DROP SCHEMA IF EXISTS bench CASCADE; CREATE SCHEMA bench;
            CREATE TABLE bench.read_log (LIKE casus.read_log INCLUDING ALL);
            ALTER TABLE bench.read_log ADD FOREIGN KEY (dossier_id) REFERENCES casus.dossier;
            GRANT USAGE ON SCHEMA bench TO {BYPASS}; GRANT INSERT ON bench.read_log TO {BYPASS}"""
        )
    return psycopg.connect(provision.role_dsn(bench.admin_dsn, BYPASS, password, DATABASE), options=SESSION_OPTIONS)


def transaction(
    connection: Connection, statements: list[Statement], actor: tuple[Signer, Actor] | None = None, *, end: str = "commit"
) -> Act:
    """A transaction of these statements; with an actor, who is signed for each time anew."""

    def act() -> None:
        if actor is not None:
            signer, who = actor
            connection.execute("SELECT set_config('casus.actor', %s, true)", (signer.sign(who),))
        for statement in statements:
            cursor = connection.execute(statement.sql, statement.values)
            if cursor.description is not None:
                cursor.fetchall()
        connection.commit() if end == "commit" else connection.rollback()

    return act


def read_statements(portal: Portal, person: Person, address: str) -> tuple[list[Statement], Actor]:
    """What a page of a dossier reads, in its one transaction, without the line in the read log; and as whom."""
    caught = portal.catch(person, address)
    assert caught.actor is not None
    [page] = [part for part in caught.transactions if any("casus.actor" in one.sql for one in part)]
    return [one for one in page if "casus.actor" not in one.sql and not one.sql.startswith("INSERT")], caught.actor


def without_lock(statements: list[Statement], actor: Actor, dossier: int, today: object) -> list[Statement]:
    """The same questions as a program asks them that keeps to the rules by itself. Raises AssertionError for a statement it doesn't know."""
    outside = actor.kind is Kind.INWONER
    mine = _OWN if outside else _TREATED
    extra = {
        "me": actor.person_id,
        "today": today,
        "outside": outside,
        "kind": actor.kind.value,
        "of": dossier,
        "session": actor.session_id,
    }
    made = []
    for one in statements:
        sql = one.sql
        if "acl.relation" in sql:
            sql = _DOSSIER + mine.format(dossier="d.id")
        elif "acl.notices" in sql:
            sql = _NOTICES
        sql = _FUNCTION.sub(_PREVIOUS_VISIT, sql)
        sql = _TABLE.sub(lambda found: found[0] + _rule(found[1], mine) + " AND ", sql)
        assert "acl." not in sql, f"this statement has no form without the lock: {sql[:80]}"
        made.append(Statement(sql, {**one.values, **extra}))
    return made


# A query of a table with words, up to where its conditions begin, as SQLAlchemy writes it.
_TABLE = re.compile(r"FROM casus\.(entry|entry_version|annotation|annotation_version)(?: LEFT OUTER JOIN [^\n]*)? \nWHERE ")
_FUNCTION = re.compile(r"acl\.previous_visit\([^()]*\([^()]*\)[^()]*\)")
_PREVIOUS_VISIT = (
    "(SELECT max(l.at) FROM casus.read_log l WHERE l.dossier_id = %(of)s AND l.reader_id = %(me)s AND l.session_id <> %(session)s)"
)


def _rule(table: str, mine: str) -> str:
    """What a row of a table must be, for this person."""
    entry = "id" if table == "entry" else "entry_id"
    rule = f"{mine.format(dossier=f'casus.{table}.dossier_id')} AND {_NOT_CLOSED.format(entry=f'casus.{table}.{entry}')}"
    return rule + (f" AND (casus.{table}.author_id = %(me)s OR casus.{table}.audience >= 2)" if table.startswith("annotation") else "")


def same_rows(
    connection: Connection, one: list[Statement], other_connection: Connection, other: list[Statement], signer: Signer, actor: Actor
) -> None:
    """Raises AssertionError when the lock and the program's own rule don't give the same rows."""
    connection.execute("SELECT set_config('casus.actor', %s, true)", (signer.sign(actor),))
    for locked, free in zip(one, other, strict=True):
        left = connection.execute(locked.sql, locked.values).fetchall()
        right = other_connection.execute(free.sql, free.values).fetchall()
        assert len(left) == len(right), f"{len(left)} rows under the lock and {len(right)} without: {locked.sql[:80]}"
    connection.rollback()
    other_connection.rollback()


def plan_rows(connection: Connection, statements: list[Statement], signer: Signer, actor: Actor) -> int:
    """Rows that go through the plans of these statements, or are thrown away there; what functions look at inside is not counted."""
    connection.execute("SELECT set_config('casus.actor', %s, true)", (signer.sign(actor),))
    total = 0
    for one in statements:
        row = connection.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {one.sql}", one.values).fetchone()
        assert row is not None
        [plan] = row[0] if isinstance(row[0], list) else json.loads(row[0])
        total += _rows(plan["Plan"])
    connection.rollback()
    return total


def _rows(node: dict[str, Any]) -> int:
    looked_at = node["Actual Rows"] + sum(value for key, value in node.items() if key.startswith("Rows Removed"))
    own: int = round(looked_at * node["Actual Loops"])
    return own + sum(_rows(child) for child in node.get("Plans", ()))


def lock_tax(bench: Bench, portal: Portal, person: Person, address: str, pairs: int) -> Compared:
    """The reading transaction of a page under the lock, against the same one above it with the rule in each query."""
    role = f"web_{portal.face}"
    signer = Signer(role, bytes.fromhex(bench.secrets.actor_keys[role]))
    statements, actor = read_statements(portal, person, address)
    with closing(connect(bench, role)) as locked, closing(connect_above(bench)) as above:
        row = above.execute("SELECT (now() AT TIME ZONE 'Europe/Amsterdam')::date").fetchone()
        assert row is not None
        free = without_lock(statements, actor, person.dossier, row[0])
        same_rows(locked, statements, above, free, signer, actor)
        return by_turns(transaction(locked, statements, (signer, actor)), transaction(above, free), pairs)


def hidden(bench: Bench, portal: Portal, stranger: Person, pairs: int) -> Compared:
    """What a long and a short dossier take that somebody may not see: asked by turns, as the same stranger, for ten entries each."""
    signer = Signer("web_inwoner", bytes.fromhex(bench.secrets.actor_keys["web_inwoner"]))
    asked: list[list[list[Statement]]] = []
    for group in ("long", "short"):
        asked.append([])
        for person in bench.people[group]:
            statements, _ = read_statements(portal, person, f"/dossier/{person.public_id}")
            asked[-1].append([_at_most_ten(one) for one in statements])
    _, actor = read_statements(portal, stranger, f"/dossier/{stranger.public_id}")
    with closing(connect(bench, "web_inwoner")) as connection:
        places = [0, 0]

        def ask(group: int) -> Act:
            acts = [transaction(connection, statements, (signer, actor), end="rollback") for statements in asked[group]]

            def act() -> None:
                places[group] += 1
                acts[places[group] % len(acts)]()

            return act

        return by_turns(ask(0), ask(1), pairs)


def _at_most_ten(statement: Statement) -> Statement:
    """The same number of entries in both, so that only what is hidden differs."""
    return Statement(statement.sql, {name: value[:10] if isinstance(value, list) else value for name, value in statement.values.items()})


def last_against_first(bench: Bench, portal: Portal, last: tuple[Person, str], first: tuple[Person, str], pairs: int) -> Compared:
    """The reading transaction of the last page of a long dossier, against that of the only page of a short one."""
    signer = Signer("web_inwoner", bytes.fromhex(bench.secrets.actor_keys["web_inwoner"]))
    with closing(connect(bench, "web_inwoner")) as connection:
        acts = []
        for person, address in (last, first):
            statements, actor = read_statements(portal, person, address)
            acts.append(transaction(connection, statements, (signer, actor)))
        return by_turns(acts[0], acts[1], pairs)


def log_insert(bench: Bench, portal: Portal, person: Person, pairs: int) -> Compared:
    """A line in the read log with all that belongs to it, against a plain line in a table of the same form. Both are committed to disk."""
    signer = Signer("web_inwoner", bytes.fromhex(bench.secrets.actor_keys["web_inwoner"]))
    caught = portal.catch(person, f"/dossier/{person.public_id}")
    assert caught.actor is not None
    [line] = [one for one in caught.statements if one.sql.startswith("INSERT")]
    plain = Statement(
        "INSERT INTO bench.read_log (at, xid, dossier_id, entry_id, what, shown, shown_entries, reader_id, reader_name, reader_role, ground, program,"
        " session_id) VALUES (clock_timestamp(), pg_current_xact_id(), %(dossier_id)s, %(entry_id)s, %(what)s, %(shown)s, %(shown_entries)s,"
        " %(reader)s, 'Iemand', 'inwoner', 'inwoner', 'web_inwoner', %(session)s)",
        {**line.values, "reader": person.person, "session": caught.actor.session_id},
    )
    with closing(connect(bench, "web_inwoner")) as locked, closing(connect_above(bench)) as above:
        return by_turns(transaction(locked, [line], (signer, caught.actor)), transaction(above, [plain]), pairs)


def page_rows(bench: Bench, portal: Portal, caught: Caught) -> int:
    """Rows that the plans of a page look at, in all its transactions, writing left out."""
    role = f"web_{portal.face}"
    signer = Signer(role, bytes.fromhex(bench.secrets.actor_keys[role]))
    assert caught.actor is not None
    reads = [one for one in caught.statements if one.sql.lstrip().startswith("SELECT") and "casus.actor" not in one.sql]
    with closing(connect(bench, role)) as connection:
        return plan_rows(connection, reads, signer, caught.actor)
