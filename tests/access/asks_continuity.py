"""Figures of continuity: who sees them, what counts as somebody else, and when how many chose isn't told; counted by hand, with decoys."""

from typing import Any

from tests.access.asks_ending import LEAD
from tests.access.asks_plan import ASSIGNED
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE

CHANGES = "SELECT team_name, changes, dossiers, own FROM casus.helper_changes(acl.today() - 365)"
MOMENTS = "SELECT t.name, m.sent_at, m.answered_at FROM casus.wish_moments(%s) m JOIN casus.team t ON t.public_id = m.team"
SINCE, DAY, LATER = "2026-01-10 00:00+00", "2026-02-01 10:00+00", "2026-02-03 10:00+00"
ADMIN = PEOPLE["administrator"]
NAMES = "SELECT name FROM casus.team WHERE id IN (1, 2) ORDER BY id"


def begin(stage: Stage) -> None:
    """Five dossiers of team 1 and one of team 2; nobody works in them yet."""
    stage.given(
        "DELETE FROM casus.wish_choice; DELETE FROM casus.wish; DELETE FROM casus.assignment; UPDATE casus.dossier SET team_id = NULL"
    )
    for number in range(801, 807):
        stage.given("INSERT INTO casus.person (id, first_name, last_name) VALUES (%s, 'x', 'x')", number)
        stage.given("INSERT INTO casus.inwoner (person_id, birth_date) VALUES (%s, '1980-01-01')", number)
        stage.given(
            "INSERT INTO casus.dossier (id, inwoner_id, team_id, opened_on) VALUES (%s, %s, %s, '2020-01-01')",
            number,
            number,
            1 + (number == 806),
        )


def turn(stage: Stage, dossier: int, who: int, first: int, *, responsible: bool = True) -> None:
    """Somebody works there from so many days from today."""
    stage.given(
        "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from, valid_until, responsible)"
        " VALUES (%s, %s, 'x', acl.today() + %s::int, acl.today() + %s::int, %s)",
        dossier,
        who,
        first,
        first,
        responsible,
    )


def wish(
    stage: Stage, dossier: int, helper: int | None, first: int, *, sent: str = DAY, answered: str | None = LATER, team: int = 1
) -> None:
    """The inwoner wished that one from that day."""
    stage.given(
        "INSERT INTO casus.wish (public_id, dossier_id, team_id, anybody, words, tell, meet, sent_at, answered_at, helper_id, from_day)"
        " VALUES (gen_random_uuid(), %s, %s, true, '', 1, false, %s, %s, %s, CASE WHEN %s::int IS NOT NULL THEN acl.today() + %s::int END)",
        dossier,
        team,
        sent,
        answered,
        helper,
        helper,
        first,
    )


def seen(stage: Stage, who: Any = LEAD) -> list[Any]:
    """What somebody is told."""
    return stage.ask("web_team", CHANGES, who=who)


@scenario
def who_leads_sees_the_own_team_and_who_administers_all(stage: Stage) -> None:
    begin(stage)
    north, south = (row[0] for row in stage.seen(NAMES))
    assert seen(stage) == [(north, 0, 5, None)]
    assert sorted(seen(stage, ADMIN)) == sorted([(north, 0, 5, None), (south, 0, 1, None)])
    assert seen(stage, ASSIGNED) == []
    for number, team in ((801, 1), (806, 2)):
        wish(stage, number, None, 0, team=team)
    assert [row[0] for row in stage.ask("web_team", MOMENTS, SINCE, who=LEAD)] == [north]
    assert sorted(row[0] for row in stage.ask("web_team", MOMENTS, SINCE, who=ADMIN)) == sorted([north, south])
    assert stage.ask("web_team", MOMENTS, SINCE, who=ASSIGNED) == []


@scenario
def a_change_is_somebody_else_who_became_responsible(stage: Stage) -> None:
    begin(stage)
    [[north], _] = stage.seen(NAMES)
    # One who began, of whom nobody helped before; the same one again; somebody who isn't responsible; one long ago; one who is to come.
    turn(stage, 801, 40, -300)
    turn(stage, 801, 40, -200)
    turn(stage, 801, 41, -100, responsible=False)
    turn(stage, 802, 40, -900)
    turn(stage, 802, 41, -366)
    turn(stage, 802, 40, 1)
    turn(stage, 803, 41, -50, responsible=False)
    turn(stage, 803, 40, -40)
    # What happens in another dossier is no change in this one.
    turn(stage, 804, 41, -500)
    turn(stage, 805, 40, -10)
    assert seen(stage) == [(north, 0, 5, None)]
    turn(stage, 804, 40, -365)
    assert seen(stage) == [(north, 0, 4, None), (north, 1, 1, None)]
    turn(stage, 804, 41, 0)
    assert seen(stage) == [(north, 0, 4, None), (north, 2, 1, None)]
    for day in (-20, -19):
        turn(stage, 804, 42, day)
    assert seen(stage) == [(north, 0, 4, None), (north, 3, 1, None)], "twice the same one is one change"
    turn(stage, 804, 40, -10)
    assert seen(stage) == [(north, 0, 4, None), (north, 3, 1, None)], "four are three or more"


@scenario
def a_dossier_that_was_closed_before_does_not_count(stage: Stage) -> None:
    begin(stage)
    stage.given("UPDATE casus.dossier SET closed_on = acl.today() - 366 WHERE id = 801")
    stage.given("UPDATE casus.dossier SET closed_on = acl.today() - 365 WHERE id = 802")
    stage.given("UPDATE casus.dossier SET closed_on = acl.today() WHERE id = 803")
    [[north], _] = stage.seen(NAMES)
    assert seen(stage) == [(north, 0, 4, None)]


@scenario
def how_many_chose_is_told_from_five_changes_on(stage: Stage) -> None:
    begin(stage)
    [[north], _] = stage.seen(NAMES)
    for number in (801, 802, 803, 804):
        turn(stage, number, 40, -900)
        turn(stage, number, 41, -100)
    wish(stage, 801, 41, -100)
    wish(stage, 802, 41, -100)
    # Another one, another day, another dossier.
    wish(stage, 803, 42, -100)
    wish(stage, 804, 41, -99)
    wish(stage, 805, 41, -100)
    assert seen(stage) == [(north, 0, 1, None), (north, 1, 4, None)]
    # A change in another team doesn't make them five.
    turn(stage, 806, 40, -900)
    turn(stage, 806, 41, -100)
    assert seen(stage) == [(north, 0, 1, None), (north, 1, 4, None)]
    assert {row[3] for row in seen(stage, ADMIN)} == {None}
    turn(stage, 804, 42, -50)
    assert seen(stage) == [(north, 0, 1, 0), (north, 1, 3, 2), (north, 2, 1, 0)]


@scenario
def wishes_count_from_that_moment_but_those_taken_back(stage: Stage) -> None:
    begin(stage)
    wish(stage, 801, 41, -100)
    wish(stage, 802, None, 0, answered=None, sent=SINCE)
    wish(stage, 803, None, 0, sent="2026-01-09 23:59+00")
    wish(stage, 804, None, 0)
    stage.given("UPDATE casus.wish SET withdrawn_at = now() WHERE dossier_id = 804")
    found = [(str(row[1].astimezone().date()), row[2] is None) for row in stage.ask("web_team", MOMENTS, SINCE, who=LEAD)]
    assert found == [("2026-01-10", True), ("2026-02-01", False)]
