"""``portal seed``: fills an empty database with invented people, for measuring and for drills. Never for a real installation.

Rows go in by COPY, in the order in which a city writes: spread over the dossiers and in order of time, so that one dossier lies scattered
over the table, as it does after years. The same size, seed and day give the same rows.

BSNs come from 9999xxxxx, which is given to nobody. Of those, 9,091 pass the eleven-test: who comes after that has none.
"""

import os
import time
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

import click
import psycopg

from portal.provision import libpq_dsn
from portal.seed_rows import City, Row, SeedRefusedError, tables
from portal.settings import SettingsError

_CHUNK = 20_000


def fill(connection: psycopg.Connection[Any], city: City, say: Callable[[str], None] = lambda _text: None) -> dict[str, int]:
    """Fills the database as a superuser, in one transaction, and gives the number of rows per table. ``say`` is told how far it is.

    Rows are written as they are: the triggers that stamp who writes, and the checks on references, are off for this transaction
    (tests/machine/test_seed.py checks the references afterwards). Raises SeedRefusedError for a database with people in it.
    """
    _require_fillable(connection)
    counts: dict[str, int] = {}
    begun = time.monotonic()
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        for table, columns, rows in tables(city):
            counts[table] = counts.get(table, 0) + _copy(connection, table, columns, rows, say)
            say(f"{table:32} {counts[table]:>9,} rows  {time.monotonic() - begun:6.1f} s")
        for (table,) in connection.execute(
            "SELECT c.table_name FROM information_schema.columns c WHERE c.table_schema = 'casus' AND c.column_name = 'id'"
            " AND c.is_identity = 'YES'"
        ).fetchall():
            connection.execute(
                f"SELECT setval(pg_get_serial_sequence('casus.{table}', 'id'), (SELECT max(id) FROM casus.{table}))"  # noqa: S608
            )
    return counts


def _require_fillable(connection: psycopg.Connection[Any]) -> None:
    if connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() != (True,):
        raise SeedRefusedError("Filling a database needs a superuser of PostgreSQL; this connection is not one.")
    if connection.execute("SELECT to_regclass('casus.person') IS NULL").fetchone() == (True,):
        raise SeedRefusedError("This database has no tables yet; run `portal migrate` first.")
    if connection.execute("SELECT EXISTS (SELECT FROM casus.person)").fetchone() == (True,):
        raise SeedRefusedError("There are people in this database already. Nothing was changed.")
    connection.rollback()


def _copy(connection: psycopg.Connection[Any], table: str, columns: str, rows: Iterable[Row], say: Callable[[str], None]) -> int:
    """Writes rows of ready text; NULL is ``seed_rows.NULL``. Nothing in them holds a tab, and line breaks are escaped already."""
    count, source = 0, iter(rows)
    with connection.cursor() as cursor, cursor.copy(f"COPY casus.{table} ({columns}) FROM STDIN") as copy:
        while chunk := list(islice(source, _CHUNK)):
            copy.write("".join(["\t".join(map(str, row)) + "\n" for row in chunk]))
            before, count = count, count + len(chunk)
            if count // 250_000 > before // 250_000:
                say(f"{table:32} {count:>9,} so far")
    return count


@click.command()
@click.option("--residents", default=20_000, show_default=True, help="Number of residents, each with a dossier.")
@click.option("--entries", default=2_000_000, show_default=True, help="Number of entries over all dossiers.")
@click.option("--seed", default=1, show_default=True, help="The same number gives the same rows on the same day.")
def seed(residents: int, entries: int, seed: int) -> None:
    """Fill an empty database with invented people (MBT_DATABASE_URL of a superuser, MBT_MODE demo or test)."""
    if os.environ.get("MBT_MODE", "").strip() not in ("demo", "test"):
        raise SettingsError("MBT_MODE must be demo or test: invented people don't belong in a real database.")
    url = os.environ.get("MBT_DATABASE_URL", "").strip()
    if not url:
        raise SettingsError("MBT_DATABASE_URL is missing; this command signs in as a superuser.")
    begun = time.monotonic()
    try:
        with psycopg.connect(libpq_dsn(url), autocommit=True) as connection:
            counts = fill(connection, City(residents, entries, seed), click.echo)
            click.echo("Tidying up, so that PostgreSQL knows what there is")
            connection.execute("VACUUM (ANALYZE)")
    except SeedRefusedError as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"{sum(counts.values()):,} rows in {time.monotonic() - begun:.0f} s.")
