"""The household plan: what one shows the others of the own plan, to whom and until when, what is never shown, and leaving."""

from tests.access.asks_household_plan import (
    ANOTHER,
    ASSIGNED,
    CODE,
    ELSEWHERE,
    EVENTS,
    HIDE,
    IN_NOW,
    JOINT,
    LEAVE,
    MAKE,
    SHOW,
    THIRD,
    WHO,
    copy,
    dossier,
    others,
    together,
)
from tests.access.asks_plan import OTHER, OWNER, READ, SHARE, STEP, WRITE, part, words
from tests.access.stage import Stage, scenario


@scenario
def the_others_read_the_text_that_was_shown_and_no_other(stage: Stage) -> None:
    assert stage.refusal("web_inwoner", SHOW, part(1), 1, who=OWNER) == "MB001", "there is nobody to show it to"
    together(stage)
    assert stage.one("web_inwoner", WRITE, part(1), 1, words(body="Geheim"), who=OWNER) is True
    assert others(stage, 2) == []
    assert stage.one("web_inwoner", SHOW, part(1), 1, who=OWNER) is False, "somebody wrote since"
    stage.given("UPDATE casus.plan_text SET number = 3 WHERE part_id = 2")
    assert stage.one("web_inwoner", SHOW, part(1), 3, who=OWNER) is False
    assert stage.one("web_inwoner", WRITE, part(1), 2, words(body="Voor thuis", answers=[2]), who=OWNER) is True
    assert stage.one("web_inwoner", SHOW, part(1), 3, who=OWNER) is True
    assert others(stage, 2) == [("owner Proef", 4, "Voor thuis", [2])]
    assert others(stage, 1) == [], "not to oneself"
    assert stage.seen("SELECT acl.shown_parts(1, 2), acl.shown_parts(1, 1), acl.shown_parts(1, 3), acl.shown_parts(2, 1)") == [
        ([1], [], [], [])
    ]
    stage.given("UPDATE casus.plan_text SET dropped = true, number = 9 WHERE part_id = 2")
    assert stage.value("SELECT acl.shown_parts(1, 2)") == [1], "what else was taken out changes nothing"
    assert others(stage, 3) == []
    assert stage.one("web_team", WRITE, part(1), 3, words(body="Van het team"), who=ASSIGNED) is True
    assert others(stage, 2) == [("owner Proef", 4, "Voor thuis", [2])], "what was written since waits for the owner's act"
    assert stage.one("web_inwoner", SHOW, part(3), 1, who=OWNER) is True
    assert [row[1] for row in others(stage, 2)] == [3, 4]
    # It opens nothing else: not the part, not to anybody around the other.
    assert stage.ask("web_inwoner", READ, who=OTHER) == [(9,)]
    assert stage.ask("web_inwoner", "SELECT FROM casus.plan_text WHERE dossier_id = 1", who=OTHER) == []
    assert stage.ask("web_team", READ, who=ELSEWHERE) == [(9,)]
    assert stage.one("web_inwoner", HIDE, part(3), who=OWNER) is True
    assert stage.one("web_inwoner", HIDE, part(3), who=OWNER) is False
    assert stage.one("web_inwoner", HIDE, part(1), who=OTHER) is False
    assert [row[1] for row in others(stage, 2)] == [4]
    assert stage.one("web_inwoner", WRITE, part(1), 4, words(dropped=True), who=OWNER) is True
    assert others(stage, 2) == [], "what is out of the plan is out of sight"
    assert stage.one("web_inwoner", SHOW, part(1), 5, who=OWNER) is False
    assert [row[:2] for row in stage.seen(EVENTS)][-3:] == [("plan.shown", 1), ("plan.shown", 1), ("plan.hidden", 1)]


@scenario
def what_is_about_safety_and_what_one_keeps_are_never_shown(stage: Stage) -> None:
    together(stage)
    # What plays says whether safety does.
    stage.given("UPDATE casus.plan_part SET kind = 8 WHERE id = 2")
    for number in (2, 4, 5, 6, 7, 9):
        assert stage.refusal("web_inwoner", SHOW, part(number), 1, who=OWNER) == "MB001", number
    show = "UPDATE casus.plan_part SET shown_number = 1, shown_at = clock_timestamp() WHERE id = %s"
    for number in (2, 4, 5, 6):
        assert stage.refusal(stage.superuser, show, number) == "23514", number
    # Whatever comes to stand there: it isn't read.
    stage.given("ALTER TABLE casus.plan_part DROP CONSTRAINT plan_part_shown_kind_check, DROP CONSTRAINT plan_part_shown_safe_check,"
                " DROP CONSTRAINT plan_part_shown_kept_check")  # fmt: skip
    for number in (2, 4, 5, 6):
        stage.given(show, number)
    assert others(stage, 2) == []
    assert stage.seen("SELECT acl.shown_parts(1, 2)") == [([],)]


@scenario
def what_is_kept_from_now_on_is_shown_no_more(stage: Stage) -> None:
    together(stage)
    for number in (1, 3):
        assert stage.one("web_inwoner", SHOW, part(number), 1, who=OWNER) is True
    assert stage.one("web_inwoner", SHARE, part(1), 2, who=OWNER) is True
    assert [row[1] for row in others(stage, 2)] == [3, 4], "for fewer of one's own people it is still shown at home"
    assert stage.one("web_inwoner", SHARE, part(3), 1, who=OWNER) is True
    assert [row[1] for row in others(stage, 2)] == [4]
    assert stage.seen("SELECT id, shown_number FROM casus.plan_part WHERE shown_number IS NOT NULL OR shown_at IS NOT NULL") == [(1, 1)]


@scenario
def who_comes_later_reads_what_is_shown_from_then_on(stage: Stage) -> None:
    together(stage)
    assert stage.one("web_inwoner", SHOW, part(1), 1, who=OWNER) is True
    together(stage, 2, 3)
    assert [row[1] for row in others(stage, 2)] == [4]
    assert others(stage, 3) == []
    stage.given(
        "UPDATE casus.plan_part SET shown_at = m.joined_at FROM casus.joint_plan_member m WHERE m.dossier_id = 3 AND shown_at IS NOT NULL"
    )
    assert others(stage, 3) == []
    assert stage.one("web_inwoner", SHOW, part(1), 1, who=OWNER) is True
    assert [row[1] for row in others(stage, 2)] == [row[1] for row in others(stage, 3)] == [4]


@scenario
def reading_what_the_others_show_is_written_down_with_them(stage: Stage) -> None:
    together(stage)
    together(stage, 1, 3)
    lines = "SELECT dossier_id, what, reader_id, reader_name, reader_role, ground FROM casus.read_log WHERE ground = 'huishouden'"
    assert others(stage, 2) == []
    assert stage.seen(lines) == [], "nothing was shown"
    assert stage.one("web_inwoner", SHOW, part(1), 1, who=OWNER) is True
    others(stage, 2)
    assert stage.seen(lines) == [(1, "plan", 2, "owner of another dossier Proef", "inwoner", "huishouden")]
    line = "INSERT INTO casus.read_log (dossier_id, what) VALUES (1, 'plan')"
    assert stage.refusal("web_inwoner", line, who=OTHER) == "42501", "nobody writes such a line by themselves"


@scenario
def who_may_see_what_names_who_reads_at_home(stage: Stage) -> None:
    seers = "SELECT name, scope, from_day, until_day, person FROM acl.who_may_see(%s) WHERE relation = 'huisgenoot'"
    together(stage)
    together(stage, 1, 3)
    today = stage.value("SELECT acl.today()")
    assert stage.ask("web_inwoner", seers, dossier(1), who=OWNER) == []
    assert stage.one("web_inwoner", SHOW, part(1), 1, who=OWNER) is True
    stage.given(
        "INSERT INTO casus.joint_plan_member (joint_plan_id, dossier_id, left_at) SELECT joint_plan_id, 2, now() FROM casus.joint_plan_member LIMIT 1"
    )
    rows = stage.ask("web_inwoner", seers, dossier(1), who=OWNER)
    assert sorted(rows) == [("owner of another dossier Proef", 5, today, None, None), ("third Proef", 5, today, None, None)]
    assert stage.ask("web_inwoner", seers, dossier(2), who=OTHER) == []
    stage.ask("web_inwoner", LEAVE, dossier(3), who=THIRD)
    assert [row[0] for row in stage.ask("web_inwoner", seers, dossier(1), who=OWNER)] == ["owner of another dossier Proef"]


@scenario
def who_leaves_is_out_of_sight_at_once_and_keeps_the_goals(stage: Stage) -> None:
    together(stage)
    together(stage, 1, 3)
    assert stage.one("web_inwoner", JOINT, part(6), 1, who=OWNER) is True
    assert stage.one("web_inwoner", SHOW, part(1), 1, who=OWNER) is True
    assert stage.one("web_inwoner", SHOW, part(9), 1, who=OTHER) is True
    stage.ask("web_inwoner", MAKE, dossier(1), ANOTHER, who=OWNER)
    stage.ask("web_inwoner", MAKE, dossier(2), CODE, who=OTHER)
    theirs, action = copy(stage, 6, 2), copy(stage, 7, 2)
    letters = stage.value("SELECT count(*) FROM portaal.letter")
    assert stage.one("web_inwoner", LEAVE, dossier(1), who=OWNER) is True
    assert stage.one("web_inwoner", LEAVE, dossier(1), who=OWNER) is False
    assert others(stage, 2) == others(stage, 1) == []
    assert [row[0] for row in others(stage, 3)] == ["owner of another dossier Proef"]
    assert stage.seen(IN_NOW) == [(2,), (3,)]
    assert stage.seen("SELECT dossier_id FROM casus.joint_plan_code") == [(2,)]
    assert stage.value("SELECT count(*) FROM portaal.letter") == letters, "nobody is told"
    assert [row[:2] for row in stage.seen(EVENTS)][-1] == ("household.left", 1)
    # The goals stand in each plan; from now on apart.
    assert stage.ask("web_inwoner", READ, who=OWNER) == [(number,) for number in range(1, 9)]
    assert stage.one("web_inwoner", WRITE, theirs, 1, words(body="Van hen"), who=OTHER) is True
    assert stage.seen("SELECT dossier_id FROM casus.plan_text WHERE body = 'Van hen' ORDER BY 1") == [(2,), (3,)]
    assert stage.one("web_inwoner", WRITE, part(6), 1, words(body="Van mij"), who=OWNER) is True
    assert stage.seen("SELECT dossier_id FROM casus.plan_text WHERE body = 'Van mij'") == [(1,)]
    assert stage.one("web_inwoner", STEP, action, 3, who=OTHER) is True
    assert stage.seen("SELECT dossier_id FROM casus.plan_step WHERE status = 3 ORDER BY 1") == [(2,), (3,)]
    assert stage.ask("web_inwoner", WHO, 1, who=OWNER) == []
    assert stage.seen("SELECT acl.joint_dossiers(1), acl.joint_dossiers(2), acl.joint_dossiers(3)") == [([], [3], [2])]
    assert [row[0] for row in stage.ask("web_inwoner", WHO, 2, who=OTHER)] == ["owner of another dossier Proef", "third Proef"]
    # Coming back is coming anew: nothing that was shown comes back with it.
    together(stage, 2, 1, with_goals=False)
    assert others(stage, 1) == []
    assert others(stage, 2) == []
    assert [row[0] for row in others(stage, 3)] == ["owner of another dossier Proef"]
    assert stage.value("SELECT joint_id FROM casus.plan_part WHERE id = 6") is None


@scenario
def out_of_sight_shows_nothing_at_home_either(stage: Stage) -> None:
    together(stage)
    assert stage.one("web_inwoner", SHOW, part(1), 1, who=OWNER) is True
    stage.given("INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (1, 'portaal', 1)")
    assert others(stage, 2) == []
    stage.given("UPDATE casus.pause SET ended_at = now(), ended_by = 40")
    assert [row[1] for row in others(stage, 2)] == [4]
    stage.given("INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (3, 'portaal', 3)")
    assert [row[1] for row in others(stage, 2)] == [4], "only the own dossier"
