"""Copies of a dossier: a line first, then the rows of that one dossier; and what another system logged, for the owner alone."""

from uuid import uuid4

from tests.access.stage import Row, Stage, scenario
from tests.access.world import PEOPLE, TAKEN_OUT, Who, public

ROLE = "casus_uitvoer"
OPEN = "SELECT acl.open_export(%s, %s, %s)"
# Tables with dossier_id, and those that are about the dossier in another way.
OF_A_DOSSIER = (
    "household_member", "assignment", "mandate", "entry", "entry_version", "entry_opening", "access_grant", "closure", "annotation",
    "annotation_version", "document", "read_log", "change_log", "imported_read_line", "imported_change_line",
    "plan_part", "plan_text", "plan_step", "plan_proposal", "plan_proposal_text", "plan_decision", "plan_remark", "plan_pressure", "plan_copy_given",
    "evaluation", "evaluation_person", "evaluation_look", "evaluation_goal", "ending",
)  # fmt: skip
# Of these nothing of an entry that was taken out.
OF_AN_ENTRY = ("entry", "entry_version", "entry_opening", "closure", "annotation", "annotation_version", "document")
AROUND_IT = ("dossier", "inwoner", "address", "person", "staff", "team", "stadsdeel")
HELD_BACK = ("joint_plan", "joint_plan_member", "joint_plan_code", "concept", "program", "absence", "read_seal", "read_seal_row")


def opened(stage: Stage, dossier: int) -> int:
    """The line of a copy of a dossier, as it stands after a commit: of another transaction."""
    line: int = stage.one(ROLE, OPEN, public("dossier", dossier), "M. Verhuizer", "overdracht")
    stage.given("UPDATE casus.read_log SET xid = '3' WHERE id = %s", line)
    return line


def seen(stage: Stage, line: object, table: str, what: str = "count(*)") -> Row:
    """What the role sees of a table when it names this line."""
    stage.seen("SELECT set_config('casus.export', %s, true)", "" if line is None else str(line))
    [row] = stage.ask(ROLE, f"SELECT {what} FROM casus.{table}")
    return row


def logged_elsewhere(stage: Stage) -> None:
    """Lines of another system in the dossiers A and B."""
    for dossier in (1, 2):
        stage.given(
            "INSERT INTO casus.imported_read_line (source, at, dossier_id, what, shown, shown_entries, reader_name, reader_role, ground, ground_detail,"
            " program) VALUES ('Oud', now(), %s, 'notitie', 0, '{}', 'x', 'x', 'x', '', 'x')",
            dossier,
        )
        stage.given(
            "INSERT INTO casus.imported_change_line (source, at, dossier_id, event, person_name, person_role, program)"
            " VALUES ('Oud', now(), %s, 'a.b', 'x', 'x', 'x')",
            dossier,
        )


@scenario
def a_copy_holds_every_row_of_one_dossier_and_of_no_other(stage: Stage) -> None:
    logged_elsewhere(stage)
    stage.given("INSERT INTO casus.plan_copy_given (proposal_id, dossier_id, given_by, given_by_name) VALUES (1, 1, 40, 'assigned')")
    for dossier in (1, 2):
        line = opened(stage, dossier)
        for table in OF_A_DOSSIER:
            what = "count(*), min(dossier_id), max(dossier_id)"
            there = f"AND {'id' if table == 'entry' else 'entry_id'} <> {TAKEN_OUT}" if table in OF_AN_ENTRY else ""
            [expected] = stage.seen(f"SELECT {what} FROM casus.{table} WHERE dossier_id = %s {there}", dossier)
            assert seen(stage, line, table, what) == expected, (dossier, table)
            assert expected[0] > 0 or dossier == 2, table
        assert seen(stage, line, "dossier", "array_agg(id)")[0] == [dossier]
        assert seen(stage, line, "inwoner", "array_agg(person_id)")[0] == [dossier]
        assert seen(stage, line, "address", "array_agg(person_id)")[0] == [dossier]
        for table in ("team", "stadsdeel"):
            assert seen(stage, line, table)[0] == stage.value(f"SELECT count(*) FROM casus.{table}") > 0


@scenario
def a_copy_says_what_a_file_is_and_not_to_what_it_is_sealed(stage: Stage) -> None:
    what = "SELECT entry_id, kind, size, sha256 FROM casus.document WHERE dossier_id = 1 AND entry_id = 101"
    stage.seen("SELECT set_config('casus.export', %s, true)", str(opened(stage, 1)))
    assert stage.ask(ROLE, what) == stage.seen(what)
    assert stage.refusal(ROLE, "SELECT sealed_as FROM casus.document") == "42501"
    assert stage.refusal(ROLE, "SELECT FROM casus.document_part") == "42501"


@scenario
def a_copy_names_who_has_a_part_and_nobody_else(stage: Stage) -> None:
    stage.given("UPDATE casus.entry_version SET author_id = 47 WHERE entry_id = 102")
    stage.given("UPDATE casus.annotation SET author_id = 28 WHERE id = 303")
    stage.given("UPDATE casus.entry_opening SET person_id = 27 WHERE entry_id = 107")
    stage.given("UPDATE casus.closure SET person_id = 14 WHERE entry_id = 109 AND person_id = 21")
    stage.given("UPDATE casus.entry SET author_id = 54 WHERE id = 104")
    line = opened(stage, 1)
    with_a_part = {
        1,
        10,
        11,
        12,
        13,
        14,
        20,
        21,
        22,
        23,
        24,
        25,
        26,
        27,
        28,
        40,
        41,
        42,
        43,
        44,
        45,
        47,
        53,
        54,
        55,
        56,
        58,
        60,
        61,
        77,
        80,
        81,
        82,
        96,
    }
    assert set(seen(stage, line, "person", "array_agg(id)")[0]) == with_a_part
    assert set(seen(stage, line, "staff", "array_agg(person_id)")[0]) == {one for one in with_a_part if 40 <= one < 77}
    assert set(seen(stage, opened(stage, 2), "person", "array_agg(id)")[0]) == {2, 14, 27, 40, 46, 82, 87}
    assert seen(stage, opened(stage, 3), "person", "array_agg(id ORDER BY id)")[0] == [3, 40], "a dossier with little in it"


@scenario
def a_copy_names_whose_hand_is_in_the_plan(stage: Stage) -> None:
    nobody = seen(stage, opened(stage, 3), "person", "array_agg(id ORDER BY id)")[0]
    assert nobody == [3, 40]
    stage.given("INSERT INTO casus.plan_part (id, public_id, dossier_id, kind, audience) VALUES (15, gen_random_uuid(), 3, 20, 3)")
    stage.given(
        "INSERT INTO casus.plan_proposal (id, public_id, dossier_id, made_by, made_by_name) VALUES (15, gen_random_uuid(), 3, 40, 'x')"
    )
    text = "INSERT INTO casus.plan_text (part_id, dossier_id, number, body, why, answers, leefdomein, holder_id, holder_name, dropped, author_id, author_name,"
    remark = "INSERT INTO casus.plan_remark (public_id, dossier_id, part_id, body, author_id, author_name, seen_at, seen_by, seen_name)"
    pressed = "INSERT INTO casus.plan_pressure (public_id, dossier_id, kind, ground, from_day, set_by, set_by_name, ended_at, ended_by, ended_by_name)"
    moment = "INSERT INTO casus.evaluation (id, public_id, dossier_id, kind, planned_on, planned_by_name, outcome, settled_at, settled_by, settled_by_name)"
    look = "INSERT INTO casus.evaluation_look (evaluation_id, dossier_id, side, author_id, number, author_name, way, words, anchored, together_words)"
    decided = "INSERT INTO casus.plan_decision (proposal_id, dossier_id, choice, words, way, proof, decided_on, copy, recorded_by, recorded_by_name)"
    hands = (
        (f"{text} written_for) VALUES (15, 3, 1, 'x', '', '{{}}', 0, 27, 'x', false, 28, 'x', 3)", {27, 28}),
        ("INSERT INTO casus.plan_step (part_id, dossier_id, number, status, by_id, by_name) VALUES (15, 3, 1, 1, 26, 'x')", {26}),
        ("UPDATE casus.plan_proposal SET made_by = 41 WHERE id = 15", {41}),
        (f"{decided} VALUES (15, 3, 1, '', 'papier', 'x', current_date, 0, 42, 'x')", {42}),
        ("INSERT INTO casus.plan_copy_given (proposal_id, dossier_id, given_by, given_by_name) VALUES (15, 3, 43, 'x')", {43}),
        (f"{remark} VALUES (gen_random_uuid(), 3, 15, 'x', 25, 'x', now(), 44, 'x')", {25, 44}),
        (f"{pressed} VALUES (gen_random_uuid(), 3, 1, 'x', current_date, 45, 'x', now(), 46, 'x')", {45, 46}),
        (f"{moment} VALUES (15, gen_random_uuid(), 3, 1, current_date, 'x', 1, now(), 47, 'x')", {47}),
        ("INSERT INTO casus.evaluation_person VALUES (15, 3, 24)", {24}),
        (f"{look} VALUES (15, 3, 3, 23, 1, 'x', 'portaal', '', '', '')", {23}),
        ("UPDATE casus.ending SET near_until = ends_on, near_by = 53, made_by = 54, agreed_by = 55 WHERE dossier_id = 3", {53, 54, 55}),
    )
    there = set(nobody)
    for sql, more in hands:
        stage.given(sql)
        there |= more
        assert set(seen(stage, opened(stage, 3), "person", "array_agg(id)")[0]) == there, sql


@scenario
def the_other_adults_of_a_household_are_names_in_a_copy(stage: Stage) -> None:
    stage.given("INSERT INTO casus.joint_plan (id) VALUES (15), (16)")
    joins = "INSERT INTO casus.joint_plan_member (joint_plan_id, dossier_id, left_at) VALUES"
    stage.given(f"{joins} (15, 1, NULL), (15, 3, NULL), (16, 2, now())")
    seen(stage, opened(stage, 1), "dossier")
    assert stage.one(ROLE, "SELECT acl.export_household()") == [3], "not who is in another household"
    stage.given(f"{joins} (15, 2, now())")
    stage.given("UPDATE casus.plan_text SET author_id = 3, holder_id = 3 WHERE part_id = 6")
    stage.given("UPDATE casus.plan_text SET author_id = 2, holder_id = 28 WHERE part_id = 7")
    stage.given("UPDATE casus.plan_step SET by_id = 3 WHERE part_id = 7")
    line = opened(stage, 1)
    there = set(seen(stage, line, "person", "array_agg(id)")[0])
    assert there & {1, 2, 3, 28} == {1, 28}
    assert set(stage.one(ROLE, "SELECT acl.export_household()")) == {2, 3}, "also who left"
    stage.given("UPDATE casus.access_grant SET grantee_id = 3 WHERE dossier_id = 1 AND scope = 1 AND grantee_id = 20")
    assert 3 in seen(stage, opened(stage, 1), "person", "array_agg(id)")[0], "who was let in has a part of their own"
    assert stage.refusal(ROLE, "SELECT joint_id FROM casus.plan_part") == "42501"
    assert stage.refusal(ROLE, "SELECT shown_number FROM casus.plan_part") == "42501"


@scenario
def without_a_line_nothing_is_seen(stage: Stage) -> None:
    logged_elsewhere(stage)
    reading = stage.value("SELECT max(id) FROM casus.read_log WHERE dossier_id = 1")
    for line in (None, 0, 999999, reading):
        for table in (*OF_A_DOSSIER, *AROUND_IT):
            assert seen(stage, line, table)[0] == 0, (line, table)
    stage.seen("SELECT set_config('casus.export', '', true)")
    assert stage.one(ROLE, "SELECT acl.export_persons()") is None
    assert stage.one(ROLE, "SELECT acl.export_household()") == []


@scenario
def a_line_that_could_still_be_rolled_back_opens_nothing(stage: Stage) -> None:
    line = stage.one(ROLE, OPEN, public("dossier", 1), "M. Verhuizer", "overdracht")
    assert seen(stage, line, "entry")[0] == 0
    stage.given("UPDATE casus.read_log SET xid = '3' WHERE id = %s", line)
    assert seen(stage, line, "entry")[0] > 0


@scenario
def a_line_opens_the_dossier_for_ten_minutes_and_for_this_role(stage: Stage) -> None:
    line = opened(stage, 1)
    for age, given in (("9 minutes 59 seconds", True), ("10 minutes", False), ("11 minutes", False)):
        stage.given("UPDATE casus.read_log SET at = now() - %s::interval WHERE id = %s", age, line)
        assert (seen(stage, line, "entry")[0] > 0) is given, age
    stage.given("UPDATE casus.read_log SET at = now(), what = 'programma' WHERE id = %s", line)
    assert seen(stage, line, "entry")[0] == 0, "a line of another kind"
    stage.given("UPDATE casus.read_log SET what = 'uitvoer', program = 'web_team' WHERE id = %s", line)
    assert seen(stage, line, "entry")[0] == 0, "a line of another role"


@scenario
def each_copy_leaves_a_line_that_the_owner_reads(stage: Stage) -> None:
    line = stage.one(ROLE, OPEN, public("dossier", 1), "M. Verhuizer", "Verhuizing naar Arnhem")
    entries = stage.value("SELECT count(*) FROM casus.entry WHERE dossier_id = 1 AND id <> %s", TAKEN_OUT)
    columns = "what, shown, shown_entries, entry_id, reader_id, reader_name, reader_role, on_behalf_of, ground, ground_detail, program, session_id"
    [row] = stage.ask("web_inwoner", f"SELECT {columns} FROM casus.read_log WHERE id = %s", line, who=PEOPLE["owner"])
    assert row == (
        "uitvoer", entries, [], None, None, "M. Verhuizer", "beheer", None, "uitvoer", "Verhuizing naar Arnhem", ROLE, None,
    )  # fmt: skip
    assert entries > 0


@scenario
def a_copy_needs_a_dossier_a_reader_and_a_ground(stage: Stage) -> None:
    before = stage.value("SELECT count(*) FROM casus.read_log")
    assert stage.one(ROLE, OPEN, uuid4(), "M. Verhuizer", "overdracht") is None
    for reader, ground in (("", "grond"), ("  ", "grond"), (None, "grond"), ("lezer", ""), ("lezer", " "), ("lezer", None)):
        assert stage.refusal(ROLE, OPEN, public("dossier", 1), reader, ground) == "22023", (reader, ground)
    assert stage.value("SELECT count(*) FROM casus.read_log") == before


@scenario
def the_role_for_copies_sees_no_more_than_a_copy_holds_and_writes_nothing(stage: Stage) -> None:
    line = opened(stage, 1)
    stage.seen("SELECT set_config('casus.export', %s, true)", str(line))
    for table in HELD_BACK:
        assert stage.refusal(ROLE, f"SELECT FROM casus.{table}") == "42501", table
    for table in (*OF_A_DOSSIER, *AROUND_IT):
        assert stage.refusal(ROLE, f"DELETE FROM casus.{table}") == "42501", table
    assert stage.refusal(ROLE, "INSERT INTO casus.read_log (dossier_id, what) VALUES (2, 'uitvoer')") == "42501"
    assert stage.refusal(ROLE, "SELECT FROM portaal.account") == "42501"


@scenario
def only_the_role_for_copies_makes_them(stage: Stage) -> None:
    line = opened(stage, 1)
    stage.seen("SELECT set_config('casus.export', %s, true)", str(line))
    for role in ("web_inwoner", "web_team", "web_onafhankelijk", "portaal_jobs", "portaal_operator", "casus_controle", "casus_vernietiger"):
        assert stage.refusal(role, OPEN, public("dossier", 1), "x", "y") == "42501", role
    nobody = stage.ask("web_team", "SELECT id FROM casus.entry", who=PEOPLE["other team"])
    assert nobody == [], "naming the line helps no other role"


@scenario
def lines_of_another_system_are_read_by_the_owner_alone(stage: Stage) -> None:
    logged_elsewhere(stage)
    expected: dict[str, set[int]] = {
        "owner": {1},
        "mandate": set(),
        "owner of another dossier": {2},
        "mandate for another dossier": set(),
        "mandate ended": set(),
        "grant whole": set(),
        "no grant": set(),
    }
    for table in ("imported_read_line", "imported_change_line"):
        for name, dossiers in expected.items():
            rows = stage.ask("web_inwoner", f"SELECT dossier_id FROM casus.{table}", who=PEOPLE[name])
            assert {row[0] for row in rows} == dossiers, (table, name)
        assert stage.ask("web_inwoner", f"SELECT FROM casus.{table}") == []
        for role in ("web_team", "portaal_jobs", "portaal_operator", "casus_controle"):
            who: Who | None = PEOPLE["assigned"] if role == "web_team" else None
            assert stage.refusal(role, f"SELECT FROM casus.{table}", who=who) == "42501", (table, role)
