"""``portal import``: files of docs/case-format.md into the case database (MBT_DATABASE_URL: portaal_operator)."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Connection

from portal.db import Database
from portal.export_command import role_url
from portal.importing import ORGANISATION, Imported, ImportRefusedError, Progress, format_of, import_case, import_organisation

EVERY = 1000
"""Entries between two lines of progress."""


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_command(paths: tuple[Path, ...]) -> None:
    """Add organisation files and case files: all of PATHS, or nothing when one is refused."""
    database = Database(role_url("portaal_operator"), None, pool_size=1)
    imported = Imported()
    try:
        with database.plain() as connection:
            for path in sorted(paths, key=lambda path: _asked(path, format_of, path) != ORGANISATION):
                imported += _asked(path, _import, connection, path)
    finally:
        database.dispose()
    for name, count in sorted(imported.counts.items()):
        click.echo(f"{name:20} {count:6}")


def _asked(path: Path, work: Any, *arguments: Any) -> Any:
    """What ``work`` gives; what it refuses is said with the name of the file before each problem."""
    try:
        return work(*arguments)
    except ImportRefusedError as refused:
        problems = "\n".join(f"{path}: {problem}" for problem in str(refused).splitlines())
        raise click.ClickException(f"{problems}\nNothing was changed.") from None
    except OSError:
        raise click.ClickException(f"{path}: this file can't be read. Nothing was changed.") from None


def _import(connection: Connection, path: Path) -> Imported:
    if format_of(path) == ORGANISATION:
        return import_organisation(connection, json.loads(path.read_text(encoding="utf-8")))
    return import_case(connection, path, _progress(path))


def _progress(path: Path) -> Progress:
    """Says on the error output how far it is, for long files; counts only."""

    def say(doing: str, done: int, of: int) -> None:
        if done % EVERY == 0:
            print(f"{path.name}: {done:,} entries {doing}" + (f" of {of:,}" if of else ""), file=sys.stderr, flush=True)

    return say
