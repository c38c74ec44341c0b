"""``portal doctor``: what is good, and what somebody has to do. Exit code 1 when there is something to do."""

import os
import sys
from pathlib import Path

import click
from psycopg.conninfo import make_conninfo

from portal.assets import ROOT
from portal.backup import admin_dsn_of
from portal.demo.credentials import FACES, face_environment, jobs_environment, load_or_make, mail_port_of
from portal.demo.postgres import open_server
from portal.demo.supervisor import DATABASE, PORTS
from portal.doctor import examine
from portal.doctor_found import Found, Process, State
from portal.postgres_tools import BackupError
from portal.settings_file import read_settings


@click.command("doctor")
@click.option(
    "--settings", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Settings of a process (repeat)."
)
@click.option("--database", default=DATABASE, show_default=True, help="Name of the database.")
@click.option("--demo", is_flag=True, help="Look at the demo of this checkout, which must run.")
def doctor_command(settings: tuple[Path, ...], database: str, demo: bool) -> None:
    """Say in plain words what is good and what you have to do: settings, keys, roles, clock, migrations, lock, seals, disk.

    Settings come from the files of the processes, or else from the environment. With DATABASE_ADMIN_URL (the superuser) it also looks at
    roles, migrations, lock, seals and disk. It changes nothing and shows no secret.
    """
    try:
        processes, admin_dsn = _demo() if demo else _given(settings, database)
    except BackupError as refused:
        raise click.ClickException(str(refused)) from None
    found = []
    for one in examine(processes, admin_dsn):
        found.append(one)
        click.echo(f"{one.state.value:6} {one.text}")
    to_do = _count(found, State.DO)
    click.echo(f"{_count(found, State.GOOD)} good, {to_do} to do.")
    if to_do:
        sys.exit(1)


def _count(found: list[Found], state: State) -> int:
    return sum(one.state is state for one in found)


def _given(settings: tuple[Path, ...], database: str) -> tuple[list[Process], str | None]:
    processes = [Process(path.stem, read_settings(path)) for path in settings]
    if not settings and os.environ.get("MBT_DATABASE_URL"):
        processes = [Process("this environment", {name: value for name, value in os.environ.items() if name.startswith("MBT_")})]
    if not os.environ.get("DATABASE_ADMIN_URL", "").strip():
        return processes, None
    return processes, make_conninfo(admin_dsn_of(), dbname=database)


def _demo() -> tuple[list[Process], str | None]:
    folder = Path(os.environ.get("MBT_DEMO_FOLDER") or ROOT / "var").resolve()
    try:
        admin = open_server(folder / "postgres").admin_dsn
    except FileNotFoundError:
        raise BackupError("There is no demo here yet; start one with `make demo`.") from None
    secrets = load_or_make(folder / "credentials.json")
    processes = [Process(face, face_environment(admin, DATABASE, secrets, face, PORTS, folder)) for face in FACES]
    processes.append(Process("jobs", jobs_environment(admin, DATABASE, secrets, folder / "seals.txt", PORTS, mail_port_of(folder))))
    return processes, make_conninfo(admin, dbname=DATABASE)
