"""Signing in: for accounts of the face that asks and no other, with a growing wait after failures, each code once."""

from functools import partial
from typing import Any

from tests.access.hired import ACCOUNTS, CODE, HASH, NEW, OTHER, UNUSABLE, account, hire, nothing_else_changes
from tests.access.stage import Stage, scenario
from tests.access.world import public

ME, THERE = b"s" * 32, b"a" * 32
FACES = ("inwoner", "team", "onafhankelijk")
ATTEMPTS = "SELECT id, accepted FROM portaal.sign_in_attempt"


def mine(number: int, face: str = "team") -> Any:
    """The public id of an account."""
    return public(f"account {face}", number)


def attempt(
    stage: Stage, step: str, of_account: int | None, *, accepted: bool = False, ago: str = "1 second", me: bytes = ME, there: bytes = THERE
) -> int:
    """Somebody tried to sign in, so long ago; gives the number."""
    [(made,)] = stage.given(
        "INSERT INTO portaal.sign_in_attempt (at, face, step, subject_hash, address_hash, account_id, accepted)"
        " VALUES (clock_timestamp() - %s::interval, 'team', %s, %s, %s, %s, %s) RETURNING id",
        ago, step, me, there, of_account, accepted,
    )  # fmt: skip
    return int(made)


@scenario
def each_web_role_is_one_face(stage: Stage) -> None:
    for face in FACES:
        assert stage.one(f"web_{face}", "SELECT portaal.own_face()") == face
    assert stage.value("SELECT portaal.own_face()") is None


@scenario
def which_account_may_be_used(stage: Stage) -> None:
    stage.seen("GRANT EXECUTE ON FUNCTION portaal.may_be_used(int) TO web_inwoner, web_team, web_onafhankelijk")
    for number, left, joined in ((710, "NULL", ""), (711, "acl.today()", "- 9"), (712, "acl.today() + 1", "- 9"), (713, "NULL", "+ 1")):
        hire(stage, number, left=left, joined=joined)
    usable = {(710, "team"): True, (711, "team"): False, (712, "team"): True, (713, "team"): False, (1, "team"): False}
    usable |= {(711, "inwoner"): True, (2, "inwoner"): True, (2, "onafhankelijk"): True, (710, "onafhankelijk"): True}
    numbers = {key: account(stage, *key) for key in usable}
    closed = account(stage, 710, "inwoner", disabled="now()")
    for face in FACES:
        for key, number in numbers.items():
            expected = usable[key] and key[1] == face
            assert stage.one(f"web_{face}", "SELECT portaal.may_be_used(%s)", number) is expected, (face, key)
        assert stage.one(f"web_{face}", "SELECT portaal.may_be_used(%s)", closed) is False
        assert stage.one(f"web_{face}", "SELECT portaal.may_be_used(999)") is False


@scenario
def the_wait_grows_with_each_failure(stage: Stage) -> None:
    def wait(failures: int, ago: int = 0) -> int:
        return int(stage.value("SELECT portaal.seconds_to_wait(%s, clock_timestamp() - %s * interval '1 second', 5)", failures, ago))

    assert [wait(failures) for failures in (0, 4, 5, 6, 7, 10, 11, 15, 40)] == [0, 0, 15, 30, 60, 480, 900, 900, 900]
    assert (wait(5, 10), wait(5, 15), wait(5, 99), wait(4, 1)) == (5, 0, 0, 0)


def begin(stage: Stage, me: bytes = ME, there: bytes = THERE) -> tuple[int, int | None]:
    """Begins an attempt with the wrong password: the seconds to wait, and its number."""
    stage.seen("GRANT EXECUTE ON FUNCTION portaal.begin_attempt(text, bytea, bytea, int) TO web_team")
    [(wait, number)] = stage.ask("web_team", "SELECT * FROM portaal.begin_attempt('code', %s, %s, NULL)", me, there)
    return wait, number


@scenario
def an_attempt_is_written_down_before_it_is_judged(stage: Stage) -> None:
    hire(stage, NEW)
    number = account(stage, NEW)
    stage.seen("GRANT EXECUTE ON FUNCTION portaal.begin_attempt(text, bytea, bytea, int) TO web_team")
    [(wait, made)] = stage.ask("web_team", "SELECT * FROM portaal.begin_attempt('code', %s, %s, %s)", ME, THERE, number)
    assert wait == 0
    assert stage.seen("SELECT id, face, step, subject_hash, address_hash, account_id, accepted FROM portaal.sign_in_attempt") == [
        (made, "team", "code", ME, THERE, number, False)
    ]
    assert stage.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()") == 2


@scenario
def five_failures_of_one_name_are_free(stage: Stage) -> None:
    for count in range(5):
        assert begin(stage)[0] == 0, count
    wait, made = begin(stage)
    assert 13 <= wait <= 15
    assert made is None
    assert stage.value("SELECT count(*) FROM portaal.sign_in_attempt") == 5
    assert begin(stage, me=b"x" * 32)[0] == 0, "another name"


@scenario
def a_success_or_a_day_makes_them_forgotten(stage: Stage) -> None:
    for accepted, who, ago, waits in (
        (True, ME, "0 seconds", False),
        (True, b"x" * 32, "0 seconds", True),
        (True, ME, "1 hour", True),
        (False, ME, "25 hours", True),
        (False, b"x" * 32, "0 seconds", True),
    ):

        def play(accepted: bool = accepted, who: bytes = who, ago: str = ago, waits: bool = waits) -> None:
            for _ in range(5):
                attempt(stage, "code", None, there=b"y" * 32)
            attempt(stage, "code", None, accepted=accepted, me=who, ago=ago)
            assert (begin(stage)[0] > 0) is waits, (accepted, who, ago)

        stage.undone(play)
    # Only when failures of today come on top does it matter whether older ones count.
    for ago in ("25 hours", "1 second"):
        for _ in range(4):
            attempt(stage, "code", None, ago=ago)
    assert begin(stage)[0] == 0


@scenario
def thirty_failures_from_one_address_are_free(stage: Stage) -> None:
    for ago, accepted, there, more, waits in (
        ("1 second", False, THERE, 30, True),
        ("1 second", False, THERE, 29, False),
        ("1 second", False, b"y" * 32, 30, False),
        ("61 minutes", False, THERE, 30, False),
        ("1 second", True, THERE, 30, False),
    ):

        def play(ago: str = ago, accepted: bool = accepted, there: bytes = there, more: int = more, waits: bool = waits) -> None:
            for number in range(20):
                attempt(stage, "code", None, me=bytes([number]) * 32, ago="61 minutes")
            for number in range(more):
                attempt(stage, "code", None, accepted=accepted, me=bytes([number]) * 32, there=there, ago=ago)
            assert (begin(stage)[0] > 0) is waits, (ago, accepted, more)

        stage.undone(play)


def look(stage: Stage, login: str, face: str = "team") -> tuple[Any, ...]:
    """The first step, which is always answered: account and hash; and whose the attempt is."""
    [(wait, number, found, password)] = stage.ask(f"web_{face}", "SELECT * FROM portaal.sign_in_lookup(%s, %s, %s)", login, ME, THERE)
    assert wait == 0
    [whose] = stage.seen("SELECT account_id, step, accepted FROM portaal.sign_in_attempt WHERE id = %s", number)
    stage.given("DELETE FROM portaal.sign_in_attempt")
    return (found, password, *whose)


NOBODY = (None, None, None, "wachtwoord", False)


@scenario
def the_first_step_finds_an_account_of_this_face_by_name_or_address(stage: Stage) -> None:
    hire(stage, NEW)
    hire(stage, OTHER)
    number = account(stage, NEW)
    account(stage, OTHER)
    account(stage, 2, "inwoner")
    for login in (f"naam{NEW}", f"NAAM{NEW}", f"Naam{NEW}@Voorbeeld.nl"):
        assert look(stage, login) == (mine(NEW), HASH, number, "wachtwoord", False), login
    for login in ("naam2", "naam", "", "%"):
        assert look(stage, login) == NOBODY, login
    assert look(stage, "naam2", "inwoner")[0] == mine(2, "inwoner")
    assert look(stage, f"naam{NEW}", "inwoner") == NOBODY
    # The same name on another face is another account.
    stage.given("UPDATE portaal.account SET username = %s WHERE person_id = 2", f"naam{NEW}")
    assert look(stage, f"naam{NEW}") == (mine(NEW), HASH, number, "wachtwoord", False)
    assert look(stage, f"naam{NEW}", "inwoner")[0] == mine(2, "inwoner")


@scenario
def the_first_step_finds_no_account_that_does_not_work(stage: Stage) -> None:
    hire(stage, NEW)
    account(stage, NEW)
    for spoilt in (
        "password_hash = NULL",
        "totp_secret = NULL",
        *UNUSABLE,
    ):

        def play(spoilt: str = spoilt) -> None:
            stage.given(f"UPDATE portaal.account SET {spoilt}")
            assert look(stage, f"naam{NEW}") == NOBODY, spoilt

        stage.undone(play)


@scenario
def who_must_wait_is_told_nothing(stage: Stage) -> None:
    hire(stage, NEW)
    account(stage, NEW, code=True)
    for _ in range(5):
        attempt(stage, "code", None)
    calls = (
        ("SELECT * FROM portaal.sign_in_lookup(%s, %s, %s)", (f"naam{NEW}", ME, THERE)),
        ("SELECT * FROM portaal.second_step(%s, %s, %s)", (mine(NEW), ME, THERE)),
        ("SELECT * FROM portaal.start_code_lookup(%s, %s, %s, %s)", (f"naam{NEW}", CODE, ME, THERE)),
    )
    for sql, values in calls:
        [(wait, *rest)] = stage.ask("web_team", sql, *values)
        assert wait > 0
        assert rest == [None, None, None], sql
    stage.given(
        "UPDATE portaal.account SET start_code_hash = NULL, start_code_expires_at = NULL, password_hash = %s, totp_secret = 'x'", HASH
    )
    for sql, values in calls[:2]:
        assert stage.ask("web_team", sql, *values)[0][1:] == (None, None, None), sql


@scenario
def a_right_password_is_written_down_for_that_attempt(stage: Stage) -> None:
    hire(stage, NEW)
    hire(stage, OTHER)
    here, other = account(stage, NEW), account(stage, OTHER)
    good, of_another, of_nobody = (
        attempt(stage, "wachtwoord", here),
        attempt(stage, "wachtwoord", other),
        attempt(stage, "wachtwoord", None),
    )
    other_step = attempt(stage, "code", here)
    attempt(stage, "wachtwoord", here)
    accept = "SELECT portaal.password_accepted(%s, %s, %s)"
    nothing_else_changes(stage, ACCOUNTS, lambda: stage.ask("web_team", accept, of_nobody, mine(NEW), None))
    for wrong in (of_another, of_nobody, other_step):
        nothing_else_changes(stage, ATTEMPTS, partial(stage.ask, "web_team", accept, wrong, mine(NEW), None))
    nothing_else_changes(stage, ATTEMPTS, lambda: stage.ask("web_inwoner", accept, good, mine(NEW), None))
    stage.ask("web_team", accept, good, mine(NEW), None)
    assert stage.seen("SELECT id FROM portaal.sign_in_attempt WHERE accepted") == [(good,)]


@scenario
def a_newer_hash_takes_the_place_of_the_old_one(stage: Stage) -> None:
    hire(stage, NEW)
    hire(stage, OTHER)
    here, _ = account(stage, NEW), account(stage, OTHER)
    accept = "SELECT portaal.password_accepted(0, %s, '$argon2id$nieuw')"
    nothing_else_changes(stage, ACCOUNTS, lambda: stage.ask("web_inwoner", accept, mine(NEW)))
    nothing_else_changes(stage, ACCOUNTS, lambda: stage.ask("web_team", accept, mine(NEW)), here)
    assert stage.value("SELECT password_hash FROM portaal.account WHERE id = %s", here) == "$argon2id$nieuw"
    for spoilt in UNUSABLE:
        stage.given(f"UPDATE portaal.account SET {spoilt}, password_hash = %s", HASH)
        nothing_else_changes(stage, ACCOUNTS, lambda: stage.ask("web_team", accept, mine(NEW)))
        stage.given("UPDATE portaal.account SET start_code_hash = NULL, start_code_expires_at = NULL, disabled_at = NULL")


@scenario
def the_second_step_gives_the_secret_of_a_working_account(stage: Stage) -> None:
    hire(stage, NEW)
    hire(stage, OTHER)
    here, _ = account(stage, NEW), account(stage, OTHER)
    second, peek = "SELECT * FROM portaal.second_step(%s, %s, %s)", "SELECT * FROM portaal.peek_second_step(%s)"
    stage.given("UPDATE portaal.account SET totp_secret = 'ander', last_totp_step = 9 WHERE person_id = %s", OTHER)
    [(wait, number, *found)] = stage.ask("web_team", second, mine(NEW), ME, THERE)
    assert (wait, found) == (0, [b"geheim", 5])
    assert stage.seen("SELECT account_id, step FROM portaal.sign_in_attempt WHERE id = %s", number) == [(here, "code")]
    assert stage.ask("web_team", peek, mine(NEW)) == [(b"geheim", 5)]
    [(wait, number, *found)] = stage.ask("web_inwoner", second, mine(NEW), ME, THERE)
    assert (wait, found) == (0, [None, None])
    assert stage.value("SELECT account_id FROM portaal.sign_in_attempt WHERE id = %s", number) is None
    for spoilt in UNUSABLE:

        def play(spoilt: str = spoilt) -> None:
            stage.given(f"UPDATE portaal.account SET {spoilt} WHERE id = %s", here)
            assert stage.ask("web_team", peek, mine(NEW)) == [(None, None)], spoilt
            assert stage.ask("web_team", second, mine(NEW), ME, THERE)[0][2:] == (None, None), spoilt

        stage.undone(play)


USE = "SELECT portaal.use_totp_step(%s, %s, %s)"


@scenario
def each_code_works_once_and_only_forward(stage: Stage) -> None:
    hire(stage, NEW)
    hire(stage, OTHER)
    here, other = account(stage, NEW), account(stage, OTHER)
    good, of_another, other_step = attempt(stage, "code", here), attempt(stage, "code", other), attempt(stage, "wachtwoord", here)
    attempt(stage, "code", here)
    for step, works in ((4, False), (5, False), (6, True), (6, False), (9, True), (8, False)):
        assert stage.one("web_team", USE, 0, mine(NEW), step) is works, step
    assert stage.seen("SELECT person_id, last_totp_step FROM portaal.account ORDER BY 1") == [(NEW, 9), (OTHER, 5)]
    stage.given("UPDATE portaal.account SET last_totp_step = NULL WHERE id = %s", here)
    for number, step in ((of_another, 1), (other_step, 2), (good, 3)):
        assert stage.one("web_team", USE, number, mine(NEW), step) is True
    assert stage.seen("SELECT id FROM portaal.sign_in_attempt WHERE accepted") == [(good,)]


@scenario
def no_code_works_for_an_account_that_does_not(stage: Stage) -> None:
    hire(stage, NEW)
    here = account(stage, NEW)
    assert stage.one("web_inwoner", USE, 0, mine(NEW), 99) is False
    for spoilt in UNUSABLE:

        def play(spoilt: str = spoilt) -> None:
            stage.given(f"UPDATE portaal.account SET {spoilt} WHERE id = %s", here)
            number = attempt(stage, "code", here)
            assert stage.one("web_team", USE, number, mine(NEW), 99) is False, spoilt
            assert stage.seen("SELECT FROM portaal.sign_in_attempt WHERE accepted") == []

        stage.undone(play)
