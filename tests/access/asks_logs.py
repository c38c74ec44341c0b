"""What the owner is told, what is stamped on what is written and read, and how the read log is sealed."""

import hashlib
from typing import Any

from portal.audit import line_text, seal_hash_of
from tests.access.stage import SESSION, Stage, scenario
from tests.access.world import PEOPLE, Who, public

OWNER, MANDATE, ASSIGNED = PEOPLE["owner"], PEOPLE["mandate"], PEOPLE["assigned"]
JOB = Who(0, "job", "jobs")


def notices(stage: Stage) -> list[tuple[int, str, str, bool]]:
    """What the owner is told: number of the entry, why, in which words, whether with a day on which it opens."""
    rows = stage.ask("web_inwoner", "SELECT public_id, reason, explanation, opens_at IS NOT NULL FROM acl.notices(1)", who=OWNER)
    numbers = {public("entry", number): number for number in range(100, 210)}
    return sorted((numbers[public_id], *rest) for public_id, *rest in rows)


WITHHELD, TO_TALK_OVER = (105, "afgeschermd", "reden", False), (106, "bespreken", "", True)


def close(stage: Stage, entry: int, *, dossier: int = 1, person: int | None = None, begins: str = "- 1", ends: str | None = None) -> None:
    """Closes an entry, for somebody or for all outside the team."""
    until = f"now() + interval '1 day' * ({ends})" if ends else "NULL"
    stage.given(
        "INSERT INTO casus.closure (dossier_id, entry_id, person_id, reason, from_at, ended_at)"
        f" VALUES (%s, %s, %s, 'anders', now() + interval '1 day' * ({begins}), {until})",
        dossier,
        entry,
        person,
    )


@scenario
def the_owner_is_told_of_two_entries_and_no_other(stage: Stage) -> None:
    assert notices(stage) == [WITHHELD, TO_TALK_OVER]
    close(stage, 201, dossier=2)
    stage.given("UPDATE casus.entry SET discuss_until = now() + interval '1 day' WHERE id = 201")
    assert notices(stage) == [WITHHELD, TO_TALK_OVER]


@scenario
def an_entry_to_talk_over_that_is_withheld_is_told_once(stage: Stage) -> None:
    for closed, how in (
        (True, {}),
        (True, {"ends": "2"}),
        (False, {"person": 20}),
        (False, {"begins": "1"}),
        (False, {"begins": "- 2", "ends": "- 1"}),
    ):

        def play(closed: bool = closed, how: dict[str, Any] = how) -> None:
            close(stage, 106, **how)
            second = (106, "afgeschermd", "anders", "ends" in how) if closed else TO_TALK_OVER
            assert notices(stage) == [WITHHELD, second], how

        stage.undone(play)


@scenario
def opening_now_opens_that_entry_of_that_dossier(stage: Stage) -> None:
    openings = "SELECT array_agg((entry_id, dossier_id, person_id)::text ORDER BY entry_id) FROM casus.entry_opening"
    stage.given("UPDATE casus.entry SET discuss_until = now() + interval '1 day' WHERE id = 201")
    ask = "SELECT acl.open_now(%s, %s)"
    for dossier, entry in ((1, 201), (2, 201), (1, 101), (1, 108)):
        assert stage.one("web_inwoner", ask, dossier, public("entry", entry), who=OWNER) is False, (dossier, entry)
    assert stage.value(openings) == ["(107,1,1)"]
    assert stage.one("web_inwoner", ask, 1, public("entry", 106), who=MANDATE) is True
    assert stage.value(openings) == ["(106,1,10)", "(107,1,1)"]
    assert stage.one("web_inwoner", ask, 1, public("entry", 106), who=OWNER) is False
    assert stage.value(openings) == ["(106,1,10)", "(107,1,1)"]
    assert notices(stage) == [WITHHELD]


@scenario
def what_the_team_writes_bears_its_author(stage: Stage) -> None:
    number = public("new entry", 1)
    stage.ask(
        "web_team",
        "INSERT INTO casus.entry (public_id, dossier_id, section, kind, occurred_at) VALUES (%s, 1, 2, 1, now())",
        number,
        who=ASSIGNED,
    )
    assert stage.seen("SELECT author_id, author_name FROM casus.entry WHERE public_id = %s", number) == [(40, "assigned Proef")]
    stage.ask(
        "web_team",
        "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body) VALUES (101, 2, 1, 2, 6, 't', 'b')",
        who=PEOPLE["substitute"],
    )
    assert stage.seen("SELECT author_id, author_name FROM casus.entry_version WHERE entry_id = 101 AND number = 2") == [
        (48, "substitute Proef")
    ]


@scenario
def a_reaction_bears_its_author(stage: Stage) -> None:
    number = public("new reaction", 1)
    stage.ask(
        "web_inwoner",
        "INSERT INTO casus.annotation (public_id, entry_id, dossier_id, section, leefdomein, audience) VALUES (%s, 101, 1, 2, 6, 2)",
        number,
        who=MANDATE,
    )
    stage.ask(
        "web_inwoner",
        "INSERT INTO casus.annotation_version (annotation_id, number, entry_id, dossier_id, section, leefdomein, audience, body)"
        " SELECT id, 1, 101, 1, 2, 6, 2, 'w' FROM casus.annotation WHERE public_id = %s",
        number,
        who=MANDATE,
    )
    [(made, *author)] = stage.seen("SELECT id, author_id, author_name FROM casus.annotation WHERE public_id = %s", number)
    assert author == [10, "mandate, as naaste Proef, namens owner Proef"]
    assert stage.value("SELECT author_id FROM casus.annotation_version WHERE annotation_id = %s", made) == 10


@scenario
def the_import_brings_authors_of_its_own(stage: Stage) -> None:
    stage.ask(
        "portaal_operator",
        "INSERT INTO casus.entry (id, dossier_id, section, kind, occurred_at, author_id, author_name) VALUES (999, 1, 2, 1, now(), 41, 'toen')",
    )
    assert stage.seen("SELECT author_id, author_name FROM casus.entry WHERE id = 999") == [(41, "toen")]


def read(stage: Stage, who: Who, what: str = "overzicht") -> list[Any]:
    """Reads as somebody, and gives the line that was stamped: who, as what, for whom, on what ground, through what."""
    role = f"web_{who.face}"
    stage.ask(role, "INSERT INTO casus.read_log (dossier_id, what, shown, shown_entries) VALUES (1, %s, 2, '{101,102}')", what, who=who)
    [(fresh, running, *line)] = stage.seen(
        "SELECT at BETWEEN now() AND clock_timestamp(), xid = pg_current_xact_id(), reader_id, reader_name, reader_role, on_behalf_of, ground,"
        " ground_detail, program, session_id, what, shown, shown_entries FROM casus.read_log ORDER BY id DESC LIMIT 1"
    )
    assert fresh
    assert running
    return line


@scenario
def a_line_of_the_read_log_is_stamped_with_who_reads(stage: Stage) -> None:
    shown = ["overzicht", 2, [101, 102]]
    assert read(stage, OWNER) == [1, "owner Proef", "inwoner", None, "inwoner", "", "web_inwoner", SESSION, *shown]
    assert read(stage, MANDATE) == [
        10,
        "mandate, as naaste Proef",
        "vertegenwoordiger",
        1,
        "vertegenwoordiger",
        "",
        "web_inwoner",
        SESSION,
        *shown,
    ]
    assert read(stage, PEOPLE["grant whole"]) == [
        20,
        "grant whole, as inwoner Proef",
        "naaste",
        None,
        "naaste",
        "",
        "web_inwoner",
        SESSION,
        *shown,
    ]
    assert read(stage, ASSIGNED) == [
        40,
        "assigned Proef",
        "werker",
        None,
        "professional",
        "vaste professional",
        "web_team",
        SESSION,
        *shown,
    ]
    assert read(stage, PEOPLE["substitute"]) == [
        48, "substitute Proef", "werker", None, "waarnemer", "assigned Proef", "web_team", SESSION, *shown,
    ]  # fmt: skip


@scenario
def who_works_here_and_reads_as_a_naaste_is_logged_as_one(stage: Stage) -> None:
    assert read(stage, Who(56, "naaste", "inwoner"))[1:5] == ["professional with a grant Proef", "naaste", None, "naaste"]


def change(stage: Stage, role: str, who: Who | None) -> list[Any]:
    """Logs a change as somebody, and gives the line that was stamped."""
    if who is None:
        stage.seen("SELECT casus.log_staff('staff.proef', 7)") if role == "superuser" else stage.ask(
            role, "SELECT casus.log_staff('staff.proef', 7)"
        )
    else:
        stage.ask(role, "INSERT INTO casus.change_log (dossier_id, event, subject_id) VALUES (1, 'entry.placed', 7)", who=who)
    [(fresh, *line)] = stage.seen(
        "SELECT at BETWEEN now() AND clock_timestamp(), person_id, person_name, person_role, on_behalf_of, program, event, subject_id"
        " FROM casus.change_log ORDER BY id DESC LIMIT 1"
    )
    assert fresh
    return line


@scenario
def a_line_of_the_change_log_is_stamped_with_who_changes(stage: Stage) -> None:
    what = ["entry.placed", 7]
    assert change(stage, "web_inwoner", OWNER) == [1, "owner Proef", "inwoner", None, "web_inwoner", *what]
    assert change(stage, "web_inwoner", MANDATE) == [10, "mandate, as naaste Proef", "vertegenwoordiger", 1, "web_inwoner", *what]
    assert change(stage, "web_team", ASSIGNED) == [40, "assigned Proef", "werker", None, "web_team", *what]
    assert change(stage, "web_inwoner", Who(56, "naaste", "inwoner"))[1:3] == ["professional with a grant Proef", "naaste"]
    stage.seen("GRANT EXECUTE ON FUNCTION casus.log_staff(text, int) TO portaal_operator")
    assert change(stage, "portaal_operator", None) == [None, "portaal_operator", "operator", None, "portaal_operator", "staff.proef", 7]


@scenario
def only_own_lines_of_both_logs_are_shown_to_the_owner(stage: Stage) -> None:
    for log in ("read_log", "change_log"):
        assert stage.one("web_inwoner", f"SELECT array_agg(DISTINCT dossier_id) FROM casus.{log}", who=OWNER) == [1]


def line(stage: Stage, number: int, xid: int) -> bytes:
    """Adds a line as if it was read in an earlier transaction; gives its hash as portal.audit makes it."""
    stage.given(
        "INSERT INTO casus.read_log (id, at, xid, dossier_id, what, shown, shown_entries, reader_name, reader_role, ground, program)"
        " OVERRIDING SYSTEM VALUE VALUES (%s, now(), %s::text::xid8, 1, 'overzicht', 1, '{101}', %s, 'werker', 'professional', 'web_team')",
        number,
        xid,
        'Łézer "\\\x1f\t\x7f',
    )
    [row] = stage.seen(
        "SELECT id, at, xid::text, dossier_id, entry_id, what, shown, shown_entries, reader_id, reader_name, reader_role, on_behalf_of, ground,"
        " ground_detail, program, session_id::text FROM casus.read_log WHERE id = %s",
        number,
    )
    return hashlib.sha256(line_text(row)).digest()


@scenario
def a_seal_covers_what_is_over_and_follows_the_one_before(stage: Stage) -> None:
    stage.given("DELETE FROM casus.read_log")
    line(stage, 1, 50)
    late, early = line(stage, 2, 300), line(stage, 3, 200)
    at_the_horizon = line(stage, 4, 100)
    before = b"x" * 32
    stage.given(
        "INSERT INTO casus.read_seal VALUES (6, now(), '70', 1, '\\x01', '', %s), (7, now(), '100', 1, '\\x01', '', %s)", b"y" * 32, before
    )
    read(stage, OWNER)  # this transaction goes on, so its line has to wait
    assert stage.one("portaal_jobs", "SELECT acl.seal_read_log()", who=JOB) == 3
    summary = hashlib.sha256(at_the_horizon + early + late).digest()
    [(moment, horizon, *seal)] = stage.seen(
        "SELECT sealed_at, horizon::text, id, row_count, rows_hash, previous_hash, hash FROM casus.read_seal WHERE id > 7"
    )
    assert seal == [8, 3, summary, before, seal_hash_of(before, 8, moment, int(horizon), 3, summary)]
    rows = stage.seen("SELECT position, log_id, row_hash FROM casus.read_seal_row WHERE seal_id = 8 ORDER BY position")
    assert rows == [(1, 4, at_the_horizon), (2, 3, early), (3, 2, late)]
    assert stage.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()") == 1
    assert stage.one("portaal_jobs", "SELECT acl.seal_read_log()", who=JOB) == 0
    assert stage.value("SELECT max(id) FROM casus.read_seal") == 8


@scenario
def after_a_restore_the_numbers_begin_anew_and_no_line_is_sealed_twice(stage: Stage) -> None:
    stage.given("DELETE FROM casus.read_log")
    sealed_before, waiting = line(stage, 1, 700), line(stage, 3, 900)
    line(stage, 2, 200)
    before = b"x" * 32
    stage.given("INSERT INTO casus.read_seal VALUES (7, now(), '800', 1, '\\x01', '', %s)", before)
    stage.given("INSERT INTO casus.read_seal_row VALUES (1, 7, 1, %s)", sealed_before)
    assert stage.seen("SELECT acl.add_seal('100', true)") == [(1,)], "the line that waited, and not the one that was slipped in"
    assert stage.seen("SELECT log_id, position, row_hash FROM casus.read_seal_row WHERE seal_id = 8") == [(3, 1, waiting)]
    assert stage.seen("SELECT horizon::text, row_count, previous_hash FROM casus.read_seal WHERE id = 8") == [("100", 1, before)]
    stage.given("DELETE FROM casus.read_log WHERE id = 2")
    line(stage, 4, 150)
    assert stage.seen("SELECT acl.add_seal('1000', false)") == [(1,)], "the new line, below the numbers of the old ones"
    assert stage.seen("SELECT log_id FROM casus.read_seal_row WHERE seal_id = 9") == [(4,)]


@scenario
def after_a_restore_a_seal_is_made_even_of_no_lines(stage: Stage) -> None:
    stage.given("DELETE FROM casus.read_log")
    stage.given("INSERT INTO casus.read_seal VALUES (7, now(), '800', 1, '\\x01', '', %s)", b"x" * 32)
    assert stage.seen("SELECT acl.add_seal('100', false)") == [(0,)]
    assert stage.value("SELECT max(id) FROM casus.read_seal") == 7
    assert stage.seen("SELECT acl.add_seal('100', true)") == [(0,)]
    nothing = hashlib.sha256(b"").digest()
    [(moment, *seal)] = stage.seen("SELECT sealed_at, horizon::text, row_count, rows_hash, hash FROM casus.read_seal WHERE id = 8")
    assert seal == ["100", 0, nothing, seal_hash_of(b"x" * 32, 8, moment, 100, 0, nothing)]


@scenario
def the_first_seal_begins_the_chain(stage: Stage) -> None:
    stage.given("DELETE FROM casus.read_log")
    line(stage, 1, 3)
    assert stage.one("portaal_jobs", "SELECT acl.seal_read_log()", who=JOB) == 1
    assert stage.seen("SELECT id, previous_hash FROM casus.read_seal") == [(1, b"")]


@scenario
def only_the_job_seals_and_sees_the_seals(stage: Stage) -> None:
    line(stage, 1, 3)
    stage.ask("portaal_jobs", "SELECT acl.seal_read_log()", who=JOB)
    stage.given("INSERT INTO casus.read_seal VALUES (2, now(), '70', 1, '\\x01', '', '\\x0a0b')")
    assert stage.refusal("portaal_jobs", "SELECT acl.seal_read_log()") == "42501"
    assert stage.ask("portaal_jobs", "SELECT * FROM acl.seals_after(1)") == []
    assert stage.ask("portaal_jobs", "SELECT * FROM acl.seals_after(1)", who=JOB) == [(2, "0a0b")]
    assert len(stage.ask("portaal_jobs", "SELECT * FROM acl.seals_after(0)", who=JOB)) == 2


@scenario
def the_auditor_sees_lines_and_seals(stage: Stage) -> None:
    line(stage, 1, 3)
    stage.ask("portaal_jobs", "SELECT acl.seal_read_log()", who=JOB)
    for table in ("read_log", "read_seal", "read_seal_row"):
        seen = stage.one("casus_controle", f"SELECT count(*) FROM casus.{table}")
        assert seen == stage.value(f"SELECT count(*) FROM casus.{table}") > 0, table


@scenario
def the_job_sees_days_of_concepts_and_removes_old_ones(stage: Stage) -> None:
    stage.given("UPDATE casus.concept SET saved_at = now() - interval '14 days' + interval '1 minute' WHERE id = 402")
    stage.given("UPDATE casus.concept SET saved_at = now() - interval '20 days' WHERE id = 403")
    all_of_them = stage.value("SELECT count(*) FROM casus.concept")
    assert stage.one("portaal_jobs", "SELECT count(id) FROM casus.concept", who=JOB) == all_of_them
    assert stage.one("portaal_jobs", "SELECT count(id) FROM casus.concept") == 0
    assert stage.ask("portaal_jobs", "DELETE FROM casus.concept") == []
    stage.ask("portaal_jobs", "DELETE FROM casus.concept", who=JOB)
    assert stage.value("SELECT array_agg(id ORDER BY id) FROM casus.concept") == [402, 410]
