"""The passwords and keys of a demo, made once and kept in a 0600 file; and what each process gets of them.

Every key carries the demo mark, so a real installation refuses it (portal/settings.py).
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from portal.demo.processes import write_private
from portal.demo.scanner import address_of
from portal.provision import ACTOR_ROLES, LOGIN_ROLES, role_dsn, sqlalchemy_url
from portal.settings import DEMO_CITY, DEMO_KEY_MARK

FACES = ("inwoner", "team")
"""The faces that are served; the third has its role and its keys already."""
ALL_FACES = (*FACES, "onafhankelijk")
DEMO_SENDER = "Bericht <bericht@voorbeeld.example>"
MAIL_PORT = "mail-port.txt"
SCANNER = "scanner"


@dataclass(frozen=True)
class Credentials:
    """Passwords by role; keys in hexadecimal: actor keys by role, session and text keys by face, and the one that seals documents."""

    passwords: dict[str, str]
    actor_keys: dict[str, str]
    session_keys: dict[str, str]
    text_keys: dict[str, str]
    document_key: str

    def actor_key_bytes(self) -> dict[str, bytes]:
        """Give the actor keys as the database gets them."""
        return {role: bytes.fromhex(key) for role, key in self.actor_keys.items()}

    def text_key(self, face: str) -> bytes:
        """Give the text key of a face, to seal the TOTP secrets of demo people with."""
        return bytes.fromhex(self.text_keys[face])


def load_or_make(path: Path) -> Credentials:
    """Read the credentials, or make them when the file is not there. A new role or face gets its own added."""
    stored = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    made = Credentials(
        passwords=_complete(stored.get("passwords", {}), LOGIN_ROLES),
        actor_keys=_complete(stored.get("actor_keys", {}), ACTOR_ROLES),
        session_keys=_complete(stored.get("session_keys", {}), ALL_FACES),
        text_keys=_complete(stored.get("text_keys", {}), ALL_FACES),
        document_key=stored.get("document_key") or secrets.token_hex(32),
    )
    if asdict(made) != stored:
        write_private(path, json.dumps(asdict(made), indent=1))
    return made


def _complete(stored: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    return {name: stored.get(name) or secrets.token_hex(32) for name in names}


def role_url(admin_dsn: str, database: str, credentials: Credentials, role: str) -> str:
    """Give the SQLAlchemy address of a role of the demo."""
    return sqlalchemy_url(role_dsn(admin_dsn, role, credentials.passwords[role], database))


def _environment(admin_dsn: str, database: str, credentials: Credentials, role: str) -> dict[str, str]:
    return {
        "PATH": "/usr/bin:/bin",
        "LC_ALL": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
        "MBT_MODE": "demo",
        "MBT_DATABASE_URL": role_url(admin_dsn, database, credentials, role),
        "MBT_ACTOR_KEY": DEMO_KEY_MARK + credentials.actor_keys[role],
        "MBT_CITY_FILE": str(DEMO_CITY),
    }


def residents_url(ports: Sequence[int]) -> str:
    """Where residents find the demo, by the ports of the faces in the order of FACES."""
    return f"http://127.0.0.1:{ports[0]}"


def face_environment(
    admin_dsn: str, database: str, credentials: Credentials, face: str, ports: Sequence[int], folder: Path
) -> dict[str, str]:
    """Give the whole environment of one face's process: its own password and keys, and nobody else's. ``folder``: the data of the demo."""
    return _environment(admin_dsn, database, credentials, f"web_{face}") | {
        "MBT_FACE": face,
        "MBT_SESSION_KEY": DEMO_KEY_MARK + credentials.session_keys[face],
        "MBT_TEXT_KEY": DEMO_KEY_MARK + credentials.text_keys[face],
        "MBT_DOCUMENT_KEY": DEMO_KEY_MARK + credentials.document_key,
        "MBT_PUBLIC_URL": f"http://127.0.0.1:{ports[FACES.index(face)]}",
        "MBT_RESIDENTS_URL": residents_url(ports),
        "MBT_DEMO_POST": str(folder / "post"),
        "MBT_SCANNER": address_of(folder / SCANNER),
    }


def mail_port_of(folder: Path) -> int | None:
    """The port of the demo's mail server, as it was started last; None when it never was."""
    file = folder / MAIL_PORT
    return int(file.read_text(encoding="ascii")) if file.exists() else None


def jobs_environment(
    admin_dsn: str, database: str, credentials: Credentials, seals: Path, ports: Sequence[int], mail_port: int | None
) -> dict[str, str]:
    """Give the whole environment of the background process; ``seals`` is the file in which it publishes the seals."""
    mail = {} if mail_port is None else {"MBT_SMTP_URL": f"smtp://127.0.0.1:{mail_port}", "MBT_MAIL_FROM": DEMO_SENDER}
    own = {"MBT_SEALS_FILE": str(seals), "MBT_RESIDENTS_URL": residents_url(ports)}
    return _environment(admin_dsn, database, credentials, "portaal_jobs") | own | mail
