"""No row of one dossier can refer to a row of another: the keys carry the dossier, and hold even for the superuser."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.access.conftest import Access

# Each composite key: an insert whose %s take, in this order, an entry (or reaction) and its dossier. Entry 101 and reaction 303 are of dossier 1,
# entry 201 and reaction 311 of dossier 2.
_WORDS = (
    "INSERT INTO casus.annotation_version (annotation_id, dossier_id, number, entry_id, section, leefdomein, audience, author_id, body)"
)
INSERTS = {
    "entry_version_entry_id_dossier_id_section_leefdomein_fkey": (
        "INSERT INTO casus.entry_version (entry_id, dossier_id, number, section, leefdomein, title, body, author_name) VALUES (%s, %s, 9, 2, 6, 't', 'b', 'x')"
    ),
    "entry_opening_entry_id_dossier_id_fkey": "INSERT INTO casus.entry_opening (entry_id, dossier_id, person_id) VALUES (%s, %s, 1)",
    "access_grant_entry_id_dossier_id_fkey": (
        "INSERT INTO casus.access_grant (entry_id, dossier_id, grantee_id, scope, valid_from, ground) VALUES (%s, %s, 28, 4, current_date, 'x')"
    ),
    "closure_entry_id_dossier_id_fkey": "INSERT INTO casus.closure (entry_id, dossier_id, reason) VALUES (%s, %s, 'x')",
    "document_entry_id_dossier_id_fkey": (
        "WITH gone AS (DELETE FROM casus.document WHERE entry_id = %s RETURNING entry_id)"
        " INSERT INTO casus.document (entry_id, dossier_id, kind, size, sha256) SELECT entry_id, %s, 1, 1, sha256('x') FROM gone"
    ),
    "breach_entry_id_dossier_id_fkey": (
        "INSERT INTO casus.breach (entry_id, dossier_id, reason, found_by) VALUES (%s, %s, 'onbekend', 40)"
    ),
    "destruction_item_entry_id_dossier_id_fkey": (
        "INSERT INTO casus.destruction_item (entry_id, dossier_id, destruction_id) SELECT e, d, coalesce(q.id, 1) FROM (VALUES (%s::int, %s::int)) v (e, d)"
        " LEFT JOIN casus.destruction q ON q.dossier_id = d"
    ),
    "destruction_item_destruction_id_dossier_id_fkey": (
        "INSERT INTO casus.destruction_item (entry_id, dossier_id, destruction_id) SELECT CASE d WHEN 1 THEN 102 ELSE 201 END, d, q.id"
        " FROM (VALUES (%s::int, %s::int)) v (e, d), casus.destruction q WHERE q.dossier_id = CASE e WHEN 101 THEN 1 ELSE 2 END"
    ),
    "withholding_entry_id_dossier_id_fkey": (
        "INSERT INTO casus.withholding (entry_id, dossier_id, ground, reason, review_on, postponed, asked_by)"
        " VALUES (%s, %s, 1, 'x', current_date, false, 40)"
    ),
    # Of the plan (planned.py): goal 6, text 1 and proposal 1 are of dossier 1; text 9 and proposal 3 of dossier 2.
    "plan_part_goal_id_dossier_id_fkey": (
        "INSERT INTO casus.plan_part (public_id, kind, goal_id, dossier_id, audience)"
        " SELECT gen_random_uuid(), 21, CASE e WHEN 101 THEN 6 ELSE 9 END, d, 3 FROM (VALUES (%s::int, %s::int)) v (e, d)"
    ),
    "plan_text_part_id_dossier_id_fkey": (
        "INSERT INTO casus.plan_text (part_id, dossier_id, number, body, why, answers, leefdomein, holder_name, dropped, author_id, author_name, written_for)"
        " SELECT CASE e WHEN 101 THEN 1 ELSE 9 END, d, 9, 'x', '', '{}', 0, '', false, 1, 'x', 3 FROM (VALUES (%s::int, %s::int)) v (e, d)"
    ),
    "plan_step_part_id_dossier_id_fkey": (
        "INSERT INTO casus.plan_step (part_id, dossier_id, number, status, by_id, by_name)"
        " SELECT CASE e WHEN 101 THEN 1 ELSE 9 END, d, 9, 1, 1, 'x' FROM (VALUES (%s::int, %s::int)) v (e, d)"
    ),
    "plan_copy_given_proposal_id_dossier_id_fkey": (
        "WITH gone AS (DELETE FROM casus.plan_copy_given) INSERT INTO casus.plan_copy_given (proposal_id, dossier_id, given_by, given_by_name)"
        " SELECT CASE e WHEN 101 THEN 1 ELSE 3 END, d, 1, 'x' FROM (VALUES (%s::int, %s::int)) v (e, d)"
    ),
    # Wish 1 is of dossier 1, wish 2 of dossier 2.
    "wish_choice_wish_id_dossier_id_fkey": (
        "INSERT INTO casus.wish_choice (wish_id, dossier_id, place, staff_id, waits)"
        " SELECT CASE e WHEN 101 THEN 1 ELSE 2 END, d, 3, 40, true FROM (VALUES (%s::int, %s::int)) v (e, d)"
    ),
    # Handover 1 is of dossier 1, handover 2 of dossier 2; entry 102 is of dossier 1, entry 201 of dossier 2.
    "handover_entry_handover_id_dossier_id_fkey": (
        "INSERT INTO casus.handover_entry (handover_id, dossier_id, entry_id, version)"
        " SELECT CASE e WHEN 101 THEN 1 ELSE 2 END, d, CASE d WHEN 1 THEN 101 ELSE 201 END, 1 FROM (VALUES (%s::int, %s::int)) v (e, d)"
    ),
    "handover_entry_entry_id_dossier_id_fkey": (
        "INSERT INTO casus.handover_entry (handover_id, dossier_id, entry_id, version)"
        " SELECT d, d, e, 1 FROM (VALUES (%s::int, %s::int)) v (e, d)"
    ),
    "plan_remark_part_id_dossier_id_fkey": (
        "INSERT INTO casus.plan_remark (public_id, part_id, dossier_id, body, author_id, author_name)"
        " SELECT gen_random_uuid(), CASE e WHEN 101 THEN 1 ELSE 9 END, d, 'x', 1, 'x' FROM (VALUES (%s::int, %s::int)) v (e, d)"
    ),
    "plan_reminder_part_id_dossier_id_fkey": (
        "INSERT INTO portaal.plan_reminder (person_id, part_id, dossier_id, about, on_day, told_on)"
        " SELECT 1, CASE e WHEN 101 THEN 1 ELSE 9 END, d, 1, current_date, current_date FROM (VALUES (%s::int, %s::int)) v (e, d)"
    ),
    "plan_proposal_text_proposal_id_dossier_id_fkey": (
        "WITH gone AS (DELETE FROM casus.plan_proposal_text) INSERT INTO casus.plan_proposal_text (proposal_id, dossier_id, part_id, number, place)"
        " SELECT CASE e WHEN 101 THEN 1 ELSE 3 END, d, CASE d WHEN 1 THEN 3 ELSE 9 END, 1, 0 FROM (VALUES (%s::int, %s::int)) v (e, d)"
    ),
    "plan_proposal_text_part_id_number_dossier_id_fkey": (
        "WITH gone AS (DELETE FROM casus.plan_proposal_text) INSERT INTO casus.plan_proposal_text (proposal_id, dossier_id, part_id, number, place)"
        " SELECT CASE d WHEN 1 THEN 1 ELSE 3 END, d, CASE e WHEN 101 THEN 3 ELSE 9 END, 1, 0 FROM (VALUES (%s::int, %s::int)) v (e, d)"
    ),
    "plan_decision_proposal_id_dossier_id_fkey": (
        "INSERT INTO casus.plan_decision (proposal_id, dossier_id, choice, words, way, proof, decided_on, copy, recorded_by, recorded_by_name)"
        " SELECT CASE e WHEN 101 THEN 2 ELSE 3 END, d, 1, '', 'portaal', '', current_date, 0, 1, 'x' FROM (VALUES (%s::int, %s::int)) v (e, d)"
    ),
    # Of looking back (planned.py): moment 1 is of dossier 1, 2 of dossier 2.
    "evaluation_person_evaluation_id_dossier_id_fkey": (
        "INSERT INTO casus.evaluation_person (evaluation_id, dossier_id, person_id)"
        " SELECT CASE e WHEN 101 THEN 1 ELSE 2 END, d, 25 FROM (VALUES (%s::int, %s::int)) v (e, d)"
    ),
    "evaluation_look_evaluation_id_dossier_id_fkey": (
        "INSERT INTO casus.evaluation_look (evaluation_id, dossier_id, side, author_id, number, author_name, way, words, anchored, together_words)"
        " SELECT CASE e WHEN 101 THEN 1 ELSE 2 END, d, 1, 1, 9, 'x', 'portaal', '', '', '' FROM (VALUES (%s::int, %s::int)) v (e, d)"
    ),
    "evaluation_goal_evaluation_id_side_author_id_number_dossie_fkey": (
        "INSERT INTO casus.evaluation_goal SELECT CASE e WHEN 101 THEN 3 ELSE 2 END, d, 2, 40, 1, CASE d WHEN 1 THEN 6 ELSE 9 END, 1 FROM (VALUES (%s::int, %s::int)) v (e, d)"
    ),
    "ending_evaluation_id_dossier_id_fkey": (
        "INSERT INTO casus.ending (public_id, kind, ends_on, reason, onward, warned, not_evaluated, near_by_name, near_words, made_by, made_by_name,"
        " evaluation_id, withdrawn_at, dossier_id) SELECT gen_random_uuid(), 1, current_date, 'x', '', '', '', '', '', 40, 'x',"
        " CASE e WHEN 101 THEN 1 ELSE 2 END, now(), d FROM (VALUES (%s::int, %s::int)) v (e, d)"
    ),
    "evaluation_goal_part_id_dossier_id_fkey": (
        "INSERT INTO casus.evaluation_goal SELECT CASE d WHEN 1 THEN 3 ELSE 2 END, d, 2, 40, 1, CASE e WHEN 101 THEN 6 ELSE 9 END, 1 FROM (VALUES (%s::int, %s::int)) v (e, d)"
    ),
    "annotation_entry_id_dossier_id_section_leefdomein_fkey": (
        "INSERT INTO casus.annotation (entry_id, dossier_id, section, leefdomein, audience, author_name) VALUES (%s, %s, 2, 6, 3, 'x')"
    ),
    "annotation_answers_fkey": (
        "INSERT INTO casus.annotation (entry_id, dossier_id, section, leefdomein, audience, author_name, answers_id)"
        " SELECT e, d, 2, 6, 3, 'x', CASE e WHEN 101 THEN 303 ELSE 311 END FROM (VALUES (%s::int, %s::int)) v (e, d)"
    ),
    "annotation_version_annotation_id_entry_id_dossier_id_secti_fkey": (
        f"{_WORDS} SELECT CASE e WHEN 101 THEN 303 ELSE 311 END, d, 9, e, 2, 6, 3, CASE e WHEN 101 THEN 1 ELSE 2 END, 'x'"
        " FROM (VALUES (%s::int, %s::int)) v (e, d)"
    ),
    "annotation_version_entry_id_about_version_dossier_id_fkey": (
        f"{_WORDS[:-1]}, about_version) SELECT CASE e WHEN 101 THEN 303 ELSE 311 END, d, 9, e, 2, 6, 3, CASE e WHEN 101 THEN 1 ELSE 2 END, 'x', 1"
        " FROM (VALUES (%s::int, %s::int)) v (e, d)"
    ),
    "concept_entry_id_dossier_id_fkey": (
        "INSERT INTO casus.concept (entry_id, dossier_id, base_version, author_id, section, kind, occurred_on) VALUES (%s, %s, 1, 40, 2, 1, current_date)"
    ),
    "read_log_entry_id_dossier_id_fkey": (
        "INSERT INTO casus.read_log (entry_id, dossier_id, at, xid, what, reader_name, reader_role, ground, program)"
        " VALUES (%s, %s, now(), '1', 'notitie', 'x', 'x', 'x', 'x')"
    ),
    "change_log_entry_id_dossier_id_fkey": (
        "INSERT INTO casus.change_log (entry_id, dossier_id, at, event, person_name, person_role, program) VALUES (%s, %s, now(), 'a.b', 'x', 'x', 'x')"
    ),
    "imported_read_line_entry_id_dossier_id_fkey": (
        "INSERT INTO casus.imported_read_line (entry_id, dossier_id, source, at, what, shown, shown_entries, reader_name, reader_role, ground,"
        " ground_detail, program) VALUES (%s, %s, 'x', now(), 'notitie', 1, '{}', 'x', 'x', 'x', 'x', 'x')"
    ),
    "imported_change_line_entry_id_dossier_id_fkey": (
        "INSERT INTO casus.imported_change_line (entry_id, dossier_id, source, at, event, person_name, person_role, program)"
        " VALUES (%s, %s, 'x', now(), 'a.b', 'x', 'x', 'x')"
    ),
}


@pytest.fixture
def superuser(access: Access) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """Above every policy, and with the stamps off; the keys are all that is left."""
    with psycopg.connect(access.database.admin_dsn) as admin:
        for table in ("entry_version", "annotation", "annotation_version", "read_log", "change_log"):
            admin.execute(f"ALTER TABLE casus.{table} DISABLE TRIGGER stamp")
        yield admin
        admin.rollback()


@pytest.mark.parametrize("key", INSERTS)
def test_a_row_can_not_refer_to_another_dossier(superuser: psycopg.Connection[tuple[Any, ...]], key: str) -> None:
    for entry, dossier in ((201, 1), (101, 2), (101, 999)):
        with pytest.raises(psycopg.errors.ForeignKeyViolation), superuser.transaction():
            superuser.execute(INSERTS[key], (entry, dossier))
    for entry, dossier in ((101, 1), (201, 2)):
        assert superuser.execute(INSERTS[key], (entry, dossier)).rowcount == 1


@pytest.mark.parametrize("table", ["entry_version", "annotation", "annotation_version"])
@pytest.mark.parametrize("column", ["dossier_id", "section", "leefdomein", "entry_id"])
def test_a_row_can_not_move(superuser: psycopg.Connection[tuple[Any, ...]], table: str, column: str) -> None:
    other = {"dossier_id": 2, "section": 3, "leefdomein": 7, "entry_id": 201}[column]
    numbered = "" if table == "annotation" else ", number = number + 50"
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        superuser.execute(f"UPDATE casus.{table} SET {column} = %s{numbered} WHERE entry_id = 101", (other,))


@pytest.mark.parametrize("column", ["dossier_id", "section", "leefdomein", "id"])
def test_an_entry_can_not_move_away_from_what_hangs_on_it(superuser: psycopg.Connection[tuple[Any, ...]], column: str) -> None:
    other = {"dossier_id": 2, "section": 3, "leefdomein": 7, "id": 999}[column]
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        superuser.execute(f"UPDATE casus.entry SET {column} = %s WHERE id = 101", (other,))


def test_words_of_a_reaction_stay_with_their_author(superuser: psycopg.Connection[tuple[Any, ...]]) -> None:
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        superuser.execute(f"{_WORDS} VALUES (303, 1, 9, 101, 2, 6, 3, 2, 'x')")


def test_a_reaction_is_about_a_version_that_is_there(superuser: psycopg.Connection[tuple[Any, ...]]) -> None:
    about = f"{_WORDS[:-1]}, about_version) VALUES (303, 1, 9, 101, 2, 6, 3, 1, 'x', %s)"
    with pytest.raises(psycopg.errors.ForeignKeyViolation), superuser.transaction():
        superuser.execute(about, (2,))
    assert superuser.execute(about, (1,)).rowcount == 1


def test_every_key_that_carries_the_dossier_is_tried(superuser: psycopg.Connection[tuple[Any, ...]]) -> None:
    keys = superuser.execute(
        """SELECT k.conname FROM pg_constraint k JOIN pg_attribute d ON d.attrelid = k.conrelid AND d.attname = 'dossier_id'
        WHERE k.contype = 'f' AND d.attnum = ANY (k.conkey) AND cardinality(k.conkey) > 1"""
    ).fetchall()
    assert {str(name) for (name,) in keys} == set(INSERTS)


def test_no_key_is_let_off_by_an_empty_dossier(superuser: psycopg.Connection[tuple[Any, ...]]) -> None:
    """PostgreSQL doesn't look at a key of which a column is NULL."""
    for table in (
        "change_log",
        "read_log",
        "closure",
        "breach",
        "destruction_item",
        "withholding",
        "concept",
        "access_grant",
        "entry_opening",
        "entry_version",
        "annotation",
    ):
        with pytest.raises((psycopg.errors.NotNullViolation, psycopg.errors.CheckViolation)), superuser.transaction():
            superuser.execute(next(sql for sql in INSERTS.values() if sql.startswith(f"INSERT INTO casus.{table} (")), (201, None))
