"""What changes about a person, by two: who writes it down, who agrees, and exactly what a death ends and a mistake brings back; with decoys."""

import json
from uuid import UUID, uuid4

from tests.access import planned
from tests.access.asks_ending import COLLEAGUE, LEAD, mails
from tests.access.asks_evaluation import a_day
from tests.access.asks_plan import ASSIGNED, MANDATE, NAASTE, OTHER, OWNER, face
from tests.access.planned import CHANGE, DIED, OTHERS_CHANGE
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, public

ASK = "SELECT casus.ask_particulars(%s, %s, %s)"
WAITS = "SELECT public_id, own FROM casus.particulars_asked()"
ANSWER = "SELECT casus.answer_particulars(%s, %s)"
FINISH = "SELECT casus.finish_after_death(%s)"
RESUME = "SELECT casus.resume_dossier(%s)"
PAUSE = "SELECT casus.pause_dossier(%s, %s)"
ELSEWHERE = (PEOPLE["assigned before"], PEOPLE["assigned elsewhere"])
EVENTS = "SELECT event, dossier_id, subject_id FROM casus.change_log WHERE event LIKE 'inwoner.%%' OR event = 'dossier.closed' ORDER BY id"
TOLD = "SELECT person_id, topic FROM portaal.outbox ORDER BY id"


def one(number: int = CHANGE) -> UUID:
    """The id of a change of planned.py."""
    return public("change", number)


def about(**more: object) -> str:
    """That somebody died, or what is said instead."""
    return json.dumps({**json.loads(DIED), **more})


def nothing_waits(stage: Stage) -> None:
    """In dossier A nothing waits."""
    stage.given("UPDATE casus.particulars_change SET agreed = false, answered_at = now() WHERE id = %s", CHANGE)


def written(stage: Stage, **more: object) -> UUID:
    """ASSIGNED writes it down."""
    new = uuid4()
    stage.ask("web_team", ASK, 1, new, about(**more), who=ASSIGNED)
    return new


def died(stage: Stage) -> None:
    """Two said so."""
    stage.ask("web_team", ANSWER, written(stage), True, who=COLLEAGUE)


@scenario
def it_is_written_down_and_waits(stage: Stage) -> None:
    nothing_waits(stage)
    cases = (
        ({"agreed": True, "answered_at": "2026-01-01", "asked_by": 9}, (1, "2026-01-02", None, None, None, None)),
        ({"kind": 3, "died_on": None, "first_name": "Sam", "infix": "de", "last_name": "Vries"}, (3, None, "Sam", "de", "Vries", None)),
        ({"kind": 4, "died_on": None, "stadsdeel_id": 1}, (4, None, None, None, None, 1)),
    )
    for more, expected in cases:
        new = written(stage, **more)
        assert stage.seen(
            "SELECT kind, died_on::text, first_name, infix, last_name, stadsdeel_id, dossier_id, proof, asked_by, asked_by_name, agreed"
            " FROM casus.particulars_change WHERE public_id = %s",
            new,
        ) == [(*expected, 1, "Uittreksel", 40, "assigned Proef", None)]
        assert stage.refusal("web_team", ASK, 1, new, about(**more), who=ASSIGNED) == "MB009"
        assert stage.refusal("web_team", ASK, 1, uuid4(), about(**more), who=COLLEAGUE) == "MB072", "one of a kind waits"
    assert stage.seen(EVENTS) == [("inwoner.change_asked", 1, 1)] * 3
    assert stage.seen("SELECT first_name FROM casus.person WHERE id = 1") != [("Sam",)]
    assert stage.seen("SELECT count(*) FROM casus.pause") == [(0,)]


@scenario
def who_may_and_what_can_not_be(stage: Stage) -> None:
    for who in (LEAD, *ELSEWHERE):
        assert stage.refusal("web_team", ASK, 1, uuid4(), about(), who=who) == "MB001"
    assert stage.refusal("web_team", ASK, 2, uuid4(), about(), who=COLLEAGUE) == "MB001"
    assert stage.refusal("web_team", ASK, 1, uuid4(), about(died_on=a_day(stage, "1 days")), who=ASSIGNED) == "MB095"
    born = stage.value("SELECT birth_date::text FROM casus.inwoner WHERE person_id = 1")
    stage.given("UPDATE casus.inwoner SET birth_date = '2030-01-01' WHERE person_id <> 1")
    assert stage.refusal("web_team", ASK, 1, uuid4(), about(died_on="1900-01-01"), who=ASSIGNED) == "MB095"
    for day in (born, a_day(stage, "0 days")):

        def well(day: str = day) -> None:
            written(stage, died_on=day)

        stage.undone(well)
    wrong = (
        {"died_on": None}, {"proof": ""}, {"kind": 3}, {"kind": 3, "died_on": None, "first_name": "Sam"}, {"kind": 6, "died_on": None},
        {"kind": 3, "died_on": None, "first_name": "", "last_name": "x"}, {"kind": 4, "died_on": None},
    )  # fmt: skip
    nothing_waits(stage)
    for more in wrong:
        assert stage.refusal("web_team", ASK, 1, uuid4(), about(**more), who=ASSIGNED) == "23514", more
    assert stage.refusal("web_team", ASK, 1, uuid4(), about(kind=2, died_on=None), who=ASSIGNED) == "MB072", "nobody died"


@scenario
def it_waits_for_a_colleague_and_the_lead_of_the_team(stage: Stage) -> None:
    assert stage.ask("web_team", WAITS, who=ASSIGNED) == [(one(), True)]
    assert stage.ask("web_team", WAITS, who=COLLEAGUE) == [(one(), False)]
    assert stage.ask("web_team", WAITS, who=LEAD) == [(one(), False)]
    for who in (PEOPLE["other team"], PEOPLE["administrator"], PEOPLE["assigned before"]):
        assert stage.ask("web_team", WAITS, who=who) == []
    stage.given("INSERT INTO casus.stadsdeel (id, name) VALUES (99, 'Ver weg')")
    stage.given("UPDATE casus.particulars_change SET kind = 4, first_name = NULL, last_name = NULL, stadsdeel_id = 1 WHERE id = %s", CHANGE)
    name = stage.value("SELECT name FROM casus.stadsdeel WHERE id = 1")
    columns = "inwoner, kind, died_on, first_name, stadsdeel, proof, asked_by_name, asked_at IS NOT NULL"
    assert stage.ask("web_team", f"SELECT {columns} FROM casus.particulars_asked()", who=COLLEAGUE) == [
        ("owner Proef", 4, None, None, name, "Paspoort", "iemand", True)
    ]
    stage.given("UPDATE casus.dossier SET team_id = 2 WHERE id = 1")
    assert stage.ask("web_team", WAITS, who=LEAD) == []
    nothing_waits(stage)
    assert stage.ask("web_team", WAITS, who=COLLEAGUE) == []


@scenario
def the_team_reads_it_and_the_inwoner_when_it_is_so(stage: Stage) -> None:
    read = "SELECT id FROM casus.particulars_change"
    assert stage.ask("web_team", read, who=COLLEAGUE) == [(CHANGE,)]
    for who in (OWNER, MANDATE, NAASTE, LEAD, OTHER):
        assert stage.ask(face(who), read, who=who) == []
    stage.given("UPDATE casus.particulars_change SET agreed = false, answered_at = now()")
    assert stage.ask("web_inwoner", read, who=OWNER) == []
    stage.given("UPDATE casus.particulars_change SET agreed = true")
    assert stage.ask("web_inwoner", read, who=OWNER) == [(CHANGE,)]
    assert stage.ask("web_inwoner", read, who=MANDATE) == [(CHANGE,)]
    assert stage.ask("web_inwoner", read, who=NAASTE) == []


@scenario
def never_by_one_alone(stage: Stage) -> None:
    assert stage.refusal("web_team", ANSWER, one(), True, who=ASSIGNED) == "MB001"
    for who in (*ELSEWHERE, PEOPLE["administrator"]):
        assert stage.refusal("web_team", ANSWER, one(), True, who=who) == "MB001"
    assert stage.refusal("web_team", ANSWER, one(OTHERS_CHANGE), True, who=COLLEAGUE) == "MB001"

    def back() -> None:
        stage.ask("web_team", ANSWER, one(), False, who=ASSIGNED)
        assert stage.seen("SELECT id, agreed FROM casus.particulars_change WHERE agreed IS NOT NULL") == [(CHANGE, False)]
        assert stage.refusal("web_team", ANSWER, one(), True, who=COLLEAGUE) == "MB001"

    stage.undone(back)
    for who in (COLLEAGUE, LEAD):

        def no(who: object = who) -> None:
            stage.ask("web_team", ANSWER, one(), False, who=who)  # type: ignore[arg-type]
            assert stage.seen(EVENTS) == [("inwoner.change_refused", 1, 1)]
            assert stage.seen("SELECT first_name FROM casus.person WHERE id = 1") != [("Nieuwe",)]

        stage.undone(no)


@scenario
def the_name_changes_of_this_person_alone(stage: Stage) -> None:
    mails(stage)
    stage.given("UPDATE casus.particulars_change SET infix = 'van' WHERE id = %s", CHANGE)
    before = stage.seen("SELECT id, first_name, infix, last_name FROM casus.person WHERE id <> 1 ORDER BY 1")
    stage.ask("web_team", ANSWER, one(), True, who=LEAD)
    assert stage.seen("SELECT first_name, infix, last_name FROM casus.person WHERE id = 1") == [("Nieuwe", "van", "Naam")]
    assert stage.seen("SELECT id, first_name, infix, last_name FROM casus.person WHERE id <> 1 ORDER BY 1") == before
    assert stage.seen(
        "SELECT id, agreed, answered_by, answered_by_name, answered_at = now() FROM casus.particulars_change WHERE agreed IS NOT NULL"
    ) == [(CHANGE, True, LEAD.person, "team lead Proef", True)]
    assert stage.seen(EVENTS) == [("inwoner.name", 1, 1)]
    assert stage.seen(TOLD) == [(1, "nieuw")]
    # And of another dossier that of its own inwoner.
    stage.given("INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from) VALUES (2, 41, 'x', acl.today())")
    stage.ask("web_team", ANSWER, one(OTHERS_CHANGE), True, who=COLLEAGUE)
    assert stage.seen("SELECT first_name, infix FROM casus.person WHERE id IN (1, 2) ORDER BY id") == [("Nieuwe", "van"), ("Nieuwe", None)]


@scenario
def who_moves_keeps_the_team(stage: Stage) -> None:
    mails(stage)
    stage.given("INSERT INTO casus.stadsdeel (id, name) VALUES (99, 'Ver weg')")
    teams = stage.seen("SELECT id, team_id FROM casus.dossier ORDER BY 1")
    others = stage.seen("SELECT person_id, stadsdeel_id FROM casus.inwoner WHERE person_id <> 1 ORDER BY 1")
    stage.ask("web_team", ANSWER, written(stage, kind=4, died_on=None, stadsdeel_id=99), True, who=COLLEAGUE)
    assert stage.seen("SELECT stadsdeel_id FROM casus.inwoner WHERE person_id = 1") == [(99,)]
    assert stage.seen("SELECT person_id, stadsdeel_id FROM casus.inwoner WHERE person_id <> 1 ORDER BY 1") == others
    assert stage.seen("SELECT id, team_id FROM casus.dossier ORDER BY 1") == teams
    assert stage.seen(EVENTS)[-1] == ("inwoner.moved", 1, 1)
    assert stage.seen(TOLD) == [(1, "nieuw")]


EARLY = "2026-02-01 00:00+00"


def other_things(stage: Stage) -> None:
    """What ended before, what had its answer, and the same of dossier B."""
    stage.given("UPDATE casus.program_consent SET withdrawn_at = NULL WHERE dossier_id = 1")
    stage.given(
        "INSERT INTO casus.program_consent (dossier_id, role_name, sections, valid_until, withdrawn_at) SELECT d, min(p.role_name), '{2}', acl.today() + 9, w"
        " FROM casus.program p, (VALUES (1, %s::timestamptz), (2, NULL)) x (d, w) GROUP BY d, w",
        EARLY,
    )
    stage.given(
        "INSERT INTO casus.mandate_request (public_id, dossier_id, first_name, last_name, ground, proof, proof_seen_on, scope, valid_from, opens_log,"
        " opens_sharing, asked_by) VALUES (gen_random_uuid(), 2, 'x', 'x', 'mentor', 'x', '2026-01-01', 'x', '2026-01-01', false, false, 46)"
    )
    stage.given(
        "INSERT INTO casus.wish (id, public_id, dossier_id, team_id, anybody, words, tell, meet, withdrawn_at, answered_at) OVERRIDING SYSTEM VALUE VALUES"
        " (71, gen_random_uuid(), 1, 1, true, '', 1, false, %s, NULL), (72, gen_random_uuid(), 1, 1, true, '', 1, false, NULL, %s)",
        EARLY,
        EARLY,
    )
    stage.given(
        "INSERT INTO casus.handover (id, public_id, dossier_id, inward, kind, organisation, receiver, why, starts_on, ends_here, sections, with_plan, made_by,"
        " made_by_name, choice, way, takes, begins_on, taken_at, withdrawn_at) OVERRIDING SYSTEM VALUE SELECT n, gen_random_uuid(), 1, false, 3, 'x', 'x', 'x',"
        " acl.today(), false, '{}', false, 40, 'x', 1, 'portaal', t, CASE WHEN t THEN acl.today() END, CASE WHEN t THEN now() END, w"
        " FROM (VALUES (71, true, NULL::timestamptz), (72, NULL, %s)) x (n, t, w)",
        EARLY,
    )
    stage.given("INSERT INTO casus.joint_plan_member (joint_plan_id, dossier_id, left_at) SELECT 9, 1, %s", EARLY)
    stage.given("INSERT INTO casus.pause (dossier_id, way, began_by, ended_by, ended_at) VALUES (1, 'portaal', 1, 40, %s)", EARLY)
    for number in (1, 2):
        stage.given(
            "INSERT INTO portaal.outbox (template, language, to_whom, address, person_id, topic) VALUES ('nieuws', 'nl', 'inwoner', 'a@voorbeeld.nl', %s, 'nieuw')",
            number,
        )
        stage.given(
            "INSERT INTO portaal.letter (public_id, template, language, to_whom, to_name, to_lines, person_id) VALUES (gen_random_uuid(), 'stap', 'nl',"
            " 'inwoner', '', '{}', %s)",
            number,
        )


def assert_other_things_stay(stage: Stage) -> None:
    """None of that was touched."""
    assert stage.seen("SELECT dossier_id FROM casus.program_consent WHERE withdrawn_at = %s", EARLY) == [(1,)]
    assert stage.seen("SELECT DISTINCT dossier_id FROM casus.program_consent WHERE withdrawn_at IS NULL") == [(2,)]
    assert stage.seen("SELECT dossier_id FROM casus.mandate_request WHERE dossier_id = 2") == [(2,)]
    assert stage.seen(
        "SELECT id FROM casus.wish WHERE withdrawn_at = %s OR (withdrawn_at IS NULL AND answered_at = %s) ORDER BY 1", EARLY, EARLY
    ) == [
        (71,),
        (72,),
    ]
    assert stage.seen("SELECT id FROM casus.handover WHERE withdrawn_at = %s OR (withdrawn_at IS NULL AND takes) ORDER BY 1", EARLY) == [
        (71,),
        (72,),
    ]
    assert stage.seen("SELECT dossier_id FROM casus.joint_plan_member WHERE left_at = %s", EARLY) == [(1,)]
    assert stage.seen("SELECT way FROM casus.pause WHERE ended_at = %s", EARLY) == [("portaal",)]


@scenario
def after_a_death_nobody_but_the_team_reads(stage: Stage) -> None:
    count = "SELECT count(*) FROM casus.entry WHERE dossier_id = 1"
    mails(stage)
    stage.given(
        "UPDATE portaal.account SET start_code_hash = decode(repeat('63', 32), 'hex'), start_code_expires_at = now() WHERE person_id <= 3"
    )
    stage.given("INSERT INTO portaal.account (person_id, face, username, email) VALUES (1, 'team', 'dubbel', 'd@voorbeeld.nl')")
    for person, face_of in ((1, "inwoner"), (2, "inwoner"), (1, "team")):
        stage.given(
            "INSERT INTO portaal.session (account_id, token_hash, method) SELECT id, decode(repeat(md5(username || face), 2), 'hex'), 'demo' FROM portaal.account"
            " WHERE person_id = %s AND face = %s",
            person,
            face_of,
        )
    stage.given("INSERT INTO casus.joint_plan (id) OVERRIDING SYSTEM VALUE VALUES (9)")
    stage.given("INSERT INTO casus.joint_plan_member (joint_plan_id, dossier_id) VALUES (9, 1), (9, 2)")
    stage.given("UPDATE casus.plan_part SET shown_number = 1, shown_at = now() WHERE id IN (1, %s)", planned.OTHERS)
    stage.given("INSERT INTO casus.joint_plan_code (dossier_id, code_hash, expires_at) VALUES (1, decode(repeat('61', 32), 'hex'), now()),"
                " (2, decode(repeat('62', 32), 'hex'), now())")  # fmt: skip
    stage.given("INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, valid_from, ground) VALUES (2, 20, 1, acl.today() + 9, 'toestemming'),"
                " (1, 20, 1, acl.today() + 9, 'toestemming')")  # fmt: skip
    stage.given("INSERT INTO casus.mandate (dossier_id, person_id, ground, valid_from) VALUES (2, 30, 'mentor', acl.today())")
    for table, extra in (
        ("access_grant", ""),
        ("mandate", ""),
        ("program_consent", ""),
        ("wish", ""),
        ("handover", ""),
        ("mandate_request", ""),
    ):
        assert stage.value(f"SELECT count(*) FROM casus.{table} WHERE dossier_id = 1 {extra}") > 0, table
    other_things(stage)
    early = "2026-01-01 00:00+00"
    stage.given(
        "UPDATE casus.access_grant SET withdrawn_at = %s WHERE id = (SELECT min(id) FROM casus.access_grant WHERE dossier_id = 1)", early
    )
    stage.given("UPDATE casus.mandate SET withdrawn_at = %s WHERE id = (SELECT min(id) FROM casus.mandate WHERE dossier_id = 1)", early)
    assert stage.value("SELECT count(*) FROM casus.entry WHERE dossier_id = 1") > 0
    died(stage)
    for who in (OWNER, MANDATE, NAASTE, PEOPLE["invited to the plan"]):
        assert stage.one(face(who), count, who=who) == 0, who
    assert stage.one("web_team", count, who=ASSIGNED) > 0
    for table in ("access_grant", "mandate", "program_consent"):
        ended = f"SELECT dossier_id, count(*) FROM casus.{table} WHERE withdrawn_at = now() GROUP BY 1"
        assert [row[0] for row in stage.seen(ended)] == [1], table
        assert stage.value(f"SELECT count(*) FROM casus.{table} WHERE dossier_id = 1 AND withdrawn_at IS NULL") == 0, table
    for table in ("access_grant", "mandate"):
        assert stage.value(f"SELECT count(*) FROM casus.{table} WHERE withdrawn_at = %s AND dossier_id = 1", early) == 1, table
    assert stage.seen("SELECT DISTINCT dossier_id FROM casus.mandate_request") != [(1,)]
    assert stage.value("SELECT count(*) FROM casus.mandate_request WHERE dossier_id = 1") == 0
    assert stage.seen("SELECT dossier_id FROM casus.wish WHERE withdrawn_at = now()") == [(1,)]
    assert stage.seen("SELECT id, withdrawn_by_name FROM casus.handover WHERE withdrawn_at = now() ORDER BY 1") == [
        (planned.HANDOVER, "assigned, entry closed Proef"),
        (planned.PACKED, "assigned, entry closed Proef"),
    ]
    assert stage.seen("SELECT handover_id FROM portaal.package") == [(planned.OTHERS_PACKED,)]
    assert stage.seen("SELECT dossier_id FROM casus.joint_plan_member WHERE left_at = now()") == [(1,)]
    assert stage.seen("SELECT dossier_id FROM casus.joint_plan_code") == [(2,)]
    assert stage.seen("SELECT id FROM casus.plan_part WHERE shown_number IS NOT NULL") == [(planned.OTHERS,)]
    assert stage.seen("SELECT dossier_id, way, began_by FROM casus.pause WHERE ended_at IS NULL") == [(1, "overleden", COLLEAGUE.person)]
    assert stage.seen("SELECT person_id, face FROM portaal.account WHERE disabled_at = now()") == [(1, "inwoner")]
    assert stage.seen("SELECT person_id, face FROM portaal.account WHERE start_code_hash IS NOT NULL AND person_id <= 2") == [
        (2, "inwoner")
    ]
    assert stage.seen("SELECT a.person_id, a.face, x.ended_reason FROM portaal.session x JOIN portaal.account a ON a.id = x.account_id"
                      " WHERE x.ended_at IS NOT NULL AND a.person_id <= 2") == [(1, "inwoner", "toegang_gestopt")]  # fmt: skip
    assert stage.seen(TOLD) == [(2, "nieuw")], "nothing is sent"
    assert stage.seen("SELECT person_id FROM portaal.letter WHERE template = 'stap'") == [(2,)]
    assert_other_things_stay(stage)
    assert stage.seen(EVENTS)[-2:] == [("inwoner.change_asked", 1, 1), ("inwoner.died", 1, 1)]


@scenario
def one_alone_neither_brings_it_back_nor_puts_it_so(stage: Stage) -> None:
    assert stage.one("web_team", PAUSE, public("dossier", 1), "overleden", who=ASSIGNED) is False
    died(stage)
    assert stage.one("web_team", RESUME, public("dossier", 1), who=ASSIGNED) is False
    assert stage.value("SELECT count(*) FROM casus.pause WHERE ended_at IS NULL") == 1
    nothing_waits(stage)
    for more in ({}, {"kind": 3, "died_on": None, "first_name": "x", "last_name": "x"}):
        assert stage.refusal("web_team", ASK, 1, uuid4(), about(**more), who=ASSIGNED) == "MB072", "nothing else changes now"
    code = "SELECT portaal.resident_start_code(%s, 'nieuw.naam', decode(repeat('64', 32), 'hex'), false)"
    assert stage.refusal("web_team", code, public("dossier", 1), who=ASSIGNED) == "MB043"


@scenario
def a_mistake_opens_what_was_the_inwoners_and_nothing_else(stage: Stage) -> None:
    mails(stage)
    stage.given("UPDATE portaal.account SET disabled_at = '2026-01-01' WHERE person_id = 2")
    stage.given("INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (2, 'overleden', 40)")
    died(stage)
    # Only the death of this dossier that was agreed with says when: later ones, of another kind or dossier, or not agreed with, don't.
    stage.given("UPDATE casus.particulars_change SET answered_at = %s WHERE dossier_id = 1 AND kind = 1", EARLY)
    stage.given(
        "INSERT INTO casus.particulars_change (public_id, dossier_id, kind, died_on, proof, asked_by, asked_by_name, agreed, answered_at)"
        " SELECT gen_random_uuid(), d, 1, '2026-01-01', 'x', 40, 'x', a, now() FROM (VALUES (1, false), (2, true)) x (d, a)"
    )
    stage.given("UPDATE casus.particulars_change SET agreed = true, answered_at = now() WHERE id = %s", CHANGE)
    stage.given("UPDATE portaal.account SET disabled_at = %s WHERE person_id IN (1, 3)", EARLY)
    stage.given("UPDATE portaal.account SET disabled_at = '2026-01-01' WHERE person_id = 2")
    stage.given(
        "INSERT INTO portaal.account (person_id, face, username, email, disabled_at) VALUES (1, 'team', 'dubbel', 'd@voorbeeld.nl', %s)",
        EARLY,
    )
    stage.given("UPDATE casus.pause SET began_at = %s WHERE dossier_id = 1", EARLY)
    stage.given(
        "INSERT INTO casus.pause (dossier_id, way, began_by, began_at, ended_by, ended_at) SELECT 1, w, 1, '2025-12-01', 40, %s FROM (VALUES ('portaal'),"
        " ('overleden')) x (w)",
        EARLY,
    )
    new = written(stage, kind=2, died_on=None)
    stage.ask("web_team", ANSWER, new, True, who=COLLEAGUE)
    assert stage.seen("SELECT dossier_id, way, ended_by, ended_at = now() FROM casus.pause ORDER BY 1, 3, 2") == [
        (1, "overleden", 40, False),
        (1, "portaal", 40, False),
        (1, "overleden", COLLEAGUE.person, True),
        (2, "overleden", None, None),
    ]
    closed = "SELECT person_id, face FROM portaal.account WHERE disabled_at IS NOT NULL ORDER BY 1"
    assert stage.seen(closed) == [(1, "team"), (2, "inwoner"), (3, "inwoner")]
    count = "SELECT count(*) FROM casus.entry WHERE dossier_id = 1"
    assert stage.one("web_inwoner", count, who=OWNER) > 0
    for who in (MANDATE, NAASTE):
        assert stage.one("web_inwoner", count, who=who) == 0, "not by itself"
    assert stage.seen(EVENTS)[-1] == ("inwoner.not_died", 1, 1)
    written(stage, kind=3, died_on=None, first_name="x", last_name="x")


@scenario
def what_was_out_of_sight_before_stays_so(stage: Stage) -> None:
    stage.given("INSERT INTO casus.pause (dossier_id, way, began_by, began_at) VALUES (1, 'portaal', 1, now() - interval '1 day'),"
                " (2, 'overleden', 2, now() - interval '1 day')")  # fmt: skip
    stage.given(
        "INSERT INTO portaal.account (person_id, face, username, email, disabled_at) VALUES (1, 'inwoner', 'anna9', 'a@voorbeeld.nl', '2026-01-01')"
    )
    died(stage)
    assert stage.seen("SELECT dossier_id, way FROM casus.pause ORDER BY 1") == [(1, "overleden"), (2, "overleden")]
    stage.ask("web_team", ANSWER, written(stage, kind=2, died_on=None), True, who=COLLEAGUE)
    assert stage.seen("SELECT dossier_id, way, ended_at FROM casus.pause ORDER BY 1") == [(1, "telefoon", None), (2, "overleden", None)]
    assert stage.seen("SELECT disabled_at::date::text FROM portaal.account WHERE person_id = 1") == [("2026-01-01",)], (
        "that was closed for another reason"
    )


@scenario
def the_team_closes_it_when_all_is_done(stage: Stage) -> None:
    assert stage.refusal("web_team", FINISH, 1, who=ASSIGNED) == "MB001", "nobody died"
    stage.given("INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (2, 'overleden', 2)")
    assert stage.refusal("web_team", FINISH, 1, who=ASSIGNED) == "MB001"
    died(stage)
    for who in (LEAD, *ELSEWHERE):
        assert stage.refusal("web_team", FINISH, 1, who=who) == "MB001"
    stage.given("UPDATE casus.assignment SET valid_until = acl.today() - 5 WHERE dossier_id = 1 AND staff_id = 60")
    others = "SELECT id, valid_until FROM casus.assignment WHERE dossier_id <> 1 ORDER BY 1"
    before = stage.seen(others)
    stage.ask("web_team", FINISH, 1, who=ASSIGNED)
    assert stage.seen("SELECT id FROM casus.dossier WHERE closed_on = acl.today()") == [(1,)]
    assert stage.seen("SELECT DISTINCT valid_until - acl.today() FROM casus.assignment WHERE dossier_id = 1 AND staff_id IN (40, 41)") == [
        (0,)
    ]
    assert stage.seen("SELECT valid_until - acl.today() FROM casus.assignment WHERE dossier_id = 1 AND staff_id = 60") == [(-5,)]
    assert stage.seen(others) == before
    assert stage.seen(EVENTS)[-1] == ("dossier.closed", 1, 1)
