"""Until when an inwoner gets an answer: by hand, and for every moment."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.calendar_nl import is_working_day
from portal.deadlines import AMSTERDAM
from portal.dossier.models import Wish
from portal.dossier.queries import answer_due

moments = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
corrections = st.sampled_from([wish for wish in Wish if wish is not Wish.UITLEG])
steady = settings(deadline=None)


def here(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=AMSTERDAM)


def last_day(wish: Wish, asked: datetime, *, extended: bool = False) -> date:
    return answer_due(wish, asked, extended=extended).astimezone(AMSTERDAM).date()


@pytest.mark.parametrize(
    ("asked", "answer", "longer"),
    [
        (date(2026, 11, 22), date(2026, 12, 22), date(2027, 2, 22)),
        (date(2026, 1, 31), date(2026, 2, 28), date(2026, 4, 30)),  # no such day in a shorter month
        (date(2028, 1, 30), date(2028, 2, 29), date(2028, 4, 30)),
        (date(2026, 11, 30), date(2026, 12, 30), date(2027, 2, 28)),
        (date(2026, 9, 26), date(2026, 10, 26), date(2026, 12, 26)),  # a Saturday and a holiday are not moved: sooner is always allowed
    ],
)
def test_a_correction_is_answered_within_a_month_and_at_most_two_more(asked: date, answer: date, longer: date) -> None:
    assert last_day(Wish.ONJUIST, here(asked)) == answer
    assert last_day(Wish.ONJUIST, here(asked), extended=True) == longer


def test_an_explanation_comes_within_five_working_days() -> None:
    assert last_day(Wish.UITLEG, here(date(2026, 11, 20), 17)) == date(2026, 11, 27)
    assert last_day(Wish.UITLEG, here(date(2026, 12, 23))) == date(2026, 12, 31), "over Christmas"


@steady
@given(moments, corrections)
def test_the_date_that_is_said_is_a_whole_day_and_the_same_for_each_correction(asked: datetime, wish: Wish) -> None:
    due = answer_due(wish, asked, extended=False)
    assert due.astimezone(AMSTERDAM).time() == time(23, 59, 59)
    assert due == answer_due(Wish.ONJUIST, asked, extended=False)
    assert timedelta(days=27) < due - asked < timedelta(days=33)


@steady
@given(moments, corrections)
def test_longer_is_two_months_more_and_never_less(asked: datetime, wish: Wish) -> None:
    first, longer = last_day(wish, asked), last_day(wish, asked, extended=True)
    assert (longer.year * 12 + longer.month) - (first.year * 12 + first.month) == 2
    # In a short month the first day lies back, the longer one need not.
    assert longer.day in range(first.day - 3, first.day + 4)


@steady
@given(moments, moments, st.booleans())
def test_who_asked_first_is_never_answered_later(one: datetime, other: datetime, extended: bool) -> None:
    first, second = sorted((one, other))
    for wish in Wish:
        assert answer_due(wish, first, extended=extended) <= answer_due(wish, second, extended=extended)


@steady
@given(moments)
def test_an_explanation_ends_on_a_working_day_and_is_not_made_longer(asked: datetime) -> None:
    due = answer_due(Wish.UITLEG, asked, extended=False)
    assert is_working_day(due.astimezone(AMSTERDAM).date())
    assert due == answer_due(Wish.UITLEG, asked, extended=True)
    assert timedelta(days=5) <= due - asked
