"""The commands of the operator: ``python -m portal COMMAND``. Thin: the work is in the slices and the kernel.

Each command is fetched only when it is used, so one that starts a background program does not load the rest.
"""

import os
import sys
from importlib import import_module
from pathlib import Path

import click
import psycopg
from sqlalchemy.exc import OperationalError

from portal.settings import SettingsError

ELSEWHERE = {
    "backup": "portal.backup_command:backup_command",
    "restore": "portal.backup_command:restore_command",
    "doctor": "portal.doctor_command:doctor_command",
    "keys": "portal.keys_command:keys_command",
    "accounts": "portal.accounts.cli:accounts",
    "staff": "portal.staff.cli:staff",
    "import": "portal.import_command:import_command",
    "export": "portal.export_command:export_command",
    "copies": "portal.taking.cli:copies",
    "seed": "portal.seed:seed",
    "incident": "portal.repair.cli:incident",
    "retention": "portal.destruction.cli:retention",
}
"""Commands that a slice brings: name → module:object."""


class Commands(click.Group):
    """A group that fetches the commands of ELSEWHERE when asked, and says refusals in one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names of all commands."""
        return sorted([*super().list_commands(ctx), *ELSEWHERE])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give one command, or None when there is no such command."""
        place = ELSEWHERE.get(cmd_name)
        if place is None:
            return super().get_command(ctx, cmd_name)
        module, _, name = place.partition(":")
        command = getattr(import_module(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{place} is not a command")
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a refusal becomes one plain sentence and exit code 1."""
        try:
            return super().invoke(ctx)
        except SettingsError as refused:
            raise click.ClickException(str(refused)) from None
        except (psycopg.OperationalError, OperationalError):
            # Its text may hold the address and the user name.
            raise click.ClickException("The database does not answer, or refuses this password.") from None


@click.group(cls=Commands)
def main() -> None:
    """Mijn Buurtteam: commands for the operator."""


@main.command()
def migrate() -> None:
    """Bring the database to the newest schema and lay the lock anew (MBT_DATABASE_URL: casus_owner)."""
    from portal.migrate import migrate as bring_up_to_date

    bring_up_to_date(_database_url("casus_owner"))


@main.command()
def jobs() -> None:
    """Do the background work until stopped (MBT_DATABASE_URL: portaal_jobs)."""
    from portal.jobs import main as run

    run()


@main.command("verify-log")
@click.option(
    "--published",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File with published seals, one `number hash` a line.",
)
def verify_log(published: Path | None) -> None:
    """Prove that the read log is whole (MBT_DATABASE_URL: casus_controle). Exit code 1 when it is not."""
    from portal.audit import restores, verify_read_log
    from portal.provision import libpq_dsn

    known = []
    if published is not None:
        rows = (line.split() for line in published.read_text(encoding="utf-8").splitlines() if line.strip())
        known = [(int(number), seal) for number, seal in rows]
    with psycopg.connect(libpq_dsn(_database_url("casus_controle"))) as connection:
        findings = list(verify_read_log(connection, known))
        begun_anew = restores(connection)
    for number, moment in begun_anew:
        click.echo(f"At seal {number} ({moment:%Y-%m-%d %H:%M} UTC) a backup was put back into another server.")
    for finding in findings:
        click.echo(finding.message)
    if findings:
        click.echo(f"The read log is not whole: {len(findings)} finding(s).", err=True)
        sys.exit(1)
    click.echo("The read log is whole.")


def _database_url(role: str) -> str:
    url = os.environ.get("MBT_DATABASE_URL", "").strip()
    if not url:
        raise SettingsError(f"MBT_DATABASE_URL is missing; this command signs in as {role}.")
    return url
