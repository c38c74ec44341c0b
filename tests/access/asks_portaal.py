"""Sessions, language and kept text: of the face that asks, as long as they live, and of nobody else."""

from datetime import datetime, timedelta
from typing import Any

from tests.access.hired import NEW, OTHER, UNUSABLE, account, hire, nothing_else_changes, session, sessions, token
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who, public

LOAD = "SELECT * FROM portaal.load_session(%s)"
SESSIONS = "SELECT id, created_at, last_seen_at, ended_at, ended_reason FROM portaal.session"
BEGINS = {
    "live": {},
    "idle": {"began": "2 hours", "seen": "15 minutes"},
    "expired": {"began": "12 hours"},
    "ended": {"reason": "uitgelogd"},
}


def state(stage: Stage, number: int, face: str = "team") -> tuple[Any, ...] | None:
    """What a token gives: state and person; None when nothing."""
    rows = stage.ask(f"web_{face}", "SELECT state, person_id FROM portaal.load_session(%s)", token(number))
    return rows[0] if rows else None


def everybody(stage: Stage) -> tuple[int, int, int]:
    """Accounts of a colleague on both faces, and of another colleague."""
    hire(stage, NEW)
    hire(stage, OTHER)
    return account(stage, NEW), account(stage, NEW, "inwoner"), account(stage, OTHER)


@scenario
def a_live_session_says_who_is_there(stage: Stage) -> None:
    here, _, _ = everybody(stage)
    session(stage, here, 1, began="3 hours", seen="59 seconds")
    session(stage, here, 2, began="11 hours 50 minutes", seen="1 minute")
    [row] = stage.ask("web_team", LOAD, token(1))
    now: datetime = stage.value("SELECT now()")
    soon = now - timedelta(seconds=59) + timedelta(minutes=15)
    assert row == (
        "live", soon, public("session", 1), public("account team", NEW), NEW, f"Nieuw{NEW} de Vries", f"naam{NEW}", "nl", "professional", None, False,
    )  # fmt: skip
    [row] = stage.ask("web_team", LOAD, token(2))
    assert (row[1], row[-1]) == (now + timedelta(minutes=10), True), "never longer than twelve hours"
    assert stage.ask("web_team", LOAD, token(9)) == []
    session(stage, account(stage, 10, "inwoner"), 3)
    assert stage.ask("web_inwoner", "SELECT kind, on_behalf_of FROM portaal.load_session(%s)", token(3)) == [("vertegenwoordiger", 1)]


@scenario
def a_session_that_is_over_says_no_more_than_whose_it_was(stage: Stage) -> None:
    here, _, _ = everybody(stage)
    for number, (expected, how) in enumerate(BEGINS.items()):
        session(stage, here, number, **how)
        assert state(stage, number) == (expected, NEW)
        assert state(stage, number, "inwoner") is None, "a token of another face"
        if expected != "live":
            [row] = stage.ask("web_team", LOAD, token(number))
            assert set(row) == {expected, NEW, None}
    session(stage, here, 7, began="12 hours", seen="20 minutes")
    session(stage, here, 8, "snel_weg", began="13 hours", seen="20 minutes")
    session(stage, here, 9, began="11 hours 59 minutes", seen="14 minutes")
    assert [state(stage, number) for number in (7, 8, 9)] == [("expired", NEW), ("ended", NEW), ("live", NEW)]
    stage.given("UPDATE portaal.account SET disabled_at = now() WHERE id = %s", here)
    assert state(stage, 9) == ("ended", NEW)


@scenario
def as_what_somebody_comes_in(stage: Stage) -> None:
    def capacity(person: int, face: str) -> Any:
        [row] = stage.seen("SELECT * FROM portaal.capacity(%s, %s)", person, face)
        return row

    stage.given("INSERT INTO casus.mandate (id, dossier_id, person_id, ground, valid_from) VALUES (-1, 3, 10, 'curator', current_date - 1)")
    stage.given("INSERT INTO casus.mandate (id, dossier_id, person_id, ground, valid_from) VALUES (-2, 2, 1, 'curator', current_date - 1)")
    stage.given("INSERT INTO casus.mandate (dossier_id, person_id, ground, valid_from) VALUES (1, 10, 'curator', current_date - 1)")
    stage.given("UPDATE casus.mandate SET valid_until = acl.today(), valid_from = acl.today() WHERE person_id = 14")
    for person, face, expected in (
        (1, "inwoner", ("inwoner", None)),
        (10, "inwoner", ("vertegenwoordiger", 3)),
        (14, "inwoner", ("vertegenwoordiger", 2)),
        (11, "inwoner", ("naaste", None)),
        (12, "inwoner", ("naaste", None)),
        (13, "inwoner", ("naaste", None)),
        (20, "inwoner", ("naaste", None)),
        (40, "inwoner", ("naaste", None)),
        (40, "team", ("professional", None)),
        (52, "team", ("teamleider", None)),
        (1, "team", (None, None)),
        (1, "onafhankelijk", (None, None)),
        (40, "onafhankelijk", (None, None)),
    ):
        assert capacity(person, face) == expected, (person, face)


@scenario
def a_session_begins_for_an_account_that_works_here(stage: Stage) -> None:
    here, _, _ = everybody(stage)
    start = "SELECT portaal.start_session(%s, %s, 'totp')"
    made = stage.one("web_team", start, public("account team", NEW), token(1))
    assert stage.seen("SELECT id, account_id, token_hash, method, ended_at FROM portaal.session") == [(made, here, token(1), "totp", None)]
    assert stage.one("web_inwoner", start, public("account team", NEW), token(2)) is None
    assert stage.one("web_team", start, public("account team", 999), token(2)) is None
    for spoilt in UNUSABLE:

        def play(spoilt: str = spoilt) -> None:
            stage.given(f"UPDATE portaal.account SET {spoilt} WHERE id = %s", here)
            assert stage.one("web_team", start, public("account team", NEW), token(2)) is None, spoilt

        stage.undone(play)
    assert stage.value("SELECT count(*) FROM portaal.session") == 1


@scenario
def doing_something_makes_a_live_session_last(stage: Stage) -> None:
    here, _, _ = everybody(stage)
    touch = "SELECT portaal.touch_session(%s) - now()"
    for number, (expected, how) in enumerate(BEGINS.items()):
        session(stage, here, number, **how)
        if expected != "live":
            assert stage.one("web_team", touch, token(number)) is None, expected
    session(stage, here, 10, began="3 hours", seen="1 minute")
    session(stage, here, 11, began="3 hours", seen="59 seconds")
    session(stage, here, 12, began="11 hours 50 minutes", seen="5 minutes")

    def act() -> None:
        assert stage.one("web_team", touch, token(10)) == timedelta(minutes=15)
        assert stage.one("web_team", touch, token(11)) == timedelta(minutes=14, seconds=1)
        assert stage.one("web_team", touch, token(12)) == timedelta(minutes=10)
        assert stage.one("web_team", touch, token(99)) is None
        assert stage.one("web_inwoner", touch, token(10)) is None, "a token of another face"

    nothing_else_changes(stage, SESSIONS, act, public("session", 10), public("session", 12))
    assert stage.value("SELECT last_seen_at = now() FROM portaal.session WHERE token_hash = %s", token(10)) is True


@scenario
def signing_out_ends_that_session_of_that_face(stage: Stage) -> None:
    here, elsewhere, colleague = everybody(stage)
    for number, whose, reason in ((1, here, None), (2, here, None), (3, here, "snel_weg"), (4, elsewhere, None), (5, colleague, None)):
        session(stage, whose, number, reason)
    end = "SELECT portaal.end_session(%s, 'uitgelogd')"

    def act() -> None:
        for face, number in (("team", 1), ("team", 3), ("team", 4), ("inwoner", 2), ("team", 99)):
            stage.ask(f"web_{face}", end, token(number))

    nothing_else_changes(stage, SESSIONS, act, public("session", 1))
    assert sessions(stage) == {1: "uitgelogd", 2: None, 3: "snel_weg", 4: None, 5: None}
    assert stage.value("SELECT ended_at = now() FROM portaal.session WHERE token_hash = %s", token(1)) is True


@scenario
def signing_out_everywhere_ends_the_own_sessions_of_that_face(stage: Stage) -> None:
    here, elsewhere, colleague = everybody(stage)
    for number, whose, reason in ((1, here, None), (2, here, "snel_weg"), (3, elsewhere, None), (4, colleague, None)):
        session(stage, whose, number, reason)
    stage.ask("web_team", "SELECT portaal.end_all_sessions()")
    assert sessions(stage) == {1: None, 2: "snel_weg", 3: None, 4: None}, "nobody asked"
    stage.ask("web_team", "SELECT portaal.end_all_sessions()", who=Who(NEW, "professional", "team"))
    assert sessions(stage) == {1: "uitgelogd", 2: "snel_weg", 3: None, 4: None}
    stage.ask("web_inwoner", "SELECT portaal.end_all_sessions()", who=Who(NEW, "naaste", "inwoner"))
    assert sessions(stage) == {1: "uitgelogd", 2: "snel_weg", 3: "uitgelogd", 4: None}


@scenario
def the_language_is_chosen_in_a_live_session(stage: Stage) -> None:
    here, elsewhere, _ = everybody(stage)
    for number, how in enumerate(BEGINS.values()):
        session(stage, here, number, **how)
    session(stage, elsewhere, 9)
    speak = "SELECT portaal.set_language(%s, 'en')"
    languages = "SELECT id, language FROM portaal.account"

    def refused() -> None:
        for face, number in (("team", 1), ("team", 2), ("team", 3), ("team", 9), ("inwoner", 0), ("team", 99)):
            stage.ask(f"web_{face}", speak, token(number))

    nothing_else_changes(stage, languages, refused)
    nothing_else_changes(stage, languages, lambda: stage.ask("web_team", speak, token(0)), here)


KEEP = "SELECT portaal.keep_typed_text(%s, '/brief', %s)"
KEPT = "SELECT person_id, face, form_key, ciphertext, saved_at = now() FROM portaal.typed_text"


@scenario
def text_is_kept_for_whose_session_was_alive_today(stage: Stage) -> None:
    here, _, _ = everybody(stage)
    stage.given("INSERT INTO portaal.typed_text VALUES (%s, 'team', '/brief', 'van een ander', now())", OTHER)
    for number, (how, kept) in enumerate(
        (
            ({}, True),
            ({"began": "2 hours", "seen": "1 hour"}, True),
            ({"began": "13 hours", "seen": "13 hours"}, True),
            ({"reason": "uitgelogd"}, True),
            ({"reason": "snel_weg"}, False),
            ({"began": "25 hours", "seen": "24 hours"}, False),
        )
    ):

        def play(number: int = number, how: dict[str, Any] = how, kept: bool = kept) -> None:
            session(stage, here, number, **how)
            assert stage.one("web_inwoner", KEEP, token(number), b"x") is False, "a token of another face"
            for words in (b"eerst", b"later"):
                assert stage.one("web_team", KEEP, token(number), words) is kept, how
            own = [row for row in stage.seen(KEPT) if row[0] == NEW]
            assert own == ([(NEW, "team", "/brief", b"later", True)] if kept else []), how

        stage.undone(play)
    session(stage, here, 1)
    session(stage, here, 2)
    assert stage.one("web_team", KEEP, token(99), b"x") is False
    stage.given("UPDATE portaal.account SET disabled_at = now() WHERE id = %s", here)
    assert stage.one("web_team", KEEP, token(1), b"x") is False
    assert stage.seen(KEPT) == [(OTHER, "team", "/brief", b"van een ander", True)]


@scenario
def what_is_too_old_goes(stage: Stage) -> None:
    here, _, _ = everybody(stage)
    for number, (text_age, trace_age) in enumerate((("24 hours", "90 days"), ("23 hours 59 minutes", "89 days 23 hours")), start=1):
        stage.given("INSERT INTO portaal.typed_text VALUES (%s, 'team', %s, 'x', now() - %s::interval)", NEW, f"/{number}", text_age)
        session(stage, here, number, began=trace_age, seen="1 hour")
        stage.given(
            "INSERT INTO portaal.sign_in_attempt (at, face, step, subject_hash, address_hash) VALUES (now() - %s::interval, %s, 'code', %s, %s)",
            trace_age, str(number), b"s" * 32, b"a" * 32,
        )  # fmt: skip
    for name, handled in (("lang geleden", "now() - interval '90 days'"), ("gisteren", "now() - interval '1 day'"), ("open", "NULL")):
        stage.given(
            "INSERT INTO portaal.sign_in_request (lost, name, birth_date, username, reach, handled_at, handled_by, outcome) VALUES"
            f" ('telefoon', %s, '1980-01-01', '', '', {handled}, CASE WHEN {handled} IS NULL THEN NULL ELSE 40 END,"
            f" CASE WHEN {handled} IS NULL THEN NULL ELSE 'niets' END)",
            name,
        )
    stage.ask("portaal_jobs", "SELECT portaal.clean_up()")
    assert stage.seen("SELECT name FROM portaal.sign_in_request ORDER BY 1") == [("gisteren",), ("open",)]
    assert stage.seen("SELECT form_key FROM portaal.typed_text") == [("/2",)]
    assert list(sessions(stage)) == [2]
    assert stage.seen("SELECT face FROM portaal.sign_in_attempt") == [("2",)]


@scenario
def kept_text_is_the_own_text_on_the_own_face(stage: Stage) -> None:
    me, both = Who(56, "naaste", "inwoner"), Who(56, "professional", "team")
    for person, face, key, age in (
        (56, "inwoner", "/mine", "1 hour"),
        (56, "inwoner", "/old", "24 hours"),
        (56, "team", "/team", "1 hour"),
        (1, "inwoner", "/other", "1 hour"),
    ):
        stage.given("INSERT INTO portaal.typed_text VALUES (%s, %s, %s, 'x', now() - %s::interval)", person, face, key, age)
    keys = "SELECT form_key FROM portaal.typed_text ORDER BY 1"
    assert stage.ask("web_inwoner", keys, who=me) == [("/mine",)]
    assert stage.ask("web_team", keys, who=both) == [("/team",)]
    for role, who in (("web_inwoner", None), ("web_onafhankelijk", Who(56, "naaste", "onafhankelijk"))):
        assert stage.ask(role, keys, who=who) == []
    rows = "SELECT form_key, ciphertext, saved_at FROM portaal.typed_text"
    nothing_else_changes(stage, rows, lambda: stage.ask("web_inwoner", "DELETE FROM portaal.typed_text", who=me), "/mine")


@scenario
def kept_text_is_written_by_the_function_alone(stage: Stage) -> None:
    me = Who(56, "naaste", "inwoner")
    stage.given("INSERT INTO portaal.typed_text VALUES (56, 'inwoner', '/mine', 'x', now())")
    add = "INSERT INTO portaal.typed_text (person_id, face, form_key, ciphertext) VALUES (56, 'inwoner', '/x', 'x')"
    for statement in (add, "UPDATE portaal.typed_text SET ciphertext = 'y'", "UPDATE portaal.typed_text SET person_id = 1"):
        assert stage.refusal("web_inwoner", statement, who=me) == "42501", statement


@scenario
def nobody_reads_accounts_sessions_or_attempts(stage: Stage) -> None:
    for role in ("web_inwoner", "web_team", "web_onafhankelijk", "portaal_jobs", "portaal_operator"):
        for table in ("account", "session", "sign_in_attempt"):
            assert stage.refusal(role, f"SELECT FROM portaal.{table}", who=None) == "42501", (role, table)
    assert stage.refusal("web_team", "SELECT FROM portaal.account", who=PEOPLE["administrator"]) == "42501"
