"""The six digits of an authenticator app (RFC 6238: SHA-1, 30 seconds, one step early or late)."""

import hmac
import time
from uuid import UUID

import pyotp

from portal.secretbox import seal, totp_about, unseal

SECONDS = 30


def new_secret() -> str:
    """160 random bits in base32."""
    return pyotp.random_base32(32)


def sealed_secret(key: bytes, account: UUID, secret: str) -> bytes:
    """The secret as the database keeps it; it opens for this account only."""
    return seal(key, secret.encode(), totp_about(account))


def open_secret(key: bytes, account: UUID, sealed: bytes, before: bytes | None = None) -> str:
    """The secret; ``before`` is the key of before, while one takes the place of another. Raises portal.secretbox.SealError."""
    return unseal(key, sealed, totp_about(account), before).decode()


def step_now() -> int:
    """The number of the present step."""
    return int(time.time()) // SECONDS


def step_of(secret: str, code: str, last_used: int | None) -> int | None:
    """The step this code belongs to, of those that count now and come after the last used one; None when it is wrong or used."""
    digits = "".join(code.split())
    if not (digits.isascii() and digits.isdecimal() and len(digits) == 6):
        return None
    now = step_now()
    generator = pyotp.TOTP(secret)
    found = None
    for step in (now - 1, now, now + 1):
        if hmac.compare_digest(generator.generate_otp(step), digits) and (last_used is None or step > last_used):
            found = step
    return found


def code_to_show(secret: str, last_used: int | None) -> str | None:
    """A code that will be accepted now (for the demo): the present one, or the next when that was used; None when one must wait."""
    step = max(step_now(), (last_used or 0) + 1)
    return pyotp.TOTP(secret).generate_otp(step) if step <= step_now() + 1 else None


def in_groups(secret: str) -> str:
    """The secret in groups of four, to type over."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def app_link(secret: str, username: str, issuer: str) -> str:
    """The otpauth address that opens an authenticator app."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=issuer)
