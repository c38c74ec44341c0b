"""Passwords: Argon2id, and what makes one good enough (OWASP ASVS 5.0, 6.2: long, not a common one, no rules about its characters)."""

import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.i18n import N_

SHORTEST = 12
LONGEST = 200

# OWASP Password Storage Cheat Sheet: at least 19 MiB with two passes. This is RFC 9106's proposal for little memory, on one lane.
_HASHER = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=1)

# Common ones of twelve characters and more. A short list: sign-in is slowed down after five tries, so only the first guesses count.
_COMMON = frozenset(Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8").split())


def normal(password: str) -> str:
    """The same characters however the keyboard made them (NFKC). Nothing is cut off, spaces count."""
    return unicodedata.normalize("NFKC", password)


def hash_password(password: str) -> str:
    """Gives the Argon2id hash to keep."""
    return _HASHER.hash(normal(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether this is the password. With nothing kept it does the same work, so that an unknown name takes as long as a wrong password."""
    try:
        right = _HASHER.verify(kept or _nobody(), normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return right and kept is not None


def newer_hash(kept: str, password: str) -> str | None:
    """A new hash when the kept one was made with older settings, else None."""
    return hash_password(password) if _HASHER.check_needs_rehash(kept) else None


def objection(password: str, names: tuple[str, ...]) -> str | None:
    """Why this password can't be chosen (source text to translate), or None. ``names``: the user name and what else it may not be."""
    plain = normal(password)
    if len(plain) < SHORTEST:
        return N_("Kies een wachtwoord van 12 tekens of meer.")
    if len(plain) > LONGEST:
        return N_("Kies een wachtwoord van 200 tekens of minder.")
    low = plain.casefold()
    if any(name and low == name.casefold() for name in names):
        return N_("Kies een wachtwoord dat niet uw gebruikersnaam is.")
    if low in _COMMON or len(set(low)) <= 2:
        return N_("Dit wachtwoord gebruiken veel mensen. Kies een ander wachtwoord.")
    return None


@cache
def _nobody() -> str:
    """A hash of a password that nobody has."""
    return _HASHER.hash("\0nobody")


def prepare() -> None:
    """Makes that hash before the first visitor comes, or the first unknown name would take twice as long."""
    _nobody()
