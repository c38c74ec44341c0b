"""Each lock by itself. Elsewhere a stamp, a column right, a key or the rule for reading often refuses first; here that one is opened, and the rule for
writing must still refuse. So no single mistake opens anything."""

from collections.abc import Callable

from tests.access import matrix
from tests.access.stage import Stage, scenario
from tests.access.world import ENTRIES, PEOPLE, Who

OWNER, MANDATE, ENDED = PEOPLE["owner"], PEOPLE["mandate"], PEOPLE["mandate ended"]
ASSIGNED, OTHER_TEAM = PEOPLE["assigned"], PEOPLE["other team"]


def react(
    stage: Stage,
    number: int,
    author: int | None,
    entry: int = 101,
    *,
    audience: int = 3,
    withdrawn: bool = False,
    written_for: int | None = None,
) -> None:
    """A reaction with words, beside an entry of dossier A."""
    section, leefdomein = next(part for one, *part in ENTRIES.values() if one == entry)
    part = (entry, section, leefdomein, audience, withdrawn, author)
    stage.given(
        "INSERT INTO casus.annotation (id, dossier_id, author_name, withdrawn_at, entry_id, section, leefdomein, audience, withdrawn, author_id)"
        " VALUES (%s, 1, 'x', CASE WHEN %s THEN now() END, %s, %s, %s, %s, %s, %s)",
        number,
        withdrawn,
        *part,
    )
    stage.given(
        "INSERT INTO casus.annotation_version (annotation_id, number, dossier_id, body, entry_id, section, leefdomein, audience, withdrawn, author_id,"
        " written_for) VALUES (%s, 1, 1, 'x', %s, %s, %s, %s, %s, %s, %s)",
        number,
        *part,
        written_for or audience,
    )


def open_reading(stage: Stage, *tables: str) -> None:
    """Everybody may read these tables whole."""
    for table in tables:
        stage.seen(f"ALTER POLICY read ON casus.{table} USING (true)")


def open_writing(stage: Stage, table: str, columns: str, role: str) -> None:
    """No stamp, and every column may be given."""
    stage.seen(f"ALTER TABLE casus.{table} DISABLE TRIGGER stamp")
    stage.seen(f"GRANT INSERT ({columns}), UPDATE ({columns}) ON casus.{table} TO {role}")


@scenario
def a_reaction_is_read_by_who_may_read_the_entry(stage: Stage) -> None:
    numbers = {number: -place for place, (number, _, _) in enumerate(ENTRIES.values(), start=1)}
    for entry, number in numbers.items():
        react(stage, number, None, entry)
    for name, who in PEOPLE.items():
        expected = sorted(numbers[number] for entry, (number, _, _) in ENTRIES.items() if name in matrix.ALLOWED["read", entry])
        for table, column in (("annotation", "id"), ("annotation_version", "annotation_id")):
            seen = stage.ask(f"web_{who.face}", f"SELECT {column} FROM casus.{table} WHERE {column} < 0 ORDER BY 1", who=who)
            assert [row[0] for row in seen] == expected, (name, table)


@scenario
def words_that_were_withdrawn_are_the_authors_alone(stage: Stage) -> None:
    react(stage, -1, 1, audience=2, withdrawn=True)
    for name, who in PEOPLE.items():
        role = f"web_{who.face}"
        assert len(stage.ask(role, "SELECT FROM casus.annotation WHERE id = -1", who=who)) == (name in matrix.OWNERS | matrix.TEAM), name
        assert len(stage.ask(role, "SELECT FROM casus.annotation_version WHERE annotation_id = -1", who=who)) == (name == "owner"), name


@scenario
def letting_more_people_in_opens_no_earlier_text(stage: Stage) -> None:
    circles = {1: {"owner"}, 2: matrix.OWNERS | matrix.TEAM, 3: matrix.OWNERS | matrix.TEAM | matrix.GUESTS}
    for audience in (1, 2, 3):
        for written_for in (1, 2, 3):

            def play(audience: int = audience, written_for: int = written_for) -> None:
                react(stage, -1, 1, audience=audience, written_for=written_for)
                for name, who in PEOPLE.items():
                    seen = stage.ask(f"web_{who.face}", "SELECT FROM casus.annotation_version WHERE annotation_id = -1", who=who)
                    assert len(seen) == (name in circles[min(audience, written_for)]), (name, audience, written_for)

            stage.undone(play)


@scenario
def a_text_is_for_whom_the_reaction_is_for_when_it_is_written(stage: Stage) -> None:
    react(stage, -1, 1, audience=3, written_for=1)
    stage.ask("web_inwoner", WORDS, -1, 101, who=OWNER)
    texts = "SELECT number, audience, written_for FROM casus.annotation_version WHERE annotation_id = -1 ORDER BY number"
    assert stage.seen(texts) == [(1, 3, 1), (2, 3, 3)]
    stage.ask("web_inwoner", NARROW, -1, who=OWNER)
    assert stage.seen(texts) == [(1, 1, 1), (2, 1, 3)]
    operator = (
        "INSERT INTO casus.annotation_version (annotation_id, number, entry_id, dossier_id, section, leefdomein, audience, author_id, body, written_for)"
        " VALUES (-1, %s, 101, 1, 2, 6, 1, 1, 'x', %s)"
    )
    stage.ask("portaal_operator", operator, 3, 2)
    stage.ask("portaal_operator", operator, 4, None)
    assert stage.seen(texts)[2:] == [(3, 1, 2), (4, 1, 1)]


NARROW = "UPDATE casus.annotation SET audience = 1 WHERE id = %s RETURNING id"
WITHDRAW = "UPDATE casus.annotation SET withdrawn = true, withdrawn_at = now() WHERE id = %s RETURNING id"
WORDS = (
    "INSERT INTO casus.annotation_version (annotation_id, number, entry_id, dossier_id, section, leefdomein, audience, body)"
    " VALUES (%s, 2, %s, 1, 2, 6, 3, 'meer')"
)


@scenario
def a_reaction_is_changed_by_its_author_while_speaking_for_the_dossier(stage: Stage) -> None:
    react(stage, -1, MANDATE.person)
    react(stage, -2, ENDED.person)
    react(stage, -3, OWNER.person, 105)
    stage.given(
        "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, valid_from, ground) VALUES (1, %s, 1, '2026-01-01', 'x')",
        ENDED.person,
    )
    as_naaste = Who(ENDED.person, "naaste", "inwoner")

    def changed(who: Who, number: int) -> list[bool]:
        return [_done(stage, lambda sql=sql: stage.ask("web_inwoner", sql, number, who=who)) for sql in (NARROW, WITHDRAW)]  # type: ignore[misc]

    def reworded(who: Who, number: int, entry: int = 101) -> str:
        return stage.refusal("web_inwoner", WORDS, number, entry, who=who)

    assert len(stage.ask("web_inwoner", "SELECT FROM casus.annotation WHERE id = -2", who=as_naaste)) == 1, (
        "who changes nothing may well read"
    )
    for read_by_everybody in (False, True):
        if read_by_everybody:
            open_reading(stage, "annotation", "annotation_version")
        assert changed(MANDATE, -1) == [True, True]
        assert reworded(MANDATE, -1) == ""
        for who, number in ((OWNER, -1), (ENDED, -2), (as_naaste, -2), (OWNER, -3), (PEOPLE["owner of another dossier"], -1)):
            assert changed(who, number) == [False, False], (who, number, read_by_everybody)
        for who, number, entry in ((ENDED, -2, 101), (as_naaste, -2, 101), (OWNER, -3, 105)):
            assert reworded(who, number, entry) == "42501", (who, number, read_by_everybody)


def _done(stage: Stage, act: Callable[[], list[tuple[object, ...]]]) -> bool:
    """Whether this touched a row; undone again."""
    touched: list[int] = []
    stage.undone(lambda: touched.append(len(act())))
    return touched == [1]


@scenario
def a_reaction_is_not_given_away_even_with_every_column(stage: Stage) -> None:
    react(stage, -1, OWNER.person)
    react(stage, -2, MANDATE.person)
    react(stage, -3, OWNER.person, withdrawn=True)
    open_writing(stage, "annotation", "author_id, author_name, dossier_id", "web_inwoner")
    open_writing(stage, "annotation_version", "author_id, withdrawn", "web_inwoner")
    open_reading(stage, "annotation")  # a row that can't be read afterwards is refused as well
    for give_away in ("author_id = 10", "author_id = NULL", "dossier_id = 2"):
        assert stage.refusal("web_inwoner", f"UPDATE casus.annotation SET {give_away} WHERE id = -1", who=OWNER) == "42501", give_away
    write = "INSERT INTO casus.annotation (entry_id, dossier_id, section, leefdomein, audience, author_id, author_name) VALUES (101, 1, 2, 6, 3, %s, 'x')"
    words = (
        "INSERT INTO casus.annotation_version (annotation_id, number, entry_id, dossier_id, section, leefdomein, audience, body, author_id, withdrawn)"
        " VALUES (%s, 2, 101, 1, 2, 6, 3, 'x', %s, %s)"
    )
    assert stage.refusal("web_inwoner", write, 1, who=OWNER) == ""
    assert stage.refusal("web_inwoner", words, -1, 1, False, who=OWNER) == ""
    for author in (10, None):
        assert stage.refusal("web_inwoner", write, author, who=OWNER) == "42501"
        assert stage.refusal("web_inwoner", words, -2, author, False, who=OWNER) == "42501"
    assert stage.refusal("web_inwoner", words, -3, 1, True, who=OWNER) == "42501", "withdrawn"


@scenario
def an_entry_is_written_in_the_own_name_even_with_every_column(stage: Stage) -> None:
    open_reading(stage, "entry", "person")
    open_writing(stage, "entry", "author_id, author_name", "web_team")
    open_writing(stage, "entry_version", "author_id, author_name", "web_team")
    entry = "INSERT INTO casus.entry (dossier_id, section, kind, occurred_at, author_id, author_name) VALUES (%s, 2, 1, now(), %s, 'x')"
    version = (
        "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_id, author_name)"
        " VALUES (%s, 2, %s, 2, 6, 't', 'b', %s, 'x')"
    )
    closed_for = PEOPLE["assigned, entry closed"]
    assert stage.refusal("web_team", entry, 1, ASSIGNED.person, who=ASSIGNED) == ""
    assert stage.refusal("web_team", version, 101, 1, ASSIGNED.person, who=ASSIGNED) == ""
    assert stage.refusal("web_team", version, 101, 1, closed_for.person, who=closed_for) == ""
    for who, dossier, author in ((ASSIGNED, 1, 41), (ASSIGNED, 1, None), (OTHER_TEAM, 1, OTHER_TEAM.person)):
        assert stage.refusal("web_team", entry, dossier, author, who=who) == "42501", (who, author)
    for who, number, dossier, author in (
        (ASSIGNED, 101, 1, 41),
        (ASSIGNED, 101, 1, None),
        (OTHER_TEAM, 101, 1, OTHER_TEAM.person),
        (ASSIGNED, 201, 2, ASSIGNED.person),
        (closed_for, 109, 1, closed_for.person),
        (ASSIGNED, 112, 1, ASSIGNED.person),
        (ASSIGNED, 113, 1, ASSIGNED.person),
    ):
        assert stage.refusal("web_team", version, number, dossier, author, who=who) == "42501", (who, number, author)


@scenario
def a_concept_stays_its_authors_even_when_all_could_read_it(stage: Stage) -> None:
    def touched(sql: str, number: int, who: Who) -> bool:
        return _done(stage, lambda: stage.ask("web_team", sql + " WHERE id = %s RETURNING id", number, who=who))

    change, remove = "UPDATE casus.concept SET body = 'anders'", "DELETE FROM casus.concept"
    for read_by_everybody in (False, True):
        if read_by_everybody:
            open_reading(stage, "concept")
        for sql in (change, remove):
            assert touched(sql, 401, ASSIGNED)
            for who, number in ((ASSIGNED, 402), (PEOPLE["assigned before"], 403), (PEOPLE["substitute"], 401)):
                assert not touched(sql, number, who), (sql, who, read_by_everybody)
    stage.seen("GRANT UPDATE (author_id, dossier_id) ON casus.concept TO web_team")
    for give_away in ("author_id = 41", "dossier_id = 2"):
        assert stage.refusal("web_team", f"UPDATE casus.concept SET {give_away} WHERE id = 401", who=ASSIGNED) == "42501", give_away
    assert stage.refusal("web_team", "UPDATE casus.concept SET dossier_id = 3 WHERE id = 401", who=ASSIGNED) == ""


@scenario
def a_line_of_a_log_is_in_the_own_name_even_with_every_column(stage: Stage) -> None:
    for role, who in (("web_inwoner", OWNER), ("web_team", ASSIGNED)):
        open_writing(stage, "read_log", "at, xid, reader_id, reader_name, reader_role, ground, program", role)
        open_writing(stage, "change_log", "at, person_id, person_name, person_role, program", role)
        read = (
            "INSERT INTO casus.read_log (dossier_id, what, at, xid, reader_id, reader_name, reader_role, ground, program)"
            " VALUES (%s, 'overzicht', now(), '1', %s, 'x', 'x', 'x', 'x')"
        )
        change = "INSERT INTO casus.change_log (dossier_id, event, at, person_id, person_name, person_role, program) VALUES (%s, 'a.b', now(), %s, 'x', 'x', 'x')"
        for sql in (read, change):
            assert stage.refusal(role, sql, 1, who.person, who=who) == ""
            for dossier, person in ((1, 2), (1, None), (2, who.person)):
                assert stage.refusal(role, sql, dossier, person, who=who) == "42501", (role, dossier, person)
