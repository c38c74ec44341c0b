"""Who is asking: a frozen actor, signed so that PostgreSQL can check it (migrations/rls/10_acl.sql)."""

import hashlib
import hmac
import re
import time
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

# A token serves one request; this is the longest a request may last, in seconds.
TOKEN_SECONDS = 300

_SAFE = re.compile(r"^[a-z_]+$")


class Kind(StrEnum):
    """As what a person asks. The database checks that the person really is this, on this face, today."""

    INWONER = "inwoner"
    NAASTE = "naaste"
    VERTEGENWOORDIGER = "vertegenwoordiger"
    PROFESSIONAL = "professional"
    TEAMLEIDER = "teamleider"
    BEHEERDER = "beheerder"
    JOB = "job"


@dataclass(frozen=True)
class Actor:
    """A person, as what, for whom, on what ground, in which session. ``ground`` is a lower-case word; 'gewoon' is ordinary use."""

    person_id: int
    kind: Kind
    session_id: UUID
    on_behalf_of: int | None = None
    ground: str = "gewoon"


@dataclass(frozen=True)
class Signer:
    """Signs actors for one database role with that role's key (32 to 64 bytes)."""

    role: str
    key: bytes

    def sign(self, actor: Actor, seconds: int = TOKEN_SECONDS) -> str:
        """Gives the token for ``casus.actor``, good for ``seconds`` from now. Raises ValueError for a ground that is not a plain word."""
        if not _SAFE.match(actor.ground):
            raise ValueError("a ground is a lower-case word")
        payload = ";".join(
            (
                actor.kind.value,
                str(actor.person_id),
                str(actor.on_behalf_of or 0),
                actor.ground,
                self.role,
                str(actor.session_id),
                str(int(time.time()) + seconds),
            )
        )
        mac = hmac.new(self.key, payload.encode(), hashlib.sha256).hexdigest()
        return f"v1.{payload}.{mac}"
