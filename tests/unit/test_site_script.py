"""The script of the pages stays small, and asks nothing that the content security policy refuses."""

import gzip
import json
import re
from pathlib import Path

import pytest

from portal import assets
from portal.security import _HTMX

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = (ROOT / "static" / "js" / "site.js").read_text(encoding="utf-8")


def test_it_is_small() -> None:
    assert len(gzip.compress(SCRIPT.encode(), 9)) <= 3 * 1024


def test_all_script_of_a_page_is_small() -> None:
    built = [assets.BUILD / Path(assets.asset_url(name)).name for name in ("htmx.js", "site.js")]
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in built) <= 20 * 1024


@pytest.mark.parametrize("word", ["eval(", "new Function", "innerHTML", "localStorage", "sessionStorage", "indexedDB", ".style"])
def test_it_keeps_nothing_and_runs_no_text(word: str) -> None:
    assert word not in SCRIPT


def test_htmx_keeps_no_page_and_runs_no_text() -> None:
    assert _HTMX["historyCacheSize"] == 0
    assert _HTMX["allowEval"] is False
    assert _HTMX["selfRequestsOnly"] is True
    swapped = [rule for rule in _HTMX["responseHandling"] if re.fullmatch(rule["code"], "422")]  # type: ignore[attr-defined]
    assert swapped[0]["swap"] is True
    assert json.loads(json.dumps(_HTMX)) == _HTMX


def test_every_icon_that_pages_name_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "static" / "img" / "icons.svg").read_text(encoding="utf-8")))
    used: set[str] = set()
    for template in (ROOT / "templates").rglob("*.html"):
        used |= set(re.findall(r'icon\("([a-z0-9-]+)"\)', template.read_text(encoding="utf-8")))
    assert {f"leefdomein-{code}" for code in range(1, 10)} <= drawn
    assert used <= drawn
