"""Who checked which text: only what a row vouches for, and only while it stays as it was read."""

from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from portal.reviewed import FOLDER, Review, catalogue_hash, fingerprint, fingerprints, reviewed, reviews, write_review

DAY = date(2026, 11, 22)
TABLE = "# Readers\n\n| language | alias | date | catalogue hash |\n|---|---|---|---|\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder of translations with a table of readers in which nobody stands."""
    (tmp_path / "ar").mkdir()
    (tmp_path / "REVIEWERS.md").write_text(TABLE, encoding="utf-8")
    return tmp_path


def catalogue(text: str) -> Catalog:
    return read_po(text.splitlines(keepends=True), locale="en")


def test_a_fingerprint_changes_with_the_dutch_and_with_the_translation() -> None:
    marks = {fingerprint("ja", "yes"), fingerprint("jazeker", "yes"), fingerprint("ja", "yeah"), fingerprint("j", "ayes")}
    assert len(marks) == 4
    assert all(len(mark) == 16 for mark in marks)


def test_a_counted_text_has_a_fingerprint_for_each_form() -> None:
    text = 'msgid "%(n)s dag"\nmsgid_plural "%(n)s dagen"\nmsgstr[0] "one day"\nmsgstr[1] "%(n)s days"\n'
    assert set(fingerprints(catalogue(text))) == {
        fingerprint("%(n)s dag", "%(n)s dagen", "one day"),
        fingerprint("%(n)s dag", "%(n)s dagen", "%(n)s days"),
    }


def test_what_has_no_translation_has_no_fingerprint() -> None:
    assert list(fingerprints(catalogue('msgid "ja"\nmsgstr ""\n'))) == []


def test_what_a_reader_read_is_checked(folder: Path) -> None:
    row = write_review("ar", "nadia.k", DAY, ["b" * 16, "a" * 16], folder)
    assert row == Review("ar", "nadia.k", DAY, catalogue_hash(["a" * 16, "b" * 16]))
    assert reviews(folder) == [row]
    assert (folder / "REVIEWERS.md").read_text(encoding="utf-8") == f"{TABLE}| ar | nadia.k | 2026-11-22 | {row.catalogue} |\n"
    assert reviewed("ar", folder) == {"a" * 16, "b" * 16}


def test_a_list_that_nobody_vouches_for_is_no_list(folder: Path) -> None:
    write_review("ar", "nadia.k", DAY, ["a" * 16], folder)
    path = folder / "ar" / "reviewed.txt"
    path.write_text(path.read_text(encoding="utf-8") + "c" * 16 + "\n", encoding="utf-8")
    assert reviewed("ar", folder) == frozenset()


def test_a_row_vouches_for_its_own_language_only(folder: Path) -> None:
    write_review("ar", "nadia.k", DAY, ["a" * 16], folder)
    (folder / "en").mkdir()
    (folder / "en" / "reviewed.txt").write_text("a" * 16 + "\n", encoding="utf-8")
    assert reviewed("en", folder) == frozenset()


def test_a_later_reader_takes_over_and_the_earlier_row_stays(folder: Path) -> None:
    write_review("ar", "nadia.k", DAY, ["a" * 16], folder)
    write_review("ar", "yusuf", DAY, ["d" * 16], folder)
    assert [row.alias for row in reviews(folder)] == ["nadia.k", "yusuf"]
    assert reviewed("ar", folder) == {"d" * 16}


@pytest.mark.parametrize("alias", ["", "x", "a|b", "nadia\nk", "n" * 41])
def test_an_alias_fits_in_its_cell(folder: Path, alias: str) -> None:
    with pytest.raises(ValueError, match="alias"):
        write_review("ar", alias, DAY, ["a" * 16], folder)
    assert reviews(folder) == []


def test_the_table_of_the_portal_ends_where_a_row_can_follow() -> None:
    last = (FOLDER / "REVIEWERS.md").read_text(encoding="utf-8").rstrip().splitlines()[-1]
    assert last == "|---|---|---|---|" or reviews()[-1] == Review(*_cells(last))


def _cells(row: str) -> tuple[str, str, date, str]:
    code, alias, day, given = (cell.strip() for cell in row.strip("|").split("|"))
    return code, alias, date.fromisoformat(day), given
