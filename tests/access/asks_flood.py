"""Floods of meldingen, putting them aside, and two meldingen that become one; also as the person with a code sees it (46_melding.sql)."""

from datetime import timedelta
from typing import Any

from tests.access.asks_screening import ELSEWHERE, FIRST, OF_TEAM_2, ROWS, SECOND, does, four, happened, put_in, refused, row, which
from tests.access.hired import LEAD, WORKER, nothing_else_changes
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who

HERE, THERE = b"h" * 32, b"t" * 32
THIRD = 904


def came(stage: Stage, begin: int, *minutes: float, source: bytes = HERE, team: int | None = 1, **columns: Any) -> list[int]:
    """Meldingen from one place, so many minutes ago, numbered from ``begin``."""
    for number, ago in enumerate(minutes, start=begin):
        put_in(stage, number, team=team, ago=timedelta(minutes=ago), source_hash=source, **columns)
    return list(range(begin, begin + len(minutes)))


def flooding(stage: Stage, who: Who = WORKER) -> set[int]:
    """What is part of a flood, as this person sees it."""
    rows = stage.ask("web_team", "SELECT * FROM casus.flood()", who=who)
    for number, *rest in rows:
        assert row(stage, number, "source_hash, public_id, received_at, signs") == tuple(rest)
    return {number for number, *_ in rows}


@scenario
def more_than_ten_within_an_hour_are_a_flood(stage: Stage) -> None:
    came(stage, 1000, *range(100, 110))
    assert flooding(stage) == set()
    put_in(stage, 1010, ago=timedelta(minutes=160), source_hash=HERE)
    assert flooding(stage) == set(range(1000, 1011))


@scenario
def an_hour_is_an_hour(stage: Stage) -> None:
    came(stage, 1000, *range(100, 110))
    tick = timedelta(microseconds=1)
    stage.undone(lambda: _one_more(stage, timedelta(minutes=160) + tick, expected=False))
    stage.undone(lambda: _one_more(stage, timedelta(minutes=160), expected=True))
    stage.undone(lambda: _one_more(stage, timedelta(minutes=49) - tick, expected=False))
    stage.undone(lambda: _one_more(stage, timedelta(minutes=49), expected=True))


def _one_more(stage: Stage, ago: timedelta, *, expected: bool) -> None:
    # From 100 to 109 minutes ago; an hour reaches back to 160 and, from the first of them, forward to 49.
    put_in(stage, 1010, ago=ago, source_hash=HERE)
    assert flooding(stage) == (set(range(1000, 1011)) if expected else set()), ago


@scenario
def who_came_long_before_or_after_is_none_of_it(stage: Stage) -> None:
    flood = came(stage, 1000, *range(100, 111))
    came(stage, 1100, 500, 300, 200)
    came(stage, 1200, 30)
    assert flooding(stage) == set(flood)


@scenario
def another_place_and_no_place_are_none_of_it(stage: Stage) -> None:
    flood = came(stage, 1000, *range(100, 111))
    came(stage, 1100, *range(100, 110), source=THERE)
    for number in range(1200, 1215):
        put_in(stage, number, ago=timedelta(minutes=100))
    assert flooding(stage) == set(flood)


@scenario
def with_what_somebody_did_something_is_none_of_it(stage: Stage) -> None:
    flood = set(came(stage, 1000, *range(100, 116)))
    stage.given("UPDATE casus.melding SET urgency = 4 WHERE id = 1000")
    stage.given("UPDATE casus.melding SET staff_id = %s WHERE id = 1001", WORKER.person)
    for number, event in ((1002, "erger"), (1003, "heropend"), (1004, "bevestigd"), (1005, "gesprek")):
        stage.seen("INSERT INTO casus.melding_event (melding_id, event) VALUES (%s, %s) RETURNING 1", number, event)
    stage.given("UPDATE casus.melding SET open = false WHERE id = 1006")
    assert flooding(stage) == flood - {1000, 1001, 1002, 1003, 1006}


@scenario
def a_flood_over_teams_is_one_and_everybody_sees_the_own_part(stage: Stage) -> None:
    own, theirs = set(came(stage, 1000, *range(100, 106))), set(came(stage, 1100, *range(100, 106), team=2))
    nobodys = set(came(stage, 1200, 100, team=None))
    assert flooding(stage) == flooding(stage, LEAD) == own | nobodys
    assert flooding(stage, ELSEWHERE) == theirs | nobodys
    assert flooding(stage, PEOPLE["administrator"]) == set()


@scenario
def a_flood_goes_aside_in_one_act_and_what_follows_stays_with_it(stage: Stage) -> None:
    own, theirs = came(stage, 1000, *range(100, 108)), came(stage, 1100, *range(100, 108), team=2)
    other = came(stage, 1300, *range(100, 112), source=THERE)
    nothing_else_changes(stage, ROWS, lambda: _aside(stage, own), *own)
    for number in own:
        assert happened(stage, number) == [("opzij", None, "", WORKER.person)]
        assert row(stage, number, "open") == (False,)
    assert flooding(stage) == set(other)
    assert flooding(stage, ELSEWHERE) == set(theirs)
    later = came(stage, 1400, 70)
    assert flooding(stage) == set(other + later)
    put_in(stage, FIRST)
    assert does(stage, "put_flood_aside(%s)", which(FIRST)) == 0


def _aside(stage: Stage, own: list[int]) -> None:
    assert does(stage, "put_flood_aside(%s)", which(own[3])) == len(own)


MERGE = "merge_meldingen(%s, %s)"


@scenario
def the_first_goes_on_with_its_clock(stage: Stage) -> None:
    put_in(stage, FIRST, ago=timedelta(days=2))
    put_in(stage, SECOND, ago=timedelta(days=5))
    put_in(stage, THIRD, merged_into=FIRST, open=False)
    nothing_else_changes(stage, ROWS, lambda: _merged(stage), FIRST, THIRD)
    assert row(stage, FIRST, "merged_into, open") == (SECOND, False)
    assert row(stage, THIRD, "merged_into") == (SECOND,)
    assert row(stage, SECOND, "merged_into, open, now() - received_at") == (None, True, timedelta(days=5))
    assert happened(stage, FIRST) == [("samengevoegd", f"M-0000-{SECOND:04}", "", WORKER.person)]
    assert happened(stage, SECOND) == []


def _merged(stage: Stage) -> None:
    assert does(stage, MERGE, which(FIRST), which(SECOND)) == which(SECOND)


@scenario
def of_the_same_moment_the_one_that_was_open_goes_on(stage: Stage) -> None:
    put_in(stage, FIRST)
    put_in(stage, SECOND)
    assert does(stage, MERGE, which(SECOND), which(FIRST)) == which(SECOND)


@scenario
def what_was_known_of_either_is_known_of_both(stage: Stage) -> None:
    for first, second, expected in (
        ((None, None, None), (2, 40, 1), (2, 40, 1)),
        ((3, 41, 1), (1, 40, None), (1, 41, 1)),
        ((1, None, None), (4, None, 1), (1, None, 1)),
    ):

        def play(first: Any = first, second: Any = second, expected: Any = expected) -> None:
            for number, (urgency, staff, team), days in ((FIRST, first, 9), (SECOND, second, 3)):
                put_in(stage, number, ago=timedelta(days=days), team=team, urgency=urgency, staff_id=staff)
            put_in(stage, THIRD, urgency=4, staff_id=41)
            nothing_else_changes(stage, ROWS, lambda: does(stage, MERGE, which(SECOND), which(FIRST)), FIRST, SECOND)
            assert row(stage, FIRST, "urgency, staff_id, team_id") == expected

        stage.undone(play)


@scenario
def the_clock_of_a_more_pressing_urgency_goes_on_from_when_it_was_found(stage: Stage) -> None:
    ago: tuple[tuple[int, str, str, int], ...] = (
        (FIRST, "urgentie", "3", 60), (FIRST, "gesprek", "telefoon", 2),
        (SECOND, "wachtlijst", "1", 50), (SECOND, "urgentie", "4", 45), (SECOND, "urgentie", "1", 40), (SECOND, "urgentie", "1", 30),
    )  # fmt: skip

    def merged(first: int | None, second: int | None, *events: tuple[int, str, str, int]) -> list[Any]:
        """How long ago, and what, the one that goes on was told of how urgent it is."""
        found: list[Any] = []

        def play() -> None:
            for number, urgency, days in ((FIRST, first, 9), (SECOND, second, 3)):
                put_in(stage, number, ago=timedelta(days=days), urgency=urgency)
            put_in(stage, THIRD)
            for number, event, value, minutes in ((THIRD, "urgentie", "1", 70), *events):
                stage.given(
                    "INSERT INTO casus.melding_event (melding_id, at, event, value) VALUES (%s, now() - %s, %s, %s)",
                    number, timedelta(minutes=minutes), event, value,
                )  # fmt: skip
            before = [event[0] for event in events]
            does(stage, MERGE, which(SECOND), which(FIRST))
            assert row(stage, FIRST, "urgency") == (min(first or 9, second or 9) if first or second else None,)
            assert len(happened(stage, SECOND)) == before.count(SECOND) + 1
            found.extend(
                stage.seen(
                    "SELECT extract(epoch FROM now() - at)::int / 60, event, value, words, staff_id FROM casus.melding_event"
                    " WHERE melding_id = %s ORDER BY id OFFSET %s",
                    FIRST,
                    before.count(FIRST),
                )
            )

        stage.undone(play)
        return found

    def told(minutes: int, urgency: int) -> list[Any]:
        return [(minutes, "urgentie", str(urgency), "", WORKER.person)]

    assert merged(3, 1, *ago) == told(40, 1)
    assert merged(None, 1, *ago[1:]) == told(40, 1)
    assert merged(3, 1, (FIRST, "urgentie", "3", 20), *ago) == told(20, 1), "not before it was weighed here, or that would count"
    assert merged(4, 3) == told(0, 3)
    assert merged(None, 4) == told(0, 4)
    for first, second in ((1, 1), (1, 2), (1, None), (None, None)):
        assert merged(first, second, *ago) == [], (first, second)


@scenario
def merging_answers_nobody_who_said_that_it_gets_worse(stage: Stage) -> None:
    worse_of = (
        "SELECT extract(epoch FROM now() - at)::int / 60 FROM casus.melding_event WHERE melding_id = %s AND event = 'erger' ORDER BY id"
    )

    def worse(first: int, second: int, *events: tuple[int, str, int]) -> list[int]:
        """How many minutes ago each of the lines is that say so, in the one that goes on."""
        found: list[int] = []

        def play() -> None:
            for number, urgency, days in ((FIRST, first, 9), (SECOND, second, 3)):
                put_in(stage, number, ago=timedelta(days=days), urgency=urgency)
            put_in(stage, THIRD)
            for number, event, minutes in ((THIRD, "erger", 1), *events):
                stage.given(
                    "INSERT INTO casus.melding_event (melding_id, at, event, value) VALUES (%s, now() - %s, %s, %s)",
                    number, timedelta(minutes=minutes), event, str(second) if event == "urgentie" else None,
                )  # fmt: skip
            does(stage, MERGE, which(SECOND), which(FIRST))
            found.extend(minutes for (minutes,) in stage.seen(worse_of, FIRST))

        stage.undone(play)
        return found

    assert worse(4, 4, (SECOND, "erger", 30)) == [30]
    assert worse(4, 4, (SECOND, "urgentie", 50), (SECOND, "gesprek", 40), (SECOND, "erger", 30), (SECOND, "bevestigd", 20)) == [30]
    assert worse(4, 4, (SECOND, "erger", 30), (SECOND, "gesprek", 20)) == []
    assert worse(4, 4, (SECOND, "erger", 30), (SECOND, "urgentie", 20)) == []
    assert worse(4, 4, (SECOND, "erger", 20), (SECOND, "gesprek", 20)) == [], "of one moment the one written last counts"
    assert worse(4, 4, (FIRST, "erger", 30)) == [30], "it stands there already"
    assert worse(4, 2, (FIRST, "erger", 30), (SECOND, "urgentie", 20)) == [30, 20], "after the urgency that came along"
    assert worse(4, 2, (FIRST, "erger", 30), (SECOND, "erger", 25), (SECOND, "urgentie", 20)) == [30, 20]
    assert worse(4, 2, (FIRST, "erger", 10), (SECOND, "urgentie", 20)) == [10, 10]
    assert worse(4, 2, (FIRST, "erger", 30), (FIRST, "gesprek", 25), (SECOND, "urgentie", 20)) == [30]
    assert worse(4, 2, (SECOND, "urgentie", 20)) == []


@scenario
def a_research_goes_on_with_its_moments(stage: Stage) -> None:
    research = ((SECOND, "onderzoek", 50), (SECOND, "onderzocht", 40), (SECOND, "aanvraag", 30), (SECOND, "besluit", 20))
    research_of = (
        "SELECT extract(epoch FROM now() - at)::int / 60, event, value, words, staff_id FROM casus.melding_event"
        " WHERE melding_id = %s AND event NOT IN ('urgentie', 'gesprek') ORDER BY id"
    )

    def after(*events: tuple[int, str, int]) -> list[Any]:
        found: list[Any] = []

        def play() -> None:
            for number, days in ((FIRST, 9), (SECOND, 3), (THIRD, 1)):
                put_in(stage, number, ago=timedelta(days=days))
            for number, event, minutes in ((THIRD, "onderzoek", 60), (SECOND, "gesprek", 55), *events):
                stage.given(
                    "INSERT INTO casus.melding_event (melding_id, at, event, value, words, staff_id) VALUES (%s, now() - %s, %s, 'x', 'Woorden', 41)",
                    number, timedelta(minutes=minutes), event,
                )  # fmt: skip
            does(stage, MERGE, which(SECOND), which(FIRST))
            found.extend(stage.seen(research_of, FIRST))

        stage.undone(play)
        return found

    assert after(*research) == [(minutes, event, "x", "Woorden", 41) for _, event, minutes in research]
    assert after((FIRST, "gesprek", 60), *research[:1]) == [(50, "onderzoek", "x", "Woorden", 41)]
    assert after((FIRST, "onderzoek", 45), *research) == [(45, "onderzoek", "x", "Woorden", 41)], "the one that runs there goes on"
    assert after() == []


@scenario
def what_cannot_be_merged(stage: Stage) -> None:
    four(stage)
    assert refused(stage, WORKER, MERGE, which(FIRST), which(FIRST)) == "MB011"
    assert refused(stage, WORKER, MERGE, which(FIRST), which(OF_TEAM_2)) == "MB001"
    for closed in (FIRST, SECOND):

        def play(closed: int = closed) -> None:
            stage.given("UPDATE casus.melding SET open = false WHERE id = %s", closed)
            assert refused(stage, WORKER, MERGE, which(FIRST), which(SECOND)) == "MB012"

        stage.undone(play)
    assert refused(stage, WORKER, MERGE, which(FIRST), which(SECOND)) == ""


@scenario
def who_has_the_code_of_either_sees_no_difference(stage: Stage) -> None:
    put_in(stage, FIRST, ago=timedelta(days=9))
    put_in(stage, SECOND, ago=timedelta(days=3))
    stage.given("INSERT INTO portaal.melding_draft VALUES (%s, '', now(), now(), %s)", b"k" * 32, SECOND)
    for number, event, words in (
        (FIRST, "ontvangen", "eerste"),
        (FIRST, "bevestigd", "eerste"),
        (SECOND, "ontvangen", "tweede"),
        (SECOND, "bevestigd", "tweede"),
        (SECOND, "gesprek", "tweede"),
    ):
        stage.given("INSERT INTO casus.melding_event (melding_id, event, words) VALUES (%s, %s, %s)", number, event, words)
    does(stage, MERGE, which(FIRST), which(SECOND))
    does(stage, "melding_act(%s, 'gesprek', NULL, 'samen', NULL)", which(FIRST))
    told = stage.ask("web_inwoner", "SELECT number, event, words FROM portaal.sent_melding(%s)", b"k" * 32)
    assert told == [
        (f"M-0000-{SECOND:04}", *line)
        for line in (("ontvangen", "tweede"), ("bevestigd", "tweede"), ("gesprek", "tweede"), ("gesprek", "samen"))
    ]
    assert stage.one("web_inwoner", "SELECT portaal.melding_worse(%s, 'Erger')", b"k" * 32) is True
    assert happened(stage, FIRST)[-1][:3] == ("erger", None, "Erger")
    assert row(stage, SECOND, "open") == (False,)
