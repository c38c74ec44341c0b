"""Handing over: who proposes, what can go along, who has the code, what they read and say, and that our help doesn't end before; with decoys."""

import json
from typing import Any
from uuid import UUID, uuid4

from tests.access import planned
from tests.access.asks_ending import COLLEAGUE, FINISH, LEAD, mails
from tests.access.asks_evaluation import a_day
from tests.access.asks_plan import ASSIGNED, MANDATE, NAASTE, OTHER, OWNER, face
from tests.access.planned import HANDOVER, HANDOVER_CODES, OTHERS_HANDOVER, OTHERS_PACKED, PACKED
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, public

PROPOSE = "SELECT casus.propose_handover(%s, %s, %s)"
RECEIVE = "SELECT casus.receive_handover(%s, %s, %s)"
ANSWER = "SELECT casus.answer_handover(%s, %s, %s, %s, %s, %s)"
WITHDRAW = "SELECT casus.withdraw_handover(%s)"
STUCK = "SELECT casus.handover_stuck(%s, %s)"
NOTE = "SELECT casus.note_handover(%s, %s, %s, %s, %s, %s)"
CODE = "SELECT portaal.give_handover_code(%s, %s)"
LOOK = "SELECT * FROM portaal.handed_over(%s)"
FETCH = "SELECT * FROM portaal.fetch_handover(%s, %s)"
PIECE = "SELECT portaal.handover_piece(%s, %s)"
TAKE = "SELECT portaal.take_handover(%s, %s, %s, %s, %s)"
CLEAN = "SELECT portaal.clean_up_handovers()"
PACKAGES = "SELECT handover, size, code_until > now() FROM portaal.packages(%s) ORDER BY 1"
LEFT = "SELECT handover_id FROM portaal.package ORDER BY 1"
TOLD = "SELECT person_id, topic FROM portaal.outbox ORDER BY id"
ELSEWHERE = (LEAD, PEOPLE["assigned before"], PEOPLE["assigned elsewhere"])


def one(number: int) -> UUID:
    """The id of a handover of planned.py."""
    return public("handover", number)


def to(**more: object) -> str:
    """To whom."""
    return json.dumps({**json.loads(planned.HAND_OVER), **more})


def said(choice: int = 1, **more: object) -> str:
    """What the inwoner says."""
    whole = {"choice": choice, "words": "", "way": "portaal", "proof": "", "plan_version": None, "seen": "2099-01-01"}
    return json.dumps({**whole, **more})


def entries(*numbers: int) -> list[UUID]:
    """Their ids."""
    return [public("entry", number) for number in numbers]


def answered(stage: Stage, *numbers: int, says: str = "") -> tuple[Any, ...]:
    """What is sent with an answer about the one that waits."""
    return (one(HANDOVER), says or said(), entries(*numbers), public("package", 9), 7, [b"abc", b"d"])


def destroyed(dossier: int = 1, outcome: int = 1, ago: str = "0 days") -> str:
    """What was asked to destroy of the plan that goes along has its answer."""
    reason = "NULL" if outcome == 1 else "'x'"
    return (
        f"UPDATE casus.handover SET plan_version = 1 WHERE id = {PACKED}; UPDATE casus.plan_destruction SET outcome = {outcome}, reason = {reason},"
        f" decided_at = now() - interval '{ago}', decided_by = 40 WHERE dossier_id = {dossier}"
    )


@scenario
def both_sides_read_it_and_nobody_else(stage: Stage) -> None:
    read, goes = "SELECT id FROM casus.handover ORDER BY 1", "SELECT handover_id, entry_id FROM casus.handover_entry"
    for who in (OWNER, MANDATE, COLLEAGUE):
        assert stage.ask(face(who), read, who=who) == [(HANDOVER,), (PACKED,)]
        assert stage.ask(face(who), goes, who=who) == [(PACKED, 101)]
    for name in ("grant whole", "invited to the plan", "team lead", "assigned before", "mandate ended", "administrator"):
        who = PEOPLE[name]
        assert stage.ask(face(who), read, who=who) == [], name
        assert stage.ask(face(who), goes, who=who) == [], name
    # What is closed for somebody is not named to them.
    stage.given("UPDATE casus.handover_entry SET entry_id = 109 WHERE handover_id = %s", PACKED)
    assert stage.ask("web_team", goes, who=COLLEAGUE) == []
    assert stage.ask("web_team", goes, who=ASSIGNED) == [(PACKED, 109)]


@scenario
def it_is_laid_before_the_inwoner_as_it_was_said(stage: Stage) -> None:
    mails(stage)
    new, day, since = uuid4(), a_day(stage, "3 days"), a_day(stage, "-90 days")
    whole = to(
        kind=2, starts_on=day, ends_here=True, sections=[2, 6], from_day=since, with_plan=True, choice=1, made_by=9, id=9, takes=True
    )
    stage.ask("web_team", PROPOSE, 1, new, whole, who=ASSIGNED)
    assert stage.seen(
        "SELECT dossier_id, inward, kind, organisation, receiver, why, starts_on::text, ends_here, sections, from_day::text, with_plan, made_by, made_by_name,"
        " choice, takes FROM casus.handover WHERE public_id = %s",
        new,
    ) == [(1, False, 2, "Pluryn", "S. Bakker", "Meer hulp", day, True, [2, 6], since, True, 40, "assigned Proef", None, None)]
    assert stage.seen(TOLD) == [(1, "nieuw")]
    assert stage.refusal("web_team", PROPOSE, 1, new, whole, who=ASSIGNED) == "MB009"
    for who in ELSEWHERE:
        assert stage.refusal("web_team", PROPOSE, 1, uuid4(), whole, who=who) == "MB001"
    for away in ("-1 days", "1 year 1 day"):
        assert stage.refusal("web_team", PROPOSE, 1, uuid4(), to(starts_on=a_day(stage, away)), who=ASSIGNED) == "MB095", away
    assert stage.refusal("web_team", PROPOSE, 1, uuid4(), to(starts_on=None), who=ASSIGNED) == "MB095"
    for away in ("0 days", "1 year"):

        def well(away: str = away) -> None:
            stage.ask("web_team", PROPOSE, 1, uuid4(), to(starts_on=a_day(stage, away)), who=ASSIGNED)

        stage.undone(well)
    for more in ({"organisation": ""}, {"receiver": ""}, {"kind": 7}, {"kind": 0}):
        assert stage.refusal("web_team", PROPOSE, 1, uuid4(), to(**more), who=ASSIGNED) == "23514", more


@scenario
def what_another_party_handed_over_is_confirmed_in_the_own_name(stage: Stage) -> None:
    mails(stage)
    new, day = uuid4(), a_day(stage, "-3 days")
    stage.ask("web_team", RECEIVE, 1, new, to(starts_on=day, ends_here=True, taken_by="iemand anders"), who=ASSIGNED)
    assert stage.seen(
        "SELECT dossier_id, inward, kind, organisation, receiver, why, ends_here, sections, with_plan, made_by, made_by_name, takes, begins_on::text, taken_by,"
        " taken_how, taken_at > now() - interval '1 minute', choice FROM casus.handover WHERE public_id = %s",
        new,
    ) == [
        (
            1,
            True,
            3,
            "Pluryn",
            "S. Bakker",
            "Meer hulp",
            False,
            [],
            False,
            40,
            "assigned Proef",
            True,
            day,
            "assigned Proef",
            "Een brief",
            True,
            None,
        )
    ]
    assert stage.seen(TOLD) == [(1, "nieuw")]
    assert stage.refusal("web_team", RECEIVE, 1, new, to(), who=ASSIGNED) == "MB009"
    for who in ELSEWHERE:
        assert stage.refusal("web_team", RECEIVE, 1, uuid4(), to(), who=who) == "MB001"
    for day_of in (a_day(stage, "1 year 1 day"), None):
        assert stage.refusal("web_team", RECEIVE, 1, uuid4(), to(starts_on=day_of), who=ASSIGNED) == "MB095"

    def last() -> None:
        stage.ask("web_team", RECEIVE, 1, uuid4(), to(starts_on=a_day(stage, "1 year")), who=ASSIGNED)

    stage.undone(last)
    # It isn't one to take back, or to answer.
    for statement, more in ((WITHDRAW, ()), (NOTE, ("x", True, day, "", "x"))):
        assert stage.refusal("web_team", statement, new, *more, who=ASSIGNED) == "MB001"


@scenario
def the_inwoner_says_once_what_goes_along(stage: Stage) -> None:
    for who in (NAASTE, OTHER):
        assert stage.refusal(face(who), ANSWER, *answered(stage, 101), who=who) == "MB001"
    assert stage.refusal("web_team", ANSWER, *answered(stage, 101), who=ASSIGNED) == "MB001", "aloud is said as such"
    paper = said(way="papier", proof="getekend")
    assert stage.refusal("web_inwoner", ANSWER, *answered(stage, 101, says=paper), who=OWNER) == "MB001"
    assert stage.refusal("web_team", ANSWER, *answered(stage, 101, says=said(way="papier")), who=ASSIGNED) == "23514", "without proof"

    def aloud() -> None:
        stage.ask("web_team", ANSWER, *answered(stage, 101, says=paper), who=COLLEAGUE)
        assert stage.seen("SELECT choice, way, proof, answered_by_name FROM casus.handover WHERE id = %s", HANDOVER) == [
            (1, "papier", "getekend", "assigned, entry closed Proef")
        ]

    stage.undone(aloud)
    stage.ask("web_inwoner", ANSWER, *answered(stage, 101, 113, says=said(words="Goed", plan_version=1)), who=OWNER)
    assert stage.seen(
        "SELECT choice, words, way, proof, plan_version, answered_by_name, answered_at > now() - interval '1 minute' FROM casus.handover WHERE id = %s",
        HANDOVER,
    ) == [(1, "Goed", "portaal", "", 1, "owner Proef", True)]
    assert stage.seen("SELECT dossier_id, entry_id, version FROM casus.handover_entry WHERE handover_id = %s ORDER BY 2", HANDOVER) == [
        (1, 101, 1),
        (1, 113, 1),
    ]
    assert stage.seen("SELECT public_id, size, code_hash FROM portaal.package WHERE handover_id = %s", HANDOVER) == [
        (public("package", 9), 7, None)
    ]
    assert stage.seen("SELECT number, sealed FROM portaal.package_part WHERE handover_id = %s ORDER BY 1", HANDOVER) == [
        (1, b"abc"),
        (2, b"d"),
    ]
    assert stage.refusal("web_inwoner", ANSWER, *answered(stage, 101), who=OWNER) == "MB072"
    assert stage.seen("SELECT id FROM casus.handover WHERE choice IS NOT NULL ORDER BY 1") == [(HANDOVER,), (PACKED,), (OTHERS_PACKED,)]


@scenario
def a_no_packs_nothing(stage: Stage) -> None:
    stage.ask("web_inwoner", ANSWER, *answered(stage, 101, says=said(2, words="Liever niet")), who=MANDATE)
    assert stage.seen("SELECT choice, words, answered_by_name FROM casus.handover WHERE id = %s", HANDOVER) == [
        (2, "Liever niet", "mandate, as naaste Proef, namens owner Proef")
    ]
    assert stage.seen(LEFT) == [(PACKED,), (OTHERS_PACKED,)]
    assert stage.seen("SELECT count(*) FROM casus.handover_entry WHERE handover_id = %s", HANDOVER) == [(0,)]


@scenario
def only_what_the_inwoner_reads_and_nobody_keeps_can_go(stage: Stage) -> None:
    # Withheld, to talk over, kept, a page of the diary for oneself, of another dossier, taken out.
    for number in (105, 106, 112, 114, 201, 136):
        assert stage.refusal("web_inwoner", ANSWER, *answered(stage, 101, number), who=OWNER) == "MB112", number
    # Who works there gives nothing along that is closed for them or for the inwoner.
    paper = said(way="papier", proof="getekend")
    for number in (105, 106, 109):
        assert stage.refusal("web_team", ANSWER, *answered(stage, number, says=paper), who=COLLEAGUE) == "MB112", number
    stage.given("INSERT INTO casus.closure (dossier_id, entry_id, person_id, reason, from_at) VALUES (1, 102, 1, 'x', now())")
    assert stage.refusal("web_team", ANSWER, *answered(stage, 102, says=paper), who=COLLEAGUE) == "MB112", "closed for this inwoner"
    # The newest text that is for others, and not one that is the writer's own.
    stage.given(
        "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_name, written_for, created_at) VALUES"
        " (101, 2, 1, 2, 6, 'x', 'x', 'x', 2, now() - interval '1 hour'), (103, 2, 1, 2, 3, 'x', 'x', 'x', 1, now() - interval '1 hour')"
    )

    def newest() -> None:
        stage.ask("web_inwoner", ANSWER, *answered(stage, 101, 103), who=OWNER)
        found = stage.seen("SELECT entry_id, version FROM casus.handover_entry WHERE handover_id = %s ORDER BY 1", HANDOVER)
        assert found == [(101, 2), (103, 1)]

    stage.undone(newest)


@scenario
def what_was_changed_since_it_was_shown_does_not_go(stage: Stage) -> None:
    before = stage.value("SELECT max(created_at)::text FROM casus.entry_version WHERE entry_id IN (101, 102)")
    stage.given(
        "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_name, written_for, created_at) VALUES"
        " (101, 2, 1, 2, 6, 'x', 'x', 'x', 3, clock_timestamp())"
    )
    assert stage.refusal("web_inwoner", ANSWER, *answered(stage, 101, says=said(seen=before)), who=OWNER) == "MB112"
    assert stage.refusal("web_inwoner", ANSWER, *answered(stage, 101, says=said(seen=None)), who=OWNER) == "MB112"
    stage.ask("web_inwoner", ANSWER, *answered(stage, 102, says=said(seen=before)), who=OWNER)


@scenario
def it_is_taken_back_by_either_side_and_then_the_code_opens_nothing(stage: Stage) -> None:
    for who in (LEAD, OTHER, NAASTE):
        assert stage.refusal(face(who), WITHDRAW, one(PACKED), who=who) == "MB001"
    stage.given("INSERT INTO portaal.package_part VALUES (%s, 2, 'x')", PACKED)
    for who in (OWNER, MANDATE, COLLEAGUE):

        def back(who: Any = who) -> None:
            stage.ask(face(who), WITHDRAW, one(PACKED), who=who)
            assert stage.seen(
                "SELECT id, withdrawn_by_name <> '' FROM casus.handover WHERE withdrawn_at > now() - interval '1 minute'"
            ) == [(PACKED, True)]
            assert stage.seen(LEFT) == [(OTHERS_PACKED,)]
            assert stage.seen("SELECT DISTINCT handover_id FROM portaal.package_part") == [(OTHERS_PACKED,)]
            assert stage.refusal("web_inwoner", LOOK, HANDOVER_CODES[PACKED]) == "MB001"
            assert stage.refusal(face(who), WITHDRAW, one(PACKED), who=who) == "MB072"

        stage.undone(back)
    stage.given("UPDATE casus.handover SET takes = true, begins_on = acl.today(), taken_at = now() WHERE id = %s", PACKED)
    assert stage.refusal("web_inwoner", WITHDRAW, one(PACKED), who=OWNER) == "MB072"


@scenario
def the_inwoner_says_that_it_is_stuck(stage: Stage) -> None:
    for who in (ASSIGNED, NAASTE, OTHER):
        assert stage.refusal(face(who), STUCK, one(PACKED), "x", who=who) in ("MB001", "42501")
    stage.ask("web_inwoner", STUCK, one(PACKED), "Niemand belt", who=OWNER)
    assert stage.seen("SELECT id, stuck_words FROM casus.handover WHERE stuck_at > now() - interval '1 minute'") == [
        (PACKED, "Niemand belt")
    ]


@scenario
def a_code_is_given_for_what_is_packed_and_the_one_before_works_no_more(stage: Stage) -> None:
    for who in ELSEWHERE:
        assert stage.refusal("web_team", CODE, one(PACKED), b"k" * 32, who=who) == "MB001"
    assert stage.refusal("web_team", CODE, one(OTHERS_PACKED), b"k" * 32, who=COLLEAGUE) == "MB001"
    assert stage.one("web_team", CODE, one(HANDOVER), b"k" * 32, who=ASSIGNED) is None, "nothing is packed"
    stage.ask("web_team", CODE, one(PACKED), b"k" * 32, who=ASSIGNED)
    assert stage.seen(
        "SELECT handover_id, code_until - now() = interval '14 days' FROM portaal.package WHERE code_hash = %s", b"k" * 32
    ) == [(PACKED, True)]
    assert stage.refusal("web_inwoner", LOOK, HANDOVER_CODES[PACKED]) == "MB001"
    stage.ask("web_inwoner", LOOK, b"k" * 32)
    stage.ask("web_inwoner", LOOK, HANDOVER_CODES[OTHERS_PACKED])


@scenario
def who_has_the_code_reads_for_whom_and_of_whom(stage: Stage) -> None:
    stage.given("INSERT INTO casus.handover_entry VALUES (%s, 1, 102, 1)", PACKED)
    stage.given("UPDATE casus.handover SET plan_version = 4, why = 'Meer hulp', made_by_name = 'assigned Proef' WHERE id = %s", PACKED)
    [found] = stage.ask("web_inwoner", LOOK, HANDOVER_CODES[PACKED])
    day = stage.value("SELECT starts_on FROM casus.handover WHERE id = %s", PACKED)
    until = stage.value("SELECT code_until FROM portaal.package WHERE handover_id = %s", PACKED)
    assert found == ("Pluryn", "S. Bakker", "owner Proef", "assigned Proef", 3, day, "Meer hulp", 2, 4, 3, until, None, None, None)
    [other] = stage.ask("web_inwoner", LOOK, HANDOVER_CODES[OTHERS_PACKED])
    assert (other[2], other[7:10]) == ("owner of another dossier Proef", (1, None, OTHERS_PACKED))
    assert stage.refusal("web_inwoner", LOOK, b"x" * 32) == "MB001"


@scenario
def fetching_is_written_down_before_a_piece_is_given(stage: Stage) -> None:
    code = HANDOVER_CODES[PACKED]
    assert stage.one("web_inwoner", PIECE, code, 1) is None, "nobody said who fetches it"
    stage.given("INSERT INTO portaal.package_part VALUES (%s, 2, 'twee')", PACKED)
    stage.given("INSERT INTO casus.handover_entry VALUES (%s, 1, 102, 1)", PACKED)
    assert stage.ask("web_inwoner", FETCH, code, "S. Bakker") == [(public("package", PACKED), 2, 3)]
    assert stage.seen("SELECT id, fetched_by FROM casus.handover WHERE fetched_at > now() - interval '1 minute'") == [(PACKED, "S. Bakker")]
    assert stage.seen(
        "SELECT dossier_id, what, shown, shown_entries, reader_id, reader_name, reader_role, ground, ground_detail, program FROM casus.read_log"
        " WHERE what = 'uitvoer' ORDER BY id DESC LIMIT 1"
    ) == [(1, "uitvoer", 2, [101, 102], None, "S. Bakker", "Pluryn", "overdracht", "", "web_inwoner")]
    assert stage.seen("SELECT dossier_id, person_id, person_name, person_role FROM casus.change_log WHERE event = 'handover.fetched'") == [
        (1, None, "S. Bakker", "Pluryn")
    ]
    assert stage.one("web_inwoner", PIECE, code, 1) == f"part of {PACKED}".encode()
    assert stage.one("web_inwoner", PIECE, code, 2) == b"twee"
    assert stage.one("web_inwoner", PIECE, code, 3) is None
    assert stage.one("web_inwoner", PIECE, HANDOVER_CODES[OTHERS_PACKED], 1) is None
    assert stage.ask("web_inwoner", FETCH, HANDOVER_CODES[OTHERS_PACKED], "J. Vos") == [
        (public("package", OTHERS_PACKED), 1, OTHERS_PACKED)
    ]
    # With no entry in it, that is what the line says.
    stage.given("DELETE FROM casus.handover_entry WHERE handover_id = %s", PACKED)
    stage.ask("web_inwoner", FETCH, code, "S. Bakker")
    assert stage.seen("SELECT shown, shown_entries FROM casus.read_log ORDER BY id DESC LIMIT 1") == [(0, [])]


@scenario
def somebody_who_is_signed_in_stands_in_the_log_as_oneself(stage: Stage) -> None:
    """The name that was typed counts for who has no account alone."""
    stage.ask("web_inwoner", FETCH, HANDOVER_CODES[PACKED], "Valse Naam", who=OTHER)
    assert stage.seen("SELECT reader_id, reader_name FROM casus.read_log ORDER BY id DESC LIMIT 1") == [
        (OTHER.person, "owner of another dossier Proef")
    ]
    assert stage.seen("SELECT person_id FROM casus.change_log ORDER BY id DESC LIMIT 1") == [(OTHER.person,)]


@scenario
def what_was_taken_out_destroyed_or_put_out_of_sight_is_not_given(stage: Stage) -> None:
    code = HANDOVER_CODES[PACKED]
    gone = (
        "UPDATE portaal.package SET code_until = now()",
        "UPDATE casus.handover SET takes = false, taken_at = now() WHERE id = 3",
        "UPDATE casus.handover SET withdrawn_at = now() WHERE id = 3",
        "UPDATE casus.handover_entry SET entry_id = 136 WHERE handover_id = 3",
        destroyed(),
        f"{destroyed()}; UPDATE casus.handover SET answered_at = now() WHERE id = {PACKED}",
        "INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (1, 'portaal', 1)",
    )
    for of in gone:

        def closed(of: str = of) -> None:
            stage.given(of)
            for statement, more in ((LOOK, ()), (FETCH, ("x",)), (PIECE, (1,)), (TAKE, ("x", True, a_day(stage, "1 days"), ""))):
                assert stage.refusal("web_inwoner", statement, code, *more) == "MB001", (of, statement)

        stage.undone(closed)
    still = (
        "UPDATE casus.plan_destruction SET outcome = 1, decided_at = now(), decided_by = 40 WHERE dossier_id = 1",
        destroyed(outcome=2),
        destroyed(dossier=2),
        destroyed(ago="9 days"),
        "UPDATE casus.handover_entry SET entry_id = 136 WHERE handover_id = 4",
        "INSERT INTO casus.pause (dossier_id, way, began_by, ended_by, ended_at) VALUES (1, 'portaal', 1, 40, now())",
        "INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (2, 'portaal', 2)",
    )
    for of in still:

        def given(of: str = of) -> None:
            stage.given(of)
            stage.ask("web_inwoner", LOOK, code)

        stage.undone(given)


@scenario
def a_named_person_says_whether_they_take_over(stage: Stage) -> None:
    mails(stage)
    code, day = HANDOVER_CODES[PACKED], a_day(stage, "5 days")
    for away in ("367 days", "-367 days"):
        assert stage.refusal("web_inwoner", TAKE, code, "S. Bakker", True, a_day(stage, away), "") == "MB095", away
    assert stage.refusal("web_inwoner", TAKE, code, "S. Bakker", True, None, "") == "MB095"
    for away in ("366 days", "-366 days"):

        def well(away: str = away) -> None:
            stage.ask("web_inwoner", TAKE, code, "S. Bakker", True, a_day(stage, away), "")

        stage.undone(well)
    columns = "takes, begins_on::text, taken_by, taken_why, taken_how, taken_at > now() - interval '1 minute', stuck_at"
    taken = f"SELECT id, {columns} FROM casus.handover WHERE takes IS NOT NULL"
    logged = "SELECT dossier_id, event, person_name, person_role FROM casus.change_log WHERE event LIKE 'handover.%%'"

    def no() -> None:
        stage.ask("web_inwoner", TAKE, code, "S. Bakker", False, None, "Vol")
        assert stage.seen(taken) == [(PACKED, False, None, "S. Bakker", "Vol", "", True, None)]
        assert stage.seen(LEFT) == [(OTHERS_PACKED,)]
        assert stage.seen(logged) == [(1, "handover.not_taken", "S. Bakker", "Pluryn")]

    stage.undone(no)

    def no_with_a_day() -> None:
        stage.ask("web_inwoner", TAKE, code, "S. Bakker", False, day, "Vol")
        assert stage.seen("SELECT id, begins_on FROM casus.handover WHERE takes = false") == [(PACKED, None)]

    stage.undone(no_with_a_day)
    stage.given("UPDATE casus.handover SET stuck_at = now()")
    stage.ask("web_inwoner", TAKE, code, "S. Bakker", True, day, "")
    assert stage.seen(taken) == [(PACKED, True, day, "S. Bakker", "", "", True, None)]
    assert stage.seen(logged) == [(1, "handover.taken", "S. Bakker", "Pluryn")]
    assert stage.seen(TOLD) == [(1, "nieuw")]
    assert stage.seen(LEFT) == [(PACKED,), (OTHERS_PACKED,)], "it can be fetched again while the code works"
    assert stage.seen("SELECT count(*) FROM casus.handover WHERE stuck_at IS NOT NULL") == [(3,)]
    assert stage.refusal("web_inwoner", TAKE, code, "S. Bakker", True, day, "") == "MB072"


@scenario
def what_was_said_elsewhere_is_written_down_by_who_works_there(stage: Stage) -> None:
    day = a_day(stage, "5 days")
    for who in ELSEWHERE:
        assert stage.refusal("web_team", NOTE, one(PACKED), "S. Bakker", True, day, "", "Zij belde", who=who) == "MB001"
    assert stage.refusal("web_team", NOTE, one(HANDOVER), "S. Bakker", True, day, "", "Zij belde", who=ASSIGNED) == "MB072", (
        "the inwoner first"
    )
    stage.given("UPDATE casus.handover SET choice = 2, way = 'portaal' WHERE id = %s", HANDOVER)
    assert stage.refusal("web_team", NOTE, one(HANDOVER), "S. Bakker", True, day, "", "Zij belde", who=ASSIGNED) == "MB072"
    stage.ask("web_team", NOTE, one(PACKED), "S. Bakker", True, day, "", "Zij belde", who=COLLEAGUE)
    assert stage.seen("SELECT id, begins_on::text, taken_by, taken_how FROM casus.handover WHERE takes") == [
        (PACKED, day, "S. Bakker", "Zij belde")
    ]
    assert stage.refusal("web_team", NOTE, one(PACKED), "S. Bakker", False, day, "", "Zij belde", who=ASSIGNED) == "MB072"


@scenario
def our_help_does_not_end_before_the_other_has_begun(stage: Stage) -> None:
    ending = public("ending", 1)
    last = "UPDATE casus.ending SET ends_on = acl.today() + 20, choice = 1, way = 'portaal' WHERE id = 1"
    stage.given(last)
    stage.given("UPDATE casus.handover SET ends_here = true WHERE id = %s", OTHERS_HANDOVER)
    took = "takes = true, taken_at = now(), begins_on = acl.today()"

    def refused(of: str, code: str, kind: int = 1) -> None:
        def play() -> None:
            stage.given(of)
            stage.given("UPDATE casus.ending SET kind = %s, onward = 'x' WHERE id = 1", kind)
            assert stage.refusal("web_team", FINISH, ending, who=ASSIGNED) == code, (of, kind)

        stage.undone(play)

    waits = f"UPDATE casus.handover SET ends_here = true WHERE id = {PACKED}"
    refused("SELECT 1", "")
    refused(waits, "MB111")
    refused(f"{waits}; UPDATE casus.handover SET withdrawn_at = now() WHERE id = {PACKED}", "")
    refused(f"{waits}; UPDATE casus.handover SET choice = 2 WHERE id = {PACKED}", "")
    refused(f"{waits}; UPDATE casus.handover SET choice = NULL, way = NULL WHERE id = {PACKED}", "MB111")
    refused(f"{waits}; UPDATE casus.handover SET takes = false, taken_at = now() WHERE id = {PACKED}", "MB111")
    refused(f"{waits}; UPDATE casus.handover SET {took} + 20 WHERE id = {PACKED}", "")
    refused(f"{waits}; UPDATE casus.handover SET {took} + 21 WHERE id = {PACKED}", "MB111")
    # Handed over wholly goes with a handover that was taken, in this dossier and from us.
    refused("SELECT 1", "MB111", 2)
    refused(f"UPDATE casus.handover SET {took} + 20 WHERE id = {PACKED}", "", 2)
    refused(f"UPDATE casus.handover SET {took} + 21 WHERE id = {PACKED}", "MB111", 2)
    refused(f"UPDATE casus.handover SET {took}, inward = true WHERE id = {PACKED}", "MB111", 2)
    refused(f"UPDATE casus.handover SET {took}, withdrawn_at = now() WHERE id = {PACKED}", "MB111", 2)
    refused(f"UPDATE casus.handover SET {took} WHERE id = {OTHERS_PACKED}", "MB111", 2)


@scenario
def both_sides_see_whether_it_is_packed(stage: Stage) -> None:
    for who in (OWNER, MANDATE, COLLEAGUE):
        assert stage.ask(face(who), PACKAGES, 1, who=who) == [(PACKED, 3, True)]
    for who in (LEAD, OTHER, NAASTE):
        assert stage.ask(face(who), PACKAGES, 1, who=who) == []
    stage.given("UPDATE casus.handover_entry SET entry_id = 136 WHERE handover_id = %s", PACKED)
    assert stage.ask("web_inwoner", PACKAGES, 1, who=OWNER) == []


@scenario
def the_job_removes_what_can_not_be_opened_any_more(stage: Stage) -> None:
    def left(of: str, *numbers: int) -> None:
        def play() -> None:
            stage.given(of)
            stage.ask("portaal_jobs", CLEAN)
            assert stage.seen(LEFT) == [(number,) for number in numbers], of
            assert stage.seen("SELECT handover_id FROM portaal.package_part ORDER BY 1") == [(number,) for number in numbers], of

        stage.undone(play)

    left("SELECT 1", PACKED, OTHERS_PACKED)
    left("UPDATE portaal.package SET code_until = now() WHERE handover_id = 3", OTHERS_PACKED)
    left("UPDATE portaal.package SET code_until = now() + interval '1 minute', made_at = now() - interval '90 days'", PACKED, OTHERS_PACKED)
    without = "code_hash = NULL, code_until = NULL WHERE handover_id = 3"
    left(f"UPDATE portaal.package SET made_at = now() - interval '28 days', {without}", OTHERS_PACKED)
    left(f"UPDATE portaal.package SET made_at = now() - interval '27 days', {without}", PACKED, OTHERS_PACKED)
    left("UPDATE casus.handover_entry SET entry_id = 136 WHERE handover_id = 3", OTHERS_PACKED)
    # Out of sight for a time is not gone.
    paused = "INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (1, 'portaal', 1)"
    left(paused, PACKED, OTHERS_PACKED)
    left(
        f"{paused}; UPDATE casus.pause SET ended_at = now(), ended_by = 40; UPDATE casus.handover_entry SET entry_id = 136 WHERE handover_id = 3",
        OTHERS_PACKED,
    )
    left(
        f"{paused}; UPDATE casus.pause SET dossier_id = 2; UPDATE casus.handover_entry SET entry_id = 136 WHERE handover_id = 3",
        OTHERS_PACKED,
    )
