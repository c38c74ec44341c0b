"""Every scenario of the asks_* modules, each in a transaction that is rolled back."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.access import scenarios
from tests.access.conftest import Access
from tests.access.stage import SCENARIOS, Row, play

scenarios.load()


@pytest.fixture(scope="module")
def admin(access: Access) -> Iterator[psycopg.Connection[Row]]:
    with psycopg.connect(access.database.admin_dsn) as connection:
        yield connection


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario(access: Access, admin: psycopg.Connection[Row], name: str) -> None:
    play(name, admin, access.database.keys)
