"""Two dossiers of one person: who may say so, when it can't be, what opens and for whom, and how it ends; with decoys."""

import json
from uuid import UUID, uuid4

import psycopg

from tests.access.asks_ending import COLLEAGUE, LEAD, mails
from tests.access.asks_particulars import ANSWER, ASK, ELSEWHERE, EVENTS, TOLD
from tests.access.asks_plan import ASSIGNED, MANDATE, NAASTE, OTHER, OWNER
from tests.access.stage import SESSION, Stage, scenario
from tests.access.world import PEOPLE, public

OTHERS = "SELECT public_id, opened_on, team FROM portaal.other_own_dossiers()"
OPEN = "SELECT portaal.open_own_dossier(%s)"
PART = "SELECT casus.part_persons(%s)"
SAME = "SELECT inwoner, main FROM casus.same_person_of(%s)"
ONE = "SELECT person_id, main_id FROM casus.same_person ORDER BY 1"
LOADED = "SELECT state, person_id, kind, person_name FROM portaal.load_session(decode(repeat('ab', 32), 'hex'))"
A, B, C = public("dossier", 1), public("dossier", 2), public("dossier", 77)


def nothing_waits(stage: Stage) -> None:
    """In no dossier."""
    stage.given("UPDATE casus.particulars_change SET agreed = false, answered_at = now() WHERE agreed IS NULL")


def both(stage: Stage) -> None:
    """ASSIGNED and COLLEAGUE work in dossier B too, and nothing waits."""
    nothing_waits(stage)
    for staff in (ASSIGNED, COLLEAGUE):
        stage.given(
            "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from) VALUES (2, %s, 'x', acl.today())", staff.person
        )


def about(other: int = 2, **more: object) -> str:
    """That this dossier is of the same person."""
    return json.dumps({"kind": 5, "other_id": other, "proof": "Paspoort", **more})


def asked(stage: Stage) -> UUID:
    """ASSIGNED writes it down."""
    number = uuid4()
    stage.ask("web_team", ASK, 1, number, about(), who=ASSIGNED)
    return number


def made_one(stage: Stage) -> None:
    """Dossier B is of the inwoner of dossier A, who signs in for both."""
    stage.given("INSERT INTO casus.same_person (person_id, main_id) VALUES (2, 1)")


def signed_in(stage: Stage, person: int = 1) -> None:
    """The session that everybody speaks with is of this person's account."""
    stage.given("DELETE FROM portaal.session WHERE id = %s", SESSION)
    stage.given(
        "INSERT INTO portaal.account (person_id, face, username) VALUES (%s, 'inwoner', %s) ON CONFLICT DO NOTHING",
        person,
        f"proef{person}",
    )
    stage.given(
        "INSERT INTO portaal.session (id, account_id, token_hash, method) SELECT %s, id, decode(repeat('ab', 32), 'hex'), 'demo' FROM portaal.account"
        " WHERE person_id = %s AND face = 'inwoner'",
        SESSION,
        person,
    )


@scenario
def it_is_written_down_by_who_works_in_both(stage: Stage) -> None:
    both(stage)
    number = asked(stage)
    assert stage.seen("SELECT dossier_id, other_id, agreed FROM casus.particulars_change WHERE public_id = %s", number) == [(1, 2, None)]
    assert stage.seen(ONE) == []
    stage.given("DELETE FROM casus.assignment WHERE dossier_id = 2 AND staff_id = %s", COLLEAGUE.person)
    nothing_waits(stage)
    assert stage.refusal("web_team", ASK, 2, uuid4(), about(1), who=ASSIGNED) == "", "the other way round as well"
    assert stage.refusal("web_team", ASK, 1, uuid4(), about(), who=COLLEAGUE) == "MB001", "not in the other one"
    assert stage.refusal("web_team", ASK, 2, uuid4(), about(1), who=COLLEAGUE) == "MB001"
    assert stage.refusal("web_team", ASK, 1, uuid4(), about(999), who=ASSIGNED) == "MB001"
    assert stage.refusal("web_team", ASK, 1, uuid4(), about(other_id=None), who=ASSIGNED) == "MB001"
    assert stage.refusal("web_team", ASK, 1, uuid4(), about(kind=3, first_name="a", last_name="b"), who=ASSIGNED) == "23514"
    for who in (LEAD, *ELSEWHERE):
        assert stage.refusal("web_team", ASK, 1, uuid4(), about(), who=who) == "MB001"


@scenario
def two_people_are_not_made_one(stage: Stage) -> None:
    both(stage)
    for wrong in ("birth_date = '1980-01-02'", "bsn = '999990020'"):
        for person in (1, 2):

            def differs(wrong: str = wrong, person: int = person) -> None:
                stage.given(f"UPDATE casus.inwoner SET {wrong} WHERE person_id = %s", person)
                assert stage.refusal("web_team", ASK, 1, uuid4(), about(), who=ASSIGNED) == "MB116"

            stage.undone(differs)
    stage.given("UPDATE casus.inwoner SET bsn = NULL WHERE person_id = 2")
    stage.given("UPDATE casus.inwoner SET bsn = '999990020', birth_date = '1970-01-01' WHERE person_id NOT IN (1, 2)")

    def unknown() -> None:
        asked(stage)

    stage.undone(unknown)
    stage.given("INSERT INTO casus.dossier (id, public_id, inwoner_id, team_id, opened_on) VALUES (77, %s, 1, 1, acl.today())", C)
    stage.given(
        "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from) VALUES (77, %s, 'x', acl.today())", ASSIGNED.person
    )
    assert stage.refusal("web_team", ASK, 1, uuid4(), about(77), who=ASSIGNED) == "MB072", "of one person already"


@scenario
def what_is_out_of_sight_or_belongs_elsewhere_is_not_made_one(stage: Stage) -> None:
    both(stage)
    paused = "INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (%s, 'portaal', 1)"
    third = "INSERT INTO casus.same_person (person_id, main_id) VALUES (%s, %s)"
    number = asked(stage)
    for sql, values in (
        *((paused, (dossier,)) for dossier in (1, 2)),
        *((third, pair) for pair in ((1, 3), (2, 3), (3, 2))),
    ):

        def wrong(sql: str = sql, values: tuple[int, ...] = values) -> None:
            stage.given(sql, *values)
            assert stage.refusal("web_team", ANSWER, number, True, who=COLLEAGUE) == "MB072", "meanwhile"
            nothing_waits(stage)
            assert stage.refusal("web_team", ASK, 1, uuid4(), about(), who=ASSIGNED) == "MB072"

        stage.undone(wrong)
    # Who has one other dossier may get a third.
    stage.given(third, 3, 1)
    stage.given("INSERT INTO casus.pause (dossier_id, way, began_by, ended_by, ended_at) VALUES (1, 'portaal', 1, 40, now())")
    stage.ask("web_team", ANSWER, number, True, who=COLLEAGUE)
    assert stage.seen(ONE) == [(2, 1), (3, 1)]


@scenario
def the_second_one_works_in_both_or_leads_the_team(stage: Stage) -> None:
    both(stage)
    number = asked(stage)
    waits = "SELECT inwoner, other, own FROM casus.particulars_asked()"
    assert stage.ask("web_team", waits, who=ASSIGNED) == [("owner Proef", "owner of another dossier Proef", True)]
    assert stage.ask("web_team", waits, who=COLLEAGUE) == [("owner Proef", "owner of another dossier Proef", False)]
    stage.given("DELETE FROM casus.assignment WHERE dossier_id = 2 AND staff_id = %s", COLLEAGUE.person)
    stage.given("UPDATE casus.dossier SET team_id = 2 WHERE id = 2")
    for who in (COLLEAGUE, LEAD, *ELSEWHERE):
        assert stage.ask("web_team", waits, who=who) == [], "only one of the two"
        assert stage.refusal("web_team", ANSWER, number, True, who=who) == "MB001"
    # Who works here as a professional in the team of the other one isn't its lead.
    stage.given("UPDATE casus.dossier SET team_id = 1 WHERE id = 2")
    assert stage.ask("web_team", waits, who=COLLEAGUE) == []
    assert stage.ask("web_team", waits, who=LEAD) == [("owner Proef", "owner of another dossier Proef", False)]
    assert stage.refusal("web_team", ANSWER, number, True, who=ASSIGNED) == "MB001", "never alone"


@scenario
def the_second_one_agrees_and_both_logs_say_so(stage: Stage) -> None:
    both(stage)
    mails(stage)
    stage.given("INSERT INTO casus.dossier (id, public_id, inwoner_id, team_id, opened_on) VALUES (77, %s, 3, 1, acl.today())", C)
    stage.ask("web_team", ANSWER, asked(stage), True, who=COLLEAGUE)
    assert stage.seen(ONE) == [(2, 1)]
    assert stage.seen(EVENTS) == [("inwoner.change_asked", 1, 1), ("inwoner.joined", 1, 1), ("inwoner.joined", 2, 2)]
    assert stage.seen(TOLD) == [(1, "nieuw")]
    stage.given("INSERT INTO casus.same_person (person_id, main_id) VALUES (4, 3)")
    assert stage.ask("web_team", SAME, 1, who=ASSIGNED) == [("owner of another dossier Proef", True)]
    assert stage.ask("web_team", SAME, 2, who=ASSIGNED) == [("owner Proef", False)]
    assert stage.ask("web_team", SAME, 2, who=LEAD) == []
    assert stage.ask("web_team", SAME, 1, who=PEOPLE["assigned before"]) == []


@scenario
def who_signs_in_for_the_one_opens_the_other_and_nobody_else_does(stage: Stage) -> None:
    stage.given("UPDATE casus.dossier SET opened_on = '2026-01-03', team_id = 1 WHERE id = 2")
    team = stage.value("SELECT name FROM casus.team WHERE id = 1")
    signed_in(stage, 3)
    stage.given("UPDATE portaal.session SET id = gen_random_uuid(), token_hash = decode(repeat('ac', 32), 'hex') WHERE id = %s", SESSION)
    signed_in(stage)
    assert stage.ask("web_inwoner", OTHERS, who=OWNER) == []
    assert stage.refusal("web_inwoner", OPEN, B, who=OWNER) == "MB001"
    stage.given("INSERT INTO casus.same_person (person_id, main_id) VALUES (3, 4)")
    assert stage.ask("web_inwoner", OTHERS, who=OWNER) == []
    made_one(stage)
    day = stage.value("SELECT opened_on FROM casus.dossier WHERE id = 2")
    assert stage.ask("web_inwoner", OTHERS, who=OWNER) == [(B, day, team)]
    for dossier in (A, public("dossier", 3), uuid4()):
        assert stage.refusal("web_inwoner", OPEN, dossier, who=OWNER) == "MB001"
    stage.ask("web_inwoner", OPEN, B, who=OWNER)
    assert stage.seen("SELECT id, as_person FROM portaal.session WHERE as_person IS NOT NULL") == [(SESSION, 2)]
    assert stage.ask("web_inwoner", LOADED) == [("live", 2, "inwoner", "owner of another dossier Proef")]
    # And back.
    assert [row[0] for row in stage.ask("web_inwoner", OTHERS, who=OTHER)] == [A]
    stage.ask("web_inwoner", OPEN, A, who=OTHER)
    assert stage.ask("web_inwoner", LOADED) == [("live", 1, "inwoner", "owner Proef")]
    # The account of the other dossier opens only that.
    signed_in(stage, 2)
    assert stage.ask("web_inwoner", OTHERS, who=OTHER) == []
    assert stage.refusal("web_inwoner", OPEN, A, who=OTHER) == "MB001"
    stage.given("UPDATE portaal.session SET as_person = 1 WHERE id = %s", SESSION)
    assert stage.ask("web_inwoner", LOADED) == [("live", 2, "inwoner", "owner of another dossier Proef")]
    signed_in(stage, 3)
    stage.given("UPDATE portaal.session SET as_person = 2 WHERE id = %s", SESSION)
    assert [row[1] for row in stage.ask("web_inwoner", LOADED)] == [3]
    # Nor does a representative, who signs in as somebody else.
    for who in (MANDATE, NAASTE):
        signed_in(stage, who.person)
        assert stage.ask("web_inwoner", OTHERS, who=who) == []


@scenario
def out_of_sight_hides_the_other_too(stage: Stage) -> None:
    made_one(stage)
    signed_in(stage)
    stage.ask("web_inwoner", OPEN, B, who=OWNER)
    for dossier in (1, 2):

        def paused(dossier: int = dossier) -> None:
            stage.given("INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (%s, 'portaal', 1)", dossier)
            assert [row[1] for row in stage.ask("web_inwoner", LOADED)] == [1]
            assert stage.ask("web_inwoner", OTHERS, who=OWNER) == []
            assert stage.refusal("web_inwoner", OPEN, B, who=OWNER) == "MB001"

        stage.undone(paused)
    stage.given("INSERT INTO casus.pause (dossier_id, way, began_by, ended_by, ended_at) VALUES (2, 'portaal', 2, 40, now())")
    assert [row[1] for row in stage.ask("web_inwoner", LOADED)] == [2]


@scenario
def one_alone_parts_them_at_once(stage: Stage) -> None:
    made_one(stage)
    stage.given("INSERT INTO casus.same_person (person_id, main_id) VALUES (4, 3)")
    signed_in(stage)
    stage.ask("web_inwoner", OPEN, B, who=OWNER)
    for who in (LEAD, *ELSEWHERE):
        assert stage.refusal("web_team", PART, 1, who=who) == "MB001"
    assert stage.seen(ONE) == [(2, 1), (4, 3)]
    for dossier in (1, 2):

        def parted(dossier: int = dossier) -> None:
            both(stage)
            stage.ask("web_team", PART, dossier, who=ASSIGNED)
            assert stage.seen(ONE) == [(4, 3)]
            assert stage.seen(EVENTS) == [("inwoner.parted", 1, 1), ("inwoner.parted", 2, 2)]
            assert [row[1] for row in stage.ask("web_inwoner", LOADED)] == [1]
            assert stage.refusal("web_team", PART, dossier, who=ASSIGNED) == "MB001"

        stage.undone(parted)


@scenario
def what_was_typed_and_signing_out_go_with_who_signed_in(stage: Stage) -> None:
    made_one(stage)
    signed_in(stage)
    stage.ask("web_inwoner", OPEN, B, who=OWNER)
    keep = "SELECT portaal.keep_typed_text(decode(repeat('ab', 32), 'hex'), '/x', 'x'::bytea)"
    assert stage.one("web_inwoner", keep)
    assert stage.seen("SELECT person_id FROM portaal.typed_text WHERE form_key = '/x'") == [(2,)]
    stage.given(
        "INSERT INTO portaal.session (account_id, token_hash, method) SELECT account_id, decode(repeat('ac', 32), 'hex'), 'demo' FROM portaal.session"
        " WHERE id = %s",
        SESSION,
    )
    stage.ask("web_inwoner", "SELECT portaal.end_all_sessions()", who=OTHER)
    assert stage.seen("SELECT count(*) FROM portaal.session s JOIN portaal.account a ON a.id = s.account_id WHERE a.person_id = 1"
                      " AND s.ended_at IS NULL") == [(0,)]  # fmt: skip
    assert [row[0] for row in stage.ask("web_inwoner", LOADED)] == ["ended"]


@scenario
def nobody_reads_or_writes_it_past_the_functions(stage: Stage) -> None:
    made_one(stage)
    for role, who in (("web_inwoner", OWNER), ("web_team", ASSIGNED)):
        for sql in ("SELECT FROM casus.same_person", "DELETE FROM casus.same_person", "SELECT casus.make_one(1, 2)"):
            try:
                stage.ask(role, sql, who=who)
            except psycopg.errors.InsufficientPrivilege:
                continue
            raise AssertionError(sql)
