"""A dossier of 2,000 entries is as quick as one of ten: each page looks at what it shows, whichever page it is. Rows and blocks are counted, never time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import psycopg
import pytest

from portal import provision
from portal.actor import Actor, Kind, Signer
from portal.db import SESSION_OPTIONS, Database
from portal.deadlines import AMSTERDAM
from portal.paper import queries as papers
from portal.search import queries as searching
from portal.timeline import queries as listing
from portal.timeline.queries import Cursor, Part, Since
from tests.access.conftest import SESSION, open_world
from tests.access.explained import Cost, Statement, catching, cost, fill_dossier
from tests.access.world import public
from tests.conftest import Cluster, PortalDatabase

LONG, SHORT = 50, 60
OTHERS = 8


@pytest.fixture(scope="module")
def database(cluster: Cluster, template: str, actor_keys: dict[str, bytes]) -> Iterator[PortalDatabase]:
    made = PortalDatabase(cluster, cluster.name("long"), dict(actor_keys))
    provision.create_database_from_template(cluster.admin_dsn, template, made.name)
    open_world(made)
    with psycopg.connect(made.admin_dsn, autocommit=True) as admin:
        fill_dossier(admin, LONG, 2000, every="1 day")
        fill_dossier(admin, SHORT, 10, every="200 days")
        # As in a city, one dossier is a small part of a table: otherwise PostgreSQL reads the whole table, for whoever asks.
        for dossier in range(LONG + 100, LONG + 100 + OTHERS):
            fill_dossier(admin, dossier, 2000, every="1 day")
        _visits(admin)
        admin.execute("VACUUM ANALYZE")
    yield made
    provision.drop_database(cluster.admin_dsn, made.name)


def _visits(admin: psycopg.Connection[tuple[object, ...]]) -> None:
    """Many readers of both dossiers, and one earlier visit of each inwoner, before everything was written."""
    for dossier, readers in ((LONG, 10_000), (SHORT, 10)):
        with admin.transaction():
            admin.execute("SET LOCAL session_replication_role = replica")
            admin.execute(
                "INSERT INTO casus.read_log (at, xid, dossier_id, what, reader_id, reader_name, reader_role, ground, program, session_id)"
                " SELECT timestamptz '2015-12-31' + n * interval '10 minutes', '3', %s, 'overzicht', CASE n WHEN 0 THEN %s ELSE 40 END, 'x', 'x', 'x', 'x', %s"
                " FROM generate_series(0, %s) n",
                (dossier, dossier * 10, public("session", 1), readers),
            )


def pages(database: PortalDatabase, dossier: int, size: int) -> dict[str, list[Statement]]:
    """What each page of a dossier asks, caught while its inwoner reads."""
    portal = Database(database.url("web_inwoner"), Signer("web_inwoner", database.keys["web_inwoner"]), pool_size=1)
    person = dossier * 10
    since = Since(datetime(2015, 12, 31, tzinfo=AMSTERDAM), person, outside=True)
    with psycopg.connect(database.admin_dsn) as admin:
        found = admin.execute("SELECT public_id FROM casus.entry WHERE dossier_id = %s ORDER BY occurred_at, id", (dossier,)).fetchall()
    ids = [row[0] for row in found]
    try:
        with portal.session(Actor(person, Kind.INWONER, SESSION)) as session, catching(portal.engine) as catcher:
            catcher.name = "first"
            assert len(listing.timeline(session, dossier, Part(), since).items) == min(size, 20)
            catcher.name = "last"
            assert len(listing.timeline(session, dossier, Part(), since, cursor=Cursor(ids[min(20, size - 1)])).items) == min(size - 1, 20)
            catcher.name = "back up"
            assert listing.timeline(session, dossier, Part(), since, cursor=Cursor(ids[size // 2], newer=True)).items
            catcher.name = "year"
            assert listing.timeline(session, dossier, Part(year=2018), since).items
            catcher.name = "around"
            assert listing.standing(session, dossier, Part(), person, outside=True, count_new=True).previous_visit == since.moment
            catcher.name = "contents"
            assert listing.contents(session, dossier).total == size
            catcher.name = "new"
            assert listing.timeline(session, dossier, Part(), since, only_new=True).items
            catcher.name = "search"
            assert len(searching.find(session, dossier, "x").hits) == min(size, searching.SIZE)
            catcher.name = "paper"
            assert papers.paper(session, dossier, Part()).entries
    finally:
        portal.dispose()
    made: dict[str, list[Statement]] = {}
    for one in catcher.caught:
        made.setdefault(one.name, []).append(one)
    return made


@dataclass(frozen=True)
class Measured:
    """What each page cost its inwoner: all its statements together."""

    long: dict[str, Cost]
    short: dict[str, Cost]


def measure(database: PortalDatabase, dossier: int, asked: dict[str, list[Statement]]) -> dict[str, Cost]:
    """What the pages of a dossier cost its inwoner, as the web role."""
    token = Signer("web_inwoner", database.keys["web_inwoner"]).sign(Actor(dossier * 10, Kind.INWONER, SESSION))
    found: dict[str, Cost] = {}
    with psycopg.connect(database.dsn("web_inwoner"), options=SESSION_OPTIONS) as connection:
        connection.execute("SELECT set_config('casus.actor', %s, true)", (token,))
        for name, statements in asked.items():
            each = [cost(connection, one) for one in statements]
            found[name] = Cost(sum(one.rows for one in each), sum(one.blocks for one in each))
        connection.rollback()
    return found


@pytest.fixture(scope="module")
def measured(database: PortalDatabase) -> Measured:
    return Measured(measure(database, LONG, pages(database, LONG, 2000)), measure(database, SHORT, pages(database, SHORT, 10)))


@pytest.mark.parametrize("page", ["first", "last", "back up", "year"])
def test_every_page_looks_at_what_it_shows(measured: Measured, page: str) -> None:
    """At so many entries as it shows, and one on either side; the short dossier has ten. Going back up, they are put in order again: a tenth more."""
    shown = (listing.PAGE_SIZE + 2) / 10 * 1.1
    long, short = measured.long[page], measured.short["first"]
    assert long.rows <= short.rows * shown
    assert long.blocks <= short.blocks * shown


def test_the_last_page_costs_what_the_first_one_costs(measured: Measured) -> None:
    first = measured.long["first"]
    for page in ("last", "back up", "year"):
        assert measured.long[page].rows <= first.rows * 1.2, page
        assert measured.long[page].blocks <= first.blocks * 1.2, page


def test_years_visit_and_what_is_new_are_not_counted_through(measured: Measured) -> None:
    """Everything is new: the inwoner came before it was written. A row goes through six nodes on its way to the number."""
    assert measured.long["around"].blocks <= measured.short["around"].blocks * 1.3
    assert measured.long["around"].rows <= measured.short["around"].rows + 2 * listing.MANY_CHANGES * 6


def test_a_page_to_print_costs_what_it_prints(measured: Measured) -> None:
    assert measured.long["paper"].rows <= measured.short["paper"].rows * (papers.PRINT_SIZE + 2) / 10


def test_searching_looks_at_each_text_a_few_times_and_makes_few_snippets(measured: Measured) -> None:
    """Every reaction holds the word. What is looked at grows with the dossier, and not with the dossier times itself."""
    assert measured.long["search"].rows <= (2000 + 2000) * 15
    assert measured.long["search"].blocks <= measured.short["search"].blocks * 200


def test_leafing_by_counting_would_be_seen(database: PortalDatabase, measured: Measured) -> None:
    [first] = pages(database, LONG, 2000)["first"]
    everything = {name: 2000 if name.startswith("size") else value for name, value in first.values.items()}
    counting = Statement("last", f"{first.sql} OFFSET 1980", everything)
    assert measure(database, LONG, {"last": [counting]})["last"].rows > measured.long["last"].rows * 10


def test_a_log_without_its_index_would_be_seen(database: PortalDatabase, measured: Measured) -> None:
    index = "read_log_reader_id_dossier_id_at_session_id_idx"
    with psycopg.connect(database.admin_dsn, autocommit=True) as admin:
        [(made,)] = admin.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", (index,)).fetchall()
        admin.execute(f"DROP INDEX casus.{index}")
        try:
            assert (
                measure(database, LONG, {"around": pages(database, LONG, 2000)["around"]})["around"].blocks
                > measured.long["around"].blocks * 1.3
            )
        finally:
            admin.execute(made)
