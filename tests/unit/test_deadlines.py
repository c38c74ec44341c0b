"""Terms: examples a person can check on a calendar, and properties that hold for every moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import deadlines
from portal.calendar_nl import can_end_a_term_in_law, is_working_day
from portal.deadlines import AMSTERDAM, Ends, Term, Unit, due

moments = st.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001 (Hypothesis adds the zone)
    max_value=datetime(2060, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
BY_DAYS = (Unit.DAYS, Unit.WORKING_DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS)
BY_CLOCK = (Unit.MINUTES, Unit.HOURS)
lengths = st.integers(min_value=1, max_value=60)
terms_of_days = st.builds(Term, st.just("a term"), lengths, st.sampled_from(BY_DAYS), st.just("a test"), st.sampled_from(Ends))
terms = terms_of_days | st.builds(Term, st.just("a term"), lengths, st.sampled_from(BY_CLOCK), st.just("a test"))

steady = settings(deadline=None)
"""A busy machine is no failure."""


def here(year: int, month: int, day: int, hour: int = 12, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (here(2026, 6, 10, 16), here(2026, 6, 11, 16)),  # Wednesday to Thursday
        (here(2026, 6, 12, 16), here(2026, 6, 15, 16)),  # Friday to Monday
        (here(2026, 6, 13, 10), here(2026, 6, 15, 10)),  # Saturday to Monday
        (here(2026, 4, 2, 9), here(2026, 4, 7, 9)),  # over Good Friday and Easter
        (here(2026, 12, 24, 9), here(2026, 12, 28, 9)),  # over Christmas, which ends on a Saturday
        (here(2026, 5, 4, 9), here(2026, 5, 6, 9)),  # 5 May counts as a day off every year
    ],
)
def test_a_concept_is_remembered_after_one_working_day(start: datetime, end: datetime) -> None:
    assert due(deadlines.CONCEPT_REMINDER, start) == end


def test_days_keep_their_hour_when_the_clock_changes() -> None:
    assert due(deadlines.DISCUSS_FIRST, here(2026, 3, 25, 14)) == here(2026, 4, 1, 14)
    assert due(deadlines.CONCEPT_GONE, here(2026, 10, 20, 9)) == here(2026, 11, 3, 9)


def test_hours_pass_as_on_a_stopwatch_when_the_clock_changes() -> None:
    assert due(deadlines.TYPED_TEXT, here(2026, 3, 28, 12)) == here(2026, 3, 29, 13)


def test_an_hour_that_the_clock_skips_becomes_the_hour_after() -> None:
    week = Term("a week", 7, Unit.DAYS, "a test")
    assert due(week, here(2026, 3, 22, 2, 30)) == here(2026, 3, 29, 3, 30)


def test_an_hour_that_comes_twice_is_the_first_of_them() -> None:
    term = Term("from one such night to another", 53, Unit.WEEKS, "a test")
    second = here(2026, 10, 25, 2, 30).replace(fold=1)
    assert due(term, second) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_the_lengths_that_were_agreed() -> None:
    assert (deadlines.CONCEPT_REMINDER.length, deadlines.CONCEPT_REMINDER.unit) == (1, Unit.WORKING_DAYS)
    assert (deadlines.CONCEPT_GONE.length, deadlines.CONCEPT_GONE.unit) == (14, Unit.DAYS)
    assert (deadlines.DISCUSS_FIRST.length, deadlines.DISCUSS_FIRST.unit) == (7, Unit.DAYS)
    assert deadlines.TYPED_TEXT.delta == timedelta(hours=24)
    assert deadlines.SESSION_IDLE.delta == timedelta(minutes=15)
    assert deadlines.SESSION_LONGEST.delta == timedelta(hours=12)


def test_every_term_says_where_it_comes_from() -> None:
    assert all(term.source and term.name for term in deadlines.TERMS)
    assert len({term.name for term in deadlines.TERMS}) == len(deadlines.TERMS)


def test_a_term_without_length_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Term("nothing", 0, Unit.DAYS, "a test")


def test_hours_that_end_with_the_day_are_refused() -> None:
    with pytest.raises(ValueError, match="when they have passed"):
        Term("hours", 48, Unit.HOURS, "a test", Ends.AS_IN_LAW)


def test_a_city_can_set_another_length() -> None:
    five = deadlines.with_length(deadlines.START, 5, "the city, in its configuration")
    assert due(five, here(2026, 6, 10)) == here(2026, 6, 15, 23, 59, 59)
    with pytest.raises(ValueError, match="at least one"):
        deadlines.with_length(deadlines.START, 0, "a test")


def test_a_year_that_begins_on_a_leap_day_ends_on_28_february() -> None:
    assert due(deadlines.COPY_KEPT, here(2028, 2, 29)) == here(2029, 2, 28)
    assert due(deadlines.COPY_KEPT, here(2027, 2, 28)) == here(2028, 2, 28)
    assert due(deadlines.with_length(deadlines.COPY_KEPT, 4, "a test"), here(2028, 2, 29)) == here(2032, 2, 29)


def test_a_month_ends_on_the_same_day_or_on_its_last() -> None:
    assert due(deadlines.ACCESS_GIVEN, here(2026, 8, 31)) == here(2027, 2, 28, 23, 59, 59)
    assert due(deadlines.ACCESS_GIVEN, here(2026, 6, 12)) == here(2026, 12, 12, 23, 59, 59)
    assert due(deadlines.with_length(deadlines.ACCESS_GIVEN, 1, "a test"), here(2026, 12, 31)) == here(2027, 1, 31, 23, 59, 59)
    assert due(deadlines.with_length(deadlines.ACCESS_GIVEN, 13, "a test"), here(2027, 1, 31)) == here(2028, 2, 29, 23, 59, 59)


def test_days_have_no_fixed_number_of_hours() -> None:
    with pytest.raises(ValueError, match="no fixed number"):
        assert deadlines.CONCEPT_GONE.delta


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        due(deadlines.DISCUSS_FIRST, here(2026, 6, 12).replace(tzinfo=None))


@steady
@given(terms, moments)
def test_a_term_ends_after_it_begins_and_in_utc(term: Term, start: datetime) -> None:
    end = due(term, start)
    assert end > start
    assert end.utcoffset() == timedelta(0)
    assert deadlines.is_over(term, start, end)
    assert not deadlines.is_over(term, start, end - timedelta(microseconds=1))


@steady
@given(terms, moments, st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=30)))
def test_who_begins_later_ends_no_earlier(term: Term, start: datetime, later: timedelta) -> None:
    # In the repeated hour of autumn two moments share a clock time; an hour of play covers exactly that.
    # A day that a month doesn't have becomes its last, and then the hour can be an earlier one.
    play = timedelta(days=1) if term.unit in (Unit.MONTHS, Unit.YEARS) else timedelta(hours=1)
    assert due(term, start + later) >= due(term, start) - play


@steady
@given(st.integers(min_value=1, max_value=60), st.sampled_from([Unit.MINUTES, Unit.HOURS]), moments)
def test_minutes_and_hours_are_exact(length: int, unit: Unit, start: datetime) -> None:
    term = Term("a term", length, unit, "a test")
    assert due(term, start) - start == term.delta


@steady
@given(st.integers(min_value=1, max_value=60), moments)
def test_days_are_counted_on_the_calendar_of_amsterdam(length: int, start: datetime) -> None:
    end = due(Term("a term", length, Unit.DAYS, "a test"), start).astimezone(AMSTERDAM)
    assert end.date() == start.astimezone(AMSTERDAM).date() + timedelta(days=length)


@steady
@given(st.integers(min_value=1, max_value=40), moments)
def test_working_days_end_on_a_working_day_and_count_each_one(length: int, start: datetime) -> None:
    end = due(Term("a term", length, Unit.WORKING_DAYS, "a test"), start).astimezone(AMSTERDAM).date()
    begin = start.astimezone(AMSTERDAM).date()
    between = [begin + timedelta(days=n) for n in range(1, (end - begin).days + 1)]
    assert is_working_day(end)
    assert sum(map(is_working_day, between)) == length


@steady
@given(terms, moments)
def test_one_more_is_never_sooner(term: Term, start: datetime) -> None:
    # The same half hour of autumn: a term of days that ends in it ends in the first of the two.
    longer = deadlines.with_length(term, term.length + 1, "a test")
    assert due(longer, start) > due(term, start) or term.ends is Ends.AS_IN_LAW
    assert due(longer, start) >= due(term, start)


@steady
@given(terms_of_days, moments)
def test_the_hour_in_amsterdam_stays_or_the_day_is_whole(term: Term, start: datetime) -> None:
    begin, end = start.astimezone(AMSTERDAM), due(term, start).astimezone(AMSTERDAM)
    if term.ends is not Ends.SAME_HOUR:
        assert end.time() == time(23, 59, 59)
    elif begin.replace(fold=0, tzinfo=None).time() != end.replace(fold=0, tzinfo=None).time():
        # Only an hour that doesn't exist that night moves, and by that hour.
        assert end.date().month == 3
        assert end.date().weekday() == 6
        assert (begin.hour, end.hour) == (2, 3)


@steady
@given(terms_of_days, moments)
def test_whole_days_last_longer_than_the_hour_and_law_longest(term: Term, start: datetime) -> None:
    by_hour, whole, in_law = (due(replace(term, ends=how), start) for how in (Ends.SAME_HOUR, Ends.WITH_THE_DAY, Ends.AS_IN_LAW))
    assert by_hour - timedelta(seconds=1) < whole <= in_law  # what began in the last second of a day ends in it
    assert whole - by_hour < timedelta(hours=25)
    assert in_law - whole <= timedelta(days=5, hours=1)  # Good Friday to Easter Monday and the clock; Christmas on Thursday


@steady
@given(terms_of_days, moments)
def test_a_term_in_law_ends_on_the_first_day_it_can(term: Term, start: datetime) -> None:
    plain = due(replace(term, ends=Ends.WITH_THE_DAY), start).astimezone(AMSTERDAM).date()
    end = due(replace(term, ends=Ends.AS_IN_LAW), start).astimezone(AMSTERDAM).date()
    assert can_end_a_term_in_law(end)
    assert not any(can_end_a_term_in_law(plain + timedelta(days=n)) for n in range((end - plain).days))


@steady
@given(st.sampled_from(deadlines.TERMS), moments)
def test_every_term_of_the_portal_ends_after_it_begins(term: Term, start: datetime) -> None:
    longest = timedelta(days=367 * term.length if term.unit is Unit.YEARS else 367)
    assert start < due(term, start) <= start + longest


@steady
@given(moments)
def test_what_is_more_urgent_is_never_due_later(start: datetime) -> None:
    order = [deadlines.CRISIS, deadlines.SPOED, deadlines.URGENT, deadlines.FIRST_TALK]
    ends = [due(term, start) for term in order]
    assert ends == sorted(ends)
    waits = [due(term, start) for term in (deadlines.START, deadlines.WAIT_ALERT, deadlines.LONGEST_WAIT, deadlines.RESEARCH)]
    assert waits == sorted(waits)
