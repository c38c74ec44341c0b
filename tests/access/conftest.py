"""The world of the access tests, made once a module by real commits, and connections as the web roles."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import psycopg
import pytest

from portal.actor import Actor, Kind, Signer
from tests.access import planned, scenarios, world
from tests.access.world import Who
from tests.conftest import DAYS_OF_PEOPLE, PortalDatabase

# Before any test module imports one of them.
pytest.register_assert_rewrite(*(f"tests.access.{module}" for module in scenarios.MODULES))

SESSION = UUID("00000000-0000-4000-8000-000000000001")


@dataclass
class Access:
    """A database with the world in it, and a way to ask as anybody."""

    database: PortalDatabase
    connections: dict[str, psycopg.Connection[tuple[object, ...]]]

    def connection(self, face: str) -> psycopg.Connection[tuple[object, ...]]:
        """The one connection as the web role of a face."""
        return self.connections[face]

    def token(self, who: Who, *, role: str | None = None, seconds: int = 300, key: bytes | None = None) -> str:
        """The signed actor, or a spoilt one."""
        role = role or f"web_{who.face}"
        signer = Signer(role, key or self.database.keys[role])
        return signer.sign(Actor(who.person, Kind(who.kind), SESSION, who.behalf), seconds)


def open_world(database: PortalDatabase) -> None:
    """Fills an empty database."""
    with (
        psycopg.connect(database.dsn("portaal_operator"), options=DAYS_OF_PEOPLE) as operator,
        psycopg.connect(database.admin_dsn) as admin,
    ):
        world.build(operator, admin)
        planned.plan(admin)


@pytest.fixture(scope="module")
def access(database: PortalDatabase) -> Iterator[Access]:
    """The world, and connections to it."""
    open_world(database)
    connections = {face: psycopg.connect(database.dsn(f"web_{face}")) for face in ("inwoner", "team", "onafhankelijk")}
    yield Access(database, connections)
    for connection in connections.values():
        connection.close()
