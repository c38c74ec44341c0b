"""What a page weighs on the line, for a telephone with little data. The files beside it are counted in tests/unit/test_site_script.py."""

import gzip
import re

import pytest

from portal.assets import ROOT, asset_url
from tests.live import Live

KILOBYTE = 1024


def _bytes(live: Live, username: str, address: str, coding: str = "gzip") -> int:
    answer = live.client("inwoner", username).get(address, headers={"Accept-Encoding": coding})
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == coding
    return len(answer.data)


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_a_full_page_of_a_dossier_is_six_kilobytes(live: Live, coding: str) -> None:
    """Twenty entries, with notices above them: the heaviest page that people open most."""
    for username, first_name in (("yvonne", "Yvonne"), ("iris", "Iris")):
        assert _bytes(live, username, live.dossier(first_name), coding) <= 6 * KILOBYTE


def test_other_pages_are_lighter(live: Live) -> None:
    for address, most in (("/", 4), (f"{live.dossier('Iris')}/wie-keek-er", 5), ("/hulp", 5)):
        assert _bytes(live, "iris", address) <= most * KILOBYTE


def test_a_first_visit_with_everything_is_fifty_kilobytes(live: Live) -> None:
    """The page, style, script, icons, as a telephone fetches them the first time."""
    page = live.client("inwoner", "iris").get(live.dossier("Iris")).text
    files = set(re.findall(r'(?:href|src)="(/static/build/[^"#]+)', page))
    kinds = {re.sub(r"\.[0-9a-f]{12}\.", ".", name.rsplit("/", 1)[1]) for name in files}
    assert kinds == {"portal.css", "inside.css", "site.js", "htmx.js", "icons.svg", "favicon.svg"}
    heavy = sum(len(gzip.compress((ROOT / name[1:]).read_bytes(), 6)) for name in files)
    assert len(gzip.compress(page.encode(), 5)) + heavy <= 50 * KILOBYTE


def test_files_are_sent_compressed(live: Live) -> None:
    client = live.apps["inwoner"].test_client()
    for path in (ROOT / "static" / "build").glob("*.*"):
        if path.suffix in (".css", ".js"):
            with client.get(f"/static/build/{path.name}", headers={"Accept-Encoding": "gzip"}) as answer:
                assert answer.headers["Content-Encoding"] == "gzip"
                assert len(answer.data) < path.stat().st_size / 2


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
@pytest.mark.parametrize("address", ["/inloggen", "/hulp", "/eerste-keer", "/is-er-niet"])
def test_a_public_page_has_no_script_and_fourteen_kilobytes_of_style(live: Live, coding: str, address: str) -> None:
    client = live.apps["inwoner"].test_client()
    page = client.get(address).text
    assert "<script" not in page
    sheets = re.findall(r'rel="stylesheet" href="(/static/build/[^"]+)"', page)
    assert len(sheets) == 1
    with client.get(sheets[0], headers={"Accept-Encoding": coding}) as answer:
        assert len(answer.data) <= 14 * KILOBYTE


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
@pytest.mark.parametrize("names", [("portal.css", "inside.css"), ("htmx.js", "site.js")])
def test_style_and_script_are_twenty_kilobytes_as_they_are_sent(live: Live, coding: str, names: tuple[str, ...]) -> None:
    client, sent = live.apps["inwoner"].test_client(), 0
    for name in names:
        with client.get(asset_url(name), headers={"Accept-Encoding": coding}) as answer:
            assert answer.headers["Content-Encoding"] == coding
            sent += len(answer.data)
    assert sent <= 20 * KILOBYTE
