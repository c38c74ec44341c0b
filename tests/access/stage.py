"""One transaction in which anybody can be played, and which is rolled back: for questions that need rows of their own, or two roles in turn.

The matrix itself (asks.py) signs in as the web roles and asks rows that were really committed; here the superuser takes on a role
(SET SESSION AUTHORIZATION: both session_user and current_user), so that PostgreSQL judges as it would judge that role.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import psycopg

from portal.actor import Actor, Kind, Signer
from tests.access.world import Who

SESSION = UUID("00000000-0000-4000-8000-000000000001")
_ROLE = re.compile(r"^[a-z_0-9]+$")

Row = tuple[Any, ...]
Scenario = Callable[["Stage"], None]
SCENARIOS: dict[str, Scenario] = {}


def scenario(play: Scenario) -> Scenario:
    """Adds a scenario: what it asserts must hold in the world of world.py."""
    name = f"{play.__module__.rsplit('.', 1)[-1]}.{play.__name__}"
    assert name not in SCENARIOS, f"two scenarios are called {name}"
    SCENARIOS[name] = play
    return play


class Stage:
    """A superuser's transaction. ``keys`` holds the actor key of each role that signs."""

    def __init__(self, connection: psycopg.Connection[Row], keys: Mapping[str, bytes]) -> None:
        self.connection = connection
        self.keys = keys

    @property
    def superuser(self) -> str:
        """The role of this connection."""
        return str(self.connection.info.user)

    def given(self, sql: str, *values: object) -> list[Row]:
        """Rows as they might have come about earlier: written by the superuser, no trigger fires and no key is checked."""
        self.connection.execute("SET LOCAL session_replication_role = replica")
        found = self._rows(self.connection.execute(sql, values))
        self.connection.execute("SET LOCAL session_replication_role = origin")
        return found

    def seen(self, sql: str, *values: object) -> list[Row]:
        """What really stands in a table."""
        return self._rows(self.connection.execute(sql, values))

    def value(self, sql: str, *values: object) -> Any:
        """The one value that really stands somewhere."""
        [row] = self.seen(sql, *values)
        return row[0]

    def ask(self, role: str, sql: str, *values: object, who: Who | None = None, token: str | None = None) -> list[Row]:
        """Runs a statement as a role, speaking for ``who`` (or with this token) or for nobody. What PostgreSQL refuses is raised and undone."""
        assert _ROLE.match(role)
        if who is not None:
            token = self.token(who, role)
        self.connection.execute("SAVEPOINT ask")
        try:
            self.connection.execute("SELECT set_config('casus.actor', %s, true)", (token or "",))
            self.connection.execute(f"SET LOCAL SESSION AUTHORIZATION {role}")
            found = self._rows(self.connection.execute(sql, values))
        except psycopg.Error:
            self.connection.execute("ROLLBACK TO SAVEPOINT ask")
            raise
        self.connection.execute("RESET SESSION AUTHORIZATION")
        self.connection.execute("SELECT set_config('casus.actor', '', true)")
        self.connection.execute("RELEASE SAVEPOINT ask")
        return found

    def one(self, role: str, sql: str, *values: object, who: Who | None = None) -> Any:
        """The one value that a role is given."""
        [row] = self.ask(role, sql, *values, who=who)
        return row[0]

    def refusal(self, role: str, sql: str, *values: object, who: Who | None = None) -> str:
        """The SQLSTATE with which PostgreSQL refuses this; empty when it doesn't (and then it is undone too)."""
        self.connection.execute("SAVEPOINT refusal")
        try:
            self.ask(role, sql, *values, who=who)
        except psycopg.Error as error:
            return error.sqlstate or "unknown"
        finally:
            self.connection.execute("ROLLBACK TO SAVEPOINT refusal")
        return ""

    def undone(self, play: Callable[[], None]) -> None:
        """Plays something and takes it back, whatever came of it."""
        self.connection.execute("SAVEPOINT undone")
        try:
            play()
        finally:
            self.connection.execute("ROLLBACK TO SAVEPOINT undone")

    def token(self, who: Who, role: str) -> str:
        """The signed actor."""
        return Signer(role, self.keys[role]).sign(Actor(who.person, Kind(who.kind), SESSION, who.behalf))

    @staticmethod
    def _rows(cursor: psycopg.Cursor[Row]) -> list[Row]:
        return cursor.fetchall() if cursor.description is not None else [()] * max(cursor.rowcount, 0)


def play(name: str, connection: psycopg.Connection[Row], keys: Mapping[str, bytes]) -> None:
    """Plays one scenario and leaves nothing behind. Raises AssertionError, or what PostgreSQL raises."""
    try:
        SCENARIOS[name](Stage(connection, keys))
    finally:
        connection.rollback()
