"""``portal retention``: dossiers that are past their term of keeping (MBT_DATABASE_URL: casus_controle)."""

import sys

import click
import psycopg

from portal.export_command import role_url
from portal.provision import libpq_dsn

_QUERY = "SELECT dossier, last_change FROM casus.past_retention()"
EVERY = 1000
"""After how many dossiers progress is told."""


@click.command("retention")
def retention() -> None:
    """List dossiers, by id, in which nothing changed for more than 15 years (Wmo 2015, article 5.3.4). Destroys nothing."""
    print("Looking through the dossiers ...", file=sys.stderr, flush=True)
    count = 0
    with psycopg.connect(libpq_dsn(role_url("casus_controle"))) as connection:
        connection.read_only = True
        with connection.cursor(name="retention") as cursor:
            for dossier, last_change in cursor.execute(_QUERY):
                click.echo(f"{dossier}  last change {last_change:%Y-%m-%d}")
                count += 1
                if count % EVERY == 0:
                    print(f"{count:,} dossiers", file=sys.stderr, flush=True)
    click.echo(f"{count} dossier(s) past the term.")
