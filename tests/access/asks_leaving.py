"""Absence and leaving, and the lists of who works here: who may do it to whom, and what exactly changes."""

from datetime import datetime

from tests.access.hired import (
    ACCOUNTS,
    ADMIN,
    LEAD,
    LEFT,
    NEW,
    OTHER,
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
from tests.access.world import PEOPLE

ABSENCE = "SELECT casus.staff_absence(%s, {}, {}, %s)"


@scenario
def an_absence_is_written_down_as_it_is(stage: Stage) -> None:
    hire(stage, NEW)
    for first, last, substitute in (
        ("acl.today()", "acl.today()", 48),
        ("acl.today() - 400", "acl.today() + 366", LEAD.person),
        ("acl.today() + 3", "acl.today() + 9", None),
    ):
        stage.ask("web_team", ABSENCE.format(first, last), person(NEW), substitute and person(substitute), who=LEAD)
        expected = stage.seen(f"SELECT {NEW}, {first}, {last}, %s::int", substitute)
        assert stage.seen("SELECT staff_id, from_date, until_date, substitute_id FROM casus.absence ORDER BY id DESC LIMIT 1") == expected
        assert logged(stage) == ("staff.absence", NEW, LEAD.person)


@scenario
def dates_that_can_not_be_are_refused(stage: Stage) -> None:
    hire(stage, NEW)
    for first, last in (
        ("NULL", "acl.today()"),
        ("acl.today()", "NULL"),
        ("acl.today() + 2", "acl.today() + 1"),
        ("acl.today() - 9", "acl.today() - 1"),
        ("acl.today()", "acl.today() + 367"),
    ):
        assert stage.refusal("web_team", ABSENCE.format(first, last), person(NEW), None, who=LEAD) == "MB006", (first, last)


@scenario
def who_can_stand_in(stage: Stage) -> None:
    hire(stage, NEW)
    hire(stage, OTHER, left="acl.today()")
    hire(stage, 703, left="acl.today() + 1", joined="")
    hire(stage, 704, joined="+ 1")
    for number, refusal in (
        (OTHER, "MB005"),
        (703, ""),
        (704, "MB005"),
        (NEW, "MB005"),
        (54, "MB005"),
        (1, "MB005"),
        (999, "MB005"),
        (53, ""),
    ):
        ask = ABSENCE.format("acl.today()", "acl.today()")
        assert stage.refusal("web_team", ask, person(NEW), person(number), who=ADMIN) == refusal, number


ABSENCES = (
    "SELECT id, staff_id, from_date - acl.today(), until_date - acl.today(), substitute_id FROM casus.absence WHERE id < 0"
    " OR staff_id >= 700 OR id > 100000"
)


def absent(stage: Stage, number: int, staff: int, begins: int, ends: int, substitute: int | None = None) -> None:
    """An absence, from and until so many days from today."""
    stage.given(
        "INSERT INTO casus.absence VALUES (%s, %s, acl.today() + %s, acl.today() + %s, %s)", number, staff, begins, ends, substitute
    )


@scenario
def who_is_back_early_is_away_no_more(stage: Stage) -> None:
    hire(stage, NEW)
    hire(stage, OTHER)
    spans = {-1: (-9, -2), -2: (-9, -1), -3: (-2, 2), -4: (-2, 0), -5: (0, 3), -6: (2, 5)}
    for number, (begins, ends) in spans.items():
        absent(stage, number, NEW, begins, ends, 48)
        absent(stage, number - 10, OTHER, begins, ends)
    stage.ask("web_team", "SELECT casus.staff_absence_end(%s)", person(NEW), who=LEAD)
    left = {row[0]: row[2:4] for row in stage.seen(ABSENCES)}
    expected = {-1: (-9, -2), -2: (-9, -1), -3: (-2, -1), -4: (-2, -1)}
    assert left == expected | {number - 10: span for number, span in spans.items()}
    assert logged(stage) == ("staff.absence_ended", NEW, LEAD.person)


LEAVE = "SELECT casus.staff_leave(%s)"


def leaving(stage: Stage) -> None:
    """Somebody is ready to leave, and a colleague with the same stays."""
    hire(stage, NEW)
    hire(stage, OTHER)
    stage.given("DELETE FROM casus.assignment WHERE staff_id >= 700")
    for number in (NEW, OTHER):
        for place, ends in enumerate(("NULL", "acl.today()", "acl.today() + 5", "acl.today() - 1", "acl.today() - 5")):
            stage.given(
                f"INSERT INTO casus.assignment VALUES (%s, 1, %s, 'vaste', acl.today() - 9, {ends})", -(number * 10 + place), number
            )


@scenario
def who_leaves_has_left_today_and_works_in_no_dossier(stage: Stage) -> None:
    leaving(stage)

    def act() -> None:
        stage.ask("web_team", LEAVE, person(NEW), who=LEAD)

    nothing_else_changes(stage, STAFF, act, NEW)
    assert stage.value("SELECT left_on = acl.today() FROM casus.staff WHERE person_id = %s", NEW) is True
    rows = stage.seen("SELECT id, valid_until - acl.today() FROM casus.assignment WHERE staff_id >= 700 ORDER BY staff_id, id DESC")
    assert [ends for _, ends in rows] == [-1, -1, -1, -1, -5, None, 0, 5, -1, -5]
    assert logged(stage) == ("staff.left", NEW, LEAD.person)


@scenario
def who_leaves_is_away_no_more_and_stands_in_for_nobody(stage: Stage) -> None:
    leaving(stage)
    absent(stage, -1, NEW, -2, 2, 48)
    absent(stage, -2, 41, -9, -2, NEW)
    absent(stage, -3, 41, -2, 2, NEW)
    absent(stage, -4, 41, -2, 0, NEW)
    absent(stage, -5, 41, 0, 3, NEW)
    absent(stage, -6, 41, 2, 5, NEW)
    absent(stage, -7, 41, -2, 2, OTHER)
    absent(stage, -8, 41, 1, 2, OTHER)
    absent(stage, -9, 41, -9, -1, NEW)
    stage.ask("web_team", LEAVE, person(NEW), who=LEAD)
    rows = {row[0]: row[1:] for row in stage.seen(ABSENCES)}
    made = sorted(row for number, row in rows.items() if number > 0)
    assert made == [(41, 0, 0, None), (41, 0, 2, None)], "the days from today on have nobody"
    assert {number: row for number, row in rows.items() if number < 0} == {
        -1: (NEW, -2, -1, 48),
        -2: (41, -9, -2, NEW),
        -3: (41, -2, -1, NEW),
        -4: (41, -2, -1, NEW),
        -5: (41, 0, 3, None),
        -6: (41, 2, 5, None),
        -7: (41, -2, 2, OTHER),
        -8: (41, 1, 2, OTHER),
        -9: (41, -9, -1, NEW),
    }


@scenario
def who_leaves_loses_every_account_and_session_of_the_work(stage: Stage) -> None:
    leaving(stage)
    here, elsewhere, colleague = account(stage, NEW, code=True), account(stage, NEW, "inwoner", code=True), account(stage, OTHER, code=True)
    for number, whose, reason in ((1, here, None), (2, here, "uitgelogd"), (3, elsewhere, None), (4, colleague, None)):
        session(stage, whose, number, reason)

    def act() -> None:
        stage.ask("web_team", LEAVE, person(NEW), who=LEAD)

    nothing_else_changes(stage, ACCOUNTS, act, here)
    [(*_, code, until, disabled)] = stage.seen(f"{ACCOUNTS} WHERE id = %s", here)
    assert (code, until, disabled) == (None, None, stage.value("SELECT now()"))
    assert sessions(stage) == {1: "uit_dienst", 2: "uitgelogd", 3: "uit_dienst", 4: None}


@scenario
def an_account_that_was_closed_before_keeps_its_day(stage: Stage) -> None:
    hire(stage, NEW)
    account(stage, NEW, disabled="timestamptz '2026-01-01'")
    stage.ask("web_team", LEAVE, person(NEW), who=LEAD)
    disabled: datetime = stage.value("SELECT disabled_at FROM portaal.account WHERE person_id = %s", NEW)
    assert disabled.year == 2026
    assert disabled.month == 1


@scenario
def grants_to_a_colleague_end_and_those_to_a_naaste_stay(stage: Stage) -> None:
    for number, face in ((NEW, "team"), (OTHER, "inwoner")):
        hire(stage, number)
        account(stage, number, face)
    account(stage, 20, "inwoner")
    add = "INSERT INTO casus.access_grant (id, dossier_id, grantee_id, scope, valid_from, withdrawn_at, ground) VALUES (%s, 1, %s, 1, '2026-01-01', {}, 'x')"
    stage.given(add.format("NULL"), -1, NEW)
    stage.given(add.format("timestamptz '2026-02-02'"), -2, NEW)
    stage.given(add.format("NULL"), -3, OTHER)
    for number, changed in ((NEW, (-1,)), (OTHER, ())):

        def act(number: int = number) -> None:
            stage.ask("web_team", LEAVE, person(number), who=LEAD)

        nothing_else_changes(stage, "SELECT id, withdrawn_at FROM casus.access_grant", act, *changed)
    assert stage.value("SELECT withdrawn_at = now() FROM casus.access_grant WHERE id = -1") is True


@scenario
def who_may_send_whom_away(stage: Stage) -> None:
    hire(stage, NEW)
    hire(stage, OTHER, team=2)
    for who, whose, refusal in (
        (LEAD, NEW, ""),
        (LEAD, OTHER, "MB001"),
        (ADMIN, ADMIN.person, "MB004"),
        (ADMIN, 55, ""),
        (WORKER, NEW, "MB001"),
    ):
        assert stage.refusal("web_team", LEAVE, person(whose), who=who) == refusal, (who, whose)


OVERVIEW = (
    "SELECT public_id, name, job_title, role, team_name, joined_on - acl.today(), left_on - acl.today(), username, signed_in_before,"
    " code_until IS NOT NULL, dossiers, away_until - acl.today(), substitute_name, is_self FROM casus.staff_overview()"
)


@scenario
def the_overview_shows_who_is_managed_with_what_matters(stage: Stage) -> None:
    stage.given("UPDATE casus.staff SET left_on = acl.today() - 500, joined_on = acl.today() - 600 WHERE person_id NOT IN (52, 54)")
    hire(stage, NEW)
    hire(stage, OTHER, left="acl.today() - 364")
    hire(stage, LEFT, left="acl.today() - 365")
    hire(stage, 703, team=2, role="teamleider")
    account(stage, NEW)
    account(stage, NEW, "inwoner", code=True)
    account(stage, OTHER, code=True)
    stage.given("UPDATE portaal.account SET password_hash = '$argon2id$gekozen' WHERE person_id = %s", OTHER)
    account(stage, 703, "inwoner")
    stage.given("DELETE FROM casus.assignment")
    for dossier, begins, ends in (
        (1, "- 9", "NULL"),
        (1, "- 9", "NULL"),
        (2, "", "acl.today() + 5"),
        (3, "- 9", "acl.today()"),
        (-4, "- 9", "acl.today() - 1"),
        (-6, "- 9", "acl.today() - 5"),
        (-7, "- 9", "acl.today() - 6"),
        (-8, "- 9", "acl.today() - 7"),
        (-5, "+ 1", "NULL"),
    ):
        stage.given(
            f"INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from, valid_until) VALUES ({dossier}, {NEW}, 'x', acl.today() {begins}, {ends})"
        )
    for number, staff, first, last, substitute in (
        (-1, NEW, -2, 2, 48), (-2, NEW, 0, 3, 50), (-3, NEW, -9, -1, 41), (-4, NEW, 1, 9, 41), (-5, 703, 0, 0, None), (-6, OTHER, -3, -1, 48),
    ):  # fmt: skip
        absent(stage, number, staff, first, last, substitute)
    worker = (person(NEW), f"Nieuw{NEW} de Vries", "werker", "professional", "Team Noord", -10, None, f"naam{NEW}", True, False, 3, 3, "substitute later Proef", False)  # fmt: skip
    gone = (person(OTHER), f"Nieuw{OTHER} de Vries", "werker", "professional", "Team Noord", -10, -364, f"naam{OTHER}", False, True, 0, None, "", False)  # fmt: skip
    lead = (person(703), "Nieuw703 de Vries", "werker", "teamleider", "Team Zuid", -10, None, None, False, False, 0, 0, "", False)
    other_lead = (person(52), "team lead Proef", "werker", "teamleider", "Team Noord", -900, None, None, False, False, 0, None, "", False)
    oneself = (person(54), "administrator Proef", "werker", "beheerder", "Team Noord", -900, None, None, False, False, 0, None, "", True)
    plain = [
        tuple("" if place == 12 and value is None else value for place, value in enumerate(row))
        for row in stage.ask("web_team", OVERVIEW, who=ADMIN)
    ]
    assert plain == [oneself, other_lead, worker, gone, lead]
    assert [row[0] for row in stage.ask("web_team", OVERVIEW, who=LEAD)] == [person(NEW), person(OTHER)]
    assert len(stage.ask("portaal_operator", "SELECT FROM casus.staff_overview()")) == 5
    assert stage.ask("web_team", OVERVIEW, who=PEOPLE["team lead, as professional"]) == []


@scenario
def concepts_of_who_left_are_counted_without_their_words(stage: Stage) -> None:
    hire(stage, OTHER, team=2, left="acl.today() - 3")
    for number, author, saved in ((-1, OTHER, "2026-03-01"), (-2, OTHER, "2026-03-05"), (-3, 40, "2026-03-09")):
        stage.given(
            "INSERT INTO casus.concept (id, dossier_id, author_id, section, kind, occurred_on, saved_at) VALUES (%s, 1, %s, 2, 1, '2026-03-01', %s)",
            number,
            author,
            saved,
        )
    query = "SELECT author_name, concepts, to_char(saved_at, 'MM-DD') FROM casus.concepts_left_behind()"
    other = (f"Nieuw{OTHER} de Vries", 2, "03-05")
    [(day,)] = stage.seen("SELECT to_char(saved_at, 'MM-DD') FROM casus.concept WHERE id = 404")
    here = ("assigned, has left Proef", 1, day)
    assert stage.ask("web_team", query, who=ADMIN) == [other, here]
    assert stage.ask("web_team", query, who=LEAD) == [here]
    assert stage.ask("web_team", query, who=WORKER) == []
