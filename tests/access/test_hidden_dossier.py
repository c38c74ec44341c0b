"""A hidden dossier costs the same whether it is large or small, so that nobody can tell from the time that it is there or how full it is.

The statements are those that the queries of portal/timeline and portal/dossier make, caught on their way for somebody who may read, and explained for somebody who may not.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import event

from portal import provision
from portal.actor import Actor, Kind, Signer
from portal.db import SESSION_OPTIONS, Database
from portal.dossier import queries
from portal.dossier.models import Leefdomein, Section
from portal.timeline import queries as listing
from tests.access.conftest import SESSION, open_world
from tests.access.world import PEOPLE
from tests.conftest import Cluster, PortalDatabase

LARGE, SMALL = 50, 60
SIZES = {LARGE: 2000, SMALL: 10}
OTHERS = 10
PAGE = 10
"""As many entries as the small one has, so that both are asked the same."""
EMPTY = ("notices", "all of household_member", "all of assignment", "all of mandate")
# Asked of no page, but by whoever gets hold of a web role's password: everything of one dossier.
SWEPT = ("entry", "entry_version", "annotation", "annotation_version", "household_member", "assignment", "mandate")
STRANGERS = ("owner of another dossier", "no grant", "grant for another dossier", "other team", "assigned", "team lead, assigned")


@dataclass(frozen=True)
class Statement:
    """One statement as it goes to PostgreSQL."""

    name: str
    sql: str
    values: Any


@dataclass(frozen=True)
class Cost:
    """What PostgreSQL looked at: rows that were read or thrown away, and blocks that were touched."""

    rows: int
    blocks: int


@pytest.fixture(scope="module")
def database(cluster: Cluster, template: str, actor_keys: dict[str, bytes]) -> Iterator[PortalDatabase]:
    made = PortalDatabase(cluster, cluster.name("hidden"), dict(actor_keys))
    provision.create_database_from_template(cluster.admin_dsn, template, made.name)
    open_world(made)
    fill(made)
    yield made
    provision.drop_database(cluster.admin_dsn, made.name)


def fill(database: PortalDatabase) -> None:
    """Puts both dossiers into a world."""
    with psycopg.connect(database.admin_dsn, autocommit=True) as admin:
        for dossier, size in SIZES.items():
            _fill(admin, dossier, size)
        # As in a city, one dossier is a small part of a table: otherwise PostgreSQL reads the whole table, for whoever asks.
        for dossier in range(LARGE + 100, LARGE + 100 + OTHERS):
            _fill(admin, dossier, SIZES[LARGE], with_words=False)
        admin.execute("VACUUM ANALYZE")


def _fill(admin: psycopg.Connection[Any], dossier: int, size: int, *, with_words: bool = True) -> None:
    """A dossier of person ``dossier * 10``, with so many entries, each with a text and a reaction with one."""
    with admin.transaction():
        admin.execute("SET LOCAL session_replication_role = replica")
        person, first = dossier * 10, dossier * 10_000
        admin.execute("INSERT INTO casus.person (id, first_name, last_name) VALUES (%s, 'Ver', 'Borgen')", (person,))
        admin.execute("INSERT INTO casus.inwoner (person_id, birth_date) VALUES (%s, '1980-01-01')", (person,))
        admin.execute("INSERT INTO casus.dossier (id, inwoner_id, opened_on) VALUES (%s, %s, '2026-01-01')", (dossier, person))
        numbers = f"generate_series({first} + 1, {first} + {size}) n"
        admin.execute(
            "INSERT INTO casus.entry (id, dossier_id, section, leefdomein, kind, occurred_at, author_name)"
            f" SELECT n, {dossier}, 2, 6, 1, timestamptz '2026-01-01' + n * interval '1 minute', 'x' FROM {numbers}"
        )
        if not with_words:
            return
        admin.execute(
            "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_name)"
            f" SELECT n, 1, {dossier}, 2, 6, 't', repeat('b', 300), 'x' FROM {numbers}"
        )
        admin.execute(
            "INSERT INTO casus.annotation (id, entry_id, dossier_id, section, leefdomein, audience, author_name)"
            f" SELECT n, n, {dossier}, 2, 6, 3, 'x' FROM {numbers}"
        )
        admin.execute(
            "INSERT INTO casus.annotation_version (annotation_id, number, entry_id, dossier_id, section, leefdomein, audience, body, written_for)"
            f" SELECT n, 1, n, {dossier}, 2, 6, 3, 'x', 3 FROM {numbers}"
        )


def statements(database: PortalDatabase, dossier: int) -> list[Statement]:
    """What the pages of a dossier ask, caught while its inwoner reads."""
    portal = Database(database.url("web_inwoner"), Signer("web_inwoner", database.keys["web_inwoner"]), pool_size=1)
    caught: list[Statement] = []
    name = ""

    def catch(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        if "casus.actor" not in statement:
            caught.append(Statement(name, statement, parameters))

    event.listen(portal.engine, "before_cursor_execute", catch)
    first = dossier * 10_000
    try:
        with portal.session(Actor(dossier * 10, Kind.INWONER, SESSION)) as session:
            [public_id, older] = _public_ids(database, dossier, first)
            name = "dossier"
            assert queries.find_dossier(session, public_id) is not None
            name = "timeline"
            assert len(listing.timeline(session, dossier).items) >= PAGE
            name = "timeline, a page on"
            assert listing.timeline(session, dossier, older_than=older).items
            name = "timeline, one section"
            assert listing.timeline(session, dossier, section=Section.VOORTGANG).items
            name = "timeline, one leefdomein, a page on"
            assert listing.timeline(session, dossier, leefdomein=Leefdomein.FINANCIEN, older_than=older).items
            name = "number of reactions"
            assert len(listing._count_reactions(session, list(range(first + 1, first + 1 + PAGE)))) == PAGE
            name = "entry and its versions"
            assert queries.find_entry(session, dossier, older) is not None
            name = "reactions and their words"
            assert queries.annotations(session, first + 5)
            name = "notices"
            listing.notices(session, dossier)
            name = "who can read"
            assert queries.who_can_read(session, first + 5)
            name = "particulars"
            assert queries.particulars(session, dossier * 10) is not None
    finally:
        portal.dispose()
    # Within a timeline the number of reactions on the page follows; it is asked apart, for as many entries in both.
    asked = [
        one for one in caught if one.name == "number of reactions" or "FROM casus.annotation \n" not in one.sql or "count(" not in one.sql
    ]
    return asked + [Statement(f"all of {table}", f"SELECT FROM casus.{table} WHERE dossier_id = %s", (dossier,)) for table in SWEPT]


def _public_ids(database: PortalDatabase, dossier: int, first: int) -> list[UUID]:
    with psycopg.connect(database.admin_dsn) as admin:
        row = admin.execute(
            "SELECT d.public_id, e.public_id FROM casus.dossier d JOIN casus.entry e ON e.dossier_id = d.id WHERE e.id = %s", (first + 5,)
        ).fetchone()
    assert row is not None
    return list(row)


def cost(connection: psycopg.Connection[Any], statement: Statement) -> Cost:
    """What it costs, warm: the second time."""
    for _ in range(2):
        row = connection.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement.sql}", statement.values).fetchone()
    assert row is not None
    [plan] = row[0] if isinstance(row[0], list) else json.loads(row[0])
    top = plan["Plan"]
    return Cost(_rows(top), top["Shared Hit Blocks"] + top["Shared Read Blocks"])


def _rows(node: dict[str, Any]) -> int:
    """Rows that went through a node or were thrown away there, and in all below it, whatever came out at the top."""
    looked_at = node["Actual Rows"] + sum(value for key, value in node.items() if key.startswith("Rows Removed"))
    own: int = round(looked_at * node["Actual Loops"])
    return own + sum(_rows(child) for child in node.get("Plans", ()))


def costs(database: PortalDatabase, name: str, asked: list[Statement]) -> list[Cost]:
    """What the statements cost somebody, in one transaction as that person."""
    who = PEOPLE[name]
    role = f"web_{who.face}"
    with psycopg.connect(database.dsn(role), options=SESSION_OPTIONS) as connection:
        actor = Actor(who.person, Kind(who.kind), SESSION, who.behalf)
        connection.execute("SELECT set_config('casus.actor', %s, true)", (Signer(role, database.keys[role]).sign(actor),))
        found = []
        for statement in asked:
            try:
                with connection.transaction():
                    found.append(cost(connection, statement))
            except psycopg.errors.InsufficientPrivilege:
                found.append(Cost(0, 0))
        connection.rollback()
    return found


def different_costs(database: PortalDatabase, name: str, large: list[Statement], small: list[Statement]) -> list[str]:
    """The statements that cost this person more, or less, for the large dossier than for the small one."""
    compared = zip(large, costs(database, name, large), costs(database, name, small), strict=True)
    return [f"{one.name}: {big} and {little}" for one, big, little in compared if big != little]


@pytest.mark.parametrize("name", STRANGERS)
def test_a_large_hidden_dossier_costs_what_a_small_one_costs(database: PortalDatabase, name: str) -> None:
    large, small = statements(database, LARGE), statements(database, SMALL)
    assert [one.sql for one in large] == [one.sql for one in small], "both are asked the same"
    assert different_costs(database, name, large, small) == []


def test_the_statements_are_all_there_and_read_something(database: PortalDatabase) -> None:
    asked = statements(database, LARGE)
    assert len({one.name for one in asked}) == 11 + len(SWEPT)
    with psycopg.connect(database.dsn("web_inwoner")) as connection:
        actor = Actor(LARGE * 10, Kind.INWONER, SESSION)
        connection.execute("SELECT set_config('casus.actor', %s, true)", (Signer("web_inwoner", database.keys["web_inwoner"]).sign(actor),))
        assert all(cost(connection, one).rows > 0 for one in asked if one.name not in EMPTY)


def test_a_rule_that_is_asked_per_row_would_be_seen(database: PortalDatabase) -> None:
    """The measure bites: a policy that looks at each row costs more for the large one."""
    with psycopg.connect(database.admin_dsn, autocommit=True) as admin:
        [(using,)] = admin.execute("SELECT qual FROM pg_policies WHERE tablename = 'entry' AND policyname = 'read'").fetchall()
        admin.execute("ALTER POLICY read ON casus.entry USING (dossier_id + 0 = ANY (acl.any_dossiers()))")
        try:
            large, small = statements(database, LARGE), statements(database, SMALL)
            page = [one for one in large if one.name == "timeline"], [one for one in small if one.name == "timeline"]
            assert costs(database, "no grant", page[0]) != costs(database, "no grant", page[1])
        finally:
            admin.execute(f"ALTER POLICY read ON casus.entry USING ({using})")
