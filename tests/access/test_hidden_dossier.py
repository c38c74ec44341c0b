"""A hidden dossier costs the same whether it is large or small, so that nobody can tell from the time that it is there or how full it is.

The statements are those that the queries of portal/timeline and portal/dossier make, caught on their way for somebody who may read, and explained for somebody who may not.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest

from portal import provision
from portal.actor import Actor, Kind, Signer
from portal.db import SESSION_OPTIONS, Database
from portal.dossier import queries
from portal.dossier.models import Leefdomein, Section
from portal.paper import queries as papers
from portal.timeline import queries as listing
from portal.timeline.queries import Cursor, Part, Since
from tests.access.conftest import SESSION, open_world
from tests.access.explained import Cost, Statement, catching, cost, fill_dossier
from tests.access.world import PEOPLE
from tests.conftest import Cluster, PortalDatabase

LARGE, SMALL = 50, 60
SIZES = {LARGE: 2000, SMALL: 10}
OTHERS = 8
PAGE = 10
"""As many entries as the small one has, so that both are asked the same."""
EMPTY = ("notices", "all of household_member", "all of assignment", "all of mandate")
# Asked of no page, but by whoever gets hold of a web role's password: everything of one dossier.
SWEPT = ("entry", "entry_version", "annotation", "annotation_version", "household_member", "assignment", "mandate")
STRANGERS = ("owner of another dossier", "no grant", "grant for another dossier", "other team", "assigned", "team lead, assigned")


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
            fill_dossier(admin, dossier, size)
        # As in a city, one dossier is a small part of a table: otherwise PostgreSQL reads the whole table, for whoever asks.
        for dossier in range(LARGE + 100, LARGE + 100 + OTHERS):
            fill_dossier(admin, dossier, SIZES[LARGE])
        admin.execute("VACUUM ANALYZE")


def statements(database: PortalDatabase, dossier: int) -> list[Statement]:
    """What the pages of a dossier ask, caught while its inwoner reads."""
    portal = Database(database.url("web_inwoner"), Signer("web_inwoner", database.keys["web_inwoner"]), pool_size=1)
    first, person = dossier * 10_000, dossier * 10
    since = Since(datetime(2016, 1, 1, tzinfo=UTC), person, outside=True)
    try:
        with portal.session(Actor(person, Kind.INWONER, SESSION)) as session, catching(portal.engine) as catcher:
            [public_id, older] = _public_ids(database, dossier, first)
            catcher.name = "dossier"
            assert queries.find_dossier(session, public_id) is not None
            catcher.name = "timeline"
            assert len(listing.timeline(session, dossier, Part(), since).items) >= PAGE
            catcher.name = "timeline, a page on"
            assert listing.timeline(session, dossier, Part(), since, cursor=Cursor(older)).items
            catcher.name = "timeline, back up"
            assert listing.timeline(session, dossier, Part(), since, cursor=Cursor(older, newer=True)).items
            catcher.name = "timeline, one section of one year"
            assert listing.timeline(session, dossier, Part(Section.VOORTGANG, year=2016), since).items
            catcher.name = "timeline, one leefdomein, a page on"
            assert listing.timeline(session, dossier, Part(leefdomein=Leefdomein.FINANCIEN), since, cursor=Cursor(older)).items
            catcher.name = "timeline, what is new"
            assert listing.timeline(session, dossier, Part(), since, only_new=True).items
            catcher.name = "around the timeline"
            assert listing.standing(session, dossier, Part(), person, outside=True, count_new=True).years == [2016]
            catcher.name = "contents"
            assert listing.contents(session, dossier).total == SIZES[dossier]
            catcher.name = "paper"
            assert papers.paper(session, dossier, Part(), cursor=Cursor(older)).entries
            catcher.name = "entry and its versions"
            assert queries.find_entry(session, dossier, older) is not None
            catcher.name = "reactions and their words"
            assert queries.annotations(session, first + 5)
            catcher.name = "notices"
            listing.notices(session, dossier)
            catcher.name = "who can read"
            assert queries.who_can_read(session, first + 5)
            catcher.name = "particulars"
            assert queries.particulars(session, person) is not None
    finally:
        portal.dispose()
    return catcher.caught + [
        Statement(f"all of {table}", f"SELECT FROM casus.{table} WHERE dossier_id = %s", (dossier,)) for table in SWEPT
    ]


def _public_ids(database: PortalDatabase, dossier: int, first: int) -> list[UUID]:
    with psycopg.connect(database.admin_dsn) as admin:
        row = admin.execute(
            "SELECT d.public_id, e.public_id FROM casus.dossier d JOIN casus.entry e ON e.dossier_id = d.id WHERE e.id = %s", (first + 5,)
        ).fetchone()
    assert row is not None
    return list(row)


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
    assert len({one.name for one in asked}) == 15 + len(SWEPT)
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
