"""Typed settings from the environment. The program refuses to start when one is missing or unsafe.

One process serves one face, with the password and the keys of that face and of no other. docs/running.md names
every variable. In Settings, ``actor_key`` (32 to 64 bytes) signs actors, ``session_key`` signs cookies and forms,
``text_key`` (32 bytes, AES-GCM) hides kept text and TOTP secrets from whoever holds a copy of the database, and
``document_key`` (the same on both faces that have documents) hides the bytes of documents.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Literal, Self, get_args
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from portal.clamd import is_address

Face = Literal["inwoner", "team", "onafhankelijk"]
Mode = Literal["demo", "productie", "test"]

IDLE_MINUTES = 15
"""A session ends after so many minutes without a request (DigiD test checklist 7.0, T14)."""
MAX_HOURS = 12
"""A session ends after so many hours, whatever happens."""
DEFAULT_TITLE = "Mijn Buurtteam"
DEMO_LEAVE_URL = "https://www.knmi.nl/"
"""Where "Snel weg" goes in the demo. A real installation chooses its own address."""
DEMO_CITY = Path(__file__).parent / "demo" / "city.json"
"""The invented city of the demo and the tests (portal/city.py); productie needs a file of its own."""
DEMO_KEY_MARK = "demo:"
"""Keys made for the demo begin with this, so that they are known when they turn up elsewhere."""

DOCUMENT_FACES = ("inwoner", "team")
"""The faces that have documents, and so the key that seals them."""

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_KEY_BYTES = 32
_FEWEST_DIFFERENT_BYTES = 12


class SettingsError(Exception):
    """A setting is missing or unsafe; the text is one plain sentence that never shows the value."""


@dataclass(frozen=True)
class ProgramSettings:
    """What any program of the portal needs: which role it is in the database, and the keys of that role.

    ``actor_key`` signs actors (32 to 64 bytes). Raises SettingsError when something is missing or unsafe.
    """

    role: str
    mode: Mode
    database_url: str = field(repr=False)
    actor_key: bytes = field(repr=False)
    city_file: Path = DEMO_CITY

    def __post_init__(self) -> None:
        """Refuse what is unsafe, however the settings were made."""
        _require_choice("MBT_MODE", self.mode, get_args(Mode))
        _require_database(self.database_url, self.role)
        _require_keys({"MBT_ACTOR_KEY": self.actor_key})

    @classmethod
    def from_environment(cls, role: str, environment: Mapping[str, str] | None = None) -> Self:
        """Read MBT_* for a program that works as ``role``. Raises SettingsError."""
        source = os.environ if environment is None else environment
        mode = _mode(source)
        return cls(
            role=role,
            mode=mode,
            database_url=_text(source, "MBT_DATABASE_URL"),
            actor_key=_key(source, "MBT_ACTOR_KEY", mode),
            city_file=city_file_of(source, mode),
        )


@dataclass(frozen=True)
class Settings:
    """What one face needs to serve. Raises SettingsError when something is missing or unsafe."""

    face: Face
    mode: Mode
    database_url: str = field(repr=False)
    actor_key: bytes = field(repr=False)
    session_key: bytes = field(repr=False)
    text_key: bytes = field(repr=False)
    text_key_before: bytes | None = field(default=None, repr=False)
    """The text key of before, while `portal keys rotate text` is under way: it opens what is not sealed anew yet, and seals nothing."""
    document_key: bytes | None = field(default=None, repr=False)
    """Seals documents: the same key on the faces "inwoner" and "team". Without it nobody adds or fetches one; productie demands it."""
    document_key_before: bytes | None = field(default=None, repr=False)
    """The document key of before, while `portal keys rotate-documents` is under way."""
    leave_url: str = DEMO_LEAVE_URL
    site_title: str = DEFAULT_TITLE
    neutral_titles: bool = False
    """Whether every page has the same title, ``site_title``, so that a tab or a list of visited pages tells nothing."""
    public_url: str = "http://127.0.0.1:8000"
    residents_url: str = ""
    """The address of the residents' face, as letters say it; on that face itself it is ``public_url``."""
    city_file: Path = DEMO_CITY
    demo_post: Path | None = None
    """Where the demo lays its mail and letters, instead of sending them."""
    scanner: str = ""
    """Where the virus scanner answers ("unix:/path" or "tcp:127.0.0.1:3310"); without one every document is refused."""
    proxies: int = 0
    """How many proxies of our own stand in front; where a visitor comes from is what the outermost of them says."""

    idle_minutes: ClassVar[int] = IDLE_MINUTES
    max_hours: ClassVar[int] = MAX_HOURS

    def __post_init__(self) -> None:
        """Refuse what is unsafe, however the settings were made."""
        _require_choice("MBT_FACE", self.face, get_args(Face))
        _require_choice("MBT_MODE", self.mode, get_args(Mode))
        _require_database(self.database_url, self.role)
        _require_keys(
            {
                "MBT_ACTOR_KEY": self.actor_key,
                "MBT_SESSION_KEY": self.session_key,
                "MBT_TEXT_KEY": self.text_key,
            }
            | {name: key for name, key in self._further_keys() if key is not None}
        )
        if self.face not in DOCUMENT_FACES and (self.document_key or self.document_key_before):
            raise SettingsError(f"MBT_DOCUMENT_KEY is no key for the face {self.face}.")
        if not 1 <= len(self.site_title) <= 40:
            raise SettingsError("MBT_SITE_TITLE must have 1 to 40 characters.")
        if self.scanner and not is_address(self.scanner):
            raise SettingsError("MBT_SCANNER must be unix:/path or tcp:127.0.0.1:port, on this machine: files go there as they are.")
        self._require_addresses()

    def _further_keys(self) -> list[tuple[str, bytes | None]]:
        return [
            ("MBT_TEXT_KEY_BEFORE", self.text_key_before),
            ("MBT_DOCUMENT_KEY", self.document_key),
            ("MBT_DOCUMENT_KEY_BEFORE", self.document_key_before),
        ]

    @property
    def role(self) -> str:
        """The database role of this face."""
        return f"web_{self.face}"

    @property
    def demo(self) -> bool:
        """Whether this is the demo: shown on every page, with the TOTP code at sign-in."""
        return self.mode == "demo"

    @property
    def address_for_residents(self) -> str:
        """Where residents find the portal."""
        return self.residents_url or self.public_url

    @property
    def secure(self) -> bool:
        """Whether the outside world reaches this face by https, so cookies may demand it."""
        return urlsplit(self.public_url).scheme == "https"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read MBT_* from the environment. Raises SettingsError with one plain sentence."""
        source = os.environ if environment is None else environment
        mode = _mode(source)
        face = _text(source, "MBT_FACE")
        _require_choice("MBT_FACE", face, get_args(Face))
        optional = {
            name: source[variable].strip()
            for name, variable in {
                "leave_url": "MBT_LEAVE_URL",
                "site_title": "MBT_SITE_TITLE",
                "public_url": "MBT_PUBLIC_URL",
                "residents_url": "MBT_RESIDENTS_URL",
                "scanner": "MBT_SCANNER",
            }.items()
            if source.get(variable, "").strip()
        }
        if mode == "productie":
            for name in ("leave_url", "public_url"):
                if name not in optional:
                    raise SettingsError(f"MBT_{name.upper()} is missing.")
        return cls(
            face=face,  # type: ignore[arg-type]  # checked above
            mode=mode,
            database_url=_text(source, "MBT_DATABASE_URL"),
            actor_key=_key(source, "MBT_ACTOR_KEY", mode),
            session_key=_key(source, "MBT_SESSION_KEY", mode),
            text_key=_key(source, "MBT_TEXT_KEY", mode),
            text_key_before=_key_if_given(source, "MBT_TEXT_KEY_BEFORE", mode),
            document_key=(_key if mode == "productie" and face in DOCUMENT_FACES else _key_if_given)(source, "MBT_DOCUMENT_KEY", mode),
            document_key_before=_key_if_given(source, "MBT_DOCUMENT_KEY_BEFORE", mode),
            city_file=city_file_of(source, mode),
            demo_post=Path(source["MBT_DEMO_POST"].strip()) if source.get("MBT_DEMO_POST", "").strip() else None,
            proxies=_proxies(source, mode),
            neutral_titles=_yes(source, "MBT_NEUTRAL_TITLES"),
            **optional,
        )

    def _require_addresses(self) -> None:
        public, leave = urlsplit(self.public_url), urlsplit(self.leave_url)
        if public.scheme not in ("http", "https") or not public.hostname:
            raise SettingsError("MBT_PUBLIC_URL must be an http or https address.")
        if self.mode == "productie" and public.scheme != "https":
            raise SettingsError("MBT_PUBLIC_URL must be an https address in productie.")
        if self.mode == "demo" and public.hostname not in _LOOPBACK:
            raise SettingsError("The demo shows sign-in codes, so MBT_PUBLIC_URL must stay on this machine.")
        if leave.scheme not in ("http", "https") or not leave.hostname:
            raise SettingsError("MBT_LEAVE_URL must be an http or https address.")
        if self.mode == "productie" and (leave.scheme != "https" or leave.hostname == public.hostname):
            raise SettingsError("MBT_LEAVE_URL must be an https address of another site.")
        if self.face == "team":
            require_residents_url(self.residents_url, self.mode)
        if self.demo_post is not None and self.mode != "demo":
            raise SettingsError("MBT_DEMO_POST is for the demo: it lays letters with their codes in a folder.")


def _text(source: Mapping[str, str], name: str) -> str:
    value = source.get(name, "").strip()
    if not value:
        raise SettingsError(f"{name} is missing.")
    return value


def _mode(source: Mapping[str, str]) -> Mode:
    value = _text(source, "MBT_MODE")
    for mode in get_args(Mode):
        if value == mode:
            return mode  # type: ignore[no-any-return]
    raise SettingsError(f"MBT_MODE must be one of: {', '.join(get_args(Mode))}.")


def _proxies(source: Mapping[str, str], mode: Mode) -> int:
    """In production TLS is done by a proxy, so there is one unless somebody says otherwise."""
    value = source.get("MBT_PROXIES", "").strip() or ("1" if mode == "productie" else "0")
    if value not in ("0", "1", "2", "3"):
        raise SettingsError("MBT_PROXIES must be 0, 1, 2 or 3.")
    return int(value)


def city_file_of(source: Mapping[str, str], mode: Mode) -> Path:
    """The file with names, numbers and addresses (portal/city.py). Raises SettingsError when productie names none."""
    if mode == "productie":
        return Path(_text(source, "MBT_CITY_FILE"))
    return Path(source.get("MBT_CITY_FILE", "").strip() or DEMO_CITY)


def require_residents_url(url: str, mode: Mode) -> None:
    """In productie mails and letters name an https address. Raises SettingsError."""
    if (url or mode == "productie") and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
        raise SettingsError("MBT_RESIDENTS_URL must be the address of the residents' face: mails and letters say it.")
    if mode == "productie" and urlsplit(url).scheme != "https":
        raise SettingsError("MBT_RESIDENTS_URL must be an https address in productie.")


def key_of(source: Mapping[str, str], name: str) -> bytes:
    """Read one key of settings that say their mode themselves. Raises SettingsError."""
    return _key(source, name, _mode(source))


def _key(source: Mapping[str, str], name: str, mode: Mode) -> bytes:
    """Read a key in hexadecimal. A demo key is refused outside the demo, and the other way round."""
    value = _text(source, name)
    marked = value.startswith(DEMO_KEY_MARK)
    if marked and mode == "productie":
        raise SettingsError(f"{name} is a key of the demo, which productie refuses.")
    if mode == "demo" and not marked:
        raise SettingsError(f"{name} is not a key of the demo, and the demo takes no other.")
    try:
        return bytes.fromhex(value.removeprefix(DEMO_KEY_MARK))
    except ValueError:
        raise SettingsError(f"{name} must be written in hexadecimal.") from None


def _key_if_given(source: Mapping[str, str], name: str, mode: Mode) -> bytes | None:
    return _key(source, name, mode) if source.get(name, "").strip() else None


def _yes(source: Mapping[str, str], name: str) -> bool:
    said = source.get(name, "").strip() or "nee"
    _require_choice(name, said, ("ja", "nee"))
    return said == "ja"


def _require_choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise SettingsError(f"{name} must be one of: {', '.join(choices)}.")


def _require_keys(keys: Mapping[str, bytes]) -> None:
    for name, key in keys.items():
        if len(key) < _KEY_BYTES:
            raise SettingsError(f"{name} is too short: it needs {_KEY_BYTES} bytes.")
        if len(set(key)) < _FEWEST_DIFFERENT_BYTES:
            raise SettingsError(f"{name} is not random.")
    if len(keys.get("MBT_ACTOR_KEY", b"")) > 64:
        raise SettingsError("MBT_ACTOR_KEY is too long: at most 64 bytes.")
    for name in ("MBT_TEXT_KEY", "MBT_TEXT_KEY_BEFORE", "MBT_DOCUMENT_KEY", "MBT_DOCUMENT_KEY_BEFORE"):
        if name in keys and len(keys[name]) != _KEY_BYTES:
            raise SettingsError(f"{name} must have exactly {_KEY_BYTES} bytes.")
    if len(set(keys.values())) != len(keys):
        raise SettingsError("Two keys are the same; each needs its own.")


def _require_database(url: str, role: str) -> None:
    """A process may hold its own role's password only; the superuser's or another face's is refused."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise SettingsError("MBT_DATABASE_URL is not a database address.") from None
    if parsed.get_backend_name() != "postgresql":
        raise SettingsError("MBT_DATABASE_URL must be an address of PostgreSQL.")
    if parsed.username != role:
        raise SettingsError(f"MBT_DATABASE_URL must sign in as {role}.")
    if not parsed.password:
        raise SettingsError("MBT_DATABASE_URL has no password.")
