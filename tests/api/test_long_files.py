"""A file of any length is read and written in the same memory."""

import json
import tracemalloc
from collections.abc import Callable
from io import TextIOBase
from pathlib import Path
from uuid import UUID

import pytest

from portal.db import Database
from portal.exporting import export_dossier
from portal.importing import ImportRefusedError, import_case
from tests.api.conftest import counts
from tests.api.long_file import write_long_file
from tests.conftest import PortalDatabase

SHORT, LONG = 400, 2000
"""Entries; the longer file has 5 times as many and some 3 MB more words."""
ROOM = 1_000_000
"""Bytes by which the two peaks may differ, for what a batch more or less costs."""


class Nowhere(TextIOBase):
    """Counts what is written and keeps nothing."""

    written = 0

    def write(self, text: str) -> int:
        """Count."""
        self.written += len(text)
        return len(text)


def peak(work: Callable[[], object]) -> int:
    """The most bytes that Python held during the work, above what it held before."""
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        work()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


def importing(operator: Database, path: Path) -> None:
    with operator.plain() as connection:
        import_case(connection, path)


def test_import_and_export_hold_no_more_of_a_longer_file(database: PortalDatabase, operator: Database, tmp_path: Path) -> None:
    paths = {length: tmp_path / f"{length}.json" for length in (100, SHORT, LONG)}
    dossiers = {length: write_long_file(path, length) for length, path in paths.items()}
    assert paths[LONG].stat().st_size - paths[SHORT].stat().st_size > 2 * ROOM, "else the difference would not show"
    importing(operator, paths[100])
    peaks = {length: peak(lambda path=paths[length]: importing(operator, path)) for length in (SHORT, LONG)}  # type: ignore[misc]
    assert peaks[LONG] < peaks[SHORT] + ROOM, peaks
    copier = Database(database.url("casus_uitvoer"), None)
    sizes = {}

    def copying(dossier: UUID, length: int) -> None:
        out = Nowhere()
        export_dossier(copier, dossier, out, reader="x", ground="y", source="z")  # type: ignore[arg-type]
        sizes[length] = out.written

    copying(dossiers[100], 100)
    peaks = {length: peak(lambda length=length: copying(dossiers[length], length)) for length in (SHORT, LONG)}  # type: ignore[misc]
    copier.dispose()
    assert peaks[LONG] < peaks[SHORT] + ROOM, peaks
    assert sizes == {length: len(path.read_text(encoding="utf-8")) for length, path in paths.items()}, "and it is the whole file"


def test_progress_is_counts_and_nothing_else(operator: Database, tmp_path: Path) -> None:
    path = tmp_path / "long.json"
    write_long_file(path, 450)
    heard: list[tuple[str, int, int]] = []
    with operator.plain() as connection:
        import_case(connection, path, lambda *said: heard.append(said))
    assert heard == [*(("checked", done, 0) for done in range(1, 451)), ("written", 200, 450), ("written", 400, 450), ("written", 450, 450)]


@pytest.mark.parametrize("wrong", [0, 299])
def test_one_wrong_entry_in_a_long_file_keeps_everything_out(
    database: PortalDatabase, operator: Database, tmp_path: Path, wrong: int
) -> None:
    path = tmp_path / "long.json"
    write_long_file(path, 300)
    case = json.loads(path.read_text(encoding="utf-8"))
    case["entries"][wrong]["kind"] = "praatje"
    path.write_text(json.dumps(case), encoding="utf-8")
    before = counts(database)
    with pytest.raises(ImportRefusedError) as refused, operator.plain() as connection:
        import_case(connection, path)
    assert str(refused.value).startswith(f"$.entries[{wrong}].kind: is not one of: ")
    assert counts(database) == before
