"""Joining, start codes, role and team: who may do it to whom, and what exactly changes. Refusals by their code (45_staff_functions.sql)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.access.hired import (
    ACCOUNTS,
    ADMIN,
    CODE,
    LEAD,
    LEFT,
    NEW,
    NORTH,
    OTHER,
    SOUTH,
    STAFF,
    WORKER,
    account,
    hire,
    logged,
    nothing_else_changes,
    person,
    session,
    sessions,
)
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who, public


@scenario
def who_may_manage_whom(stage: Stage) -> None:
    stage.seen("GRANT EXECUTE ON FUNCTION casus.may_manage_staff(int, text) TO web_team, web_inwoner, portaal_operator")
    ask = "SELECT casus.may_manage_staff(%s, %s)"
    posts = [(team, role) for team in (1, 2, None) for role in ("professional", "teamleider", "beheerder")]
    for team, role in posts:
        own_worker = (team, role) == (1, "professional")
        assert stage.one("portaal_operator", ask, team, role) is True
        assert stage.one("web_team", ask, team, role, who=ADMIN) is True
        assert stage.one("web_team", ask, team, role, who=LEAD) is own_worker, (team, role)
        assert stage.one("web_team", ask, team, role, who=WORKER) is False
        assert stage.one("web_team", ask, team, role) is False
        assert stage.one("web_inwoner", ask, team, role, who=PEOPLE["owner"]) is False


@scenario
def who_works_here_and_is_managed_is_found(stage: Stage) -> None:
    stage.seen("GRANT EXECUTE ON FUNCTION casus.managed_staff(uuid) TO web_team")
    hire(stage, NEW)
    hire(stage, OTHER, team=2)
    hire(stage, LEFT, left="acl.today()")
    hire(stage, 703, left="acl.today() + 1")
    ask = "SELECT person_id FROM casus.managed_staff(%s)"
    for who, found in ((LEAD, {NEW, 703}), (ADMIN, {NEW, OTHER, 703})):
        for number in (NEW, OTHER, LEFT, 703, 1, 999):
            if number in found:
                assert stage.one("web_team", ask, person(number), who=who) == number
            else:
                assert stage.refusal("web_team", ask, person(number), who=who) == "MB001", (who, number)


JOIN = "SELECT casus.staff_join('Anna', 'van', 'Dam', 'consulent', {}, %s, %s, %s, %s, %s)"


def join(
    stage: Stage, who: Who | None, team: str, role: str, *, name: str = "anna", mail: str | None = "anna@voorbeeld.nl", key: int = 1
) -> Any:
    """Somebody joins; gives the public id or the code of the refusal."""
    values = (role, public("new account", key), name, mail, CODE)
    asked_as = "portaal_operator" if who is None else "web_team"
    return stage.refusal(asked_as, JOIN.format(team), *values, who=who) or stage.one(asked_as, JOIN.format(team), *values, who=who)


@scenario
def somebody_joins_with_a_post_and_an_account(stage: Stage) -> None:
    people = stage.value("SELECT count(*) FROM casus.person")
    made = join(stage, LEAD, NORTH, "professional")
    assert isinstance(made, UUID)
    [(number, *names)] = stage.seen("SELECT id, first_name, infix, last_name, is_staff FROM casus.person WHERE public_id = %s", made)
    assert names == ["Anna", "van", "Dam", True]
    assert stage.value("SELECT count(*) FROM casus.person") == people + 1
    assert stage.seen(
        "SELECT job_title, team_id, role, joined_on = acl.today(), left_on FROM casus.staff WHERE person_id = %s", number
    ) == [("consulent", 1, "professional", True, None)]
    assert stage.seen(
        "SELECT public_id, face, username, email, start_code_hash, start_code_expires_at - now(), password_hash, totp_secret, disabled_at"
        " FROM portaal.account WHERE person_id = %s",
        number,
    ) == [(public("new account", 1), "team", "anna", "anna@voorbeeld.nl", CODE, timedelta(days=7), None, None, None)]
    assert logged(stage) == ("staff.joined", number, LEAD.person)


@scenario
def who_may_give_which_post(stage: Stage) -> None:
    nowhere = "gen_random_uuid()"
    for who, team, role, refusal in (
        (LEAD, SOUTH, "professional", "MB007"),
        (LEAD, NORTH, "teamleider", "MB007"),
        (LEAD, NORTH, "beheerder", "MB007"),
        (LEAD, "NULL", "professional", "MB007"),
        (WORKER, NORTH, "professional", "MB007"),
        (ADMIN, nowhere, "professional", "MB001"),
        (ADMIN, nowhere, "beheerder", "MB001"),
        (ADMIN, "NULL", "professional", "MB007"),
        (ADMIN, "NULL", "teamleider", "MB007"),
        (None, "NULL", "professional", "MB007"),
    ):
        assert join(stage, who, team, role) == refusal, (who, team, role)
    for key, (by, team, role) in enumerate(
        ((ADMIN, "NULL", "beheerder"), (ADMIN, SOUTH, "teamleider"), (None, SOUTH, "beheerder")), start=2
    ):
        assert isinstance(join(stage, by, team, role, name=f"naam{key}", mail=None, key=key), UUID), (by, team, role)


@scenario
def a_name_or_form_that_is_taken_changes_nothing(stage: Stage) -> None:
    join(stage, ADMIN, NORTH, "professional")
    people = stage.value("SELECT count(*) FROM casus.person")
    assert join(stage, ADMIN, NORTH, "professional", mail="b@voorbeeld.nl", key=2) == "MB002"
    assert join(stage, ADMIN, NORTH, "professional", name="bea", key=2) == "MB008"
    assert join(stage, ADMIN, NORTH, "professional", name="bea", mail="b@voorbeeld.nl") == "MB009"
    assert stage.value("SELECT count(*) FROM casus.person") == people


START_CODE = "SELECT casus.staff_start_code(%s, %s)"


@scenario
def a_new_start_code_ends_the_old_password_and_the_sessions_there(stage: Stage) -> None:
    hire(stage, NEW)
    hire(stage, OTHER)
    here, elsewhere, colleague = account(stage, NEW), account(stage, NEW, "inwoner"), account(stage, OTHER)
    for number, whose, reason in ((1, here, None), (2, here, "uitgelogd"), (3, elsewhere, None), (4, colleague, None)):
        session(stage, whose, number, reason)

    def act() -> None:
        assert stage.one("web_team", START_CODE, person(NEW), b"d" * 32, who=ADMIN) == f"naam{NEW}"

    nothing_else_changes(stage, ACCOUNTS, act, here)
    [(_, password, secret, step, code, until, disabled)] = stage.seen(f"{ACCOUNTS} WHERE id = %s", here)
    assert (password, secret, step, code, disabled) == (None, None, None, b"d" * 32, None)
    assert until - stage.value("SELECT now()") == timedelta(days=7)
    assert sessions(stage) == {1: "toegang_gestopt", 2: "uitgelogd", 3: None, 4: None}
    assert logged(stage) == ("staff.start_code", NEW, ADMIN.person)


@scenario
def who_may_give_a_start_code_to_whom(stage: Stage) -> None:
    for number in (NEW, OTHER, LEFT, 703):
        hire(stage, number)
    account(stage, NEW)
    account(stage, OTHER, code=True)
    account(stage, LEFT, disabled="now()")
    account(stage, 703, "inwoner")
    account(stage, ADMIN.person)
    for who, whose, refusal in (
        (LEAD, NEW, "MB007"),
        (LEAD, OTHER, ""),
        (ADMIN, NEW, ""),
        (ADMIN, OTHER, ""),
        (ADMIN, LEFT, "MB001"),
        (ADMIN, 703, "MB001"),
        (ADMIN, ADMIN.person, "MB004"),
        (WORKER, NEW, "MB001"),
    ):
        assert stage.refusal("web_team", START_CODE, person(whose), CODE, who=who) == refusal, (who, whose)
    assert stage.refusal("portaal_operator", START_CODE, person(NEW), CODE) == ""


CHANGE = "SELECT casus.staff_change(%s, 'coach', {}, %s)"


@scenario
def a_change_is_of_one_post(stage: Stage) -> None:
    hire(stage, NEW)

    def act() -> None:
        stage.ask("web_team", CHANGE.format(SOUTH), person(NEW), "teamleider", who=ADMIN)

    nothing_else_changes(stage, STAFF, act, NEW)
    assert stage.seen(f"{STAFF} WHERE person_id = %s", NEW)[0][1:4] == ("coach", 2, "teamleider")
    assert logged(stage) == ("staff.changed", NEW, ADMIN.person)


@scenario
def who_may_change_which_post(stage: Stage) -> None:
    hire(stage, NEW)
    nowhere, oneself = "gen_random_uuid()", ADMIN.person
    for who, whose, team, role, refusal in (
        (LEAD, NEW, NORTH, "professional", ""),
        (LEAD, NEW, SOUTH, "professional", "MB007"),
        (LEAD, NEW, NORTH, "teamleider", "MB007"),
        (LEAD, PEOPLE["other team"].person, NORTH, "professional", "MB001"),
        (ADMIN, NEW, nowhere, "professional", "MB001"),
        (ADMIN, NEW, nowhere, "beheerder", "MB001"),
        (ADMIN, NEW, "NULL", "professional", "MB007"),
        (ADMIN, NEW, "NULL", "beheerder", ""),
        (ADMIN, oneself, NORTH, "professional", "MB004"),
        (ADMIN, oneself, SOUTH, "beheerder", ""),
        (ADMIN, 55, NORTH, "professional", ""),
        (WORKER, NEW, NORTH, "professional", "MB001"),
    ):
        assert stage.refusal("web_team", CHANGE.format(team), person(whose), role, who=who) == refusal, (who, whose, team, role)


def holders(stage: Stage) -> dict[int, str]:
    """By which transaction each row of the staff is held, or was."""
    return dict(stage.seen("SELECT person_id, xmax::text FROM casus.staff"))


def held(before: dict[int, str], stage: Stage) -> set[int]:
    """The staff whose row has been held since."""
    return {number for number, holder in holders(stage).items() if before.get(number) != holder}


@scenario
def the_last_administrator_stays(stage: Stage) -> None:
    stage.seen("GRANT EXECUTE ON FUNCTION casus.keep_a_beheerder(int) TO web_team, portaal_operator")
    keep = "SELECT casus.keep_a_beheerder(54)"
    assert stage.refusal("web_team", keep, who=ADMIN) == ""
    before = holders(stage)
    stage.ask("web_team", keep, who=ADMIN)
    assert held(before, stage) == {54, 55}, "two who send each other away at once would both succeed"
    for gone in ("left_on = acl.today()", "left_on = acl.today() - 1", "role = 'professional'"):

        def play(gone: str = gone) -> None:
            stage.given(f"UPDATE casus.staff SET {gone} WHERE person_id = 55")
            assert stage.refusal("web_team", keep, who=ADMIN) == "MB003", gone
            assert stage.refusal("portaal_operator", keep) == ""

        stage.undone(play)
    stage.given("UPDATE casus.staff SET left_on = acl.today() + 1 WHERE person_id = 55")
    assert stage.refusal("web_team", keep, who=ADMIN) == ""


@scenario
def changing_or_leaving_of_an_administrator_asks_whether_one_stays(stage: Stage) -> None:
    for sql, values, asks in (
        (CHANGE.format(NORTH), (person(55), "professional"), True),
        (CHANGE.format(NORTH), (person(55), "beheerder"), False),
        (CHANGE.format(NORTH), (person(40), "teamleider"), False),
        ("SELECT casus.staff_leave(%s)", (person(55),), True),
        ("SELECT casus.staff_leave(%s)", (person(41),), False),
    ):

        def play(sql: str = sql, values: tuple[object, ...] = values, asks: bool = asks) -> None:
            before = holders(stage)
            stage.ask("web_team", sql, *values, who=ADMIN)
            assert (54 in held(before, stage)) is asks, sql

        stage.undone(play)
