"""``portal export``: a copy of one dossier as a file of docs/case-format.md (MBT_DATABASE_URL: casus_uitvoer)."""

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from uuid import UUID

import click
from sqlalchemy.engine import make_url

from portal.db import Database
from portal.exporting import ExportRefusedError, export_dossier
from portal.settings import SettingsError


@click.command("export")
@click.argument("dossier", type=click.UUID)
@click.option("--reader", required=True, help="Name of who asks for the copy. The inwoner reads it.")
@click.option("--ground", required=True, help="Why the copy is made. The inwoner reads it.")
@click.option("--source", default="Mijn Buurtteam", show_default=True, help="Name of this system in the file.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write, for its owner only; else standard output.")
def export_command(dossier: UUID, reader: str, ground: str, source: str, output: Path | None) -> None:
    """Write everything of DOSSIER (its public number) as one JSON file. The inwoner sees in "Wie keek er?" that it was made."""
    database = Database(role_url("casus_uitvoer"), None, pool_size=1)
    # Everything or nothing: a file that is cut off never gets the name that was asked for.
    part = output.with_name(f"{output.name}.part") if output is not None else None
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600) if part is not None else os.dup(sys.stdout.fileno())
    try:
        with TextIOWrapper(os.fdopen(handle, "wb"), encoding="utf-8", newline="\n") as out:
            count = export_dossier(database, dossier, out, reader=reader, ground=ground, source=source, progress=_progress)
        if part is not None and output is not None:
            part.replace(output)
    except ExportRefusedError as refused:
        raise click.ClickException(str(refused)) from None
    finally:
        database.dispose()
        if part is not None:
            part.unlink(missing_ok=True)
    print(f"{count:,} entries", file=sys.stderr)


def role_url(role: str) -> str:
    """The database address from the environment. Raises SettingsError when it isn't this role's."""
    url = os.environ.get("MBT_DATABASE_URL", "").strip()
    if not url or make_url(url).username != role:
        raise SettingsError(f"MBT_DATABASE_URL must be the address with which {role} signs in.")
    return url


def _progress(done: int) -> None:
    if done % 1000 == 0:
        print(f"{done:,} entries", file=sys.stderr, flush=True)
