"""A code for who acts for the owner and never came in, who sees what a mandate rests on, and its end (migrations/rls/68)."""

from typing import Any

from tests.access.asks_mandate import ASSIGNED, CODE, COLLEAGUE, ELSEWHERE, HERE, LEAD, MANDATE, OWNER, SUBSTITUTE, end, lines
from tests.access.asks_withholding import an_address, mailed
from tests.access.hired import account
from tests.access.stage import Stage, scenario
from tests.access.world import AUTHORISED, PEOPLE, public

FRESH = b"f" * 32
NUMBER = public("mandate", AUTHORISED)
DAY = "(now() AT TIME ZONE 'Europe/Amsterdam')::date"
TYPED = "SELECT person_id, face, form_key FROM portaal.typed_text ORDER BY person_id, face, form_key"


def code(stage: Stage, who: Any = ASSIGNED, name: str = "mees482", mandate: Any = NUMBER) -> str:
    """Why there is no code; empty: there is one."""
    return stage.refusal("web_team", CODE, mandate, name, FRESH, who=who)


@scenario
def a_code_is_for_who_never_came_in_and_has_nothing_else_here(stage: Stage) -> None:
    shown = "SELECT needs_code FROM acl.mandates_of(%s) WHERE public_id = %s"
    account(stage, 28, "inwoner")
    for what, given, allowed in (
        ("nothing else", "SELECT 1", True),
        ("its last day", "UPDATE casus.mandate SET valid_until = acl.today() WHERE person_id = 77", True),
        ("no last day", "UPDATE casus.mandate SET valid_until = NULL WHERE person_id = 77", True),
        ("it is over", "UPDATE casus.mandate SET valid_until = acl.today() - 1 WHERE person_id = 77", False),
        ("it was ended", "UPDATE casus.mandate SET withdrawn_at = now() WHERE person_id = 77", False),
        ("another one here", "UPDATE casus.mandate SET person_id = 77 WHERE person_id = 12", True),
        ("one elsewhere", "UPDATE casus.mandate SET person_id = 77 WHERE person_id = 14", False),
        ("reads along", "UPDATE casus.access_grant SET grantee_id = 77 WHERE grantee_id = 24", False),
        ("an own dossier", "UPDATE casus.dossier SET inwoner_id = 77 WHERE id = 3", False),
        ("a colleague", "UPDATE casus.person SET is_staff = true WHERE id = 77", False),
    ):

        def play(what: str = what, given: str = given, allowed: bool = allowed) -> None:
            stage.given(given)
            assert code(stage) == ("" if allowed else "MB001"), what
            assert stage.ask("web_team", shown, HERE, NUMBER, who=ASSIGNED) == [(allowed,)], what

        stage.undone(play)
    for who in (ELSEWHERE, LEAD, PEOPLE["administrator"]):
        assert code(stage, who) == "MB001"
    assert code(stage, mandate=public("mandate", 14)) == "MB001", "of another dossier"


@scenario
def the_account_that_a_code_is_for(stage: Stage) -> None:
    said = (
        "SELECT username, language, start_code_hash, start_code_expires_at - now() BETWEEN interval '6 days' AND interval '7 days', password_hash,"
        " totp_secret FROM portaal.account WHERE person_id = 77 AND face = 'inwoner'"
    )
    account(stage, AUTHORISED, "onafhankelijk")
    account(stage, 28, "inwoner", code=True)
    others = "SELECT * FROM portaal.account WHERE NOT (person_id = 77 AND face = 'inwoner') ORDER BY id"
    before = stage.seen(others)
    assert code(stage, name="naam28") == "MB002", "somebody else's name"
    assert stage.one("web_team", CODE, NUMBER, "mees482", FRESH, who=ASSIGNED) == "mees482"
    assert stage.seen(said) == [("mees482", "ar", FRESH, True, None, None)]
    assert lines(stage) == [("mandate.code", 1, 40, AUTHORISED)]
    # Again: the code of before stops, and with it a password that was chosen and never confirmed. The name stays.
    stage.given(
        "UPDATE portaal.account SET password_hash = '$argon2id$x', totp_secret = 'x', start_code_expires_at = now() WHERE person_id = 77 AND face = 'inwoner'"
    )
    assert stage.one("web_team", CODE, NUMBER, "anders", b"g" * 32, who=ASSIGNED) == "mees482"
    assert stage.seen(said) == [("mees482", "ar", b"g" * 32, True, None, None)]
    for closed in (
        "disabled_at = now()",
        "start_code_hash = NULL, start_code_expires_at = NULL, password_hash = '$argon2id$x', totp_secret = 'x'",
    ):

        def play(closed: str = closed) -> None:
            stage.given(f"UPDATE portaal.account SET {closed} WHERE person_id = 77 AND face = 'inwoner'")
            assert code(stage) == "MB001"

        stage.undone(play)
    assert [row for row in stage.seen(others) if row[1] != AUTHORISED] == [row for row in before if row[1] != AUTHORISED]


@scenario
def the_team_and_the_owner_see_what_a_mandate_rests_on(stage: Stage) -> None:
    stage.given(
        "UPDATE casus.mandate SET proof = 'volmacht', proof_seen_on = acl.today() - 4, scope = 'Geld', opens_sharing = true, asked_by = 40,"
        " agreed_by = 48 WHERE person_id = 77"
    )
    query = (
        f"SELECT public_id, person, name, ground, proof, proof_seen_on - {DAY}, scope, valid_from - {DAY}, valid_until - {DAY},"
        f" withdrawn_at, opens_log, opens_sharing, asked_by, agreed_by, needs_code FROM acl.mandates_of(%s)"
    )
    row = (
        *(NUMBER, public("person", 77), "authorised Proef", "gemachtigde", "volmacht", -4, "Geld", 2, 90, None, False, True),
        *("assigned Proef", "substitute Proef", True),
    )
    order = [public("mandate", person) for person in (AUTHORISED, 13, 81, 80, 12, 11, 10)]
    for role, who in (("web_inwoner", OWNER), ("web_team", ASSIGNED)):
        found = stage.ask(role, query, HERE, who=who)
        assert found[0] == row
        assert [one[0] for one in found] == order
    for role, who in (("web_inwoner", MANDATE), ("web_inwoner", PEOPLE["grant whole"]), ("web_team", ELSEWHERE), ("web_team", LEAD)):
        assert stage.ask(role, query, HERE, who=who) == [], who
    other = stage.ask("web_inwoner", query, public("dossier", 2), who=PEOPLE["owner of another dossier"])
    assert [one[0] for one in other] == [public("mandate", 14)]


@scenario
def the_owner_ends_what_the_owner_gave_and_nobody_is_told(stage: Stage) -> None:
    an_address(stage)
    before = stage.seen("SELECT id, withdrawn_at FROM casus.mandate WHERE person_id <> 77 ORDER BY id")
    for who in (MANDATE, PEOPLE["grant whole"], PEOPLE["owner of another dossier"], ELSEWHERE, LEAD):
        assert end(stage, who) is False, who
    assert end(stage, OWNER, 10) is False, "a judge gave that"
    assert lines(stage) == []
    assert end(stage, OWNER) is True
    assert stage.seen("SELECT withdrawn_at = now() FROM casus.mandate WHERE person_id = 77") == [(True,)]
    assert stage.seen("SELECT id, withdrawn_at FROM casus.mandate WHERE person_id <> 77 ORDER BY id") == before
    assert lines(stage) == [("mandate.ended", 1, 1, AUTHORISED)]
    assert mailed(stage) == 0
    assert end(stage, OWNER) is False, "ended already"


@scenario
def the_team_ends_any_and_the_owner_is_told(stage: Stage) -> None:
    an_address(stage)
    for person, who in ((10, ASSIGNED), (13, COLLEAGUE), (AUTHORISED, SUBSTITUTE)):
        assert end(stage, who, person) is True
    assert mailed(stage) == 3
    assert stage.ask("web_inwoner", "SELECT FROM casus.entry", who=MANDATE) == []
    assert lines(stage) == [("mandate.ended", 1, 40, 10), ("mandate.ended", 1, 41, 13), ("mandate.ended", 1, 48, AUTHORISED)]
    assert end(stage, ASSIGNED, 11) is False, "over"
    assert end(stage, ASSIGNED, 14) is False, "of another dossier"
    stage.given("UPDATE casus.mandate SET valid_until = acl.today() WHERE person_id = 11")
    assert end(stage, ASSIGNED, 11) is True, "its last day"
    assert mailed(stage) == 4


@scenario
def what_ends_with_it(stage: Stage) -> None:
    below = f"/dossier/{HERE}/notitie/x"
    for person, face, key in (
        (77, "inwoner", below),
        (77, "inwoner", f"/dossier/{public('dossier', 2)}/x"),
        (77, "onafhankelijk", below),
        (10, "inwoner", below),
    ):
        stage.given("INSERT INTO portaal.typed_text (person_id, face, form_key, ciphertext) VALUES (%s, %s, %s, '')", person, face, key)
    typed = stage.seen(TYPED)
    pending = "password_hash = '$argon2id$x', totp_secret = 'x'"
    account(stage, AUTHORISED, "inwoner", code=True)
    account(stage, AUTHORISED, "onafhankelijk", code=True)
    account(stage, 10, "inwoner", code=True)
    stage.given(f"UPDATE portaal.account SET {pending}")
    kept = "SELECT person_id, face, start_code_hash, start_code_expires_at, password_hash, totp_secret FROM portaal.account ORDER BY person_id, face"
    accounts = stage.seen(kept)
    gone = (77, "inwoner", None, None, None, None)

    def after(what: str, given: str, typed_stays: bool, code_stays: bool) -> None:
        def play() -> None:
            stage.given(given)
            then = stage.seen(kept)
            assert end(stage, OWNER) is True
            left = [one for one in typed if typed_stays or one != (77, "inwoner", below)]
            assert stage.seen(TYPED) == left, what
            assert stage.seen(kept) == (then if code_stays else [gone if one[:2] == gone[:2] else one for one in then]), what

        stage.undone(play)

    assert len(accounts) == 3
    after("the only one", "SELECT 1", False, False)
    after("another one here", "UPDATE casus.mandate SET person_id = 77 WHERE person_id = 10", True, True)
    after("one here on its last day", "UPDATE casus.mandate SET person_id = 77, valid_until = acl.today() WHERE person_id = 11", True, True)
    after("one here that is over", "UPDATE casus.mandate SET person_id = 77 WHERE person_id = 11", False, False)
    after("one here that was ended", "UPDATE casus.mandate SET person_id = 77 WHERE person_id = 12", False, False)
    after("somebody else's elsewhere", "UPDATE casus.mandate SET person_id = 28 WHERE person_id = 14", False, False)
    after("one elsewhere", "UPDATE casus.mandate SET person_id = 77 WHERE person_id = 14", False, True)
    after("came in", "UPDATE portaal.account SET start_code_hash = NULL, start_code_expires_at = NULL WHERE person_id = 77", False, True)


@scenario
def what_ends_with_one_in_another_dossier_is_of_that_dossier(stage: Stage) -> None:
    keys = [f"/dossier/{public('dossier', dossier)}/x" for dossier in (1, 2)]
    for key in keys:
        stage.given("INSERT INTO portaal.typed_text (person_id, face, form_key, ciphertext) VALUES (14, 'inwoner', %s, '')", key)
    assert end(stage, ELSEWHERE, 14) is True
    assert [row[2] for row in stage.seen(TYPED)] == keys[:1]


@scenario
def the_definer_makes_none_without_a_second_and_what_ended_stays_ended(stage: Stage) -> None:
    make = (
        "INSERT INTO casus.mandate (dossier_id, person_id, ground, valid_from, proof, proof_seen_on, scope, asked_by, agreed_by)"
        " VALUES (1, 77, 'mentor', acl.today(), 'x', acl.today(), 'x', 40, %s)"
    )
    assert [stage.refusal("casus_acl", make, agreed_by) for agreed_by in (48, 40)] == ["", "42501"]
    finish = "UPDATE casus.mandate SET withdrawn_at = now() WHERE person_id IN (12, 77)"
    assert len(stage.ask("casus_acl", finish)) == 1, "12 was ended before"
    assert stage.refusal("casus_acl", "UPDATE casus.mandate SET withdrawn_at = NULL WHERE person_id = 10") == "42501"


@scenario
def the_owner_says_that_what_the_owner_gave_still_holds(stage: Stage) -> None:
    confirm = "SELECT acl.confirm_mandate(%s)"
    said = "SELECT public_id, confirmed_at FROM acl.mandates_of(%s) WHERE confirmed_at IS NOT NULL"
    kept = "SELECT id, valid_until, withdrawn_at, confirmed_at FROM casus.mandate WHERE person_id <> 77 ORDER BY id"
    stage.given(f"UPDATE casus.mandate SET valid_from = {DAY} - 400, valid_until = {DAY}")
    stage.given("UPDATE casus.mandate SET valid_until = NULL WHERE person_id = 14")
    before, last = stage.seen(kept), stage.value("SELECT valid_until FROM casus.mandate WHERE person_id = 77")
    for who in (MANDATE, PEOPLE["grant whole"], PEOPLE["owner of another dossier"]):
        assert stage.one("web_inwoner", confirm, NUMBER, who=who) is False, who
    assert stage.one("web_inwoner", confirm, public("mandate", 10), who=OWNER) is False, "a judge gave that"
    assert stage.one("web_inwoner", confirm, public("mandate", 14), who=OWNER) is False, "of another dossier"
    assert stage.refusal("web_team", confirm, NUMBER, who=ASSIGNED) == "42501"
    assert lines(stage) == []
    assert stage.one("web_inwoner", confirm, NUMBER, who=OWNER) is True
    assert stage.ask("web_inwoner", said, HERE, who=OWNER) == [(NUMBER, stage.value("SELECT now()"))]
    seers = "SELECT person FROM acl.who_may_see(%s) WHERE relation = 'vertegenwoordiger' AND confirmed_at = now()"
    assert stage.ask("web_inwoner", seers, HERE, who=OWNER) == [(public("person", AUTHORISED),)]
    assert stage.value("SELECT valid_until FROM casus.mandate WHERE person_id = 77") == last, "the paper says how long"
    assert stage.seen(kept) == before
    assert lines(stage) == [("mandate.confirmed", 1, 1, AUTHORISED)]
    for over in (f"valid_until = {DAY} - 1", "valid_until = NULL, withdrawn_at = now()"):

        def play(over: str = over) -> None:
            stage.given(f"UPDATE casus.mandate SET {over} WHERE person_id = 77")
            assert stage.one("web_inwoner", confirm, NUMBER, who=OWNER) is False, over

        stage.undone(play)
    stage.given("UPDATE casus.mandate SET valid_until = NULL WHERE person_id = 77")
    assert stage.one("web_inwoner", confirm, NUMBER, who=OWNER) is True, "it has no last day"
    # No more than that: what it rests on and how long it lasts stays as two of the team wrote it down.
    stage.given("UPDATE casus.mandate SET confirmed_at = NULL")
    for change in ("confirmed_at = now() - interval '1 day'", "confirmed_at = NULL", "valid_until = NULL", "ground = 'mentor'"):
        assert stage.refusal("casus_acl", f"UPDATE casus.mandate SET {change} WHERE person_id = 77") == "42501", change
    assert stage.refusal("casus_acl", "UPDATE casus.mandate SET confirmed_at = now() WHERE person_id = 10") == "23514", "a judge gave that"
