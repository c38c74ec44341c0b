"""``portal accounts``: for who can't sign in any more (MBT_DATABASE_URL: portaal_operator). Colleagues: ``portal staff code``."""

import click

from portal.accounts import commands
from portal.command_line import operator_database


@click.group()
def accounts() -> None:
    """Accounts of people outside the team (MBT_DATABASE_URL: portaal_operator)."""


@accounts.command()
@click.argument("username")
@click.option("--face", type=click.Choice(["inwoner", "onafhankelijk"]), default="inwoner", show_default=True)
def code(username: str, face: str) -> None:
    """Give somebody a new start code. Their old password and app stop working."""
    with operator_database() as database, database.plain() as connection:
        start_code = commands.renew_start_code(connection, face, username)
    if start_code is None:
        raise click.ClickException(f"Nobody has the user name {username} there.")
    click.echo(f"Start code: {start_code}")
    click.echo("Make sure who asks for it, and hand it over in person. It works once, at /eerste-keer.")
