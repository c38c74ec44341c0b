"""Where a melding stands: ways that meldingen go, with dates a person can check, and properties of every way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import deadlines
from portal.deadlines import AMSTERDAM, due, with_length
from portal.intake import steps
from portal.intake.steps import Event, Phase, Research, Standing, StepName, next_due, rank, weeks_waited, worklist_key

standing = partial(steps.standing, start=deadlines.START)
steady = settings(deadline=None)
"""A busy machine is no failure."""


def here(month: int, day: int, hour: int = 12, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=AMSTERDAM)


def last_second(month: int, day: int) -> datetime:
    return here(month, day, 23, 59, 59)


MONDAY = here(6, 1, 10)
"""A Monday without a holiday near it."""

CAME_IN = [Event("ontvangen", MONDAY), Event("bevestigd", MONDAY)]


def at(now: datetime, *events: tuple[str, datetime] | tuple[str, datetime, str]) -> Standing:
    return standing(MONDAY, CAME_IN + [Event(*it) for it in events], now=now)


def shown(it: Standing) -> dict[str, tuple[datetime, bool, bool]]:
    """Each step by name: until when, whether it is done, whether it is late."""
    return {str(step.name): (step.due, step.done is not None, step.late) for step in it.steps}


def test_what_came_in_has_its_dates() -> None:
    assert shown(at(MONDAY)) == {
        "ontvangen": (MONDAY, True, False),
        "bevestigd": (here(6, 3, 10), True, False),
        "gesprek": (last_second(6, 8), False, False),
        "start": (last_second(6, 15), False, False),
    }


def test_nobody_confirmed_it_and_it_is_late_after_48_hours() -> None:
    for now, late in ((here(6, 3, 10), False), (here(6, 3, 10, 0, 1), True)):
        step = standing(MONDAY, [], now=now).steps[1]
        assert (step.name, step.done, step.late) == (StepName.CONFIRMED, None, late)
    late_at_last = standing(MONDAY, [Event("bevestigd", here(6, 4))], now=here(6, 9))
    assert late_at_last.steps[1].late


def test_a_talk_in_time_stays_in_time() -> None:
    it = at(here(7, 20), ("gesprek", here(6, 8, 16)))
    assert it.phase is Phase.TALKED
    assert shown(it)["gesprek"] == (last_second(6, 8), True, False)
    assert shown(it)["start"] == (last_second(6, 15), False, True)


def test_a_talk_too_late_stays_too_late() -> None:
    assert shown(at(here(7, 20), ("gesprek", here(6, 9, 9))))["gesprek"] == (last_second(6, 8), True, True)


def test_the_first_time_counts() -> None:
    twice = [
        ("bevestigd", here(6, 8)),
        ("gesprek", here(6, 4)),
        ("gesprek", here(6, 9)),
        ("gestart", here(6, 10)),
        ("advies", here(6, 11)),
        ("gestart", here(6, 12)),
    ]
    it = at(here(6, 20), *twice)
    assert (it.confirmed_at, it.talked_at, it.started_at) == (MONDAY, here(6, 4), here(6, 10))


def test_help_that_starts_at_once_makes_the_talk_unnecessary() -> None:
    it = at(here(6, 20), ("gestart", here(6, 2)))
    assert (it.phase, it.started_at, it.is_open) == (Phase.STARTED, here(6, 2), False)
    assert "gesprek" not in shown(it)
    assert shown(it)["start"] == (last_second(6, 15), True, False)


def test_on_the_waiting_list_both_terms_are_shown() -> None:
    it = at(here(6, 20), ("gesprek", here(6, 4)), ("wachtlijst", here(6, 5)))
    assert (it.phase, it.waiting_from) == (Phase.WAITING, here(6, 5))
    assert shown(it)["start"] == (last_second(6, 15), False, True)
    assert shown(it)["wachten"] == (last_second(6, 29), False, False)  # four weeks after the melding, not after the list
    started = at(here(7, 20), ("gesprek", here(6, 4)), ("wachtlijst", here(6, 5)), ("gestart", here(6, 30, 9)))
    assert shown(started)["wachten"] == (last_second(6, 29), True, True)


@pytest.mark.parametrize(
    ("urgency", "until"),
    [(1, here(6, 6, 9)), (2, here(6, 8, 9)), (3, last_second(6, 10)), (4, None), (None, None)],
)
def test_how_fast_the_team_acts(urgency: int | None, until: datetime | None) -> None:
    known = here(6, 5, 9)  # a Friday: 24 hours later is Saturday, three days Monday, three working days Wednesday
    it = at(known, *([("urgentie", known, str(urgency))] if urgency else []))
    assert shown(it).get("snel", (None,))[0] == until


def test_the_term_of_urgency_begins_when_it_is_known_and_not_again() -> None:
    same = at(here(6, 9), ("urgentie", here(6, 2), "2"), ("urgentie", here(6, 4), "2"))
    assert same.urgency_at == here(6, 2)
    other = at(here(6, 9), ("urgentie", here(6, 2), "2"), ("urgentie", here(6, 4), "1"))
    assert (other.urgency, other.urgency_at) == (1, here(6, 4))


def test_the_urgency_of_a_melding_that_was_merged_into_this_one_counts() -> None:
    merged = at(here(6, 9), ("gesprek", here(6, 4)), ("urgentie", here(6, 5), "4"), ("urgentie", here(6, 5), "1"))
    assert (merged.urgency, merged.urgency_at, rank(merged)) == (1, here(6, 5), 0)
    assert shown(merged)["snel"] == (here(6, 6), False, True)


def test_the_talk_in_which_the_urgency_was_found_is_not_the_acting() -> None:
    found = at(here(6, 9), ("gesprek", here(6, 2)), ("urgentie", here(6, 2), "1"))
    assert (found.acted_at, shown(found)["snel"]) == (None, (here(6, 3), False, True))
    turned = at(here(6, 9), ("urgentie", here(6, 2), "1"), ("gesprek", here(6, 2)))
    assert turned.acted_at is None
    acted = at(here(6, 9), ("gesprek", here(6, 2)), ("urgentie", here(6, 2), "1"), ("gesprek", here(6, 2, 15)))
    assert shown(acted)["snel"] == (here(6, 3), True, False)
    started = at(here(6, 9), ("urgentie", here(6, 2), "1"), ("gestart", here(6, 2)))
    assert shown(started)["snel"] == (here(6, 3), True, False)


def test_acting_on_spoed_is_not_acting_on_the_crisis_that_follows() -> None:
    it = at(here(6, 9), ("urgentie", here(6, 2), "2"), ("gesprek", here(6, 3)), ("urgentie", here(6, 4), "1"))
    assert it.acted_at is None


@pytest.mark.parametrize("event", ["advies", "doorverwezen", "overgedragen", "geweigerd"])
def test_an_outcome_ends_it_and_nothing_is_late_any_more(event: str) -> None:
    it = at(here(9, 1), ("gesprek", here(6, 4)), (event, here(6, 5)))
    assert (it.phase, it.is_open, it.ended_at) == (Phase(event), False, here(6, 5))
    assert list(shown(it)) == ["ontvangen", "bevestigd", "gesprek"]
    assert next_due(it, here(9, 1)) is None


@pytest.mark.parametrize("event", ["advies", "doorverwezen", "overgedragen", "geweigerd", "gestart"])
def test_a_question_that_is_there_again_gets_new_terms(event: str) -> None:
    it = at(here(9, 1), ("urgentie", here(6, 2), "3"), ("gesprek", here(6, 4)), (event, here(6, 5)), ("heropend", here(9, 1)))
    assert (it.phase, it.since, it.talked_at, it.started_at) == (Phase.NEW, here(9, 1), None, None)
    assert shown(it)["gesprek"] == (last_second(9, 8), False, False)
    assert it.urgency_at == here(9, 1)
    assert [(one.since, one.phase) for one in it.rounds] == [(MONDAY, Phase(event)), (here(9, 1), Phase.NEW)]


@pytest.mark.parametrize("event", ["samengevoegd", "opzij"])
def test_what_was_merged_or_put_aside_by_mistake_goes_on_with_its_terms(event: str) -> None:
    aside = at(here(6, 9), ("gesprek", here(6, 4)), ("wachtlijst", here(6, 5)), (event, here(6, 6)))
    assert (aside.phase, aside.is_open) == (Phase(event), False)
    back = at(here(6, 9), ("gesprek", here(6, 4)), ("wachtlijst", here(6, 5)), (event, here(6, 6)), ("heropend", here(6, 8)))
    assert (back.phase, back.since, back.talked_at, back.waiting_from) == (Phase.WAITING, MONDAY, here(6, 4), here(6, 5))
    assert len(back.rounds) == 1
    crisis = at(here(6, 9), ("urgentie", here(6, 4), "1"), (event, here(6, 6)), ("heropend", here(6, 8)))
    assert shown(crisis)["snel"] == (here(6, 5), False, True)
    assert shown(back)["start"][0] == last_second(6, 15)


def test_reopening_what_is_open_changes_nothing() -> None:
    assert at(here(6, 9), ("gesprek", here(6, 4)), ("heropend", here(6, 5))) == at(here(6, 9), ("gesprek", here(6, 4)))


def test_it_gets_worse_is_for_now_until_somebody_did_something() -> None:
    waits: list[tuple[str, datetime]] = [("gesprek", here(6, 4)), ("wachtlijst", here(6, 5)), ("erger", here(6, 12, 3))]
    it = at(here(6, 13), *waits)
    assert next_due(it, here(6, 13)) == here(6, 12, 3)
    assert rank(it) == 1
    for then in (("gesprek", here(6, 13)), ("urgentie", here(6, 13), "4"), ("gestart", here(6, 13)), ("doorverwezen", here(6, 13))):
        assert at(here(6, 14), *waits, then).worse_at is None


@pytest.mark.parametrize("event", ["advies", "gestart", "samengevoegd", "opzij"])
def test_it_gets_worse_is_heard_after_an_end_too(event: str) -> None:
    it = at(here(6, 13), (event, here(6, 5)), ("erger", here(6, 12)))
    assert (it.is_open, it.asks_team, next_due(it, here(6, 13))) == (False, True, here(6, 12))
    assert not at(here(6, 14), (event, here(6, 5)), ("erger", here(6, 12)), ("gesprek", here(6, 13))).asks_team


def test_what_the_team_does_next_and_until_when() -> None:
    assert next_due(standing(MONDAY, [], now=MONDAY), MONDAY) == here(6, 3, 10)
    assert next_due(at(MONDAY), MONDAY) == last_second(6, 8)
    assert next_due(at(here(6, 2), ("urgentie", here(6, 2), "2")), here(6, 2)) == here(6, 5)
    assert next_due(at(here(6, 5), ("gesprek", here(6, 4))), here(6, 5)) == last_second(6, 15)


def test_who_waits_is_looked_at_after_three_weeks() -> None:
    five = with_length(deadlines.START, 25, "a test")
    events = [*CAME_IN, Event("gesprek", here(6, 4)), Event("wachtlijst", here(6, 5))]
    moments = [(here(6, 20), last_second(6, 22)), (last_second(6, 22), last_second(6, 26))]
    for now, until in moments:
        assert next_due(standing(MONDAY, events, now=now, start=five), now) == until


def test_research_and_decision_where_the_wmo_applies() -> None:
    def dates(*events: tuple[str, datetime]) -> list[tuple[datetime, bool, bool] | None]:
        it = shown(at(here(7, 20), ("onderzoek", here(6, 3)), *events))
        return [it.get("onderzoek"), it.get("besluit")]

    six_weeks = last_second(7, 15)
    assert dates() == [(six_weeks, False, True), None]
    assert dates(("onderzocht", here(7, 1))) == [(six_weeks, True, False), None]
    applied = (("onderzocht", here(7, 1)), ("aanvraag", here(7, 6)))
    assert dates(*applied) == [(six_weeks, True, False), (last_second(7, 20), False, False)]
    assert dates(*applied, ("besluit", here(7, 20)))[1] == (last_second(7, 20), True, False)
    assert dates(("aanvraag", here(7, 16))) == [(six_weeks, False, True), (last_second(7, 30), False, False)]
    without_report = dates(("aanvraag", here(7, 2)), ("besluit", here(7, 14)))
    assert without_report == [(six_weeks, True, False), (last_second(7, 16), True, False)]
    assert dates(("opzij", here(6, 4))) == [None, None]
    assert dates(("gestart", here(6, 4)))[0] == (six_weeks, False, True)


def test_a_term_of_the_wmo_asks_the_team_also_when_help_began() -> None:
    def asked(*events: tuple[str, datetime]) -> tuple[bool, datetime | None, tuple[int, datetime]]:
        it = at(here(6, 9), ("urgentie", here(6, 2), "1"), ("gestart", here(6, 3)), *events)
        return it.asks_team, next_due(it, here(6, 9)), worklist_key(it, here(6, 9))

    nothing = (False, None, (9, MONDAY))
    begun = ("onderzoek", here(6, 3))
    assert asked() == nothing
    assert asked(begun) == (True, last_second(7, 15), (5, last_second(7, 15)))
    assert asked(begun, ("onderzocht", here(6, 4))) == nothing
    assert asked(begun, ("onderzocht", here(6, 4)), ("aanvraag", here(6, 5)))[1] == last_second(6, 19)
    assert asked(begun, ("aanvraag", here(6, 5)), ("besluit", here(6, 8))) == nothing
    assert not at(here(6, 9), begun, ("opzij", here(6, 4))).asks_team


def test_a_new_research_begins_after_the_decision_or_a_report_without_an_application() -> None:
    begun, reported, applied, decided = (
        ("onderzoek", here(6, 2)), ("onderzocht", here(6, 3)), ("aanvraag", here(6, 4)), ("besluit", here(6, 5)),
    )  # fmt: skip
    again = ("onderzoek", here(6, 8))
    for before in ((begun, reported), (begun, applied, decided), (begun, reported, applied, decided)):
        assert "onderzoek" in at(here(6, 9), *before).research_may
        assert at(here(6, 9), *before, again).research == Research(here(6, 8))
    assert at(here(6, 9)).research_may == ("onderzoek",)
    assert at(here(6, 9), begun).research_may == ("onderzocht", "aanvraag")
    assert at(here(6, 9), begun, reported, applied).research_may == ("besluit",)
    assert at(here(6, 9), begun, ("samengevoegd", here(6, 4))).research_may == ()
    assert at(here(6, 9), reported, applied, decided).research is None


def test_a_city_that_promises_five_days() -> None:
    it = standing(MONDAY, CAME_IN, now=MONDAY, start=with_length(deadlines.START, 5, "a test"))
    assert shown(it)["start"][0] == last_second(6, 6)


def test_what_happens_later_is_not_known_yet_and_the_order_given_does_not_matter() -> None:
    events = [Event("gestart", here(6, 9)), Event("gesprek", here(6, 4)), *CAME_IN]
    assert standing(MONDAY, events, now=here(6, 5)).phase is Phase.TALKED
    assert standing(MONDAY, events, now=here(6, 10)) == standing(MONDAY, events[::-1], now=here(6, 10))


def test_the_worklist_is_by_urgency_and_then_by_term() -> None:
    def of(urgency: int | None, *more: tuple[str, datetime], signs: bool = False) -> tuple[int, datetime]:
        weighed = [("urgentie", MONDAY, str(urgency))] if urgency else []
        return worklist_key(at(here(6, 3), *weighed, *more), here(6, 3), signs=signs)

    worse = of(4, ("erger", here(6, 2)))
    keys = [
        of(1),
        worse,
        of(None, signs=True),
        of(2),
        of(None),
        of(3),
        of(4),
        of(4, ("gesprek", here(6, 2))),
        of(1, ("gestart", here(6, 2))),
    ]
    assert keys == sorted(keys)
    assert [key[0] for key in keys] == [0, 1, 1, 2, 3, 4, 5, 5, 9]
    assert of(4, signs=True) == of(4)  # somebody looked at the signs and weighed them


def test_only_an_ordinary_question_can_wait() -> None:
    assert [steps.may_wait(it) for it in (1, 2, 3, 4, None)] == [False, False, False, True, False]


def test_weeks_of_waiting_are_whole_weeks() -> None:
    moments = [(here(6, 8, 9), 0), (here(6, 8, 10), 1), (here(6, 29, 10), 4)]
    assert [weeks_waited(at(now), now) for now, _ in moments] == [weeks for _, weeks in moments]
    assert weeks_waited(at(here(9, 1), ("gestart", here(6, 16))), here(9, 1)) == 2


names = st.sampled_from(
    [
        *(str(it) for it in Phase if it not in (Phase.NEW, Phase.TALKED)),
        "gesprek",
        "erger",
        "heropend",
        "dossier",
        "bevestigd",
        "onderzoek",
        "onderzocht",
        "aanvraag",
        "besluit",
    ]
)
received = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (Hypothesis adds the zone)


@st.composite
def ways(draw: st.DrawFn) -> tuple[datetime, list[Event]]:
    """A melding of ten years, and up to twelve things that happened with it, minutes or weeks apart, possible or not."""
    begin = moment = draw(received)
    events = [Event("ontvangen", begin)]
    for _ in range(draw(st.integers(0, 12))):
        moment += draw(st.timedeltas(timedelta(0), timedelta(days=40)))
        urgent = draw(st.booleans())
        events.append(Event("urgentie", moment, draw(st.sampled_from("1234"))) if urgent else Event(draw(names), moment))
    return begin, events


@steady
@given(ways(), st.timedeltas(timedelta(0), timedelta(days=400)))
def test_whatever_happens_it_stands_somewhere(way: tuple[datetime, list[Event]], later: timedelta) -> None:
    begin, events = way
    now = begin + later
    it = standing(begin, events, now=now)
    assert it.rounds[-1] == steps.Round(it.since, it.phase, it.started_at)
    assert all(one.since < two.since or one.since == two.since for one, two in pairwise(it.rounds))
    assert it.rounds[0].since == begin
    assert [step.name for step in it.steps] == [name for name in StepName if name in {step.name for step in it.steps}]
    assert (it.phase is Phase.STARTED) <= (it.started_at is not None)
    assert (it.phase is Phase.WAITING) == (it.waiting_from is not None)
    for step in it.steps:
        assert step.due >= begin
        assert step.done is None or step.done <= now
        assert step.late == ((step.done or now) > step.due)
    assert (next_due(it, now) is None) == (not it.asks_team)
    assert worklist_key(it, now)[0] in range(10)
    assert weeks_waited(it, now) >= 0


@steady
@given(ways(), st.timedeltas(timedelta(0), timedelta(days=400)), st.timedeltas(timedelta(0), timedelta(days=400)))
def test_late_stays_late_as_long_as_nothing_happens(way: tuple[datetime, list[Event]], first: timedelta, then: timedelta) -> None:
    begin, events = way
    last = max(event.at for event in events)
    late = {step.name for step in standing(begin, events, now=last + first).steps if step.late}
    assert late <= {step.name for step in standing(begin, events, now=last + first + then).steps if step.late}


@steady
@given(ways())
def test_an_open_melding_always_has_a_moment_at_which_help_is_late(way: tuple[datetime, list[Event]]) -> None:
    begin, events = way
    last = max(event.at for event in events)
    it = standing(begin, events, now=last)
    if it.is_open:
        much_later = due(deadlines.START, it.since) + timedelta(days=400)
        assert StepName.START in {step.name for step in standing(begin, events, now=max(last, much_later)).steps if step.late}


@pytest.mark.parametrize("outcome", ["advies", "doorverwezen", "overgedragen"])
def test_three_weeks_after_an_outcome_it_is_asked_whether_it_helped(outcome: str) -> None:
    ended = (outcome, here(6, 3, 10))
    assert not at(here(6, 24, 9, 59), ended).asks_helped
    assert at(here(6, 24, 10), ended).asks_helped
    assert not at(here(6, 25), ended, ("geholpen", here(6, 24, 12), "ja")).asks_helped
    assert not at(here(6, 25), ended, ("erger", here(6, 24, 12))).asks_helped
    again = at(here(7, 30), ended, ("geholpen", here(6, 24, 12), "nee"), ("heropend", here(6, 24, 12)), (outcome, here(6, 26)))
    assert (again.asks_helped, again.helped) == (True, None), "of the new outcome it is asked anew"


@pytest.mark.parametrize("outcome", ["gestart", "geweigerd", "opzij", "wachtlijst"])
def test_of_other_outcomes_it_is_never_asked(outcome: str) -> None:
    assert not at(here(9, 1), (outcome, here(6, 3))).asks_helped


def test_who_was_not_helped_is_back_on_top_until_somebody_talks() -> None:
    no = ("geholpen", here(6, 24), "nee")
    for events in ((("advies", here(6, 3)), no), (("advies", here(6, 3)), no, ("heropend", here(6, 24)))):
        it = at(here(6, 24, 13), ("urgentie", here(6, 2), "4"), *events)
        assert (it.phase, it.helped, it.since) == (Phase.NEW, "nee", here(6, 24))
        assert it.wants_talk
        assert it.asks_team
        assert (rank(it), next_due(it, here(6, 24, 13)), len(it.rounds)) == (1, here(6, 24), 2)
        talked = at(here(6, 25, 13), ("urgentie", here(6, 2), "4"), *events, ("gesprek", here(6, 25)))
        assert not talked.wants_talk
        assert rank(talked) == 5
    worse = at(here(6, 26), ("advies", here(6, 3)), no, ("erger", here(6, 25)))
    assert not worse.wants_talk, "what was said last counts"
    helped = at(here(6, 24, 13), ("advies", here(6, 3)), ("geholpen", here(6, 24), "ja"))
    assert (helped.phase, helped.helped, helped.asks_team) == (Phase.ADVICE, "ja", False)
