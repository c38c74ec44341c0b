"""The norm report of the demo equals a count made by hand, from portal/demo/meldingen.json on paper."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import psycopg
import pytest

from portal.actor import Actor, Kind, Signer
from portal.db import Database
from portal.deadlines import START
from portal.demo.meldingen import import_meldingen
from portal.demo.people import demo_organisation
from portal.importing import import_organisation
from portal.norms import figures, queries
from portal.norms.figures import Case, Counted, Figures, Waiting
from portal.norms.queries import Team
from tests.conftest import PortalDatabase

NOW = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
MONTHS = [date(2025, 12, 1), *(date(2026, month, 1) for month in range(1, 12))]
TEAMS = ("Dukenburg", "Lindenholt", "Nieuw-West", "Noord")

# By month: in time and counted of each team (Dukenburg, Lindenholt, Nieuw-West, Noord); of all: in time, counted, percentage, norm met;
# and how many got something else than help of the buurtteam.
BY_HAND = {
    date(2025, 12, 1): ((5, 5), (4, 4), (2, 4), (3, 3), (14, 16, 87, True), 5),
    date(2026, 1, 1): ((4, 5), (4, 5), (4, 5), (3, 4), (15, 19, 78, False), 2),
    date(2026, 2, 1): ((4, 6), (3, 5), (5, 5), (5, 5), (17, 21, 80, True), 2),
    date(2026, 3, 1): ((5, 5), (5, 5), (3, 5), (2, 3), (15, 18, 83, True), 3),
    date(2026, 4, 1): ((3, 5), (3, 5), (4, 4), (4, 5), (14, 19, 73, False), 6),
    date(2026, 5, 1): ((6, 7), (4, 4), (3, 5), (6, 6), (19, 22, 86, True), 1),
    date(2026, 6, 1): ((4, 4), (4, 5), (5, 5), (2, 4), (15, 18, 83, True), 1),
    date(2026, 7, 1): ((4, 6), (5, 6), (3, 4), (5, 5), (17, 21, 80, True), 3),
    date(2026, 8, 1): ((5, 5), (2, 4), (5, 6), (3, 4), (15, 19, 78, False), 2),
    date(2026, 9, 1): ((4, 5), (5, 5), (3, 5), (4, 5), (16, 20, 80, True), 2),
    # Who waits now: since 23 and 30 days ago in October, since 17 days ago in November. Nine are still within their fourteen days:
    # of Dukenburg since 0, 2 and 9 days, of Lindenholt 1 and 1, of Nieuw-West 3 and 0, of Noord 5 and 1 (two of one person, not merged yet).
    date(2026, 10, 1): ((0, 1), (0, 0), (0, 1), (0, 0), (0, 2, None, None), 0),
    date(2026, 11, 1): ((0, 0), (0, 1), (0, 0), (0, 0), (0, 1, None, None), 0),
}
WAITING = {
    "Dukenburg": Waiting((2, 1, 0, 1, 0), on_list=2),
    "Lindenholt": Waiting((2, 0, 1, 0, 0), on_list=1),
    "Nieuw-West": Waiting((2, 0, 0, 0, 1), on_list=1),
    "Noord": Waiting((2, 0, 0, 0, 0), on_list=0),
}


@pytest.fixture(scope="module")
def by_team(database: PortalDatabase) -> dict[Team, list[Case]]:
    operator = Database(database.url("portaal_operator"), None)
    with operator.plain() as connection:
        imported = import_organisation(connection, demo_organisation())
        assert import_meldingen(connection, NOW) == 193 + 27 + 4 + 12  # counted, elsewhere, merged, waiting
    operator.dispose()
    administrator = next(one["id"] for one in demo_organisation()["staff"] if one["role"] == "beheerder")
    team = Database(database.url("web_team"), Signer("web_team", database.keys["web_team"]))
    actor = Actor(imported.persons[administrator], Kind.BEHEERDER, UUID(int=1), None)
    with team.session(actor) as db:
        found = queries.cases_since(db, MONTHS[0])
    team.dispose()
    return found


@pytest.fixture(scope="module")
def counted(by_team: dict[Team, list[Case]]) -> list[Counted]:
    return [one for cases in by_team.values() for one in figures.count(cases, NOW, START)]


def of(counted: list[Counted], month: date, team: str | None = None) -> Figures:
    return figures.figures(one for one in counted if one.month == month and (team is None or one.team == f"Buurtteam Volwassenen {team}"))


@pytest.mark.parametrize("month", BY_HAND)
def test_each_month_is_as_counted_by_hand(counted: list[Counted], month: date) -> None:
    *teams, whole, elsewhere = BY_HAND[month]
    for name, expected in zip(TEAMS, teams, strict=True):
        found = of(counted, month, name)
        assert (found.in_time, found.counts) == expected, name
    found = of(counted, month)
    assert (found.in_time, found.counts, found.percentage, found.norm_met) == whole
    assert found.elsewhere == elsewhere
    assert found.running == (9 if month == date(2026, 11, 1) else 0)


def test_waiting_times_are_as_counted_by_hand(counted: list[Counted]) -> None:
    noord = of(counted, date(2026, 5, 1), "Noord")
    assert (noord.days, noord.median_days, noord.mean_days) == ((2, 7, 9, 11, 12, 14), 10, 9)  # 55 by 6 is 9.2
    dukenburg = of(counted, date(2026, 4, 1), "Dukenburg")
    assert (dukenburg.days, dukenburg.median_days, dukenburg.mean_days) == ((2, 8, 9, 16, 25), 9, 12)


def test_who_waits_now_is_as_counted_by_hand(by_team: dict[Team, list[Case]]) -> None:
    found = {str(team.name).removeprefix("Buurtteam Volwassenen "): figures.waiting(cases, NOW) for team, cases in by_team.items()}
    assert found == WAITING


def test_the_page_shows_the_months_that_were_counted() -> None:
    assert figures.last_months(NOW) == MONTHS
    assert [figures.is_complete(month, NOW, START) for month in MONTHS] == [True] * 10 + [True, False]
    assert figures.is_complete(date(2026, 10, 1), NOW - timedelta(days=8), START) is False


def test_who_is_on_the_list_has_somebody_and_the_worklist_has_something_to_show(
    database: PortalDatabase, by_team: dict[Team, list[Case]]
) -> None:
    with psycopg.connect(database.admin_dsn) as admin:
        rows = admin.execute(
            "SELECT m.name, m.staff_id IS NOT NULL, m.urgency, m.signs, m.phone, array_agg(e.event ORDER BY e.at, e.id)"
            " FROM casus.melding m JOIN casus.melding_event e ON e.melding_id = m.id WHERE m.open GROUP BY m.id"
        ).fetchall()
    on_list = {name: has_somebody for name, has_somebody, *_rest, events in rows if "wachtlijst" in events}
    assert on_list == dict.fromkeys(("Bep Janssen", "Rachid Amghar", "Petra Vos", "Lies Roelofs"), True)
    assert [name for name, *_rest, events in rows if events[-1] == "erger"] == ["Bep Janssen"]
    assert [name for name, _has, urgency, signs, *_rest in rows if "onveilig" in signs and urgency is None] == ["Yvette Sprong"]
    phones = {name: phone.replace("-", " ") for name, *_columns, phone, _events in rows if phone}
    assert phones == dict.fromkeys(("Joost Franken", "J. Franken"), "06 00000091")
