"""The own account: the card for who has no telephone, and confirming an e-mail address. Of the own account on this face, and of no other."""

from datetime import timedelta
from typing import Any

from tests.access.asks_door import door_line
from tests.access.asks_sign_in import ME, THERE, attempt, mine
from tests.access.hired import HASH, account, nothing_else_changes, session, sessions
from tests.access.stage import SESSION, Stage, scenario
from tests.access.world import PEOPLE

OWNER, GUEST = PEOPLE["owner"], PEOPLE["grant whole"]
CARD = "SELECT account_id, code_hash, used_at IS NOT NULL FROM portaal.recovery_code ORDER BY 1, 2"


def card(stage: Stage, of_account: int, *numbers: int, used: bool = False) -> None:
    """Codes of a card, by number."""
    for number in numbers:
        stage.given(
            "INSERT INTO portaal.recovery_code VALUES (%s, %s, CASE WHEN %s THEN now() END)", of_account, bytes([number]) * 32, used
        )


@scenario
def the_own_account_is_told_and_no_other(stage: Stage) -> None:
    ask = "SELECT * FROM portaal.own_sign_in()"
    here, there, other = account(stage, 1, "inwoner"), account(stage, 1, "onafhankelijk"), account(stage, 2, "inwoner")
    assert stage.ask("web_inwoner", ask) == []
    assert stage.ask("web_inwoner", ask, who=OWNER) == [("naam1", "naam1@voorbeeld.nl", None, None, 0, False)]
    for whose in (there, other):
        card(stage, whose, 1)
        stage.given("INSERT INTO portaal.new_email VALUES (%s, 'ander@voorbeeld.nl')", whose)
    assert stage.ask("web_inwoner", ask, who=OWNER) == [("naam1", "naam1@voorbeeld.nl", None, None, 0, False)]
    card(stage, here, 1, 2)
    card(stage, here, 3, used=True)
    stage.given("INSERT INTO portaal.new_email VALUES (%s, 'nieuw@voorbeeld.nl', '123456', '2099-01-01')", here)
    [row] = stage.ask("web_inwoner", ask, who=OWNER)
    assert row[:3] == ("naam1", "naam1@voorbeeld.nl", "nieuw@voorbeeld.nl")
    assert row[3].year == 2099
    assert row[4:] == (2, True)
    stage.given("UPDATE portaal.recovery_code SET used_at = now() WHERE account_id = %s", here)
    assert stage.ask("web_inwoner", ask, who=OWNER)[0][4:] == (0, True)


@scenario
def a_new_card_takes_the_place_of_the_own_one(stage: Stage) -> None:
    here, there, other = account(stage, 1, "inwoner"), account(stage, 1, "onafhankelijk"), account(stage, 2, "inwoner")
    for whose in (here, there, other):
        card(stage, whose, 1)
    # An empty card refers to no account, so only waiting for another card at the same moment holds the row.
    holders = "SELECT id, xmax::text FROM portaal.account"
    stage.given("DELETE FROM portaal.recovery_code WHERE account_id = %s", here)
    nothing_else_changes(stage, holders, lambda: stage.ask("web_inwoner", "SELECT portaal.new_card('{}')", who=OWNER), here)
    card(stage, here, 1)
    stage.ask("web_inwoner", "SELECT portaal.new_card(%s)", [b"x" * 32, b"y" * 32], who=OWNER)
    rows = {(here, b"x" * 32, False), (here, b"y" * 32, False), (there, b"\1" * 32, False), (other, b"\1" * 32, False)}
    assert set(stage.seen(CARD)) == rows
    assert door_line(stage) == ("account.card", 1, 1, 1)
    assert stage.refusal("web_inwoner", "SELECT portaal.new_card(%s)", [b"x" * 32], who=GUEST) == "23502", "who has no account here"


APP = "SELECT portaal.new_app(%s, 77)"


@scenario
def another_app_takes_the_place_of_the_own_one(stage: Stage) -> None:
    stage.given("DELETE FROM portaal.outbox")
    here, there, other = account(stage, 1, "inwoner"), account(stage, 1, "onafhankelijk"), account(stage, 2, "inwoner")
    for number, whose in ((1, here), (2, there), (3, other)):
        card(stage, whose, number)
        session(stage, whose, number)
    session(stage, here, 4, "uitgelogd")
    # The session in which the actor asks is the one that stays.
    stage.given(
        "INSERT INTO portaal.session (id, account_id, token_hash, method) VALUES (%s, %s, %s, 'x')", SESSION, here, (9).to_bytes(32, "big")
    )

    def act() -> None:
        assert stage.one("web_inwoner", APP, b"nieuw", who=OWNER) is True

    nothing_else_changes(stage, "SELECT id, totp_secret, last_totp_step, password_hash, start_code_hash FROM portaal.account", act, here)
    assert stage.seen("SELECT totp_secret, last_totp_step, password_hash FROM portaal.account WHERE id = %s", here) == [
        (b"nieuw", 77, HASH)
    ]
    assert stage.seen("SELECT account_id FROM portaal.recovery_code ORDER BY 1") == sorted([(there,), (other,)])
    assert sessions(stage) == {1: "toegang_gestopt", 2: None, 3: None, 4: "uitgelogd", 9: None}
    assert door_line(stage) == ("account.app", 1, 1, 1)
    assert stage.seen("SELECT template, address, person_id FROM portaal.outbox") == [("inloggen", "naam1@voorbeeld.nl", 1)]


@scenario
def who_waits_for_the_first_time_has_no_app_to_change(stage: Stage) -> None:
    here = account(stage, 1, "inwoner", code=True)
    card(stage, here, 1)
    lines = stage.value("SELECT count(*) FROM casus.change_log")
    assert stage.one("web_inwoner", APP, b"nieuw", who=OWNER) is False
    assert stage.seen("SELECT totp_secret FROM portaal.account WHERE id = %s", here) == [(None,)]
    assert stage.value("SELECT count(*) FROM portaal.recovery_code") == 1
    assert stage.value("SELECT count(*) FROM casus.change_log") == lines
    assert stage.one("web_inwoner", APP, b"nieuw", who=GUEST) is False, "who has no account here"


def use(stage: Stage, number: int, who: int = 1, face: str = "inwoner") -> tuple[Any, ...]:
    """A code of the card is tried: what is left, and what the attempt says."""
    ask = "SELECT * FROM portaal.use_card_code(%s, %s, %s, %s)"
    [(wait, left)] = stage.ask("web_inwoner", ask, mine(who, face), bytes([number]) * 32, ME, THERE)
    assert wait == 0
    [line] = stage.seen("SELECT account_id, step, accepted FROM portaal.sign_in_attempt ORDER BY id DESC LIMIT 1")
    stage.given("DELETE FROM portaal.sign_in_attempt")
    return (left, *line)


@scenario
def a_code_of_the_card_works_once_for_its_own_account(stage: Stage) -> None:
    here, other, team = account(stage, 1, "inwoner"), account(stage, 2, "inwoner"), account(stage, 1, "onafhankelijk")
    card(stage, here, 1, 2, 3)
    card(stage, here, 9, used=True)
    card(stage, other, 4)
    card(stage, other, 1)
    card(stage, team, 5)
    for number, who, face, line in (
        (7, 1, "inwoner", (None, here, "kaart", False)),
        (9, 1, "inwoner", (None, here, "kaart", False)),
        (4, 1, "inwoner", (None, here, "kaart", False)),
        (5, 1, "onafhankelijk", (None, None, "kaart", False)),
        (1, 99, "inwoner", (None, None, "kaart", False)),
        (1, 1, "inwoner", (2, here, "kaart", True)),
        (1, 1, "inwoner", (None, here, "kaart", False)),
        (2, 1, "inwoner", (1, here, "kaart", True)),
    ):
        assert use(stage, number, who, face) == line, (number, who)
    used = {(here, b"\1" * 32), (here, b"\2" * 32), (here, b"\x09" * 32)}
    assert {row[:2] for row in stage.seen(CARD) if row[2]} == used
    for spoilt in ("start_code_hash = decode(repeat('63', 32), 'hex'), start_code_expires_at = now()", "disabled_at = now()"):

        def play(spoilt: str = spoilt) -> None:
            stage.given(f"UPDATE portaal.account SET {spoilt}")
            assert use(stage, 3) == (None, None, "kaart", False), spoilt

        stage.undone(play)


@scenario
def codes_of_the_card_are_tried_as_often_as_those_of_the_app(stage: Stage) -> None:
    card(stage, account(stage, 1, "inwoner"), 1)
    for _ in range(5):
        attempt(stage, "code", None)
    ask = "SELECT * FROM portaal.use_card_code(%s, %s, %s, %s)"
    [(wait, left)] = stage.ask("web_inwoner", ask, mine(1, "inwoner"), b"\1" * 32, ME, THERE)
    assert wait > 0
    assert left is None
    assert stage.value("SELECT used_at FROM portaal.recovery_code") is None
    stage.given("DELETE FROM portaal.sign_in_attempt")
    attempt(stage, "kaart", None)
    assert stage.ask("web_inwoner", ask, mine(1, "inwoner"), b"\1" * 32, ME, THERE) == [(0, 0)]
    assert stage.seen("SELECT count(*) FROM portaal.sign_in_attempt WHERE accepted") == [(1,)], "no other attempt counts as a success"


WAITING = "SELECT account_id, email, code, code_until - now() FROM portaal.new_email"


@scenario
def a_code_is_for_the_own_address_that_waits(stage: Stage) -> None:
    here, there, other = account(stage, 1, "inwoner"), account(stage, 1, "onafhankelijk"), account(stage, 2, "inwoner")
    for whose in (there, other):
        stage.given("INSERT INTO portaal.new_email VALUES (%s, 'ander@voorbeeld.nl')", whose)
    ask = "SELECT portaal.new_email_code('123456')"
    assert stage.one("web_inwoner", ask, who=OWNER) is None
    stage.given("INSERT INTO portaal.new_email VALUES (%s, 'nieuw@voorbeeld.nl')", here)

    def act() -> None:
        assert stage.one("web_inwoner", ask, who=OWNER) == "nieuw@voorbeeld.nl"

    nothing_else_changes(stage, WAITING, act, here)
    assert stage.seen(f"{WAITING} WHERE account_id = %s", here) == [(here, "nieuw@voorbeeld.nl", "123456", timedelta(minutes=30))]


CONFIRM = "SELECT * FROM portaal.confirm_email(%s, %s, %s)"
EMAILS = "SELECT id, email FROM portaal.account"


@scenario
def the_right_code_makes_the_address_the_inwoners(stage: Stage) -> None:
    here, there, other = account(stage, 1, "inwoner"), account(stage, 1, "onafhankelijk"), account(stage, 2, "inwoner")
    for whose, code in ((here, "123456"), (there, "222222"), (other, "333333")):
        stage.given("INSERT INTO portaal.new_email VALUES (%s, 'nieuw@voorbeeld.nl', %s, now() + interval '1 minute')", whose, code)
    earlier = attempt(stage, "mailcode", None)

    def confirm(code: str, right: bool) -> None:
        assert stage.ask("web_inwoner", CONFIRM, code, ME, THERE, who=OWNER) == [(0, right)]

    for code in ("222222", "333333", "", "999999"):

        def wrong(code: str = code) -> None:
            nothing_else_changes(stage, EMAILS, lambda: confirm(code, False))
            assert stage.value("SELECT count(*) FROM portaal.new_email") == 3
            assert stage.seen("SELECT step, account_id, accepted FROM portaal.sign_in_attempt ORDER BY id DESC")[0] == (
                "mailcode",
                here,
                False,
            )
            assert stage.seen("SELECT FROM casus.change_log WHERE event = 'account.email'") == []

        stage.undone(wrong)

    def late() -> None:
        stage.given("UPDATE portaal.new_email SET code_until = now()")
        nothing_else_changes(stage, EMAILS, lambda: confirm("123456", False))

    stage.undone(late)
    nothing_else_changes(stage, EMAILS, lambda: confirm("123456", True), here)
    assert stage.value("SELECT email FROM portaal.account WHERE id = %s", here) == "nieuw@voorbeeld.nl"
    assert stage.seen("SELECT person_id FROM casus.inwoner WHERE email = 'nieuw@voorbeeld.nl'") == [(1,)]
    assert {row[0] for row in stage.seen(WAITING)} == {there, other}
    assert stage.seen("SELECT id = %s, accepted FROM portaal.sign_in_attempt ORDER BY id", earlier) == [(True, False), (False, True)]
    assert door_line(stage) == ("account.email", 1, 1, 1)


@scenario
def an_address_of_somebody_else_too_is_confirmed_and_signs_in_for_the_first_one_alone(stage: Stage) -> None:
    here, other = account(stage, 1, "inwoner"), account(stage, 2, "inwoner")
    stage.given("UPDATE portaal.account SET email = 'samen@voorbeeld.nl' WHERE id = %s", other)
    stage.given("INSERT INTO portaal.new_email VALUES (%s, 'samen@voorbeeld.nl', '123456', now() + interval '1 minute')", here)

    def act() -> None:
        assert stage.ask("web_inwoner", CONFIRM, "123456", ME, THERE, who=OWNER) == [(0, True)]

    nothing_else_changes(stage, EMAILS, act)
    assert stage.seen("SELECT person_id FROM casus.inwoner WHERE email = 'samen@voorbeeld.nl'") == [(1,)]


@scenario
def codes_of_a_mail_are_slowed_down_too(stage: Stage) -> None:
    stage.given("INSERT INTO portaal.new_email VALUES (%s, 'nieuw@voorbeeld.nl', '123456', '2099-01-01')", account(stage, 1, "inwoner"))
    for _ in range(5):
        attempt(stage, "mailcode", None)
    [(wait, right)] = stage.ask("web_inwoner", CONFIRM, "123456", ME, THERE, who=OWNER)
    assert wait > 0
    assert right is None
    assert stage.value("SELECT count(*) FROM portaal.new_email") == 1


@scenario
def the_mail_with_a_code_brings_the_code_of_its_own_address(stage: Stage) -> None:
    here, there, other = account(stage, 1, "inwoner"), account(stage, 1, "onafhankelijk"), account(stage, 2, "inwoner")
    until = "now() + interval '1 minute'"
    for whose, email, code, ends in (
        (here, "nieuw@voorbeeld.nl", "123456", until),
        (there, "elders@voorbeeld.nl", "222222", until),
        (other, "nieuw@voorbeeld.nl", "333333", until),
    ):
        stage.given(f"INSERT INTO portaal.new_email VALUES (%s, %s, %s, {ends})", whose, email, code)
    ask = "SELECT code FROM portaal.next_mail()"
    cases: tuple[tuple[str, str, str, str | None], ...] = (
        ("mailcode", "nieuw@voorbeeld.nl", "", "123456"),
        ("nieuws", "nieuw@voorbeeld.nl", "", None),
        ("mailcode", "oud@voorbeeld.nl", "", None),
        ("mailcode", "nieuw@voorbeeld.nl", "UPDATE portaal.new_email SET code_until = now()", None),
    )
    for template, address, spoilt, expected in cases:

        def play(template: str = template, address: str = address, spoilt: str = spoilt, code: str | None = expected) -> None:
            if spoilt:
                stage.given(spoilt)
            stage.given(
                "INSERT INTO portaal.outbox (template, language, to_whom, address, person_id) VALUES (%s, 'nl', 'inwoner', %s, 1)",
                template,
                address,
            )
            assert stage.one("portaal_jobs", ask) == code, (template, address)

        stage.undone(play)
