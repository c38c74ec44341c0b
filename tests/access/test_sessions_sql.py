"""Accounts, sessions, sign-in attempts and kept text as PostgreSQL guards them: asked as the web roles, with real commits."""

import hashlib
import itertools
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from portal.actor import Actor, Kind, Signer
from tests.conftest import PortalDatabase

WEB_ROLES = ("web_inwoner", "web_team", "web_onafhankelijk")
FACE_OF = {"web_inwoner": "inwoner", "web_team": "team", "web_onafhankelijk": "onafhankelijk"}
_numbers = itertools.count(5000)


@dataclass(frozen=True)
class Account:
    """An account with a password and a secret, and its person."""

    number: int
    public_id: UUID
    person: int
    face: str
    username: str


@dataclass
class Sessions:
    """The database, as each role, each statement its own transaction."""

    database: PortalDatabase
    connections: dict[str, psycopg.Connection[Any]]

    def ask(self, role: str, query: str, *values: object) -> list[Any]:
        """Rows, as tuples."""
        return self.connections[role].execute(query, values).fetchall()

    def one(self, role: str, query: str, *values: object) -> Any:
        """The only value."""
        ((value,),) = self.ask(role, query, *values)
        return value

    def admin(self, query: str, *values: object) -> None:
        """As the superuser: what time or other programs bring about."""
        with psycopg.connect(self.database.admin_dsn) as connection:
            connection.execute(query, values)

    def account(self, face: str = "inwoner", *, start_code: bytes | None = None) -> Account:
        """A new person with an account; on the team's face somebody who works here."""
        person = next(_numbers)
        username = f"naam{person}"
        self.ask("portaal_operator", "INSERT INTO casus.person (id, first_name, last_name) VALUES (%s, 'A', 'Proef') RETURNING 1", person)
        if face == "team":
            self.admin(
                "INSERT INTO casus.staff (person_id, job_title, role, joined_on) VALUES (%s, 'x', 'professional', acl.today() - 9)", person
            )
        public_id = uuid4()
        complete = start_code is None
        number = self.one(
            "portaal_operator",
            "SELECT portaal.create_account(%s, %s, %s, %s, %s, 'nl', %s, %s, %s)",
            public_id, person, face, username, f"{username}@voorbeeld.nl",
            "$argon2id$x" if complete else None, b"sealed" if complete else None, _hash(start_code) if start_code else None,
        )  # fmt: skip
        return Account(number, public_id, person, face, username)

    def session(self, account: Account) -> bytes:
        """A new session; gives the hash of its token."""
        token = secrets.token_bytes(32)
        assert self.one(f"web_{account.face}", "SELECT portaal.start_session(%s, %s, 'test')", account.public_id, token)
        return token

    def state(self, account: Account, token: bytes, role: str | None = None) -> str | None:
        """What load_session says; None for no row."""
        rows = self.ask(role or f"web_{account.face}", "SELECT state FROM portaal.load_session(%s)", token)
        return rows[0][0] if rows else None

    def back(self, token: bytes, *, created: str = "0", seen: str = "0") -> None:
        """Lets a session have begun, and been used, so long ago."""
        self.admin(
            "UPDATE portaal.session SET created_at = now() - %s::interval, last_seen_at = now() - %s::interval WHERE token_hash = %s",
            created, seen, token,
        )  # fmt: skip

    def act(self, role: str, person: int, query: str, *values: object) -> list[Any]:
        """Asks with a signed actor of this person."""
        kind = Kind.PROFESSIONAL if role == "web_team" else Kind.INWONER
        token = Signer(role, self.database.keys[role]).sign(Actor(person, kind, uuid4()))
        connection = self.connections[role]
        with connection.transaction():
            connection.execute("SELECT set_config('casus.actor', %s, true)", (token,))
            cursor = connection.execute(query, values)
            return cursor.fetchall() if cursor.description else [(cursor.rowcount,)]


def _hash(plain: bytes) -> bytes:
    return hashlib.sha256(plain).digest()


@pytest.fixture(scope="module")
def sessions(database: PortalDatabase) -> Iterator[Sessions]:
    connections = {
        role: psycopg.connect(database.dsn(role), autocommit=True)
        for role in (*WEB_ROLES, "portaal_operator", "portaal_jobs", "casus_owner", "casus_controle")
    }
    yield Sessions(database, connections)
    for connection in connections.values():
        connection.close()


# --- nobody reaches the tables


@pytest.mark.parametrize("role", [*WEB_ROLES, "portaal_operator", "portaal_jobs", "casus_controle"])
@pytest.mark.parametrize("table", ["account", "session", "sign_in_attempt"])
@pytest.mark.parametrize("act", ["SELECT 1 FROM portaal.{}", "DELETE FROM portaal.{}", "INSERT INTO portaal.{} DEFAULT VALUES"])
def test_no_role_reaches_accounts_sessions_or_attempts(sessions: Sessions, role: str, table: str, act: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        sessions.connections[role].execute(act.format(table))


@pytest.mark.parametrize("table", ["account", "session", "sign_in_attempt", "typed_text"])
def test_the_owner_sees_no_rows(sessions: Sessions, table: str) -> None:
    account = sessions.account()
    token = sessions.session(account)
    sessions.one("web_inwoner", "SELECT portaal.keep_typed_text(%s, '/x', 'x')", token)
    sessions.ask("web_inwoner", "SELECT portaal.sign_in_lookup('x', %s, %s)", _hash(b"x"), _hash(b"y"))
    assert sessions.ask("casus_owner", f"SELECT 1 FROM portaal.{table}") == []


def test_only_the_operator_makes_accounts_and_only_the_job_cleans_up(sessions: Sessions) -> None:
    for role in sessions.connections:
        if role != "portaal_operator" and role != "casus_owner":
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                sessions.ask(role, "SELECT portaal.create_account(gen_random_uuid(), 1, 'team', 'x', NULL, 'nl', NULL, NULL, NULL)")
        if role not in ("portaal_jobs", "casus_owner"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                sessions.ask(role, "SELECT portaal.clean_up()")


@pytest.mark.parametrize(
    "call", ["portaal.end_sessions_of(1, NULL, 'uitgelogd')", "portaal.may_be_used(1)", "portaal.begin_attempt('code', 'a', 'b', 1)"]
)
def test_inner_functions_are_for_the_definer_alone(sessions: Sessions, call: str) -> None:
    for role in (*WEB_ROLES, "portaal_operator", "portaal_jobs"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            sessions.ask(role, f"SELECT {call}")


def test_an_account_begins_with_a_start_code_or_complete_and_not_with_both(sessions: Sessions) -> None:
    for values in ((None, None, None), ("$argon2id$x", None, None), ("$argon2id$x", b"s", _hash(b"c")), (None, b"s", None)):
        with pytest.raises(psycopg.errors.RaiseException):
            sessions.ask(
                "portaal_operator",
                "SELECT portaal.create_account(gen_random_uuid(), 1, 'inwoner', 'xyz', NULL, 'nl', %s::text, %s::bytea, %s::bytea)",
                *values,
            )


# --- one face does not know another's accounts


@pytest.mark.parametrize("role", WEB_ROLES)
@pytest.mark.parametrize("face", ["inwoner", "team", "onafhankelijk"])
def test_an_account_works_on_its_own_face_alone(sessions: Sessions, role: str, face: str) -> None:
    account = sessions.account(face)
    own = FACE_OF[role] == face
    keys = (_hash(secrets.token_bytes(8)), _hash(secrets.token_bytes(8)))
    for login in (account.username, f"{account.username}@voorbeeld.nl", account.username.upper()):
        found = sessions.ask(role, "SELECT account, password_hash FROM portaal.sign_in_lookup(%s, %s, %s)", login, *keys)
        assert found == [(account.public_id, "$argon2id$x") if own else (None, None)]
    ((attempt, secret),) = sessions.ask(
        role, "SELECT attempt_id, totp_secret FROM portaal.second_step(%s, %s, %s)", account.public_id, *keys
    )
    assert (secret is not None) is own
    assert (sessions.one(role, "SELECT totp_secret FROM portaal.peek_second_step(%s)", account.public_id) is not None) is own
    assert sessions.one(role, "SELECT portaal.use_totp_step(%s, %s, 1)", attempt, account.public_id) is own
    assert (
        sessions.one(role, "SELECT portaal.start_session(%s, %s, 'test')", account.public_id, secrets.token_bytes(32)) is not None
    ) is own


@pytest.mark.parametrize("role", WEB_ROLES)
def test_a_session_lives_on_its_own_face_alone(sessions: Sessions, role: str) -> None:
    for face in ("inwoner", "team", "onafhankelijk"):
        account = sessions.account(face)
        token = sessions.session(account)
        own = FACE_OF[role] == face
        sessions.back(token, created="1 hour", seen="10 minutes")
        assert sessions.state(account, token, role) == ("live" if own else None)
        assert (sessions.one(role, "SELECT portaal.touch_session(%s)", token) is not None) is own
        sessions.ask(role, "SELECT portaal.set_language(%s, 'en')", token)
        language = sessions.one(f"web_{face}", "SELECT language FROM portaal.load_session(%s)", token)
        assert language == ("en" if own else "nl")
        assert sessions.one(role, "SELECT portaal.keep_typed_text(%s, '/x', 'x')", token) is own
        sessions.ask(role, "SELECT portaal.end_session(%s, 'uitgelogd')", token)
        assert sessions.state(account, token) == ("ended" if own else "live")


@pytest.mark.parametrize("role", WEB_ROLES)
def test_a_start_code_works_on_its_own_face_alone(sessions: Sessions, role: str) -> None:
    for face in ("inwoner", "team"):
        own = FACE_OF[role] == face
        account = sessions.account(face, start_code=b"code")
        keys = (_hash(secrets.token_bytes(8)), _hash(secrets.token_bytes(8)))
        found = sessions.one(role, "SELECT account FROM portaal.start_code_lookup(%s, %s, %s, %s)", account.username, _hash(b"code"), *keys)
        assert found == (account.public_id if own else None)
        first = (account.public_id, _hash(b"code"))
        assert sessions.one(role, "SELECT portaal.first_password(%s, %s, '$argon2id$y', 'sealed')", *first) is own
        assert (sessions.one(role, "SELECT portaal.first_secret(%s, %s)", *first) is not None) is own
        assert sessions.one(role, "SELECT portaal.first_done(%s, %s, 7)", *first) is own
        # Used up.
        assert sessions.one(role, "SELECT portaal.first_done(%s, %s, 8)", *first) is False
        assert sessions.one(role, "SELECT portaal.first_password(%s, %s, '$argon2id$z', 'sealed')", *first) is False


def test_an_account_with_a_start_code_can_not_sign_in_and_a_code_must_be_right_and_fresh(sessions: Sessions) -> None:
    account = sessions.account(start_code=b"code")
    keys = (_hash(secrets.token_bytes(8)), _hash(secrets.token_bytes(8)))
    right, wrong = (account.public_id, _hash(b"code")), (account.public_id, _hash(b"other"))
    assert sessions.one("web_inwoner", "SELECT portaal.first_done(%s, %s, 7)", *right) is False
    assert sessions.one("web_inwoner", "SELECT portaal.first_password(%s, %s, '$argon2id$y', 'sealed')", *wrong) is False
    assert sessions.one("web_inwoner", "SELECT portaal.first_password(%s, %s, '$argon2id$y', 'sealed')", *right) is True
    assert sessions.one("web_inwoner", "SELECT portaal.first_secret(%s, %s)", *wrong) is None
    assert sessions.one("web_inwoner", "SELECT portaal.first_done(%s, %s, 7)", *wrong) is False
    assert sessions.one("web_inwoner", "SELECT account FROM portaal.sign_in_lookup(%s, %s, %s)", account.username, *keys) is None
    assert sessions.one("web_inwoner", "SELECT totp_secret FROM portaal.second_step(%s, %s, %s)", account.public_id, *keys) is None
    assert sessions.one("web_inwoner", "SELECT portaal.use_totp_step(1, %s, 7)", account.public_id) is False
    assert sessions.one("web_inwoner", "SELECT portaal.start_session(%s, %s, 'test')", account.public_id, secrets.token_bytes(32)) is None
    sessions.admin("UPDATE portaal.account SET start_code_expires_at = now() WHERE id = %s", account.number)
    lookup = "SELECT account FROM portaal.start_code_lookup(%s, %s, %s, %s)"
    assert sessions.one("web_inwoner", lookup, account.username, _hash(b"code"), *keys) is None
    assert sessions.one("web_inwoner", "SELECT portaal.first_secret(%s, %s)", *right) is None
    assert sessions.one("web_inwoner", "SELECT portaal.first_password(%s, %s, '$argon2id$y', 'sealed')", *right) is False
    assert sessions.one("web_inwoner", "SELECT portaal.first_done(%s, %s, 7)", *right) is False


# --- how long a session lives


@pytest.mark.parametrize(
    ("created", "seen", "state"),
    [
        ("1 hour", "14 minutes 50 seconds", "live"),
        ("1 hour", "15 minutes", "idle"),
        ("11 hours 59 minutes 50 seconds", "0", "live"),
        ("12 hours", "0", "expired"),
        ("13 hours", "1 hour", "expired"),
    ],
)
def test_a_session_ends_by_itself(sessions: Sessions, created: str, seen: str, state: str) -> None:
    account = sessions.account()
    token = sessions.session(account)
    sessions.back(token, created=created, seen=seen)
    assert sessions.state(account, token) == state
    if state != "live":
        assert sessions.one("web_inwoner", "SELECT portaal.touch_session(%s)", token) is None
        assert sessions.state(account, token) == state
        sessions.ask("web_inwoner", "SELECT portaal.set_language(%s, 'en')", token)
        ((kind, person, language, name),) = sessions.ask(
            "web_inwoner", "SELECT kind, person_id, language, person_name FROM portaal.load_session(%s)", token
        )
        assert (kind, person, language, name) == (None, account.person, None, None)


def test_touching_is_written_once_a_minute_and_lengthens_to_twelve_hours_at_most(sessions: Sessions) -> None:
    account = sessions.account()
    token = sessions.session(account)
    left = "SELECT extract(epoch FROM portaal.touch_session(%s) - now())::int"
    due = "SELECT touch_due FROM portaal.load_session(%s)"
    sessions.back(token, created="1 hour", seen="40 seconds")
    assert sessions.one("web_inwoner", due, token) is False
    assert sessions.one("web_inwoner", left, token) == pytest.approx(15 * 60 - 40, abs=5)
    sessions.back(token, created="1 hour", seen="61 seconds")
    assert sessions.one("web_inwoner", due, token) is True
    assert sessions.one("web_inwoner", left, token) == pytest.approx(15 * 60, abs=5)
    assert sessions.one("web_inwoner", due, token) is False
    sessions.back(token, created="11 hours 55 minutes", seen="2 minutes")
    assert sessions.one("web_inwoner", left, token) == pytest.approx(5 * 60, abs=5)
    assert sessions.one(
        "web_inwoner", "SELECT extract(epoch FROM until - now())::int FROM portaal.load_session(%s)", token
    ) == pytest.approx(5 * 60, abs=5)


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ("UPDATE casus.staff SET left_on = acl.today() WHERE person_id = {person}", "ended"),
        ("UPDATE casus.staff SET left_on = acl.today() + 1 WHERE person_id = {person}", "live"),
        ("UPDATE casus.staff SET joined_on = acl.today() + 1 WHERE person_id = {person}", "ended"),
        ("DELETE FROM casus.staff WHERE person_id = {person}", "ended"),
        ("UPDATE portaal.account SET disabled_at = now() WHERE person_id = {person}", "ended"),
    ],
)
def test_who_may_not_be_here_has_no_session_and_gets_none(sessions: Sessions, change: str, state: str) -> None:
    account = sessions.account("team")
    token = sessions.session(account)
    sessions.admin(change.format(person=account.person))
    assert sessions.state(account, token) == state
    started = sessions.one("web_team", "SELECT portaal.start_session(%s, %s, 'test')", account.public_id, secrets.token_bytes(32))
    assert (started is not None) is (state == "live")
    assert sessions.one("web_team", "SELECT portaal.keep_typed_text(%s, '/x', 'x')", token) is (state == "live")


def test_signing_out_everywhere_is_about_oneself(sessions: Sessions) -> None:
    mine, other = sessions.account(), sessions.account()
    tokens = [sessions.session(mine), sessions.session(mine), sessions.session(other)]
    sessions.ask("web_inwoner", "SELECT portaal.end_all_sessions()")
    assert [sessions.state(mine, token) for token in tokens] == ["live"] * 3
    sessions.act("web_inwoner", mine.person, "SELECT portaal.end_all_sessions()")
    assert [sessions.state(mine, token) for token in tokens] == ["ended", "ended", "live"]


# --- as what somebody comes in


def test_capacity(sessions: Sessions) -> None:
    owner, stranger = sessions.account(), sessions.account()
    capacity = "SELECT kind, on_behalf_of FROM portaal.load_session(%s)"
    tokens = {account.person: sessions.session(account) for account in (owner, stranger)}
    assert sessions.ask("web_inwoner", capacity, tokens[owner.person]) == [("naaste", None)]
    sessions.admin("INSERT INTO casus.inwoner (person_id, birth_date) VALUES (%s, '1980-01-01')", owner.person)
    sessions.admin("INSERT INTO casus.dossier (id, inwoner_id, opened_on) VALUES (77, %s, acl.today())", owner.person)
    assert sessions.ask("web_inwoner", capacity, tokens[owner.person]) == [("inwoner", None)]
    sessions.admin(
        "INSERT INTO casus.mandate (dossier_id, person_id, ground, valid_from, valid_until)"
        " VALUES (77, %s, 'mentor', acl.today(), acl.today())",
        stranger.person,
    )
    assert sessions.ask("web_inwoner", capacity, tokens[stranger.person]) == [("vertegenwoordiger", owner.person)]
    for ended in (
        "valid_until = acl.today() - 1",
        "valid_until = NULL, valid_from = acl.today() + 1",
        "valid_from = acl.today(), withdrawn_at = now()",
    ):
        sessions.admin(f"UPDATE casus.mandate SET {ended} WHERE person_id = %s", stranger.person)
        assert sessions.ask("web_inwoner", capacity, tokens[stranger.person]) == [("naaste", None)]
    # One's own dossier goes before speaking for somebody else.
    sessions.admin(
        "INSERT INTO casus.mandate (dossier_id, person_id, ground, valid_from) VALUES (77, %s, 'mentor', acl.today())", owner.person
    )
    assert sessions.ask("web_inwoner", capacity, tokens[owner.person]) == [("inwoner", None)]
    colleague = sessions.account("team")
    assert sessions.ask("web_team", capacity, sessions.session(colleague)) == [("professional", None)]
    independent = sessions.account("onafhankelijk")
    assert sessions.ask("web_onafhankelijk", capacity, sessions.session(independent)) == [(None, None)]


# --- codes and tries


def test_a_step_is_used_once_and_never_backwards(sessions: Sessions) -> None:
    account = sessions.account()
    use = "SELECT portaal.use_totp_step(0, %s, %s)"
    answers = [sessions.one("web_inwoner", use, account.public_id, step) for step in (100, 100, 99, 101, 101)]
    assert answers == [True, False, False, True, False]


def _try(sessions: Sessions, subject: bytes, address: bytes | None = None) -> tuple[int, int | None]:
    ((wait, attempt),) = sessions.ask(
        "web_inwoner",
        "SELECT wait_seconds, attempt_id FROM portaal.sign_in_lookup('nobody', %s, %s)",
        _hash(subject),
        address or _hash(secrets.token_bytes(8)),
    )
    return wait, attempt


def test_waiting_grows_from_the_sixth_try_and_stops_at_fifteen_minutes(sessions: Sessions) -> None:
    subject = secrets.token_bytes(8)
    waits = []
    for _number in range(14):
        wait, attempt = _try(sessions, subject)
        waits.append(wait)
        if attempt is None:
            # Nothing was written down while one had to wait; let the time pass.
            sessions.admin("UPDATE portaal.sign_in_attempt SET at = at - interval '15 minutes' WHERE subject_hash = %s", _hash(subject))
            assert _try(sessions, subject)[1] is not None
    # A busy machine may take some seconds between two tries.
    expected = [0, 0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900]
    assert all(0 <= long - wait <= 5 and bool(long) is bool(wait) for long, wait in zip(expected, waits, strict=True)), waits
    sessions.admin("UPDATE portaal.sign_in_attempt SET at = at - interval '24 hours' WHERE subject_hash = %s", _hash(subject))
    assert _try(sessions, subject)[0] == 0


def test_a_right_password_begins_the_count_anew_for_its_own_attempt_only(sessions: Sessions) -> None:
    account, other = sessions.account(), sessions.account()
    subject = _hash(secrets.token_bytes(8))
    for _number in range(4):
        _try(sessions, subject)
    lookup = "SELECT attempt_id FROM portaal.sign_in_lookup(%s, %s, %s)"
    attempt = sessions.one("web_inwoner", lookup, account.username, _hash(subject), _hash(secrets.token_bytes(8)))
    accept = "SELECT portaal.password_accepted(%s, %s, NULL)"
    sessions.ask("web_inwoner", accept, attempt, other.public_id)
    sessions.ask("web_team", accept, attempt, account.public_id)
    assert _try(sessions, subject)[0] > 0
    sessions.ask("web_inwoner", accept, attempt, account.public_id)
    assert _try(sessions, subject)[0] == 0


def test_an_address_may_fail_thirty_times_an_hour(sessions: Sessions) -> None:
    address = _hash(secrets.token_bytes(8))
    waits = [_try(sessions, secrets.token_bytes(8), address)[0] for _number in range(31)]
    assert waits[:30] == [0] * 30
    assert waits[30] > 0
    sessions.admin("UPDATE portaal.sign_in_attempt SET at = at - interval '1 hour' WHERE address_hash = %s", address)
    assert _try(sessions, secrets.token_bytes(8), address)[0] == 0


def test_tries_for_one_name_or_from_one_address_wait_for_each_other(sessions: Sessions) -> None:
    """So that many at once count as many: each is counted before the next looks."""
    lookup = "SELECT portaal.sign_in_lookup('nobody', %s, %s)"
    keys = [_hash(secrets.token_bytes(8)) for _number in range(4)]
    with psycopg.connect(sessions.database.dsn("web_inwoner")) as first, psycopg.connect(sessions.database.dsn("web_inwoner")) as second:
        first.execute(lookup, (keys[0], keys[1]))
        for subject, address, waits in ((keys[0], keys[2], True), (keys[2], keys[1], True), (keys[2], keys[3], False)):
            second.execute("SET lock_timeout = '200ms'")
            if waits:
                with pytest.raises(psycopg.errors.LockNotAvailable):
                    second.execute(lookup, (subject, address))
            else:
                second.execute(lookup, (subject, address))
            second.rollback()
        first.rollback()


# --- kept text


def test_kept_text_is_its_persons_on_its_own_face(sessions: Sessions) -> None:
    mine, other, colleague = sessions.account(), sessions.account(), sessions.account("team")
    sessions.one("web_inwoner", "SELECT portaal.keep_typed_text(%s, '/form', 'sealed')", sessions.session(mine))
    read = "SELECT person_id FROM portaal.typed_text WHERE person_id = ANY (%s)"
    people = [mine.person, other.person, colleague.person]
    assert sessions.ask("web_inwoner", read, people) == []
    assert sessions.act("web_inwoner", mine.person, read, people) == [(mine.person,)]
    assert sessions.act("web_inwoner", other.person, read, people) == []
    # The same person on the team's face, as somebody who works here.
    sessions.admin(
        "INSERT INTO casus.staff (person_id, job_title, role, joined_on) VALUES (%s, 'x', 'professional', acl.today())", mine.person
    )
    assert sessions.act("web_team", mine.person, read, people) == []
    assert sessions.act("web_inwoner", other.person, "DELETE FROM portaal.typed_text WHERE person_id = ANY (%s)", people) == [(0,)]
    sessions.admin("UPDATE portaal.typed_text SET saved_at = now() - interval '24 hours'")
    assert sessions.act("web_inwoner", mine.person, read, people) == []


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ("last_seen_at = now() - interval '20 minutes', created_at = now() - interval '1 day'", True),
        ("last_seen_at = now() - interval '24 hours', created_at = now() - interval '2 days'", False),
        ("ended_at = now(), ended_reason = 'uitgelogd'", True),
        ("ended_at = now(), ended_reason = 'snel_weg'", False),
    ],
)
def test_which_sessions_still_keep_text(sessions: Sessions, change: str, kept: bool) -> None:
    token = sessions.session(sessions.account())
    sessions.admin(f"UPDATE portaal.session SET {change} WHERE token_hash = %s", token)
    assert sessions.one("web_inwoner", "SELECT portaal.keep_typed_text(%s, '/form', 'sealed')", token) is kept
    assert sessions.one("web_inwoner", "SELECT portaal.keep_typed_text(%s, '/form', 'sealed')", secrets.token_bytes(32)) is False


def test_cleaning_up_takes_what_is_too_old_and_nothing_else(sessions: Sessions) -> None:
    account = sessions.account()
    old, young = sessions.session(account), sessions.session(account)
    for form in ("/old", "/young"):
        sessions.one("web_inwoner", "SELECT portaal.keep_typed_text(%s, %s, 'sealed')", young, form)
    old_try, young_try = secrets.token_bytes(8), secrets.token_bytes(8)
    _try(sessions, old_try)
    _try(sessions, young_try)
    sessions.back(old, created="90 days", seen="90 days")
    sessions.back(young, created="89 days", seen="89 days")
    sessions.admin("UPDATE portaal.typed_text SET saved_at = now() - interval '24 hours' WHERE form_key = '/old'")
    sessions.admin("UPDATE portaal.sign_in_attempt SET at = now() - interval '90 days' WHERE subject_hash = %s", _hash(old_try))
    sessions.ask("portaal_jobs", "SELECT portaal.clean_up()")
    with psycopg.connect(sessions.database.admin_dsn) as admin:
        tokens = admin.execute("SELECT token_hash FROM portaal.session WHERE account_id = %s", (account.number,)).fetchall()
        assert [bytes(row[0]) for row in tokens] == [young]
        forms = admin.execute("SELECT form_key FROM portaal.typed_text WHERE person_id = %s", (account.person,)).fetchall()
        assert forms == [("/young",)]
        left = admin.execute(
            "SELECT subject_hash FROM portaal.sign_in_attempt WHERE subject_hash IN (%s, %s)", (_hash(old_try), _hash(young_try))
        ).fetchall()
        assert [bytes(row[0]) for row in left] == [_hash(young_try)]
