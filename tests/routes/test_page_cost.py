"""What a page of a dossier takes, counted: statements, plans, looks at the token, calls in Python. How long it takes is measured by `make bench`."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from types import FrameType
from typing import Any
from uuid import UUID

import psycopg
import pytest
from flask import Flask
from sqlalchemy import event, text

from portal import db, i18n
from portal.actor import Actor, Kind
from portal.audit import ReadLine, What, write_read_line
from portal.db import Database
from portal.dossier.queries import find_dossier
from portal.timeline import queries
from portal.timeline.queries import Part, Since
from tests.live import Live

STATEMENTS = 10
"""At most, for the session, the actor, the dossier, its list and what belongs to that, and the line in the read log."""
LOOKS = 34
"""How often PostgreSQL looks whether the token is good: once for each set, not for each set of which it is made. The years and what is new take twelve."""
CALLS = 11_400
"""Calls in Python, from the first of Flask to the last."""


@pytest.fixture(scope="module")
def app(live: Live) -> Flask:
    return live.apps["inwoner"]


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Every statement and every begin of a transaction, as long as it lasts."""
    engine = app.extensions["database"].engine
    seen: list[str] = []

    def begin(_connection: Any) -> None:
        seen.append("BEGIN")

    def catch(_connection: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        seen.append(sql)

    event.listen(engine, "begin", begin)
    event.listen(engine, "before_cursor_execute", catch)
    try:
        yield seen
    finally:
        event.remove(engine, "begin", begin)
        event.remove(engine, "before_cursor_execute", catch)


def entries(live: Live, first_name: str) -> int:
    found: int = live.one(
        "SELECT count(*) FROM casus.entry e JOIN casus.dossier d ON d.id = e.dossier_id JOIN casus.person p ON p.id = d.inwoner_id"
        " WHERE p.first_name = %s",
        first_name,
    )
    return found


def test_a_page_takes_as_few_statements_for_a_long_dossier_as_for_a_short_one(live: Live, app: Flask) -> None:
    asked = []
    for username, first_name in (("yvonne", "Yvonne"), ("marieke", "Marieke")):
        client = live.client("inwoner", username)
        with statements(app) as seen:
            assert client.get(live.dossier(first_name)).status_code == 200
        asked.append(seen)
    assert asked[0] == asked[1]
    assert asked[0].count("BEGIN") == 2
    assert len(asked[0]) - 2 <= STATEMENTS, asked[0]
    assert entries(live, "Yvonne") > queries.PAGE_SIZE > entries(live, "Marieke"), "a long and a short dossier were asked"


def test_no_statement_is_planned_anew_for_each_person(live: Live, app: Flask) -> None:
    database: Database = app.extensions["database"]
    with database.plain() as connection:
        for value in range(12):
            connection.execute(text("SELECT CAST(:value AS int) + 1"), {"value": value})
        plans = connection.execute(text("SELECT sum(generic_plans), sum(custom_plans) FROM pg_prepared_statements")).one()
    assert plans[0] > 0
    assert plans[1] == 0


def _read_a_page(live: Live, app: Flask) -> int:
    """Reads a page as Yvonne, in one transaction, and gives how often acl.actor looked at the token."""
    database: Database = app.extensions["database"]
    person, public_id = live.rows(
        "SELECT p.id, d.public_id FROM casus.person p JOIN casus.dossier d ON d.inwoner_id = p.id WHERE p.first_name = 'Yvonne'"
    )[0]
    with database.session(Actor(person, Kind.INWONER, UUID(int=7))) as session:
        found = find_dossier(session, public_id)
        assert found
        standing = queries.standing(session, found.id, Part(), person, outside=True, count_new=True)
        page = queries.timeline(session, found.id, Part(), Since(standing.previous_visit, person, outside=True))
        queries.notices(session, found.id)
        write_read_line(session, ReadLine(found.id, What.OVERZICHT, shown=tuple(item.id for item in page.items)))
        looks: int = session.execute(text("SELECT pg_stat_get_xact_function_calls('acl.actor()'::regprocedure)")).scalar_one()
        session.rollback()
    return looks


@contextmanager
def _functions_counted(live: Live) -> Iterator[None]:
    """Lets PostgreSQL count its own functions, as long as it lasts."""
    with psycopg.connect(live.database.admin_dsn, autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE \"{live.database.name}\" SET track_functions = 'all'")
        _connect_anew(live)
        try:
            yield
        finally:
            admin.execute(f'ALTER DATABASE "{live.database.name}" RESET track_functions')
            _connect_anew(live)


def _connect_anew(live: Live) -> None:
    for one in live.apps.values():
        one.extensions["database"].dispose()


def test_the_token_is_looked_at_once_for_each_set(live: Live, app: Flask) -> None:
    with _functions_counted(live):
        assert 0 < _read_a_page(live, app) <= LOOKS


def _days_asked(live: Live, person: int) -> int:
    """How often acl.today was asked while the dossiers of a professional were looked up."""
    database: Database = live.apps["team"].extensions["database"]
    with database.session(Actor(person, Kind.PROFESSIONAL, UUID(int=7))) as session:
        assert session.execute(text("SELECT cardinality(acl.any_dossiers())")).scalar_one() > 0
        asked: int = session.execute(text("SELECT pg_stat_get_xact_function_calls('acl.today()'::regprocedure)")).scalar_one()
        session.rollback()
    return asked


def test_the_day_is_asked_once_for_each_set_and_not_for_each_row(live: Live) -> None:
    person = live.one("SELECT person_id FROM portaal.account WHERE username = 'marleen.hoogakker'")
    ended = (
        "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from, valid_until)"
        " SELECT max(d.id), %s, 'test', '2020-01-01', '2020-01-02' FROM casus.dossier d, generate_series(1, 50) n GROUP BY n"
    )
    with _functions_counted(live):
        before = _days_asked(live, person)
        try:
            with live.admin() as admin:
                admin.execute(ended, (person,))
            # PostgreSQL itself may ask a few more when it makes a plan anew.
            assert _days_asked(live, person) < before + 10
        finally:
            with live.admin() as admin:
                admin.execute("DELETE FROM casus.assignment WHERE role_text = 'test'")


def calls(do: Callable[[], Any]) -> Counter[str]:
    """How often each function of Python was called."""
    seen: Counter[str] = Counter()

    def count(frame: FrameType, what: str, _argument: Any) -> None:
        if what == "call":
            seen[f"{frame.f_code.co_filename}:{frame.f_code.co_qualname}"] += 1

    sys.setprofile(count)
    try:
        do()
    finally:
        sys.setprofile(None)
    return seen


def test_a_full_page_takes_few_calls(live: Live) -> None:
    client, address = live.client("inwoner", "yvonne"), live.dossier("Yvonne")
    for _ in range(3):
        client.get(address)
    seen = calls(lambda: client.get(address))
    assert seen.total() <= CALLS, seen.most_common(25)


def test_a_day_is_written_once_in_each_language() -> None:
    i18n._babel_date.cache_clear()
    day = date(1999, 5, 4)
    assert {i18n.format_date(day, "nl") for _ in range(5)} == {"dinsdag 4 mei 1999"}
    assert i18n.format_date(day, "en") == "Tuesday 4 May 1999"
    assert i18n._babel_date.cache_info().misses == 2


def test_a_connection_is_tried_when_it_may_be_dead_and_not_otherwise(live: Live, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    database: Database = app.extensions["database"]
    tried: list[str] = []
    real = psycopg.Connection.execute

    def execute(self: psycopg.Connection[Any], query: str, *rest: Any, **named: Any) -> Any:
        tried.append(query)
        return real(self, query, *rest, **named)

    monkeypatch.setattr(psycopg.Connection, "execute", execute)

    def use() -> None:
        with database.plain() as connection:
            connection.execute(text("SELECT 1"))

    use()
    tried.clear()
    use()
    assert tried == []
    monkeypatch.setattr(db, "QUIET_SECONDS", -1)
    use()
    assert tried == ["SELECT 1"]


def test_a_connection_that_the_server_ended_is_replaced(live: Live, app: Flask) -> None:
    database: Database = app.extensions["database"]
    with database.plain() as connection:
        process = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with psycopg.connect(live.database.admin_dsn, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(%s, 5000)", (process,))
    with database.plain() as connection:
        assert connection.execute(text("SELECT pg_backend_pid()")).scalar_one() != process
