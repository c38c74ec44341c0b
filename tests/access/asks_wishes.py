"""Choosing who helps and changing: whose turn it is, what a yes does to who may read, and that who helps until now never sees a wish."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests.access.asks_plan import MANDATE, NAASTE, OTHER, OWNER
from tests.access.asks_profiles import ELSEWHERE, NEWCOMER, SAYS
from tests.access.hired import LEAD, NEW, WORKER, hire, person
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who, public

SEND = "SELECT casus.send_wish(%s, %s, %s)"
BACK = "SELECT casus.withdraw_wish(%s)"
ANSWER = "SELECT casus.answer_wish(%s, %s, %s, %s, %s)"
WAITS = "SELECT wish, chosen, place, leads FROM casus.wishes_to_answer()"
TOLD = "SELECT inwoner, from_day FROM casus.changes_told()"
WITHOUT = "SELECT dossier FROM casus.without_helper()"
GIVE = "SELECT casus.give_helper(%s, %s)"
THIRD = 703
LAST = Who(THIRD, "professional", "team")
EVENTS = "SELECT event, dossier_id, person_id FROM casus.change_log WHERE event LIKE 'wish.%%' OR event = 'helper.changed' ORDER BY id"
MAILS = "SELECT person_id FROM portaal.outbox ORDER BY id"


def wish(number: int) -> UUID:
    """The id of a wish of a scenario."""
    return public("new wish", number)


def dossier(number: int) -> UUID:
    """The public id of a dossier."""
    return public("dossier", number)


def today(stage: Stage, days: int = 0) -> date:
    """So many days from today."""
    day: date = stage.value("SELECT acl.today()")
    return day + timedelta(days)


def says(*people: int, waits: bool = False, **more: Any) -> str:
    """What is sent."""
    chosen = [{"person": str(person(number)), "waits": waits} for number in people]
    return json.dumps({"people": chosen, "anybody": False, "team": None, "words": "Graag rustig", "tell": 2, "meet": True, **more})


def begin(stage: Stage) -> None:
    """WORKER alone works in dossier A; three others tell about themselves and have room, one of them in another team. Nobody wishes anything."""
    stage.given("DELETE FROM casus.wish_choice; DELETE FROM casus.wish; DELETE FROM casus.absence; DELETE FROM casus.emergency_reading")
    stage.given("DELETE FROM casus.assignment WHERE dossier_id = 1")
    works(stage, WORKER.person, -100)
    for number, who, team in ((NEW, NEWCOMER, 1), (701, ELSEWHERE, 2), (THIRD, LAST, 1)):
        hire(stage, number, team=team)
        stage.ask("web_team", "SELECT casus.send_profile(%s, %s)", public("profile", number), json.dumps(SAYS), who=who)
        stage.given("UPDATE casus.staff SET caseload_max = 5 WHERE person_id = %s", number)
    stage.given("UPDATE casus.profile SET placed = true, looked_at = now()")
    # That of another inwoner has had its answer, and one who was chosen said nothing.
    stage.given(
        "INSERT INTO casus.wish (id, public_id, dossier_id, team_id, anybody, words, tell, meet, answered_at, reason) OVERRIDING SYSTEM VALUE"
        " VALUES (77, %s, 2, 2, true, '', 2, false, now() - interval '1 day', 'Zo')",
        wish(77),
    )
    for place, number in enumerate((60, NEW, THIRD), start=1):
        stage.given(
            "INSERT INTO casus.wish_choice (wish_id, dossier_id, place, staff_id, waits) VALUES (77, 2, %s, %s, true)", place, number
        )


def other_is_untouched(stage: Stage) -> None:
    """The wish of another inwoner is as it was."""
    assert stage.seen("SELECT withdrawn_at, answered_at = now() - interval '1 day', reason, helper_id FROM casus.wish WHERE id = 77") == [
        (None, True, "Zo", None)
    ]
    assert stage.seen("SELECT DISTINCT yes FROM casus.wish_choice WHERE wish_id = 77") == [(None,)]
    stage.given("DELETE FROM casus.wish_choice WHERE wish_id = 77; DELETE FROM casus.wish WHERE id = 77")


def works(stage: Stage, who: int, first: int, last: int | None = None, *, responsible: bool = True, of: int = 1) -> None:
    """Somebody works in a dossier."""
    stage.given(
        "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from, valid_until, responsible)"
        " VALUES (%s, %s, 'x', acl.today() + %s::int, acl.today() + %s::int, %s)",
        of,
        who,
        first,
        last,
        responsible,
    )


def turns(stage: Stage) -> list[Any]:
    """Who works in dossier A: days from today, and who is responsible."""
    return stage.seen(
        "SELECT staff_id, valid_from - acl.today(), valid_until - acl.today(), responsible FROM casus.assignment WHERE dossier_id = 1 ORDER BY id"
    )


def chosen(stage: Stage, *people: int, number: int = 1, **more: Any) -> UUID:
    """The owner sends a wish; gives its id."""
    stage.ask("web_inwoner", SEND, 1, wish(number), says(*people, **more), who=OWNER)
    return wish(number)


def answer(stage: Stage, who: Who, agrees: bool, *, number: int = 1, why: str = "", by: int | None = None, day: date | None = None) -> str:
    """Somebody answers; gives the code of a refusal, or nothing."""
    values = (wish(number), agrees, why, None if by is None else person(by), day)
    refused = stage.refusal("web_team", ANSWER, *values, who=who)
    if not refused:
        stage.ask("web_team", ANSWER, *values, who=who)
    return refused


@scenario
def a_wish_is_kept_as_it_was_sent(stage: Stage) -> None:
    begin(stage)
    chosen(stage, 701, NEW, waits=True)
    columns = "dossier_id, team_id, anybody, words, tell, meet, sent_at = now(), withdrawn_at, answered_at, helper_id"
    assert stage.seen(f"SELECT {columns} FROM casus.wish WHERE public_id = %s", wish(1)) == [
        (1, 2, False, "Graag rustig", 2, True, True, None, None, None)
    ]
    picked = "SELECT c.dossier_id, c.place, c.staff_id, c.waits, c.yes, c.reason FROM casus.wish_choice c WHERE c.dossier_id = 1 ORDER BY c.place"
    assert stage.seen(picked) == [(1, 1, 701, True, None, ""), (1, 2, NEW, True, None, "")]
    assert stage.seen(EVENTS) == [("wish.sent", 1, OWNER.person)]
    for who in (OWNER, MANDATE):
        assert stage.ask("web_inwoner", "SELECT count(*) FROM casus.wish", who=who) == [(1,)]
        assert stage.ask("web_inwoner", "SELECT count(*) FROM casus.wish_choice", who=who) == [(2,)]
    for other in (NAASTE, PEOPLE["mandate ended"], None):
        assert stage.ask("web_inwoner", "SELECT count(*) FROM casus.wish", who=other) == [(0,)]
        assert stage.ask("web_inwoner", "SELECT count(*) FROM casus.wish_choice", who=other) == [(0,)]
    assert stage.ask("web_inwoner", "SELECT dossier_id FROM casus.wish", who=OTHER) == [(2,)]
    assert stage.ask("web_inwoner", "SELECT DISTINCT dossier_id FROM casus.wish_choice", who=OTHER) == [(2,)]


@scenario
def of_which_team_it_is_asked(stage: Stage) -> None:
    begin(stage)
    for number, (people, team, expected) in enumerate((((NEW,), 2, 1), ((), 2, 2), ((), None, 1)), start=1):
        given = None if team is None else str(stage.value("SELECT public_id FROM casus.team WHERE id = %s", team))
        chosen(stage, *people, number=number, anybody=True, team=given)
        assert stage.seen("SELECT team_id FROM casus.wish WHERE public_id = %s", wish(number)) == [(expected,)]
        stage.ask("web_inwoner", BACK, wish(number), who=OWNER)
    stage.given("UPDATE casus.dossier SET team_id = NULL WHERE id = 1")
    assert stage.refusal("web_inwoner", SEND, 1, wish(9), says(anybody=True), who=OWNER) == "MB001"


@scenario
def what_can_not_be_sent(stage: Stage) -> None:
    begin(stage)
    for who in (OTHER, NAASTE, None):
        assert stage.refusal("web_inwoner", SEND, 1, wish(1), says(NEW), who=who) == "MB001"
    # Nobody at all, who is responsible now, who tells nothing, and whoever isn't there.
    stage.ask("web_team", "SELECT casus.send_profile(%s, %s)", public("profile", 1), json.dumps(SAYS), who=WORKER)
    stage.given("UPDATE casus.profile SET placed = true, looked_at = now()")
    for people in ((), (WORKER.person,), (41,), (99_999,)):
        assert stage.refusal("web_inwoner", SEND, 1, wish(1), says(*people), who=OWNER) == "MB001", people
    stage.given("UPDATE casus.staff SET caseload_max = 0 WHERE person_id = %s", NEW)
    assert stage.refusal("web_inwoner", SEND, 1, wish(1), says(NEW), who=OWNER) == "MB102"
    stage.given("UPDATE casus.staff SET caseload_max = NULL WHERE person_id = %s", NEW)
    assert stage.refusal("web_inwoner", SEND, 1, wish(1), says(701, NEW), who=OWNER) == "MB102"
    chosen(stage, NEW, waits=True)
    assert stage.refusal("web_inwoner", SEND, 1, wish(1), says(701), who=OWNER) == "MB009"
    assert stage.refusal("web_inwoner", SEND, 1, wish(2), says(701), who=OWNER) == "MB101"
    stage.given(
        "UPDATE casus.assignment SET responsible = true WHERE dossier_id = 2 AND id = (SELECT min(id) FROM casus.assignment WHERE dossier_id = 2)"
    )
    # That of another dossier doesn't stand in the way of one's own.
    stage.ask("web_inwoner", SEND, 2, wish(3), says(701), who=OTHER)


@scenario
def the_owner_takes_it_back_until_there_is_an_answer(stage: Stage) -> None:
    begin(stage)
    chosen(stage, NEW)
    for who in (OTHER, NAASTE, None):
        assert stage.refusal("web_inwoner", BACK, wish(1), who=who) == "MB001"
    stage.ask("web_inwoner", BACK, wish(1), who=MANDATE)
    assert stage.seen("SELECT withdrawn_at = now() FROM casus.wish WHERE dossier_id = 1") == [(True,)]
    assert stage.seen(EVENTS)[-1] == ("wish.withdrawn", 1, MANDATE.person)
    assert stage.refusal("web_inwoner", BACK, wish(1), who=OWNER) == "MB072"
    assert stage.ask("web_team", WAITS, who=NEWCOMER) == []
    chosen(stage, NEW, number=2)
    assert answer(stage, NEWCOMER, True, number=2, day=today(stage)) == ""
    assert stage.refusal("web_inwoner", BACK, wish(2), who=OWNER) == "MB072"
    assert stage.seen("SELECT count(*) FROM casus.wish WHERE withdrawn_at IS NOT NULL") == [(1,)]
    other_is_untouched(stage)


@scenario
def one_after_another_is_asked_and_who_leads_sees_all_of_the_team(stage: Stage) -> None:
    begin(stage)
    chosen(stage, NEW, THIRD)
    first, second = "Nieuw700 de Vries", "Nieuw703 de Vries"
    assert stage.ask("web_team", WAITS, who=NEWCOMER) == [(wish(1), first, 1, False)]
    assert stage.ask("web_team", WAITS, who=LEAD) == [(wish(1), first, 1, True)]
    for who in (LAST, ELSEWHERE, WORKER, PEOPLE["other team"], PEOPLE["administrator"], None):
        assert stage.ask("web_team", WAITS, who=who) == []
        assert stage.refusal("web_team", ANSWER, wish(1), False, "Nee", None, None, who=who) == "MB001"
    [(name, language)] = stage.seen("SELECT acl.full_name(1), language FROM casus.inwoner WHERE person_id = 1")
    told = "SELECT inwoner, language, words, tell, meet, sent_at = w.sent_at, waits FROM casus.wishes_to_answer() w"
    assert stage.ask("web_team", told, who=NEWCOMER) == [(name, language, "Graag rustig", 2, True, True, False)]
    stage.seen("GRANT EXECUTE ON FUNCTION casus.wishes_to_answer(), casus.changes_told(), casus.without_helper() TO web_inwoner")
    assert stage.ask("web_inwoner", WAITS, who=Who(NEW, "inwoner", "inwoner")) == []
    assert answer(stage, NEWCOMER, False, why="Ik ga verhuizen") == ""
    assert stage.ask("web_team", WAITS, who=NEWCOMER) == []
    assert stage.ask("web_team", WAITS, who=LAST) == [(wish(1), second, 2, False)]
    assert stage.seen("SELECT place, yes, reason FROM casus.wish_choice WHERE dossier_id = 1 ORDER BY 1") == [
        (1, False, "Ik ga verhuizen"),
        (2, None, ""),
    ]
    assert stage.seen("SELECT answered_at FROM casus.wish WHERE dossier_id = 1") == [(None,)]
    assert answer(stage, LAST, False, why="Vol") == ""
    # Nobody could, and the inwoner wanted nobody else: it is answered, and another wish can be sent.
    [(lead,)] = stage.seen("SELECT acl.full_name(%s)", THIRD)
    assert stage.seen(
        "SELECT answered_at = now(), answered_by_name, reason, helper_id, before_id FROM casus.wish WHERE dossier_id = 1"
    ) == [(True, lead, "Vol", None, None)]
    assert stage.ask("web_team", WAITS, who=LEAD) == []
    assert turns(stage) == [(WORKER.person, -100, None, True)]
    chosen(stage, 701, number=2)
    other_is_untouched(stage)


@scenario
def when_anybody_will_do_who_leads_is_asked_last(stage: Stage) -> None:
    begin(stage)
    chosen(stage, NEW, anybody=True)
    assert answer(stage, NEWCOMER, False, why="Vol") == ""
    assert stage.seen("SELECT answered_at FROM casus.wish WHERE dossier_id = 1") == [(None,)]
    assert stage.ask("web_team", WAITS, who=LEAD) == [(wish(1), None, None, True)]
    # Somebody of the own team, who helps people, and not who does so now.
    stage.given("UPDATE casus.staff SET left_on = acl.today() WHERE person_id = 60")
    for by in (701, WORKER.person, 60, 1, None):
        assert answer(stage, LEAD, True, by=by, day=today(stage)) == "MB001", by
    assert answer(stage, LEAD, True, by=THIRD, day=today(stage)) == ""
    assert stage.seen("SELECT helper_id, from_day FROM casus.wish WHERE dossier_id = 1") == [(THIRD, today(stage))]
    assert stage.seen("SELECT staff_id, yes FROM casus.wish_choice WHERE dossier_id = 1") == [(NEW, False)]
    other_is_untouched(stage)


@scenario
def who_leads_may_say_no_for_all(stage: Stage) -> None:
    begin(stage)
    chosen(stage, NEW, THIRD, anybody=True)
    assert answer(stage, LEAD, False, why="Er is niemand") == ""
    assert stage.seen("SELECT answered_at = now(), reason, helper_id FROM casus.wish WHERE dossier_id = 1") == [
        (True, "Er is niemand", None)
    ]
    assert stage.seen("SELECT DISTINCT yes FROM casus.wish_choice WHERE dossier_id = 1") == [(None,)]
    assert stage.ask("web_team", WAITS, who=NEWCOMER) == []
    other_is_untouched(stage)


@scenario
def a_yes_moves_who_is_responsible_on_its_day_and_reading_with_it(stage: Stage) -> None:
    begin(stage)
    stage.given("INSERT INTO portaal.account (person_id, face, username, email) VALUES (1, 'inwoner', 'anna1', 'a1@voorbeeld.nl')")
    works(stage, WORKER.person, -50, 40, responsible=False)
    works(stage, WORKER.person, -50, 4, responsible=False)
    works(stage, 41, -50, None, responsible=False)
    works(stage, 42, -90, -60)
    works(stage, 42, -50, None, responsible=False)
    stage.given("UPDATE casus.assignment SET responsible = false WHERE dossier_id > 1")
    works(stage, WORKER.person, -50, None, of=3)
    works(stage, 41, -50, None, of=2)
    chosen(stage, NEW)
    for day in (None, today(stage, -1), today(stage, 91)):
        assert answer(stage, NEWCOMER, True, day=day) == "MB095", day
    assert answer(stage, NEWCOMER, True, day=today(stage, 9)) == ""
    assert turns(stage) == [
        (WORKER.person, -100, 8, True),
        (WORKER.person, -50, 8, False),
        (WORKER.person, -50, 4, False),
        (41, -50, None, False),
        (42, -90, -60, True),
        (42, -50, None, False),
        (NEW, 9, None, True),
    ]
    assert stage.seen("SELECT count(*) FROM casus.assignment WHERE dossier_id > 1 AND responsible AND valid_until IS NULL") == [(2,)]
    [(name,)] = stage.seen("SELECT acl.full_name(%s)", NEW)
    row = "SELECT answered_at = now(), answered_by_name, helper_id, from_day, before_id, reason FROM casus.wish WHERE dossier_id = 1"
    assert stage.seen(row) == [(True, name, NEW, today(stage, 9), WORKER.person, "")]
    assert stage.seen("SELECT yes FROM casus.wish_choice WHERE dossier_id = 1") == [(True,)]
    assert stage.seen(EVENTS) == [("wish.sent", 1, OWNER.person), ("helper.changed", 1, NEW), ("wish.answered", 1, NEW)]
    assert stage.seen("SELECT subject_id FROM casus.change_log WHERE event = 'helper.changed'") == [(NEW,)]
    assert stage.seen(MAILS) == [(1,)]
    read = "SELECT count(*) FROM casus.dossier WHERE id = 1"
    assert [stage.ask("web_team", read, who=who) for who in (WORKER, NEWCOMER)] == [[(1,)], [(0,)]]
    responsible = "SELECT casus.responsible_on(1, acl.today() + %s::int)"
    assert [stage.value(responsible, days) for days in (-101, -100, 0, 8, 9, 500)] == [None, *[WORKER.person] * 3, NEW, NEW]
    stage.given("UPDATE casus.assignment SET valid_from = valid_from - 9, valid_until = valid_until - 9 WHERE dossier_id = 1")
    assert [stage.ask("web_team", read, who=who) for who in (WORKER, NEWCOMER)] == [[(0,)], [(1,)]]
    # Who has left is responsible for nobody.
    stage.given("UPDATE casus.staff SET left_on = acl.today() + 3 WHERE person_id = %s", NEW)
    assert [stage.value(responsible, days) for days in (2, 3)] == [NEW, None]
    other_is_untouched(stage)


@scenario
def who_helps_until_that_very_day_helps_until_the_one_before(stage: Stage) -> None:
    begin(stage)
    stage.given("UPDATE casus.assignment SET valid_until = acl.today() + 90 WHERE dossier_id = 1")
    works(stage, WORKER.person, -50, None, responsible=False)
    works(stage, THIRD, -50, 90, responsible=False)
    chosen(stage, NEW)
    assert answer(stage, NEWCOMER, True, day=today(stage, 90)) == ""
    assert turns(stage) == [
        (WORKER.person, -100, 89, True),
        (WORKER.person, -50, 89, False),
        (THIRD, -50, 90, False),
        (NEW, 90, None, True),
    ]


@scenario
def who_leads_and_was_chosen_answers_for_themselves_first(stage: Stage) -> None:
    begin(stage)
    stage.ask("web_team", "SELECT casus.send_profile(%s, %s)", public("profile", 52), json.dumps(SAYS), who=LEAD)
    stage.given("UPDATE casus.profile SET placed = true, looked_at = now()")
    chosen(stage, LEAD.person, NEW, waits=True)
    assert [row[2:] for row in stage.ask("web_team", WAITS, who=LEAD)] == [(1, False)]
    assert answer(stage, LEAD, False, why="Ik leid het team") == ""
    assert [row[2:] for row in stage.ask("web_team", WAITS, who=LEAD)] == [(2, True)]
    assert len(stage.ask("web_team", WAITS, who=NEWCOMER)) == 1


@scenario
def quietly_it_happens_at_once_and_nothing_is_told(stage: Stage) -> None:
    begin(stage)
    works(stage, NEW, -3, None, responsible=False)
    chosen(stage, NEW, tell=1)
    assert answer(stage, NEWCOMER, True, day=today(stage, 30)) == ""
    assert turns(stage) == [(WORKER.person, -100, -1, True), (NEW, -3, -1, False), (NEW, 0, None, True)]
    assert stage.ask("web_team", TOLD, who=WORKER) == []
    for table in ("wish", "wish_choice"):
        assert stage.refusal("web_team", f"SELECT FROM casus.{table}", who=WORKER) == "42501"
    assert stage.refusal("web_inwoner", "SELECT before_id FROM casus.wish", who=OWNER) == "42501"
    other_is_untouched(stage)


@scenario
def neutrally_who_helped_hears_that_somebody_else_does_and_no_longer_than_a_fortnight(stage: Stage) -> None:
    begin(stage)
    chosen(stage, NEW)
    assert stage.ask("web_team", TOLD, who=WORKER) == []
    answer(stage, NEWCOMER, True, day=today(stage, 2))
    [(name,)] = stage.seen("SELECT acl.full_name(1)")
    assert stage.ask("web_team", TOLD, who=WORKER) == [(name, today(stage, 2))]
    for other in (NEWCOMER, LEAD, None):
        assert stage.ask("web_team", TOLD, who=other) == []
    stage.seen("GRANT EXECUTE ON FUNCTION casus.changes_told() TO web_inwoner")
    assert stage.ask("web_inwoner", TOLD, who=Who(WORKER.person, "inwoner", "inwoner")) == []
    for days, told in ((-13, 1), (-14, 0)):
        stage.given("UPDATE casus.wish SET from_day = acl.today() + %s::int WHERE dossier_id = 1", days)
        assert len(stage.ask("web_team", TOLD, who=WORKER)) == told


@scenario
def who_helps_now_answers_nothing_even_when_leading_the_team(stage: Stage) -> None:
    begin(stage)
    stage.given("UPDATE casus.assignment SET staff_id = %s WHERE dossier_id = 1", LEAD.person)
    chosen(stage, NEW)
    assert stage.ask("web_team", WAITS, who=LEAD) == []
    assert answer(stage, LEAD, True, by=NEW, day=today(stage)) == "MB001"
    assert len(stage.ask("web_team", WAITS, who=PEOPLE["team lead, substitute"])) == 1


@scenario
def choosing_again_before_the_day_leaves_no_day_with_two_or_none(stage: Stage) -> None:
    begin(stage)
    chosen(stage, NEW)
    answer(stage, NEWCOMER, True, day=today(stage, 9))
    chosen(stage, THIRD, number=2)
    answer(stage, LAST, True, number=2, day=today(stage, 5))
    responsible = "SELECT casus.responsible_on(1, acl.today() + %s::int)"
    assert [stage.value(responsible, days) for days in (0, 4, 5, 9, 20)] == [WORKER.person, WORKER.person, THIRD, THIRD, THIRD]
    on = "SELECT count(*) FROM casus.assignment WHERE dossier_id = 1 AND responsible AND acl.today() + %s::int BETWEEN valid_from AND coalesce(valid_until, 'infinity')"
    assert [stage.value(on, days) for days in range(12)] == [1] * 12


@scenario
def who_leads_gives_somebody_where_nobody_is_responsible(stage: Stage) -> None:
    begin(stage)
    stage.given("UPDATE casus.dossier SET team_id = 2 WHERE id > 1")
    assert stage.ask("web_team", WITHOUT, who=LEAD) == []
    assert stage.refusal("web_team", GIVE, dossier(1), person(NEW), who=LEAD) == "MB001"
    stage.given("UPDATE casus.assignment SET responsible = false WHERE dossier_id = 1")
    works(stage, NEW, 5)
    assert stage.ask("web_team", WITHOUT, who=LEAD) == []
    stage.given("UPDATE casus.assignment SET valid_until = acl.today() + 4 WHERE staff_id = %s", NEW)
    assert stage.ask("web_team", WITHOUT, who=LEAD) == [(dossier(1),)]
    stage.given("UPDATE casus.assignment SET valid_until = acl.today() + 5 WHERE staff_id = %s", NEW)
    assert stage.ask("web_team", WITHOUT, who=LEAD) == []
    # Who left and was never taken off is nobody.
    stage.given("UPDATE casus.staff SET left_on = acl.today() WHERE person_id = %s", NEW)
    stage.given("UPDATE casus.assignment SET valid_from = acl.today(), valid_until = NULL WHERE staff_id = %s", NEW)
    assert stage.ask("web_team", WITHOUT, who=LEAD) == [(dossier(1),)]
    stage.given("UPDATE casus.staff SET left_on = NULL WHERE person_id = %s", NEW)
    assert stage.ask("web_team", WITHOUT, who=LEAD) == []
    stage.given("UPDATE casus.assignment SET valid_from = acl.today() - 9, valid_until = acl.today() - 1 WHERE staff_id = %s", NEW)
    stage.given("UPDATE casus.assignment SET responsible = false WHERE dossier_id = 2")
    works(stage, NEW, 5, of=2)
    works(stage, THIRD, 5, responsible=False)
    [(name, language)] = stage.seen("SELECT acl.full_name(1), language FROM casus.inwoner WHERE person_id = 1")
    assert stage.ask("web_team", "SELECT * FROM casus.without_helper()", who=LEAD) == [(dossier(1), name, language)]
    for who in (WORKER, NEWCOMER, PEOPLE["administrator"], None):
        assert stage.ask("web_team", WITHOUT, who=who) == []
        assert stage.refusal("web_team", GIVE, dossier(1), person(NEW), who=who) == "MB001"
    stage.seen("GRANT EXECUTE ON FUNCTION casus.without_helper() TO web_inwoner")
    assert stage.ask("web_inwoner", WITHOUT, who=Who(LEAD.person, "inwoner", "inwoner")) == []
    stage.given("UPDATE casus.dossier SET closed_on = acl.today() WHERE id = 1")
    assert stage.ask("web_team", WITHOUT, who=LEAD) == []
    stage.given("UPDATE casus.dossier SET closed_on = NULL WHERE id = 1")
    stage.given("UPDATE casus.staff SET left_on = acl.today() WHERE person_id = 60")
    for by in (701, 60, 1):
        assert stage.refusal("web_team", GIVE, dossier(1), person(by), who=LEAD) == "MB001", by
    stage.given("INSERT INTO portaal.account (person_id, face, username, email) VALUES (1, 'inwoner', 'anna1', 'a1@voorbeeld.nl')")
    stage.ask("web_team", GIVE, dossier(1), person(THIRD), who=LEAD)
    assert turns(stage)[-1] == (THIRD, 0, None, True)
    assert stage.seen(EVENTS) == [("helper.changed", 1, LEAD.person)]
    assert stage.seen(MAILS) == [(1,)]
    assert stage.ask("web_team", WITHOUT, who=LEAD) == []
