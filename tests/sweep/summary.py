"""What a sweep found and what it did not visit, as text and as exit code."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from tests.pages.states import NOT_PAGES
from tests.sweep.kept import Results
from tests.sweep.turns import Turn

NOT_YET = "the sweep was stopped before"


@dataclass
class Summary:
    """``problems`` and ``not_visited`` by the name of a turn; ``invalid``: what html-validate says; ``left_out``: turns not asked for."""

    planned: int
    left_out: int = 0
    problems: dict[str, list[str]] = field(default_factory=dict)
    not_visited: dict[str, str] = field(default_factory=dict)
    invalid: list[str] = field(default_factory=list)
    changed: bool = False
    """The code became other code while the sweep ran."""

    @property
    def exit_code(self) -> int:
        """0: everything that was asked for was visited, and nothing was wrong."""
        return 1 if self.problems or self.not_visited or self.invalid or self.changed or not self.planned else 0

    def by_rule(self) -> Counter[str]:
        """How often each rule was broken."""
        found = [problem for problems in self.problems.values() for problem in problems]
        return Counter(rule_of(problem) for problem in found) + Counter("html-validate" for _ in self.invalid)

    def lines(self, most: int | None = None) -> Iterable[str]:
        """The whole, in plain lines; ``most``: how many unvisited turns to name for each reason (None: all)."""
        visited = self.planned - len(self.not_visited)
        yield f"{visited} of {self.planned} visited, {len(self.problems)} with problems."
        for rule, times in self.by_rule().most_common():
            yield f"  {times:4} × {rule}"
        for name, problems in self.problems.items():
            yield from (f"PROBLEM      {name}: {problem}" for problem in problems)
        yield from (f"INVALID      {what}" for what in self.invalid)
        for reason, names in _by_reason(self.not_visited).items():
            yield f"NOT VISITED  {len(names)}: {reason}"
            yield from (f"             {name}" for name in names[:most])
            if names[most:] and most is not None:
                yield f"             and {len(names[most:])} more"
        if self.left_out:
            yield f"NOT ASKED    {self.left_out} visits of the whole sweep were left out by the options."
        yield from (f"NO PAGE      {endpoint}: {reason}" for endpoint, reason in NOT_PAGES.items())
        if not self.planned:
            yield "No state has such a name, so nothing was looked at."
        if self.changed:
            yield "The code changed while the sweep ran, so the results are of two versions. Start again."


def rule_of(problem: str) -> str:
    """The rule of a problem: what stands before the first colon."""
    return problem.partition(":")[0]


def _by_reason(not_visited: Mapping[str, str]) -> dict[str, list[str]]:
    reasons: dict[str, list[str]] = {}
    for name, reason in not_visited.items():
        reasons.setdefault(reason, []).append(name)
    return reasons


def sum_up(turns: list[Turn], results: Results, whole: Collection[Turn]) -> Summary:
    """The summary of these turns; ``whole``: those of a sweep without options."""
    summary = Summary(len(turns), len(set(whole) - set(turns)))
    for turn in turns:
        result = results[turn.name]
        if result is None:
            summary.not_visited[turn.name] = NOT_YET
        elif not result.visited:
            summary.not_visited[turn.name] = "; ".join(result.problems)
        elif result.problems:
            summary.problems[turn.name] = result.problems
    return summary
