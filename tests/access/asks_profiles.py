"""What professionals tell about themselves, how many people they help at most, and who stands in; exactly, with decoys."""

import json
from datetime import date, timedelta
from uuid import UUID

from tests.access.asks_plan import MANDATE, NAASTE, OTHER, OWNER
from tests.access.hired import ADMIN, LEAD, NEW, WORKER, hire, logged, person
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who, public

SAYS = {
    "drawing": 3,
    "languages": ["nl", "ar"],
    "good_at": ["brieven"],
    "leefdomeinen": [6, 3],
    "about": "Ik ben Nieuw.",
    "manner": "Rustig.",
    "days": [1, 4],
    "lived": True,
}
SEND = "SELECT casus.send_profile(%s, %s)"
LOOK = "SELECT casus.look_at_profile(%s, %s, %s)"
WAITS = "SELECT (l.profile).public_id, l.name, l.job_title, l.team_name FROM casus.profiles_to_look_at() l"
READ = "SELECT person, about FROM casus.profiles()"
MOST = "SELECT casus.set_caseload(%s, %s)"
LOADS = "SELECT person, helps, most, profile FROM casus.caseloads()"
STAND_INS = "SELECT away, from_day, until_day, stands_in FROM casus.stand_ins(1)"
NEWCOMER, ELSEWHERE = Who(NEW, "professional", "team"), Who(701, "professional", "team")
TEAM_NAME = "SELECT name FROM casus.team WHERE id = 1"


def version(number: int) -> UUID:
    """The id of something that was sent."""
    return public("profile", number)


def send(stage: Stage, number: int, who: Who = NEWCOMER, **says: object) -> None:
    """Somebody sends words."""
    stage.ask("web_team", SEND, version(number), json.dumps({**SAYS, **says}), who=who)


def placed(stage: Stage, number: int, who: Who = NEWCOMER, **says: object) -> None:
    """Somebody sends words, and they are placed."""
    send(stage, number, who, **says)
    stage.ask("web_team", LOOK, version(number), True, "", who=LEAD)


@scenario
def what_is_sent_waits_and_is_kept_as_it_was_sent(stage: Stage) -> None:
    hire(stage, NEW)
    hire(stage, 701)
    send(stage, 20, ELSEWHERE)
    held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND objid = %s"
    assert stage.value(held, NEW) == 0
    send(stage, 1)
    assert stage.value(held, NEW) == 1
    assert logged(stage) == ("staff.profile_sent", NEW, NEW)
    columns = (
        "number, drawing, languages, good_at, leefdomeinen, about, manner, days, lived, placed, looked_at, looked_by_name, remark, gone_at"
    )
    row = (1, 3, ["nl", "ar"], ["brieven"], [6, 3], "Ik ben Nieuw.", "Rustig.", [1, 4], True, None, None, None, "", None)
    assert stage.seen(f"SELECT {columns} FROM casus.profile WHERE staff_id = %s", NEW) == [row]
    assert stage.seen("SELECT sent_at = now() FROM casus.profile WHERE public_id = %s", version(1)) == [(True,)]
    assert stage.refusal("web_team", SEND, version(1), json.dumps(SAYS), who=NEWCOMER) == "MB009"
    send(stage, 2, about="Anders.")
    assert stage.seen("SELECT number, about FROM casus.profile WHERE staff_id = %s ORDER BY 1", NEW) == [
        (1, "Ik ben Nieuw."),
        (2, "Anders."),
    ]
    own = "SELECT number, about FROM casus.own_profiles()"
    assert stage.ask("web_team", own, who=NEWCOMER) == [(2, "Anders."), (1, "Ik ben Nieuw.")]
    assert stage.ask("web_team", own, who=WORKER) == []
    assert stage.ask("web_team", own) == []
    stage.seen("GRANT EXECUTE ON FUNCTION casus.own_profiles(), casus.send_profile(uuid, jsonb) TO web_inwoner")
    assert stage.ask("web_inwoner", own, who=Who(NEW, "inwoner", "inwoner")) == []
    assert stage.refusal("web_inwoner", SEND, version(3), json.dumps(SAYS), who=OWNER) == "MB001"
    assert stage.refusal("web_team", SEND, version(3), json.dumps(SAYS), who=ADMIN) == "MB001"
    assert stage.refusal("web_team", SEND, version(3), json.dumps(SAYS)) == "MB001"


@scenario
def who_leads_looks_first_and_only_the_newest_counts(stage: Stage) -> None:
    team = stage.value(TEAM_NAME)
    hire(stage, NEW)
    hire(stage, 701, team=2)
    for number, who in ((1, NEWCOMER), (20, ELSEWHERE), (2, ELSEWHERE), (3, LEAD)):
        send(stage, number, who)
    stage.given("UPDATE casus.profile SET sent_at = sent_at - interval '1 hour' WHERE public_id = %s", version(1))
    mine = [(version(1), "Nieuw700 de Vries", "werker", team)]
    assert stage.ask("web_team", WAITS, who=LEAD) == mine
    found = stage.ask("web_team", "SELECT (l.profile).public_id FROM casus.profiles_to_look_at() l", who=ADMIN)
    assert found[0] == (version(1),)
    assert set(found) == {(version(1),), (version(2),), (version(3),)}
    for other in (NEWCOMER, WORKER, None):
        assert stage.ask("web_team", WAITS, who=other) == []
        assert stage.refusal("web_team", LOOK, version(1), True, "", who=other) == "MB001"
    assert stage.refusal("web_team", LOOK, version(2), True, "", who=LEAD) == "MB001"
    assert stage.refusal("web_team", LOOK, version(3), True, "", who=LEAD) == "MB001"
    send(stage, 4, about="Later")
    assert stage.refusal("web_team", LOOK, version(1), True, "", who=LEAD) == "MB001"
    stage.ask("web_team", LOOK, version(4), False, "Korter", who=LEAD)
    assert logged(stage) == ("staff.profile_looked", NEW, LEAD.person)
    [(lead,)] = stage.seen("SELECT acl.full_name(%s)", LEAD.person)
    looked = "SELECT placed, looked_at = now(), looked_by_name, remark FROM casus.profile WHERE public_id = %s"
    assert stage.seen(looked, version(4)) == [(False, True, lead, "Korter")]
    assert stage.seen("SELECT count(*) FROM casus.profile WHERE placed IS NOT NULL") == [(1,)]
    assert stage.refusal("web_team", LOOK, version(4), True, "", who=LEAD) == "MB001"
    assert stage.ask("web_team", WAITS, who=LEAD) == []


@scenario
def what_somebody_who_left_sent_or_took_away_does_not_wait(stage: Stage) -> None:
    hire(stage, NEW)
    send(stage, 1)
    stage.given("UPDATE casus.staff SET left_on = acl.today() WHERE person_id = %s", NEW)
    assert stage.ask("web_team", WAITS, who=LEAD) == []
    stage.given("UPDATE casus.staff SET left_on = NULL WHERE person_id = %s", NEW)
    stage.given("UPDATE casus.profile SET gone_at = now()")
    assert stage.ask("web_team", WAITS, who=LEAD) == []
    stage.given("UPDATE casus.profile SET gone_at = NULL")
    assert len(stage.ask("web_team", WAITS, who=LEAD)) == 1


@scenario
def residents_read_the_newest_that_was_placed(stage: Stage) -> None:
    hire(stage, NEW)
    placed(stage, 1)
    send(stage, 2, about="Nog niet")
    read = [(person(NEW), "Ik ben Nieuw.")]
    for role, who in (("web_inwoner", OWNER), ("web_inwoner", OTHER), ("web_inwoner", NAASTE), ("web_team", WORKER), ("web_team", ADMIN)):
        assert stage.ask(role, READ, who=who) == read
    assert stage.ask("web_inwoner", READ) == []
    stage.ask("web_team", LOOK, version(2), True, "", who=LEAD)
    assert stage.ask("web_inwoner", READ, who=OWNER) == [(person(NEW), "Nog niet")]
    for change in ("role = 'beheerder'", "joined_on = acl.today() + 1", "left_on = acl.today()"):
        stage.given(f"UPDATE casus.staff SET {change} WHERE person_id = %s", NEW)
        assert stage.ask("web_inwoner", READ, who=OWNER) == [], change
        stage.given(
            "UPDATE casus.staff SET role = 'teamleider', joined_on = acl.today(), left_on = acl.today() + 1 WHERE person_id = %s", NEW
        )
        assert stage.ask("web_inwoner", READ, who=OWNER) == [(person(NEW), "Nog niet")]
    stage.given("UPDATE casus.staff SET role = 'professional' WHERE person_id = %s", NEW)
    stage.ask("web_team", "SELECT casus.hide_profile()", who=NEWCOMER)
    assert logged(stage) == ("staff.profile_hidden", NEW, NEW)
    assert stage.ask("web_inwoner", READ, who=OWNER) == []
    assert stage.seen("SELECT DISTINCT gone_at = now() FROM casus.profile WHERE staff_id = %s", NEW) == [(True,)]
    assert stage.refusal("web_team", "SELECT casus.hide_profile()", who=NEWCOMER) == "MB072"


@scenario
def what_is_hidden_is_ones_own(stage: Stage) -> None:
    hire(stage, NEW)
    hire(stage, 701)
    placed(stage, 1)
    placed(stage, 2, ELSEWHERE)
    stage.given("UPDATE casus.profile SET gone_at = now() - interval '1 day' WHERE public_id = %s", version(1))
    placed(stage, 3, about="Weer")
    stage.ask("web_team", "SELECT casus.hide_profile()", who=NEWCOMER)
    assert stage.ask("web_inwoner", READ, who=OWNER) == [(person(701), "Ik ben Nieuw.")]
    assert stage.seen("SELECT gone_at < now() FROM casus.profile WHERE public_id = %s", version(1)) == [(True,)]


@scenario
def a_profile_says_all_that_was_told_and_whether_there_is_room(stage: Stage) -> None:
    hire(stage, NEW)
    placed(stage, 1)
    team = stage.seen("SELECT public_id, name, stadsdeel_id FROM casus.team WHERE id = 1")[0]
    told = (3, ["nl", "ar"], ["brieven"], [6, 3], "Ik ben Nieuw.", "Rustig.", [1, 4], True)
    [found] = stage.ask("web_inwoner", "SELECT * FROM casus.profiles()", who=OWNER)
    assert found == (person(NEW), "Nieuw700 de Vries", "werker", *team, *told, None)
    stage.given("UPDATE casus.staff SET team_id = 2 WHERE person_id = %s", NEW)
    there = stage.seen("SELECT public_id, name, stadsdeel_id FROM casus.team WHERE id = 2")
    assert stage.ask("web_inwoner", "SELECT team, team_name, stadsdeel FROM casus.profiles()", who=OWNER) == there
    stage.given("UPDATE casus.staff SET team_id = NULL WHERE person_id = %s", NEW)
    assert stage.ask("web_inwoner", "SELECT team, team_name, stadsdeel FROM casus.profiles()", who=OWNER) == [(None, None, None)]
    places = "SELECT places FROM casus.profiles()"
    stage.given("UPDATE casus.staff SET caseload_max = 2 WHERE person_id = %s", NEW)
    assert stage.one("web_inwoner", places, who=OWNER) == 2
    turn = "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from, valid_until) VALUES (%s, %s, 'x', acl.today() + %s::int, acl.today() + %s::int)"
    for dossier, begins, ends, left in ((1, -9, None, 1), (1, 0, 0, 1), (2, 1, None, 1), (3, -9, -1, 1), (3, 0, 0, 0), (2, -1, 5, 0)):
        stage.given(turn, dossier, NEW, begins, ends)
        assert stage.one("web_inwoner", places, who=OWNER) == left, (dossier, begins)


@scenario
def who_leads_says_how_many_people_somebody_helps(stage: Stage) -> None:
    hire(stage, NEW)
    hire(stage, 701, team=2)
    stage.ask("web_team", MOST, person(NEW), 12, who=LEAD)
    assert logged(stage) == ("staff.caseload", NEW, LEAD.person)
    assert stage.seen("SELECT caseload_max FROM casus.staff WHERE person_id = %s", NEW) == [(12,)]
    assert stage.seen("SELECT count(*) FROM casus.staff WHERE caseload_max IS NOT NULL") == [(1,)]
    stage.ask("portaal_operator", MOST, person(701), 5)
    assert stage.refusal("web_team", MOST, person(701), 9, who=LEAD) == "MB001"
    assert stage.refusal("web_team", MOST, person(NEW), 9, who=WORKER) == "MB001"
    assert stage.refusal("web_team", MOST, person(LEAD.person), 9, who=LEAD) == "MB001"
    loads = {row[0]: row[1:] for row in stage.ask("web_team", LOADS, who=LEAD)}
    assert loads[person(NEW)] == (0, 12, False)
    assert person(701) not in loads
    send(stage, 2, ELSEWHERE)
    stage.ask("web_team", LOOK, version(2), True, "", who=ADMIN)
    assert {row[0]: row[3] for row in stage.ask("web_team", LOADS, who=LEAD)}[person(NEW)] is False
    teams: dict[UUID, str] = dict(stage.ask("web_team", "SELECT person, team_name FROM casus.caseloads()", who=ADMIN))
    for number in (NEW, 701):
        assert teams[person(number)] == stage.value(
            "SELECT t.name FROM casus.team t JOIN casus.staff s ON s.team_id = t.id WHERE s.person_id = %s", number
        )
    placed(stage, 1)
    stage.given("INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from) VALUES (1, %s, 'x', acl.today())", NEW)
    loads = {row[0]: row[1:] for row in stage.ask("web_team", LOADS, who=LEAD)}
    assert loads[person(NEW)] == (1, 12, True)
    stage.given("UPDATE casus.profile SET gone_at = now()")
    assert {row[0]: row[3] for row in stage.ask("web_team", LOADS, who=LEAD)}[person(NEW)] is False
    stage.given("UPDATE casus.profile SET gone_at = NULL, placed = false")
    assert {row[0]: row[3] for row in stage.ask("web_team", LOADS, who=LEAD)}[person(NEW)] is False
    assert {person(NEW), person(701)} <= {row[0] for row in stage.ask("web_team", LOADS, who=ADMIN)}
    assert stage.ask("web_team", LOADS, who=WORKER) == []
    stage.given("UPDATE casus.staff SET left_on = acl.today() WHERE person_id = %s", NEW)
    assert person(NEW) not in {row[0] for row in stage.ask("web_team", LOADS, who=LEAD)}


@scenario
def the_inwoner_knows_who_stands_in_and_when(stage: Stage) -> None:
    stage.given("DELETE FROM casus.absence; DELETE FROM casus.assignment")
    hire(stage, NEW)
    hire(stage, 701)
    turn = "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from, valid_until) VALUES (%s, %s, 'x', acl.today() + %s::int, acl.today() + %s::int)"
    away = "INSERT INTO casus.absence (staff_id, from_date, until_date, substitute_id) VALUES (%s, acl.today() + %s::int, acl.today() + %s::int, %s)"
    stage.given(turn, 1, NEW, -20, 4)
    stage.given(turn, 1, NEW, -20, None)
    stage.given(turn, 2, 701, -20, None)
    for person_id, first, last, instead in (
        (NEW, 5, 9, 701), (NEW, -30, -21, 701), (NEW, -25, -20, None), (701, 1, 2, NEW),
    ):  # fmt: skip
        stage.given(away, person_id, first, last, instead)
    today: date = stage.value("SELECT acl.today()")
    days = [[today + timedelta(day) for day in (first, last)] for first, last in ((-25, -20), (5, 9))]
    told = [(person(NEW), *days[0], None), (person(NEW), *days[1], person(701))]
    assert stage.ask("web_inwoner", STAND_INS, who=OWNER) == told
    assert stage.ask("web_inwoner", STAND_INS, who=MANDATE) == told
    assert stage.ask("web_inwoner", "SELECT away_name, stands_in_name FROM casus.stand_ins(1)", who=OWNER) == [
        ("Nieuw700 de Vries", None),
        ("Nieuw700 de Vries", "Nieuw701 de Vries"),
    ]
    for who in (NAASTE, OTHER, PEOPLE["mandate ended"], None):
        assert stage.ask("web_inwoner", STAND_INS, who=who) == []
    stage.given("UPDATE casus.assignment SET valid_until = acl.today() + 5 WHERE staff_id = %s", NEW)
    assert stage.ask("web_inwoner", STAND_INS, who=OWNER) == told
    stage.given("UPDATE casus.assignment SET valid_until = acl.today() + 4 WHERE staff_id = %s", NEW)
    assert stage.ask("web_inwoner", STAND_INS, who=OWNER) == told[:1]


HOURS = "SELECT casus.say_hours(%s, %s)"


@scenario
def who_works_in_a_dossier_says_how_many_hours_it_takes(stage: Stage) -> None:
    worker, colleague = PEOPLE["assigned"], PEOPLE["assigned, entry closed"]
    for who in (PEOPLE["assigned elsewhere"], PEOPLE["assigned before"], PEOPLE["team lead"], PEOPLE["substitute"]):
        assert stage.refusal("web_team", HOURS, public("dossier", 1), 4, who=who) == "MB001"
    for wrong in (-1, 41):
        assert stage.refusal("web_team", HOURS, public("dossier", 1), wrong, who=worker) == "23514"
    stage.given("INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from, valid_until, hours) VALUES"
                " (1, 40, 'x', acl.today() - 90, acl.today() - 80, 9), (1, 40, 'x', acl.today() + 5, NULL, 9), (2, 40, 'x', acl.today(), NULL, NULL)")  # fmt: skip
    stage.ask("web_team", HOURS, public("dossier", 1), 4, who=worker)
    said = "SELECT DISTINCT dossier_id, staff_id, hours FROM casus.assignment WHERE hours IS NOT NULL AND valid_from <= acl.today() AND (valid_until IS NULL"
    assert stage.seen(f"{said} OR valid_until >= acl.today())") == [(1, 40, 4)]
    assert stage.value("SELECT count(*) FROM casus.assignment WHERE hours = 9") == 2, "of before and later nothing is said"
    stage.ask("web_team", HOURS, public("dossier", 2), 3, who=worker)
    stage.ask("web_team", HOURS, public("dossier", 1), 2, who=colleague)
    loads = "SELECT hours FROM casus.caseloads() WHERE person = %s"
    assert stage.ask("web_team", loads, public("person", 40), who=PEOPLE["team lead"]) == [(7,)]
    assert stage.ask("web_team", loads, public("person", 41), who=PEOPLE["team lead"]) == [(2,)]
    stage.given("UPDATE casus.assignment SET valid_until = acl.today() WHERE dossier_id = 2 AND staff_id = 40")
    assert stage.ask("web_team", loads, public("person", 40), who=PEOPLE["team lead"]) == [(7,)], "until the end of the day"
    stage.ask("web_team", HOURS, public("dossier", 2), 1, who=worker)
    assert stage.ask("web_team", loads, public("person", 40), who=PEOPLE["team lead"]) == [(5,)]
    stage.given("UPDATE casus.assignment SET valid_until = acl.today() - 1 WHERE dossier_id = 2 AND staff_id = 40")
    assert stage.refusal("web_team", HOURS, public("dossier", 2), 1, who=worker) == "MB001"
