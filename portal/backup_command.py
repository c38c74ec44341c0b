"""``portal backup`` and ``portal restore`` (DATABASE_ADMIN_URL: the superuser, on the machine of the database)."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from portal.backup import admin_dsn_of, make_backup
from portal.postgres_tools import BackupError
from portal.provision import ProvisionError
from portal.restore import Restored, restore_backup
from portal.settings_file import secrets_of

_Result = TypeVar("_Result")
_DATABASE = click.option("--database", default="mijn_buurtteam", show_default=True, help="Name of the database.")


@click.command("backup")
@click.argument("folder", type=click.Path(path_type=Path))
@_DATABASE
def backup_command(folder: Path, database: str) -> None:
    """Copy the database into FOLDER, which must not be there yet (DATABASE_ADMIN_URL: the superuser).

    Keys are not in it: keep those apart with `portal keys backup`.
    """
    begun = time.monotonic()
    manifest = _plainly(lambda: make_backup(folder, admin_dsn_of(), database, click.echo))
    click.echo(
        f"The backup of {manifest.made_at} is whole: {sum(manifest.rows.values())} rows, {time.monotonic() - begun:.1f} s, in {folder}."
    )
    click.echo(f"Last seal of the read log: {manifest.last_seal} {manifest.last_seal_hash}".rstrip())
    click.echo("Whoever has this folder can read all dossiers: keep it where only you can come, and apart from the keys.")


@click.command("restore")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@_DATABASE
@click.option(
    "--settings",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File with the settings of a process (repeat): gives its actor key, and the password when its role is not on the server.",
)
@click.option("--accept-findings", is_flag=True, help="Open the portal again even when the read log of the backup is not whole.")
def restore_command(folder: Path, database: str, settings: tuple[Path, ...], accept_findings: bool) -> None:
    """Put the backup in FOLDER back into an empty database (DATABASE_ADMIN_URL: the superuser).

    Exit code 1 when its read log is not whole.
    """
    begun = time.monotonic()
    secrets = secrets_of(settings)
    restored = _plainly(lambda: restore_backup(folder, admin_dsn_of(), database, secrets, click.echo, accept_findings=accept_findings))
    for line in _report(restored, database, bool(secrets.actor_keys)):
        click.echo(line)
    click.echo(f"Done in {time.monotonic() - begun:.1f} s.")
    if restored.findings:
        sys.exit(1)


def _report(restored: Restored, database: str, keys_given: bool) -> list[str]:
    manifest = restored.manifest
    lines = [f"The database {database} is as it was at {manifest.made_at}: {sum(manifest.rows.values())} rows."]
    lines += [f"In the read log: {finding}." for finding in restored.findings]
    if restored.findings and not restored.opened:
        lines.append("The read log of this backup is not whole, so nobody can sign in yet. Take another backup, or say --accept-findings.")
    if restored.roles_made:
        lines.append(f"Roles made: {', '.join(restored.roles_made)}.")
    if restored.programs_missing:
        lines.append(f"Make these roles of other programs anew (portal.provision.add_program): {', '.join(restored.programs_missing)}.")
    if not keys_given:
        lines.append("The keys of the actors are not in a backup, and without them nobody reads anything: portal keys install.")
    lines.append("Everybody has to sign in anew.")
    lines.append(
        "What came after that moment is gone, also access that was withdrawn, entries that were closed, people who left, passwords that"
        " were changed and start codes that were used: do those anew before you let people in."
    )
    lines.append("Begin a new file for published seals; in the old one only the seals up to this moment still hold.")
    return lines


def _plainly(do: Callable[[], _Result]) -> _Result:
    try:
        return do()
    except (BackupError, ProvisionError) as refused:
        raise click.ClickException(str(refused)) from None
