"""``portal incident``: whose data were reached, from the read log (MBT_DATABASE_URL: casus_controle)."""

import sys
from datetime import UTC, datetime
from uuid import UUID

import click
import psycopg

from portal.export_command import role_url
from portal.provision import libpq_dsn

_DAYS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
_QUERY = "SELECT dossier, inwoner, lines, readers, first_at, last_at FROM casus.incident(%s, %s, %s, %s)"
EVERY = 1000
"""After how many dossiers progress is told."""


@click.command("incident")
@click.option("--account", help="User name of who looked (a sign-in that fell into wrong hands).")
@click.option("--entry", type=click.UUID, help="Public number of an entry that was shown.")
@click.option("--from", "since", type=click.DateTime(_DAYS), help="First moment, UTC.")
@click.option("--to", "until", type=click.DateTime(_DAYS), help="Moment before which, UTC.")
@click.option("--names", is_flag=True, help="Say the names of the inwoners too.")
def incident(account: str | None, entry: UUID | None, since: datetime | None, until: datetime | None, names: bool) -> None:
    """List whose dossiers were reached by an account, by an entry, or in a time, with how many lines of how many readers."""
    if not (account or entry or since or until):
        raise click.UsageError("Say what the incident is about: --account, --entry, --from or --to.")
    bounds = [moment and moment.replace(tzinfo=UTC) for moment in (since, until)]
    print("Looking through the read log ...", file=sys.stderr, flush=True)
    lines = count = 0
    with psycopg.connect(libpq_dsn(role_url("casus_controle"))) as connection, connection.cursor(name="incident") as cursor:
        for dossier, inwoner, some, readers, first, last in cursor.execute(_QUERY, (account and account.lower(), entry, *bounds)):
            who = f"  {inwoner}" if names else ""
            click.echo(f"{dossier}  {some} line(s)  {readers} reader(s)  {_moment(first)} to {_moment(last)}{who}")
            count, lines = count + 1, lines + some
            if count % EVERY == 0:
                print(f"{count:,} dossiers", file=sys.stderr, flush=True)
    click.echo(f"{count} dossier(s), {lines} line(s) of the read log.")


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}Z"
