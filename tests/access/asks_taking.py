"""The copy that an inwoner takes along: asked for, made as that inwoner, given to nobody else, gone a day later: exactly, with decoys."""

from typing import Any

from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who, public

OWNER, MANDATE, NAASTE = PEOPLE["owner"], PEOPLE["mandate"], PEOPLE["grant whole"]
OTHER = Who(2, "inwoner", "inwoner")
ME = "web_inwoner"
COPY = public("taking", 1)


def asked(stage: Stage, dossier: int = 1, **columns: str) -> None:
    """A copy that was asked for; columns as SQL."""
    names = "".join(f", {name}" for name in columns)
    values = "".join(f", {value}" for value in columns.values())
    stage.given(f"INSERT INTO portaal.taking (public_id, dossier_id, language{names}) VALUES (%s, {dossier}, 'nl'{values})", COPY)


def has(stage: Stage, who: Who = OWNER, dossier: int = 1) -> bool:
    """Whether somebody finds a copy of this dossier."""
    return bool(stage.ask(ME, "SELECT FROM portaal.own_taking(%s)", dossier, who=who))


def next_one(stage: Stage) -> list[Any]:
    """What the worker, which is nobody, is given."""
    return stage.ask(ME, "SELECT public_id, dossier_id, inwoner_id, language FROM portaal.next_taking()")


@scenario
def a_copy_is_there_for_the_inwoner_alone_and_for_a_day(stage: Stage) -> None:
    asked(stage)
    assert has(stage)
    assert not has(stage, MANDATE)
    assert not has(stage, NAASTE)
    assert not has(stage, OTHER)
    assert not has(stage, OWNER, 2)
    stage.given("UPDATE portaal.taking SET made_at = now() - interval '24 hours'")
    assert not has(stage)
    stage.given("UPDATE portaal.taking SET made_at = now() - interval '23 hours 59 minutes'")
    assert has(stage)
    stage.given("UPDATE portaal.taking SET entries = '{101,112}'")
    assert has(stage)
    stage.given("UPDATE portaal.taking SET entries = '{101,105}'")
    assert not has(stage), "something in it is withheld"
    # Of another dossier: not a word.
    stage.given("UPDATE portaal.taking SET dossier_id = 2, entries = '{}', made_at = NULL")
    assert not has(stage)
    assert not has(stage, OWNER, 2)
    assert has(stage, OTHER, 2)


@scenario
def asking_puts_one_in_the_queue_and_keeps_the_place_of_one_that_is_there(stage: Stage) -> None:
    ask = "SELECT portaal.ask_taking(%s, 'ar')"
    for who in (MANDATE, NAASTE, OTHER):
        assert stage.ask(ME, ask, 1, who=who) == [(False,)]
    assert stage.ask(ME, ask, 2, who=OWNER) == [(False,)]
    assert stage.seen("SELECT FROM portaal.taking") == []
    assert stage.ask(ME, ask, 1, who=OWNER) == [(True,)]
    assert stage.ask(ME, ask, 1, who=OWNER) == [(False,)]
    assert stage.seen("SELECT dossier_id, language FROM portaal.taking") == [(1, "ar")]
    for change, anew in (
        ("made_at = now()", True),
        ("failed_at = now()", True),
        ("asked_at = now() - interval '1 hour'", True),
        ("asked_at = now() - interval '59 minutes'", False),
        ("begun_at = now()", False),
    ):

        def play(change: str = change, anew: bool = anew) -> None:
            stage.given(f"UPDATE portaal.taking SET {change}")
            assert stage.ask(ME, ask, 1, who=MANDATE) == [(False,)]
            assert stage.ask(ME, ask, 2, who=OWNER) == [(False,)]
            assert stage.ask(ME, ask, 2, who=OTHER) == [(True,)]
            assert stage.seen("SELECT FROM portaal.taking WHERE dossier_id = 1"), "somebody else's stays"
            assert stage.ask(ME, ask, 1, who=OWNER) == [(anew,)], change

        stage.undone(play)


@scenario
def only_the_inwoner_throws_it_away(stage: Stage) -> None:
    asked(stage)
    drop = "SELECT portaal.drop_taking(%s)"
    stage.given("INSERT INTO portaal.taking_part VALUES ((SELECT id FROM portaal.taking), 1, 'x')")
    for who, dossier in ((MANDATE, 1), (NAASTE, 1), (OTHER, 1), (OTHER, 2), (OWNER, 2)):
        assert stage.ask(ME, drop, dossier, who=who) == [(False,)]
    assert stage.ask(ME, drop, 1, who=OWNER) == [(True,)]
    assert stage.seen("SELECT FROM portaal.taking_part") == []


@scenario
def the_worker_gets_the_oldest_question_that_nobody_works_at(stage: Stage) -> None:
    asked(stage)
    stage.given("INSERT INTO portaal.taking (dossier_id, language, asked_at) VALUES (2, 'ar', now() - interval '1 minute')")
    stage.given("INSERT INTO portaal.taking_part SELECT id, 1, 'x' FROM portaal.taking")
    [(_, dossier, inwoner, language)] = next_one(stage)
    assert (dossier, inwoner, language) == (2, 2, "ar")
    assert stage.seen("SELECT t.dossier_id FROM portaal.taking_part p JOIN portaal.taking t ON t.id = p.taking_id") == [(1,)], "begun anew"
    assert next_one(stage) == [(COPY, 1, 1, "nl")]
    assert next_one(stage) == []
    stage.given("DELETE FROM portaal.taking WHERE dossier_id = 2")
    for change, there in (
        ("begun_at = NULL", True),
        ("begun_at = now() - interval '10 minutes', done = 3, total = 9", True),
        ("begun_at = now() - interval '9 minutes'", False),
        ("begun_at = NULL, made_at = now()", False),
        ("begun_at = NULL, failed_at = now()", False),
        ("begun_at = NULL, asked_at = now() - interval '1 hour'", False),
        ("begun_at = NULL, asked_at = now() - interval '59 minutes'", True),
    ):

        def play(change: str = change, there: bool = there) -> None:
            stage.given(f"UPDATE portaal.taking SET {change}")
            assert bool(next_one(stage)) is there, change
            if there:
                assert stage.seen("SELECT begun_at = now(), done, total FROM portaal.taking") == [(True, 0, 0)]

        stage.undone(play)
    # Asked at the same moment: the first that came.
    stage.given("UPDATE portaal.taking SET begun_at = NULL")
    stage.given("INSERT INTO portaal.taking (dossier_id, language, asked_at) SELECT 2, 'nl', asked_at FROM portaal.taking")
    assert next_one(stage)[0][1] == 1


@scenario
def what_the_worker_makes_is_kept_for_the_inwoner_as_whom_it_works(stage: Stage) -> None:
    asked(stage, begun_at="now()")
    acts = (
        ("SELECT portaal.taking_progress(%s, 4, 9)", "SELECT FROM portaal.taking WHERE done = 4 AND total = 9 AND dossier_id = 1"),
        ("SELECT portaal.keep_taking_part(%s, 1, 'bytes')", "SELECT FROM portaal.taking_part WHERE number = 1 AND sealed = 'bytes'"),
        (
            "SELECT portaal.taking_made(%s, 1, 5, '{101}')",
            "SELECT FROM portaal.taking WHERE made_at = now() AND parts = 1 AND size = 5 AND entries = '{101}' AND dossier_id = 1",
        ),
    )
    for act, there in acts:
        for who, which in ((OTHER, COPY), (MANDATE, COPY), (OWNER, public("taking", 2))):
            assert stage.ask(ME, act, which, who=who) == [(False,)]
        for change in ("begun_at = NULL", "made_at = now(), parts = 7", "failed_at = now()"):

            def over(act: str = act, change: str = change) -> None:
                stage.given(f"UPDATE portaal.taking SET {change}")
                assert stage.ask(ME, act, COPY, who=OWNER) == [(False,)], change

            stage.undone(over)
        assert stage.seen(there) == []

        def play(act: str = act, there: str = there) -> None:
            stage.given("INSERT INTO portaal.taking (dossier_id, language, begun_at) VALUES (2, 'nl', now())")
            assert stage.ask(ME, act, COPY, who=OWNER) == [(True,)]
            assert len(stage.seen(there)) == 1

        stage.undone(play)


@scenario
def what_went_wrong_leaves_no_bytes(stage: Stage) -> None:
    asked(stage, begun_at="now()")
    stage.given("INSERT INTO portaal.taking (dossier_id, language, begun_at) VALUES (2, 'nl', now())")
    stage.given("INSERT INTO portaal.taking_part SELECT id, 1, 'x' FROM portaal.taking")
    failed = "SELECT portaal.taking_failed(%s)"
    stage.ask(ME, failed, COPY, who=OTHER)
    assert stage.seen("SELECT FROM portaal.taking WHERE failed_at IS NOT NULL") == []
    assert len(stage.seen("SELECT FROM portaal.taking_part")) == 2
    stage.ask(ME, failed, COPY, who=OWNER)
    assert stage.seen("SELECT dossier_id FROM portaal.taking WHERE failed_at = now()") == [(1,)]
    assert stage.seen("SELECT t.dossier_id FROM portaal.taking_part p JOIN portaal.taking t ON t.id = p.taking_id") == [(2,)]
    # A copy that is ready is not undone.
    stage.given("UPDATE portaal.taking SET made_at = now(), failed_at = NULL")
    stage.given("INSERT INTO portaal.taking_part SELECT id, 2, 'y' FROM portaal.taking")
    stage.ask(ME, failed, COPY, who=OWNER)
    assert len(stage.seen("SELECT FROM portaal.taking_part")) == 3


@scenario
def a_piece_is_given_of_a_copy_that_is_ready(stage: Stage) -> None:
    asked(stage, made_at="now()", parts="2")
    stage.given("INSERT INTO portaal.taking (dossier_id, language, made_at) VALUES (2, 'nl', now())")
    stage.given(
        "INSERT INTO portaal.taking_part SELECT t.id, n, (t.dossier_id || ' ' || n)::bytea FROM portaal.taking t, generate_series(1, 2) n"
    )
    piece = "SELECT portaal.taking_part(%s, %s, %s)"
    assert stage.ask(ME, piece, 1, COPY, 2, who=OWNER) == [(b"1 2",)]
    for who, dossier, which, number in (
        (OTHER, 1, COPY, 1),
        (MANDATE, 1, COPY, 1),
        (OTHER, 2, COPY, 1),
        (OWNER, 1, COPY, 3),
        (OWNER, 1, public("taking", 2), 1),
    ):
        assert stage.ask(ME, piece, dossier, which, number, who=who) == [(None,)]
    stage.given("UPDATE portaal.taking SET made_at = NULL")
    assert stage.ask(ME, piece, 1, COPY, 1, who=OWNER) == [(None,)]


@scenario
def the_job_removes_what_is_over(stage: Stage) -> None:
    for change, stays in (
        ("made_at = now() - interval '24 hours'", False),
        ("made_at = now() - interval '23 hours 59 minutes', asked_at = now() - interval '25 hours'", True),
        ("asked_at = now() - interval '24 hours'", False),
        ("asked_at = now() - interval '23 hours 59 minutes'", True),
    ):

        def play(change: str = change, stays: bool = stays) -> None:
            asked(stage)
            stage.given(f"UPDATE portaal.taking SET {change}")
            stage.ask("portaal_jobs", "SELECT portaal.clean_up_takings()")
            assert bool(stage.seen("SELECT FROM portaal.taking")) is stays, change

        stage.undone(play)


def people(stage: Stage, who: Who = OWNER, dossier: int = 1) -> set[int]:
    """Whom a copy names."""
    return {row[0] for row in stage.ask(ME, "SELECT id FROM acl.taken_people(%s)", dossier, who=who)}


@scenario
def a_copy_names_who_has_a_part_that_the_inwoner_can_see(stage: Stage) -> None:
    assert people(stage, MANDATE) == people(stage, NAASTE) == people(stage, OWNER, 2) == set()
    named = people(stage)
    assert 1 in named
    assert {row[0] for row in stage.seen("SELECT staff_id FROM casus.assignment WHERE dossier_id = 1")} <= named
    assert {row[0] for row in stage.seen("SELECT person_id FROM casus.mandate WHERE dossier_id = 1")} <= named
    assert {row[0] for row in stage.seen("SELECT grantee_id FROM casus.access_grant WHERE dossier_id = 1")} <= named
    [role] = stage.ask(ME, "SELECT role, joined_on IS NOT NULL FROM acl.taken_people(1) WHERE id = 40", who=OWNER)
    assert role == ("professional", True)
    # Somebody who has nothing else here, by each way in turn; elsewhere or out of sight it gives nothing.
    stage.given("INSERT INTO casus.person (id, first_name, last_name) VALUES (900, 'Niemand', 'Anders')")
    assert 900 not in people(stage)
    for sql, there in (
        ("UPDATE casus.entry SET author_id = 900 WHERE id = 101", True),
        ("UPDATE casus.entry SET author_id = 900 WHERE id = 105", False),
        ("UPDATE casus.entry SET author_id = 900 WHERE id = 201", False),
        ("UPDATE casus.entry_version SET author_id = 900 WHERE entry_id = 101", True),
        ("UPDATE casus.entry_version SET author_id = 900 WHERE entry_id = 105", False),
        ("UPDATE casus.entry_version SET author_id = 900 WHERE entry_id = 201", False),
        ("INSERT INTO casus.closure (dossier_id, entry_id, person_id, reason) VALUES (1, 101, 900, '')", True),
        ("INSERT INTO casus.entry_opening (entry_id, dossier_id, person_id) VALUES (101, 1, 900)", True),
        ("UPDATE casus.assignment SET dossier_id = 2, staff_id = 900 WHERE staff_id = 40 AND dossier_id = 1", False),
        ("UPDATE casus.mandate SET dossier_id = 2, person_id = 900 WHERE dossier_id = 1", False),
        ("UPDATE casus.access_grant SET dossier_id = 2, grantee_id = 900 WHERE dossier_id = 1 AND scope < 5", False),
    ):

        def play(sql: str = sql, there: bool = there) -> None:
            stage.given(sql)
            assert (900 in people(stage)) is there, sql

        stage.undone(play)


@scenario
def a_copy_tells_of_closing_and_opening_what_the_inwoner_knows(stage: Stage) -> None:
    for name in ("closures", "openings"):
        for who, dossier in ((MANDATE, 1), (NAASTE, 1), (OTHER, 1), (OWNER, 2)):
            stage.given(
                "INSERT INTO casus.closure (dossier_id, entry_id, person_id, reason) SELECT 1, 101, 20, '' UNION SELECT 2, 201, 20, ''"
            )
            stage.given(
                "INSERT INTO casus.entry_opening (entry_id, dossier_id, person_id) VALUES (101, 1, 1), (201, 2, 2) ON CONFLICT DO NOTHING"
            )
            assert stage.ask(ME, f"SELECT FROM acl.taken_{name}(%s)", dossier, who=who) == [], (name, who)
    closures = "SELECT entry_id, person_id, except_responsible FROM acl.taken_closures(1)"
    found = stage.ask(ME, closures, who=OWNER)
    assert (101, 20, False) in found
    assert (116, None, True) in found
    assert not [one for one in found if one[0] in (105, 201)], "withheld from the inwoner, and another dossier's"
    assert not [one for one in found if one[1] is None and not one[2]]
    stage.given("INSERT INTO casus.closure (dossier_id, entry_id, person_id, reason) VALUES (1, 105, 20, '')")
    # Withheld before, and not any more: what is for the team to say is not in the copy.
    stage.given(
        "INSERT INTO casus.closure (dossier_id, entry_id, reason, from_at, ended_at) VALUES (1, 102, 'r', now() - interval '2 days', now())"
    )
    assert stage.ask(ME, closures, who=OWNER) == found
    openings = "SELECT entry_id, person_id FROM acl.taken_openings(1)"
    assert (101, 1) in stage.ask(ME, openings, who=OWNER)
    stage.given("INSERT INTO casus.entry_opening (entry_id, dossier_id, person_id) VALUES (105, 1, 1)")
    assert 105 not in {row[0] for row in stage.ask(ME, openings, who=OWNER)}
