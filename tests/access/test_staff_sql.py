"""Who may change who works here, asked of PostgreSQL itself: the pages hide a button, this is the lock."""

import threading
from typing import Any
from uuid import UUID

import psycopg
import pytest

from portal.actor import Actor, Kind, Signer
from tests.access.world import public
from tests.conftest import PortalDatabase

SESSION = UUID("00000000-0000-4000-8000-000000000001")
STAFF = {
    "beheerder": (3001, "beheerder", None),
    "other beheerder": (3002, "beheerder", None),
    "lead": (3003, "teamleider", 1),
    "professional": (3004, "professional", 1),
    "colleague": (3005, "professional", 1),
    "other team": (3006, "professional", 2),
    "other lead": (3007, "teamleider", 1),
    "no team": (3008, "professional", None),
    "gone": (3009, "professional", 1),
}
TODAY = "(now() AT TIME ZONE 'Europe/Amsterdam')::date"
ACTS = {
    "change": "casus.staff_change(%(person)s, 'x', %(team)s, 'professional')",
    "absence": f"casus.staff_absence(%(person)s, {TODAY}, {TODAY}, NULL)",
    "absence end": "casus.staff_absence_end(%(person)s)",
    "start code": "casus.staff_start_code(%(person)s, sha256('x'))",
    "leave": "casus.staff_leave(%(person)s)",
}
BEHEERDERS, LEADS = ("beheerder", "other beheerder"), ("lead", "other lead")


def may(who: str | None, whom: str, act: str) -> bool:
    """Written by hand: what is allowed. Everything else is refused."""
    if who in BEHEERDERS and who == whom:
        return act in ("absence", "absence end")
    if who in BEHEERDERS:
        return whom != "gone"
    return who in LEADS and whom in ("professional", "colleague")


@pytest.fixture(scope="module")
def office(database: PortalDatabase) -> PortalDatabase:
    """Two teams and their staff, each with an account that was never used."""
    with psycopg.connect(database.admin_dsn) as admin:
        admin.execute(
            "INSERT INTO casus.team (id, public_id, name) VALUES (1, %s, 'Noord'), (2, %s, 'Zuid')", (public("team", 1), public("team", 2))
        )
        for name, (number, role, team) in STAFF.items():
            admin.execute(
                "INSERT INTO casus.person (id, public_id, first_name, last_name, is_staff) VALUES (%s, %s, %s, 'Proef', true)",
                (number, public("person", number), name),
            )
            admin.execute(
                "INSERT INTO casus.staff (person_id, job_title, team_id, role, joined_on, left_on)"
                " VALUES (%s, 'x', %s, %s, acl.today() - 9, CASE WHEN %s THEN acl.today() END)",
                (number, team, role, name == "gone"),
            )
            admin.execute(
                "INSERT INTO portaal.account (person_id, face, username, start_code_hash, start_code_expires_at)"
                " VALUES (%s, 'team', %s, sha256('y'), now() + interval '1 day')",
                (number, f"naam{number}"),
            )
    return database


def _asked(database: PortalDatabase, who: str | None, query: str, person: int = 0, team: int | None = 1, role: str = "web_team") -> Any:
    """Asks and rolls back; gives the rows."""
    with psycopg.connect(database.dsn(role)) as connection:
        _as(connection, database, who)
        rows = connection.execute(f"SELECT {query}", {"person": public("person", person), "team": team and public("team", team)}).fetchall()
        connection.rollback()
    return rows


def _as(connection: psycopg.Connection[Any], database: PortalDatabase, who: str | None) -> None:
    if who is not None:
        number, kind, _team = STAFF[who]
        token = Signer("web_team", database.keys["web_team"]).sign(Actor(number, Kind(kind), SESSION))
        connection.execute("SELECT set_config('casus.actor', %s, true)", (token,))


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("whom", STAFF)
@pytest.mark.parametrize("who", [None, *STAFF])
def test_who_manages_whom(office: PortalDatabase, who: str | None, whom: str, act: str) -> None:
    number, _role, team = STAFF[whom]
    if may(who, whom, act):
        assert _asked(office, who, ACTS[act], number, team or 1)
        return
    with pytest.raises(psycopg.Error) as refused:
        _asked(office, who, ACTS[act], number, team or 1)
    assert refused.value.sqlstate == ("MB004" if who == whom and who in BEHEERDERS else "MB001")


@pytest.mark.parametrize("team", [1, 2, None])
@pytest.mark.parametrize("role", ["professional", "teamleider", "beheerder"])
@pytest.mark.parametrize("who", [None, *STAFF])
def test_who_gives_which_place(office: PortalDatabase, who: str | None, role: str, team: int | None) -> None:
    allowed = (team is not None or role == "beheerder") and (who in BEHEERDERS or (who in LEADS and (role, team) == ("professional", 1)))
    calls = (
        f"casus.staff_join('A', NULL, 'B', 'x', %(team)s, '{role}', gen_random_uuid(), 'nieuw.iemand', NULL, sha256('z'))",
        f"casus.staff_change(%(person)s, 'x', %(team)s, '{role}')",
    )
    for call in calls:
        if allowed:
            assert _asked(office, who, call, STAFF["colleague"][0], team)
        else:
            with pytest.raises(psycopg.Error) as refused:
                _asked(office, who, call, STAFF["colleague"][0], team)
            assert refused.value.sqlstate in ("MB001", "MB007")


def test_the_list_holds_whom_one_manages(office: PortalDatabase) -> None:
    for who in (None, *STAFF):
        names = {row[0].removesuffix(" Proef") for row in _asked(office, who, "name FROM casus.staff_overview()")}
        if who in BEHEERDERS:
            assert names == set(STAFF)
        elif who in LEADS:
            assert names == {"professional", "colleague", "gone"}
        else:
            assert names == set()


@pytest.mark.parametrize("role", ["web_inwoner", "web_onafhankelijk", "portaal_jobs", "casus_controle"])
@pytest.mark.parametrize("call", [*ACTS.values(), "name FROM casus.staff_overview()", "author_name FROM casus.concepts_left_behind()"])
def test_other_programs_have_no_part_in_it(office: PortalDatabase, role: str, call: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        _asked(office, None, call, role=role)


def test_the_operator_manages_everybody(office: PortalDatabase) -> None:
    for whom, (number, _role, team) in STAFF.items():
        if whom != "gone":
            for call in ACTS.values():
                assert _asked(office, None, call, number, team or 1, role="portaal_operator")


def test_a_lead_gives_no_new_code_to_who_signed_in_before(office: PortalDatabase) -> None:
    number = STAFF["colleague"][0]
    with psycopg.connect(office.admin_dsn) as admin:
        admin.execute("UPDATE portaal.account SET start_code_hash = NULL, start_code_expires_at = NULL WHERE person_id = %s", (number,))
    with pytest.raises(psycopg.Error) as refused:
        _asked(office, "lead", ACTS["start code"], number)
    assert refused.value.sqlstate == "MB007"
    assert _asked(office, "beheerder", ACTS["start code"], number) == [(f"naam{number}",)]


def test_concepts_of_who_left_are_counted_for_their_lead_without_words(office: PortalDatabase) -> None:
    with psycopg.connect(office.admin_dsn) as admin:
        admin.execute("INSERT INTO casus.person (id, first_name, last_name) VALUES (99, 'I', 'Proef')")
        admin.execute("INSERT INTO casus.inwoner (person_id, birth_date) VALUES (99, '1980-01-01')")
        admin.execute("INSERT INTO casus.dossier (id, inwoner_id, opened_on) VALUES (99, 99, acl.today())")
        for name in ("gone", "gone", "professional"):
            admin.execute(
                "INSERT INTO casus.concept (dossier_id, author_id, section, kind, occurred_on, body) VALUES (99, %s, 2, 1, acl.today(), 'w')",
                (STAFF[name][0],),
            )
    query = "author_name, concepts FROM casus.concepts_left_behind()"
    assert _asked(office, "lead", query) == [("gone Proef", 2)]
    assert _asked(office, "beheerder", query) == [("gone Proef", 2)]
    assert _asked(office, "professional", query) == []
    assert _asked(office, "other team", query) == []


def test_two_beheerders_can_not_send_each_other_away(office: PortalDatabase) -> None:
    first, second = STAFF["beheerder"][0], STAFF["other beheerder"][0]
    refused: list[str | None] = []

    def second_sends_first_away() -> None:
        with psycopg.connect(office.dsn("web_team")) as connection:
            _as(connection, office, "other beheerder")
            try:
                connection.execute("SELECT casus.staff_leave(%s)", (public("person", first),))
            except psycopg.Error as error:
                refused.append(error.sqlstate)

    with psycopg.connect(office.dsn("web_team")) as connection:
        _as(connection, office, "beheerder")
        connection.execute("SELECT casus.staff_leave(%s)", (public("person", second),))
        other = threading.Thread(target=second_sends_first_away)
        other.start()
        # It waits for this transaction; when it goes on, its actor is no longer here.
        other.join(0.5)
        assert other.is_alive()
        connection.commit()
        other.join(10)
    assert refused == ["MB003"]


def test_every_change_is_written_down_by_name(office: PortalDatabase) -> None:
    with psycopg.connect(office.admin_dsn) as admin:
        rows = admin.execute("SELECT event, subject_id, person_id, person_name, program FROM casus.change_log").fetchall()
    assert rows == [("staff.left", STAFF["other beheerder"][0], STAFF["beheerder"][0], "beheerder Proef", "web_team")]
