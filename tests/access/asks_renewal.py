"""A new start code for who signed in before: nobody gives it alone, and the inwoner is told (migrations/rls/54)."""

from datetime import timedelta
from typing import Any

from tests.access.asks_door import FRESH, GIVE, confirmed, door_line
from tests.access.hired import ADMIN, CODE, LEAD, WORKER, account, nothing_else_changes
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who, public

COLLEAGUE, OTHER_TEAM, SUBSTITUTE = PEOPLE["assigned, entry closed"], PEOPLE["other team"], PEOPLE["substitute"]
OWNER = PEOPLE["owner"]
ASK = "SELECT portaal.ask_renewal(%s, 'gebeld')"
LIST = "SELECT public_id FROM portaal.renewals_to_confirm()"
DECIDE = "SELECT portaal.decide_renewal(%s, %s)"
RENEWALS = "SELECT id, asked_by, how, decided_by, decision, given_at FROM portaal.sign_in_renewal"
MAILS = "SELECT template, language, to_whom, address, melding_id, person_id, team_id FROM portaal.outbox ORDER BY id"
GIVEN = (public("dossier", 1), "anders1", FRESH, False)


@scenario
def who_signed_in_before_gets_no_code_of_one_person_alone(stage: Stage) -> None:
    here = account(stage, 1, "inwoner")
    assert stage.refusal("web_team", GIVE, *GIVEN, who=WORKER) == "MB044"
    for spoilt, refusal in (
        ("decision = 'gebeld'", ""),
        ("decision = 'gezien'", ""),
        ("decision = 'nee'", "MB044"),
        ("decided_at = NULL, decided_by = NULL, decision = NULL", "MB044"),
        ("asked_by = 48", "MB044"),
        ("given_at = now()", "MB044"),
        ("asked_at = now() - interval '3 days'", "MB044"),
        ("asked_at = now() - interval '3 days' + interval '1 second'", ""),
        ("account_id = (SELECT id FROM portaal.account WHERE person_id = 2 AND face = 'inwoner')", "MB044"),
    ):

        def play(spoilt: str = spoilt, refusal: str = refusal) -> None:
            account(stage, 2, "inwoner")
            confirmed(stage, here)
            stage.given(f"UPDATE portaal.sign_in_renewal SET {spoilt}")
            assert stage.refusal("web_team", GIVE, *GIVEN, who=WORKER) == refusal, spoilt

        stage.undone(play)


@scenario
def whether_somebody_signed_in_before(stage: Stage) -> None:
    here, other = account(stage, 1, "inwoner", code=True), account(stage, 2, "inwoner")
    # A password that was chosen, while the code of the app was not typed yet.
    stage.given("UPDATE portaal.account SET password_hash = '$argon2id$x' WHERE id = %s", here)
    assert stage.refusal("web_team", GIVE, *GIVEN, who=WORKER) == ""
    for whose, decision, given, refusal in (
        (here, "gezien", "now()", "MB044"),
        (here, "nee", "NULL", ""),
        (other, "gezien", "now()", ""),
    ):

        def play(whose: int = whose, decision: str = decision, given: str = given, refusal: str = refusal) -> None:
            confirmed(stage, whose, decision=decision, given=given)
            assert stage.refusal("web_team", GIVE, *GIVEN, who=WORKER) == refusal, (whose, decision)

        stage.undone(play)
    stage.given("UPDATE portaal.account SET start_code_hash = NULL, start_code_expires_at = NULL, password_hash = NULL WHERE id = %s", here)
    assert stage.refusal("web_team", GIVE, *GIVEN, who=WORKER) == ""
    stage.given("UPDATE portaal.account SET password_hash = '$argon2id$x' WHERE id = %s", here)
    assert stage.refusal("web_team", GIVE, *GIVEN, who=WORKER) == "MB044"


@scenario
def a_confirmed_code_is_given_once_and_the_inwoner_is_told(stage: Stage) -> None:
    stage.given("DELETE FROM portaal.outbox")
    stage.given("UPDATE casus.dossier SET opened_on = '2020-01-01' WHERE id = 1")
    stage.given(
        "INSERT INTO casus.dossier (id, public_id, inwoner_id, opened_on, team_id) VALUES (90, %s, 1, '2021-01-01', 2), (91, %s, 1, '2021-01-01', 1)",
        public("dossier", 90),
        public("dossier", 91),
    )
    stage.given("UPDATE casus.dossier SET opened_on = '2022-01-01', team_id = 2 WHERE inwoner_id <> 1")
    here, other = account(stage, 1, "inwoner"), account(stage, 2, "inwoner")
    stage.given("UPDATE portaal.account SET language = 'ar' WHERE id = %s", here)
    confirmed(stage, other, 1)
    confirmed(stage, here, 2)
    [(used,)] = stage.seen("SELECT id FROM portaal.sign_in_renewal WHERE account_id = %s", here)

    def act() -> None:
        assert stage.one("web_team", GIVE, *GIVEN, who=WORKER) == "naam1"

    nothing_else_changes(stage, RENEWALS, act, used)
    assert stage.value("SELECT given_at = now() FROM portaal.sign_in_renewal WHERE id = %s", used) is True
    assert stage.seen(MAILS) == [("inloggen", "ar", "inwoner", "naam1@voorbeeld.nl", None, 1, 1)]
    assert stage.refusal("web_team", GIVE, *GIVEN, who=WORKER) == "MB044", "it is used up"


@scenario
def nothing_is_mailed_to_who_confirmed_no_address_or_begins(stage: Stage) -> None:
    stage.given("DELETE FROM portaal.outbox")
    stage.given("UPDATE casus.inwoner SET email = 'gegeven@voorbeeld.nl'")
    here = account(stage, 1, "inwoner", code=True)
    stage.one("web_team", GIVE, *GIVEN, who=WORKER)
    assert stage.seen(MAILS) == [], "the first time"
    stage.given(
        "UPDATE portaal.account SET email = NULL, start_code_hash = NULL, start_code_expires_at = NULL, password_hash = '$argon2id$x'"
    )
    confirmed(stage, here)
    stage.one("web_team", GIVE, *GIVEN, who=WORKER)
    assert stage.seen(MAILS) == []


@scenario
def who_may_ask_a_colleague(stage: Stage) -> None:
    account(stage, 1, "onafhankelijk")
    assert stage.refusal("web_team", ASK, public("dossier", 1), who=WORKER) == "MB001", "no account here"
    here, other = account(stage, 1, "inwoner"), account(stage, 2, "inwoner")
    for who, dossier, refusal in (
        (WORKER, 1, ""),
        (SUBSTITUTE, 1, ""),
        (WORKER, 2, "MB001"),
        (LEAD, 1, "MB001"),
        (ADMIN, 1, "MB001"),
    ):
        assert stage.refusal("web_team", ASK, public("dossier", dossier), who=who) == refusal, (who, dossier)
    stage.ask("web_team", ASK, public("dossier", 1), who=WORKER)
    lines = "SELECT account_id, asked_at = now(), asked_by, how, decided_at, given_at FROM portaal.sign_in_renewal"
    assert stage.seen(lines) == [(here, True, WORKER.person, "gebeld", None, None)]
    assert door_line(stage) == ("account.renewal_asked", 1, 1, WORKER.person)
    count = "SELECT count(*) FROM portaal.sign_in_renewal"
    assert other
    for who, spoilt, more in (
        (WORKER, "", 0),
        (WORKER, "decided_at = now(), decided_by = 41, decision = 'gezien'", 0),
        (WORKER, "decided_at = now(), decided_by = 41, decision = 'nee'", 1),
        (WORKER, "account_id = (SELECT id FROM portaal.account WHERE person_id = 2 AND face = 'inwoner')", 1),
        (WORKER, "decided_at = now(), decided_by = 41, decision = 'gezien', given_at = now()", 1),
        (WORKER, "asked_at = now() - interval '3 days'", 1),
        (WORKER, "asked_at = now() - interval '3 days' + interval '1 second'", 0),
        (SUBSTITUTE, "", 1),
    ):

        def play(who: Who = who, spoilt: str = spoilt, more: int = more) -> None:
            if spoilt:
                stage.given(f"UPDATE portaal.sign_in_renewal SET {spoilt}")
            before = stage.value("SELECT count(*) FROM casus.change_log")
            stage.ask("web_team", ASK, public("dossier", 1), who=who)
            assert stage.value(count) == 1 + more, spoilt
            assert stage.value("SELECT count(*) FROM casus.change_log") == before + more

        stage.undone(play)


@scenario
def who_asked_sees_what_came_of_the_newest(stage: Stage) -> None:
    ask = "SELECT decision, decided_by, now() - asked_at FROM portaal.asked_renewal(%s)"

    def told(who: Who = WORKER) -> list[Any]:
        return stage.ask("web_team", ask, public("dossier", 1), who=who)

    there, other, here = account(stage, 1, "onafhankelijk"), account(stage, 2, "inwoner"), account(stage, 1, "inwoner")
    hour = timedelta(hours=1)
    for number, whose in ((1, there), (2, other)):
        confirmed(stage, whose, number)
    assert told() == []
    confirmed(stage, here, 3, decision="nee")
    assert told() == [("nee", "assigned, entry closed Proef", hour)]
    confirmed(stage, here, 4, decision=None)
    assert told() == [(None, None, hour)]
    assert told(SUBSTITUTE) == []
    confirmed(stage, here, 5)
    assert told() == [("gezien", "assigned, entry closed Proef", hour)]
    for who, dossier in ((LEAD, 1), (WORKER, 2)):
        assert stage.refusal("web_team", ask, public("dossier", dossier), who=who) == "MB001"


@scenario
def who_may_confirm_what_a_colleague_asked(stage: Stage) -> None:
    here, other, third = account(stage, 1, "inwoner"), account(stage, 2, "inwoner"), account(stage, 3, "inwoner")
    mine, theirs = confirmed(stage, here, 1, decision=None), confirmed(stage, other, 2, decision=None)
    stage.given("UPDATE casus.dossier SET team_id = NULL WHERE id = 3")
    nobodys = confirmed(stage, third, 3, decision=None)
    for who, expected in (
        (WORKER, []),
        (COLLEAGUE, [mine, nobodys]),
        (SUBSTITUTE, [mine, nobodys]),
        (LEAD, [mine, nobodys]),
        (OTHER_TEAM, [theirs, nobodys]),
        (PEOPLE["assigned elsewhere"], [mine, theirs, nobodys]),
        (ADMIN, []),
    ):
        assert stage.ask("web_team", LIST, who=who) == [(one,) for one in expected], who
        for one in (mine, theirs, nobodys):

            def play(who: Who = who, one: Any = one, allowed: bool = one in expected) -> None:
                stage.ask("web_team", DECIDE, one, "gezien", who=who)
                decided = [(one,)] if allowed else []
                assert stage.seen("SELECT public_id FROM portaal.sign_in_renewal WHERE decision IS NOT NULL") == decided, who

            stage.undone(play)
    row = stage.ask("web_team", "SELECT asked_by, how, name, now() - asked_at FROM portaal.renewals_to_confirm()", who=LEAD)[0]
    assert row == ("assigned Proef", "gebeld", "owner Proef", timedelta(hours=1))


@scenario
def what_is_decided_or_too_old_is_on_no_list(stage: Stage) -> None:
    which = confirmed(stage, account(stage, 1, "inwoner"), decision=None)
    for spoilt, expected in (
        ("asked_at = now() - interval '3 days'", False),
        ("asked_at = now() - interval '3 days' + interval '1 second'", True),
        ("decided_at = now(), decided_by = 48, decision = 'nee'", False),
        ("asked_by = NULL, how = NULL", False),
    ):

        def play(spoilt: str = spoilt, expected: bool = expected) -> None:
            stage.given(f"UPDATE portaal.sign_in_renewal SET {spoilt}")
            assert stage.ask("web_team", LIST, who=COLLEAGUE) == ([(which,)] if expected else []), spoilt

        stage.undone(play)


@scenario
def a_colleague_decides_and_the_log_says_so(stage: Stage) -> None:
    other, here = account(stage, 2, "inwoner"), account(stage, 1, "inwoner")
    which = confirmed(stage, here, 1, decision=None)
    confirmed(stage, other, 2, decision=None)
    [(number,)] = stage.seen("SELECT id FROM portaal.sign_in_renewal WHERE public_id = %s", which)
    for how, event in (
        ("gezien", "account.renewal_confirmed"),
        ("gebeld", "account.renewal_confirmed"),
        ("nee", "account.renewal_refused"),
    ):

        def play(how: str = how, event: str = event) -> None:
            nothing_else_changes(stage, RENEWALS, lambda: stage.ask("web_team", DECIDE, which, how, who=COLLEAGUE), number)
            row = stage.seen("SELECT decided_at = now(), decided_by, decision FROM portaal.sign_in_renewal WHERE id = %s", number)
            assert row == [(True, COLLEAGUE.person, how)]
            assert door_line(stage) == (event, 1, 1, COLLEAGUE.person)
            lines = stage.value("SELECT count(*) FROM casus.change_log")
            stage.ask("web_team", DECIDE, which, "gebeld", who=SUBSTITUTE)
            assert stage.value("SELECT decision FROM portaal.sign_in_renewal WHERE id = %s", number) == how, "decided is decided"
            assert stage.value("SELECT count(*) FROM casus.change_log") == lines

        stage.undone(play)
    assert stage.refusal("web_team", DECIDE, which, "zomaar", who=COLLEAGUE) == "23514"


@scenario
def nobody_confirms_the_own_request_whatever_the_program_does(stage: Stage) -> None:
    here = account(stage, 1, "inwoner")
    confirmed(stage, here)
    assert stage.refusal("casus_acl", "UPDATE portaal.sign_in_renewal SET decided_by = 40") == "23514"
    assert stage.refusal("casus_acl", "UPDATE portaal.sign_in_renewal SET decision = 'nee', given_at = now()") == "23514"
    waits = "UPDATE portaal.sign_in_renewal SET decided_at = NULL, decided_by = NULL, decision = NULL, given_at = now()"
    assert stage.refusal("casus_acl", waits) == "23514"
    assert stage.refusal("web_team", "SELECT FROM portaal.sign_in_renewal", who=WORKER) == "42501"


@scenario
def the_inwoner_sees_who_gave_new_codes(stage: Stage) -> None:
    here, there, other = account(stage, 1, "inwoner"), account(stage, 1, "onafhankelijk"), account(stage, 2, "inwoner")
    confirmed(stage, here, 1, given="now() - interval '1 year'")
    confirmed(stage, here, 2, given="now() - interval '1 year' + interval '1 second'")
    confirmed(stage, here, 3, given="now()")
    confirmed(stage, here, 4)
    confirmed(stage, there, 5, given="now()")
    confirmed(stage, other, 6, given="now()")
    stage.given("INSERT INTO portaal.sign_in_renewal (account_id, given_at) VALUES (%s, now() - interval '1 day')", here)
    ask = "SELECT asked_by, confirmed_by, now() - at < interval '1 hour' FROM portaal.own_renewals()"
    pair = ("assigned Proef", "assigned, entry closed Proef")
    assert stage.ask("web_inwoner", ask, who=OWNER) == [(*pair, True), (None, None, False), (*pair, False)]
    assert stage.ask("web_inwoner", ask, who=PEOPLE["grant whole"]) == []


@scenario
def the_operators_code_is_told_too(stage: Stage) -> None:
    stage.given("DELETE FROM portaal.outbox")
    renew = "SELECT portaal.renew_start_code(%s, %s, %s)"
    here, other = account(stage, 1, "inwoner"), account(stage, 2, "inwoner", code=True)
    account(stage, 3, "inwoner", disabled="now()")
    for name in ("naam2", "naam3", "naam9"):
        stage.one("portaal_operator", renew, "inwoner", name, CODE)
    assert stage.seen(RENEWALS) == []
    stage.one("portaal_operator", renew, "inwoner", "naam1", CODE)
    rows = stage.seen("SELECT account_id, asked_by, decided_by, given_at = now() FROM portaal.sign_in_renewal")
    assert rows == [(here, None, None, True)]
    assert [row[3] for row in stage.seen(MAILS)] == ["naam1@voorbeeld.nl"]
    assert other
