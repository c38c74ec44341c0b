"""The plan, destroyed whole: asked, taken back, answered, and gone everywhere; exactly, with decoys."""

from uuid import UUID

from tests.access import planned
from tests.access.asks_plan import ASSIGNED, MANDATE, NAASTE, OTHER, OWNER
from tests.access.asks_withholding import an_address, mailed
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, public

ASK = "SELECT casus.ask_plan_destruction(%s, %s)"
BACK = "SELECT casus.take_back_plan_destruction(%s)"
OWN = "SELECT public_id, outcome, reason, decided_by FROM casus.own_plan_destructions(1)"
WAITS = "SELECT public_id, dossier, inwoner FROM casus.plan_destructions_to_answer()"
ANSWER = "SELECT casus.answer_plan_destruction(%s, %s, %s)"
ROWS = "SELECT dossier_id, asked_by, asked_at = now(), outcome, reason, decided_at = now(), decided_by FROM casus.plan_destruction WHERE public_id = %s"
EVENTS = "SELECT event, dossier_id FROM casus.change_log WHERE event LIKE 'destruction.%%' OR event IN ('plan.destroyed', 'household.left') ORDER BY id"
PLAN = (
    *("evaluation_goal", "evaluation_look", "evaluation_person", "evaluation", "plan_remark", "plan_copy_given", "plan_decision"),
    *("plan_proposal_text", "plan_proposal", "plan_step", "plan_text", "plan_part", "plan_pressure"),
)
FIRST, OTHERS = public("plan destruction", 1), public("plan destruction", 2)
NEW = UUID("00000000-0000-4000-8000-00000000d358")


def counts(stage: Stage, dossier: int) -> dict[str, int]:
    """How many rows of the plan a dossier has, by table."""
    return {table: stage.value(f"SELECT count(*) FROM casus.{table} WHERE dossier_id = %s", dossier) for table in PLAN}


def holding(stage: Stage, words: str) -> list[str]:
    """Every table in which these words stand somewhere, whatever the column."""
    found = []
    for schema, table in stage.seen(
        "SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema IN ('casus', 'portaal') ORDER BY 1, 2"
    ):
        if stage.value(f"SELECT EXISTS (SELECT FROM {schema}.{table} x WHERE position(%s IN x::text) > 0)", words):
            found.append(f"{schema}.{table}")
    return found


@scenario
def the_owner_alone_asks_and_once(stage: Stage) -> None:
    stage.given("DELETE FROM casus.plan_destruction WHERE dossier_id = 1")
    for who in (MANDATE, NAASTE, OTHER, None):
        assert stage.refusal("web_inwoner", ASK, 1, NEW, who=who) == "MB001"
    assert stage.one("web_inwoner", ASK, 1, NEW, who=OWNER) is True
    assert stage.seen(ROWS, NEW) == [(1, OWNER.person, True, None, None, None, None)]
    assert stage.seen(EVENTS) == [("destruction.asked", 1)]
    assert [stage.one("web_inwoner", ASK, 1, number, who=OWNER) for number in (NEW, public("other", 1))] == [False, False]
    assert stage.value("SELECT count(*) FROM casus.plan_destruction WHERE dossier_id = 1") == 1
    assert stage.ask("web_inwoner", OWN, who=OWNER) == [(NEW, None, None, None)]
    for who in (MANDATE, NAASTE, OTHER, None):
        assert stage.ask("web_inwoner", OWN, who=who) == []
    # No plan, no question; that of another is none of one's own.
    stage.given("DELETE FROM casus.plan_destruction")
    for table in PLAN:
        stage.given(f"UPDATE casus.ending SET evaluation_id = NULL, not_evaluated = 'x'; DELETE FROM casus.{table} WHERE dossier_id = 1")
    assert stage.refusal("web_inwoner", ASK, 1, NEW, who=OWNER) == "MB001"


@scenario
def the_owner_takes_it_back(stage: Stage) -> None:
    for who in (MANDATE, NAASTE, OTHER, None):
        assert stage.refusal("web_inwoner", BACK, FIRST, who=who) == "MB001"
    stage.ask("web_inwoner", BACK, FIRST, who=OWNER)
    assert stage.seen(ROWS, FIRST)[0][3:] == (0, None, True, OWNER.person)
    assert stage.seen(EVENTS) == [("destruction.taken_back", 1)]
    assert stage.value("SELECT count(*) FROM casus.plan_destruction WHERE outcome IS NULL") == 1
    assert stage.refusal("web_inwoner", BACK, FIRST, who=OWNER) == "MB001"
    assert stage.one("web_inwoner", ASK, 1, NEW, who=OWNER) is True
    assert [row[:2] for row in stage.ask("web_inwoner", OWN, who=OWNER)] == [(NEW, None), (FIRST, 0)]


@scenario
def who_works_in_the_dossier_sees_it_the_oldest_first(stage: Stage) -> None:
    stage.given("UPDATE casus.plan_destruction SET asked_at = now() - interval '1 day' WHERE public_id = %s", OTHERS)
    names = {number: stage.value("SELECT acl.full_name(%s)", number) for number in (1, 2)}
    both = [(OTHERS, public("dossier", 2), names[2]), (FIRST, public("dossier", 1), names[1])]
    stage.given("UPDATE casus.assignment SET dossier_id = 2 WHERE dossier_id = 3 AND staff_id = %s", ASSIGNED.person)
    assert stage.ask("web_team", WAITS, who=ASSIGNED) == both
    assert stage.ask("web_team", WAITS, who=PEOPLE["assigned, entry closed"]) == both[1:]
    for name in ("team lead", "assigned before", "administrator"):
        assert stage.ask("web_team", WAITS, who=PEOPLE[name]) == [], name
    assert stage.ask("web_team", WAITS) == []
    stage.ask("web_inwoner", BACK, FIRST, who=OWNER)
    assert stage.ask("web_team", WAITS, who=ASSIGNED) == both[:1]


@scenario
def what_stays_has_a_ground_and_a_reason_and_nothing_goes(stage: Stage) -> None:
    an_address(stage)
    before = counts(stage, 1)
    for name in ("team lead", "assigned before", "other team", "administrator"):
        assert stage.refusal("web_team", ANSWER, FIRST, None, None, who=PEOPLE[name]) == "MB001", name
    assert stage.refusal("web_team", ANSWER, FIRST, None, None) == "MB001"
    for ground, why in ((1, "x"), (4, "x"), (2, ""), (3, "  "), (3, None)):
        assert stage.refusal("web_team", ANSWER, FIRST, ground, why, who=ASSIGNED) == "MB082", (ground, why)
    stage.ask("web_team", ANSWER, FIRST, 3, "Een wet", who=ASSIGNED)
    assert stage.seen(ROWS, FIRST)[0][3:] == (3, "Een wet", True, ASSIGNED.person)
    [(name,)] = stage.seen("SELECT acl.full_name(%s)", ASSIGNED.person)
    assert stage.ask("web_inwoner", OWN, who=OWNER) == [(FIRST, 3, "Een wet", name)]
    assert counts(stage, 1) == before
    assert stage.seen(EVENTS) == [("destruction.answered", 1)]
    assert mailed(stage)
    assert stage.refusal("web_team", ANSWER, FIRST, 2, "Toch", who=ASSIGNED) == "MB001"


@scenario
def what_goes_is_gone_everywhere_and_nobody_elses_goes_with_it(stage: Stage) -> None:
    an_address(stage)
    stage.given("SET session_replication_role = replica")
    secret = "Zeer eigen woorden 7431"
    texts = stage.seen(
        "SELECT c.table_name, c.column_name FROM information_schema.columns c WHERE c.table_schema = 'casus' AND c.table_name = ANY (%s) AND c.data_type = 'text'"
        # Who did what of an ending, and when, stays.
        " AND c.column_name <> 'way' AND NOT (c.table_name = 'ending' AND c.column_name LIKE '%%name')",
        [*PLAN, "ending"],
    )
    for table, column in texts:
        for number, words in ((1, secret), (2, "van een ander 7432")):
            stage.given(f"UPDATE casus.{table} SET {column} = %s WHERE dossier_id = %s AND {column} <> ''", words, number)
    stage.given("SET session_replication_role = DEFAULT")
    stage.given(
        "INSERT INTO casus.plan_copy_given (proposal_id, dossier_id, given_by, given_by_name) VALUES (1, 1, 40, 'x') ON CONFLICT DO NOTHING"
    )
    stage.given(
        "INSERT INTO portaal.plan_reminder (person_id, part_id, dossier_id, about, on_day, told_on) VALUES (1, 1, 1, 1, current_date, current_date),"
        " (2, %s, 2, 1, current_date, current_date)",
        planned.OTHERS,
    )
    for where in ("1/plan/doel", "2/plan/doel", "1/notitie"):
        key = f"/dossier/{public('dossier', int(where[0]))}{where[1:]}"
        stage.given("INSERT INTO portaal.typed_text (person_id, face, form_key, ciphertext) VALUES (1, 'inwoner', %s, 'x')", key)
    stage.given("DELETE FROM portaal.taking; INSERT INTO portaal.taking (dossier_id, language) VALUES (1, 'nl'), (2, 'nl')")
    assert all(counts(stage, 1).values()), counts(stage, 1)
    assert len(holding(stage, secret)) > 8
    others = counts(stage, 2)
    stage.ask("web_team", ANSWER, FIRST, None, "Zomaar", who=ASSIGNED)
    assert set(counts(stage, 1).values()) == {0}
    assert counts(stage, 2) == others
    assert holding(stage, secret) == []
    assert holding(stage, "van een ander 7432") != []
    assert stage.seen("SELECT dossier_id FROM portaal.plan_reminder") == [(2,)]
    assert stage.seen("SELECT dossier_id FROM portaal.taking") == [(2,)]
    kept = sorted(f"/dossier/{public('dossier', number)}{rest}" for number, rest in ((2, "/plan/doel"), (1, "/notitie")))
    assert sorted(row[0] for row in stage.seen("SELECT form_key FROM portaal.typed_text")) == kept
    assert stage.seen(ROWS, FIRST)[0][3:] == (1, None, True, ASSIGNED.person)
    assert stage.seen(ROWS, OTHERS)[0][3:] == (None, None, None, None)
    assert stage.seen(EVENTS) == [("plan.destroyed", 1), ("destruction.answered", 1)]
    assert mailed(stage)
    # The help ended as it did; with which words is gone.
    ending = (
        "SELECT dossier_id, reason, onward, warned, evaluation_id, not_evaluated, near_words, words FROM casus.ending WHERE dossier_id = 1"
    )
    assert stage.seen(ending) == [(1, "-", "-", "-", None, "-", "", "-")]
    # And a new plan can be begun.
    stage.ask("web_inwoner", "SELECT casus.begin_plan_part(1, %s, 4, NULL, 3)", public("new part", 1), who=OWNER)
    assert counts(stage, 1)["plan_part"] == 1
    assert stage.one("web_inwoner", ASK, 1, NEW, who=OWNER) is True


@scenario
def who_was_invited_or_made_a_plan_together_is_out(stage: Stage) -> None:
    ends = "SELECT count(*) FROM casus.access_grant WHERE dossier_id = 1 AND scope = 5 AND withdrawn_at = now()"
    open_ones = "SELECT count(*) FROM casus.access_grant WHERE scope {} 5 AND dossier_id = {} AND withdrawn_at IS NULL"
    invited, along = (stage.value(open_ones.format(sign, 1)) for sign in ("=", "<"))
    elsewhere = stage.value(open_ones.format("=", 2))
    stage.given(
        "UPDATE casus.access_grant SET withdrawn_at = now() - interval '1 day' WHERE id = (SELECT min(id) FROM casus.access_grant WHERE scope = 5 AND dossier_id = 1)"
    )
    invited -= 1
    earlier = stage.value("SELECT count(*) FROM casus.access_grant WHERE dossier_id = 1 AND scope = 5 AND withdrawn_at IS NOT NULL")
    assert invited > 0
    assert elsewhere > 0
    stage.given("DELETE FROM casus.joint_plan_member; INSERT INTO casus.joint_plan (id) VALUES (7), (8)")
    stage.given("INSERT INTO casus.joint_plan_member (joint_plan_id, dossier_id, left_at) VALUES (8, 1, now() - interval '1 day')")
    stage.given("INSERT INTO casus.joint_plan_member (joint_plan_id, dossier_id) VALUES (7, 1), (7, 2)")
    stage.given(
        "INSERT INTO casus.joint_plan_code VALUES (1, sha256('a'), now() + interval '1 day'), (2, sha256('b'), now() + interval '1 day')"
    )
    held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND classid = (hashtext('casus.joint_plan')::bigint & 4294967295)::oid"
    assert stage.value(held) == 0
    stage.ask("web_team", ANSWER, FIRST, None, None, who=ASSIGNED)
    assert stage.value(held) == 1
    assert stage.value(ends) == invited
    assert stage.value("SELECT count(*) FROM casus.access_grant WHERE dossier_id = 1 AND scope = 5 AND withdrawn_at < now()") == earlier
    assert stage.value(open_ones.format("<", 1)) == along
    assert stage.value(open_ones.format("=", 2)) == elsewhere
    assert stage.seen("SELECT dossier_id, left_at = now() FROM casus.joint_plan_member ORDER BY 1, joint_plan_id") == [
        (1, True),
        (1, False),
        (2, None),
    ]
    assert stage.seen("SELECT dossier_id FROM casus.joint_plan_code") == [(2,)]
    assert stage.seen(EVENTS)[0] == ("household.left", 1)


@scenario
def only_where_and_when_it_was_decided(stage: Stage) -> None:
    goes = "SELECT casus.plan_goes(%s)"
    assert [stage.value(goes, number) for number in (1, 2)] == [False, False]
    stage.given("UPDATE casus.plan_destruction SET outcome = 1, decided_at = now(), decided_by = 40 WHERE dossier_id = 1")
    assert [stage.value(goes, number) for number in (1, 2)] == [True, False]
    # Even then the words of an ending can only become empty.
    for change in ("reason = '-', words = 'Anders'", "reason = 'Anders', words = '-'"):
        assert stage.refusal("casus_vernietiger", f"UPDATE casus.ending SET {change}") == "42501", change
    for change in ("decided_at = now() - interval '1 second'", "decided_at = now(), outcome = 0"):
        stage.given(f"UPDATE casus.plan_destruction SET {change} WHERE dossier_id = 1")
        assert stage.value(goes, 1) is False, change
    before = counts(stage, 1)
    for table in PLAN:
        for role in ("web_inwoner", "web_team", "portaal_jobs", "portaal_operator", "casus_uitvoer"):
            assert stage.refusal(role, f"DELETE FROM casus.{table}") == "42501", (table, role)
    assert counts(stage, 1) == before


@scenario
def what_was_not_decided_stays_whoever_calls(stage: Stage) -> None:
    stage.given(
        "INSERT INTO casus.plan_copy_given (proposal_id, dossier_id, given_by, given_by_name) VALUES (1, 1, 40, 'x') ON CONFLICT DO NOTHING"
    )
    before, ending = counts(stage, 1), stage.seen("SELECT reason, words FROM casus.ending ORDER BY id")
    assert all(before.values())
    stage.seen("SELECT casus.erase_plan(1)")
    assert counts(stage, 1) == before
    assert stage.seen("SELECT reason, words FROM casus.ending ORDER BY id") == ending
    # Decided of both, called for one: the other's stays.
    stage.given("UPDATE casus.plan_destruction SET outcome = 1, decided_at = now(), decided_by = 40")
    stage.given("SET session_replication_role = replica")
    for table in (*PLAN, "ending"):
        stage.given(f"DELETE FROM casus.{table} WHERE dossier_id = 2")
        stage.given(f"UPDATE casus.{table} SET dossier_id = 2 WHERE dossier_id = 1")
    stage.given("SET session_replication_role = DEFAULT")
    before, ending = counts(stage, 2), stage.seen("SELECT reason, words FROM casus.ending ORDER BY id")
    stage.seen("SELECT casus.erase_plan(1)")
    assert counts(stage, 2) == before
    assert stage.seen("SELECT reason, words FROM casus.ending ORDER BY id") == ending
