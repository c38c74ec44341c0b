"""The book-keeping of `make sweep`: what is planned, going on after any kind of stop, and telling what was not visited."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from portal.assets import ROOT
from portal.i18n import LANGUAGES
from tests.pages.states import STATES
from tests.sweep.__main__ import DEFAULT_COLOURS, main
from tests.sweep.kept import AlreadyRunningError, Results, alone
from tests.sweep.pictures import MAIN_PAGES, README_PICTURES
from tests.sweep.sheet import write_sheet
from tests.sweep.summary import NOT_YET, Summary, sum_up
from tests.sweep.turns import MAKES_PAGES, Turn, fingerprint, plan

TURNS = plan()[:4]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "results.jsonl"


def names(turns: list[Turn]) -> list[str]:
    return [turn.name for turn in turns]


# --- the plan


def test_the_whole_sweep_is_every_combination_once() -> None:
    turns = plan(colours=DEFAULT_COLOURS)
    assert len(set(names(turns))) == len(turns) == len(STATES) * len(LANGUAGES) * 2 * 2
    assert {turn.state.id for turn in turns} == {state.id for state in STATES}
    assert {(turn.width, turn.colours) for turn in turns} == {(width, colours) for width in (320, 1280) for colours in ("light", "forced")}


def test_a_part_has_only_what_was_asked() -> None:
    turns = plan("who_looked", ["ar"])
    assert turns
    assert all("who_looked" in turn.state.id and turn.language == "ar" for turn in turns)


def test_an_unknown_language_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["--languages", "nl,xx"])
    assert refused.value.code == 2
    assert "xx" in capsys.readouterr().err


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in MAKES_PAGES:
        path = tmp_path / name if name.endswith(".py") else tmp_path / name / "one.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("one")
    return tmp_path


@pytest.mark.parametrize("name", MAKES_PAGES)
def test_other_code_has_another_fingerprint(tree: Path, name: str) -> None:
    before = fingerprint(tree)
    assert fingerprint(tree) == before
    path = tree / name if name.endswith(".py") else tree / name / "one.txt"
    path.write_text("two")
    assert fingerprint(tree) != before


def test_what_is_built_and_what_makes_no_page_is_no_other_code(tree: Path) -> None:
    before = fingerprint(tree)
    for name in ("static/build/portal.css", "portal/__pycache__/one.pyc", "translations/nl.mo", "docs/words.md"):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text("new")
    assert fingerprint(tree) == before


def test_every_folder_that_makes_pages_is_there() -> None:
    assert [name for name in MAKES_PAGES if not (ROOT / name).exists()] == []


# --- going on


def test_a_second_start_knows_what_was_visited(file: Path) -> None:
    Results(file, "a").add("one", [])
    Results(file, "a").add("two", ["axe: x"])
    again = Results(file, "a")
    assert again.visited("one")
    assert again.visited("two")
    assert not again.visited("three")
    found = again["two"]
    assert found
    assert found.problems == ["axe: x"]


def test_what_could_not_be_visited_is_tried_again(file: Path) -> None:
    Results(file, "a").add("one", ["TimeoutError: x"], visited=False)
    assert not Results(file, "a").visited("one")
    Results(file, "a").add("one", [])
    assert Results(file, "a").visited("one")


def test_results_of_other_code_count_for_nothing(file: Path) -> None:
    Results(file, "a").add("one", [])
    assert not Results(file, "b").visited("one")


def test_a_line_that_was_cut_off_is_made_again_and_spoils_no_other(file: Path) -> None:
    results = Results(file, "a")
    results.add("one", [])
    results.add("two", [])
    whole = file.read_bytes()
    for cut in range(len(whole) // 2 + 1, len(whole)):
        file.write_bytes(whole[:cut])
        after = Results(file, "a")
        assert after.visited("one")
        after.add("two", [])
        after.add("three", [])
        assert all(Results(file, "a").visited(name) for name in ("one", "two", "three"))


def test_starting_over_forgets_only_what_was_asked(file: Path) -> None:
    results = Results(file, "a")
    for name in ("one", "two"):
        results.add(name, [])
    results.forget({"one"})
    for now in (results, Results(file, "a")):
        assert not now.visited("one")
        assert now.visited("two")


def test_a_killed_sweep_loses_nothing_that_it_wrote(file: Path) -> None:
    """A process that writes results and kills itself in the midst of the next."""
    code = (
        "import os, signal, sys; from pathlib import Path; from tests.sweep.kept import Results\n"
        "results = Results(Path(sys.argv[1]), 'a')\n"
        "for number in range(20): results.add(f'turn {number}', [])\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(file)], cwd=ROOT, check=False, timeout=60)
    assert ended.returncode == -9
    assert all(Results(file, "a").visited(f"turn {number}") for number in range(20))


def test_only_one_sweep_at_a_time(tmp_path: Path) -> None:
    with alone(tmp_path), pytest.raises(AlreadyRunningError), alone(tmp_path):
        pass
    with alone(tmp_path):
        pass


# --- telling


def told(file: Path) -> Summary:
    return sum_up(TURNS, Results(file, "a"), TURNS)


def test_all_visited_and_nothing_wrong_is_good(file: Path) -> None:
    for name in names(TURNS):
        Results(file, "a").add(name, [])
    summary = told(file)
    assert summary.exit_code == 0
    assert "4 of 4 visited, 0 with problems." in summary.lines()
    assert "NOT VISITED" not in "".join(summary.lines())


def test_what_was_not_visited_is_named_with_its_reason(file: Path) -> None:
    results = Results(file, "a")
    results.add(TURNS[0].name, [])
    results.add(TURNS[1].name, ["TimeoutError: no such field"], visited=False)
    summary = told(file)
    assert summary.exit_code == 1
    assert summary.not_visited == {
        TURNS[1].name: "TimeoutError: no such field",
        TURNS[2].name: NOT_YET,
        TURNS[3].name: NOT_YET,
    }
    lines = list(summary.lines())
    assert lines[0] == "1 of 4 visited, 0 with problems."
    assert "NOT VISITED  1: TimeoutError: no such field" in lines
    assert f"             {TURNS[3].name}" in lines
    short = list(summary.lines(most=1))
    assert "             and 1 more" in short
    assert f"             {TURNS[3].name}" not in short


def _problem(summary: Summary) -> None:
    summary.problems["x"] = ["axe color-contrast: <p>", "axe color-contrast: <a>", "wide: <p>"]


def _invalid(summary: Summary) -> None:
    summary.invalid = ["x.html:1 rule: why"]


def _changed(summary: Summary) -> None:
    summary.changed = True


def _nothing(summary: Summary) -> None:
    summary.planned = 0


@pytest.mark.parametrize("spoil", [_problem, _invalid, _changed, _nothing])
def test_whatever_is_wrong_is_told_and_is_no_success(spoil: Callable[[Summary], None]) -> None:
    summary = Summary(1)
    assert summary.exit_code == 0
    good = list(summary.lines())
    spoil(summary)
    assert summary.exit_code == 1
    assert list(summary.lines()) != good


def test_problems_are_counted_by_rule() -> None:
    summary = Summary(1)
    _problem(summary)
    _invalid(summary)
    assert summary.by_rule() == {"axe color-contrast": 2, "wide": 1, "html-validate": 1}


def test_a_part_says_how_much_was_left_out(file: Path) -> None:
    part = sum_up(TURNS[:1], Results(file, "a"), TURNS)
    assert any(line.startswith("NOT ASKED    3 visits") for line in part.lines())


def test_the_sheet_shows_each_visit_and_names_what_is_wrong(file: Path, tmp_path: Path) -> None:
    results = Results(file, "a")
    for turn in TURNS[:3]:
        results.add(turn.name, ["wide: <script>"] if turn is TURNS[1] else [])
    write_sheet(tmp_path / "index.html", TURNS, results, "1 < 2")
    text = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<img src="pictures/([^"]+)\.png"', text) == names(TURNS[:3])
    assert "not visited" in text
    assert "wide: &lt;script&gt;" in text
    assert "<script" not in text
    assert not re.search(r"(?:src|href)=.?https?:", text)


def test_lines_are_json_that_others_can_read(file: Path) -> None:
    Results(file, "a").add("één", ["wide: ا"])
    assert json.loads(file.read_text(encoding="utf-8")) == {"name": "één", "code": "a", "visited": True, "problems": ["wide: ا"]}


# --- pictures


def test_the_readme_shows_the_pictures_that_make_pictures_makes() -> None:
    shown = re.findall(r"\]\(docs/pictures/([\w-]+)\.png\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    made = [picture.name for picture in README_PICTURES]
    assert sorted(shown) == sorted(made) == sorted(path.stem for path in (ROOT / "docs" / "pictures").iterdir())


def test_the_contact_sheet_shows_states_that_exist() -> None:
    assert set(MAIN_PAGES) <= {state.id for state in STATES}
    assert len(set(MAIN_PAGES)) == len(MAIN_PAGES)
