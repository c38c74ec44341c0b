"""The list of pages and their states is complete: what can be got has a state, and what has a state can be got."""

from collections import Counter
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from portal.assets import ROOT
from portal.demo.post_box import lay_letters, letters_are_posted
from tests.documents.good_files import png
from tests.documents.kept import keep
from tests.live import FACES, Live
from tests.pages.states import NO_ROUTE, NOT_PAGES, STATES

# Errors whose page needs no state of its own here: the same page under another number, or another server's.
TEMPLATES = ROOT / "templates"


def routes(live: Live) -> set[tuple[str, str]]:
    """Face and endpoint of everything that can be got."""
    return {(face, rule.endpoint) for face in FACES for rule in live.apps[face].url_map.iter_rules() if "GET" in (rule.methods or ())}


def test_every_page_has_a_state(modes: dict[str, Live]) -> None:
    shown = {(state.face, state.endpoint) for state in STATES}
    pages = {(face, endpoint) for face, endpoint in routes(modes["demo"]) if endpoint not in NOT_PAGES}
    assert pages - shown == set()


def test_every_state_has_a_page(modes: dict[str, Live]) -> None:
    there = routes(modes["demo"])
    assert {(state.face, state.endpoint) for state in STATES if state.endpoint != NO_ROUTE} - there == set()
    assert set(NOT_PAGES) <= {endpoint for _face, endpoint in there}


def test_names_are_their_own() -> None:
    assert [name for name, times in Counter(state.id for state in STATES).items() if times > 1] == []


def test_every_error_has_a_state() -> None:
    shown = {state.name.split("-")[0] for state in STATES if state.endpoint == NO_ROUTE}
    # 422 is said by forms themselves; this page is for a request that no form of ours sends.
    wanted = {path.stem for path in (TEMPLATES / "errors").glob("[45]*.html")} - {"422"}
    assert shown == wanted


@pytest.mark.parametrize("endpoint", NOT_PAGES)
def test_what_is_called_no_page_is_none(modes: dict[str, Live], endpoint: str) -> None:
    """Each of these answers with something else than HTML, or goes elsewhere."""
    live = modes["demo"]
    with live.admin() as admin:
        # The entry that all are asked of has a file too.
        keep(admin, live.apps["inwoner"].extensions["settings"].document_key, live.one(_ENTRY), "png", png())
        # And the dossier has a plan that was agreed with.
        admin.execute(_AGREED_PLAN, (live.dossier("Iris").rsplit("/", 1)[1],))
    for face in FACES:
        for rule in live.apps[face].url_map.iter_rules(endpoint) if (face, endpoint) in routes(live) else ():
            assert live.post
            parts = {
                "letter_id": str(a_letter(live.post)),
                "filename": "none.css",
                "dossier_id": live.dossier("Iris").rsplit("/", 1)[1],
                "entry_id": live.one(_ENTRY),
                "number": 1,
                "year": live.one(_ENTRY.replace("e.public_id", "extract(year FROM e.occurred_at)::int")),
            }
            address = live.apps[face].url_map.bind("127.0.0.1").build(endpoint, {name: parts[name] for name in rule.arguments})
            answer = live.client(face, "iris" if face == "inwoner" else "femke.nas").get(address)
            assert endpoint == "static" or answer.mimetype != "text/html" or answer.status_code in (302, 303)


_AGREED_PLAN = """
WITH d AS (SELECT id, inwoner_id FROM casus.dossier WHERE public_id = %s AND NOT EXISTS (SELECT FROM casus.plan_part)),
p AS (INSERT INTO casus.plan_part (public_id, dossier_id, kind, audience) SELECT gen_random_uuid(), id, 20, 3 FROM d RETURNING id, dossier_id),
t AS (INSERT INTO casus.plan_text (part_id, dossier_id, number, body, why, answers, leefdomein, holder_name, dropped, author_id, author_name, written_for)
    SELECT p.id, p.dossier_id, 1, 'Rust', '', '{}', 0, '', false, d.inwoner_id, 'Iris', 3 FROM p, d RETURNING part_id),
x AS (INSERT INTO casus.plan_proposal (public_id, dossier_id, made_by, made_by_name, settled_at, version)
    SELECT gen_random_uuid(), id, inwoner_id, 'Iris', now(), 1 FROM d RETURNING id, dossier_id)
INSERT INTO casus.plan_proposal_text (proposal_id, dossier_id, part_id, number, place) SELECT x.id, x.dossier_id, t.part_id, 1, 0 FROM x, t
"""


def a_letter(folder: Path) -> UUID:
    """A letter in the box of the demo."""
    made = uuid4()
    lay_letters(folder, {made: ("Sam Proef", b"%PDF")})
    letters_are_posted(folder, [made])
    return made


_ENTRY = "SELECT e.public_id FROM casus.entry e JOIN casus.entry_version v ON v.entry_id = e.id WHERE v.title = 'Terug van vakantie'"


def test_templates_are_where_they_are_looked_for() -> None:
    assert Path(TEMPLATES / "base.html").exists()
