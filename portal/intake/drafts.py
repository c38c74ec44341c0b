"""What somebody is filling in without an account: kept for whoever has the code, and readable with the code alone.

The database keeps a hash of the code, and the answers sealed with a key that is made of the code and the key of this face. So neither a
copy of the database nor that key opens anything without the code, which is on paper, and in the cookie of the visit.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import current_app, session
from sqlalchemy import Connection, text

from portal.intake.forms import FORMS
from portal.paper_code import code_hash, new_code, plain_code
from portal.secretbox import SealError, seal, unseal
from portal.settings import Settings

_COOKIE = "melding"
_ABOUT = "melding draft"


@dataclass
class Draft:
    """The answers so far, by field, and the pages that were answered. ``sent_at``: it was sent, and is a copy from then on."""

    code: str
    answers: dict[str, Any] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    sent_at: datetime | None = None

    @property
    def steps(self) -> list[str]:
        """The pages of this melding, in order: who asks for somebody else says who that is."""
        return [step for step in FORMS if step != "melder" or self.answers.get("for_whom") == "ander"]

    @property
    def next_step(self) -> str | None:
        """The first page that was not answered yet, or None."""
        return next((step for step in self.steps if step not in self.done), None)

    def before(self, step: str) -> str | None:
        """The page before this one, or None."""
        steps = self.steps
        place = steps.index(step)
        return steps[place - 1] if place else None

    def after(self, step: str) -> str | None:
        """The page after this one, or None."""
        steps = self.steps
        return steps[place + 1] if (place := steps.index(step)) + 1 < len(steps) else None


def begin() -> Draft:
    """A new melding, and its code in the cookie of this visit. Nothing is kept before the first answer."""
    draft = Draft(new_code())
    session[_COOKIE] = draft.code
    return draft


def current(connection: Connection) -> Draft | None:
    """The melding of this visit, or None."""
    code = session.get(_COOKIE)
    return load(connection, code) if isinstance(code, str) else None


def resume(connection: Connection, code: str) -> Draft | None:
    """The melding of this code, from now on the one of this visit; None for a code that opens nothing."""
    draft = load(connection, code)
    if draft is not None:
        session[_COOKIE] = code
    return draft


def forget() -> None:
    """This browser knows the code no more."""
    session.pop(_COOKIE, None)


def load(connection: Connection, code: str) -> Draft | None:
    """The melding of this code; None when there is none, or when the key of this face was changed since."""
    row = connection.execute(text("SELECT * FROM portaal.draft(:code)"), {"code": code_hash(code)}).one_or_none()
    if row is None:
        return None
    if not row.ciphertext:
        # The team wrote it down and gave the code: there is nothing that this person filled in.
        return Draft(code, sent_at=row.sent_at)
    before = _settings().text_key_before
    try:
        plain = unseal(_key(code, _settings().text_key), row.ciphertext, _ABOUT, _key(code, before) if before else None)
    except SealError:
        return None
    kept = json.loads(plain)
    return Draft(code, kept["answers"], kept["done"], row.sent_at)


def save(connection: Connection, draft: Draft) -> bool:
    """Keeps the answers so far. False: it was sent already, and stays as it was sent."""
    plain = json.dumps({"answers": draft.answers, "done": draft.done}).encode()
    sealed = seal(_key(draft.code, _settings().text_key), plain, _ABOUT)
    kept: bool = connection.execute(
        text("SELECT portaal.save_draft(:code, :sealed)"), {"code": code_hash(draft.code), "sealed": sealed}
    ).scalar_one()
    return kept


def _key(code: str, key: bytes) -> bytes:
    # Of the code as it was typed, in one form; never of the hash, which the database knows.
    return hmac.new(key, f"melding\0{plain_code(code)}".encode(), hashlib.sha256).digest()


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
