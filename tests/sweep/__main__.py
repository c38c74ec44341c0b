"""``python -m tests.sweep``: looks at every page in every state, language, width and in several colours, and tells what is wrong.

Goes on where an earlier sweep of the same code stopped. Pictures, a sheet with all of them and the results are in build/sweep.
Exit 1: something was wrong, or was not visited. See docs/running.md.
"""

import argparse
import signal
import sys
import time
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

from playwright.sync_api import Error

from portal.assets import ROOT
from portal.i18n import LANGUAGES
from tests.pages import checks, verdict
from tests.pages.verdict import COLOURS, NARROW, Colours
from tests.pages.visit import visiting
from tests.sweep.kept import AlreadyRunningError, Results, alone
from tests.sweep.sheet import write_sheet
from tests.sweep.summary import sum_up
from tests.sweep.theatre import Theatre, open_theatre
from tests.sweep.turns import Turn, fingerprint, plan

FOLDER = ROOT / "build" / "sweep"
DEFAULT_COLOURS: tuple[Colours, ...] = ("light", "forced")
PICTURES, PAGES = FOLDER / "pictures", FOLDER / "html"


def main(arguments: list[str] | None = None) -> int:
    """Gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.sweep", description=__doc__)
    parser.add_argument("--only", default="", metavar="TEXT", help="look only at states whose name has this text")
    parser.add_argument("--languages", default=",".join(LANGUAGES), help="such as nl,ar (default: all)")
    parser.add_argument("--colours", default=",".join(DEFAULT_COLOURS), help="of light, forced and dark (default: light,forced)")
    parser.add_argument("--again", action="store_true", help="start over, instead of going on where the last sweep stopped")
    parser.add_argument("--list", action="store_true", help="only name the visits")
    options = parser.parse_args(arguments)
    languages, colours = (set(given.split(",")) for given in (options.languages, options.colours))
    if unknown := (languages - set(LANGUAGES)) | (colours - set(COLOURS)):
        parser.error(f"not known: {', '.join(sorted(unknown))}")
    turns = plan(options.only, [code for code in LANGUAGES if code in languages], [one for one in COLOURS if one in colours])
    if options.list:
        print("\n".join(turn.name for turn in turns))
        return 0
    try:
        with alone(FOLDER):
            return _sweep(turns, again=options.again)
    except AlreadyRunningError as refused:
        print(refused, file=sys.stderr)
        return 1


def _sweep(turns: list[Turn], *, again: bool) -> int:
    for folder in (PICTURES, PAGES):
        folder.mkdir(parents=True, exist_ok=True)
    code = fingerprint(ROOT)
    results = Results(FOLDER / "results.jsonl", code)
    if again:
        results.forget({turn.name for turn in turns})
    waiting = [turn for turn in turns if not results.visited(turn.name)]
    if waiting:
        _visit_all(waiting, len(turns), results)
    summary = sum_up(turns, results, plan(colours=DEFAULT_COLOURS))
    summary.changed = fingerprint(ROOT) != code
    summary.invalid = _invalid([turn for turn in turns if results.visited(turn.name)])
    report = "\n".join(summary.lines())
    write_sheet(FOLDER / "index.html", turns, results, report)
    (FOLDER / "summary.txt").write_text(report + "\n", encoding="utf-8")
    print("\n".join(summary.lines(most=20)))
    print(f"Pictures: {(FOLDER / 'index.html').relative_to(ROOT)}. All of this: {(FOLDER / 'summary.txt').relative_to(ROOT)}")
    return summary.exit_code


def _invalid(visited: list[Turn]) -> list[str]:
    pages = {turn.page for turn in visited}
    # Pages of an earlier sweep may lie beside them.
    return [what for what in checks.invalid(PAGES) if what.partition(".html:")[0] in pages] if pages else []


def _visit_all(waiting: list[Turn], planned: int, results: Results) -> None:
    """Makes these visits; Ctrl-C ends it after the look that is being taken."""
    print(f"{planned - len(waiting)} of {planned} visited already. Setting the stage.", file=sys.stderr)
    stopped: list[int] = []
    with open_theatre(FOLDER / "server") as theatre:

        def stop(number: int, _frame: object) -> None:
            stopped.append(number)
            # A second Ctrl-C ends it at once.
            signal.signal(signal.SIGINT, before)

        before = signal.signal(signal.SIGINT, stop)
        began = time.monotonic()
        done = wrong = 0
        for _page, group in groupby(waiting, key=lambda turn: turn.page):
            for turn, problems, visited in _visits(theatre, list(group), lambda: bool(stopped)):
                results.add(turn.name, problems, visited=visited)
                done, wrong = done + 1, wrong + bool(problems)
                _progress(planned - len(waiting) + done, planned, (time.monotonic() - began) / done * (len(waiting) - done), wrong)
            if stopped or not theatre.browser.is_connected():
                break
        signal.signal(signal.SIGINT, before)
    print(file=sys.stderr)
    if done:
        print(f"{done} visits in {(time.monotonic() - began) / 60:.1f} minutes.", file=sys.stderr)


def _progress(done: int, planned: int, seconds: float, wrong: int) -> None:
    line = f"{done} of {planned} visited, {seconds / 60:.0f} minutes left, {wrong} with problems"
    if sys.stderr.isatty():
        print(f"\r{line} ", end="", flush=True, file=sys.stderr)
    elif done % 60 == 0:
        print(line, flush=True, file=sys.stderr)


def _visits(theatre: Theatre, turns: list[Turn], stopped: Callable[[], bool]) -> Iterator[tuple[Turn, list[str], bool]]:
    """Brings a page into its state once, and looks at it in each width and colours; what came of each turn."""
    first, language = turns[0].state, turns[0].language
    tab, live = theatre.tab(language), theatre.live(language)
    theatre.watch.complaints.clear()
    try:
        verdict.enter(tab, live, first, language)
        verdict.dress(tab, turns[0].width, turns[0].colours)
        with verdict.answers_of(tab) as answers, visiting(tab, live, first.face, theatre.stage) as visit:
            first.go(visit)
            source = answers[-1].text()
            Path(PAGES / f"{turns[0].page}.html").write_text(source, encoding="utf-8")
            common = verdict.wrong_answer(source, answers[-1].status, live.urls[first.face], first)
    except Exception as problem:
        # Whatever it is: the other pages can be visited.
        for turn in turns:
            yield turn, [f"{type(problem).__name__}: {str(problem).splitlines()[0] if str(problem) else ''}"], False
        return
    for turn in turns:
        if stopped():
            return
        try:
            yield turn, common + _look(theatre, turn), True
        except Error as problem:
            yield turn, [f"{type(problem).__name__}: {problem.message.splitlines()[0]}"], False


def _look(theatre: Theatre, turn: Turn) -> list[str]:
    tab = theatre.tab(turn.language)
    verdict.dress(tab, turn.width, turn.colours)
    problems = verdict.wrong_sight(tab, turn.state, turn.language, turn.colours, theatre.names)
    tab.screenshot(path=PICTURES / f"{turn.name}.png", full_page=True)
    if turn.width == NARROW and turn.colours == "light":
        problems += verdict.wrong_when_spaced(tab) + verdict.wrong_with_long_words(tab)
    problems += verdict.wrong_by_keyboard(tab, forced=turn.colours == "forced")
    problems += [f"browser: {complaint}" for complaint in theatre.watch.complaints]
    theatre.watch.complaints.clear()
    return problems


if __name__ == "__main__":
    sys.exit(main())
