"""Terms of 2025 to 2027, counted by hand on a paper calendar: nothing here was made by the program.

Each line: the term, when it begins, when it ends, and which days made counting hard. Without an hour it is the whole day.
"""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from portal import deadlines
from portal.deadlines import AMSTERDAM, due

BY_HAND = """
FIRST_TALK    mo 2025-03-03        mo 2025-03-10        nothing in between but a weekend
FIRST_TALK    sa 2025-03-08        fr 2025-03-14        Saturday: Monday is the first
FIRST_TALK    su 2025-03-09        fr 2025-03-14        Sunday: the same
FIRST_TALK    mo 2025-04-14        we 2025-04-23        Good Friday, Easter Monday
FIRST_TALK    th 2025-04-17        mo 2025-04-28        the same; King's Day is Saturday the 26th and costs nothing
FIRST_TALK    fr 2025-04-25        fr 2025-05-02        the 27th is a Sunday, so King's Day was the 26th and Monday the 28th counts
FIRST_TALK    tu 2025-04-29        we 2025-05-07        5 May, a Monday
FIRST_TALK    fr 2025-05-23        mo 2025-06-02        Ascension Day; the Friday after it counts
FIRST_TALK    mo 2025-06-02 23:30  tu 2025-06-10        Monday here, Monday in UTC; Pentecost Monday
FIRST_TALK    tu 2025-06-03 00:30  we 2025-06-11        Tuesday here, still Monday in UTC; Pentecost Monday
FIRST_TALK    th 2025-06-05        fr 2025-06-13        Pentecost Monday
FIRST_TALK    tu 2025-12-23        fr 2026-01-02        Christmas, the day after, New Year's Day; the equated 2nd of January counts
FIRST_TALK    we 2025-12-24        mo 2026-01-05        the same
FIRST_TALK    mo 2025-12-29        tu 2026-01-06        New Year's Day
FIRST_TALK    we 2026-04-01        fr 2026-04-10        Good Friday, Easter Monday
FIRST_TALK    th 2026-04-23        fr 2026-05-01        King's Day, a Monday
FIRST_TALK    we 2026-04-29        th 2026-05-07        5 May, a Tuesday
FIRST_TALK    fr 2026-05-08        mo 2026-05-18        Ascension Day; the equated Friday counts
FIRST_TALK    we 2026-05-20        th 2026-05-28        Pentecost Monday
FIRST_TALK    mo 2026-12-21        tu 2026-12-29        Christmas on Friday; the day after is a Saturday
FIRST_TALK    we 2026-12-30        th 2027-01-07        New Year's Day, a Friday
FIRST_TALK    th 2027-03-25        mo 2027-04-05        Good Friday, Easter Monday, and the clock in between
FIRST_TALK    mo 2027-04-26        tu 2027-05-04        King's Day, a Tuesday
FIRST_TALK    mo 2027-05-03        we 2027-05-12        5 May and Ascension Day beside each other; the equated Friday counts
FIRST_TALK    fr 2027-05-14        mo 2027-05-24        Pentecost Monday
FIRST_TALK    fr 2027-12-24        fr 2027-12-31        Christmas in the weekend costs nothing
FIRST_TALK    fr 2027-12-31        fr 2028-01-07        New Year's Day is a Saturday

URGENT        th 2025-04-17        th 2025-04-24        Good Friday, Easter Monday
URGENT        fr 2026-06-05        we 2026-06-10        a weekend
URGENT        mo 2027-05-03        mo 2027-05-10        5 May, Ascension Day

START         mo 2025-03-03        mo 2025-03-17        two weeks
START         sa 2025-03-22        sa 2025-04-05        the clock; agreed, so it may end on a Saturday
START         fr 2025-04-04        fr 2025-04-18        ends on Good Friday, agreed, so it stays
START         th 2025-12-11        th 2025-12-25        ends at Christmas, agreed, so it stays
START         tu 2026-10-20 23:59  tu 2026-11-03        the clock
START         we 2027-02-17        we 2027-03-03        February has 28 days
WAIT_ALERT    tu 2025-12-02        tu 2025-12-23        three weeks
LONGEST_WAIT  tu 2025-12-02        tu 2025-12-30        four weeks, Christmas in between
LONGEST_WAIT  fr 2025-11-28        fr 2025-12-26        ends the day after Christmas, agreed, so it stays
LONGEST_WAIT  mo 2026-04-06        mo 2026-05-04        begins on Easter Monday

RESEARCH      mo 2025-03-03        mo 2025-04-14        six weeks
RESEARCH      fr 2025-03-07        tu 2025-04-22        Good Friday, and on to the Tuesday after Easter
RESEARCH      mo 2025-03-24        tu 2025-05-06        5 May, a Monday
RESEARCH      th 2025-04-17        mo 2025-06-02        Ascension Day, the equated Friday, a weekend
RESEARCH      fr 2025-04-18        mo 2025-06-02        ends on the equated Friday
RESEARCH      mo 2025-04-28        tu 2025-06-10        Pentecost Monday
RESEARCH      th 2025-11-13        mo 2025-12-29        Christmas, the day after, a weekend
RESEARCH      th 2025-11-20        mo 2026-01-05        New Year's Day, the equated 2nd of January, a weekend
RESEARCH      fr 2026-02-20        tu 2026-04-07        Good Friday to Easter Monday
RESEARCH      mo 2026-03-16        tu 2026-04-28        King's Day, a Monday
RESEARCH      th 2026-04-02        mo 2026-05-18        Ascension Day, the equated Friday, a weekend
RESEARCH      sa 2026-05-09        mo 2026-06-22        a Saturday
RESEARCH      we 2027-03-24        mo 2027-05-10        5 May, Ascension Day, the equated Friday, a weekend
RESEARCH      sa 2027-11-13        mo 2027-12-27        Christmas in the weekend

DECISION      tu 2025-04-22        tu 2025-05-06        two weeks
DECISION      mo 2025-04-21        tu 2025-05-06        5 May
DECISION      su 2025-05-04        mo 2025-05-19        a Sunday
DECISION      th 2025-12-11        mo 2025-12-29        Christmas
DECISION      mo 2026-04-13        tu 2026-04-28        King's Day

PERSONAL_PLAN fr 2025-04-11        tu 2025-04-22        Good Friday to Easter Monday
PERSONAL_PLAN tu 2026-04-28        we 2026-05-06        5 May
PERSONAL_PLAN mo 2026-05-04        mo 2026-05-11        5 May in between changes nothing
PERSONAL_PLAN sa 2026-12-19        mo 2026-12-28        the day after Christmas is a Saturday

CONFIRMATION  fr 2025-03-28 12:00  su 2025-03-30 13:00  the clock goes forward: 48 hours are 48 hours
CONFIRMATION  fr 2025-06-13 16:30  su 2025-06-15 16:30  the weekend counts
CONFIRMATION  fr 2025-10-24 12:00  su 2025-10-26 11:00  the clock goes back
CONFIRMATION  th 2026-12-24 09:00  sa 2026-12-26 09:00  Christmas counts
NOTIFICATION  mo 2025-05-05 10:00  we 2025-05-07 10:00  5 May counts
CRISIS        sa 2026-03-28 12:00  su 2026-03-29 13:00  the clock goes forward
CRISIS        sa 2027-10-30 12:00  su 2027-10-31 11:00  the clock goes back
SPOED         we 2025-12-24 09:00  sa 2025-12-27 09:00  Christmas counts
SPOED         fr 2026-03-27 17:00  mo 2026-03-30 17:00  the clock changes, the hour stays
SPOED         th 2026-10-22 08:15  su 2026-10-25 08:15  the same in autumn
SPOED         th 2027-03-25 02:30  su 2027-03-28 03:30  that hour doesn't exist that night
SPOED         th 2027-10-28 02:30  su 2027-10-31 02:30  that hour comes twice: the first
"""

WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
LINES = [line for line in BY_HAND.splitlines() if line]


def moment(text: str, hour: time) -> datetime:
    weekday, *rest = text.split()
    read = datetime.fromisoformat(" ".join(rest))
    assert WEEKDAYS[read.weekday()] == weekday, f"{text}: the paper says another day of the week"
    return (read if len(rest) == 2 else datetime.combine(read, hour)).replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize("line", LINES, ids=lambda line: " ".join(line[:34].split()))
def test_the_program_counts_as_a_person_with_a_calendar(line: str) -> None:
    name, begin, end = line[:14].strip(), line[14:34].strip(), line[35:55].strip()
    whole_day = len(end.split()) == 2
    for hour in (time(0, 0), time(9, 30), time(23, 59, 59)):
        expected = moment(end, time(23, 59, 59) if whole_day else hour)
        assert due(getattr(deadlines, name), moment(begin, hour)) == expected.astimezone(UTC)


def test_every_term_that_an_inwoner_waits_for_was_counted() -> None:
    waits = "CONFIRMATION FIRST_TALK START WAIT_ALERT LONGEST_WAIT CRISIS SPOED URGENT RESEARCH DECISION PERSONAL_PLAN NOTIFICATION"
    assert {line.split()[0] for line in LINES} == set(waits.split())
    assert len(LINES) >= 70
