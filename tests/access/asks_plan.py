"""The plan: who reads which part and which text of it, writing at once, laying before, agreeing and following; exactly, with decoys."""

import json
from uuid import UUID, uuid4

from tests.access import planned
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who, public

OWNER, MANDATE, ASSIGNED, LEAD_IN = (PEOPLE[name] for name in ("owner", "mandate", "assigned", "team lead, assigned"))
NAASTE, SECTION, OTHER = (PEOPLE[name] for name in ("grant whole", "grant section", "owner of another dossier"))
READ = "SELECT id FROM casus.plan_part ORDER BY id"
BEGIN = "SELECT casus.begin_plan_part(%s, %s, %s, %s, %s)"
WRITE = "SELECT casus.write_plan(%s, %s, %s)"
SHARE = "SELECT casus.share_plan_part(%s, %s)"
STEP = "SELECT casus.step_plan(%s, %s)"
PROPOSE = "SELECT casus.propose_plan(%s, %s)"
DECIDE = "SELECT casus.decide_plan(%s, %s)"
NEW = public("plan part", 50)


def face(who: Who) -> str:
    """The role of somebody's face."""
    return f"web_{who.face}"


def part(number: int) -> UUID:
    """The id of a part of planned.py."""
    return public("plan part", number)


def reads(stage: Stage, who: Who) -> list[int]:
    """Which parts somebody reads."""
    return [row[0] for row in stage.ask(face(who), READ, who=who)]


def texts(stage: Stage, who: Who, of_part: int) -> list[int]:
    """The numbers of the texts of a part that somebody reads."""
    return [row[0] for row in stage.ask(face(who), "SELECT number FROM casus.plan_text WHERE part_id = %s ORDER BY 1", of_part, who=who)]


def words(**more: object) -> str:
    """What a part is to say."""
    return json.dumps({**json.loads(planned.WORDS), **more})


def answer(**more: object) -> str:
    """What somebody says of a plan."""
    return json.dumps({**json.loads(planned.YES), **more})


@scenario
def a_part_is_read_by_whom_it_is_for(stage: Stage) -> None:
    assert reads(stage, OWNER) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert reads(stage, MANDATE) == reads(stage, ASSIGNED) == [1, 2, 3, 4, 6, 7, 8]
    assert reads(stage, NAASTE) == [1, 2, 6, 7, 8]
    for name in ("grant section", "grant leefdomein", "grant entry", "grant ended", "team lead", "assigned before", "mandate ended"):
        assert reads(stage, PEOPLE[name]) == [], name
    assert reads(stage, OTHER) == [planned.OTHERS]
    # The section of the plan opens the plan; of another dossier it opens that one's.
    grant = "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, section, valid_from, ground) VALUES (%s, 21, 2, 4, current_date - 1, 'x')"

    def here() -> None:
        stage.given(grant, 1)
        assert reads(stage, SECTION) == [1, 2, 6, 7, 8]
        stage.given("UPDATE casus.plan_part SET audience = 2 WHERE id = 1")
        assert reads(stage, SECTION) == [2, 6, 7, 8]

    stage.undone(here)
    stage.given(grant, 2)
    assert reads(stage, SECTION) == [planned.OTHERS]


@scenario
def out_of_sight_or_through_other_eyes_it_is_less(stage: Stage) -> None:
    def look() -> None:
        stage.given("SELECT set_config('casus.preview', '20', true)")
        assert reads(stage, OWNER) == [1, 2, 6, 7, 8]
        assert stage.refusal("web_inwoner", WRITE, part(1), 1, planned.WORDS, who=OWNER) == "MB001"
        assert stage.ask("web_inwoner", "SELECT FROM acl.plan_people(1)", who=OWNER) == []

    stage.undone(look)
    stage.given("INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (1, 'portaal', 1)")
    assert reads(stage, OWNER) == reads(stage, MANDATE) == reads(stage, NAASTE) == []
    assert reads(stage, ASSIGNED) == [1, 2, 3, 4, 6, 7, 8]


@scenario
def who_wrote_in_a_part_goes_on_seeing_that_text_alone(stage: Stage) -> None:
    assert stage.one("web_team", WRITE, part(1), 1, planned.WORDS, who=ASSIGNED) is True
    assert stage.one("web_inwoner", WRITE, part(1), 2, planned.WORDS, who=OWNER) is True
    assert stage.one("web_inwoner", SHARE, part(1), 1, who=OWNER) is True
    assert texts(stage, OWNER, 1) == [1, 2, 3]
    assert 1 in reads(stage, ASSIGNED)
    assert 1 not in reads(stage, LEAD_IN)
    stage.given("UPDATE casus.plan_text SET written_for = 1 WHERE part_id = 1")
    assert texts(stage, ASSIGNED, 1) == [2]
    # As long as one works there; and what one wrote in another dossier is another's.
    stage.given("UPDATE casus.assignment SET valid_until = acl.today() - 1 WHERE dossier_id = 1 AND staff_id = 40")
    assert reads(stage, ASSIGNED) == []
    stage.given("UPDATE casus.plan_text SET author_id = 41 WHERE part_id = 9")
    assert planned.OTHERS not in reads(stage, PEOPLE["assigned, entry closed"])


@scenario
def a_text_is_read_by_whom_it_was_written_for(stage: Stage) -> None:
    assert stage.one("web_inwoner", WRITE, part(5), 1, words(body="Geheim"), who=OWNER) is True
    assert stage.one("web_inwoner", SHARE, part(5), 2, who=OWNER) is True
    assert texts(stage, OWNER, 5) == [1, 2, 3]
    assert texts(stage, ASSIGNED, 5) == texts(stage, MANDATE, 5) == [3], "put down once more for whom it is now"
    assert texts(stage, NAASTE, 5) == []
    assert stage.one("web_inwoner", SHARE, part(5), 3, who=OWNER) is True
    assert texts(stage, NAASTE, 5) == [4]
    assert texts(stage, ASSIGNED, 5) == [3, 4]
    assert stage.seen("SELECT number, body, author_name, written_for FROM casus.plan_text WHERE part_id = 5 ORDER BY 1") == [
        (1, "Deel 5", "owner", 1), (2, "Geheim", "owner Proef", 1), (3, "Geheim", "owner Proef", 2), (4, "Geheim", "owner Proef", 3),
    ]  # fmt: skip
    # For fewer people: nothing is put down, and the same again is nothing.
    assert stage.one("web_inwoner", SHARE, part(5), 2, who=OWNER) is True
    assert stage.one("web_inwoner", SHARE, part(5), 2, who=OWNER) is False
    assert texts(stage, OWNER, 5) == [1, 2, 3, 4]


@scenario
def of_a_kind_one_is_kept_and_one_is_not(stage: Stage) -> None:
    kept = uuid4()
    assert stage.one("web_inwoner", BEGIN, 1, kept, 4, None, 1, who=OWNER) is True
    assert stage.refusal("web_inwoner", SHARE, kept, 2, who=OWNER) == "MB093"
    assert stage.refusal("web_inwoner", SHARE, part(1), 1, who=OWNER) == "MB093"
    assert stage.one("web_inwoner", SHARE, part(1), 2, who=OWNER) is True
    assert stage.one("web_inwoner", SHARE, part(5), 2, who=OWNER) is True, "another kind, or another dossier, is no hindrance"
    stage.given(
        "INSERT INTO casus.plan_part (public_id, dossier_id, kind, audience) VALUES (gen_random_uuid(), 1, 20, 2), (gen_random_uuid(), 2, 12, 1)"
    )
    assert stage.one("web_inwoner", SHARE, part(6), 2, who=OWNER) is True
    assert stage.one("web_inwoner", SHARE, part(4), 1, who=OWNER) is True


@scenario
def the_inwoner_says_who_reads_and_the_actions_of_a_goal_go_along(stage: Stage) -> None:
    assert stage.one("web_inwoner", SHARE, part(6), 1, who=OWNER) is True
    assert stage.seen("SELECT id FROM casus.plan_part WHERE audience = 1 ORDER BY 1") == [(5,), (6,), (7,), (8,)]
    assert reads(stage, NAASTE) == [1, 2]
    assert stage.one("web_inwoner", SHARE, part(6), 3, who=OWNER) is True
    assert stage.seen("SELECT part_id, count(*) FROM casus.plan_text GROUP BY 1 HAVING count(*) > 1") == []
    assert stage.refusal("web_inwoner", SHARE, part(7), 1, who=OWNER) == "MB001", "an action has no reader of its own"
    assert stage.refusal("web_inwoner", SHARE, part(9), 1, who=OWNER) == "MB001"
    assert stage.refusal("web_inwoner", SHARE, part(1), 1, who=MANDATE) == "MB001"
    assert stage.refusal("web_inwoner", SHARE, part(4), 3, who=OWNER) == "23514", "safety is never for who reads along"
    stage.given("UPDATE casus.plan_text SET written_for = 2 WHERE part_id = 7")
    stage.given("UPDATE casus.plan_part SET audience = 2 WHERE id IN (6, 7, 8)")
    assert stage.one("web_inwoner", SHARE, part(6), 3, who=OWNER) is True
    assert stage.seen("SELECT part_id, max(number) FROM casus.plan_text WHERE part_id IN (6, 7, 8) GROUP BY 1 ORDER BY 1") == [
        (6, 1),
        (7, 2),
        (8, 1),
    ]


@scenario
def a_part_is_begun_once_and_what_is_kept_stands_beside_it(stage: Stage) -> None:
    assert stage.one("web_team", BEGIN, 1, NEW, 10, None, 3, who=ASSIGNED) is True
    assert stage.one("web_team", BEGIN, 1, uuid4(), 10, None, 2, who=ASSIGNED) is False, "of this kind there is one"
    assert stage.one("web_inwoner", BEGIN, 1, uuid4(), 10, None, 1, who=OWNER) is True
    assert stage.one("web_team", BEGIN, 1, NEW, 20, None, 3, who=ASSIGNED) is False, "sent twice"
    # What the owner keeps keeps nobody from writing.
    assert stage.one("web_team", BEGIN, 1, uuid4(), 5, None, 3, who=ASSIGNED) is True
    assert stage.seen("SELECT kind, goal_id, audience, place, dossier_id FROM casus.plan_part WHERE public_id = %s", NEW) == [
        (10, None, 3, 0, 1)
    ]
    stage.given("INSERT INTO casus.plan_part (public_id, dossier_id, kind, audience) VALUES (gen_random_uuid(), 2, 20, 3)")
    for number in (51, 52):
        assert stage.one("web_inwoner", BEGIN, 1, part(number), 20, None, 2, who=OWNER) is True
    assert stage.seen("SELECT place FROM casus.plan_part WHERE public_id = ANY (%s) ORDER BY 1", [part(51), part(52)]) == [(1,), (2,)]
    for who in (MANDATE, ASSIGNED):
        assert stage.refusal(face(who), BEGIN, 1, uuid4(), 11, None, 1, who=who) == "MB001", "nobody keeps something in another's name"
    for who in (NAASTE, OTHER, PEOPLE["team lead"], PEOPLE["assigned elsewhere"]):
        assert stage.refusal(face(who), BEGIN, 1, uuid4(), 11, None, 3, who=who) == "MB001"
    assert stage.refusal("web_inwoner", BEGIN, 2, uuid4(), 11, None, 1, who=OWNER) == "MB001"


@scenario
def an_action_is_for_whom_its_goal_is_and_hangs_on_a_goal_that_one_reads(stage: Stage) -> None:
    stage.given("UPDATE casus.plan_part SET audience = 2 WHERE id = 6")
    assert stage.one("web_inwoner", BEGIN, 1, NEW, 21, part(6), 3, who=OWNER) is True
    assert stage.seen("SELECT goal_id, audience FROM casus.plan_part WHERE public_id = %s", NEW) == [(6, 2)]
    stage.given("INSERT INTO casus.plan_part (id, public_id, dossier_id, kind, audience) VALUES (60, %s, 2, 20, 3)", part(60))
    for goal in (part(1), part(60), None):
        assert stage.refusal("web_inwoner", BEGIN, 1, uuid4(), 21, goal, 3, who=OWNER) == "23514"
    stage.given("UPDATE casus.plan_part SET audience = 1 WHERE id = 6")
    assert stage.refusal("web_team", BEGIN, 1, uuid4(), 21, part(6), 3, who=ASSIGNED) == "23514"
    # Of another dossier in which one works too.
    stage.given("UPDATE casus.plan_part SET dossier_id = 3 WHERE id = 60")
    assert stage.refusal("web_team", BEGIN, 1, uuid4(), 21, part(60), 3, who=ASSIGNED) == "23514"


@scenario
def writing_is_in_ones_own_name_and_on_what_one_saw(stage: Stage) -> None:
    said = words(body="Nieuw", why="Daarom", answers=[2], leefdomein=6, perspective=3, holder_name="De bank", due_on="2027-01-02", look_on="2027-02-03",
                 author_id=46, author_name="x", number=9, part_id=9, written_for=1)  # fmt: skip
    assert stage.one("web_inwoner", WRITE, part(3), 1, said, who=MANDATE) is True
    row = (
        "SELECT number, body, why, answers, leefdomein, perspective, holder_id, holder_name, due_on::text, look_on::text, dropped, author_id,"
        " author_name, written_for, written_at = now(), dossier_id FROM casus.plan_text WHERE part_id = 3 AND number = 2"
    )
    name = stage.value("SELECT acl.full_name(10)")
    assert stage.seen(row) == [
        (2, "Nieuw", "Daarom", [2], 6, 3, None, "De bank", "2027-01-02", "2027-02-03", False, 10, f"{name}, namens owner Proef", 2, True, 1)
    ]
    assert stage.one("web_team", WRITE, part(3), 1, said, who=ASSIGNED) is False, "somebody wrote since"
    assert stage.one("web_team", WRITE, part(3), 3, said, who=ASSIGNED) is False
    assert stage.value("SELECT count(*) FROM casus.plan_text WHERE part_id = 3") == 2
    assert stage.one("web_team", WRITE, part(3), 2, said, who=ASSIGNED) is True
    assert stage.value("SELECT author_name FROM casus.plan_text WHERE part_id = 3 AND number = 3") == "assigned Proef"
    for who, number in ((ASSIGNED, 2), (ASSIGNED, 5), (MANDATE, 5), (NAASTE, 1), (OTHER, 1), (PEOPLE["team lead"], 1)):
        assert stage.refusal(face(who), WRITE, part(number), 1, planned.WORDS, who=who) == "MB001", number
    for who in (OWNER, MANDATE):
        assert stage.refusal("web_inwoner", WRITE, part(2), 1, planned.WORDS, who=who) == ""


@scenario
def who_can_be_named_is_the_inwoner_who_works_there_and_who_reads_the_plan(stage: Stage) -> None:
    people = "SELECT id, name, relation FROM acl.plan_people(1)"
    found = stage.ask("web_team", people, who=ASSIGNED)
    assert found == stage.ask("web_inwoner", people, who=MANDATE)
    assert [(number, relation) for number, _, relation in found] == [
        (1, "a inwoner"), *((number, "b professional") for number in (40, 41, 44, 45, 53, 55, 60, 61)),
        *((number, "c uitgenodigd") for number in (20, 56, 82, 83, 84, 85, 96, 97)),
    ]  # fmt: skip
    assert found[0][1] == "owner Proef"
    for who in (NAASTE, OTHER, PEOPLE["team lead"]):
        assert stage.ask(face(who), people, who=who) == []
    day = "UPDATE casus.assignment SET valid_from = acl.today() {}, valid_until = acl.today() {} WHERE staff_id = 40 AND dossier_id = 1"
    for begins, ends, there in (("", "", True), ("- 1", "- 1", False), ("+ 1", "+ 1", False)):

        def play(begins: str = begins, ends: str = ends, there: bool = there) -> None:
            stage.given(day.format(begins, ends))
            assert (40 in [row[0] for row in stage.ask("web_inwoner", people, who=OWNER)]) is there

        stage.undone(play)
    for change, there in (
        ("valid_from = acl.today(), valid_until = acl.today()", True), ("valid_until = acl.today() - 1", False), ("valid_from = acl.today() + 1", False),
        ("withdrawn_at = now()", False), ("scope = 2, section = 4", True), ("scope = 2, section = 2", False), ("dossier_id = 2", False),
    ):  # fmt: skip

        def play_grant(change: str = change, there: bool = there) -> None:
            stage.given(f"UPDATE casus.access_grant SET {change} WHERE grantee_id = 20")
            assert (20 in [row[0] for row in stage.ask("web_inwoner", people, who=OWNER)]) is there, change

        stage.undone(play_grant)
    # Named by number it is that person, under the own name; whoever can't be named is a name at most.
    for holder, expected in ((20, (20, "grant whole, as inwoner Proef")), (46, (None, "Iemand")), (21, (None, "Iemand"))):

        def play_holder(holder: int = holder, expected: tuple[object, str] = expected) -> None:
            said = words(holder=str(public("person", holder)), holder_name="Iemand")
            assert stage.one("web_team", WRITE, part(7), 1, said, who=ASSIGNED) is True
            assert stage.seen("SELECT holder_id, holder_name FROM casus.plan_text WHERE part_id = 7 AND number = 2") == [expected]

        stage.undone(play_holder)
    # Under the same name it stays whose it was, though the writer names nobody; under another name it is nobody's here.
    stage.given("UPDATE casus.plan_text SET holder_name = 'Naaste' WHERE part_id = 7")
    assert stage.one("web_team", WRITE, part(7), 1, words(holder_name="Naaste"), who=ASSIGNED) is True
    assert stage.one("web_team", WRITE, part(7), 2, words(holder_name="Zus"), who=ASSIGNED) is True
    assert stage.one("web_team", WRITE, part(7), 3, words(holder_name="Naaste"), who=ASSIGNED) is True
    kept = "SELECT number, holder_id FROM casus.plan_text WHERE part_id = 7 ORDER BY 1"
    assert stage.seen(kept) == [(1, 20), (2, 20), (3, None), (4, None)]


@scenario
def the_order_of_the_goals_is_the_inwoners(stage: Stage) -> None:
    for number, dossier, kind, audience in ((61, 1, 20, 3), (62, 1, 20, 1), (63, 2, 20, 3), (64, 1, 10, 3)):
        stage.given(
            "INSERT INTO casus.plan_part (id, public_id, dossier_id, kind, audience, place) VALUES (%s, %s, %s, %s, %s, 77)",
            number, part(number), dossier, kind, audience,
        )  # fmt: skip
    order = "SELECT casus.order_goals(%s)"
    placed = "SELECT id, place FROM casus.plan_part WHERE id IN (6, 61, 62, 63, 64) ORDER BY 1"
    asked = [part(number) for number in (62, 63, 61, 64, 6)]
    assert stage.one("web_inwoner", order, asked, who=MANDATE) is True
    assert stage.seen(placed) == [(6, 5), (61, 3), (62, 77), (63, 77), (64, 77)]
    assert stage.one("web_inwoner", order, [part(62)], who=OWNER) is True
    assert stage.seen(placed) == [(6, 5), (61, 3), (62, 1), (63, 77), (64, 77)]
    for who in (NAASTE, OTHER):
        assert stage.one("web_inwoner", order, [part(6)], who=who) is False


@scenario
def an_action_is_stepped_by_who_writes_and_by_who_holds_it(stage: Stage) -> None:
    assert stage.one("web_inwoner", STEP, part(7), 2, who=NAASTE) is False, "it stood so already"
    assert stage.one("web_inwoner", STEP, part(7), 3, who=NAASTE) is True
    steps = "SELECT number, status, by_id, by_name, at = now(), dossier_id FROM casus.plan_step WHERE part_id = %s AND number > 1"
    assert stage.seen(steps, 7) == [(2, 3, 20, "grant whole, as inwoner Proef", True, 1)]
    assert stage.one("web_team", STEP, part(7), 4, who=ASSIGNED) is True
    assert stage.one("web_team", STEP, part(7), 4, who=ASSIGNED) is False
    assert stage.one("web_inwoner", STEP, part(8), 1, who=OWNER) is False, "open without anybody saying so"
    assert stage.one("web_inwoner", STEP, part(8), 2, who=MANDATE) is True
    assert stage.seen("SELECT number, by_name LIKE '%%, namens owner Proef' FROM casus.plan_step WHERE part_id = 8") == [(1, True)]
    assert stage.refusal("web_inwoner", STEP, part(8), 3, who=NAASTE) == "MB001", "somebody else's"
    # The newest text says whose it is.
    stage.given(
        "INSERT INTO casus.plan_text (part_id, dossier_id, number, body, why, answers, leefdomein, holder_id, holder_name, dropped, author_id, author_name,"
        " written_for) VALUES (7, 1, 2, 'x', '', '{}', 0, 40, 'x', false, 1, 'x', 3)"
    )
    assert stage.refusal("web_inwoner", STEP, part(7), 3, who=NAASTE) == "MB001"
    for who, number in ((OWNER, 6), (OWNER, 9), (OTHER, 7), (PEOPLE["team lead"], 7)):
        assert stage.refusal(face(who), STEP, part(number), 3, who=who) == "MB001", number
    stage.given("UPDATE casus.plan_part SET audience = 1 WHERE id = 7")
    assert stage.refusal("web_team", STEP, part(7), 3, who=ASSIGNED) == "MB001", "what is kept"


@scenario
def what_is_laid_before_is_everything_as_it_stands_but_what_is_kept_or_dropped(stage: Stage) -> None:
    assert stage.one("web_inwoner", WRITE, part(1), 1, planned.WORDS, who=OWNER) is True
    stage.given("UPDATE casus.plan_part SET place = 4 WHERE id = 6")
    for who in (NAASTE, OTHER, PEOPLE["team lead"]):
        assert stage.refusal(face(who), PROPOSE, 1, uuid4(), who=who) == "MB001"
    stage.ask("web_team", PROPOSE, 1, NEW, who=ASSIGNED)
    laid = (
        "SELECT x.part_id, x.number, x.place, x.dossier_id FROM casus.plan_proposal_text x JOIN casus.plan_proposal p ON p.id = x.proposal_id"
        " WHERE p.public_id = %s ORDER BY 1"
    )
    assert stage.seen(laid, NEW) == [(1, 2, 0, 1), (2, 1, 0, 1), (3, 1, 0, 1), (4, 1, 0, 1), (6, 1, 4, 1), (7, 1, 0, 1), (8, 1, 0, 1)]
    made = "SELECT dossier_id, made_by, made_by_name, settled_at, version FROM casus.plan_proposal WHERE public_id = %s"
    assert stage.seen(made, NEW) == [(1, 40, "assigned Proef", None, None)]
    # What lay there waits no more, and nothing of another dossier is touched.
    assert stage.seen("SELECT id, settled_at IS NOT NULL, version FROM casus.plan_proposal WHERE id < 9 ORDER BY 1") == [
        (1, True, 1),
        (2, True, None),
        (3, False, None),
    ]
    # Dropped, and what hangs on what was dropped.
    assert stage.one("web_inwoner", WRITE, part(3), 1, words(dropped=True), who=OWNER) is True
    assert stage.one("web_inwoner", WRITE, part(6), 1, words(dropped=True), who=OWNER) is True
    again = uuid4()
    stage.ask("web_inwoner", PROPOSE, 1, again, who=MANDATE)
    assert [row[0] for row in stage.seen(laid, again)] == [1, 2, 4]


@scenario
def nothing_or_half_an_action_can_not_be_agreed_with(stage: Stage) -> None:
    stage.given("UPDATE casus.plan_part SET audience = 1 WHERE dossier_id = 1 AND id <> 4")
    stage.given("UPDATE casus.plan_text SET dropped = true WHERE part_id = 4")
    assert stage.refusal("web_inwoner", PROPOSE, 1, uuid4(), who=OWNER) == "MB091"
    stage.given("UPDATE casus.plan_part SET audience = 3 WHERE dossier_id = 1 AND id <> 4")
    assert stage.refusal("web_inwoner", PROPOSE, 1, uuid4(), who=OWNER) == ""
    for change in ("holder_name = ''", "due_on = NULL", "look_on = NULL"):

        def play(change: str = change) -> None:
            stage.given(f"UPDATE casus.plan_text SET {change} WHERE part_id = 7")
            assert stage.refusal("web_inwoner", PROPOSE, 1, uuid4(), who=OWNER) == "MB092", change

        stage.undone(play)
    stage.given("UPDATE casus.plan_text SET holder_name = '', due_on = NULL, look_on = NULL WHERE part_id IN (6, 9)")
    assert stage.refusal("web_inwoner", PROPOSE, 1, uuid4(), who=OWNER) == "", "a goal has none of these"
    # An action that was half in what was laid before earlier, or half in an earlier text, is no hindrance.
    stage.given("UPDATE casus.plan_text SET look_on = NULL WHERE part_id = 7")
    assert (
        stage.one("web_inwoner", WRITE, part(7), 1, words(holder_name="Zus", due_on="2027-01-02", look_on="2027-01-03"), who=OWNER) is True
    )
    assert stage.refusal("web_inwoner", PROPOSE, 1, uuid4(), who=OWNER) == ""


@scenario
def the_inwoner_says_yes_once_and_then_it_has_a_number(stage: Stage) -> None:
    waiting = public("proposal", planned.WAITING)
    stage.given(
        "INSERT INTO casus.plan_proposal (id, public_id, dossier_id, made_by, made_by_name, settled_at, version) VALUES (70, gen_random_uuid(), 2, 2, 'x', now(), 8)"
    )
    assert stage.one("web_inwoner", DECIDE, waiting, answer(words="Goed", choice=2, own=4), who=OWNER) == 2
    row = (
        "SELECT choice, words, way, proof, decided_on = acl.today(), copy, own, recorded_by, recorded_by_name, recorded_at = now(), dossier_id"
        " FROM casus.plan_decision WHERE proposal_id = 2"
    )
    assert stage.seen(row) == [(2, "Goed", "portaal", "", True, 1, 4, 1, "owner Proef", True, 1)]
    assert stage.seen("SELECT settled_at = now(), version FROM casus.plan_proposal WHERE id = 2") == [(True, 2)]
    assert stage.refusal("web_inwoner", DECIDE, waiting, planned.YES, who=OWNER) == "MB072"
    assert stage.seen("SELECT id FROM casus.plan_proposal WHERE dossier_id = 2 AND settled_at IS NOT NULL") == [(70,)]


@scenario
def no_is_an_answer_with_words_and_gives_no_number(stage: Stage) -> None:
    waiting = public("proposal", planned.WAITING)
    assert stage.refusal("web_inwoner", DECIDE, waiting, answer(choice=3), who=OWNER) == "23514"
    assert stage.one("web_inwoner", DECIDE, waiting, answer(choice=3, words="Niet zo"), who=MANDATE) is None
    assert stage.seen("SELECT settled_at = now(), version FROM casus.plan_proposal WHERE id = 2") == [(True, None)]
    assert stage.value("SELECT recorded_by_name LIKE '%%, namens owner Proef' FROM casus.plan_decision WHERE proposal_id = 2") is True


@scenario
def what_was_said_on_paper_is_written_down_by_who_works_there_with_the_proof(stage: Stage) -> None:
    waiting, others = public("proposal", planned.WAITING), public("proposal", planned.OTHERS_WAITING)
    for who in (OWNER, MANDATE):
        assert stage.refusal("web_inwoner", DECIDE, waiting, planned.YES_ON_PAPER, who=who) == "MB001"
        assert stage.refusal("web_inwoner", DECIDE, others, planned.YES, who=who) == "MB001"
    assert stage.refusal("web_team", DECIDE, waiting, planned.YES, who=ASSIGNED) == "MB001", "in the portal the inwoner says it self"
    assert stage.refusal("web_team", DECIDE, others, planned.YES_ON_PAPER, who=ASSIGNED) == "MB001"
    assert stage.refusal("web_team", DECIDE, waiting, answer(way="mondeling", proof=""), who=ASSIGNED) == "23514"
    assert stage.one("web_team", DECIDE, waiting, answer(way="mondeling", proof="Aan tafel", decided_on="2026-01-02"), who=ASSIGNED) == 2
    row = "SELECT way, proof, decided_on::text, recorded_by FROM casus.plan_decision WHERE proposal_id = 2"
    assert stage.seen(row) == [("mondeling", "Aan tafel", "2026-01-02", 40)]


@scenario
def what_waits_or_was_said_is_not_for_who_reads_along(stage: Stage) -> None:
    asked = "SELECT id FROM casus.plan_proposal ORDER BY 1"
    said = "SELECT proposal_id FROM casus.plan_decision"
    listed = "SELECT part_id FROM casus.plan_proposal_text WHERE proposal_id = 2 ORDER BY 1"
    for who, proposals, decisions, parts in (
        (OWNER, [1, 2], [1], [1, 2, 3, 4, 6, 7, 8]), (ASSIGNED, [1, 2], [1], [1, 2, 3, 4, 6, 7, 8]), (NAASTE, [1], [], [1, 2, 6, 7, 8]),
        (SECTION, [], [], []), (OTHER, [3], [], []),
    ):  # fmt: skip
        assert [row[0] for row in stage.ask(face(who), asked, who=who)] == proposals
        assert [row[0] for row in stage.ask(face(who), said, who=who)] == decisions
        assert [row[0] for row in stage.ask(face(who), listed, who=who)] == parts
    assert stage.ask("web_inwoner", "SELECT part_id FROM casus.plan_step", who=SECTION) == []
    stage.given(
        "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, section, valid_from, ground) VALUES (1, 21, 2, 4, current_date - 1, 'x')"
    )
    assert [row[0] for row in stage.ask("web_inwoner", asked, who=SECTION)] == [1]
    assert [row[0] for row in stage.ask("web_inwoner", "SELECT part_id FROM casus.plan_step", who=SECTION)] == [7]
