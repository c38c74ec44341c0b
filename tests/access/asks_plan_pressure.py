"""Drang and dwang beside the plan, and copies on paper that were given: who writes and ends them, who reads them, and that nothing else changes."""

from tests.access import planned
from tests.access.asks_notices import reached
from tests.access.asks_plan import face, reads
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who, public

OWNER, MANDATE, ASSIGNED, SUBSTITUTE, OTHER_OWNER = (
    PEOPLE[name] for name in ("owner", "mandate", "assigned", "substitute", "owner of another dossier")
)
OUTSIDE = [PEOPLE[name] for name in ("grant whole", "invited to the plan", "invited to keep the overview", "team lead", "assigned before")]
FLAG = "SELECT casus.flag_pressure(%s, %s, %s, 'Daarom', acl.today(), {})"
END = "SELECT casus.end_pressure(%s)"
GIVEN = "SELECT casus.give_plan_copy(%s)"
HERE, NEW = public("pressure", 20), public("pressure", 50)
ROWS = (
    "SELECT dossier_id, kind, ground, from_day - acl.today(), until_day - acl.today(), set_by, set_by_name, ended_at = now(), ended_by, ended_by_name"
    " FROM casus.plan_pressure ORDER BY id"
)
BEFORE = (1, 1, "Om de kinderen", -9, None, 40, "assigned")


def sees(stage: Stage, who: Who) -> list[int]:
    """What of it somebody reads."""
    return [row[0] for row in stage.ask(face(who), "SELECT id FROM casus.plan_pressure ORDER BY id", who=who)]


@scenario
def the_team_writes_it_down_and_the_inwoner_is_told_that_there_is_news(stage: Stage) -> None:
    reached(stage)
    stage.given("DELETE FROM portaal.outbox")
    parts = reads(stage, PEOPLE["invited to the plan"])
    assert stage.one("web_team", FLAG.format("acl.today() + 30"), 1, NEW, 2, who=ASSIGNED) is True
    assert stage.one("web_team", FLAG.format("NULL"), 1, NEW, 1, who=ASSIGNED) is False
    assert stage.seen(ROWS)[2:] == [(1, 2, "Daarom", 0, 30, 40, "assigned Proef", None, None, None)]
    assert stage.seen("SELECT template, person_id FROM portaal.outbox") == [("nieuws", 1)], "once"
    assert reads(stage, PEOPLE["invited to the plan"]) == parts, "who reads the plan doesn't change"
    for who in (SUBSTITUTE, PEOPLE["team lead, assigned"]):
        assert stage.refusal("web_team", FLAG.format("NULL"), 1, public("pressure", 51), 1, who=who) == "", who
    for who in (PEOPLE["team lead"], PEOPLE["assigned before"], PEOPLE["administrator"]):
        assert stage.refusal("web_team", FLAG.format("NULL"), 1, public("pressure", 51), 1, who=who) == "MB001", who
    assert stage.refusal("web_team", FLAG.format("NULL"), 2, public("pressure", 51), 1, who=ASSIGNED) == "MB001"
    assert stage.refusal("web_inwoner", FLAG.format("NULL"), 1, public("pressure", 51), 1, who=OWNER) == "42501"
    assert stage.refusal("web_team", FLAG.format("acl.today() - 1"), 1, public("pressure", 51), 1, who=ASSIGNED) == "23514"


@scenario
def it_is_for_the_inwoners_side_and_the_team(stage: Stage) -> None:
    for who in (OWNER, MANDATE, ASSIGNED, SUBSTITUTE):
        assert sees(stage, who) == [20], who
    for who in OUTSIDE:
        assert sees(stage, who) == [], who
    assert sees(stage, OTHER_OWNER) == [21]
    stage.given("SELECT set_config('casus.preview', '82', true)")
    assert sees(stage, OWNER) == []


@scenario
def who_works_there_ends_it_once(stage: Stage) -> None:
    for who in OUTSIDE[3:]:
        assert stage.refusal("web_team", END, HERE, who=who) == "MB001", who
    assert stage.refusal("web_team", END, public("pressure", 21), who=ASSIGNED) == "MB001"
    assert stage.refusal("web_team", END, public("pressure", 77), who=ASSIGNED) == "MB001"
    assert stage.refusal("web_inwoner", END, HERE, who=OWNER) == "42501"
    assert stage.one("web_team", END, HERE, who=SUBSTITUTE) is True
    first, other = stage.seen(ROWS)
    assert first[:7] == BEFORE
    assert first[7:] == (True, SUBSTITUTE.person, "substitute Proef")
    assert other[7:] == (None, None, None)
    stage.given("UPDATE casus.plan_pressure SET ended_at = now() - interval '1 day' WHERE id = 20")
    assert stage.one("web_team", END, HERE, who=ASSIGNED) is False
    assert stage.seen(ROWS)[0][7:] == (False, SUBSTITUTE.person, "substitute Proef")
    assert sees(stage, OWNER) == [20], "what was is still read"


@scenario
def a_copy_on_paper_is_given_once_of_what_was_agreed(stage: Stage) -> None:
    agreed, waits, others = (public("proposal", number) for number in (planned.AGREED, planned.WAITING, planned.OTHERS_WAITING))
    stage.given("UPDATE casus.plan_proposal SET settled_at = now(), version = 1 WHERE id = %s", planned.OTHERS_WAITING)
    for of in (waits, others, public("proposal", 77)):
        assert stage.refusal("web_team", GIVEN, of, who=ASSIGNED) == "MB001", of
    for who in OUTSIDE[3:]:
        assert stage.refusal("web_team", GIVEN, agreed, who=who) == "MB001", who
    assert stage.refusal("web_inwoner", GIVEN, agreed, who=OWNER) == "42501"
    assert stage.one("web_team", GIVEN, agreed, who=ASSIGNED) is True
    assert stage.one("web_team", GIVEN, agreed, who=SUBSTITUTE) is False
    rows = "SELECT proposal_id, dossier_id, given_by, given_by_name FROM casus.plan_copy_given"
    assert stage.seen(rows) == [(planned.AGREED, 1, 40, "assigned Proef")]
    for who, there in ((OWNER, 1), (MANDATE, 1), (ASSIGNED, 1), (OTHER_OWNER, 0), *((one, 0) for one in OUTSIDE)):
        assert len(stage.ask(face(who), rows, who=who)) == there, who
