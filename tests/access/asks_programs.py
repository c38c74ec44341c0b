"""Other programs: two that read through casus_api, each its own sections of its own teams, and leave a line each time."""

from uuid import uuid4

from tests.access.stage import Row, Stage, scenario
from tests.access.world import public

OPEN = "SELECT casus_api.open_reading(%s, %s, %s)"
GIVE = "SELECT * FROM casus_api.entries(%s)"
SHOWN = [101, 103, 107, 108, 110, 111]
"""Section 2 of dossier A without what is withheld, closed for anybody, to be talked over or kept to a smaller circle."""


class Programs:
    """Two programs with their roles, and one role that is in the group and in no list."""

    def __init__(self, stage: Stage) -> None:
        number = stage.value("SELECT pg_backend_pid()")
        self.planning, self.oversight, self.unknown = (f"program_{name}_{number}" for name in ("planning", "oversight", "unknown"))
        for role in (self.planning, self.oversight, self.unknown):
            stage.seen(f"CREATE ROLE {role} LOGIN")
            stage.seen(f"GRANT casus_program TO {role}")
        stage.given("INSERT INTO casus.program VALUES (%s, 'Planbord', 'afspraken', '{2}', '{1}', NULL)", self.planning)
        stage.given("INSERT INTO casus.program VALUES (%s, 'Toezicht', 'onderzoek', '{2,3,6}', '{2}', NULL)", self.oversight)


def opened(stage: Stage, role: str, dossier: int, reader: str | None = "M. Planner", ground: str | None = "art. 5.1.1 Wmo") -> int | None:
    """The reading that a program opens of a dossier, as it stands after the program has committed: the line of another transaction."""
    reading: int | None = stage.one(role, OPEN, public("dossier", dossier), reader, ground)
    stage.given("UPDATE casus.read_log SET xid = '3' WHERE id = %s", reading)
    return reading


def read(stage: Stage, role: str, dossier: int, reader: str | None = "M. Planner", ground: str | None = "art. 5.1.1 Wmo") -> list[Row]:
    """What a program is given of a dossier."""
    return stage.ask(role, GIVE, opened(stage, role, dossier, reader, ground))


def numbers(rows: list[Row]) -> list[int]:
    """The entries by their number in this world."""
    known = {public("entry", number): number for number in range(100, 210)}
    return [known[row[0]] for row in rows]


def lines(stage: Stage) -> int:
    """How many lines the read log has."""
    return int(stage.value("SELECT count(*) FROM casus.read_log"))


@scenario
def each_program_reads_its_own_sections_of_its_own_teams(stage: Stage) -> None:
    programs = Programs(stage)
    assert numbers(read(stage, programs.planning, 1)) == SHOWN
    assert numbers(read(stage, programs.oversight, 2)) == [201]
    before = lines(stage)
    for role, dossier in ((programs.planning, 2), (programs.oversight, 1), (programs.unknown, 1), (programs.unknown, 2)):
        assert read(stage, role, dossier) == []
    assert stage.one(programs.planning, OPEN, uuid4(), "M. Planner", "grond") is None
    assert read(stage, programs.planning, 3) == [], "a dossier without entries"
    assert lines(stage) == before + 1, "only the empty dossier was read"


@scenario
def a_program_is_given_the_newest_words(stage: Stage) -> None:
    programs = Programs(stage)
    stage.given(
        "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_name)"
        " VALUES (101, 2, 1, 2, 6, 'Nieuw', 'Anders', 'de ander')"
    )
    stage.given("UPDATE casus.entry SET occurred_at = timestamptz '2026-01-05 09:00Z' WHERE id = 101")
    stage.given("UPDATE casus.entry SET occurred_at = timestamptz '2026-01-04 09:00Z' WHERE id = 103")
    rows = read(stage, programs.planning, 1)
    assert numbers(rows)[:2] == [103, 101]
    assert rows[1][1:4] == (2, 6, 1)
    assert rows[1][5:] == ("de ander", 2, "Nieuw", "Anders")
    assert rows[0][5:] == ("assigned", 1, "Titel 103", "Woorden 103")


@scenario
def what_is_closed_is_given_to_no_program(stage: Stage) -> None:
    programs = Programs(stage)
    for begins, ends, hidden in (("- 1", "1", True), ("- 1", None, True), ("1", None, False), ("- 2", "- 1", False)):

        def play(begins: str = begins, ends: str | None = ends, hidden: bool = hidden) -> None:
            until = f"now() + interval '1 day' * ({ends})" if ends else "NULL"
            stage.given(
                "INSERT INTO casus.closure (dossier_id, entry_id, person_id, reason, from_at, ended_at)"
                f" VALUES (1, 103, 20, 'reden', now() + interval '1 day' * ({begins}), {until})"
            )
            assert numbers(read(stage, programs.planning, 1)) == [n for n in SHOWN if n != 103 or not hidden], (begins, ends)

        stage.undone(play)


@scenario
def each_reading_leaves_a_line_that_names_program_reader_and_ground(stage: Stage) -> None:
    programs = Programs(stage)
    reading = stage.one(programs.planning, OPEN, public("dossier", 1), "M. Planner", "art. 5.1.1 Wmo")
    [line] = stage.seen(
        "SELECT dossier_id, entry_id, what, shown, shown_entries, reader_id, reader_name, reader_role, on_behalf_of, ground, ground_detail,"
        " program, session_id, xid = pg_current_xact_id() FROM casus.read_log WHERE id = %s",
        reading,
    )
    assert line == (
        1, None, "programma", len(SHOWN), SHOWN, None, "M. Planner", "Planbord", None, "programma", "art. 5.1.1 Wmo", programs.planning, None, True,
    )  # fmt: skip


@scenario
def a_line_that_could_still_be_rolled_back_gives_nothing(stage: Stage) -> None:
    programs = Programs(stage)
    reading = stage.one(programs.planning, OPEN, public("dossier", 1), "M. Planner", "grond")
    assert stage.ask(programs.planning, GIVE, reading) == []


@scenario
def a_reading_serves_the_program_that_opened_it_for_ten_minutes(stage: Stage) -> None:
    programs = Programs(stage)
    reading = opened(stage, programs.planning, 1)
    stage.given("UPDATE casus.program SET sections = '{2,3,6}', team_ids = '{1,2}' WHERE role_name = %s", programs.oversight)
    assert stage.ask(programs.oversight, GIVE, reading) == [], "another program's reading"
    assert stage.ask(programs.planning, GIVE, None) == []
    for age, given in (("9 minutes", True), ("11 minutes", False)):
        stage.given("UPDATE casus.read_log SET at = clock_timestamp() - %s::interval WHERE id = %s", age, reading)
        assert bool(stage.ask(programs.planning, GIVE, reading)) is given, age


@scenario
def a_reading_gives_what_its_line_names_and_is_still_open(stage: Stage) -> None:
    programs = Programs(stage)
    reading = opened(stage, programs.planning, 1)
    stage.given("UPDATE casus.read_log SET shown_entries = array_remove(shown_entries, 110) WHERE id = %s", reading)
    assert numbers(stage.ask(programs.planning, GIVE, reading)) == [n for n in SHOWN if n != 110], "placed after the line was written"
    stage.given("INSERT INTO casus.closure (dossier_id, entry_id, person_id, reason, from_at) VALUES (1, 103, 20, 'reden', now())")
    assert numbers(stage.ask(programs.planning, GIVE, reading)) == [n for n in SHOWN if n not in (103, 110)], (
        "closed after the line was written"
    )
    stage.given("UPDATE casus.program SET ended_on = acl.today() WHERE role_name = %s", programs.planning)
    assert stage.ask(programs.planning, GIVE, reading) == []


@scenario
def a_program_that_has_ended_is_given_nothing(stage: Stage) -> None:
    programs = Programs(stage)
    for ended, given in (("acl.today()", False), ("acl.today() - 1", False), ("acl.today() + 1", True)):
        stage.given(f"UPDATE casus.program SET ended_on = {ended} WHERE role_name = %s", programs.planning)
        before = lines(stage)
        assert bool(read(stage, programs.planning, 1)) is given, ended
        assert lines(stage) == before + given


@scenario
def reader_and_ground_must_be_named(stage: Stage) -> None:
    programs = Programs(stage)
    for reader, ground in (("", "grond"), ("  ", "grond"), (None, "grond"), ("lezer", ""), ("lezer", " "), ("lezer", None), ("", "")):
        assert stage.refusal(programs.planning, OPEN, public("dossier", 1), reader, ground) == "22023", (reader, ground)


@scenario
def a_program_reaches_no_table_and_no_other_function(stage: Stage) -> None:
    programs = Programs(stage)
    assert stage.one(programs.planning, "SELECT casus_api.version()") == "2"
    for refused in (
        "SELECT FROM casus.entry",
        "SELECT FROM casus.read_log",
        "SELECT acl.person_id()",
        "SELECT portaal.own_face()",
        "SELECT acl.program_entries(1)",
    ):
        assert stage.refusal(programs.planning, refused) == "42501", refused
