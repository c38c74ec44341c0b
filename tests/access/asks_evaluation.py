"""Looking back: who plans, who is asked along, who says what from which side, and what came of it; exactly, with decoys."""

import json
from uuid import UUID, uuid4

from tests.access import planned
from tests.access.asks_plan import ASSIGNED, DECIDE, MANDATE, OTHER, OWNER, face, part
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who, public

ALONG = PEOPLE["invited to the plan"]
PLAN = "SELECT casus.plan_evaluation(%s, %s, %s)"
ASK = "SELECT casus.ask_along(%s, %s)"
LOOK = "SELECT casus.look_back(%s, %s, %s, %s, %s)"
SETTLE = "SELECT casus.settle_evaluation(%s, %s, %s)"
LOOKS = "SELECT evaluation_id, side, author_id, number FROM casus.evaluation_look ORDER BY 1, 2, 3, 4"
TOLD = "SELECT template, person_id FROM portaal.outbox WHERE topic = 'nieuw'"


def moment(number: int) -> UUID:
    """The id of a moment of planned.py."""
    return public("evaluation", number)


def on(**more: object) -> str:
    """When one is to look back."""
    return json.dumps({**json.loads(planned.ON), **more})


def said(**more: object) -> str:
    """What somebody says of how it went."""
    return json.dumps({**json.loads(planned.LOOK), **more})


def looks(stage: Stage, who: Who) -> list[tuple[int, int, int]]:
    """What somebody reads of what was said: moment, side and author."""
    return [row[:3] for row in stage.ask(face(who), LOOKS, who=who)]


def a_day(stage: Stage, away: str) -> str:
    """A day so far from today."""
    return str(stage.seen(f"SELECT (acl.today() + interval '{away}')::date")[0][0])


@scenario
def the_inwoners_side_and_the_team_read_and_who_was_asked_reads_what_they_said(stage: Stage) -> None:
    every = [(1, 2, 40), (1, 3, 82), (3, 2, 40), (3, 3, 82)]
    for who in (OWNER, MANDATE, ASSIGNED):
        assert looks(stage, who) == every
        assert len(stage.ask(face(who), "SELECT FROM casus.evaluation", who=who)) == 2
        assert len(stage.ask(face(who), "SELECT FROM casus.evaluation_person", who=who)) == 4
        assert len(stage.ask(face(who), "SELECT FROM casus.evaluation_goal", who=who)) == 2
    # Their own, and of the moment that lies ahead alone.
    assert looks(stage, ALONG) == [(1, 3, 82)]
    assert stage.ask("web_inwoner", "SELECT side, result FROM casus.evaluation_goal", who=ALONG) == [(3, 2)]
    for table in ("evaluation", "evaluation_person"):
        assert stage.ask("web_inwoner", f"SELECT FROM casus.{table}", who=ALONG) == []
    for name in ("grant whole", "grant section", "grant ended", "team lead", "assigned before", "mandate ended"):
        assert looks(stage, PEOPLE[name]) == [], name
    assert looks(stage, OTHER) == [(2, 2, 40), (2, 3, 82)]
    # Who isn't asked any more reads nothing, and no goal that isn't for them.
    stage.given("UPDATE casus.plan_part SET audience = 2 WHERE id = 6")
    assert stage.ask("web_inwoner", "SELECT side FROM casus.evaluation_goal", who=ALONG) == []
    stage.given("UPDATE casus.plan_part SET audience = 1 WHERE id = 6")
    assert stage.ask("web_team", "SELECT side FROM casus.evaluation_goal", who=ASSIGNED) == []
    stage.given("UPDATE casus.plan_part SET audience = 3 WHERE id = 6")

    def settled() -> None:
        stage.given("UPDATE casus.evaluation SET settled_at = now(), outcome = 1 WHERE id = 1")
        assert stage.ask("web_inwoner", "SELECT side FROM casus.evaluation_goal", who=ALONG) == looks(stage, ALONG) == []

    stage.undone(settled)
    stage.given("DELETE FROM casus.evaluation_person WHERE evaluation_id = 1")
    assert stage.ask("web_inwoner", "SELECT side FROM casus.evaluation_goal", who=ALONG) == looks(stage, ALONG) == []


@scenario
def who_is_asked_along_is_told_when_and_where_as_long_as_they_may_see_something(stage: Stage) -> None:
    asked = "SELECT dossier_id, id, place FROM acl.moments_asked_to()"
    stage.given("UPDATE casus.evaluation SET place = 'Thuis' WHERE id = 1")
    assert stage.ask("web_inwoner", asked, who=ALONG) == [(1, moment(1), "Thuis")]
    for name in ("grant ended", "grant whole", "owner", "owner of another dossier"):
        assert stage.ask("web_inwoner", asked, who=PEOPLE[name]) == [], name

    def elsewhere() -> None:
        # Something of another dossier is open to them, and not of this one.
        stage.given("UPDATE casus.access_grant SET dossier_id = 2 WHERE grantee_id = 82")
        assert stage.ask("web_inwoner", asked, who=ALONG) == []
        assert stage.refusal("web_inwoner", LOOK, moment(1), 3, 1, said(), "{}", who=ALONG) == "MB001"

    stage.undone(elsewhere)

    def through_their_eyes() -> None:
        stage.given("SELECT set_config('casus.preview', '82', true)")
        assert stage.ask("web_inwoner", asked, who=OWNER) == [(1, moment(1), "Thuis")]
        assert stage.refusal("web_inwoner", LOOK, moment(1), 3, 0, said(), "{}", who=OWNER) == "MB001"

    stage.undone(through_their_eyes)
    stage.given("UPDATE casus.evaluation SET settled_at = now(), outcome = 1 WHERE id = 1")
    assert stage.ask("web_inwoner", asked, who=ALONG) == []


@scenario
def a_moment_is_planned_moved_and_never_doubled(stage: Stage) -> None:
    new = uuid4()
    day = a_day(stage, "2 days")
    assert (
        stage.ask("web_inwoner", PLAN, 1, new, on(planned_on=day, kind=3, place="Thuis", about_pgb=True, others="Oma"), who=MANDATE)
        is not None
    )
    assert stage.seen(
        "SELECT id, public_id, kind, planned_on::text, place, about_pgb, others, planned_by_name, planned_at > now() - interval '1 minute', outcome"
        " FROM casus.evaluation WHERE dossier_id = 1 AND settled_at IS NULL"
    ) == [(1, moment(1), 3, day, "Thuis", True, "Oma", "mandate, as naaste Proef, namens owner Proef", True, None)]
    stage.given("UPDATE casus.evaluation SET settled_at = now(), outcome = 1 WHERE id = 1")
    assert stage.ask("web_team", PLAN, 1, new, on(planned_on=day), who=ASSIGNED) is not None
    assert stage.seen("SELECT public_id FROM casus.evaluation WHERE settled_at IS NULL AND dossier_id = 1") == [(new,)]
    for who in (ALONG, OTHER, PEOPLE["team lead"], PEOPLE["assigned elsewhere"]):
        assert stage.refusal(face(who), PLAN, 1, uuid4(), on(planned_on=day), who=who) == "MB001"


@scenario
def the_day_is_from_today_on_and_within_a_year(stage: Stage) -> None:
    for away in ("0 days", "1 year"):
        stage.ask("web_inwoner", PLAN, 1, uuid4(), on(planned_on=a_day(stage, away)), who=OWNER)
    for away in ("-1 days", "1 year 1 day"):
        assert stage.refusal("web_inwoner", PLAN, 1, uuid4(), on(planned_on=a_day(stage, away)), who=OWNER) == "MB095"
    assert stage.refusal("web_inwoner", PLAN, 1, uuid4(), '{"kind": 1}', who=OWNER) == "MB095"


@scenario
def what_the_team_does_is_told_to_the_inwoner_and_what_the_inwoner_does_isnt(stage: Stage) -> None:
    for number in (1, 2):
        stage.given(
            f"INSERT INTO portaal.account (person_id, face, username, email) VALUES ({number}, 'inwoner', 'anna{number}', 'a{number}@voorbeeld.nl')"
        )
    day = a_day(stage, "2 days")
    stage.ask("web_inwoner", PLAN, 1, uuid4(), on(planned_on=day), who=OWNER)
    stage.one("web_inwoner", LOOK, moment(1), 1, 0, said(), "{}", who=OWNER)
    stage.one("web_inwoner", LOOK, moment(1), 3, 1, said(), "{}", who=ALONG)
    stage.ask("web_inwoner", "SELECT casus.propose_plan(1, %s)", uuid4(), who=MANDATE)

    def settles() -> None:
        stage.ask("web_inwoner", SETTLE, moment(1), 1, "Goed", who=OWNER)
        assert stage.seen(TOLD) == []

    stage.undone(settles)
    assert stage.seen(TOLD) == []
    acts: tuple[tuple[str, tuple[object, ...]], ...] = (
        (PLAN, (1, uuid4(), on(planned_on=day))),
        (LOOK, (moment(1), 2, 1, said(), "{}")),
        ("SELECT casus.propose_plan(%s, %s)", (1, uuid4())),
        (SETTLE, (moment(1), 2, "Anders")),
    )
    for number, (act, values) in enumerate(acts, 1):
        stage.ask("web_team", act, *values, who=ASSIGNED)
        assert stage.seen(TOLD) == [("nieuws", 1)] * number, act


@scenario
def what_was_said_aloud_is_told_too_when_somebody_else_wrote_it_down(stage: Stage) -> None:
    stage.given("INSERT INTO portaal.account (person_id, face, username, email) VALUES (1, 'inwoner', 'anna1', 'a1@voorbeeld.nl')")
    stage.one("web_team", LOOK, moment(1), 1, 0, planned.LOOK_ALOUD, "{}", who=ASSIGNED)
    assert stage.seen(TOLD) == [("nieuws", 1)]


@scenario
def the_inwoner_alone_asks_along_and_only_who_was_let_in(stage: Stage) -> None:
    stage.ask("web_inwoner", ASK, moment(1), [public("person", n) for n in (20, 82, 85, 21, 40, 1, 2, 87)], who=OWNER)
    assert stage.seen("SELECT person_id FROM casus.evaluation_person WHERE evaluation_id = 1 ORDER BY 1") == [(20,), (82,), (85,)]
    assert stage.seen("SELECT person_id FROM casus.evaluation_person WHERE evaluation_id = 3 ORDER BY 1") == [(24,), (82,)], (
        "of before it stays"
    )
    stage.ask("web_inwoner", ASK, moment(1), [], who=OWNER)
    assert stage.seen("SELECT FROM casus.evaluation_person WHERE evaluation_id = 1") == []
    for number in (planned.BEFORE, planned.OTHERS_AHEAD):
        assert stage.refusal("web_inwoner", ASK, moment(number), [], who=OWNER) == "MB001"
    for who in (MANDATE, ALONG, OTHER):
        assert stage.refusal("web_inwoner", ASK, moment(1), [], who=who) == "MB001"


@scenario
def each_says_it_from_their_own_side(stage: Stage) -> None:
    goals = json.dumps({str(part(6)): 2, str(part(9)): 1, str(part(7)): 1, str(uuid4()): 3})
    whole = said(
        content=5, words="Goed", anchored="Buren", together=3, together_words="Vaker", safe=2, fits=1, author_id=9, number=9, side=2
    )
    assert stage.one("web_inwoner", LOOK, moment(1), 1, 0, whole, goals, who=OWNER) is True
    assert stage.seen(
        "SELECT dossier_id, number, author_name, way, content, words, anchored, together, together_words, safe, fits FROM casus.evaluation_look"
        " WHERE evaluation_id = 1 AND side = 1 AND author_id = 1"
    ) == [(1, 1, "owner Proef", "portaal", 5, "Goed", "Buren", 3, "Vaker", 2, 1)]
    assert stage.seen("SELECT dossier_id, part_id, number, result FROM casus.evaluation_goal WHERE evaluation_id = 1 AND side = 1") == [
        (1, 6, 1, 2)
    ]
    assert stage.one("web_inwoner", LOOK, moment(1), 1, 0, said(), "{}", who=OWNER) is False, "written since"
    assert stage.one("web_inwoner", LOOK, moment(1), 1, 1, said(), "{}", who=OWNER) is True
    assert stage.one("web_inwoner", LOOK, moment(1), 1, 0, said(), "{}", who=MANDATE) is True
    assert stage.one("web_team", LOOK, moment(1), 2, 1, said(), "{}", who=ASSIGNED) is True
    assert stage.one("web_inwoner", LOOK, moment(1), 3, 1, said(), goals, who=ALONG) is True
    assert stage.seen("SELECT part_id, result FROM casus.evaluation_goal WHERE side = 3 AND number = 2") == [(6, 2)]
    refused = (
        (OWNER, 2, said()), (OWNER, 3, said()), (OWNER, 1, planned.LOOK_ALOUD), (MANDATE, 2, said()), (ASSIGNED, 1, said()), (ASSIGNED, 3, said()),
        (ASSIGNED, 2, planned.LOOK_ALOUD), (ALONG, 1, said()), (ALONG, 2, said()), (ALONG, 3, planned.LOOK_ALOUD), (OTHER, 1, said()),
        (PEOPLE["grant whole"], 3, said()), (PEOPLE["grant ended"], 3, said()), (OWNER, 4, said()),
    )  # fmt: skip
    for who, side, look in refused:
        assert stage.refusal(face(who), LOOK, moment(1), side, 1, look, "{}", who=who) == "MB001", (who, side)
    # What was written of another moment makes no difference, and a goal of another dossier in which one works isn't one of this.
    stage.given("UPDATE casus.evaluation_look SET number = 9 WHERE evaluation_id = 3")
    stage.given("INSERT INTO casus.plan_part (id, public_id, dossier_id, kind, audience) VALUES (60, %s, 3, 20, 3)", part(60))
    assert stage.one("web_team", LOOK, moment(1), 2, 2, said(), json.dumps({str(part(60)): 1}), who=ASSIGNED) is True
    assert stage.seen("SELECT FROM casus.evaluation_goal WHERE side = 2 AND number = 3") == []
    # A goal that the owner keeps is told of by the owner alone.
    stage.given("UPDATE casus.plan_part SET audience = 1 WHERE id = 6")
    assert stage.one("web_team", LOOK, moment(1), 2, 3, said(), goals, who=ASSIGNED) is True
    assert stage.seen("SELECT FROM casus.evaluation_goal WHERE side = 2 AND number = 4") == []


@scenario
def what_the_inwoner_said_aloud_is_written_by_who_works_there(stage: Stage) -> None:
    assert stage.one("web_team", LOOK, moment(1), 1, 0, planned.LOOK_ALOUD, "{}", who=ASSIGNED) is True
    assert stage.seen("SELECT author_id, way FROM casus.evaluation_look WHERE evaluation_id = 1 AND side = 1") == [(40, "mondeling")]
    for who in (PEOPLE["team lead"], PEOPLE["assigned before"]):
        assert stage.refusal("web_team", LOOK, moment(1), 1, 0, planned.LOOK_ALOUD, "{}", who=who) == "MB001"
        assert stage.refusal("web_team", LOOK, moment(1), 2, 0, said(), "{}", who=who) == "MB001"


@scenario
def an_outcome_is_given_once_and_needs_somebodys_words(stage: Stage) -> None:
    stage.given("DELETE FROM casus.evaluation_goal; DELETE FROM casus.evaluation_look WHERE evaluation_id = 1 AND side < 3")
    assert stage.refusal("web_inwoner", SETTLE, moment(1), 1, "Goed", who=OWNER) == "MB096", "who was asked along isn't enough"
    assert stage.one("web_inwoner", LOOK, moment(1), 1, 0, said(), "{}", who=OWNER) is True
    for who in (ALONG, OTHER, PEOPLE["team lead"]):
        assert stage.refusal(face(who), SETTLE, moment(1), 1, "Goed", who=who) == "MB001"
    stage.ask("web_team", SETTLE, moment(1), 3, "Het gaat beter", who=ASSIGNED)
    assert stage.seen(
        "SELECT outcome, reason, settled_by, settled_by_name, settled_at > now() - interval '1 minute' FROM casus.evaluation WHERE id = 1"
    ) == [(3, "Het gaat beter", 40, "assigned Proef", True)]
    assert stage.seen("SELECT outcome FROM casus.evaluation WHERE id <> 1 ORDER BY id") == [(None,), (1,)]
    assert stage.refusal("web_inwoner", SETTLE, moment(1), 1, "Goed", who=OWNER) == "MB072"
    assert stage.refusal("web_inwoner", LOOK, moment(1), 1, 1, said(), "{}", who=OWNER) == "MB072"


@scenario
def what_is_agreed_with_is_looked_back_on_in_a_year(stage: Stage) -> None:
    assert stage.one("web_inwoner", DECIDE, public("proposal", planned.WAITING), planned.YES, who=OWNER) == 2
    assert stage.seen("SELECT id FROM casus.evaluation WHERE dossier_id = 1 ORDER BY 1") == [(1,), (3,)], "it is planned already"
    stage.given("UPDATE casus.evaluation SET settled_at = now(), outcome = 1 WHERE id = 1")
    stage.given("UPDATE casus.plan_proposal SET settled_at = NULL, version = NULL WHERE id = %s", planned.WAITING)
    stage.given("DELETE FROM casus.plan_decision WHERE proposal_id = %s", planned.WAITING)

    def refused() -> None:
        no = json.dumps({**json.loads(planned.YES), "choice": 3, "words": "Nee"})
        assert stage.one("web_inwoner", DECIDE, public("proposal", planned.WAITING), no, who=OWNER) is None
        assert stage.seen("SELECT FROM casus.evaluation WHERE dossier_id = 1 AND settled_at IS NULL") == []

    stage.undone(refused)
    assert stage.one("web_inwoner", DECIDE, public("proposal", planned.WAITING), planned.YES, who=OWNER) == 2
    assert stage.seen(
        "SELECT kind, planned_on = acl.today() + interval '1 year', planned_by_name FROM casus.evaluation WHERE dossier_id = 1 AND settled_at IS NULL"
    ) == [(2, True, "owner Proef")]
