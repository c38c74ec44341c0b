"""A file with settings of one process, a ``NAME=value`` a line, as systemd's EnvironmentFile and ``docker --env-file`` read it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from portal.demo.processes import write_private
from portal.settings import SettingsError, key_of

_LINE = re.compile(r"^\s*(?:export\s+)?([A-Z][A-Z0-9_]*)=(.*?)\s*$")


@dataclass(frozen=True)
class Secrets:
    """What is not in a backup of the database: passwords by role, and actor keys by role (32 to 64 bytes)."""

    passwords: Mapping[str, str]
    actor_keys: Mapping[str, bytes]


def read_settings(path: Path) -> dict[str, str]:
    """The settings in a file. Raises SettingsError when it can't be read, others can read it, or a line is no setting."""
    try:
        if path.stat().st_mode & 0o077:
            raise SettingsError(f"Others on this machine can read {path}; make it private first: chmod 600.")
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise SettingsError(f"{path} can't be read ({type(problem).__name__}).") from None
    found = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        parts = _LINE.match(line)
        if parts is None:
            raise SettingsError(f"{path}, line {number}: this is not NAME=value.")
        found[parts[1]] = _unquoted(parts[2])
    return found


def change_settings(path: Path, changes: Mapping[str, str | None]) -> None:
    """Writes other values into the file, whole or not at all; None takes a line away. The rest stays. Raises SettingsError."""
    read_settings(path)
    left = dict(changes)
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = _LINE.match(line)
        if parts is None or parts[1] not in changes:
            lines.append(line)
            continue
        wanted = left.pop(parts[1], None)
        if wanted is not None:
            lines.append(f"{parts[1]}={wanted}")
    lines += [f"{name}={wanted}" for name, wanted in left.items() if wanted is not None]
    write_private(path, "\n".join(lines) + "\n")


def role_of(path: Path, settings: Mapping[str, str]) -> str:
    """The database role of these settings. Raises SettingsError."""
    return _login(path, settings)[0]


def secrets_of(paths: Iterable[Path]) -> Secrets:
    """The passwords and actor keys in files with settings, one file a process. Raises SettingsError."""
    passwords, keys = {}, {}
    for path in paths:
        settings = read_settings(path)
        role, password = _login(path, settings)
        passwords[role] = password
        if settings.get("MBT_ACTOR_KEY"):
            keys[role] = key_of(settings, "MBT_ACTOR_KEY")
    return Secrets(passwords, keys)


def _login(path: Path, settings: Mapping[str, str]) -> tuple[str, str]:
    try:
        url = make_url(settings.get("MBT_DATABASE_URL", ""))
    except (ArgumentError, ValueError):
        raise SettingsError(f"{path}: MBT_DATABASE_URL is missing or is not a database address.") from None
    if not url.username or not url.password:
        raise SettingsError(f"{path}: MBT_DATABASE_URL has no role or no password.")
    return url.username, str(url.password)


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return value
