"""File → import → export gives the file in canonical form, to the byte; and a copy is a reading that the inwoner can see."""

from collections.abc import Callable

import pytest

from portal.db import Database
from portal.importing import import_case, schema
from portal.json_schema import check
from tests.api.conftest import FILES, NAMES, by_hand

Export = Callable[[str], str]


@pytest.fixture(scope="module", autouse=True)
def imported(operator: Database, team_noord: None) -> None:
    with operator.plain() as connection:
        for name in NAMES:
            import_case(connection, FILES / f"{name}.json")


def canonical(name: str) -> str:
    return (FILES / f"{name}.json").read_bytes().decode()


def test_there_are_files_by_hand() -> None:
    assert NAMES == ["full", "many-scripts", "minimal"]
    for name in NAMES:
        check(by_hand(name), schema("dossier"))


@pytest.mark.parametrize("name", NAMES)
def test_a_file_comes_back_to_the_byte(export: Export, name: str) -> None:
    assert export(by_hand(name)["dossier"]["id"]) == canonical(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_made_twice_is_the_same(export: Export, name: str) -> None:
    dossier = by_hand(name)["dossier"]["id"]
    assert export(dossier) == export(dossier)
