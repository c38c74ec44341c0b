"""Remarks beside a part of the plan: who makes them, who reads them, taking one back, and saying that it was read; and who keeps the overview."""

from uuid import UUID

from tests.access import planned
from tests.access.asks_plan import STEP, face, part
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who, public

OWNER, MANDATE, ASSIGNED, SUBSTITUTE = (PEOPLE[name] for name in ("owner", "mandate", "assigned", "substitute"))
READS, WRITES, NAMED, DOES, THINKS, OVERSEES, ENDED, ELSEWHERE = (
    PEOPLE[name]
    for name in (
        "invited to the plan",
        "invited to write along",
        "invited to what is named",
        "invited to do",
        "invited to think along",
        "invited to keep the overview",
        "invitation ended",
        "invited elsewhere",
    )
)
NAASTE, OTHER_OWNER = PEOPLE["grant whole"], PEOPLE["owner of another dossier"]
REMARK = "SELECT casus.remark_plan(%s, %s, %s)"
WITHDRAW = "SELECT casus.withdraw_remark(%s)"
SEE = "SELECT casus.see_remark(%s, %s)"
MINE, NEW = public("remark", 20), public("remark", 50)
ROWS = "SELECT id, dossier_id, part_id, body, author_id, author_name, withdrawn_at = now(), seen_at = now(), seen_by, seen_name, answer FROM casus.plan_remark ORDER BY id"
FIRST, NO_PART, NO_REMARK = part(1), public("plan part", 77), public("remark", 77)


def remarks(stage: Stage, who: Who) -> list[int]:
    """The remarks that somebody reads; those made in this scenario have numbers above 100."""
    return [min(row[0], 100) for row in stage.ask(face(who), "SELECT id FROM casus.plan_remark ORDER BY id", who=who)]


def refused(stage: Stage, who: Who, of: UUID = FIRST, *, number: UUID = NEW) -> str:
    """The refusal when somebody says something beside a part."""
    return stage.refusal("web_inwoner", REMARK, of, number, "Ik denk mee", who=who)


def role(stage: Stage, who: Who, number: int, *, parts: str = "NULL") -> None:
    """Somebody is invited as something else from now on."""
    stage.given(
        f"UPDATE casus.access_grant SET plan_role = %s, plan_parts = {parts} WHERE grantee_id = %s AND scope = 5", number, who.person
    )


@scenario
def who_is_invited_to_think_along_says_something_beside_what_they_read(stage: Stage) -> None:
    for number, may in ((1, False), (2, True), (3, True), (4, False), (5, True), (6, True)):

        def play(number: int = number, may: bool = may) -> None:
            role(stage, THINKS, number)
            assert refused(stage, THINKS) == ("" if may else "MB001"), number
            assert refused(stage, THINKS, part(6)) == ("" if may else "MB001"), number

        stage.undone(play)
    for of in (part(3), part(4), part(5), part(7), part(planned.OTHERS), NO_PART):
        assert refused(stage, THINKS, of) == "MB001", of
    for who in (OWNER, MANDATE, NAASTE, READS, DOES, NAMED, ENDED, ELSEWHERE, OTHER_OWNER):
        assert refused(stage, who) == "MB001", who
    stage.given("UPDATE casus.plan_part SET audience = 2 WHERE id = 1")
    assert refused(stage, THINKS) == "MB001"
    role(stage, THINKS, 2, parts="'{1}'")
    assert refused(stage, THINKS) == "", "by name it may be for professionals"
    stage.given("SELECT set_config('casus.preview', '96', true)")
    assert refused(stage, OWNER) == "MB001", "through other eyes nobody says anything"


@scenario
def a_remark_is_kept_once_as_it_was_said(stage: Stage) -> None:
    assert stage.one("web_inwoner", REMARK, part(1), NEW, "Eén", who=THINKS) is True
    assert stage.one("web_inwoner", REMARK, part(1), NEW, "Twee", who=THINKS) is False
    assert stage.one("web_inwoner", REMARK, part(1), MINE, "Drie", who=WRITES) is False
    [_, _, made] = stage.seen(ROWS)
    assert made[1:] == (1, 1, "Eén", 96, "invited to think along Proef", None, None, None, None, "")
    assert [row[3] for row in stage.seen(ROWS)][:2] == ["Gezegd", "Gezegd"]
    assert stage.refusal("web_inwoner", REMARK, part(1), public("remark", 51), "", who=THINKS) == "23514"
    assert stage.refusal("web_inwoner", REMARK, part(1), public("remark", 51), "x" * 2001, who=THINKS) == "23514"


@scenario
def it_is_between_who_said_it_and_the_inwoners_side_and_the_team(stage: Stage) -> None:
    for who in (OWNER, MANDATE, ASSIGNED, SUBSTITUTE, THINKS):
        assert remarks(stage, who) == [20], who
    assert remarks(stage, ELSEWHERE) == remarks(stage, OTHER_OWNER) == [21]
    for who in (READS, WRITES, NAMED, DOES, OVERSEES, NAASTE, ENDED, PEOPLE["team lead"], PEOPLE["assigned before"]):
        assert remarks(stage, who) == [], who
    # As far as they read the part.
    stage.given("UPDATE casus.plan_part SET audience = 2 WHERE id = 1")
    assert remarks(stage, THINKS) == []
    assert remarks(stage, ASSIGNED) == remarks(stage, OWNER) == [20]
    stage.given("UPDATE casus.plan_part SET audience = 1 WHERE id = 1")
    assert remarks(stage, ASSIGNED) == remarks(stage, MANDATE) == remarks(stage, THINKS) == []
    assert remarks(stage, OWNER) == [20]
    stage.given("UPDATE casus.plan_part SET audience = 3 WHERE id = 1")
    stage.given("SELECT set_config('casus.preview', '96', true)")
    assert remarks(stage, OWNER) == [], "not even through the eyes of who said it"


@scenario
def its_author_takes_it_back_and_nobody_else(stage: Stage) -> None:
    for who in (OWNER, MANDATE, WRITES, OVERSEES, ELSEWHERE, NAASTE):
        assert stage.refusal("web_inwoner", WITHDRAW, MINE, who=who) == "MB001", who
    assert stage.refusal("web_inwoner", WITHDRAW, NO_REMARK, who=THINKS) == "MB001"
    assert stage.refusal("web_inwoner", WITHDRAW, public("remark", 21), who=THINKS) == "MB001"

    def unread() -> None:
        stage.given("UPDATE casus.plan_part SET audience = 2 WHERE id = 1")
        assert stage.refusal("web_inwoner", WITHDRAW, MINE, who=THINKS) == "MB001"

    stage.undone(unread)

    def previewed() -> None:
        stage.given("UPDATE casus.plan_remark SET author_id = 1")
        assert stage.refusal("web_inwoner", WITHDRAW, MINE, who=OWNER) == ""
        stage.given("SELECT set_config('casus.preview', '96', true)")
        assert stage.refusal("web_inwoner", WITHDRAW, MINE, who=OWNER) == "MB001"

    stage.undone(previewed)
    # Whatever they are invited as now.
    role(stage, THINKS, 1)
    assert stage.one("web_inwoner", WITHDRAW, MINE, who=THINKS) is True
    assert [row[6] for row in stage.seen(ROWS)] == [True, None]
    assert remarks(stage, THINKS) == [20]
    assert remarks(stage, OWNER) == remarks(stage, ASSIGNED) == []
    stage.given("UPDATE casus.plan_remark SET withdrawn_at = now() - interval '1 day' WHERE id = 20")
    assert stage.one("web_inwoner", WITHDRAW, MINE, who=THINKS) is False
    assert [row[6] for row in stage.seen(ROWS)] == [False, None]
    assert stage.refusal("web_inwoner", SEE, MINE, "", who=OWNER) == "MB001"


@scenario
def the_inwoners_side_or_the_team_says_once_that_it_was_read(stage: Stage) -> None:
    for who in (OWNER, MANDATE, ASSIGNED, SUBSTITUTE):
        assert stage.refusal(face(who), SEE, MINE, "", who=who) == "", who
    for who in (THINKS, WRITES, OVERSEES, NAASTE, OTHER_OWNER, PEOPLE["team lead"], PEOPLE["assigned before"]):
        assert stage.refusal(face(who), SEE, MINE, "", who=who) == "MB001", who
    assert stage.refusal("web_inwoner", SEE, NO_REMARK, "", who=OWNER) == "MB001"
    assert stage.refusal("web_inwoner", SEE, public("remark", 21), "", who=OWNER) == "MB001"

    def kept() -> None:
        stage.given("UPDATE casus.plan_part SET audience = 1 WHERE id = 1")
        assert stage.refusal("web_team", SEE, MINE, "", who=ASSIGNED) == "MB001"
        assert stage.refusal("web_inwoner", SEE, MINE, "", who=OWNER) == ""
        stage.given("SELECT set_config('casus.preview', '96', true)")
        assert stage.refusal("web_inwoner", SEE, MINE, "", who=OWNER) == "MB001"

    stage.undone(kept)
    stage.ask("web_inwoner", SEE, MINE, "Goed idee", who=MANDATE)
    assert stage.seen(ROWS)[0][7:] == (True, 10, "mandate, as naaste Proef, namens owner Proef", "Goed idee")
    assert stage.seen(ROWS)[1][7:] == (None, None, None, "")
    assert stage.refusal("web_team", SEE, MINE, "Iets anders", who=ASSIGNED) == "MB072"
    assert stage.refusal("web_inwoner", WITHDRAW, MINE, who=THINKS) == ""


@scenario
def who_keeps_the_overview_says_how_far_what_they_read_is(stage: Stage) -> None:
    for action in (7, 8):
        assert stage.refusal("web_inwoner", STEP, part(action), 3, who=OVERSEES) == "", action
    for number in (1, 2, 3, 4, 5):

        def play(number: int = number) -> None:
            role(stage, OVERSEES, number)
            assert stage.refusal("web_inwoner", STEP, part(7), 3, who=OVERSEES) == "MB001", number

        stage.undone(play)
    assert stage.refusal("web_inwoner", STEP, part(planned.OTHERS), 3, who=OVERSEES) == "MB001"
    stage.given("UPDATE casus.plan_part SET audience = 2 WHERE id IN (6, 7, 8)")
    assert stage.refusal("web_inwoner", STEP, part(7), 3, who=OVERSEES) == "MB001"
    role(stage, OVERSEES, 6, parts="'{6}'")
    assert stage.one("web_inwoner", STEP, part(7), 3, who=OVERSEES) is True
    assert stage.seen("SELECT by_id, by_name, status FROM casus.plan_step WHERE part_id = 7 AND number = 2") == [
        (97, "invited to keep the overview Proef", 3)
    ]
    stage.given("UPDATE casus.plan_part SET audience = 3 WHERE id IN (6, 7, 8)")
    stage.given("SELECT set_config('casus.preview', '97', true)")
    assert stage.refusal("web_inwoner", STEP, part(7), 4, who=OWNER) == "MB001"
