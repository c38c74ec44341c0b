"""What the team does with a melding: who handles which, what exactly changes, and what is refused (47_screening.sql). Floods and merging: asks_flood.py."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests.access.hired import ADMIN, LEAD, WORKER, nothing_else_changes
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who, public

ELSEWHERE = PEOPLE["other team"]
ROWS = "SELECT id, received_at, urgency, team_id, staff_id, open, stands_alone, merged_into, signs FROM casus.melding"
FIRST, SECOND, OF_TEAM_2, OF_NOBODY = 900, 901, 902, 903
TEAMS = {FIRST: 1, SECOND: 1, OF_TEAM_2: 2, OF_NOBODY: None}


def which(number: int) -> UUID:
    """The public id of a melding."""
    return public("melding", number)


def put_in(stage: Stage, number: int, *, team: int | None = 1, ago: timedelta = timedelta(days=1), **columns: Any) -> None:
    """A melding that came in so long ago."""
    values = {"for_whom": "zelf", "channel": "website", **columns}
    stage.given(
        f"INSERT INTO casus.melding (id, public_id, number, team_id, received_at, {', '.join(values)})"
        f" VALUES (%s, %s, %s, %s, now() - %s, {', '.join(['%s'] * len(values))})",
        number,
        which(number),
        f"M-0000-{number:04}",
        team,
        ago,
        *values.values(),
    )


def four(stage: Stage, **columns: Any) -> None:
    """Two of team 1, one of team 2, one of no team."""
    for number, team in TEAMS.items():
        put_in(stage, number, team=team, **columns)


def refused(stage: Stage, who: Who, sql: str, *values: object) -> str:
    """The code of the refusal; empty when it was done, and undone."""
    return stage.refusal("web_team", f"SELECT casus.{sql}", *values, who=who)


def does(stage: Stage, sql: str, *values: object, who: Who = WORKER) -> Any:
    """Does it; gives what it gives."""
    return stage.one("web_team", f"SELECT casus.{sql}", *values, who=who)


def row(stage: Stage, number: int, columns: str) -> Any:
    """What stands in a melding now."""
    [found] = stage.seen(f"SELECT {columns} FROM casus.melding WHERE id = %s", number)
    return found


def happened(stage: Stage, number: int) -> list[Any]:
    """What happened with it: event, value, words, who."""
    return stage.seen("SELECT event, value, words, staff_id FROM casus.melding_event WHERE melding_id = %s ORDER BY id", number)


ACT = "melding_act(%s, %s, %s, %s, now() - %s::interval)"
TAKE = "take_melding(%s)"
RESEARCH = "research_act(%s, %s, %s, now() - %s::interval)"


@scenario
def who_handles_which(stage: Stage) -> None:
    four(stage)
    for who, handled in (
        (WORKER, {FIRST, SECOND, OF_NOBODY}),
        (LEAD, {FIRST, SECOND, OF_NOBODY}),
        (ELSEWHERE, {OF_TEAM_2, OF_NOBODY}),
        (ADMIN, set()),
    ):
        for number in TEAMS:
            expected = "" if number in handled else "MB001"
            for act in ("melding_opened(%s)", TAKE, "put_flood_aside(%s)", "melding_act(%s, 'gesprek', NULL, '', NULL)"):
                assert refused(stage, who, act, which(number)) == expected, (who, number, act)
            assert refused(stage, who, "note_melding(%s, 'screening', 'ja', '', NULL, NULL)", which(number)) == expected
            assert refused(stage, who, RESEARCH, which(number), "onderzoek", "Woorden", timedelta(0)) == expected
            if number != FIRST:
                assert refused(stage, who, "merge_meldingen(%s, %s)", which(number), which(FIRST)) == (
                    expected if who in (WORKER, LEAD) else "MB001"
                )
        assert refused(stage, who, TAKE, public("melding", 999)) == "MB001"
        read = {number for (number,) in stage.ask("web_team", "SELECT id FROM casus.melding WHERE id >= 900", who=who)}
        assert read == handled


@scenario
def opening_leaves_a_line(stage: Stage) -> None:
    four(stage)
    does(stage, "melding_opened(%s)", which(SECOND))
    assert stage.seen("SELECT melding_id, staff_id, staff_name FROM casus.melding_read") == [
        (SECOND, WORKER.person, stage.value("SELECT acl.full_name(%s)", WORKER.person))
    ]


@scenario
def what_happened_last_says_whether_it_is_open(stage: Stage) -> None:
    four(stage)

    def add(event: str, *changed: int) -> None:
        def act() -> None:
            stage.seen("INSERT INTO casus.melding_event (melding_id, event) VALUES (%s, %s) RETURNING 1", FIRST, event)

        nothing_else_changes(stage, ROWS, act, *changed)

    quiet = ("ontvangen", "bevestigd", "gesprek", "urgentie", "wachtlijst", "dossier")
    for end in ("gestart", "advies", "doorverwezen", "overgedragen", "geweigerd", "samengevoegd", "opzij"):
        for back in ("erger", "heropend"):
            add(end, FIRST)
            assert row(stage, FIRST, "open") == (False,), end
            for event in quiet:
                add(event)
            stage.given("UPDATE casus.melding SET stands_alone = false WHERE id = %s", FIRST)
            add(back, FIRST)
            assert row(stage, FIRST, "open, stands_alone") == (True, True), back
    for event in quiet:
        add(event)


@scenario
def an_act_is_a_line_and_changes_no_more_than_it_says(stage: Stage) -> None:
    four(stage, urgency=4)
    day = timedelta(hours=3)

    def act(what: str, value: str | None = "x", told: str = "Woorden") -> None:
        does(stage, ACT, which(FIRST), what, value, told, day)

    for what in ("gesprek", "urgentie", "wachtlijst", "gestart"):
        value = "4" if what == "urgentie" else "x"

        def try_it(what: str = what, value: str = value) -> None:
            changed = (FIRST,) if what in ("wachtlijst", "gestart") else ()
            nothing_else_changes(stage, ROWS, lambda: act(what, value), *changed)
            assert happened(stage, FIRST) == [(what, value, "Woorden", WORKER.person)]
            assert stage.value("SELECT now() - at FROM casus.melding_event WHERE melding_id = %s", FIRST) == day
            assert row(stage, FIRST, "urgency, staff_id, open") == (4, WORKER.person if what == "wachtlijst" else None, what != "gestart")

        stage.undone(try_it)
    act("urgentie", "2")
    assert row(stage, FIRST, "urgency") == (2,)
    assert refused(stage, WORKER, ACT, which(FIRST), "urgentie", "5", "", day) == "23514"
    does(stage, TAKE, which(FIRST), who=LEAD)
    act("wachtlijst")
    assert row(stage, FIRST, "staff_id, urgency") == (LEAD.person, 2)
    stage.given("UPDATE casus.melding SET merged_into = %s WHERE id = %s", SECOND, FIRST)
    act("gesprek")
    assert row(stage, FIRST, "merged_into") == (SECOND,)
    act("heropend")
    assert row(stage, FIRST, "merged_into, open") == (None, True)
    does(stage, "melding_act(%s, 'gesprek', NULL, '', NULL)", which(SECOND))
    assert stage.value("SELECT now() - at FROM casus.melding_event WHERE melding_id = %s", SECOND) == timedelta(0)


@scenario
def outcomes_are_told_and_nothing_else_can_be_done(stage: Stage) -> None:
    four(stage)
    for what in ("wachtlijst", "gestart", "advies", "doorverwezen", "overgedragen", "geweigerd"):
        assert refused(stage, WORKER, ACT, which(FIRST), what, None, "", timedelta(0)) == "MB011", what
        assert refused(stage, WORKER, ACT, which(FIRST), what, None, "Woorden", timedelta(0)) == "", what
    for what in ("gesprek", "urgentie", "heropend"):
        assert refused(stage, WORKER, ACT, which(FIRST), what, "1", "", timedelta(0)) == "", what
    for what in ("ontvangen", "bevestigd", "erger", "samengevoegd", "opzij", "dossier", "anders"):
        assert refused(stage, WORKER, ACT, which(FIRST), what, None, "Woorden", timedelta(0)) == "MB011", what
    stage.given("UPDATE casus.melding SET open = false WHERE id = %s", FIRST)
    for what in ("gesprek", "urgentie", "wachtlijst", "gestart"):
        assert refused(stage, WORKER, ACT, which(FIRST), what, "1", "Woorden", timedelta(0)) == "MB012", what
    assert refused(stage, WORKER, ACT, which(FIRST), "heropend", None, "", timedelta(0)) == ""


@scenario
def an_act_is_between_the_melding_and_now(stage: Stage) -> None:
    four(stage)
    tick = timedelta(microseconds=1)
    for ago, refusal in ((timedelta(0), ""), (-tick, "MB006"), (timedelta(days=1), ""), (timedelta(days=1) + tick, "MB006")):
        assert refused(stage, WORKER, ACT, which(FIRST), "gesprek", None, "", ago) == refusal, ago


STEPS_OF_THE_WMO = ("onderzoek", "onderzocht", "aanvraag", "besluit")
MAY_FOLLOW = {
    (): {"onderzoek"},
    ("onderzoek",): {"onderzocht", "aanvraag"},
    ("onderzoek", "onderzocht"): {"aanvraag", "onderzoek"},
    ("onderzoek", "aanvraag"): {"besluit"},
    ("onderzoek", "onderzocht", "aanvraag"): {"besluit"},
    ("onderzoek", "onderzocht", "aanvraag", "besluit"): {"onderzoek"},
}


@scenario
def research_and_decision_come_in_their_order(stage: Stage) -> None:
    four(stage)
    stage.given("INSERT INTO casus.melding_event (melding_id, event) VALUES (%s, 'onderzoek')", SECOND)
    for before, allowed in MAY_FOLLOW.items():

        def play(before: tuple[str, ...] = before, allowed: set[str] = allowed) -> None:
            for event in before:
                does(stage, RESEARCH, which(FIRST), event, "Woorden", timedelta(0))
            for event in ("gesprek", "erger"):
                stage.given("INSERT INTO casus.melding_event (melding_id, event) VALUES (%s, %s)", FIRST, event)
            for what in (*STEPS_OF_THE_WMO, "gesprek", "gestart", "anders"):
                expected = "" if what in allowed else "MB011"
                assert refused(stage, WORKER, RESEARCH, which(FIRST), what, "Woorden", timedelta(0)) == expected, (before, what)
                assert refused(stage, WORKER, RESEARCH, which(FIRST), what, "", timedelta(0)) == "MB011", "the person has to be told"

        stage.undone(play)


@scenario
def a_step_of_research_is_a_line_and_changes_nothing_else(stage: Stage) -> None:
    four(stage, urgency=4)
    hours = timedelta(hours=3)
    nothing_else_changes(stage, ROWS, lambda: does(stage, RESEARCH, which(FIRST), "onderzoek", "Woorden", hours))
    assert happened(stage, FIRST) == [("onderzoek", None, "Woorden", WORKER.person)]
    assert stage.value("SELECT now() - at FROM casus.melding_event WHERE melding_id = %s", FIRST) == hours
    stage.given("UPDATE casus.melding SET open = false WHERE id = %s", FIRST)
    nothing_else_changes(stage, ROWS, lambda: does(stage, "research_act(%s, 'aanvraag', 'Woorden', NULL)", which(FIRST)))
    assert stage.value("SELECT now() - at FROM casus.melding_event WHERE melding_id = %s AND event = 'aanvraag'", FIRST) == timedelta(0)


@scenario
def a_step_of_research_is_not_before_the_one_it_follows(stage: Stage) -> None:
    four(stage)
    tick, hours = timedelta(microseconds=1), timedelta(hours=3)
    for ago, refusal in ((timedelta(0), ""), (-tick, "MB006"), (timedelta(days=1), ""), (timedelta(days=1) + tick, "MB006")):
        assert refused(stage, WORKER, RESEARCH, which(FIRST), "onderzoek", "Woorden", ago) == refusal, ago
    does(stage, RESEARCH, which(FIRST), "onderzoek", "Woorden", hours)
    for ago, refusal in ((timedelta(0), ""), (-tick, "MB006"), (hours, ""), (hours + tick, "MB013")):
        assert refused(stage, WORKER, RESEARCH, which(FIRST), "onderzocht", "Woorden", ago) == refusal, ago


@scenario
def a_note_is_for_the_team(stage: Stage) -> None:
    four(stage)
    for about in ("rechten", "screening", "instemming"):
        does(stage, "note_melding(%s, %s, 'nl', 'Woorden', '2026-01-01 abc', '2026-03-04')", which(SECOND), about)
    for about in ("later", "team", "collega", "anders"):
        assert refused(stage, WORKER, "note_melding(%s, %s, 'nl', '', NULL, NULL)", which(SECOND), about) == "MB011", about
    noted = [
        (SECOND, about, "nl", "Woorden", WORKER.person, "2026-01-01 abc", date(2026, 3, 4))
        for about in ("rechten", "screening", "instemming")
    ]
    read = "SELECT melding_id, about, value, words, staff_id, version, given_on FROM casus.melding_note ORDER BY id"
    assert stage.seen(read) == noted
    for who, found in ((WORKER, noted), (LEAD, noted), (ELSEWHERE, []), (ADMIN, [])):
        assert stage.ask("web_team", read, who=who) == found
    assert stage.ask("web_team", read) == []


@scenario
def who_takes_it_on_is_responsible(stage: Stage) -> None:
    four(stage)
    nothing_else_changes(stage, ROWS, lambda: does(stage, TAKE, which(FIRST)), FIRST)
    assert row(stage, FIRST, "staff_id, team_id") == (WORKER.person, 1)
    does(stage, TAKE, which(FIRST), who=LEAD)
    assert row(stage, FIRST, "staff_id") == (LEAD.person,)
    does(stage, TAKE, which(OF_NOBODY), who=ELSEWHERE)
    assert row(stage, OF_NOBODY, "staff_id, team_id") == (ELSEWHERE.person, 2)


GIVE = "give_melding(%s, (SELECT public_id FROM casus.person WHERE id = %s), 'Kent haar')"


@scenario
def it_goes_to_a_colleague_who_works_with_people_in_that_team(stage: Stage) -> None:
    four(stage)
    for who, number, to, refusal in (
        (WORKER, FIRST, LEAD, ""), (WORKER, FIRST, WORKER, ""), (LEAD, FIRST, WORKER, ""), (WORKER, FIRST, ELSEWHERE, "MB011"),
        (WORKER, FIRST, ADMIN, "MB011"), (WORKER, OF_TEAM_2, ELSEWHERE, "MB001"), (ELSEWHERE, FIRST, WORKER, "MB001"), (ADMIN, FIRST, WORKER, "MB001"),
        (ELSEWHERE, OF_TEAM_2, ELSEWHERE, ""), (WORKER, OF_NOBODY, LEAD, ""), (WORKER, OF_NOBODY, ELSEWHERE, "MB011"), (ELSEWHERE, OF_NOBODY, LEAD, "MB011"),
    ):  # fmt: skip
        assert refused(stage, who, GIVE, which(number), to.person) == refusal, (who, number, to)
    assert refused(stage, WORKER, GIVE, which(FIRST), 9999) == "MB011"
    stage.given("UPDATE casus.staff SET team_id = 1 WHERE person_id = %s", ADMIN.person)
    assert refused(stage, WORKER, GIVE, which(FIRST), ADMIN.person) == "MB011", "who administers opens none"
    for column, days, refusal in (
        ("joined_on", 0, ""),
        ("joined_on", 1, "MB011"),
        ("left_on", 1, ""),
        ("left_on", 0, "MB011"),
        ("left_on", -1, "MB011"),
    ):

        def play(column: str = column, days: int = days, refusal: str = refusal) -> None:
            stage.given(f"UPDATE casus.staff SET {column} = acl.today() + %s WHERE person_id = %s", days, LEAD.person)
            assert refused(stage, WORKER, GIVE, which(FIRST), LEAD.person) == refusal, (column, days)

        stage.undone(play)
    nothing_else_changes(stage, ROWS, lambda: does(stage, GIVE, which(FIRST), LEAD.person), FIRST)
    assert row(stage, FIRST, "team_id, staff_id") == (1, LEAD.person)
    assert refused(stage, WORKER, GIVE, which(FIRST), LEAD.person) == "MB011", "nothing would change"
    does(stage, GIVE, which(OF_NOBODY), WORKER.person, who=LEAD)
    assert row(stage, OF_NOBODY, "team_id, staff_id") == (1, WORKER.person)
    name = "SELECT acl.full_name(%s)"
    noted = stage.seen("SELECT melding_id, about, value, words, staff_id FROM casus.melding_note ORDER BY id")
    assert noted == [
        (FIRST, "collega", stage.value(name, LEAD.person), "Kent haar", WORKER.person),
        (OF_NOBODY, "collega", stage.value(name, WORKER.person), "Kent haar", LEAD.person),
    ]
    stage.given("UPDATE casus.melding SET open = false WHERE id = %s", SECOND)
    assert refused(stage, WORKER, GIVE, which(SECOND), LEAD.person) == "MB012"


MOVE = "move_melding(%s, (SELECT public_id FROM casus.team WHERE id = %s), 'Verhuisd')"


@scenario
def it_goes_to_another_team(stage: Stage) -> None:
    four(stage, staff_id=WORKER.person)
    for team, refusal in ((1, "MB011"), (99, "MB011"), (2, "")):
        assert refused(stage, WORKER, MOVE, which(FIRST), team) == refusal, team
    assert refused(stage, WORKER, MOVE, which(OF_TEAM_2), 1) == "MB001"
    nothing_else_changes(stage, ROWS, lambda: does(stage, MOVE, which(FIRST), 2), FIRST)
    assert row(stage, FIRST, "team_id, staff_id") == (2, None)
    does(stage, MOVE, which(OF_NOBODY), 1)
    assert row(stage, OF_NOBODY, "team_id") == (1,)
    name = stage.value("SELECT name FROM casus.team WHERE id = 1")
    noted = stage.seen("SELECT melding_id, about, value, words, staff_id FROM casus.melding_note ORDER BY id")
    assert noted == [(FIRST, "team", name, "Verhuisd", WORKER.person), (OF_NOBODY, "team", None, "Verhuisd", WORKER.person)]


ANSWERS = '{"for_whom": "zelf", "words": "Ik kom er niet uit.", "signs": ["eten"], "name": "Ria", "reach_ways": [], "language": "nl"}'
ENTER = "enter_melding('M-AAAA-BBBB', %s, %s, NULL, now() - %s::interval, %s, %s)"


def enter(stage: Stage, ago: timedelta | None, why: str = "", *, who: Who = WORKER, channel: str = "telefoon") -> str:
    """Whether it can be entered so."""
    return refused(stage, who, ENTER, channel, ANSWERS, ago, why, b"k" * 32)


@scenario
def who_may_write_one_down_and_when_it_was_asked(stage: Stage) -> None:
    tick, hour = timedelta(microseconds=1), timedelta(hours=1)
    for who, refusal in ((WORKER, ""), (LEAD, ""), (ELSEWHERE, ""), (ADMIN, "MB001")):
        assert enter(stage, None, who=who) == refusal
    for channel in ("telefoon", "balie", "huisbezoek", "stip", "brief"):
        assert enter(stage, None, channel=channel) == ""
    assert enter(stage, None, channel="website") == "MB011"
    for ago, why, refusal in (
        (timedelta(0), "", ""),
        (-tick, "", "MB006"),
        (-tick, "Druk", "MB006"),
        (hour, "", ""),
        (hour + tick, "", "MB006"),
        (hour + tick, "Druk", ""),
    ):
        assert enter(stage, ago, why) == refusal, (ago, why)


@scenario
def what_is_written_down_has_the_same_clock_and_a_code(stage: Stage) -> None:
    four(stage)
    before = stage.seen(f"{ROWS} ORDER BY id")
    made = does(stage, ENTER, "balie", ANSWERS, timedelta(hours=30), "Het was druk", b"k" * 32)
    [(number, *rest)] = stage.seen(
        "SELECT id, channel, for_whom, words, signs, name, team_id, entered_by, source_hash, open, now() - received_at FROM casus.melding"
        " WHERE public_id = %s",
        made,
    )
    assert rest == ["balie", "zelf", "Ik kom er niet uit.", ["eten"], "Ria", 1, WORKER.person, None, True, timedelta(hours=30)]
    assert stage.seen(f"{ROWS} WHERE id <> %s ORDER BY id", number) == before
    assert [event[0] for event in happened(stage, number)] == ["ontvangen", "bevestigd"]
    assert stage.seen("SELECT melding_id, about, words, staff_id FROM casus.melding_note") == [
        (number, "later", "Het was druk", WORKER.person)
    ]
    assert stage.seen("SELECT code_hash, ciphertext, sent_at - now(), melding_id FROM portaal.melding_draft") == [
        (b"k" * 32, b"", timedelta(0), number)
    ]
    again = does(stage, ENTER.replace("AAAA", "CCCC"), "telefoon", ANSWERS, None, "", b"l" * 32, who=ELSEWHERE)
    assert stage.seen("SELECT team_id, now() - received_at FROM casus.melding WHERE public_id = %s", again) == [(2, timedelta(0))]
    assert stage.value("SELECT count(*) FROM casus.melding_note") == 1


@scenario
def who_asked_in_a_letter_hears_in_a_letter_that_it_came_in(stage: Stage) -> None:
    answers = ANSWERS.replace('"reach_ways": []', '"reach_ways": ["brief"], "address": "Straat 1, 6500 AA"')
    for channel in ("telefoon", "balie", "huisbezoek", "stip"):
        does(stage, ENTER.replace("AAAA", channel[:4].upper()), channel, answers, None, "", channel.encode().ljust(32))
    assert stage.seen("SELECT 1 FROM portaal.letter") == []
    does(stage, ENTER, "brief", answers, None, "", b"k" * 32)
    assert stage.seen("SELECT template, to_lines, m.channel FROM portaal.letter l JOIN casus.melding m ON m.id = l.melding_id") == [
        ("melding_ontvangen", ["Straat 1", "6500 AA"], "brief")
    ]


@scenario
def what_is_written_down_for_another_team_goes_there(stage: Stage) -> None:
    name = stage.value("SELECT name FROM casus.team WHERE id = 2")
    made = does(stage, "enter_melding('M-AAAA-BBBB', 'stip', %s, %s, NULL, '', %s)", ANSWERS, name, b"k" * 32)
    assert stage.seen("SELECT team_id FROM casus.melding WHERE public_id = %s", made) == [(2,)]


@scenario
def no_other_role_does_any_of_it(stage: Stage) -> None:
    four(stage)
    a, b = which(FIRST), which(SECOND)
    asked: tuple[tuple[str, tuple[object, ...]], ...] = (
        ("melding_opened(%s)", (a,)),
        (ACT, (a, "gesprek", None, "", timedelta(0))),
        (RESEARCH, (a, "onderzoek", "Woorden", timedelta(0))),
        ("note_melding(%s, 'screening', 'ja', '', NULL, NULL)", (a,)),
        (TAKE, (a,)),
        ("move_melding(%s, %s, '')", (a, a)),
        (ENTER, ("balie", ANSWERS, None, "", b"k" * 32)),
        ("merge_meldingen(%s, %s)", (a, b)),
        ("flood()", ()),
        ("put_flood_aside(%s)", (a,)),
    )
    for sql, values in asked:
        for role in ("web_inwoner", "web_onafhankelijk", "portaal_jobs", "portaal_operator", "casus_controle", "casus_uitvoer"):
            assert stage.refusal(role, f"SELECT casus.{sql}", *values) == "42501", (role, sql)
        if sql != "flood()":
            assert stage.refusal("web_team", f"SELECT casus.{sql}", *values) == "MB001", sql
