"""The household plan: who comes in and how, goals that are the same in each plan, what one shows, leaving, and what is never shown."""

import hashlib
from typing import Any
from uuid import UUID

from tests.access.asks_plan import OTHER, OWNER, READ, SHARE, STEP, WRITE, face, part, words
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who, public

THIRD = Who(3, "inwoner", "inwoner")
ASSIGNED, ELSEWHERE, MANDATE, NAASTE = (PEOPLE[name] for name in ("assigned", "assigned elsewhere", "mandate", "grant whole"))
DOSSIERS = {1: OWNER, 2: OTHER, 3: THIRD}
CODE = hashlib.sha256(b"a code").digest()
ANOTHER = hashlib.sha256(b"another code").digest()
MAKE = "SELECT casus.make_household_code(%s, %s)"
TRY = "SELECT casus.try_household_code(%s, %s)"
JOIN = "SELECT casus.join_household(%s, %s, %s)"
LEAVE = "SELECT casus.leave_household(%s)"
JOINT = "SELECT casus.make_goal_joint(%s, %s)"
SHOW = "SELECT casus.show_to_household(%s, %s)"
HIDE = "SELECT casus.hide_from_household(%s)"
OTHERS = "SELECT name, kind, body, answers FROM casus.read_household(%s)"
WHO = "SELECT name, own, part, agreed FROM acl.household(%s)"
UNTIL = "SELECT acl.household_code(%s)"
IN_NOW = "SELECT dossier_id FROM casus.joint_plan_member WHERE left_at IS NULL ORDER BY 1"
COPIES = (
    "SELECT p.dossier_id, p.kind, p.audience, t.body, t.author_id, t.written_for, t.holder_id, t.holder_name, t.dropped FROM casus.plan_part p"
    " JOIN LATERAL (SELECT * FROM casus.plan_text t WHERE t.part_id = p.id ORDER BY number DESC LIMIT 1) t ON true"
    " WHERE p.joint_id IS NOT NULL ORDER BY p.kind, t.body, p.dossier_id"
)
EVENTS = "SELECT event, dossier_id, person_id FROM casus.change_log WHERE event LIKE 'household.%%' OR event IN ('plan.joint', 'plan.shown', 'plan.hidden') ORDER BY id"


def dossier(number: int) -> UUID:
    """The id of a dossier of the world."""
    return public("dossier", number)


def together(stage: Stage, asker: int = 1, joiner: int = 2, *, with_goals: bool = True) -> None:
    """One hands the other a code, who comes in with it."""
    stage.ask("web_inwoner", MAKE, dossier(asker), CODE, who=DOSSIERS[asker])
    assert stage.one("web_inwoner", JOIN, dossier(joiner), CODE, with_goals, who=DOSSIERS[joiner]) is True


def copy(stage: Stage, of_part: int, in_dossier: int) -> UUID:
    """The id of the copy of a joint part of planned.py in another dossier."""
    found: UUID = stage.value(
        "SELECT c.public_id FROM casus.plan_part p JOIN casus.plan_part c ON c.joint_id = p.joint_id WHERE p.id = %s AND c.dossier_id = %s",
        of_part,
        in_dossier,
    )
    return found


def refused(stage: Stage, who: Who, code: str, *acts: tuple[Any, ...]) -> None:
    """Each of these is refused to somebody, with this code."""
    for act in acts:
        assert stage.refusal(face(who), *act, who=who) == code, act


def others(stage: Stage, number: int) -> list[tuple[object, ...]]:
    """What the others show to the inwoner of a dossier."""
    return stage.ask("web_inwoner", OTHERS, dossier(number), who=DOSSIERS[number])


@scenario
def a_code_brings_the_other_in_once(stage: Stage) -> None:
    stage.ask("web_inwoner", MAKE, dossier(1), CODE, who=OWNER)
    assert stage.seen("SELECT dossier_id, code_hash, expires_at - now() FROM casus.joint_plan_code") == [
        (1, CODE, stage.value("SELECT interval '14 days'"))
    ]
    assert stage.one("web_inwoner", UNTIL, dossier(1), who=OWNER) == stage.value("SELECT now() + interval '14 days'")
    assert stage.one("web_inwoner", UNTIL, dossier(2), who=OTHER) is None
    assert stage.one("web_inwoner", TRY, dossier(2), CODE, who=OTHER) == "owner Proef"
    assert stage.seen(IN_NOW) == [], "looking is no joining"
    assert stage.one("web_inwoner", TRY, dossier(2), ANOTHER, who=OTHER) is None
    assert stage.one("web_inwoner", TRY, dossier(1), CODE, who=OWNER) is None, "nobody makes a plan with themselves"
    assert stage.one("web_inwoner", JOIN, dossier(2), CODE, True, who=OTHER) is True
    assert stage.seen(IN_NOW) == [(1,), (2,)]
    assert stage.value("SELECT count(*) FROM casus.joint_plan") == 1
    assert stage.one("web_inwoner", JOIN, dossier(3), CODE, True, who=THIRD) is False, "it works once"
    assert stage.seen(EVENTS) == [("household.code", 1, 1), ("household.joined", 1, 2), ("household.joined", 2, 2)]
    # A third one comes into the same plan, asked by whoever is in it.
    together(stage, 2, 3)
    assert stage.seen("SELECT count(*), count(DISTINCT joint_plan_id) FROM casus.joint_plan_member") == [(3, 1)]
    assert next(row[:2] for row in stage.ask("web_inwoner", WHO, 2, who=OTHER)) == ("owner of another dossier Proef", True)


@scenario
def a_code_ends_and_the_newest_one_counts(stage: Stage) -> None:
    stage.ask("web_inwoner", MAKE, dossier(1), CODE, who=OWNER)
    stage.ask("web_inwoner", MAKE, dossier(3), hashlib.sha256(b"third").digest(), who=THIRD)
    stage.ask("web_inwoner", MAKE, dossier(1), ANOTHER, who=OWNER)
    assert stage.one("web_inwoner", TRY, dossier(2), CODE, who=OTHER) is None
    assert stage.one("web_inwoner", TRY, dossier(2), ANOTHER, who=OTHER) == "owner Proef"

    def paused() -> None:
        stage.given("INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (1, 'portaal', 1)")
        assert stage.one("web_inwoner", TRY, dossier(2), ANOTHER, who=OTHER) is None, "who is out of sight asks nobody"
        assert stage.refusal("web_inwoner", LEAVE, dossier(1), who=OWNER) == "MB001"
        stage.given("UPDATE casus.pause SET ended_at = now(), ended_by = 40")
        assert stage.one("web_inwoner", TRY, dossier(2), ANOTHER, who=OTHER) == "owner Proef"
        stage.given("INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (3, 'portaal', 1)")
        assert stage.one("web_inwoner", TRY, dossier(2), ANOTHER, who=OTHER) == "owner Proef"

    stage.undone(paused)

    def joined() -> None:
        assert stage.one("web_inwoner", JOIN, dossier(2), ANOTHER, True, who=OTHER) is True
        assert stage.seen(IN_NOW) == [(1,), (2,)]
        assert stage.seen("SELECT dossier_id FROM casus.joint_plan_code") == [(3,)], "the code of somebody else stays"

    stage.undone(joined)
    stage.given("UPDATE casus.joint_plan_code SET expires_at = now() WHERE dossier_id = 1")
    assert stage.one("web_inwoner", TRY, dossier(2), ANOTHER, who=OTHER) is None
    assert stage.one("web_inwoner", UNTIL, dossier(1), who=OWNER) is None
    assert stage.one("web_inwoner", JOIN, dossier(2), ANOTHER, True, who=OTHER) is False


@scenario
def ten_wrong_codes_in_a_day_and_none_is_looked_at(stage: Stage) -> None:
    stage.ask("web_inwoner", MAKE, dossier(1), CODE, who=OWNER)
    stage.given("INSERT INTO casus.joint_plan_try (dossier_id, at) SELECT 2, now() - interval '1 day' FROM generate_series(1, 20)")
    stage.given("INSERT INTO casus.joint_plan_try (dossier_id) SELECT 3 FROM generate_series(1, 20)")
    for _ in range(9):
        assert stage.one("web_inwoner", TRY, dossier(2), ANOTHER, who=OTHER) is None
    assert stage.seen("SELECT dossier_id, count(*) FROM casus.joint_plan_try GROUP BY 1 ORDER BY 1") == [(2, 9), (3, 20)]
    assert stage.one("web_inwoner", TRY, dossier(2), CODE, who=OTHER) == "owner Proef"
    assert stage.one("web_inwoner", JOIN, dossier(2), ANOTHER, True, who=OTHER) is False
    refused(stage, OTHER, "MB095", (TRY, dossier(2), CODE), (JOIN, dossier(2), CODE, True))


@scenario
def nobody_is_in_two_and_nobody_joins_for_another(stage: Stage) -> None:
    together(stage)
    stage.ask("web_inwoner", MAKE, dossier(3), ANOTHER, who=THIRD)
    refused(stage, OTHER, "MB094", (TRY, dossier(2), ANOTHER), (JOIN, dossier(2), ANOTHER, True))
    assert stage.refusal("web_inwoner", "SELECT casus.enter_joint_plan(1, 2)", who=OTHER) == "42501"
    assert stage.refusal(stage.superuser, "SELECT casus.enter_joint_plan(1, 2)") == "MB094"
    for who in (MANDATE, NAASTE, PEOPLE["mandate ended"], OTHER):
        refused(stage, who, "MB001", (MAKE, dossier(1), CODE), (TRY, dossier(1), ANOTHER), (JOIN, dossier(1), ANOTHER, True))
        refused(stage, who, "MB001", (LEAVE, dossier(1)), (OTHERS, dossier(1)), (UNTIL, dossier(1)))
    refused(stage, MANDATE, "MB001", (JOINT, part(6), 1), (SHOW, part(1), 1), (JOINT, part(9), 1))
    # The team doesn't do this in somebody's place.
    refused(stage, ASSIGNED, "42501", (MAKE, dossier(1), CODE), (JOIN, dossier(1), ANOTHER, True), (LEAVE, dossier(1)))
    refused(stage, ASSIGNED, "42501", (OTHERS, dossier(1)), (JOINT, part(6), 1), (SHOW, part(1), 1), (HIDE, part(1)))
    assert stage.seen(IN_NOW) == [(1,), (2,)]


@scenario
def a_joint_goal_stands_in_each_plan_and_opens_nothing_else(stage: Stage) -> None:
    before = {number: stage.ask("web_inwoner", READ, who=who) for number, who in DOSSIERS.items()}
    stage.given("UPDATE casus.plan_text SET holder_name = 'Sara Zus', holder_id = 20 WHERE part_id = 7")
    stage.given("UPDATE casus.person SET first_name = 'Sara' WHERE id = 20")
    together(stage)
    assert stage.one("web_inwoner", JOINT, part(6), 1, who=OWNER) is True
    assert stage.seen(COPIES) == [
        (1, 20, 3, "Deel 6", 1, 3, None, "", False),
        (2, 20, 2, "Deel 6", 1, 2, None, "", False),
        (1, 21, 3, "Deel 7", 1, 3, 20, "Sara Zus", False),
        (2, 21, 2, "Deel 7", 1, 2, None, "Sara", False),
        (1, 21, 3, "Deel 8", 1, 3, 40, "iemand", False),
        (2, 21, 2, "Deel 8", 1, 2, None, "iemand", False),
    ]
    assert stage.seen(
        "SELECT number, status, by_id FROM casus.plan_step s JOIN casus.plan_part p ON p.id = s.part_id WHERE p.dossier_id = 2"
    ) == [(1, 2, 1)]
    assert stage.ask("web_inwoner", READ, who=OWNER) == before[1]
    assert len(stage.ask("web_inwoner", READ, who=OTHER)) == len(before[2]) + 3
    assert stage.seen("SELECT count(*) FROM casus.plan_part WHERE dossier_id = 2 AND goal_id = (SELECT id FROM casus.plan_part WHERE dossier_id = 2"
                      " AND kind = 20 AND joint_id IS NOT NULL)") == [(2,)]  # fmt: skip
    assert stage.seen("SELECT event, dossier_id FROM casus.change_log WHERE event = 'plan.joint'") == [("plan.joint", 1)]
    assert stage.one("web_inwoner", JOINT, part(6), 1, who=OWNER) is False, "it is joint already"
    assert stage.ask("web_inwoner", READ, who=THIRD) == before[3]
    # Who reads the plan of the other along doesn't read it; a professional of the other does.
    assert stage.ask("web_inwoner", READ, who=PEOPLE["invited elsewhere"]) == [(9,)]
    assert len(stage.ask("web_team", READ, who=ELSEWHERE)) == 4


@scenario
def what_becomes_joint_is_what_the_owner_read_now(stage: Stage) -> None:
    assert stage.refusal("web_inwoner", JOINT, part(6), 1, who=OWNER) == "MB001", "nobody is there to share with"
    together(stage)
    assert stage.one("web_team", WRITE, part(6), 1, words(body="Tweede"), who=ASSIGNED) is True
    stage.given("UPDATE casus.plan_text SET number = 3 WHERE part_id = 2")
    assert stage.one("web_inwoner", JOINT, part(6), 1, who=OWNER) is False
    assert stage.one("web_inwoner", JOINT, part(6), 3, who=OWNER) is False
    for refused in (1, 7, 9):
        assert stage.refusal("web_inwoner", JOINT, part(refused), 1, who=OWNER) == "MB001"

    def kept() -> None:
        assert stage.one("web_inwoner", SHARE, part(6), 1, who=OWNER) is True
        assert stage.refusal("web_inwoner", JOINT, part(6), 2, who=OWNER) == "MB001", "what one keeps is for nobody else"

    stage.undone(kept)

    def gone() -> None:
        assert stage.one("web_inwoner", WRITE, part(6), 2, words(dropped=True), who=OWNER) is True
        assert stage.one("web_inwoner", JOINT, part(6), 3, who=OWNER) is False

    stage.undone(gone)
    assert stage.one("web_inwoner", WRITE, part(8), 1, words(body="Weg", dropped=True), who=OWNER) is True
    assert stage.one("web_inwoner", JOINT, part(6), 2, who=OWNER) is True
    here = stage.seen(
        "SELECT t.body, t.number FROM casus.plan_part p JOIN casus.plan_text t ON t.part_id = p.id WHERE p.dossier_id = 2 ORDER BY p.id"
    )
    assert here == [("Deel 9", 1), ("Tweede", 1), ("Deel 7", 1)], "not what stood there before, nor what was taken out"
    assert stage.one("web_inwoner", WRITE, part(8), 2, words(body="Terug"), who=OWNER) is True
    assert stage.value("SELECT count(*) FROM casus.plan_text WHERE body = 'Terug'") == 1


@scenario
def writing_in_one_copy_writes_the_same_in_all(stage: Stage) -> None:
    together(stage)
    together(stage, 1, 3)
    assert stage.one("web_inwoner", JOINT, part(6), 1, who=OWNER) is True
    stage.given("INSERT INTO casus.plan_step (part_id, dossier_id, number, status, by_id, by_name) VALUES (8, 1, 9, 4, 1, 'owner')")
    theirs = copy(stage, 6, 2)
    assert stage.one("web_team", WRITE, theirs, 1, words(body="Samen rust", why="Omdat"), who=ELSEWHERE) is True
    assert stage.seen("SELECT dossier_id, number, body, why, author_id, author_name, written_for FROM casus.plan_text WHERE body = 'Samen rust' ORDER BY 1") == [
        (1, 2, "Samen rust", "Omdat", 46, "assigned elsewhere Proef", 3),
        (2, 2, "Samen rust", "Omdat", 46, "assigned elsewhere Proef", 2),
        (3, 2, "Samen rust", "Omdat", 46, "assigned elsewhere Proef", 2),
    ]  # fmt: skip
    assert stage.one("web_inwoner", WRITE, part(6), 1, words(body="Anders"), who=OWNER) is False, "somebody wrote since, in another copy"
    # What isn't joint, isn't sent.
    assert stage.one("web_inwoner", WRITE, part(1), 1, words(body="Mijn kracht"), who=OWNER) is True
    assert stage.value("SELECT count(*) FROM casus.plan_text WHERE body = 'Mijn kracht'") == 1
    assert stage.one("web_inwoner", STEP, copy(stage, 7, 3), 3, who=THIRD) is True
    assert stage.seen("SELECT dossier_id, number, status, by_id, by_name FROM casus.plan_step WHERE status = 3 ORDER BY 1") == [
        (1, 2, 3, 3, "third Proef"),
        (2, 2, 3, 3, "third Proef"),
        (3, 2, 3, 3, "third Proef"),
    ]
    # Taking out is writing.
    assert stage.one("web_inwoner", WRITE, theirs, 2, words(body="Samen rust", dropped=True), who=OTHER) is True
    assert stage.value("SELECT count(DISTINCT dossier_id) FROM casus.plan_text WHERE dropped") == 3


@scenario
def an_action_of_a_joint_goal_is_joint(stage: Stage) -> None:
    together(stage)
    assert stage.one("web_inwoner", JOINT, part(6), 1, who=OWNER) is True
    begin = "SELECT casus.begin_plan_part(%s, %s, 21, %s, 3)"
    mine, theirs = part(51), part(52)
    assert stage.one("web_inwoner", begin, 1, mine, part(6), who=OWNER) is True
    assert stage.one("web_inwoner", begin, 1, mine, part(6), who=OWNER) is False
    assert stage.one("web_inwoner", WRITE, mine, 0, words(body="Bellen", holder=str(public("person", 2))), who=OWNER) is True
    assert stage.one("web_inwoner", begin, 2, theirs, copy(stage, 6, 2), who=OTHER) is True
    assert stage.one("web_inwoner", WRITE, theirs, 0, words(body="Koken", holder=str(public("person", 2))), who=OTHER) is True
    new = "SELECT p.dossier_id, p.audience, p.goal_id IS NOT NULL, t.number, t.body, t.holder_id, t.holder_name FROM casus.plan_part p JOIN casus.plan_text t ON t.part_id = p.id WHERE t.body = %s ORDER BY 1"  # fmt: skip
    name = "owner of another dossier Proef"
    assert stage.seen(new, "Bellen") == [(1, 3, True, 1, "Bellen", 2, name), (2, 2, True, 1, "Bellen", 2, name)]
    assert stage.seen(new, "Koken") == [(1, 3, True, 1, "Koken", 2, name), (2, 2, True, 1, "Koken", 2, name)]
    # It hangs on the copy of its own goal, of several.
    second = part(58)
    assert stage.one("web_inwoner", "SELECT casus.begin_plan_part(1, %s, 20, NULL, 3)", second, who=OWNER) is True
    assert stage.one("web_inwoner", WRITE, second, 0, words(body="Tweede doel"), who=OWNER) is True
    assert stage.one("web_inwoner", JOINT, second, 1, who=OWNER) is True
    for number, goal in ((61, second), (62, part(6))):
        assert stage.one("web_inwoner", begin, 1, part(number), goal, who=OWNER) is True
    assert stage.value(
        "SELECT bool_and(g.joint_id = h.joint_id) FROM casus.plan_part a JOIN casus.plan_part g ON g.id = a.goal_id JOIN casus.plan_part b"
        " ON b.joint_id = a.joint_id JOIN casus.plan_part h ON h.id = b.goal_id"
    )
    # Beside another goal it isn't.
    goal = part(53)
    assert stage.one("web_inwoner", "SELECT casus.begin_plan_part(1, %s, 20, NULL, 3)", goal, who=OWNER) is True
    assert stage.one("web_inwoner", begin, 1, part(54), goal, who=OWNER) is True
    assert stage.one("web_inwoner", WRITE, part(54), 0, words(body="Alleen"), who=OWNER) is True
    assert stage.value("SELECT count(*) FROM casus.plan_text WHERE body = 'Alleen'") == 1
    assert stage.value("SELECT joint_id FROM casus.plan_part WHERE public_id = %s", part(54)) is None
    # For whom one chooses in the own plan, it is there.
    assert stage.one("web_inwoner", SHARE, copy(stage, 6, 2), 3, who=OTHER) is True
    assert stage.one("web_inwoner", begin, 1, part(55), part(6), who=OWNER) is True
    assert stage.seen("SELECT c.audience FROM casus.plan_part p JOIN casus.plan_part c ON c.joint_id = p.joint_id AND c.dossier_id = 2 WHERE p.public_id = %s", part(55)) == [(3,)]  # fmt: skip
    # Who has not taken the goal along, has no action of it.
    together(stage, 1, 3, with_goals=False)
    assert stage.one("web_inwoner", begin, 1, part(56), part(6), who=OWNER) is True
    assert stage.value("SELECT count(*) FROM casus.plan_part WHERE dossier_id = 3") == 0


@scenario
def who_does_it_stays_as_it_stands_in_each_plan(stage: Stage) -> None:
    stage.given("UPDATE casus.plan_text SET holder_name = 'Sara Zus' WHERE part_id = 7")
    stage.given("UPDATE casus.person SET first_name = 'Sara' WHERE id = 20")
    together(stage)
    assert stage.one("web_inwoner", JOINT, part(6), 1, who=OWNER) is True
    holder = "SELECT t.dossier_id, t.holder_id, t.holder_name FROM casus.plan_text t JOIN casus.plan_part p ON p.id = t.part_id WHERE t.body = %s ORDER BY 1"  # fmt: skip
    theirs = copy(stage, 7, 2)
    assert stage.one("web_inwoner", WRITE, theirs, 1, words(body="Eerst", holder_name="Sara"), who=OTHER) is True
    assert stage.seen(holder, "Eerst") == [(1, 20, "Sara Zus"), (2, None, "Sara")]
    assert stage.one("web_inwoner", WRITE, part(7), 2, words(body="Dan", holder=str(public("person", 40))), who=OWNER) is True
    assert stage.seen(holder, "Dan") == [(1, 40, "assigned Proef"), (2, None, "assigned Proef")]
    assert stage.one("web_inwoner", WRITE, part(7), 3, words(body="Nu", holder_name="Buurvrouw"), who=OWNER) is True
    assert stage.seen(holder, "Nu") == [(1, None, "Buurvrouw"), (2, None, "Buurvrouw")]
    stage.given("UPDATE casus.plan_text SET holder_name = 'Buurvrouw Jansen' WHERE body = 'Nu' AND dossier_id = 2")
    assert stage.one("web_inwoner", WRITE, part(7), 4, words(body="Straks", holder_name="Buurvrouw"), who=OWNER) is True
    assert stage.seen(holder, "Straks") == [(1, None, "Buurvrouw"), (2, None, "Buurvrouw Jansen")], "as it was before, and not ever"
    # Somebody with a dossier who isn't in it is a third party too.
    stage.given("UPDATE casus.plan_text SET holder_id = 3, holder_name = 'third Proef' WHERE body = 'Straks' AND dossier_id = 1")
    stage.given("UPDATE casus.plan_part SET joint_id = NULL WHERE dossier_id = 2 OR id IN (6, 7, 8)")
    assert stage.one("web_inwoner", JOINT, part(6), 1, who=OWNER) is True
    assert stage.seen(holder, "Straks")[-1] == (2, None, "third")
    # Whoever is in it can be named by the other's side, and by nobody else's.
    people = "SELECT id FROM acl.plan_people(%s) WHERE relation = 'd huisgenoot'"
    assert stage.ask("web_inwoner", people, 1, who=OWNER) == stage.ask("web_team", people, 1, who=ASSIGNED) == [(2,)]
    assert stage.ask("web_inwoner", people, 2, who=OTHER) == [(1,)]
    assert stage.ask("web_inwoner", people, 3, who=THIRD) == stage.ask("web_inwoner", people, 1, who=PEOPLE["invited to write along"]) == []


@scenario
def who_joins_takes_the_joint_goals_along_if_wanted(stage: Stage) -> None:
    together(stage)
    assert stage.one("web_inwoner", JOINT, part(6), 1, who=OWNER) is True
    mine = "SELECT kind, audience FROM casus.plan_part WHERE dossier_id = 3 ORDER BY kind"

    def without() -> None:
        together(stage, 1, 3, with_goals=False)
        assert stage.seen(mine) == []

    stage.undone(without)
    together(stage, 2, 3)
    assert stage.seen(mine) == [(20, 2), (21, 2), (21, 2)]
    assert stage.value("SELECT count(DISTINCT joint_id) FROM casus.plan_part WHERE joint_id IS NOT NULL") == 3


@scenario
def who_joins_takes_goals_of_that_household_alone(stage: Stage) -> None:
    stage.given("WITH j AS (INSERT INTO casus.joint_plan DEFAULT VALUES RETURNING id) INSERT INTO casus.joint_plan_member (joint_plan_id, dossier_id)"
                " SELECT j.id, 2 FROM j")  # fmt: skip
    stage.given("UPDATE casus.plan_part SET kind = 20, joint_id = gen_random_uuid() WHERE id = 9")
    together(stage, 1, 3)
    assert stage.value("SELECT count(*) FROM casus.plan_part WHERE dossier_id = 3") == 0
    # A goal goes with its actions, whichever is found first.
    assert stage.one("web_inwoner", JOINT, part(6), 1, who=OWNER) is True
    stage.given(
        "UPDATE casus.plan_part SET joint_id = '00000000-0000-0000-0000-000000000001' WHERE kind = 20 AND id <> 9 AND joint_id IS NOT NULL"
    )
    stage.ask("web_inwoner", LEAVE, dossier(2), who=OTHER)
    together(stage, 1, 2)
    assert stage.seen("SELECT kind FROM casus.plan_part WHERE dossier_id = 2 AND joint_id IS NOT NULL ORDER BY 1") == [(20,), (21,), (21,)]


@scenario
def each_agrees_for_themselves_and_together_is_when_all_did(stage: Stage) -> None:
    goal, name = 6, "owner of another dossier Proef"
    stage.given("DELETE FROM casus.plan_proposal_text")
    together(stage)
    assert stage.one("web_inwoner", JOINT, part(goal), 1, who=OWNER) is True

    def standing(number: int) -> list[bool]:
        return [row[3] for row in stage.ask("web_inwoner", WHO, number, who=DOSSIERS[number])]

    def agree(number: int) -> None:
        proposal = public("proposal", 70 + number * 10 + len(stage.seen("SELECT FROM casus.plan_proposal")))
        stage.ask("web_inwoner", "SELECT casus.propose_plan(%s, %s)", number, proposal, who=DOSSIERS[number])
        yes = '{"choice": 1, "words": "", "way": "portaal", "proof": "", "copy": 0}'
        stage.ask("web_inwoner", "SELECT casus.decide_plan(%s, %s)", proposal, yes, who=DOSSIERS[number])

    assert [row[:3] for row in stage.ask("web_inwoner", WHO, 1, who=OWNER)] == [("owner Proef", True, goal), (name, False, goal)]
    assert standing(1) == [False, False]
    agree(1)
    assert standing(1) == [True, False]
    assert standing(2) == [False, True], "the own answer stands first"
    agree(2)
    assert standing(1) == standing(2) == [True, True]
    assert [row[3] for row in stage.ask("web_team", WHO, 1, who=ASSIGNED)] == [True, True]
    assert stage.one("web_inwoner", WRITE, copy(stage, 7, 2), 1, words(body="Anders", holder_name="iemand", due_on="2027-01-01", look_on="2027-01-02"), who=OTHER) is True  # fmt: skip
    assert standing(1) == [False, False], "an action counts with its goal"
    agree(2)
    assert standing(1) == [False, True]
    agree(1)

    # The goal itself counts too.
    def other_words() -> None:
        assert stage.one("web_inwoner", WRITE, part(goal), 1, words(body="Ander doel"), who=OWNER) is True
        assert standing(1) == [False, False]

    stage.undone(other_words)
    # What was taken out and was never agreed with, changes nothing; what was agreed with does.
    begin = "SELECT casus.begin_plan_part(1, %s, 21, %s, 3)"
    assert stage.one("web_inwoner", begin, part(57), part(goal), who=OWNER) is True
    assert stage.one("web_inwoner", WRITE, part(57), 0, words(dropped=True), who=OWNER) is True
    assert standing(1) == [True, True]
    assert stage.one("web_inwoner", WRITE, part(7), 2, words(body="Weg", dropped=True), who=OWNER) is True
    assert standing(1) == [False, False]
    for who in (NAASTE, PEOPLE["invited to write along"], THIRD, OTHER):
        assert stage.ask("web_inwoner", WHO, 1, who=who) == []
    for name in ("assigned elsewhere", "team lead", "assigned before"):
        assert stage.ask("web_team", WHO, 1, who=PEOPLE[name]) == []


@scenario
def what_was_agreed_stays_with_who_agreed(stage: Stage) -> None:
    together(stage)
    assert stage.one("web_inwoner", JOINT, part(6), 1, who=OWNER) is True
    proposal = public("proposal", 77)
    stage.ask("web_inwoner", "SELECT casus.propose_plan(2, %s)", proposal, who=OTHER)
    yes = '{"choice": 1, "words": "", "way": "portaal", "proof": "", "copy": 0}'
    assert stage.one("web_inwoner", "SELECT casus.decide_plan(%s, %s)", proposal, yes, who=OTHER) == 1
    frozen = (
        "SELECT t.body FROM casus.plan_proposal_text x JOIN casus.plan_text t ON t.part_id = x.part_id AND t.number = x.number"
        " JOIN casus.plan_proposal p ON p.id = x.proposal_id WHERE p.public_id = %s ORDER BY 1"
    )
    before = stage.ask(face(OTHER), frozen, proposal, who=OTHER)
    assert before == [("Deel 6",), ("Deel 7",), ("Deel 8",), ("Deel 9",)]
    stage.ask("web_inwoner", LEAVE, dossier(1), who=OWNER)
    assert stage.ask(face(OTHER), frozen, proposal, who=OTHER) == before


@scenario
def a_copy_comes_last_among_those_of_its_kind(stage: Stage) -> None:
    together(stage)
    stage.given(
        "INSERT INTO casus.plan_part (public_id, dossier_id, kind, audience) SELECT gen_random_uuid(), 2, 20, 3 FROM generate_series(1, 4)"
    )
    assert stage.one("web_inwoner", JOINT, part(6), 1, who=OWNER) is True
    assert stage.seen("SELECT kind, place FROM casus.plan_part WHERE dossier_id = 2 AND joint_id IS NOT NULL ORDER BY 1, 2") == [
        (20, 4),
        (21, 0),
        (21, 1),
    ]


@scenario
def whoever_changes_something_of_it_holds_it(stage: Stage) -> None:
    held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND classid = (hashtext(%s)::bigint & 4294967295)::oid"
    stage.given("INSERT INTO casus.joint_plan (id) VALUES (7)")
    stage.given("INSERT INTO casus.joint_plan_member (joint_plan_id, dossier_id) VALUES (7, 1), (7, 2)")
    stage.given("INSERT INTO casus.joint_plan_code VALUES (1, %s, now() + interval '1 day')", CODE)
    acts: list[tuple[Any, ...]] = [
        (OWNER, JOINT, part(6), 1),
        (OWNER, SHOW, part(1), 1),
        (OWNER, LEAVE, dossier(1)),
        (THIRD, JOIN, dossier(3), CODE, True),
        (OWNER, WRITE, part(6), 1, words()),
        (OWNER, STEP, part(7), 3),
        (OWNER, "SELECT casus.begin_plan_part(1, %s, 20, NULL, 3)", part(59)),
    ]
    for who, sql, *values in acts:

        def act(who: Who = who, sql: str = sql, values: list[Any] = values) -> None:
            assert stage.value(held, "casus.joint_plan") == 0
            stage.ask("web_inwoner", sql, *values, who=who)
            assert stage.value(held, "casus.joint_plan") == 1, sql

        stage.undone(act)
    assert stage.one("web_inwoner", TRY, dossier(3), ANOTHER, who=THIRD) is None
    assert stage.value(held, "casus.joint_plan_try") == 1
    stage.given("DELETE FROM casus.joint_plan_member")
    stage.ask("web_inwoner", WRITE, part(6), 1, words(), who=OWNER)
    assert stage.value(held, "casus.joint_plan") == 0, "who makes no plan with somebody waits for nobody"
