"""The first and the last day count, and the moment itself: everybody whose post, grant or closure begins or ends just today or just now."""

from tests.access.asks_logs import JOB, TO_TALK_OVER, WITHHELD, close, line, notices
from tests.access.asks_programs import SHOWN, Programs, numbers, read
from tests.access.asks_readers import ASSIGNED, EVERYBODY, OWNER, readers, without
from tests.access.asks_relations import DETAILS
from tests.access.relations import RELATIONS
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, public


def only_today(stage: Stage) -> None:
    """Whatever holds today holds today alone."""
    holds = "{begins} <= acl.today() AND ({ends} IS NULL OR {ends} >= acl.today())"
    for table, begins, ends in (
        ("assignment", "valid_from", "valid_until"),
        ("absence", "from_date", "until_date"),
        ("mandate", "valid_from", "valid_until"),
        ("access_grant", "valid_from", "valid_until"),
    ):
        stage.given(
            f"UPDATE casus.{table} SET {begins} = acl.today(), {ends} = acl.today() WHERE {holds.format(begins=begins, ends=ends)}",
        )
    stage.given("UPDATE casus.staff SET joined_on = acl.today() WHERE joined_on < acl.today() AND left_on IS NULL")


@scenario
def what_holds_today_alone_holds(stage: Stage) -> None:
    only_today(stage)
    for name, who in PEOPLE.items():
        expected = RELATIONS.get(name)
        found = stage.ask(f"web_{who.face}", "SELECT relation, detail FROM acl.relation(1)", who=who)
        assert found == [(expected, DETAILS.get(expected or "", ""))], f"{name}: {found}"
    lasting = {"inwoner", "programma"}
    today = [line if line[1] in lasting else (*line[:3], 0) for line in EVERYBODY]
    assert readers(stage) == sorted(today, key=lambda line: line[:3])


@scenario
def on_the_day_of_leaving_it_is_over(stage: Stage) -> None:
    stage.given(
        "INSERT INTO casus.absence (id, staff_id, from_date, until_date, substitute_id) OVERRIDING SYSTEM VALUE"
        " VALUES (-1, 41, acl.today(), acl.today(), 48)"
    )
    stage.given("UPDATE casus.staff SET left_on = acl.today() WHERE person_id IN (41, 59)")
    assert stage.ask("web_team", "SELECT detail FROM acl.relation(1)", who=PEOPLE["substitute"]) == [("assigned Proef",)]
    assert readers(stage) == without("assigned, entry closed", "team lead, substitute")


@scenario
def a_closure_begins_and_ends_at_its_moment(stage: Stage) -> None:
    programs = Programs(stage)

    def begins() -> None:
        close(stage, 101, begins="0")
        assert notices(stage) == [(101, "afgeschermd", "anders", False), WITHHELD, TO_TALK_OVER]
        assert stage.ask("web_inwoner", "SELECT FROM casus.entry WHERE id = 101", who=OWNER) == []
        assert [one[1] for one in readers(stage) if one[1] not in ("professional", "waarnemer")] == []
        assert numbers(read(stage, programs.planning, 1)) == [number for number in SHOWN if number != 101]

    def ends() -> None:
        close(stage, 101, ends="0")
        assert notices(stage) == [WITHHELD, TO_TALK_OVER]
        assert len(stage.ask("web_inwoner", "SELECT FROM casus.entry WHERE id = 101", who=OWNER)) == 1
        assert set(readers(stage)) == set(without())
        assert numbers(read(stage, programs.planning, 1)) == SHOWN

    def begins_for_one() -> None:
        close(stage, 101, person=20, begins="0")
        assert {"grant whole, as inwoner Proef", "Planbord"}.isdisjoint(one[0] for one in readers(stage, who=OWNER))

    def ends_for_one() -> None:
        close(stage, 101, person=20, ends="0")
        assert {"grant whole, as inwoner Proef", "Planbord"} <= {one[0] for one in readers(stage, who=OWNER)}

    for play in (begins, ends, begins_for_one, ends_for_one):
        stage.undone(play)


@scenario
def a_talk_over_closure_begins_and_ends_at_its_moment(stage: Stage) -> None:
    def begins() -> None:
        close(stage, 106, begins="0")
        assert notices(stage) == [WITHHELD, (106, "afgeschermd", "anders", False)]

    def ends() -> None:
        close(stage, 106, ends="0")
        assert notices(stage) == [WITHHELD, TO_TALK_OVER]

    for play in (begins, ends):
        stage.undone(play)


@scenario
def what_was_to_be_talked_over_opens_at_its_moment(stage: Stage) -> None:
    programs = Programs(stage)
    stage.given("UPDATE casus.entry SET discuss_until = now() WHERE id = 106")
    assert notices(stage) == [WITHHELD]
    assert len(stage.ask("web_inwoner", "SELECT FROM casus.entry WHERE id = 106", who=OWNER)) == 1
    assert stage.one("web_inwoner", "SELECT acl.open_now(1, %s)", public("entry", 106), who=OWNER) is False
    assert ("owner Proef", "inwoner", "", None) in readers(stage, 106, ASSIGNED)
    assert numbers(read(stage, programs.planning, 1)) == sorted([*SHOWN, 106])


@scenario
def who_left_today_has_left_concepts_behind(stage: Stage) -> None:
    stage.given("UPDATE casus.staff SET left_on = acl.today() WHERE person_id = 44")
    assert len(stage.ask("web_team", "SELECT FROM casus.concepts_left_behind()", who=PEOPLE["administrator"])) == 1


@scenario
def a_concept_stays_until_its_fourteen_days_are_over(stage: Stage) -> None:
    stage.given("UPDATE casus.concept SET saved_at = now() - interval '14 days'")
    stage.ask("portaal_jobs", "DELETE FROM casus.concept", who=JOB)
    assert stage.value("SELECT count(*) FROM casus.concept") == 7


@scenario
def a_lone_line_at_the_last_horizon_is_sealed(stage: Stage) -> None:
    stage.given("DELETE FROM casus.read_log")
    line(stage, 4, 100)
    stage.given("INSERT INTO casus.read_seal VALUES (7, now(), '100', 1, '\\x01', '', '\\x02')")
    assert stage.one("portaal_jobs", "SELECT acl.seal_read_log()", who=JOB) == 1


@scenario
def the_horizon_itself_is_not_sealed(stage: Stage) -> None:
    stage.seen("GRANT EXECUTE ON FUNCTION acl.add_seal(xid8, boolean) TO portaal_jobs")
    stage.given("DELETE FROM casus.read_log")
    line(stage, 4, 300)
    assert stage.one("portaal_jobs", "SELECT acl.add_seal('300', false)", who=JOB) == 0
    line(stage, 5, 299)
    assert stage.one("portaal_jobs", "SELECT acl.add_seal('300', false)", who=JOB) == 1
    assert stage.seen("SELECT log_id FROM casus.read_seal_row WHERE log_id IN (4, 5)") == [(5,)]
    stage.given("UPDATE casus.read_log SET xid = '400' WHERE id = 4")
    line(stage, 6, 400)
    assert stage.one("portaal_jobs", "SELECT acl.add_seal('350', true)", who=JOB) == 2, "after a restore there is no upper bound"
    assert stage.seen("SELECT id, horizon::text FROM casus.read_seal ORDER BY id") == [(1, "300"), (2, "350")]


@scenario
def a_failure_at_the_moment_of_success_does_not_count(stage: Stage) -> None:
    subject, address = b"s" * 32, b"a" * 32
    for accepted in [True, *[False] * 9]:
        stage.given(
            "INSERT INTO portaal.sign_in_attempt (at, face, step, subject_hash, address_hash, accepted)"
            " VALUES (now() - interval '1 second', 'team', 'wachtwoord', %s, %s, %s)",
            subject,
            address,
            accepted,
        )
    found = stage.ask("web_team", "SELECT wait_seconds FROM portaal.sign_in_lookup('niemand', %s, %s)", subject, address)
    assert found == [(0,)]
