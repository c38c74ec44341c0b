"""The norm and the waiting times, against counts made by hand after the definition on the page."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import deadlines
from portal.deadlines import AMSTERDAM, with_length
from portal.intake.steps import Event, Phase
from portal.norms import figures
from portal.norms.figures import Case, Counted, Figures, Result, last_months, month_of, waiting

count = partial(figures.count, start=deadlines.START)
is_complete = partial(figures.is_complete, start=deadlines.START)
steady = settings(deadline=None)
"""A busy machine is no failure."""
JUNE = date(2026, 6, 1)


def here(month: int, day: int, hour: int = 12, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=AMSTERDAM)


def case(received: datetime, *events: tuple[str, datetime], team: str | None = "Noord") -> Case:
    return Case(team, received, (Event("ontvangen", received), *(Event(*it) for it in events)))


NOW = here(7, 10)
# Fifteen meldingen of June, each with what it is on 10 July, decided by hand.
BY_HAND = [
    (case(here(6, 1), ("gestart", here(6, 1))), "in time", 0),
    (case(here(6, 1, 9), ("gestart", here(6, 15, 23, 59))), "in time", 14),  # on the last day, later in the day
    (case(here(6, 1, 9), ("gestart", here(6, 16, 0, 0))), "late", 15),  # one minute after it
    (case(here(6, 30, 23, 50), ("gestart", here(7, 9))), "in time", 9),  # of June, begun in July
    (case(here(6, 3), ("wachtlijst", here(6, 4)), ("gestart", here(7, 2))), "late", 29),
    (case(here(6, 5)), "late", None),  # the term is over and nobody began
    (case(here(6, 25), ("gesprek", here(6, 27))), "late", None),  # over yesterday
    (case(here(6, 26), ("gesprek", here(6, 27))), "running", None),  # until the end of today
    (case(here(6, 8), ("gesprek", here(6, 9)), ("advies", here(6, 9))), "elsewhere", None),
    (case(here(6, 8), ("doorverwezen", here(6, 20))), "elsewhere", None),
    (case(here(6, 8), ("overgedragen", here(6, 30))), "elsewhere", None),
    (case(here(6, 8), ("geweigerd", here(6, 10))), "elsewhere", None),
    (case(here(6, 8), ("samengevoegd", here(6, 9))), None, None),
    (case(here(6, 8), ("opzij", here(6, 9))), None, None),
    (case(here(6, 8), ("opzij", here(6, 9)), ("heropend", here(6, 10)), ("gestart", here(6, 12))), "in time", 4),
]


@pytest.mark.parametrize(("one", "result", "days"), BY_HAND)
def test_what_one_melding_is(one: Case, result: str | None, days: int | None) -> None:
    expected = [] if result is None else [Counted("Noord", JUNE, Result(result), days)]
    assert count([one], NOW) == expected


def test_the_figures_of_a_month() -> None:
    found = figures.figures(count([one for one, _result, _days in BY_HAND], NOW))
    assert found == Figures(in_time=4, late=4, running=1, elsewhere=4, days=(0, 4, 9, 14, 15, 29))
    assert (found.counts, found.came_in, found.percentage, found.norm_met) == (8, 13, 50, False)
    assert (found.median_days, found.mean_days) == (12, 12)  # between 9 and 14: 11.5; 71 by 6: 11.8


def test_who_asks_again_later_counts_again_in_the_month_of_asking() -> None:
    back = case(here(3, 2), ("advies", here(3, 5)), ("heropend", here(6, 29)), ("gestart", here(7, 1)))
    assert count([back], NOW) == [
        Counted("Noord", date(2026, 3, 1), Result.ELSEWHERE, None),
        Counted("Noord", JUNE, Result.IN_TIME, 2),
    ]


def test_the_month_is_that_of_amsterdam() -> None:
    assert month_of(datetime(2026, 5, 31, 22, 30, tzinfo=UTC)) == JUNE
    assert month_of(datetime(2026, 5, 31, 21, 30, tzinfo=UTC)) == date(2026, 5, 1)


def test_a_city_that_promises_five_days() -> None:
    five = with_length(deadlines.START, 5, "a test")
    within = case(here(6, 1), ("gestart", here(6, 6, 23)))
    after = case(here(6, 1), ("gestart", here(6, 7)))
    assert [one.result for one in count([within, after], NOW, start=five)] == [Result.IN_TIME, Result.LATE]


@pytest.mark.parametrize(
    ("in_time", "late", "percentage", "met"),
    [
        (4, 0, None, None),  # four is too few
        (4, 1, 80, True),  # exactly the norm
        (5, 0, 100, True),
        (79, 21, 79, False),
        (80, 20, 80, True),
        (799, 201, 79, False),  # 79.9 is not 80
        (0, 5, 0, False),
        (7, 2, 77, False),
        (9, 2, 81, True),
    ],
)
def test_the_norm_is_met_from_eighty_percent(in_time: int, late: int, percentage: int | None, met: bool | None) -> None:
    found = Figures(in_time, late, 0, 0, ())
    assert (found.percentage, found.norm_met) == (percentage, met)
    assert (found.median_days, found.mean_days) == (None, None)


@pytest.mark.parametrize(
    ("now", "complete"), [(here(7, 14, 23, 59, 59), False), (here(7, 15), True), (here(6, 30), False), (here(5, 1), False)]
)
def test_a_month_is_complete_when_its_last_term_is_over(now: datetime, complete: bool) -> None:
    assert is_complete(JUNE, now) is complete
    assert is_complete(date(2026, 2, 1), here(3, 15)) is True  # 28 February and 14 days
    assert is_complete(date(2026, 2, 1), here(3, 14)) is False
    assert is_complete(date(2025, 12, 1), here(1, 14)) is False


def test_the_last_twelve_months() -> None:
    months = last_months(here(2, 28))
    assert (len(months), months[0], months[-2], months[-1]) == (12, date(2025, 3, 1), date(2026, 1, 1), date(2026, 2, 1))


def test_who_waits_now() -> None:
    cases = [
        case(here(7, 10)),  # today
        case(here(7, 3, 12, 1)),  # a minute short of a week
        case(here(7, 3)),  # a week
        case(here(6, 22), ("gesprek", here(6, 25)), ("wachtlijst", here(6, 26))),  # 18 days
        case(here(6, 15), ("wachtlijst", here(6, 26))),  # 25 days
        case(here(6, 12), ("wachtlijst", here(6, 26))),  # 28 days
        case(here(1, 5)),  # half a year
        case(here(6, 12), ("gestart", here(6, 20))),
        case(here(6, 12), ("wachtlijst", here(6, 14)), ("doorverwezen", here(6, 20))),
        case(here(6, 12), ("opzij", here(6, 20))),
        case(here(1, 5), ("advies", here(1, 9)), ("heropend", here(7, 1))),  # nine days since they asked again
    ]
    assert waiting(cases, NOW) == figures.Waiting((2, 2, 1, 1, 2), on_list=3)
    assert waiting(cases, NOW).total == 8


received = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (Hypothesis adds the zone)
endings = st.none() | st.tuples(st.sampled_from([str(it) for it in Phase if it not in (Phase.NEW, Phase.TALKED)]), st.integers(0, 60))


@steady
@given(st.lists(st.tuples(received, endings), max_size=30), received)
def test_every_melding_is_in_one_column_and_months_add_up(ways: list[tuple[datetime, tuple[str, int] | None]], now: datetime) -> None:
    cases = [case(begin, *([(end[0], begin + timedelta(days=end[1]))] if end else [])) for begin, end in ways if begin <= now]
    counted = count(cases, now)
    whole = figures.figures(counted)
    months = {one.month for one in counted}
    parts = [figures.figures(one for one in counted if one.month == month) for month in months]
    assert whole.came_in == len(counted) == sum(part.came_in for part in parts)
    assert whole.in_time == sum(part.in_time for part in parts)
    assert len(whole.days) == sum(len(part.days) for part in parts) <= whole.counts
    assert list(whole.days) == sorted(whole.days)
    assert waiting(cases, now).total == sum(
        one.result is Result.RUNNING or (one.result is Result.LATE and one.days is None) for one in counted
    )


@steady
@given(received, st.integers(0, 40))
def test_starting_earlier_never_makes_the_figures_worse(begin: datetime, days: int) -> None:
    now = begin + timedelta(days=100)
    results = [count([case(begin, ("gestart", begin + timedelta(days=n)))], now)[0].result for n in (days, days + 1)]
    assert results != [Result.LATE, Result.IN_TIME]
