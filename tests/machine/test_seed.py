"""The invented city for measuring: as large as asked, hanging together, the same each time, and never in a real database."""

import hashlib
from collections import Counter
from datetime import date

import psycopg
import pytest
from click.testing import CliRunner

from portal import provision
from portal.cli import main
from portal.provision import sqlalchemy_url
from portal.seed import fill
from portal.seed_rows import LONGEST_DOSSIER, SHORTEST_DOSSIER, City, SeedRefusedError, invented_bsns, tables
from tests.conftest import Cluster, PortalDatabase

DAY = date(2026, 11, 20)
SMALL = City(100, 6000, today=DAY)


@pytest.fixture(scope="module")
def city(database: PortalDatabase) -> PortalDatabase:
    with psycopg.connect(database.admin_dsn, autocommit=True) as admin:
        fill(admin, SMALL)
    return database


def one(database: PortalDatabase, query: str) -> object:
    with psycopg.connect(database.admin_dsn) as admin:
        row = admin.execute(query.encode()).fetchone()
    assert row
    return row[0]


def test_there_is_as_much_as_was_asked(city: PortalDatabase) -> None:
    assert one(city, "SELECT count(*) FROM casus.inwoner") == SMALL.residents
    assert one(city, "SELECT count(*) FROM casus.dossier") == SMALL.residents
    assert one(city, "SELECT count(*) FROM casus.entry") == SMALL.entries
    assert one(city, "SELECT count(*) FROM casus.entry e WHERE NOT EXISTS (SELECT FROM casus.entry_version v WHERE v.entry_id = e.id)") == 0
    assert one(city, "SELECT count(*) FROM casus.annotation") == SMALL.entries // 5


def test_every_reference_points_to_something(city: PortalDatabase) -> None:
    """The rows went in without the checks; so each check is made anew here, which looks at every row."""
    with psycopg.connect(city.admin_dsn) as admin:
        keys = admin.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'f' AND connamespace = 'casus'::regnamespace"
        ).fetchall()
        assert len(keys) > 30
        for table, name, definition in keys:
            admin.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}, ADD CONSTRAINT {name} {definition}".encode())
        admin.rollback()


def test_new_rows_get_new_numbers(city: PortalDatabase) -> None:
    with psycopg.connect(city.admin_dsn) as admin:
        row = admin.execute("INSERT INTO casus.person (first_name, last_name) VALUES ('Nieuw', 'Hier') RETURNING id").fetchone()
        admin.rollback()
    assert row == (SMALL.naasten.stop,)


def test_a_dossier_lies_scattered_and_in_order_of_time(city: PortalDatabase) -> None:
    assert one(
        city,
        "SELECT bool_and(later) FROM (SELECT occurred_at > lag(occurred_at, 1, '-infinity') OVER (ORDER BY id) AS later FROM casus.entry) s",
    )
    longest = "SELECT dossier_id FROM casus.entry GROUP BY dossier_id ORDER BY count(*) DESC LIMIT 1"
    assert one(city, f"SELECT max(id) - min(id) > {SMALL.entries * 9 // 10} FROM casus.entry WHERE dossier_id = ({longest})")


def test_it_can_not_be_filled_twice(city: PortalDatabase) -> None:
    with psycopg.connect(city.admin_dsn) as admin, pytest.raises(SeedRefusedError, match="people in this database already"):
        fill(admin, SMALL)


def test_the_sizes_are_those_of_a_city() -> None:
    sizes = Counter(City(20_000, 2_000_000).dossier_sizes())
    assert sizes.total() == 20_000
    assert sum(size * count for size, count in sizes.items()) == 2_000_000
    assert sizes[LONGEST_DOSSIER] == 200
    assert sizes[SHORTEST_DOSSIER] >= 400
    assert max(sizes) == LONGEST_DOSSIER


def fingerprint(city: City) -> str:
    made = hashlib.sha256()
    for table, columns, rows in tables(city):
        made.update(f"{table} {columns}".encode())
        for row in rows:
            made.update(repr([str(value) for value in row]).encode())
    return made.hexdigest()


def test_the_same_seed_gives_the_same_rows() -> None:
    small = City(20, 400, seed=7, today=DAY)
    assert fingerprint(small) == fingerprint(City(20, 400, seed=7, today=DAY))
    assert fingerprint(small) != fingerprint(City(20, 400, seed=8, today=DAY))


def test_a_bsn_is_of_nobody(city: PortalDatabase) -> None:
    numbers = list(invented_bsns())
    assert len(numbers) == 9091
    assert all(number.startswith("9999") and len(number) == 9 for number in numbers)
    assert one(city, "SELECT count(DISTINCT bsn) FROM casus.inwoner") == SMALL.residents
    assert one(city, "SELECT bool_and(bsn LIKE '9999%') FROM casus.inwoner")


@pytest.mark.parametrize(("residents", "entries"), [(19, 5000), (20, 399)])
def test_too_little_is_refused(residents: int, entries: int) -> None:
    with pytest.raises(SeedRefusedError, match="at least 20 residents"):
        City(residents, entries)


def run(url: str | None, mode: str | None, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["seed", *arguments], env={"MBT_DATABASE_URL": url, "MBT_MODE": mode})
    return done.exit_code, done.output


@pytest.mark.parametrize("mode", [None, "", "productie"])
def test_the_command_refuses_outside_demo_and_test(city: PortalDatabase, mode: str | None) -> None:
    assert run(sqlalchemy_url(city.admin_dsn), mode) == (
        1,
        "Error: MBT_MODE must be demo or test: invented people don't belong in a real database.\n",
    )


def test_the_command_refuses_with_one_sentence(city: PortalDatabase) -> None:
    assert run(None, "test") == (1, "Error: MBT_DATABASE_URL is missing; this command signs in as a superuser.\n")
    assert run(sqlalchemy_url(city.admin_dsn), "test", "--residents", "20", "--entries", "400") == (
        1,
        "Error: There are people in this database already. Nothing was changed.\n",
    )
    assert run(city.url("portaal_operator"), "test") == (
        1,
        "Error: Filling a database needs a superuser of PostgreSQL; this connection is not one.\n",
    )
    assert run(sqlalchemy_url(city.cluster.admin_dsn), "test") == (
        1,
        "Error: This database has no tables yet; run `portal migrate` first.\n",
    )


def test_the_command_fills_and_says_how_far_it_is(cluster: Cluster, template: str, actor_keys: dict[str, bytes]) -> None:
    made = PortalDatabase(cluster, cluster.name("seed"), dict(actor_keys))
    provision.create_database_from_template(cluster.admin_dsn, template, made.name)
    try:
        code, said = run(sqlalchemy_url(made.admin_dsn), "test", "--residents", "20", "--entries", "400")
        assert code == 0, said
        assert "entry                                  400 rows" in said
        assert one(made, "SELECT count(*) FROM casus.entry") == 400
        assert one(made, "SELECT reltuples FROM pg_class WHERE oid = 'casus.entry'::regclass") == 400
    finally:
        provision.drop_database(cluster.admin_dsn, made.name)
