"""What an inwoner asks to destroy: asked, taken back, answered entry by entry, and gone: exactly, with decoys."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from portal import deadlines
from tests.access.asks_export import opened, seen
from tests.access.asks_programs import SHOWN, Programs, numbers, read
from tests.access.asks_repair import sees, texts
from tests.access.asks_withholding import an_address, mailed
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, TAKEN_OUT, public

OWNER, MENTOR, GUEST = PEOPLE["owner"], PEOPLE["mandate"], PEOPLE["grant whole"]
ASSIGNED, ELSEWHERE, CLOSED = PEOPLE["assigned"], PEOPLE["assigned elsewhere"], PEOPLE["assigned, entry closed"]
FIRST = public("destruction", 1)
NUMBER = UUID("00000000-0000-4000-8000-00000000d357")
ASK = "SELECT casus.ask_destruction(%s, %s, %s::uuid[], %s)"
ANSWER = "SELECT casus.answer_destruction(%s, %s::uuid[], %s::uuid[], %s::smallint[], %s::text[])"
OWN = "SELECT entry, outcome, reason, decided_by FROM casus.own_destructions(1) WHERE public_id = %s"
WAITS = "SELECT entry_id FROM casus.destructions_to_answer() WHERE public_id = %s ORDER BY 1"


def ids(*entries: int) -> list[UUID]:
    """The public ids of these entries."""
    return [public("entry", number) for number in entries]


def asked(stage: Stage, *entries: int, number: UUID = NUMBER) -> UUID:
    """A question of the owner about these entries."""
    assert stage.one("web_inwoner", ASK, 1, number, ids(*entries), False, who=OWNER) is True
    return number


def items(stage: Stage, question: UUID) -> dict[int, Any]:
    """What really stands of a question: the outcome by entry."""
    found = stage.seen(
        "SELECT i.entry_id, i.outcome FROM casus.destruction_item i JOIN casus.destruction q ON q.id = i.destruction_id WHERE q.public_id = %s",
        question,
    )
    return dict(found)


def held(stage: Stage) -> dict[tuple[int, int], str]:
    """Which transaction locked each entry of each question last; it stands there also when what locked it was taken back."""
    return {
        (question, entry): xmax
        for question, entry, xmax in stage.seen("SELECT destruction_id, entry_id, xmax::text FROM casus.destruction_item")
    }


def events(stage: Stage) -> list[tuple[Any, ...]]:
    """The lines that this transaction wrote in the change log."""
    return stage.seen("SELECT dossier_id, entry_id, event, person_id FROM casus.change_log WHERE at >= now() AND id > 100000 ORDER BY id")


@scenario
def the_inwoner_asks_about_what_can_be_read_and_is_asked_for_once(stage: Stage) -> None:
    # Withheld, to be talked over, one's own page, of somebody else, taken out, asked already: none of it.
    number = asked(stage, 101, 102, 105, 106, 112, 114, 201, TAKEN_OUT, 103, 113, 115)
    assert items(stage, number) == {101: None, 102: None, 113: None, 115: None}
    assert stage.one("web_inwoner", ASK, 1, number, ids(107), False, who=OWNER) is False
    assert set(items(stage, number)) == {101, 102, 113, 115}
    assert stage.refusal("web_inwoner", ASK, 1, public("destruction", 2), ids(101, 105), False, who=OWNER) == "MB001"
    assert stage.seen("SELECT dossier_id, asked_by, asked_at = now() FROM casus.destruction WHERE public_id = %s", number) == [(1, 1, True)]
    assert events(stage) == [(1, None, "destruction.asked", 1)]
    everything = public("destruction", 3)
    assert stage.one("web_inwoner", ASK, 1, everything, [], True, who=OWNER) is True
    readable = {row[0] for row in stage.ask("web_inwoner", "SELECT id FROM casus.entry WHERE dossier_id = 1 AND audience > 1", who=OWNER)}
    assert set(items(stage, everything)) == readable - {101, 102, 103, 113, 115}
    assert len(readable) > 10
    # What was kept, or taken back, can be asked again; what is destroyed can't.
    stage.given("UPDATE casus.destruction_item SET outcome = 2, reason = 'x', decided_at = now(), decided_by = 40 WHERE entry_id = 101")
    stage.given("UPDATE casus.destruction_item SET outcome = 0, decided_at = now(), decided_by = 1 WHERE entry_id = 102")
    stage.given("UPDATE casus.destruction_item SET outcome = 1, decided_at = now(), decided_by = 40 WHERE entry_id = 113")
    assert items(stage, asked(stage, 101, 102, 113, number=public("destruction", 4))) == {101: None, 102: None}


@scenario
def nobody_else_asks_and_of_no_other_dossier(stage: Stage) -> None:
    for who, dossier in ((MENTOR, 1), (GUEST, 1), (PEOPLE["owner of another dossier"], 1), (OWNER, 2)):
        assert stage.refusal("web_inwoner", ASK, dossier, NUMBER, ids(101, 201), True, who=who) == "MB001", who
        if who != OWNER:
            assert stage.ask("web_inwoner", OWN, FIRST, who=who) == []
            assert stage.refusal("web_inwoner", "SELECT casus.take_back_destruction(%s)", FIRST, who=who) == "MB001"
    stage.given("INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (1, 'portaal', 1)")
    assert stage.refusal("web_inwoner", ASK, 1, NUMBER, ids(101), False, who=OWNER) == "MB001"
    assert stage.ask("web_inwoner", OWN, FIRST, who=OWNER) == []


@scenario
def what_was_asked_in_another_dossier_is_not_in_this_one(stage: Stage) -> None:
    stage.given(
        "INSERT INTO casus.destruction_item (destruction_id, entry_id, dossier_id) SELECT id, 201, 2 FROM casus.destruction WHERE dossier_id = 2"
    )
    shown = "SELECT DISTINCT public_id FROM casus.own_destructions(%s)"
    assert stage.ask("web_inwoner", shown, 1, who=OWNER) == [(FIRST,)]
    assert stage.ask("web_inwoner", shown, 2, who=PEOPLE["owner of another dossier"]) == [(public("destruction", 8),)]
    assert [stage.one("casus_acl", "SELECT casus.wrong_entries(%s)", dossier) for dossier in (1, 2)] == [[TAKEN_OUT], []]
    stage.given("UPDATE casus.destruction_item SET outcome = 1, decided_at = now(), decided_by = 40 WHERE entry_id IN (103, 201)")
    assert [stage.one("casus_acl", "SELECT acl.taken_out(%s)", [dossier]) for dossier in (1, 2)] == [[TAKEN_OUT, 103], [201]]


@scenario
def two_who_answer_at_one_moment_wait_for_each_other(stage: Stage) -> None:
    number = asked(stage, 101, 109)
    question = stage.value("SELECT id FROM casus.destruction WHERE public_id = %s", number)
    before = held(stage)
    for who in (ELSEWHERE, PEOPLE["team lead"]):
        assert stage.refusal("web_team", ANSWER, number, ids(101), [], [], [], who=who) == "MB001"
    assert held(stage) == before, "who doesn't work here lets nobody wait"
    assert stage.refusal("web_team", ANSWER, number, [], [], [], [], who=ASSIGNED) == "MB081"
    assert {one for one, by in held(stage).items() if by != before[one]} == {(question, 101), (question, 109)}


@scenario
def what_is_not_decided_can_be_taken_back(stage: Stage) -> None:
    number = asked(stage, 101, 102)
    stage.given("UPDATE casus.destruction_item SET outcome = 1, decided_at = now(), decided_by = 40 WHERE entry_id = 102")
    stage.ask("web_inwoner", "SELECT casus.take_back_destruction(%s)", number, who=OWNER)
    assert items(stage, number) == {101: 0, 102: 1}
    assert items(stage, FIRST) == {103: None}
    assert stage.seen("SELECT decided_by, decided_at = now() FROM casus.destruction_item WHERE entry_id = 101") == [(1, True)]
    assert events(stage)[1:] == [(1, None, "destruction.taken_back", 1)]
    assert stage.refusal("web_inwoner", "SELECT casus.take_back_destruction(%s)", number, who=OWNER) == "MB001"
    assert stage.ask("web_team", WAITS, number, who=ASSIGNED) == []


@scenario
def the_team_answers_what_it_can_read_and_each_its_own_part(stage: Stage) -> None:
    number = asked(stage, 101, 109)
    assert stage.ask("web_team", WAITS, number, who=ASSIGNED) == [(101,), (109,)]
    assert stage.ask("web_team", WAITS, number, who=CLOSED) == [(101,)]
    for who in (ELSEWHERE, PEOPLE["other team"], PEOPLE["team lead"], PEOPLE["assigned before"]):
        assert stage.ask("web_team", WAITS, number, who=who) == []
        assert stage.refusal("web_team", ANSWER, number, ids(101, 109), [], [], [], who=who) == "MB001", who
    stage.ask("web_team", ANSWER, number, ids(101), [], [], [], who=CLOSED)
    assert items(stage, number) == {101: 1, 109: None}
    assert stage.refusal("web_team", ANSWER, number, [], [], [], [], who=CLOSED) == "MB001"
    assert stage.ask("web_team", WAITS, number, who=ASSIGNED) == [(109,)]
    # What turned out to stand in the wrong dossier waits no longer, and the inwoner hears nothing of it.
    stage.given("INSERT INTO casus.breach (dossier_id, entry_id, reason, found_by) VALUES (1, 109, 'onbekend', 40)")
    assert stage.ask("web_team", WAITS, number, who=ASSIGNED) == []
    assert stage.ask("web_inwoner", OWN, number, who=OWNER) == [(public("entry", 101), 1, None, "assigned, entry closed Proef")]
    stage.given("UPDATE casus.breach SET decision = 'terug', decided_at = now(), decided_by = 41 WHERE entry_id = 109")
    assert len(stage.ask("web_inwoner", OWN, number, who=OWNER)) == 2


@scenario
def an_answer_names_exactly_what_waits_with_a_ground_for_what_stays(stage: Stage) -> None:
    # Taken back before: that question keeps its own answer.
    stage.ask("web_inwoner", "SELECT casus.take_back_destruction(%s)", asked(stage, 101, number=public("destruction", 2)), who=OWNER)
    an_address(stage)
    number = asked(stage, 101, 102)
    one, two = ids(101, 102)
    for gone, kept in (([one], []), ([one, two, public("entry", 104)], []), ([one, two], [two]), ([], []), ([one], [public("entry", 104)])):
        refusal = stage.refusal("web_team", ANSWER, number, gone, kept, [2] * len(kept), ["want"] * len(kept), who=ASSIGNED)
        assert refusal == "MB081", (gone, kept)
    for ground, reason in ((1, "want"), (0, "want"), (4, "want"), (None, "want"), (2, ""), (2, " "), (3, None)):
        assert stage.refusal("web_team", ANSWER, number, [one], [two], [ground], [reason], who=ASSIGNED) == "MB082", (ground, reason)
    assert stage.refusal("web_team", ANSWER, number, [one], [two], [2, 3], ["want", "want"], who=ASSIGNED) == "MB082"
    stage.ask("web_team", ANSWER, number, [], [one, two], [2, 3], ["Voor de buurvrouw", "De wet"], who=ASSIGNED)
    assert stage.ask("web_inwoner", OWN, number, who=OWNER) == [
        (two, 3, "De wet", "assigned Proef"),
        (one, 2, "Voor de buurvrouw", "assigned Proef"),
    ]
    assert texts(stage, 101)[0][1:3] == ("Titel 101", "Woorden 101")
    assert items(stage, public("destruction", 2)) == {101: 0}
    assert mailed(stage) == 1
    assert events(stage)[3:] == [(1, None, "destruction.answered", 40)]
    assert sees(stage, OWNER, 101)


@scenario
def what_is_destroyed_is_gone_everywhere_and_its_place_stays(stage: Stage) -> None:
    _written_about(stage, 101)
    _written_about(stage, 102)
    others = {who: sees(stage, who, 102) for who in PEOPLE.values()}
    kept_texts = texts(stage, 102)
    number = asked(stage, 101, 104)
    key, other = f"/dossier/x/notitie/{public('entry', 101)}/reactie", "/dossier/x/notitie/y/reactie"
    for form in (key, other):
        stage.given("INSERT INTO portaal.typed_text (person_id, face, form_key, ciphertext) VALUES (1, 'inwoner', %s, '\\x01')", form)
    for dossier in (1, 2):
        stage.given("INSERT INTO portaal.taking (dossier_id, language) VALUES (%s, 'nl')", dossier)
    programs = Programs(stage)
    stage.given("UPDATE portaal.account SET email = 'a@example.org' WHERE person_id = 1")
    stage.ask("web_team", ANSWER, number, ids(101), ids(104), [2], ["Voor de buurvrouw"], who=ASSIGNED)
    assert texts(stage, 101) == [(1, "", "", None, "assigned")]
    assert texts(stage, 104)[0][1] == "Titel 104"
    assert stage.value("SELECT count(*) FROM casus.annotation_version WHERE entry_id = 101 AND (body <> '' OR quote <> '')") == 0
    assert stage.value("SELECT count(*) FROM casus.entry_version WHERE entry_id = 101 AND found_by <> ''") == 0
    assert stage.seen("SELECT DISTINCT extension FROM casus.annotation WHERE entry_id = 101 AND extended_at IS NOT NULL") == [("",)]
    assert stage.seen("SELECT DISTINCT reason FROM casus.closure WHERE entry_id = 101") == [("",)]
    assert stage.seen("SELECT DISTINCT reason FROM casus.withholding WHERE entry_id = 101") == [("-",)]
    assert stage.seen("SELECT entry_id FROM casus.concept WHERE entry_id IN (101, 102)") == [(102,)]
    assert stage.seen("SELECT form_key FROM portaal.typed_text WHERE person_id = 1") == [(other,)]
    assert stage.seen("SELECT dossier_id FROM portaal.taking") == [(2,)]
    for table in ("document", "document_part"):
        assert stage.seen(f"SELECT entry_id FROM casus.{table} WHERE entry_id IN (101, 102)") == [(102,)]
    # The same beside another entry stays as it was.
    assert texts(stage, 102) == kept_texts
    assert stage.seen("SELECT body, quote FROM casus.annotation_version WHERE entry_id = 102") == [("Mijn woorden", "Woorden")]
    assert stage.seen("SELECT extension FROM casus.annotation WHERE entry_id = 102") == [("Druk",)]
    assert stage.value("SELECT reason FROM casus.closure WHERE entry_id = 102") == "Reden"
    # Gone for everybody, programs and copies too; kind, day and author stay in the answer.
    assert not any(sees(stage, who, 101) for who in PEOPLE.values())
    assert {who: sees(stage, who, 102) for who in PEOPLE.values()} == others
    assert numbers(read(stage, programs.planning, 1)) == [number for number in SHOWN if number != 101]
    line = opened(stage, 1)
    for table, column in (("entry", "id"), ("entry_version", "entry_id"), ("annotation", "entry_id"), ("closure", "entry_id")):
        assert seen(stage, line, table, f"count(*) FILTER (WHERE {column} = 101)")[0] == 0, table
    found = "SELECT entry, kind, author_name, occurred_at < now(), outcome, decided_at = now() FROM casus.own_destructions(1) WHERE public_id = %s AND outcome = 1"
    assert stage.ask("web_inwoner", found, number, who=OWNER) == [(public("entry", 101), 1, "author", True, 1, True)]
    assert events(stage)[-2:] == [(1, 101, "entry.destroyed", 40), (1, None, "destruction.answered", 40)]


def _written_about(stage: Stage, entry: int) -> None:
    """A question with a quote that takes longer, a concept, and what the team wrote about withholding."""
    stage.given(
        "INSERT INTO casus.annotation (id, entry_id, dossier_id, section, leefdomein, kind, audience, author_id, author_name, wish, extended_at, extension)"
        " SELECT 390 + e.id, e.id, 1, e.section, e.leefdomein, 2, 2, 1, 'owner', 1, now(), 'Druk' FROM casus.entry e WHERE e.id = %s",
        entry,
    )
    stage.given(
        "INSERT INTO casus.annotation_version (annotation_id, number, entry_id, dossier_id, section, leefdomein, audience, author_id, body, quote,"
        " written_for) SELECT 390 + e.id, 1, e.id, 1, e.section, e.leefdomein, 2, 1, 'Mijn woorden', 'Woorden', 2 FROM casus.entry e WHERE e.id = %s",
        entry,
    )
    stage.given(
        "INSERT INTO casus.document (entry_id, dossier_id, kind, size, sha256, sealed_as) SELECT %s, 1, 1, 5, sha256('x'), gen_random_uuid() ON CONFLICT DO NOTHING",
        entry,
    )
    stage.given("INSERT INTO casus.document_part (entry_id, number, sealed) VALUES (%s, 1, 'x') ON CONFLICT DO NOTHING", entry)
    stage.given(
        "INSERT INTO casus.concept (dossier_id, author_id, entry_id, base_version, section, kind, occurred_on) VALUES (1, 41, %s, 1, 2, 1, current_date)",
        entry,
    )
    stage.given(
        "INSERT INTO casus.closure (dossier_id, entry_id, reason, from_at, ended_at) VALUES (1, %s, 'Reden', now() - interval '2 days',"
        " now() - interval '1 day')",
        entry,
    )
    stage.given(
        "INSERT INTO casus.withholding (dossier_id, entry_id, ground, reason, review_on, postponed, asked_by, answered_by, answered_at, agreed)"
        " VALUES (1, %s, 1, 'Reden', current_date, false, 40, 41, now(), false)",
        entry,
    )


@scenario
def the_destroying_role_makes_words_empty_where_that_was_decided_and_nothing_else(stage: Stage) -> None:
    _written_about(stage, 101)
    tables = {
        "entry_version": (
            "title = '', body = '', reason = NULL",
            ("title = 'x', body = '', reason = NULL", "title = '', body = 'x', reason = NULL"),
        ),
        "annotation_version": ("body = '', quote = ''", ("body = 'x', quote = ''", "body = '', quote = 'x'")),
        "annotation": ("extension = ''", ("extension = 'x'",)),
        "closure": ("reason = ''", ("reason = 'x'",)),
        "withholding": ("reason = '-'", ("reason = 'x'",)),
    }
    decide = "UPDATE casus.destruction_item SET entry_id = 101, outcome = %s, reason = %s, decided_at = now(), decided_by = 40"
    for outcome, reason in ((None, None), (0, None), (2, "want"), (3, "want"), (1, None)):
        if outcome is not None:
            stage.given(decide, outcome, reason)
        for table, (empty, _others) in tables.items():
            some = " AND extension IS NOT NULL" if table == "annotation" else ""
            change = f"UPDATE casus.{table} SET {{}} WHERE entry_id = 101{some}"
            stage.undone(partial(_may, stage, change.format(empty), outcome == 1, table))
        stage.undone(partial(_may, stage, "DELETE FROM casus.document WHERE entry_id = 101", outcome == 1, "document"))
        _may(stage, "DELETE FROM casus.document WHERE entry_id = 102", False, "another document")
        for table, (_empty, others) in tables.items():
            change = f"UPDATE casus.{table} SET {{}} WHERE entry_id = 101"
            for other in others if outcome == 1 else ():
                assert stage.refusal("casus_vernietiger", change.format(other)) == "42501", (table, other)
    assert stage.refusal("casus_vernietiger", "DELETE FROM casus.entry_version WHERE entry_id = 101") == "42501"
    assert stage.refusal("casus_vernietiger", "SELECT title FROM casus.entry_version") == "42501"
    # Of what stood in the wrong dossier the own words and the quotes, and nothing that was written about it.
    stage.given("UPDATE casus.destruction_item SET outcome = NULL, decided_at = NULL, decided_by = NULL")
    stage.given(
        "INSERT INTO casus.breach (dossier_id, entry_id, reason, found_by, decided_at, decided_by, decision)"
        " VALUES (1, 101, 'onbekend', 40, now(), 41, 'vernietigd')"
    )
    _may(stage, "UPDATE casus.annotation_version SET quote = '' WHERE entry_id = 101", True, "quote")
    _may(stage, "DELETE FROM casus.document WHERE entry_id = 102", False, "another document")
    assert stage.refusal("casus_vernietiger", "UPDATE casus.annotation_version SET quote = 'x' WHERE entry_id = 101") == "42501"
    for table in ("annotation", "closure", "withholding"):
        _may(stage, f"UPDATE casus.{table} SET {tables[table][0]} WHERE entry_id = 101", False, table)


def _may(stage: Stage, change: str, may: bool, what: str) -> None:
    assert (len(stage.ask("casus_vernietiger", change)) > 0) is may, what


@scenario
def one_entry_is_erased_and_no_other(stage: Stage) -> None:
    for entry in (101, 102):
        _written_about(stage, entry)
        stage.given(
            "INSERT INTO casus.destruction_item (destruction_id, entry_id, dossier_id, outcome, decided_at, decided_by)"
            " SELECT id, %s, 1, 1, now(), 40 FROM casus.destruction WHERE public_id = %s",
            entry,
            FIRST,
        )
    written = (
        "SELECT title, body FROM casus.entry_version WHERE entry_id = 102 UNION ALL SELECT body, quote FROM casus.annotation_version WHERE entry_id = 102"
        " UNION ALL SELECT extension, '' FROM casus.annotation WHERE entry_id = 102 UNION ALL SELECT reason, '' FROM casus.closure WHERE entry_id = 102"
        " UNION ALL SELECT reason, '' FROM casus.withholding WHERE entry_id = 102 UNION ALL SELECT size::text, '' FROM casus.document WHERE entry_id = 102"
    )
    before = stage.seen(written)
    stage.ask("casus_acl", "SELECT casus.erase_entry(101)")
    assert stage.seen(written) == before
    assert ("Druk", "") in before
    assert texts(stage, 101) == [(1, "", "", None, "assigned")]


@scenario
def a_dossier_is_past_its_term_after_the_last_change_of_any_kind(stage: Stage) -> None:
    def changed(days: int, *tables: str) -> None:
        for table in tables or columns:
            stage.given(f"UPDATE casus.{table} SET {columns[table]} = %s WHERE dossier_id = 2", now - timedelta(days=days))

    columns = {"entry_version": "created_at", "annotation_version": "created_at", "change_log": "at"}
    past = "SELECT dossier, last_change FROM casus.past_retention()"
    now: datetime = stage.value("SELECT now()")
    last = next(days for days in range(5400, 5600) if deadlines.due(deadlines.RETENTION, now - timedelta(days=days + 1)) < now)
    listed = [(public("dossier", 2), (now - timedelta(days=last + 1)).date())]
    stage.given(
        "INSERT INTO casus.annotation_version (annotation_id, number, entry_id, dossier_id, section, leefdomein, audience, author_id, body, written_for)"
        " VALUES (399, 1, 201, 2, 2, 6, 2, 2, 'x', 2)"
    )
    stage.given(
        "INSERT INTO casus.change_log (at, dossier_id, event, person_name, person_role, program) VALUES (now(), 2, 'x.y', 'x', 'x', 'x')"
    )
    stage.given("UPDATE casus.dossier SET opened_on = '1990-01-01', closed_on = NULL WHERE id = 2")
    changed(last)
    assert stage.ask("casus_controle", past) == []
    changed(last + 1)
    assert stage.ask("casus_controle", past) == listed
    for table in columns:
        changed(last, table)
        assert stage.ask("casus_controle", past) == [], table
        changed(last + 1, table)
    for column in ("opened_on", "closed_on"):
        stage.given(f"UPDATE casus.dossier SET {column} = %s WHERE id = 2", now.date())
        assert stage.ask("casus_controle", past) == [], column
        stage.given("UPDATE casus.dossier SET opened_on = '1990-01-01', closed_on = NULL WHERE id = 2")
    assert stage.ask("casus_controle", past) == listed


@scenario
def what_is_withheld_since_without_a_word_is_not_in_the_answer(stage: Stage) -> None:
    number = asked(stage, 101, 102)
    stage.given(
        "INSERT INTO casus.closure (dossier_id, entry_id, reason, ground, review_on, told_from) VALUES (1, 101, 'x', 2, current_date, now() + interval '1 day')"
    )
    assert stage.ask("web_inwoner", OWN, number, who=OWNER) == [(public("entry", 102), None, None, None)]
