"""Signing in, sessions and accounts: every write, through the functions that PostgreSQL offers this face (migrations/rls/50 to 52).

None of these commits. Those with a ``Connection`` run before there is an actor, in ``Database.plain()``.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from portal.accounts import passwords, totp
from portal.accounts.queries import SecondStep, token_hash
from portal.paper_code import code_hash, new_code


@dataclass(frozen=True)
class Trace:
    """Keyed hashes of the name that was typed and of the address it came from; attempts are counted under both."""

    subject: bytes
    address: bytes


@dataclass(frozen=True)
class TooSoon:
    """Too many tries: nothing was compared, and nothing will be for so many seconds."""

    seconds: int


@dataclass(frozen=True)
class FirstStep:
    """An attempt that was written down, with the account it is about; all None when nobody of that name may sign in here."""

    attempt_id: int
    account: UUID | None
    password_hash: str | None


def begin_password(connection: Connection, login: str, trace: Trace) -> FirstStep | TooSoon:
    """Starts an attempt with a user name or e-mail address."""
    row = connection.execute(
        text("SELECT * FROM portaal.sign_in_lookup(:login, :subject, :address)"),
        {"login": login, "subject": trace.subject, "address": trace.address},
    ).one()
    if row.wait_seconds:
        return TooSoon(row.wait_seconds)
    return FirstStep(row.attempt_id, row.account, row.password_hash)


def accept_password(connection: Connection, attempt_id: int, account: UUID, newer_hash: str | None) -> None:
    """The password was right: the counting starts anew, and a hash made with newer settings is kept."""
    connection.execute(
        text("SELECT portaal.password_accepted(:attempt, :account, :hash)"),
        {"attempt": attempt_id, "account": account, "hash": newer_hash},
    )


def begin_code(connection: Connection, account: UUID, trace: Trace) -> tuple[int, SecondStep | None] | TooSoon:
    """Starts an attempt with a code: its number and the secret (None: this account may not be used any more)."""
    row = connection.execute(
        text("SELECT * FROM portaal.second_step(:account, :subject, :address)"),
        {"account": account, "subject": trace.subject, "address": trace.address},
    ).one()
    if row.wait_seconds:
        return TooSoon(row.wait_seconds)
    return row.attempt_id, SecondStep(bytes(row.totp_secret), row.last_totp_step) if row.totp_secret is not None else None


def use_step(connection: Connection, attempt_id: int, account: UUID, step: int) -> bool:
    """Uses a step of 30 seconds up. False: it, or a later one, was used before."""
    used = connection.execute(
        text("SELECT portaal.use_totp_step(:attempt, :account, :step)"), {"attempt": attempt_id, "account": account, "step": step}
    ).scalar_one()
    return bool(used)


def start_session(connection: Connection, account: UUID, method: str) -> str | None:
    """Opens a session and gives its token (256 random bits), which only the cookie will hold; None when the account may not be used."""
    token = secrets.token_urlsafe(32)
    opened = connection.execute(
        text("SELECT portaal.start_session(:account, :token, :method)"),
        {"account": account, "token": token_hash(token), "method": method},
    ).scalar()
    return token if opened is not None else None


def touch_session(connection: Connection, token: str) -> datetime | None:
    """Somebody did something. Gives until when the session now lives; written at most once a minute."""
    until: datetime | None = connection.execute(text("SELECT portaal.touch_session(:token)"), {"token": token_hash(token)}).scalar()
    return until


def end_session(connection: Connection, token: str, reason: str = "uitgelogd") -> None:
    """``reason``: uitgelogd, snel_weg or opnieuw_ingelogd. An unknown token is no error."""
    connection.execute(text("SELECT portaal.end_session(:token, :reason)"), {"token": token_hash(token), "reason": reason})


def set_language(connection: Connection, token: str, language: str) -> None:
    """Keeps the language with the account of a live session."""
    connection.execute(text("SELECT portaal.set_language(:token, :language)"), {"token": token_hash(token), "language": language})


def issue_start_code() -> tuple[str, bytes]:
    """A fresh start code to hand over, and the hash of it that the database keeps."""
    code = new_code()
    return code, code_hash(code)


@dataclass(frozen=True)
class FirstTime:
    """The account that a start code belongs to."""

    account: UUID
    username: str


def begin_first_time(connection: Connection, login: str, code: str, trace: Trace) -> FirstTime | TooSoon | None:
    """None: no such name with such a code, or the code is too old."""
    row = connection.execute(
        text("SELECT * FROM portaal.start_code_lookup(:login, :code, :subject, :address)"),
        {"login": login, "code": code_hash(code), "subject": trace.subject, "address": trace.address},
    ).one()
    if row.wait_seconds:
        return TooSoon(row.wait_seconds)
    return FirstTime(row.account, row.username) if row.account is not None else None


def choose_first_password(connection: Connection, account: UUID, code_hash: bytes, password: str, sealed_secret: bytes) -> bool:
    """Keeps password and secret beside the start code. False: the start code is used or too old."""
    kept = connection.execute(
        text("SELECT portaal.first_password(:account, :code, :hash, :secret)"),
        {"account": account, "code": code_hash, "hash": passwords.hash_password(password), "secret": sealed_secret},
    ).scalar_one()
    return bool(kept)


def finish_first_time(connection: Connection, account: UUID, code_hash: bytes, step: int) -> bool:
    """Uses the start code up; from now on the account works. False: the start code is used or too old."""
    done = connection.execute(
        text("SELECT portaal.first_done(:account, :code, :step)"), {"account": account, "code": code_hash, "step": step}
    ).scalar_one()
    return bool(done)


CARD_CODES, CARD_LENGTH = 10, 12
"""How many codes a card has, and of how many characters (60 bits: beside a password, and slowed down like the app's)."""


def new_card(session: Session, account: UUID) -> list[str]:
    """Ten codes for who has no telephone, to be shown once: the card of before stops. The database keeps hashes."""
    codes = [new_code(CARD_LENGTH) for _ in range(CARD_CODES)]
    session.execute(text("SELECT portaal.new_card(:codes)"), {"codes": [card_hash(account, code) for code in codes]})
    return codes


def change_app(session: Session, sealed_secret: bytes, step: int) -> bool:
    """Another authenticator app for the own account; the old one, the card and other sessions stop. ``step``: of the first code, used up.

    False: a start code was given meanwhile, and nothing changed.
    """
    changed = session.execute(text("SELECT portaal.new_app(:secret, :step)"), {"secret": sealed_secret, "step": step}).scalar_one()
    return bool(changed)


def card_hash(account: UUID, code: str) -> bytes:
    """What the database keeps of a code of a card: another hash for each account."""
    return hashlib.sha256(account.bytes + code_hash(code)).digest()


def use_card_code(connection: Connection, account: UUID, code: str, trace: Trace) -> int | TooSoon | None:
    """How many codes of the card are left after this one; None when it is wrong, or was used."""
    row = connection.execute(
        text("SELECT * FROM portaal.use_card_code(:account, :code, :subject, :address)"),
        {"account": account, "code": card_hash(account, code), "subject": trace.subject, "address": trace.address},
    ).one()
    return TooSoon(row.wait_seconds) if row.wait_seconds else row.codes_left


def new_email_code(session: Session) -> str | None:
    """A code for the e-mail address that waits, kept to be mailed; gives the address, or None when none waits."""
    code = f"{secrets.randbelow(10**6):06}"
    address: str | None = session.execute(text("SELECT portaal.new_email_code(:code)"), {"code": code}).scalar()
    return address


def confirm_email(session: Session, code: str, trace: Trace) -> bool | TooSoon:
    """Whether this is the code that was mailed; then the address is the person's."""
    row = session.execute(
        text("SELECT * FROM portaal.confirm_email(:code, :subject, :address)"),
        {"code": "".join(code.split()), "subject": trace.subject, "address": trace.address},
    ).one()
    return TooSoon(row.wait_seconds) if row.wait_seconds else bool(row.right_code)


def end_all_sessions(session: Session) -> None:
    """Ends every session of the person on this face."""
    session.execute(text("SELECT portaal.end_all_sessions()"))


@dataclass(frozen=True)
class NewAccount:
    """An account to be made by the operator. ``password`` (or its ``password_hash``) with ``totp_secret`` (base32), or ``start_code``."""

    person_id: int
    face: str
    username: str
    email: str | None = None
    language: str = "nl"
    password: str | None = None
    password_hash: str | None = None
    totp_secret: str | None = None
    start_code: str | None = None


def create_account(db: Connection | Session, text_key: bytes, account: NewAccount) -> int:
    """Makes an account, as role portaal_operator, and gives its number.

    Raises ValueError for neither or both of password with secret and start code, and sqlalchemy.exc.IntegrityError for a
    user name, e-mail address or person that already has an account on this face.
    """
    hashed = passwords.hash_password(account.password) if account.password is not None else account.password_hash
    complete = hashed is not None and account.totp_secret is not None
    if complete == (account.start_code is not None):
        raise ValueError("give a password with a secret, or a start code")
    public_id = uuid4()
    made = db.execute(
        text("SELECT portaal.create_account(:public_id, :person, :face, :username, :email, :language, :password, :secret, :code)"),
        {
            "public_id": public_id,
            "person": account.person_id,
            "face": account.face,
            "username": account.username.lower(),
            "email": account.email.lower() if account.email else None,
            "language": account.language,
            "password": hashed,
            "secret": totp.sealed_secret(text_key, public_id, account.totp_secret) if account.totp_secret is not None else None,
            "code": code_hash(account.start_code) if account.start_code is not None else None,
        },
    ).scalar_one()
    return int(made)


def renew_start_code(db: Connection | Session, face: str, username: str) -> str | None:
    """A new start code for somebody outside the team, as portaal_operator; what was before ends. None: there is no such account."""
    code, code_hash = issue_start_code()
    renewed = db.execute(
        text("SELECT portaal.renew_start_code(:face, :username, :code)"), {"face": face, "username": username.strip(), "code": code_hash}
    ).scalar_one()
    return code if renewed else None
