"""The program's side of a consent: a role that really signs in and commits, and the inwoner who consents, narrows and stops meanwhile."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from portal import provision
from portal.actor import Actor, Kind, Signer
from tests.access.conftest import SESSION, open_world
from tests.access.world import MATES, PEOPLE, public
from tests.conftest import PortalDatabase

HERE = public("dossier", 1)
Rows = list[tuple[Any, ...]]


class Mates:
    """The organisation, on a connection of its own."""

    def __init__(self, dsn: str) -> None:
        self.connection = psycopg.connect(dsn, autocommit=True)

    def open(self, dossier: object = HERE) -> Any:
        """The number of a reading, committed; None: nothing."""
        [reading] = self.connection.execute("SELECT casus_api.open_reading(%s, 'M. Maatje', 'uw post')", (dossier,)).fetchone() or ()
        return reading

    def entries(self, reading: object) -> Rows:
        """What it is given."""
        return self.connection.execute("SELECT title FROM casus_api.entries(%s)", (reading,)).fetchall()

    def told(self) -> Rows:
        """Its worklist."""
        return self.connection.execute("SELECT dossier FROM casus_api.ended_consents(now() - interval '1 day')").fetchall()


@pytest.fixture
def mates(database: PortalDatabase) -> Iterator[Mates]:
    admin_dsn = database.cluster.admin_dsn
    role = provision.add_program(admin_dsn, "maatjes", "geheim")
    found = Mates(provision.role_dsn(admin_dsn, role, "geheim", database.name))
    yield found
    found.connection.close()
    with psycopg.connect(database.admin_dsn, autocommit=True) as admin:
        admin.execute(f"DROP ROLE {role}")


@pytest.fixture
def owner(database: PortalDatabase) -> Callable[..., None]:
    """Does something as the inwoner, and commits."""
    signer = Signer("web_inwoner", database.keys["web_inwoner"])
    token = signer.sign(Actor(PEOPLE["owner"].person, Kind("inwoner"), SESSION, None))

    def act(function: str, *values: object) -> None:
        with psycopg.connect(database.dsn("web_inwoner")) as connection:
            connection.execute("SELECT set_config('casus.actor', %s, true)", (token,))
            connection.execute(f"SELECT {function}".encode(), values)

    return act


def test_a_program_reads_from_consent_to_the_end_of_it_and_then_there_is_nothing(
    database: PortalDatabase, mates: Mates, owner: Callable[..., None]
) -> None:
    open_world(database)
    with psycopg.connect(database.admin_dsn, autocommit=True) as admin:
        admin.execute("DELETE FROM casus.program_consent")
        log = "SELECT count(*) FROM casus.read_log WHERE program = 'program_maatjes'"
        assert mates.open() is None
        assert mates.open(uuid4()) is None
        assert admin.execute(log).fetchone() == (0,), "nobody is told that it asked"

        give = "acl.give_consent(%s, %s, %s::smallint[], current_date + 30, %s)"
        owner(give, HERE, public("program", MATES), [2, 8], False)
        reading = mates.open()
        assert len(mates.entries(reading)) == 6
        assert admin.execute(log).fetchone() == (1,)

        owner(give, HERE, public("program", MATES), [8], False)
        assert mates.entries(reading) == [], "a reading of before is emptied"
        assert mates.told() == []
        owner(give, HERE, public("program", MATES), [2], False)

        reading = mates.open()
        assert len(mates.entries(reading)) == 6
        owner("acl.withdraw_consent(%s, %s, false)", HERE, public("program", MATES))
        assert mates.entries(reading) == []
        assert mates.open() is None
        assert mates.told() == [], "withdrawn without telling"

        owner(give, HERE, public("program", MATES), [2], False)
        owner("acl.withdraw_consent(%s, %s, true)", HERE, public("program", MATES))
        assert mates.open() is None
        assert mates.told() == [(HERE,)]
        events = admin.execute("SELECT event FROM casus.change_log WHERE event LIKE 'consent.%' ORDER BY id").fetchall()
        assert [event for (event,) in events] == [
            "consent.given", "consent.changed", "consent.changed", "consent.withdrawn", "consent.given", "consent.withdrawn",
        ]  # fmt: skip
        for refused in (
            "SELECT FROM casus.program_consent",
            "SELECT acl.programs_to_ask(NULL)",
            "SELECT acl.give_consent(NULL, NULL, NULL, NULL, NULL)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                mates.connection.execute(refused)
