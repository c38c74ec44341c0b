"""Ways to prove who you are, behind one interface: today a password and a code, later DigiD beside it.

A method works in two steps. ``begin`` takes what was filled in on the sign-in page and says where to go on (its own second page,
or the address of another party) and what to remember meanwhile; ``finish`` takes what came back. Neither knows pages or cookies.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from portal.accounts import commands, passwords, queries, totp
from portal.accounts.commands import Trace
from portal.db import Database
from portal.i18n import N_
from portal.secretbox import SealError, keyed_hash

Given = Mapping[str, str]
Remembered = Mapping[str, str]


@dataclass(frozen=True)
class Refused:
    """No. ``message`` is source text to translate, the same for every reason that must not be told apart."""

    message: str


@dataclass(frozen=True)
class Wait:
    """Too many tries: try again after so many seconds."""

    seconds: int


@dataclass(frozen=True)
class GoOn:
    """The first step was right. ``remember`` goes into the signed cookie and comes back to ``finish``; it holds nothing secret."""

    url: str
    remember: Remembered


@dataclass(frozen=True)
class Proven:
    """This is the account's person."""

    account: UUID


class SignInMethod(Protocol):
    """One way to sign in."""

    @property
    def name(self) -> str:
        """Kept with the session: how the person proved who they are."""

    def begin(self, given: Given, address: str) -> GoOn | Refused | Wait:
        """First step. ``address``: where the request comes from, to slow down who guesses."""

    def finish(self, remembered: Remembered, given: Given, address: str) -> Proven | Refused | Wait:
        """Second step."""

    def demo_hint(self, remembered: Remembered) -> str | None:
        """What the demo shows at the second step, so that one can go on without a telephone."""


WRONG_PASSWORD = N_("Deze naam en dit wachtwoord horen niet bij elkaar. Kijk of u ze goed heeft getypt.")
WRONG_CODE = N_("Deze code klopt niet, of u heeft hem al gebruikt. Wacht op een nieuwe code.")


@dataclass(frozen=True)
class PasswordAndCode:
    """User name or e-mail address with a password, then the six digits of an authenticator app."""

    database: Database
    text_key: bytes = field(repr=False)
    text_key_before: bytes | None = field(default=None, repr=False)
    name: str = "wachtwoord_en_code"

    def begin(self, given: Given, address: str) -> GoOn | Refused | Wait:
        """Needs ``login`` and ``password``. An unknown name costs the same work as a wrong password, and gets the same answer."""
        login, password = given["login"].strip().lower(), given["password"]
        with self.database.plain() as connection:
            found = commands.begin_password(connection, login, self.trace("login", login, address))
        # The attempt is committed before the slow comparison, so no connection is held meanwhile and no try is free.
        if isinstance(found, commands.TooSoon):
            return Wait(found.seconds)
        if not passwords.matches(found.password_hash, password) or found.account is None or found.password_hash is None:
            return Refused(WRONG_PASSWORD)
        newer = passwords.newer_hash(found.password_hash, password)
        with self.database.plain() as connection:
            commands.accept_password(connection, found.attempt_id, found.account, newer)
        return GoOn("/inloggen/code", {"account": str(found.account)})

    def finish(self, remembered: Remembered, given: Given, address: str) -> Proven | Refused | Wait:
        """Needs ``code``. Each code works once."""
        account = UUID(remembered["account"])
        with self.database.plain() as connection:
            begun = commands.begin_code(connection, account, self.trace("account", str(account), address))
            if isinstance(begun, commands.TooSoon):
                return Wait(begun.seconds)
            attempt_id, second = begun
            step = self._step(account, second, given["code"])
            if step is None or not commands.use_step(connection, attempt_id, account, step):
                return Refused(WRONG_CODE)
        return Proven(account)

    def demo_hint(self, remembered: Remembered) -> str | None:
        """The code of this moment; None when it was used and one must wait for the next."""
        account = UUID(remembered["account"])
        with self.database.plain() as connection:
            second = queries.peek_second_step(connection, account)
        if second is None:
            return None
        secret = totp.open_secret(self.text_key, account, second.totp_secret, self.text_key_before)
        return totp.code_to_show(secret, second.last_totp_step)

    def trace(self, kind: str, value: str, address: str) -> Trace:
        """Under what an attempt is counted."""
        return Trace(keyed_hash(self.text_key, f"sign-in {kind}", value), keyed_hash(self.text_key, "sign-in address", address))

    def _step(self, account: UUID, second: queries.SecondStep | None, code: str) -> int | None:
        if second is None:
            return None
        try:
            secret = totp.open_secret(self.text_key, account, second.totp_secret, self.text_key_before)
        except SealError:
            return None
        return totp.step_of(secret, code, second.last_totp_step)
