"""Reading accounts and sessions, through the functions that PostgreSQL offers this face (migrations/rls/50 and 51)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_login import UserMixin
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from portal import deadlines
from portal.actor import Kind
from portal.i18n import N_


@dataclass(frozen=True, eq=False)
class AccountView(UserMixin):  # type: ignore[misc]
    """Who is signed in, as long as the request lasts. ``token`` is the secret in the cookie and is shown nowhere."""

    token: str
    session_id: UUID
    account: UUID
    person_id: int
    name: str
    username: str
    language: str
    kind: Kind | None
    """None: this account has nothing to do on this face today."""
    on_behalf_of: int | None
    until: datetime
    """The session ends then, unless something is done before; never later than 12 hours after sign-in."""
    touch_due: bool
    """Whether the last thing done was written down a minute ago or longer."""

    def get_id(self) -> str:
        """What Flask-Login keeps in the signed cookie: the session's token, never a person's or account's number."""
        return self.token

    def __repr__(self) -> str:
        return f"<AccountView {self.account}>"


@dataclass(frozen=True)
class SessionOver:
    """A session that was real and lives no more. ``state``: idle, expired or ended."""

    state: str
    person_id: int


# Why somebody isn't signed in (any more): the state, as it stands in an address too, and what is said.
REASONS = {
    "idle": N_("U heeft een tijd niets gedaan. Daarom bent u uitgelogd."),
    "expired": N_("U was 12 uur ingelogd. Daarom bent u uitgelogd."),
    "ended": N_("U bent niet meer ingelogd. Log opnieuw in."),
    "uit": N_("U bent uitgelogd."),
    "opnieuw": N_("Het inloggen duurde te lang. Begin opnieuw."),
}


def token_hash(token: str) -> bytes:
    """What the database keeps of a session's token."""
    return hashlib.sha256(token.encode()).digest()


# Each request asks this one, so it is made once.
_LOAD_SESSION = text("SELECT * FROM portaal.load_session(:token)")


def load_session(connection: Connection, token: str) -> AccountView | SessionOver | None:
    """Who holds this token; None for a token that this face never gave out."""
    row = connection.execute(_LOAD_SESSION, {"token": token_hash(token)}).one_or_none()
    if row is None:
        return None
    if row.state != "live":
        return SessionOver(row.state, row.person_id)
    return AccountView(
        token=token, session_id=row.session_id, account=row.account, person_id=row.person_id, name=row.person_name,
        username=row.username, language=row.language, kind=Kind(row.kind) if row.kind else None, on_behalf_of=row.on_behalf_of,
        until=row.until, touch_due=row.touch_due,
    )  # fmt: skip


@dataclass(frozen=True)
class OwnSignIn:
    """What somebody sees of the own account. ``waiting_email`` was not confirmed yet; ``code_until``: a code for it was mailed."""

    username: str
    email: str | None
    waiting_email: str | None
    code_until: datetime | None
    codes_left: int
    has_card: bool


def own_sign_in(session: Session) -> OwnSignIn:
    """The own account."""
    return OwnSignIn(**session.execute(text("SELECT * FROM portaal.own_sign_in()")).mappings().one())


@dataclass(frozen=True)
class Renewal:
    """A new start code that took the place of a sign-in: when, who gave it (None: a beheerder) and which colleague confirmed it."""

    at: datetime
    asked_by: str | None
    confirmed_by: str | None


def renewals_to_show(session: Session, now: datetime) -> list[Renewal]:
    """For the start page: those of the last year, newest first, as long as the newest is fresh (deadlines.RENEWAL_SHOWN); else none.

    Nobody can click them away, because that could be somebody else who got in with the code.
    """
    found = [Renewal(**row) for row in session.execute(text("SELECT * FROM portaal.own_renewals()")).mappings()]
    return found if found and now < deadlines.due(deadlines.RENEWAL_SHOWN, found[0].at) else []


@dataclass(frozen=True)
class SignInEvent:
    """A line of the change log about signing in: when, what, and who did it."""

    at: datetime
    event: str
    person_name: str
    person_role: str


def sign_in_events(session: Session, person_id: int) -> list[SignInEvent]:
    """The newest things that happened with somebody's way in, each once."""
    rows = session.execute(
        text(
            "SELECT max(at), event, person_name, person_role FROM casus.change_log WHERE subject_id = :person"
            " AND (event LIKE 'account.%' OR event = 'inwoner.address')"
            " GROUP BY date_trunc('second', at), event, person_name, person_role ORDER BY 1 DESC LIMIT 20"
        ),
        {"person": person_id},
    )
    return [SignInEvent(*row) for row in rows]


@dataclass(frozen=True)
class SecondStep:
    """The encrypted secret of an account and the last step of 30 seconds that was used."""

    totp_secret: bytes
    last_totp_step: int | None


def peek_second_step(connection: Connection, account: UUID) -> SecondStep | None:
    """For the demo, which shows the code. Doesn't count as an attempt."""
    row = connection.execute(text("SELECT * FROM portaal.peek_second_step(:account)"), {"account": account}).one()
    return SecondStep(bytes(row.totp_secret), row.last_totp_step) if row.totp_secret is not None else None


def first_secret(connection: Connection, account: UUID, code_hash: bytes) -> bytes | None:
    """The encrypted secret of who is coming in the first time; None before a password was chosen, or when the start code is too old."""
    secret: bytes | None = connection.execute(
        text("SELECT portaal.first_secret(:account, :code)"), {"account": account, "code": code_hash}
    ).scalar()
    return secret
