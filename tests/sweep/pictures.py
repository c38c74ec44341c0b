"""``python -m tests.sweep.pictures``: a contact sheet of the main pages in build/pictures, and the pictures of the README in docs/pictures.

The same code gives the same pictures of the README: the demo is fixed, and the clock that shows in them stands still.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import Page
from sqlalchemy import Connection

from portal.accounts import queries as account_queries
from portal.accounts.queries import AccountView, SessionOver
from portal.assets import ROOT
from tests.live import Live
from tests.pages import verdict
from tests.pages.states import STATES
from tests.pages.visit import visiting
from tests.sweep.theatre import Theatre, open_theatre

FOLDER = ROOT / "build" / "pictures"
README = ROOT / "docs" / "pictures"
MAIN_PAGES = (
    "inwoner-front.crisis-open",
    "inwoner-intake.step-vraag",
    "inwoner-intake.review-full",
    "inwoner-intake.stand-late",
    "inwoner-accounts.sign_in_page-empty",
    "inwoner-start.show-own",
    "inwoner-timeline.show-full",
    "inwoner-dossier.entry-no-reactions",
    "inwoner-reaction.edit-errors",
    "inwoner-log.who_looked-everything-open",
    "inwoner-help.show-signed-out",
    "team-screening.overview-everything",
    "team-start.show-cases",
    "team-timeline.show-everything-open",
    "team-concept.write-kept",
    "team-staff.member-at-work",
)
LOOKS = (("nl", 320), ("nl", 1280), ("ar", 320))
NOW = datetime(2026, 6, 22, 12, 30, tzinfo=UTC)
"""What the clock says in the pictures of the README: shortly after the last entries of the demo."""


@dataclass(frozen=True)
class ReadmePicture:
    """``path`` goes behind the address of Danny's dossier, or is the title of an entry in it when it starts with a capital."""

    name: str
    path: str
    width: int


README_PICTURES = (
    ReadmePicture("dossier", "", 1000),
    ReadmePicture("notitie-320", "Slotevaluatie en keuze voor waakvlam", 320),
    ReadmePicture("wie-keek-er", "/wie-keek-er", 1000),
)

_STYLE = """
body { margin: 1rem; font: 1rem/1.4 sans-serif; }
table { border-collapse: collapse; } th { text-align: start; vertical-align: top; padding: 0.5rem; inline-size: 8rem; overflow-wrap: anywhere; }
td { vertical-align: top; padding: 0.5rem; } img { display: block; max-block-size: 34rem; border: 1px solid #999; object-fit: cover; object-position: top; }
"""


def main() -> int:
    """Gives the exit code."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open_theatre(FOLDER / "server") as theatre:
        _readme(theatre)
        _contact_sheet(theatre)
    return 0


# --- the README


def _readme(theatre: Theatre) -> None:
    live = theatre.modes["demo"]
    # Somebody has to have looked.
    colleague = live.client("team", "marleen.hoogakker")
    for address in (live.dossier("Danny"), live.entry(README_PICTURES[1].path)):
        assert colleague.get(address).status_code == 200
    # Without script the page doesn't count down to the end of a session that by this clock is long past.
    context = theatre.browser.new_context(base_url=live.urls["inwoner"], java_script_enabled=False, locale="nl-NL", reduced_motion="reduce")
    theatre.watch.over(context)
    context.add_cookies([live.cookie("inwoner", "danny")])  # type: ignore[list-item]
    page = context.new_page()
    with _clock_stands_still():
        for picture in README_PICTURES:
            _take(page, live, picture)
    context.close()
    if theatre.watch.complaints:
        raise AssertionError(theatre.watch.complaints)


def _take(page: Page, live: Live, picture: ReadmePicture) -> None:
    address = live.entry(picture.path) if picture.path[:1].isupper() else live.dossier("Danny") + picture.path
    page.set_viewport_size({"width": picture.width, "height": 900})
    # What was read until now was read shortly before NOW.
    with live.admin() as admin:
        admin.execute("UPDATE casus.read_log SET at = %s - ((SELECT max(id) FROM casus.read_log) - id) * interval '4 minutes'", (NOW,))
    answer = page.goto(address)
    if answer is None or answer.status != 200:
        raise AssertionError(f"{picture.name}: {answer and answer.status}")
    path = README / f"{picture.name}.png"
    page.screenshot(path=path)
    print(path.relative_to(ROOT))


@contextmanager
def _clock_stands_still() -> Iterator[None]:
    """Every session ends a quarter of an hour after NOW, as pages tell."""
    load = account_queries.load_session

    def loaded(connection: Connection, token: str) -> AccountView | SessionOver | None:
        found = load(connection, token)
        return replace(found, until=NOW.replace(minute=45), touch_due=False) if isinstance(found, AccountView) else found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(account_queries, "load_session", loaded)
        yield


# --- the contact sheet


def _contact_sheet(theatre: Theatre) -> None:
    rows = []
    for state in (next(state for state in STATES if state.id == name) for name in MAIN_PAGES):
        cells = []
        for language, width in LOOKS:
            tab, live = theatre.tab(language), theatre.live(language)
            verdict.enter(tab, live, state, language)
            verdict.dress(tab, width, "light")
            with visiting(tab, live, state.face, theatre.stage) as visit:
                state.go(visit)
            picture = FOLDER / f"contact-{state.id}-{language}-{width}.png"
            tab.screenshot(path=picture)
            cells.append(f'<td><img src="{picture.name}" alt="{escape(state.id)}, {language}, {width}"></td>')
        rows.append(f"<tr><th scope=row>{escape(state.id)}{''.join(cells)}")
    head = "".join(f"<th scope=col>{language}, {width} px" for language, width in LOOKS)
    sheet = FOLDER / "contact-sheet.html"
    sheet.write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Contact sheet</title><style>{_STYLE}</style>'
        f"<table><tr><th>page{head}</tr>{''.join(rows)}</table></html>",
        encoding="utf-8",
    )
    _photograph(theatre, sheet)


def _photograph(theatre: Theatre, sheet: Path) -> None:
    page = theatre.browser.new_page(viewport={"width": 1700, "height": 1000})
    page.goto(sheet.as_uri())
    picture = sheet.with_suffix(".png")
    page.screenshot(path=picture, full_page=True)
    page.close()
    print(picture.relative_to(ROOT))


if __name__ == "__main__":
    sys.exit(main())
