"""Coming in the first time: a start code opens its own account, once, until a password and a code are set."""

from datetime import timedelta
from functools import partial
from typing import Any

from tests.access.asks_sign_in import ME, THERE, attempt, mine
from tests.access.hired import ACCOUNTS, CODE, HASH, NEW, OTHER, account, hire, nothing_else_changes
from tests.access.stage import Stage, scenario


def start(stage: Stage, login: str, code: bytes = CODE, face: str = "team") -> tuple[Any, ...]:
    """A start code is tried: account, name, and what the attempt says."""
    [(wait, number, *found)] = stage.ask(f"web_{face}", "SELECT * FROM portaal.start_code_lookup(%s, %s, %s, %s)", login, code, ME, THERE)
    assert wait == 0
    [line] = stage.seen("SELECT account_id, step, accepted FROM portaal.sign_in_attempt WHERE id = %s", number)
    stage.given("DELETE FROM portaal.sign_in_attempt WHERE id = %s", number)
    return (*found, *line)


@scenario
def a_start_code_opens_its_own_account(stage: Stage) -> None:
    hire(stage, NEW)
    hire(stage, OTHER)
    here, _ = account(stage, NEW, code=True), account(stage, OTHER, code=True)
    attempt(stage, "startcode", None)
    nobody = (None, None, None, "startcode", False)
    for login in (f"naam{NEW}", f"NAAM{NEW}@voorbeeld.NL"):
        assert start(stage, login) == (mine(NEW), f"naam{NEW}", here, "startcode", True)
    assert stage.seen("SELECT FROM portaal.sign_in_attempt WHERE accepted") == [], "no other attempt counts as a success"
    assert start(stage, f"naam{NEW}", b"x" * 32) == nobody
    assert start(stage, "naam999") == nobody
    assert start(stage, f"naam{NEW}", face="inwoner") == nobody
    for spoilt in ("start_code_expires_at = now()", "disabled_at = now()"):

        def play(spoilt: str = spoilt) -> None:
            stage.given(f"UPDATE portaal.account SET {spoilt}")
            assert start(stage, f"naam{NEW}") == nobody, spoilt

        stage.undone(play)


FIRST = {
    "first_password": "SELECT portaal.first_password(%s, %s, '$argon2id$nieuw', 'nieuw')",
    "first_secret": "SELECT portaal.first_secret(%s, %s)",
    "first_done": "SELECT portaal.first_done(%s, %s, 77)",
}


@scenario
def the_first_steps_take_the_start_code_of_that_account(stage: Stage) -> None:
    hire(stage, NEW)
    hire(stage, OTHER)
    here, _ = account(stage, NEW, code=True), account(stage, OTHER, code=True)
    stage.given("UPDATE portaal.account SET password_hash = %s, totp_secret = 'oud', last_totp_step = 5", HASH)
    for name, (face, code, spoilt) in {
        "another face": ("inwoner", CODE, None),
        "another code": ("team", b"x" * 32, None),
        "over": ("team", CODE, "start_code_expires_at = now()"),
        "closed": ("team", CODE, "disabled_at = now()"),
    }.items():

        def play(name: str = name, face: str = face, code: bytes = code, spoilt: str | None = spoilt) -> None:
            if spoilt:
                stage.given(f"UPDATE portaal.account SET {spoilt}")
            for sql in FIRST.values():
                nothing_else_changes(stage, ACCOUNTS, partial(_refused, stage, face, sql, code, name))

        stage.undone(play)
    assert stage.one("web_team", FIRST["first_secret"], mine(NEW), CODE) == b"oud"
    nothing_else_changes(stage, ACCOUNTS, lambda: _true(stage, FIRST["first_password"]), here)
    [(*_, step)] = stage.seen("SELECT password_hash, totp_secret, last_totp_step FROM portaal.account WHERE id = %s", here)
    assert step is None
    assert stage.one("web_team", FIRST["first_secret"], mine(NEW), CODE) == b"nieuw"
    nothing_else_changes(stage, ACCOUNTS, lambda: _true(stage, FIRST["first_done"]), here)
    [row] = stage.seen(f"{ACCOUNTS} WHERE id = %s", here)
    assert row == (here, "$argon2id$nieuw", b"nieuw", 77, None, None, None)


def _refused(stage: Stage, face: str, sql: str, code: bytes, why: str) -> None:
    assert not stage.one(f"web_{face}", sql, mine(NEW), code), (why, sql)


def _true(stage: Stage, sql: str) -> None:
    assert stage.one("web_team", sql, mine(NEW), CODE) is True


@scenario
def nobody_is_done_without_password_and_secret(stage: Stage) -> None:
    hire(stage, NEW)
    account(stage, NEW, code=True)
    for password, secret, done in ((HASH, None, False), (None, b"x", False), (None, None, False), (HASH, b"x", True)):
        stage.given("UPDATE portaal.account SET password_hash = %s, totp_secret = %s", password, secret)
        assert stage.one("web_team", FIRST["first_done"], mine(NEW), CODE) is done, (password, secret)


@scenario
def the_operator_makes_accounts_with_a_code_or_ready(stage: Stage) -> None:
    make = "SELECT portaal.create_account(%s, 1, 'inwoner', 'anna', 'a@voorbeeld.nl', 'en', %s, %s, %s)"
    row = "SELECT id, public_id, person_id, face, username, email, language, password_hash, totp_secret, start_code_hash, start_code_expires_at - now() FROM portaal.account"
    for password, secret, code, made in (
        (None, None, CODE, True),
        (HASH, b"x", None, True),
        (None, None, None, False),
        (HASH, None, None, False),
        (None, b"x", None, False),
        (HASH, b"x", CODE, False),
    ):

        def play(password: str | None = password, secret: bytes | None = secret, code: bytes | None = code, made: bool = made) -> None:
            values = (mine(1), password, secret, code)
            if not made:
                assert stage.refusal("portaal_operator", make, *values) == "P0001", (password, secret, code)
                return
            number = stage.one("portaal_operator", make, *values)
            life = timedelta(days=7) if code else None
            assert stage.seen(row) == [(number, mine(1), 1, "inwoner", "anna", "a@voorbeeld.nl", "en", password, secret, code, life)]

        stage.undone(play)
