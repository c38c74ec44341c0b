"""``portal import-cases``: files of docs/case-format.md into the case database (MBT_DATABASE_URL: portaal_operator)."""

import json
import os
from pathlib import Path
from typing import Any

import click
from sqlalchemy.engine import make_url

from portal.db import Database
from portal.importing import Imported, ImportRefusedError, import_case, import_organisation
from portal.settings import SettingsError

_IMPORTERS = {"buurtteam-organisatie": import_organisation, "casus-dossier": import_case}


@click.command("import-cases")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_command(paths: tuple[Path, ...]) -> None:
    """Add organisation files and case files: all of PATHS, or nothing when one is refused."""
    contents = sorted(((path, _read(path)) for path in paths), key=lambda found: list(_IMPORTERS).index(found[1]["format"]))
    database = Database(_operator_url(), None, pool_size=1)
    imported = Imported()
    try:
        with database.plain() as connection:
            for path, content in contents:
                try:
                    imported += _IMPORTERS[content["format"]](connection, content)
                except ImportRefusedError as refused:
                    raise click.ClickException(f"{path}: {refused}") from None
    finally:
        database.dispose()
    for name, count in sorted(imported.counts.items()):
        click.echo(f"{name:20} {count:6}")


def _operator_url() -> str:
    url = os.environ.get("MBT_DATABASE_URL", "").strip()
    if not url or make_url(url).username != "portaal_operator":
        raise SettingsError("MBT_DATABASE_URL must be the address with which portaal_operator signs in.")
    return url


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise click.ClickException(f"{path}: this is not a file with JSON in UTF-8 ({type(problem).__name__}).") from None
    if not isinstance(content, dict) or content.get("format") not in _IMPORTERS:
        raise click.ClickException(f"{path}: the format should be one of: {', '.join(_IMPORTERS)}.")
    return content
