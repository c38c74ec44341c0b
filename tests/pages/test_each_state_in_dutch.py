"""Each page in each state, in Dutch on a small telephone. Beside test_each_state_in_turn.py, so that the two can run at the same time."""

import pytest

from tests.pages import checks
from tests.pages.onlooker import Onlooker
from tests.pages.states import STATES
from tests.pages.verdict import NARROW
from tests.sweep.turns import Turn

TURNS = [Turn(state, "nl", NARROW, "light") for state in STATES]


@pytest.mark.parametrize("turn", TURNS, ids=[turn.name for turn in TURNS])
def test_page(turn: Turn, onlooker: Onlooker) -> None:
    assert onlooker.look(turn) == []


def test_every_template_was_seen(onlooker: Onlooker) -> None:
    assert onlooker.looked_at == TURNS, "run the whole file: this looks back on all pages"
    # Rendered without the shell, or by no form of ours.
    assert onlooker.unseen_templates() == {"errors/422.html"}


def test_html_is_valid(onlooker: Onlooker) -> None:
    assert len(list(onlooker.pages.glob("*.html"))) > 0
    assert checks.invalid(onlooker.pages) == []


def test_pictures_were_made(onlooker: Onlooker) -> None:
    assert {path.stem for path in onlooker.pictures.glob("*.png")} == {path.stem for path in onlooker.pages.glob("*.html")}
