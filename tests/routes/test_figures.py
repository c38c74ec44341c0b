"""The page with the norm and the waiting times: who sees it, what stands on it, and that it names nobody."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.routes.conftest import Browser, Town, words_of


@pytest.fixture
def professional(town: Town) -> Browser:
    return town.signed_in(town.staff("professional", "Noord", name="Femke"))


def _came_in(town: Town, days_ago: int, started_after: int | None, team: str = "Noord", name: str = "Iemand Geheim") -> None:
    number = f"M-{uuid4().hex[:4]}-{uuid4().hex[:4]}".upper()
    received = datetime.now(UTC) - timedelta(days=days_ago)
    with town.admin() as admin:
        row = admin.execute(
            "INSERT INTO casus.melding (number, received_at, channel, for_whom, name, team_id)"
            " SELECT %s, %s, 'brief', 'zelf', %s, (SELECT id FROM casus.team WHERE public_id = %s) RETURNING id",
            (number, received, name, town.teams.get(team)),
        ).fetchone()
        assert row
        events = [("ontvangen", received)]
        if started_after is not None:
            events.append(("gestart", received + timedelta(days=started_after)))
        for event, at in events:
            admin.execute("INSERT INTO casus.melding_event (melding_id, event, at) VALUES (%s, %s, %s)", (row[0], event, at))


@pytest.fixture
def filled(town: Town, professional: Browser) -> Town:
    town.staff("professional", "Zuid")
    with town.admin() as admin:
        admin.execute("TRUNCATE casus.melding CASCADE")
    for days in (1, 5, 9, 14, 20):  # four of five in time
        _came_in(town, 60, days)
    _came_in(town, 60, 3, "Zuid")
    _came_in(town, 3, None, "Zuid")
    _came_in(town, 10, None, team="")
    return town


def rows(browser: Browser, address: str, table: int) -> list[list[str]]:
    page = browser.get(address).get_data(as_text=True)
    body = page.split("<tbody")[table].split("</tbody>")[0]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


def test_the_months_and_teams_are_added_up(filled: Town, professional: Browser) -> None:
    months = rows(professional, "/cijfers", 1)
    assert len(months) == 12
    [sixty_days_ago] = [row for row in months if "5 van de 6" in row[1]]
    assert sixty_days_ago[1] == "5 van de 6 83% norm gehaald"
    assert sixty_days_ago[2] == "midden: 7 dagen gemiddeld: 9 dagen"  # 1 3 5 9 14 20: 7, and 52 by 6
    teams = rows(professional, "/cijfers", 2)
    assert [row[1] for row in teams if row[1] != "geen"] == ["4 van de 5 80% norm gehaald", "1 van de 1", "5 van de 6 83% norm gehaald"]
    waiting = rows(professional, "/cijfers", 3)
    assert waiting[-1][1:] == ["1", "1", "0", "0", "0", "2", "0"]
    assert ["Nog geen team", "0", "1", "0", "0", "0", "1", "0"] in waiting


def test_one_team_has_a_page_of_its_own(filled: Town, professional: Browser) -> None:
    address = f"/cijfers?team={filled.teams['Zuid']}"
    assert [row[1] for row in rows(professional, address, 1) if row[1] != "geen"] == ["1 van de 1"]
    assert [row[1:] for row in rows(professional, address, 2)] == [["1", "0", "0", "0", "0", "1", "0"]]
    assert [row[3] for row in rows(professional, "/cijfers?team=geen", 1)].count("1") == 1


@pytest.mark.parametrize("wanted", ["onzin", "00000000-0000-4000-8000-00000000dead", "None"])
def test_a_team_that_is_not_there_is_not_found(filled: Town, professional: Browser, wanted: str) -> None:
    assert professional.get(f"/cijfers?team={wanted}").status_code == 404


def test_nobody_is_named_and_the_definition_stands_beside_it(filled: Town, professional: Browser) -> None:
    page = words_of(professional.get("/cijfers"))
    assert "Geheim" not in page
    assert "M-" not in page
    assert "de hulp van het buurtteam begon binnen 14 dagen" in page
    assert "Bij minder dan 5 meldingen" in page
    assert "%(" not in page


def test_before_anybody_asked_the_page_says_so(filled: Town, professional: Browser) -> None:
    with filled.admin() as admin:
        admin.execute("TRUNCATE casus.melding CASCADE")
    assert {row[1] for row in rows(professional, "/cijfers", 1)} == {"geen"}


def test_everybody_who_works_here_finds_it_in_the_menu(town: Town) -> None:
    for role, team in (("professional", "Noord"), ("teamleider", "Noord"), ("beheerder", None)):
        browser = town.signed_in(town.staff(role, team))
        assert 'href="/cijfers"' in browser.get("/").get_data(as_text=True)
        assert browser.get("/cijfers").status_code == 200
