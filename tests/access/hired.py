"""People who work here, their accounts, sessions and absences: what the scenarios of staff and accounts begin with."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from tests.access.stage import Stage
from tests.access.world import PEOPLE, public

LEAD, ADMIN, WORKER = PEOPLE["team lead"], PEOPLE["administrator"], PEOPLE["assigned"]
NORTH, SOUTH = "(SELECT public_id FROM casus.team WHERE id = 1)", "(SELECT public_id FROM casus.team WHERE id = 2)"
NEW, OTHER, LEFT = 700, 701, 702
CODE, HASH = b"c" * 32, "$argon2id$proef"
# What makes an account one that does not work: a start code that still waits, and an account that is closed.
PENDING = "start_code_hash = decode(repeat('63', 32), 'hex'), start_code_expires_at = now()"
UNUSABLE = (PENDING, "disabled_at = now()")


def person(number: int) -> UUID:
    """The public id of a person."""
    return public("person", number)


def hire(stage: Stage, number: int, *, team: int | None = 1, role: str = "professional", left: str = "NULL", joined: str = "- 10") -> None:
    """Somebody works here."""
    stage.given(
        "INSERT INTO casus.person (id, public_id, first_name, infix, last_name, is_staff) VALUES (%s, %s, %s, 'de', 'Vries', true)",
        number,
        person(number),
        f"Nieuw{number}",
    )
    stage.given(
        "INSERT INTO casus.staff (person_id, job_title, team_id, role, joined_on, left_on)"
        f" VALUES (%s, 'werker', %s, %s, acl.today() {joined}, {left})",
        number,
        team,
        role,
    )


def account(stage: Stage, number: int, face: str = "team", *, code: bool = False, disabled: str = "NULL") -> int:
    """An account; gives its number. With ``code`` a start code still waits."""
    [(made,)] = stage.given(
        "INSERT INTO portaal.account (public_id, person_id, face, username, email, password_hash, totp_secret, last_totp_step, start_code_hash,"
        f" start_code_expires_at, disabled_at) VALUES (%s, %s, %s, %s, %s, %s, %s, 5, %s, %s, {disabled}) RETURNING id",
        public(f"account {face}", number),
        number,
        face,
        f"naam{number}",
        f"naam{number}@voorbeeld.nl",
        None if code else HASH,
        None if code else b"geheim",
        CODE if code else None,
        "2099-01-01" if code else None,
    )
    return int(made)


def token(number: int) -> bytes:
    """The hash of a session's token, by a number."""
    return number.to_bytes(32, "big")


def session(
    stage: Stage, of_account: int, number: int, reason: str | None = None, *, began: str = "1 minute", seen: str = "0 minutes"
) -> None:
    """A session that began and was used so long ago; with ``reason`` it was ended."""
    stage.given(
        "INSERT INTO portaal.session (id, account_id, token_hash, method, created_at, last_seen_at, ended_at, ended_reason)"
        " VALUES (%s, %s, %s, 'wachtwoord', now() - %s::interval, now() - %s::interval, CASE WHEN %s::text IS NOT NULL THEN now() END, %s)",
        public("session", number),
        of_account,
        token(number),
        began,
        seen,
        reason,
        reason,
    )


def sessions(stage: Stage) -> dict[int, str | None]:
    """How each session was ended."""
    rows = stage.seen("SELECT token_hash, ended_reason FROM portaal.session")
    return {int.from_bytes(token, "big"): reason for token, reason in rows}


def logged(stage: Stage) -> tuple[Any, ...]:
    """The newest line of the change log."""
    [line] = stage.seen("SELECT event, subject_id, person_id FROM casus.change_log ORDER BY id DESC LIMIT 1")
    return line


def nothing_else_changes(stage: Stage, query: str, act: Callable[[], object], *changed: object) -> None:
    """The rows of ``query`` (first column: which) are as they were, but for those named."""
    before = {row[0]: row for row in stage.seen(query)}
    act()
    after = {row[0]: row for row in stage.seen(query)}
    differing = {which for which in before.keys() | after.keys() if before.get(which) != after.get(which)}
    assert differing == set(changed), differing


ACCOUNTS = "SELECT id, password_hash, totp_secret, last_totp_step, start_code_hash, start_code_expires_at, disabled_at FROM portaal.account"
STAFF = "SELECT person_id, job_title, team_id, role, joined_on, left_on FROM casus.staff"
