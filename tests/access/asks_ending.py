"""Ending the help: the reason, the second yes, the answer, the day, staying near and coming back; exactly, with decoys."""

import json
from uuid import UUID, uuid4

from tests.access import planned
from tests.access.asks_evaluation import a_day
from tests.access.asks_plan import ASSIGNED, MANDATE, NAASTE, OTHER, OWNER, face
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, public

PROPOSE = "SELECT casus.propose_ending(%s, %s, %s)"
ANSWER = "SELECT casus.answer_ending(%s, %s, %s, %s)"
AGREE = "SELECT casus.agree_ending(%s, %s)"
WITHDRAW = "SELECT casus.withdraw_ending(%s)"
FINISH = "SELECT casus.finish_ending(%s)"
COME_BACK = "SELECT casus.come_back(%s)"
TAKE = "SELECT casus.take_back(%s)"
TO_AGREE = "SELECT public_id FROM acl.endings_to_agree_with()"
CAME_BACK = "SELECT public_id, dossier, inwoner, near_by_name FROM acl.came_back()"
LEAD, COLLEAGUE = PEOPLE["team lead"], PEOPLE["assigned, entry closed"]
TOLD = "SELECT person_id, topic FROM portaal.outbox ORDER BY id"


def one(number: int) -> UUID:
    """The id of an ending of planned.py."""
    return public("ending", number)


def how(**more: object) -> str:
    """How the help is to end."""
    return json.dumps({**json.loads(planned.END), **more})


def nothing_ends(stage: Stage) -> None:
    """In dossier A nothing is going on."""
    stage.given("UPDATE casus.ending SET withdrawn_at = now() WHERE id = 1")


def mails(stage: Stage) -> None:
    """The inwoners have an address."""
    for number in (1, 2, 3):
        stage.given(
            f"INSERT INTO portaal.account (person_id, face, username, email) VALUES ({number}, 'inwoner', 'anna{number}', 'a{number}@voorbeeld.nl')"
        )


@scenario
def both_sides_read_how_it_ends_and_nobody_else(stage: Stage) -> None:
    read = "SELECT id FROM casus.ending ORDER BY 1"
    for who in (OWNER, MANDATE, COLLEAGUE):
        assert stage.ask(face(who), read, who=who) == [(1,)]
    # Who works in another dossier too reads that one's.
    assert stage.ask("web_team", read, who=ASSIGNED) == [(1,), (3,), (4,)]
    for name in ("grant whole", "invited to the plan", "team lead", "assigned before", "mandate ended", "administrator"):
        assert stage.ask(face(PEOPLE[name]), read, who=PEOPLE[name]) == [], name


@scenario
def it_is_laid_before_the_inwoner_as_it_was_said(stage: Stage) -> None:
    mails(stage)
    assert stage.refusal("web_team", PROPOSE, 1, uuid4(), how(), who=ASSIGNED) == "MB072", "one is going on"
    nothing_ends(stage)
    new, day, near = uuid4(), a_day(stage, "3 days"), a_day(stage, "90 days")
    whole = how(kind=4, weighty=4, ends_on=day, reason="Zo", onward="Niemand", warned="Brief", not_evaluated="Nee", near=str(public("person", 41)),
                near_until=near, near_words="Bel mij", made_by=9, choice=1, id=9, done_at="2020-01-01")  # fmt: skip
    stage.ask("web_team", PROPOSE, 1, new, whole, who=ASSIGNED)
    assert stage.seen(
        "SELECT dossier_id, kind, weighty, ends_on::text, reason, onward, warned, not_evaluated, near_until::text, near_by, near_by_name, near_words, made_by,"
        " made_by_name, choice, done_at, agreed_at FROM casus.ending WHERE public_id = %s", new
    ) == [(1, 4, 4, day, "Zo", "Niemand", "Brief", "Nee", near, 41, "assigned, entry closed Proef", "Bel mij", 40, "assigned Proef", None, None, None)]  # fmt: skip
    assert stage.seen(TOLD) == [(1, None)]
    # The closing evaluation: of this dossier, with an outcome, and to end or planned as the last.
    assert stage.seen("SELECT evaluation_id FROM casus.ending WHERE public_id = %s", new) == [(None,)]


@scenario
def after_coming_back_the_help_can_end_again(stage: Stage) -> None:
    stage.ask("web_team", WITHDRAW, one(4), who=ASSIGNED)
    stage.ask("web_team", PROPOSE, 3, uuid4(), how(), who=ASSIGNED)
    assert stage.refusal("web_team", PROPOSE, 3, uuid4(), how(), who=ASSIGNED) == "MB072"


@scenario
def the_closing_evaluation_goes_along(stage: Stage) -> None:
    nothing_ends(stage)

    def found(of: str) -> object:
        new = uuid4()
        stage.given(of)
        stage.ask("web_team", PROPOSE, 1, new, how(not_evaluated="x"), who=ASSIGNED)
        return stage.seen("SELECT evaluation_id FROM casus.ending WHERE public_id = %s", new)[0][0]

    def expect(of: str, number: int | None) -> None:
        def try_it() -> None:
            assert found(of) == number, of

        stage.undone(try_it)

    expect("UPDATE casus.evaluation SET outcome = 5 WHERE id = 3", 3)
    expect("UPDATE casus.evaluation SET kind = 3 WHERE id = 3", 3)
    expect("UPDATE casus.evaluation SET kind = 3 WHERE id = 1", None)
    expect("UPDATE casus.evaluation SET outcome = 5, settled_at = now() WHERE id = 2", None)


@scenario
def who_may_and_on_which_days(stage: Stage) -> None:
    nothing_ends(stage)
    for who in (LEAD, PEOPLE["assigned before"], PEOPLE["assigned elsewhere"]):
        assert stage.refusal("web_team", PROPOSE, 1, uuid4(), how(), who=who) == "MB001"
    for away, near in (("-1 days", None), ("1 year 1 day", None), ("5 days", "4 days"), ("5 days", "1 year 6 days")):
        days = {"ends_on": a_day(stage, away), "near_until": near and a_day(stage, near), "near": near and str(public("person", 40))}
        assert stage.refusal("web_team", PROPOSE, 1, uuid4(), how(**days), who=ASSIGNED) == "MB095", (away, near)
    assert stage.refusal("web_team", PROPOSE, 1, uuid4(), how(ends_on=None), who=ASSIGNED) == "MB095"

    def well(away: str, near: str | None) -> None:
        days = {"ends_on": a_day(stage, away), "near_until": near and a_day(stage, near), "near": near and str(public("person", 40))}

        def propose() -> None:
            stage.ask("web_team", PROPOSE, 1, uuid4(), how(**days), who=ASSIGNED)

        stage.undone(propose)

    for away, near in (("0 days", None), ("1 year", None), ("5 days", "5 days")):
        well(away, near)
    # Who stays near works in this dossier.
    for person in (1, 20, 46, 52):
        days = {"near": str(public("person", person)), "near_until": a_day(stage, "90 days")}
        assert stage.refusal("web_team", PROPOSE, 1, uuid4(), how(**days), who=ASSIGNED) == "23514", person
    wrong = (
        {"kind": 4, "onward": "x"}, {"kind": 1, "weighty": 1}, {"kind": 5, "weighty": 4, "onward": "x"}, {"kind": 2}, {"kind": 4, "weighty": 1},
        {"reason": ""}, {"not_evaluated": ""},
    )  # fmt: skip
    for more in wrong:
        assert stage.refusal("web_team", PROPOSE, 1, uuid4(), how(**more), who=ASSIGNED) == "23514", more


@scenario
def the_inwoner_says_once_whether_it_is_so(stage: Stage) -> None:
    for who in (NAASTE, OTHER):
        assert stage.refusal(face(who), ANSWER, one(1), 1, "", "portaal", who=who) == "MB001"
    assert stage.refusal("web_team", ANSWER, one(1), 1, "", "portaal", who=ASSIGNED) == "MB001"
    assert stage.refusal("web_inwoner", ANSWER, one(1), 1, "", "papier", who=OWNER) == "MB001"
    assert stage.refusal("web_inwoner", ANSWER, one(2), 1, "", "portaal", who=OWNER) == "MB001"
    assert stage.refusal("web_inwoner", ANSWER, one(1), 2, "", "portaal", who=OWNER) == "23514", "otherwise, and not how"

    def aloud() -> None:
        stage.ask("web_team", ANSWER, one(1), 1, "", "mondeling", who=COLLEAGUE)
        assert stage.seen("SELECT choice, way, answered_by_name FROM casus.ending WHERE id = 1") == [
            (1, "mondeling", "assigned, entry closed Proef")
        ]

    stage.undone(aloud)
    # Also after it is done.
    stage.given("UPDATE casus.ending SET done_at = now() WHERE id = 1")
    stage.ask("web_inwoner", ANSWER, one(1), 2, "Ik wilde niet", "portaal", who=OWNER)
    assert stage.seen(
        "SELECT id, choice, words, way, answered_by_name, answered_at > now() - interval '1 minute' FROM casus.ending WHERE choice > 0"
    ) == [(1, 2, "Ik wilde niet", "portaal", "owner Proef", True)]
    assert stage.refusal("web_inwoner", ANSWER, one(1), 1, "", "portaal", who=OWNER) == "MB072"
    nothing_ends(stage)
    stage.given("UPDATE casus.ending SET choice = NULL, way = NULL, words = '' WHERE id = 1")
    assert stage.refusal("web_inwoner", ANSWER, one(1), 1, "", "portaal", who=OWNER) == "MB001", "it was taken back"


@scenario
def an_early_ending_waits_for_a_lead_who_did_not_make_it(stage: Stage) -> None:
    assert stage.ask("web_team", TO_AGREE, who=LEAD) == [(one(4),)]
    for name in ("assigned", "team lead, as professional", "administrator", "other team"):
        assert stage.ask("web_team", TO_AGREE, who=PEOPLE[name]) == [], name
    for name in ("assigned", "administrator"):
        assert stage.refusal("web_team", AGREE, one(4), True, who=PEOPLE[name]) == "MB001"
    assert stage.refusal("web_team", AGREE, one(1), True, who=LEAD) == "MB001", "it isn't early"
    # Of another team, unless a lead made it there; never the own.
    stage.given("UPDATE casus.dossier SET team_id = 2 WHERE id = 3")
    assert stage.ask("web_team", TO_AGREE, who=LEAD) == []
    stage.given("UPDATE casus.ending SET made_by = 53 WHERE id = 4")
    assert stage.ask("web_team", TO_AGREE, who=LEAD) == [(one(4),)]
    assert stage.ask("web_team", TO_AGREE, who=PEOPLE["team lead, assigned"]) == []
    stage.given("UPDATE casus.ending SET made_by = 40 WHERE id = 4")
    stage.given("UPDATE casus.dossier SET team_id = NULL WHERE id = 3")
    assert stage.ask("web_team", TO_AGREE, who=LEAD) == [(one(4),)], "of who made it"
    for done in ("agreed_at", "withdrawn_at"):

        def settled(done: str = done) -> None:
            stage.given(f"UPDATE casus.ending SET {done} = now() WHERE id = 4")
            assert stage.ask("web_team", TO_AGREE, who=LEAD) == [], done

        stage.undone(settled)


@scenario
def the_second_yes_is_kept_and_a_no_ends_it(stage: Stage) -> None:
    mails(stage)

    def no() -> None:
        stage.ask("web_team", AGREE, one(4), False, who=LEAD)
        assert stage.seen("SELECT id FROM casus.ending WHERE withdrawn_at > now() - interval '1 minute'") == [(4,)]
        assert stage.seen("SELECT dossier_id, subject_id FROM casus.change_log WHERE event = 'ending.withdrawn'") == [(3, 3)]

    stage.undone(no)
    stage.ask("web_team", AGREE, one(4), True, who=LEAD)
    assert stage.seen(
        "SELECT id, agreed_by, agreed_by_name, agreed_at > now() - interval '1 minute', withdrawn_at FROM casus.ending WHERE agreed_by > 0"
    ) == [(4, 52, "team lead Proef", True, None)]
    assert stage.seen("SELECT dossier_id, subject_id FROM casus.change_log WHERE event = 'ending.agreed'") == [(3, 3)]
    assert stage.seen(TOLD) == [(3, "nieuw")]


@scenario
def it_is_taken_back_as_long_as_it_is_not_done(stage: Stage) -> None:
    mails(stage)
    for who in (LEAD, PEOPLE["assigned elsewhere"]):
        assert stage.refusal("web_team", WITHDRAW, one(1), who=who) == "MB001"
    stage.ask("web_team", WITHDRAW, one(1), who=COLLEAGUE)
    assert stage.seen("SELECT id FROM casus.ending WHERE withdrawn_at IS NOT NULL") == [(1,)]
    assert stage.seen(TOLD) == [(1, "nieuw")]
    assert stage.refusal("web_team", WITHDRAW, one(1), who=ASSIGNED) == "MB001"
    assert stage.refusal("web_team", WITHDRAW, one(3), who=ASSIGNED) == "MB072"


@scenario
def it_is_done_when_the_inwoner_answered_or_had_the_time_and_a_second_one_agreed(stage: Stage) -> None:
    assert stage.refusal("web_team", FINISH, one(1), who=LEAD) == "MB001"
    assert stage.refusal("web_team", FINISH, one(4), who=ASSIGNED) == "MB097"
    assert stage.refusal("web_team", FINISH, one(3), who=ASSIGNED) == "MB072"

    def second() -> None:
        stage.given("UPDATE casus.ending SET agreed_at = now() WHERE id = 4")
        stage.ask("web_team", FINISH, one(4), who=ASSIGNED)

    stage.undone(second)
    stage.given("UPDATE casus.ending SET made_at = now() - interval '13 days' WHERE id = 1")
    assert stage.refusal("web_team", FINISH, one(1), who=ASSIGNED) == "MB098"

    def on_the_last_day() -> None:
        stage.given("UPDATE casus.ending SET made_at = now() - interval '14 days' WHERE id = 1")
        stage.ask("web_team", FINISH, one(1), who=ASSIGNED)

    stage.undone(on_the_last_day)
    stage.given("UPDATE casus.ending SET choice = 1, way = 'portaal' WHERE id = 1")
    stage.ask("web_team", FINISH, one(1), who=ASSIGNED)


@scenario
def nobody_works_there_after_the_day_but_who_stays_near(stage: Stage) -> None:
    mails(stage)
    stage.given(
        "UPDATE casus.ending SET near_by = 41, near_by_name = 'x', near_until = acl.today() + 90, ends_on = acl.today() + 5 WHERE id = 1"
    )
    stage.given("UPDATE casus.assignment SET valid_until = acl.today() + 2 WHERE dossier_id = 1 AND staff_id = 60")
    stage.given("UPDATE casus.assignment SET valid_until = acl.today() + 5 WHERE dossier_id = 1 AND staff_id = 41")
    others = "SELECT staff_id, valid_until FROM casus.assignment WHERE dossier_id <> 1 ORDER BY 1"
    before = stage.seen(others)
    stage.ask("web_team", FINISH, one(1), who=ASSIGNED)
    assert stage.seen("SELECT id, ends_on - acl.today(), done_by_name FROM casus.ending WHERE done_at IS NOT NULL AND back_at IS NULL") == [
        (1, 5, "assigned Proef")
    ]
    assert stage.seen("SELECT id, closed_on - acl.today() FROM casus.dossier WHERE closed_on IS NOT NULL") == [(1, 5)]
    until: dict[int, int] = dict(stage.seen("SELECT staff_id, valid_until - acl.today() FROM casus.assignment WHERE dossier_id = 1"))
    assert until[41] == 90
    assert until[60] == 2, "what ended sooner stays so"
    assert until[42] == -2
    assert {until[person] for person in (40, 43, 53, 61)} == {5}
    assert stage.seen(others) == before
    assert stage.seen(TOLD) == [(1, None)]


@scenario
def a_day_that_went_by_is_today(stage: Stage) -> None:
    stage.given(
        "UPDATE casus.ending SET ends_on = acl.today() - 3, near_by = 41, near_by_name = 'x', near_until = acl.today() - 1 WHERE id = 1"
    )
    stage.ask("web_team", FINISH, one(1), who=ASSIGNED)
    assert stage.seen("SELECT ends_on = acl.today() FROM casus.ending WHERE id = 1") == [(True,)]
    assert stage.seen("SELECT DISTINCT valid_until - acl.today() FROM casus.assignment WHERE dossier_id = 1 AND staff_id IN (40, 41)") == [
        (0,)
    ]


@scenario
def coming_back_is_one_step_and_who_stayed_near_goes_on(stage: Stage) -> None:
    assert stage.one("web_inwoner", COME_BACK, 1, who=OWNER) is False, "no help ended"
    for who in (NAASTE, OTHER):
        assert stage.refusal("web_inwoner", COME_BACK, 1, who=who) == "MB001"
    stage.given(
        "UPDATE casus.ending SET near_by = 41, near_by_name = 'Near', near_until = acl.today() + 90, ends_on = acl.today() + 5 WHERE id = 1"
    )
    stage.ask("web_team", FINISH, one(1), who=ASSIGNED)
    stage.given("UPDATE casus.dossier SET closed_on = acl.today() WHERE id = 2")
    stage.given("UPDATE casus.ending SET done_at = now() WHERE id = 2")
    stage.given(
        "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from, valid_until) VALUES (2, 41, 'x', acl.today(), acl.today() + 9)"
    )
    stage.given("UPDATE casus.assignment SET valid_until = acl.today() + 9 WHERE dossier_id = 3")
    assert stage.ask("web_team", CAME_BACK, who=LEAD) == [(one(3), public("dossier", 3), "third Proef", "")]

    def too_late() -> None:
        stage.given("UPDATE casus.assignment SET valid_until = acl.today() - 1 WHERE dossier_id = 1")
        assert stage.one("web_inwoner", COME_BACK, 1, who=OWNER) is True
        assert stage.seen("SELECT count(*) FROM casus.assignment WHERE dossier_id = 1 AND valid_until IS NULL") == [(0,)]

    stage.undone(too_late)
    stage.given("UPDATE casus.assignment SET valid_until = acl.today() WHERE dossier_id = 1 AND staff_id = 41")
    assert stage.one("web_inwoner", COME_BACK, 1, who=OWNER) is True
    assert stage.seen("SELECT id FROM casus.ending WHERE back_at > now() - interval '1 minute' AND id <> 3") == [(1,)]
    assert stage.seen("SELECT id FROM casus.dossier WHERE closed_on IS NOT NULL") == [(2,)]
    assert stage.seen("SELECT dossier_id, staff_id FROM casus.assignment WHERE valid_until IS NULL") == [(1, 41)]
    assert stage.one("web_inwoner", COME_BACK, 1, who=OWNER) is False
    assert (one(1), public("dossier", 1), "owner Proef", "Near") in stage.ask("web_team", CAME_BACK, who=LEAD)


@scenario
def somebody_of_the_team_takes_up_who_came_back(stage: Stage) -> None:
    mails(stage)
    for name in ("other team", "administrator", "assigned, has left"):
        assert stage.ask("web_team", CAME_BACK, who=PEOPLE[name]) == [], name
        assert stage.refusal("web_team", TAKE, one(3), who=PEOPLE[name]) == "MB001"
    assert stage.refusal("web_team", TAKE, one(1), who=LEAD) == "MB001", "that one didn't come back"
    assert stage.one("web_team", TAKE, one(3), who=COLLEAGUE) == public("dossier", 3)
    assert stage.seen("SELECT id, taken_by_name, taken_at > now() - interval '1 minute' FROM casus.ending WHERE taken_at IS NOT NULL") == [
        (3, "assigned, entry closed Proef", True)
    ]
    assert stage.seen(
        "SELECT staff_id, valid_from = acl.today(), valid_until FROM casus.assignment WHERE dossier_id = 3 AND staff_id = 41"
    ) == [(41, True, None)]
    assert stage.seen("SELECT dossier_id, subject_id FROM casus.change_log WHERE event = 'ending.taken'") == [(3, 3)]
    assert stage.seen(TOLD) == [(3, "nieuw")]
    assert stage.refusal("web_team", TAKE, one(3), who=LEAD) == "MB001"
    # Of a dossier without a team it is the team of who made the ending.
    stage.given("UPDATE casus.ending SET taken_at = NULL WHERE id = 3")
    stage.given("UPDATE casus.dossier SET team_id = NULL WHERE id = 3")
    assert [row[0] for row in stage.ask("web_team", CAME_BACK, who=LEAD)] == [one(3)]
    stage.given("UPDATE casus.dossier SET team_id = 2 WHERE id = 3")
    assert stage.ask("web_team", CAME_BACK, who=LEAD) == []
    assert [row[0] for row in stage.ask("web_team", CAME_BACK, who=PEOPLE["other team"])] == [one(3)]
    stage.given("UPDATE casus.dossier SET team_id = 1 WHERE id = 3")
    # Who works there already goes on as they did.
    stage.given("UPDATE casus.ending SET taken_at = NULL WHERE id = 3")
    stage.one("web_team", TAKE, one(3), who=ASSIGNED)
    assert stage.seen("SELECT count(*) FROM casus.assignment WHERE dossier_id = 3") == [(2,)]
