"""Each page in each state once more, in another language or at another width: languages and widths take turns, light and dark too."""

from collections.abc import Iterator

import pytest

from portal.i18n import LANGUAGES
from tests.pages import checks
from tests.pages.onlooker import Onlooker, dark_or_light
from tests.pages.states import STATES
from tests.sweep.turns import Turn

WIDTHS = (320, 768, 1280)
_LANGUAGES = tuple(LANGUAGES)


def _turns() -> Iterator[Turn]:
    for place, state in enumerate(STATES):
        language, width = _LANGUAGES[place % len(_LANGUAGES)], WIDTHS[(place // len(_LANGUAGES)) % len(WIDTHS)]
        # Dutch at 320 is looked at in test_each_state_in_dutch.py.
        yield Turn(
            state, language, 1280 if (language, width) == ("nl", 320) else width, "light" if language == "nl" else dark_or_light(state)
        )


TURNS = list(_turns())


@pytest.mark.parametrize("turn", TURNS, ids=[turn.name for turn in TURNS])
def test_page(turn: Turn, onlooker: Onlooker) -> None:
    assert onlooker.look(turn) == []


def test_html_is_valid(onlooker: Onlooker) -> None:
    assert len(list(onlooker.pages.glob("*.html"))) > 0
    assert checks.invalid(onlooker.pages) == []


def test_pictures_were_made(onlooker: Onlooker) -> None:
    assert {path.stem for path in onlooker.pictures.glob("*.png")} == {path.stem for path in onlooker.pages.glob("*.html")}
