"""The last day of access: whatever day somebody gives, it is never before today and never later than in a year."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from portal import deadlines
from portal.sharing.forms import UntilForm
from portal.sharing.queries import Seer, last_day

days = st.dates(date(2024, 1, 1), date(2060, 1, 1))
steady = settings(deadline=None)


def form(today: date, before: date | None = None, **answers: str) -> UntilForm:
    made = UntilForm(MultiDict(answers))
    made.offer(today, before)
    return made


def a_year_after(today: date) -> date:
    try:
        return today.replace(year=today.year + 1)
    except ValueError:
        return today.replace(year=today.year + 1, day=28)


@steady
@given(days, days, st.sampled_from(["half", "jaar", "dag"]))
def test_a_good_answer_is_a_day_from_today_on_within_a_year(today: date, day: date, until: str) -> None:
    asked = form(today, until=until, day=day.isoformat())
    if asked.is_complete():
        assert today <= asked.last_day <= a_year_after(today)
    else:
        assert until == "dag"
        assert not today <= day <= a_year_after(today)


@steady
@given(days, st.integers(-3, 370))
def test_every_day_that_may_be_chosen_is_taken_over(today: date, later: int) -> None:
    day = today + timedelta(days=later)
    asked = form(today, until="dag", day=day.isoformat())
    assert asked.is_complete() is (today <= day <= a_year_after(today))


@steady
@given(days, days | st.none())
def test_changing_begins_with_the_day_that_it_was_and_never_with_one_that_is_not_allowed(today: date, before: date | None) -> None:
    asked = form(today, before)
    assert today <= asked.last_day <= a_year_after(today)
    if before is not None and today <= before <= a_year_after(today):
        assert asked.last_day == before


@steady
@given(st.text(max_size=20))
def test_what_is_no_day_is_refused_in_words(typed: str) -> None:
    asked = form(date(2026, 6, 12), until="dag", day=typed)
    assert asked.is_complete() is False
    assert asked.error_list()[0][0] == "day"


def seer(from_day: date, until: date | None) -> Seer:
    return Seer("naaste", None, "", "", from_day, until, None, "toestemming", True, [], None, None, None, None, None, None)


@steady
@given(days, st.integers(0, 800), st.integers(0, 400))
def test_somebody_is_told_two_weeks_before_and_asked_after_a_year(today: date, ago: int, later: int) -> None:
    one = seer(today - timedelta(days=ago), today + timedelta(days=later))
    assert one.ends_soon(today) is (later <= 14)
    assert one.asked_again(today) is (a_year_after(one.from_day) <= today)
    assert not seer(today, None).ends_soon(today)


def test_the_terms_count_days_of_here() -> None:
    assert last_day(deadlines.ACCESS_GIVEN, date(2026, 8, 31)) == date(2027, 2, 28)
    assert last_day(deadlines.ACCESS_LONGEST, date(2028, 2, 29)) == date(2029, 2, 28)
