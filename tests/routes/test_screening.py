"""Meldingen on the team's face: the worklist, one melding, and what is done with it."""

import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tests.routes.conftest import Browser, Person, Town, token_of, words_of

TODAY = datetime.now(ZoneInfo("Europe/Amsterdam")).date()


def put_in(
    town: Town, team: str | None = "Noord", *, ago: timedelta = timedelta(hours=1), source: bytes | None = None, **columns: Any
) -> UUID:
    """A melding that came in so long ago; gives its public id."""
    values: dict[str, Any] = {
        "number": f"M-{secrets.token_hex(2).upper()}-{secrets.token_hex(2).upper()}",
        "channel": "website",
        "for_whom": "zelf",
        "words": "Ik red het niet meer alleen.",
        "name": f"Naam {secrets.token_hex(3)}",
        "team_id": town._team_ids[team] if team else None,
        "source_hash": source,
        **columns,
    }
    names = ", ".join(values)
    marks = ", ".join(f"%({name})s" for name in values)
    with town.admin() as admin:
        row = admin.execute(
            f"INSERT INTO casus.melding (received_at, {names}) VALUES (now() - %(ago)s, {marks}) RETURNING id, public_id, received_at",
            {"ago": ago, **values},
        ).fetchone()
        assert row
        for event in ("ontvangen", "bevestigd"):
            admin.execute("INSERT INTO casus.melding_event (melding_id, at, event) VALUES (%s, %s, %s)", (row[0], row[2], event))
    return UUID(str(row[1]))


def name_of(town: Town, melding: UUID) -> str:
    """The name that was given."""
    return str(_one(town, "SELECT name FROM casus.melding WHERE public_id = %s", melding))


def _one(town: Town, query: str, *values: object) -> Any:
    with town.admin() as admin:
        row = admin.execute(query, values).fetchone()
    assert row
    return row[0]


def events(town: Town, melding: UUID) -> list[tuple[Any, ...]]:
    """What happened with it after it came in: event, value, words."""
    with town.admin() as admin:
        return admin.execute(
            "SELECT e.event, e.value, e.words FROM casus.melding_event e JOIN casus.melding m ON m.id = e.melding_id WHERE m.public_id = %s"
            " AND e.event NOT IN ('ontvangen', 'bevestigd') ORDER BY e.id",
            (melding,),
        ).fetchall()


def order(browser: Browser, town: Town, *meldingen: UUID, address: str = "/meldingen") -> list[UUID]:
    """In which order these stand in the list; who isn't there is left out."""
    page = words_of(browser.get(address))
    found = {melding: page.find(name_of(town, melding)) for melding in meldingen}
    return sorted((melding for melding, place in found.items() if place >= 0), key=lambda melding: found[melding])


@pytest.fixture(autouse=True)
def nothing_waits(town: Town) -> None:
    """Each test begins with an empty list."""
    with town.admin() as admin:
        admin.execute("UPDATE casus.melding SET open = false, source_hash = NULL, phone = NULL, email = NULL")


@pytest.fixture(scope="module")
def worker(town: Town) -> Person:
    return town.staff(name="Daan")


@pytest.fixture
def daan(town: Town, worker: Person) -> Browser:
    return town.signed_in(worker)


def test_the_list_goes_by_urgency_and_then_by_the_nearest_term(town: Town, daan: Browser) -> None:
    late = put_in(town, ago=timedelta(days=30), urgency=4)
    normal = put_in(town, urgency=4)
    urgent = put_in(town, urgency=3)
    not_weighed = put_in(town)
    spoed = put_in(town, urgency=2)
    crisis = put_in(town, urgency=1)
    assert order(daan, town, normal, late, urgent, not_weighed, spoed, crisis) == [crisis, spoed, not_weighed, urgent, late, normal]


def test_signs_are_a_suggestion_until_a_person_decides(town: Town, daan: Browser) -> None:
    ordinary, evicted, danger = put_in(town), put_in(town, signs=["ontruiming"]), put_in(town, signs=["eten", "dood"])
    assert order(daan, town, ordinary, evicted, danger) == [danger, evicted, ordinary]
    page = words_of(daan.get("/meldingen"))
    assert "voorstel: crisis" in page
    assert "voorstel: spoed" in page
    assert daan.send(f"/meldingen/{danger}/urgentie", {"urgency": "4"}).status_code == 303
    assert order(daan, town, ordinary, evicted, danger) == [evicted, ordinary, danger]
    assert events(town, danger) == [("urgentie", "4", "")]
    assert "voorstel: crisis" not in words_of(daan.get("/meldingen"))


def test_late_is_called_late(town: Town, daan: Browser) -> None:
    put_in(town, ago=timedelta(days=5, hours=1), signs=["eten"])
    assert "2 dagen te laat" in words_of(daan.get("/meldingen"))


def test_own_words_are_not_in_the_list(town: Town, daan: Browser) -> None:
    melding = put_in(town, words="Mijn man slaat mij.")
    page = daan.get("/meldingen").text
    assert name_of(town, melding) in page
    assert "slaat" not in page


def test_opening_a_melding_leaves_a_line_of_who_and_when(town: Town, daan: Browser, worker: Person) -> None:
    melding = put_in(town, words="Mijn huur is te hoog.")
    assert "Mijn huur is te hoog." in words_of(daan.get(f"/meldingen/{melding}"))
    count = (
        "SELECT count(*) FROM casus.melding_read r JOIN casus.melding m ON m.id = r.melding_id WHERE m.public_id = %s AND r.staff_id = %s"
    )
    assert _one(town, count, melding, worker.person_id) == 1
    daan.client.head(f"/meldingen/{melding}")
    assert _one(town, count, melding, worker.person_id) == 1


def test_a_melding_of_another_team_is_not_found(town: Town, daan: Browser) -> None:
    theirs, nobodys = put_in(town, "Zuid"), put_in(town, None)
    assert order(daan, town, theirs, nobodys) == [nobodys]
    token = token_of(daan.get("/meldingen/nieuw"))
    for address in ("", "/urgentie", "/gesprek", "/dubbel", "/van-een-plek"):
        assert daan.get(f"/meldingen/{theirs}{address}").status_code == 404
    for address in ("/oppakken", "/heropenen", "/urgentie", "/opzij", "/samenvoegen"):
        assert daan.post(f"/meldingen/{theirs}{address}", {"urgency": "1", "other": str(nobodys)}, token).status_code == 404
    assert daan.post(f"/meldingen/{nobodys}/samenvoegen", {"other": str(theirs)}, token).status_code == 404
    assert events(town, theirs) == []
    assert (
        _one(town, "SELECT count(*) FROM casus.melding_read r JOIN casus.melding m ON m.id = r.melding_id WHERE m.public_id = %s", theirs)
        == 0
    )


def test_an_administrator_sees_none(town: Town) -> None:
    fatma = town.signed_in(town.staff("beheerder", None, name="Fatma"))
    melding = put_in(town, None)
    assert fatma.get("/meldingen").status_code == 403
    assert fatma.get(f"/meldingen/{melding}").status_code == 403
    assert "Meldingen" not in fatma.get("/").text
