"""The outcome: one row for each thing that was measured, as a table and as JSON."""

import json
import os
import platform
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.database import Compared


@dataclass(frozen=True)
class Row:
    """One thing: what, the outcome in words, the goal, whether it is met (None: nothing to meet), how often and how it spread."""

    what: str
    measured: str
    goal: str = ""
    met: bool | None = None
    n: int = 0
    spread: str = ""
    value: float | None = None


def ratio_row(what: str, ratios: list[float], goal: str, low: float | None = None, high: float | None = None) -> Row:
    """A ratio by its median; ``low`` and ``high`` are the bounds of the goal, None when there is none on that side."""
    value = median(ratios)
    judged = low is not None or high is not None
    met = (low is None or value >= low) and (high is None or value <= high) if judged else None
    return Row(what, f"{value:.2f}", goal, met, len(ratios), f"{ratios[0]:.2f} to {ratios[-1]:.2f}", value)


def void_unless(sound: Row, judged: Row) -> Row:
    """The judged row, without a verdict when the row on which it leans is out of bounds."""
    return judged if sound.met else replace(judged, met=None, goal=f"{judged.goal} (this run is void)")


def compared_row(what: str, compared: Compared, goal: str, low: float | None, high: float | None) -> Row:
    """The ratio of two medians; the middle half of the pairs as spread."""
    value, ratios = compared.ratio, compared.ratios
    met = (low is None or value >= low) and (high is None or value <= high)
    quarter = len(ratios) // 4
    spread = f"half of the pairs {ratios[quarter]:.2f} to {ratios[-1 - quarter]:.2f}"
    measured = f"{value:.2f}  ({compared.one * 1000:.2f} and {compared.other * 1000:.2f} ms)"
    return Row(what, measured, goal, met, len(ratios), spread, value)


def limit_row(what: str, value: float, limit: float, unit: str = "bytes") -> Row:
    """Something that should not be more than a limit."""
    return Row(what, f"{value:,.0f} {unit}", f"at most {limit:,.0f}", value <= limit, 1, value=value)


def machine() -> dict[str, Any]:
    """What it ran on, and how busy that was."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    load = ", ".join(f"{one:.2f}" for one in os.getloadavg())
    return {"cores": os.cpu_count(), "memory_gb": memory, "python": platform.python_version(), "system": platform.release(), "load": load}


def table(rows: list[Row]) -> str:
    """The rows under each other."""
    lines = [("what", "measured", "goal", "met", "n", "spread")]
    words = {True: "yes", False: "NO", None: ""}
    lines += [(row.what, row.measured, row.goal, words[row.met], str(row.n or ""), row.spread) for row in rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines)


def write(path: Path, facts: dict[str, Any], rows: list[Row]) -> None:
    """The same as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({**facts, "rows": [asdict(row) for row in rows]}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
