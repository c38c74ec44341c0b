"""Who helps people plans the own days off: which days, who stands in, and nobody else's."""

from tests.access.asks_ending import LEAD
from tests.access.hired import LEFT, NEW, OTHER, WORKER, hire, logged, person
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE

PLAN = "SELECT casus.plan_own_absence(acl.today() + %s::int, acl.today() + %s::int, %s)"
DROP = "SELECT casus.drop_own_absence(acl.today() + %s::int)"
ABSENCES = "SELECT staff_id, from_date - acl.today(), until_date - acl.today(), substitute_id FROM casus.absence WHERE from_date > acl.today() - 9 ORDER BY 1, 2"


def nobody_is_away(stage: Stage) -> None:
    """And there are colleagues: of the team, of another, who left, who comes later, who administers."""
    stage.given("DELETE FROM casus.absence")
    hire(stage, NEW)
    hire(stage, OTHER, team=2)
    hire(stage, LEFT, left="acl.today()")
    hire(stage, 703, joined="+ 1")
    hire(stage, 704, role="beheerder")
    hire(stage, 705, left="acl.today() + 1")
    hire(stage, 706, joined="+ 0")


@scenario
def the_own_days_from_tomorrow_on(stage: Stage) -> None:
    nobody_is_away(stage)
    for first, last in ((0, 5), (5, 4), (1, 367), (None, 5), (1, None)):
        assert stage.refusal("web_team", PLAN, first, last, None, who=WORKER) == "MB006", (first, last)
    for who in (PEOPLE["administrator"], PEOPLE["assigned, has left"]):
        assert stage.refusal("web_team", PLAN, 1, 2, None, who=who) == "MB001"
    stage.ask("web_team", PLAN, 1, 366, person(NEW), who=WORKER)
    stage.ask("web_team", PLAN, 3, 3, None, who=LEAD)
    assert stage.seen(ABSENCES) == sorted([(WORKER.person, 1, 366, NEW), (LEAD.person, 3, 3, None)])
    assert logged(stage) == ("staff.absence", LEAD.person, LEAD.person)


@scenario
def a_colleague_of_the_own_team_stands_in(stage: Stage) -> None:
    nobody_is_away(stage)
    for number in (OTHER, LEFT, 703, 704, 1, WORKER.person):
        assert stage.refusal("web_team", PLAN, 1, 2, person(number), who=WORKER) == "MB005", number
    for number in (NEW, 705, 706, LEAD.person):

        def well(number: int = number) -> None:
            stage.ask("web_team", PLAN, 1, 2, person(number), who=WORKER)
            assert stage.seen(ABSENCES) == [(WORKER.person, 1, 2, number)]

        stage.undone(well)


@scenario
def only_own_days_that_have_not_begun_are_dropped(stage: Stage) -> None:
    nobody_is_away(stage)
    for who, first in ((WORKER.person, 0), (WORKER.person, -3), (WORKER.person, 5), (WORKER.person, 6), (LEAD.person, 5)):
        stage.given(
            "INSERT INTO casus.absence (staff_id, from_date, until_date) VALUES (%s, acl.today() + %s::int, acl.today() + 9)", who, first
        )
    for first in (0, -3, 7):
        assert stage.refusal("web_team", DROP, first, who=WORKER) == "MB001", first
    stage.ask("web_team", DROP, 5, who=WORKER)
    assert [(row[0], row[1]) for row in stage.seen(ABSENCES)] == sorted(
        [(WORKER.person, -3), (WORKER.person, 0), (WORKER.person, 6), (LEAD.person, 5)]
    )
    assert logged(stage) == ("staff.absence_ended", WORKER.person, WORKER.person)
