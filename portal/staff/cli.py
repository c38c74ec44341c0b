"""``portal staff``: for the operator, and for the first administrator (MBT_DATABASE_URL: portaal_operator)."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import click
from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.command_line import operator_database
from portal.db import commit
from portal.refusals import Refused
from portal.staff import commands, queries
from portal.staff.commands import NewStaff
from portal.staff.queries import StaffMember

ROLES = click.Choice(["professional", "teamleider", "beheerder"])


@click.group()
def staff() -> None:
    """Who works here (MBT_DATABASE_URL: portaal_operator)."""


@staff.command()
@click.option("--first-name", required=True)
@click.option("--infix", help="Such as 'van der'.")
@click.option("--last-name", required=True)
@click.option("--job-title", required=True, help="Residents see this.")
@click.option("--role", "role_name", type=ROLES, required=True)
@click.option("--team", help="Name of the team; only a beheerder may do without.")
@click.option("--email", help="Work address; one can sign in with it too.")
def add(first_name: str, infix: str | None, last_name: str, job_title: str, role_name: str, team: str | None, email: str | None) -> None:
    """Somebody starts. Prints the user name and a start code that works once."""
    with _operator() as db:
        new = NewStaff(first_name, infix, last_name, job_title, role_name, _team(db, team), uuid4(), email)
        joined = commands.join(db, None, new)
    click.echo(f"User name:  {joined.username}")
    click.echo(f"Start code: {joined.start_code}")
    click.echo("Hand the code over in person. It works once, at /eerste-keer on the team's address.")


@staff.command("role")
@click.argument("username")
@click.argument("role_name", type=ROLES)
@click.option("--team", help="Name of the team; without it the team stays.")
def change_role(username: str, role_name: str, team: str | None) -> None:
    """Give somebody another role."""
    with _operator() as db:
        member = _member(db, username)
        where = _team(db, team) if team else member.team_public_id
        commands.change(db, None, member.public_id, job_title=member.job_title, team=where, role=role_name)
    click.echo(f"{member.name} is now {role_name}.")


@staff.command()
@click.argument("username")
def code(username: str) -> None:
    """Give somebody a new start code. Their old password and app stop working."""
    with _operator() as db:
        name, start_code = commands.start_code(db, None, _member(db, username).public_id)
    click.echo(f"User name:  {name}")
    click.echo(f"Start code: {start_code}")


@staff.command()
@click.argument("username")
def end(username: str) -> None:
    """Somebody leaves today: sessions, dossiers, standing in and grants end at once."""
    with _operator() as db:
        member = _member(db, username)
        commands.leave(db, None, member.public_id)
    click.echo(f"{member.name} has left. {member.dossiers} dossier(s) may need somebody else.")


@staff.command("list")
def list_staff() -> None:
    """Who works here."""
    with _operator() as db:
        for member in queries.staff_members(db):
            if member.left_on is None:
                click.echo(f"{member.username or '-':30} {member.role:14} {member.team_name or '-':30} {member.name}")


@contextmanager
def _operator() -> Iterator[Session]:
    """A session of the operator, committed on leaving; a refusal becomes one sentence."""
    try:
        with operator_database() as database, Session(database.engine) as db:
            yield db
            commit(db)
    except Refused as refused:
        raise click.ClickException(refused.message) from None


def _team(db: Session, name: str | None) -> UUID | None:
    if name is None:
        return None
    found: UUID | None = db.execute(text("SELECT public_id FROM casus.team WHERE lower(name) = lower(:name)"), {"name": name}).scalar()
    if found is None:
        known = ", ".join(db.execute(text("SELECT name FROM casus.team ORDER BY name")).scalars())
        raise click.ClickException(f"There is no team {name}. Teams: {known or 'none yet'}.")
    return found


def _member(db: Session, username: str) -> StaffMember:
    for member in queries.staff_members(db):
        if member.username == username.strip().lower() and member.left_on is None:
            return member
    raise click.ClickException(f"Nobody with the user name {username} works here.")
