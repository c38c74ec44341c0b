"""``portal keys``: put keys away, put them back, and change them. Keys stay out of what is said and out of the arguments."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from portal import keys
from portal.backup import admin_dsn_of
from portal.keys import KeysError
from portal.postgres_tools import BackupError
from portal.provision import ProvisionError
from portal.settings_file import secrets_of

_Result = TypeVar("_Result")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_DATABASE = click.option("--database", default="mijn_buurtteam", show_default=True, help="Name of the database.")
_PASSPHRASE = click.option("--passphrase-file", type=_FILE, help="File whose first line is the passphrase; else it is asked.")


@click.group("keys")
def keys_command() -> None:
    """Put keys away, put them back, and change them."""


@keys_command.command("backup")
@click.argument("target", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, required=True, type=_FILE)
@_PASSPHRASE
def backup(target: Path, files: tuple[Path, ...], passphrase_file: Path | None) -> None:
    """Write the settings FILES, keys and passwords and all, into TARGET, shut with a passphrase. Keep it apart from the backups."""
    passphrase = _passphrase(passphrase_file, new=True)
    _plainly(lambda: keys.put_away(list(files), target, passphrase))
    click.echo(f"{len(files)} files are in {target}. Without the passphrase nobody can open it, you neither.")


@keys_command.command("restore")
@click.argument("source", type=_FILE)
@click.argument("folder", type=click.Path(path_type=Path))
@_PASSPHRASE
def restore(source: Path, folder: Path, passphrase_file: Path | None) -> None:
    """Write the settings files of SOURCE into FOLDER, which must not be there yet."""
    passphrase = _passphrase(passphrase_file, new=False)
    for path in _plainly(lambda: keys.put_back(source, folder, passphrase)):
        click.echo(str(path))


@keys_command.command("install")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@_DATABASE
def install(files: tuple[Path, ...], database: str) -> None:
    """Give the database the actor keys of the settings FILES, as after a restore (DATABASE_ADMIN_URL: the superuser)."""
    found = secrets_of(files).actor_keys
    _plainly(lambda: keys.install_actor_keys(found, admin_dsn_of(), database))
    click.echo(f"The database holds the actor keys of: {', '.join(sorted(found))}.")


@keys_command.command("rotate")
@click.argument("key", type=click.Choice(["actor", "session", "text"]))
@click.argument("file", type=_FILE)
@_DATABASE
def rotate(key: str, file: Path, database: str) -> None:
    """Make another KEY for the process whose settings are in FILE (actor: DATABASE_ADMIN_URL, the superuser)."""
    if key == "actor":
        _plainly(lambda: keys.change_actor_key(file, admin_dsn_of(), database))
        click.echo("The database refuses the old key from now on: restart this process at once. Until then its pages give an error.")
    elif key == "session":
        _plainly(lambda: keys.change_session_key(file))
        click.echo("Restart this face. Everybody on it has to sign in anew.")
    else:
        _plainly(lambda: keys.begin_text_key(file))
        click.echo(f"The new key is in {file}, with the old one beside it.")
        click.echo(f"Restart this face, and then run: portal keys finish {file}")


@keys_command.command("finish")
@click.argument("file", type=_FILE)
@_DATABASE
@click.option("--accept-lost", is_flag=True, help="Go on when a secret opens with neither key; who has that app needs a new start code.")
def finish(file: Path, database: str, accept_lost: bool) -> None:
    """Seal everything of this face with the new text key, and forget the old one (DATABASE_ADMIN_URL: the superuser).

    When it is interrupted, run it again.
    """
    _plainly(lambda: keys.finish_text_key(file, admin_dsn_of(), database, click.echo, accept_lost=accept_lost))
    click.echo("The old key opens nothing any more. Restart this face once more when it suits; make a new copy with `portal keys backup`.")


@keys_command.command("rotate-documents")
@click.argument("inwoner", type=_FILE)
@click.argument("team", type=_FILE)
def rotate_documents(inwoner: Path, team: Path) -> None:
    """Make another key that seals documents, in the settings files of both faces, INWONER and TEAM."""
    _plainly(lambda: keys.begin_document_key([inwoner, team]))
    click.echo("The new key is in both files, with the old one beside it.")
    click.echo(f"Restart both faces and the copies, and then run: portal keys finish-documents {inwoner} {team}")


@keys_command.command("finish-documents")
@click.argument("inwoner", type=_FILE)
@click.argument("team", type=_FILE)
@_DATABASE
def finish_documents(inwoner: Path, team: Path, database: str) -> None:
    """Seal every document with the new key, and forget the old one (DATABASE_ADMIN_URL: the superuser). When interrupted, run it again."""
    done = _plainly(lambda: keys.finish_document_key([inwoner, team], admin_dsn_of(), database))
    click.echo(f"Pieces of documents: {done} sealed anew. Make a new copy with `portal keys backup`.")


def _passphrase(file: Path | None, *, new: bool) -> str:
    if file is None:
        return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=new))
    lines = file.read_text(encoding="utf-8").splitlines()
    return lines[0] if lines else ""


def _plainly(do: Callable[[], _Result]) -> _Result:
    try:
        return do()
    except (KeysError, BackupError, ProvisionError) as refused:
        raise click.ClickException(str(refused)) from None
