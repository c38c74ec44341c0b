"""What stands in the wrong dossier: taken out at once, decided by a second one, and who was reached: exactly, with decoys."""

from typing import Any

from tests.access.asks_export import opened, seen
from tests.access.asks_programs import SHOWN, Programs, numbers, read
from tests.access.stage import Stage, scenario
from tests.access.world import DOSSIER_B, PEOPLE, TAKEN_OUT, Who, public

OWNER, ASSIGNED, ELSEWHERE, OTHER = PEOPLE["owner"], PEOPLE["assigned"], PEOPLE["assigned elsewhere"], PEOPLE["other team"]
SECOND, LEAD = PEOPLE["assigned, entry closed"], PEOPLE["team lead"]
BREACH = public("breach", 1)
TAKE = "SELECT casus.take_out(%s, 'andere_inwoner')"
DECIDE = "SELECT casus.decide_breach(%s, %s, %s)"


def sees(stage: Stage, who: Who, entry: int) -> bool:
    """Whether somebody reads this entry."""
    return bool(stage.ask(f"web_{who.face}", "SELECT FROM casus.entry WHERE id = %s", entry, who=who))


def events(stage: Stage) -> list[tuple[Any, ...]]:
    """The lines that this transaction wrote in the change log."""
    return stage.seen(
        "SELECT dossier_id, entry_id, event, person_id FROM casus.change_log WHERE at >= now() AND program = 'web_team' ORDER BY id"
    )


def texts(stage: Stage, entry: int) -> list[tuple[Any, ...]]:
    """The texts of an entry as they really stand."""
    return stage.seen("SELECT number, title, body, reason, author_name FROM casus.entry_version WHERE entry_id = %s ORDER BY number", entry)


@scenario
def what_is_taken_out_is_gone_for_everybody_at_once_until_it_is_put_back(stage: Stage) -> None:
    stage.given(
        "INSERT INTO casus.emergency_reading (dossier_id, person_id, reason, ends_at) VALUES (1, 41, 'brand', now() + interval '1 hour')"
    )
    readers = [who for who in PEOPLE.values() if sees(stage, who, 101)]
    others = {who: sees(stage, who, 102) for who in PEOPLE.values()}
    for author, entry in ((41, 101), (53, 101), (41, 102)):
        stage.given(
            "INSERT INTO casus.concept (dossier_id, author_id, entry_id, base_version, section, kind, occurred_on)"
            " VALUES (1, %s, %s, 1, 2, 1, current_date)",
            author,
            entry,
        )
    key, kept = f"/dossier/x/notitie/{public('entry', 101)}/reactie", "/dossier/x/notitie/y/reactie"
    for form in (key, kept):
        stage.given("INSERT INTO portaal.typed_text (person_id, face, form_key, ciphertext) VALUES (1, 'inwoner', %s, '\\x01')", form)
    made = stage.one("web_team", TAKE, public("entry", 101), who=ASSIGNED)
    assert not any(sees(stage, who, 101) for who in PEOPLE.values())
    assert {who: sees(stage, who, 102) for who in PEOPLE.values()} == others
    assert len(readers) > 10
    for who in readers:
        assert stage.ask(f"web_{who.face}", "SELECT FROM casus.annotation WHERE entry_id = 101", who=who) == []
    assert stage.seen("SELECT author_id, entry_id FROM casus.concept WHERE entry_id IN (101, 102)") == [(41, 102)]
    assert stage.seen("SELECT form_key FROM portaal.typed_text WHERE person_id = 1") == [(kept,)]
    assert stage.seen("SELECT dossier_id, entry_id, reason, found_at = now(), found_by FROM casus.breach WHERE public_id = %s", made) == [
        (1, 101, "andere_inwoner", True, 40)
    ]
    assert stage.refusal("web_team", TAKE, public("entry", 101), who=ASSIGNED) == "MB001", "gone already"
    assert stage.ask("web_team", DECIDE, made, "terug", None, who=SECOND) == [("",)]
    assert [who for who in PEOPLE.values() if sees(stage, who, 101)] == readers
    assert texts(stage, 101)[0][1:3] == ("Titel 101", "Woorden 101")
    assert events(stage) == [(1, 101, "entry.taken_out", 40), (1, 101, "entry.put_back", 41)]
    # And it can be found wrong again.
    assert stage.refusal("web_team", TAKE, public("entry", 101), who=ASSIGNED) == ""


@scenario
def a_notice_a_program_and_a_copy_say_nothing_of_it(stage: Stage) -> None:
    notices = "SELECT public_id FROM acl.notices(1)"
    assert (public("entry", TAKEN_OUT),) not in stage.ask("web_inwoner", notices, who=OWNER)
    open_now = "SELECT acl.open_now(1, %s)"
    assert stage.one("web_inwoner", open_now, public("entry", TAKEN_OUT), who=OWNER) is False
    # Withheld by the team, too.
    stage.given("INSERT INTO casus.closure (dossier_id, entry_id, reason) VALUES (1, %s, 'reden')", TAKEN_OUT)
    assert (public("entry", TAKEN_OUT),) not in stage.ask("web_inwoner", notices, who=OWNER)
    assert (public("entry", 105),) in stage.ask("web_inwoner", notices, who=OWNER)
    stage.given("UPDATE casus.breach SET decision = 'terug', decided_at = now(), decided_by = 41")
    assert (public("entry", TAKEN_OUT),) in stage.ask("web_inwoner", notices, who=OWNER)
    stage.given("DELETE FROM casus.closure WHERE entry_id = %s", TAKEN_OUT)
    assert (public("entry", TAKEN_OUT),) in stage.ask("web_inwoner", notices, who=OWNER)
    assert stage.one("web_inwoner", open_now, public("entry", TAKEN_OUT), who=OWNER) is True
    programs = Programs(stage)
    stage.given("UPDATE casus.entry SET discuss_until = NULL WHERE id = %s", TAKEN_OUT)
    assert TAKEN_OUT in numbers(read(stage, programs.planning, 1))
    stage.given("UPDATE casus.breach SET decision = NULL, decided_at = NULL, decided_by = NULL")
    assert numbers(read(stage, programs.planning, 1)) == SHOWN


@scenario
def a_copy_holds_nothing_that_hangs_on_it(stage: Stage) -> None:
    _quoted(stage, TAKEN_OUT)
    stage.given("INSERT INTO casus.closure (dossier_id, entry_id, reason) VALUES (1, %s, 'reden')", TAKEN_OUT)
    stage.given("INSERT INTO casus.entry_opening (entry_id, dossier_id, person_id) VALUES (%s, 1, 1)", TAKEN_OUT)
    tables = {"entry": "id", **dict.fromkeys(("entry_version", "entry_opening", "closure", "annotation", "annotation_version"), "entry_id")}
    for decision, hidden in (("NULL, decided_at = NULL, decided_by = NULL", True), ("'terug', decided_at = now(), decided_by = 41", False)):
        stage.given(f"UPDATE casus.breach SET decision = {decision}")
        line = opened(stage, 1)
        assert seen(stage, line, "read_log", f"max(shown) FILTER (WHERE id = {line})")[0] == seen(stage, line, "entry")[0]
        for table, column in tables.items():
            [some] = seen(stage, line, table, f"count(*) FILTER (WHERE {column} = {TAKEN_OUT})")
            assert (some == 0) is hidden, (table, decision)


@scenario
def who_may_take_out_and_who_decides(stage: Stage) -> None:
    for who, entry in ((ELSEWHERE, 101), (LEAD, 101), (SECOND, 109), (ASSIGNED, 115), (ASSIGNED, 201), (ASSIGNED, TAKEN_OUT)):
        assert stage.refusal("web_team", TAKE, public("entry", entry), who=who) == "MB001", (who, entry)
    for who in (ELSEWHERE, OTHER, PEOPLE["administrator, assigned"], PEOPLE["assigned before"]):
        assert stage.refusal("web_team", DECIDE, BREACH, "terug", None, who=who) == "MB001"
        assert stage.ask("web_team", "SELECT FROM casus.breaches()", who=who) == []
        assert stage.ask("web_team", "SELECT FROM casus.breach_readers(%s)", BREACH, who=who) == []
    assert stage.refusal("web_team", DECIDE, BREACH, "terug", None, who=ASSIGNED) == "MB071"
    assert stage.refusal("web_team", DECIDE, public("breach", 2), "terug", None, who=SECOND) == "MB001"
    # A team lead of another team has nothing to do with it; nor has who leads in name only.
    stage.given("UPDATE casus.staff SET team_id = 2 WHERE person_id = 52")
    assert stage.refusal("web_team", DECIDE, BREACH, "terug", None, who=LEAD) == "MB001"
    stage.given("UPDATE casus.staff SET team_id = 1 WHERE person_id = 52")
    assert stage.refusal("web_team", DECIDE, BREACH, "terug", None, who=Who(52, "professional", "team")) == "MB001"
    assert stage.refusal("web_team", DECIDE, BREACH, "terug", None, who=LEAD) == ""
    assert stage.refusal("web_team", DECIDE, BREACH, "weg", None, who=LEAD) == "23514"
    stage.given("UPDATE casus.breach SET decision = 'terug', decided_at = now(), decided_by = 41")
    assert stage.refusal("web_team", DECIDE, BREACH, "terug", None, who=LEAD) == "MB072"


@scenario
def what_is_moved_goes_whole_to_the_right_dossier_and_leaves_no_word_behind(stage: Stage) -> None:
    stage.given(
        "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, reason, author_id, author_name, created_at,"
        " written_for) VALUES (%s, 2, 1, 2, 6, 'Beter', 'Meer', 'Tikfout', 41, 'ander', '2026-01-03', 2)",
        TAKEN_OUT,
    )
    stage.given("UPDATE casus.entry SET audience = 2 WHERE id = %s", TAKEN_OUT)
    _quoted(stage, TAKEN_OUT)
    before = texts(stage, TAKEN_OUT)
    other = texts(stage, 101)
    for nowhere in (None, public("dossier", 1), public("dossier", DOSSIER_B)):
        assert stage.refusal("web_team", DECIDE, BREACH, "verplaatst", nowhere, who=SECOND) == "MB073"
    stage.given("INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from) VALUES (3, 41, 'x', current_date - 9)")
    # Who works in the right one means that one.
    assert stage.refusal("web_team", DECIDE, BREACH, "verplaatst", public("dossier", DOSSIER_B), who=SECOND) == "MB073"
    waits = stage.one("web_team", TAKE, public("entry", 102), who=ASSIGNED)
    stage.ask("web_team", DECIDE, BREACH, "verplaatst", public("dossier", 3), who=SECOND)
    assert stage.value("SELECT decision FROM casus.breach WHERE public_id = %s", waits) is None
    [(made, *rest)] = stage.seen(
        "SELECT n.id, n.public_id <> o.public_id, n.section = o.section, n.leefdomein = o.leefdomein, n.kind = o.kind, n.occurred_at = o.occurred_at,"
        " n.author_id = o.author_id, n.author_name = o.author_name, n.discuss_until = o.discuss_until, n.audience"
        " FROM casus.entry n, casus.entry o WHERE n.dossier_id = 3 AND o.id = %s",
        TAKEN_OUT,
    )
    assert rest == [True] * 8 + [2], "what was to be talked over first still is"
    assert texts(stage, made) == before
    dates = (
        "SELECT array_agg(created_at ORDER BY number), array_agg(written_for ORDER BY number) FROM casus.entry_version WHERE entry_id = %s"
    )
    assert stage.seen(dates, made) == stage.seen(dates, TAKEN_OUT)
    assert texts(stage, TAKEN_OUT) == [(1, "", "", None, "assigned"), (2, "", "", None, "ander")]
    assert texts(stage, 101) == other
    assert stage.value("SELECT count(*) FROM casus.annotation WHERE entry_id = %s", made) == 0
    assert stage.seen("SELECT body, quote FROM casus.annotation_version WHERE entry_id = %s", TAKEN_OUT) == [("Mijn woorden", "")]
    assert stage.seen("SELECT decided_at = now(), decided_by, decision, moved_to FROM casus.breach WHERE public_id = %s", BREACH) == [
        (True, 41, "verplaatst", 3)
    ]
    assert events(stage)[1:] == [(3, made, "entry.moved_here", 41), (1, TAKEN_OUT, "entry.moved_away", 41)]
    assert not any(sees(stage, who, TAKEN_OUT) for who in PEOPLE.values())
    assert sees(stage, ASSIGNED, made)
    assert not sees(stage, OWNER, made)


def _quoted(stage: Stage, entry: int) -> None:
    stage.given(
        "INSERT INTO casus.annotation (id, entry_id, dossier_id, section, leefdomein, audience, author_id, author_name)"
        " VALUES (390 + %s, %s, 1, 2, 6, 2, 1, 'owner')",
        entry,
        entry,
    )
    stage.given(
        "INSERT INTO casus.annotation_version (annotation_id, number, entry_id, dossier_id, section, leefdomein, audience, author_id, body, quote,"
        " written_for) VALUES (390 + %s, 1, %s, 1, 2, 6, 2, 1, 'Mijn woorden', 'Woorden', 2)",
        entry,
        entry,
    )


@scenario
def what_is_destroyed_keeps_its_row_and_loses_its_words(stage: Stage) -> None:
    _quoted(stage, TAKEN_OUT)
    _quoted(stage, 101)
    other = texts(stage, 101)
    stage.ask("web_team", DECIDE, BREACH, "vernietigd", public("dossier", 3), who=LEAD)
    assert texts(stage, TAKEN_OUT) == [(1, "", "", None, "assigned")]
    assert texts(stage, 101) == other
    assert stage.value("SELECT quote FROM casus.annotation_version WHERE entry_id = %s", TAKEN_OUT) == ""
    assert stage.value("SELECT max(quote) FROM casus.annotation_version WHERE entry_id = 101") == "Woorden"
    assert stage.seen("SELECT decision, moved_to, decided_by FROM casus.breach WHERE public_id = %s", BREACH) == [("vernietigd", None, 52)]
    assert stage.value("SELECT count(*) FROM casus.entry WHERE dossier_id = 3") == 0
    assert events(stage) == [(1, TAKEN_OUT, "entry.destroyed", 52)]
    assert not any(sees(stage, who, TAKEN_OUT) for who in PEOPLE.values())


@scenario
def words_only_go_and_only_where_that_was_decided(stage: Stage) -> None:
    stage.seen("GRANT EXECUTE ON FUNCTION casus.erase_entry(int) TO web_team")
    _quoted(stage, TAKEN_OUT)
    for decision, gone in (("NULL", False), ("'terug'", False), ("'vernietigd'", True), ("'verplaatst'", True)):

        def play(decision: str = decision, gone: bool = gone) -> None:
            if decision != "NULL":
                moved = "3" if decision == "'verplaatst'" else "NULL"
                stage.given(f"UPDATE casus.breach SET decision = {decision}, decided_at = now(), decided_by = 41, moved_to = {moved}")
            stage.ask("web_team", "SELECT casus.erase_entry(%s)", TAKEN_OUT, who=SECOND)
            assert (texts(stage, TAKEN_OUT)[0][2] == "") is gone, decision
            assert (stage.value("SELECT quote FROM casus.annotation_version WHERE entry_id = %s", TAKEN_OUT) == "") is gone, decision

        stage.undone(play)
    stage.given("UPDATE casus.breach SET decision = 'vernietigd', decided_at = now(), decided_by = 41")
    for change in ("title = 'x', body = '', reason = NULL", "title = '', body = 'x', reason = NULL", "title = '', body = '', reason = 'x'"):
        sql = f"UPDATE casus.entry_version SET {change} WHERE entry_id = {TAKEN_OUT}"
        assert stage.refusal("casus_vernietiger", sql) == "42501", change
    assert stage.refusal("casus_vernietiger", f"UPDATE casus.annotation_version SET quote = 'x' WHERE entry_id = {TAKEN_OUT}") == "42501"
    # And an entry comes only to where one is being moved, in the transaction that moves it.
    made = "INSERT INTO casus.entry (dossier_id, section, kind, occurred_at, author_name) VALUES (3, 2, 1, now(), 'x')"
    text = (
        "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_name)"
        " VALUES (150, 1, 3, 2, 6, 'x', 'x', 'x')"
    )
    stage.given(
        "INSERT INTO casus.entry (id, dossier_id, section, leefdomein, kind, occurred_at, author_name) VALUES (150, 3, 2, 6, 1, now(), 'x')"
    )
    for moved, at, refused in ((3, "now()", ""), (3, "now() - interval '1 second'", "42501"), (2, "now()", "42501")):
        stage.given(f"UPDATE casus.breach SET decision = 'verplaatst', moved_to = {moved}, decided_at = {at}")
        assert (stage.refusal("casus_acl", made), stage.refusal("casus_acl", text)) == (refused, refused), (moved, at)


@scenario
def the_record_says_what_happened_and_who_saw_it(stage: Stage) -> None:
    what = (
        "SELECT public_id, inwoner, kind, author_name, reason, found_by, own, decided_by, decision, moved_to, reported, report_why, told_on, told_how,"
        " other_told_on, other_told_how FROM casus.breaches()"
    )
    begun = (BREACH, "owner Proef", 1, "author", "andere_inwoner", "assigned Proef")
    assert stage.ask("web_team", what, who=ASSIGNED) == [(*begun, True, *(None,) * 9)]
    assert stage.ask("web_team", what, who=LEAD) == [(*begun, False, *(None,) * 9)]
    report, told = "SELECT casus.report_breach(%s, %s, %s)", "SELECT casus.told_of_breach(%s, %s, %s, %s)"
    for refused in (
        stage.refusal("web_team", report, BREACH, True, "Ja", who=ELSEWHERE),
        stage.refusal("web_team", told, BREACH, False, "2026-01-02", "brief", who=ELSEWHERE),
    ):
        assert refused == "MB001"
    stage.given(
        "INSERT INTO casus.breach (dossier_id, entry_id, reason, found_by, found_at) VALUES (1, 102, 'onbekend', 41, now() + interval '1 hour')"
    )
    stage.ask("web_team", report, BREACH, True, "Gevoelig", who=LEAD)
    stage.ask("web_team", told, BREACH, False, "2026-01-02", "brief", who=SECOND)
    half = stage.ask("web_team", what, who=LEAD)[0]
    assert half[10:14] == (True, "Gevoelig", stage.value("SELECT '2026-01-02'::date"), "brief")
    assert half[14:] == (None, None)
    stage.ask("web_team", told, BREACH, True, "2026-01-03", "telefoon", who=SECOND)
    first, second = stage.ask("web_team", what, who=LEAD)
    assert first[12:] == (half[12], "brief", stage.value("SELECT '2026-01-03'::date"), "telefoon")
    assert second[10:] == (None,) * 6
    assert stage.seen("SELECT reported_by, reported_at = now() FROM casus.breach WHERE public_id = %s", BREACH) == [(52, True)]
    assert [line[1:3] for line in events(stage)] == [(TAKEN_OUT, "breach.reported"), (TAKEN_OUT, "breach.told"), (TAKEN_OUT, "breach.told")]
    readers = "SELECT name, role, times FROM casus.breach_readers(%s)"
    assert stage.ask("web_team", readers, BREACH, who=LEAD) == [("assigned", "werker", 1)]
    for dossier, entry, shown, reader in (
        (1, TAKEN_OUT, "{}", 41),
        (1, None, f"{{{TAKEN_OUT},102}}", 41),
        (1, 101, "{102}", 53),
        (2, None, f"{{{TAKEN_OUT}}}", 55),
    ):
        _line(stage, dossier, entry, shown, reader)
    assert stage.ask("web_team", readers, BREACH, who=LEAD) == [("reader 41", "werker", 2), ("assigned", "werker", 1)]
    stage.given(
        "UPDATE casus.breach SET decision = 'verplaatst', decided_at = now(), decided_by = 41, moved_to = 3 WHERE public_id = %s", BREACH
    )
    assert [row[8:10] for row in stage.ask("web_team", what, who=LEAD)] == [("verplaatst", "third Proef"), (None, None)]


def _line(stage: Stage, dossier: int, entry: int | None, shown: str, reader: int, at: str = "2026-02-01 10:00+00") -> None:
    stage.given(
        "INSERT INTO casus.read_log (at, xid, dossier_id, entry_id, what, shown_entries, reader_id, reader_name, reader_role, ground, program)"
        " VALUES (%s, pg_current_xact_id(), %s, %s, 'notitie', %s, %s, %s, 'werker', 'professional', 'web_team')",
        at, dossier, entry, shown, reader, f"reader {reader}",
    )  # fmt: skip


@scenario
def an_incident_lists_whose_dossiers_were_reached(stage: Stage) -> None:
    stage.given("DELETE FROM casus.look_question")
    stage.given("DELETE FROM casus.read_log")
    stage.given("INSERT INTO portaal.account (person_id, face, username) VALUES (40, 'team', 'femke'), (41, 'team', 'dirk')")
    _line(stage, 1, 101, "{}", 40, "2026-02-01 10:00+00")
    _line(stage, 1, None, "{101,102}", 41, "2026-02-01 11:00+00")
    _line(stage, 3, None, "{}", 40, "2026-02-01 12:00+00")
    _line(stage, 2, 201, "{}", 41, "2026-02-01 13:00+00")
    one, two, three = public("dossier", 1), public("dossier", 2), public("dossier", 3)
    query = "SELECT dossier, lines, readers FROM casus.incident(%s, %s, %s, %s)"

    def found(*values: object) -> list[tuple[Any, ...]]:
        return stage.ask("casus_controle", query, *values)

    assert found(None, None, None, None) == [(one, 2, 2), (three, 1, 1), (two, 1, 1)]
    assert found("femke", None, None, None) == [(one, 1, 1), (three, 1, 1)]
    assert found("niemand", None, None, None) == []
    assert found(None, public("entry", 101), None, None) == [(one, 2, 2)]
    assert found(None, public("entry", 102), None, None) == [(one, 1, 1)]
    assert found(None, public("entry", 103), None, None) == found(None, public("entry", 999), None, None) == []
    assert found("dirk", public("entry", 101), None, None) == [(one, 1, 1)]
    assert found(None, None, "2026-02-01 11:00+00", "2026-02-01 13:00+00") == [(one, 1, 1), (three, 1, 1)]
    assert found(None, None, "2026-02-01 13:00+00", None) == [(two, 1, 1)]
    assert found(None, None, None, "2026-02-01 10:00+00") == []
    [(name, same)] = stage.ask(
        "casus_controle", "SELECT inwoner, first_at = last_at FROM casus.incident(NULL, NULL, NULL, '2026-02-01 11:00+00')"
    )
    assert (name, same) == ("owner Proef", True)
