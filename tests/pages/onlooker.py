"""Looks at pages one by one for a file of tests: says what is wrong with each, and keeps pages and pictures in build/."""

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from portal.assets import ROOT
from portal.i18n import LANGUAGES
from tests.live import Live, Watch
from tests.pages import verdict
from tests.pages.stage import Stage
from tests.pages.states import State
from tests.pages.visit import visiting
from tests.sweep.turns import Turn


@dataclass
class Onlooker:
    """``looks`` names the folders; ``modes`` as in conftest.py; ``rendered`` are the templates that pages were made of so far."""

    looks: str
    modes: dict[str, Live]
    stage: Stage
    tab: Page
    watch: Watch
    rendered: set[str] = field(default_factory=set)
    looked_at: list[Turn] = field(default_factory=list)
    names: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        """Empty folders, and the names of everybody, which no title may say."""
        self.names = verdict.everybody(self.modes["demo"])
        for folder in (self.pictures, self.pages):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)

    @property
    def pictures(self) -> Path:
        """Where the pictures go."""
        return ROOT / "build" / "pictures" / self.looks

    @property
    def pages(self) -> Path:
        """Where the pages go, as they were sent."""
        return ROOT / "build" / "html" / self.looks

    def look(self, turn: Turn) -> list[str]:
        """What is wrong with a page, each as "rule: what", and what it complained of itself; empty is good."""
        state, tab = turn.state, self.tab
        live = self.modes["demo" if LANGUAGES[turn.language].complete else "test"]
        self.looked_at.append(turn)
        self.watch.complaints.clear()
        verdict.enter(tab, live, state, turn.language)
        verdict.dress(tab, turn.width, turn.colours)
        with verdict.answers_of(tab) as answers, visiting(tab, live, state.face, self.stage) as visit:
            state.go(visit)
            # With every rule, in dark too: this width is looked at once.
            problems = verdict.wrong_sight(tab, state, turn.language, "light", self.names)
        source = answers[-1].text()
        (self.pages / f"{turn.name}.html").write_text(source, encoding="utf-8")
        if turn.width == verdict.NARROW:
            problems += verdict.wrong_when_spaced(tab) + verdict.wrong_with_long_words(tab)
        tab.screenshot(path=self.pictures / f"{turn.name}.png", full_page=True)
        problems += verdict.wrong_answer(source, answers[-1].status, live.urls[state.face], state)
        problems += verdict.wrong_by_keyboard(tab, forced=False)
        return problems + self.watch.complaints

    def unseen_templates(self) -> set[str]:
        """The templates of whole pages that no page was made of yet."""
        every = ROOT.joinpath("templates").glob("*/*.html")
        return {
            str(path.relative_to(ROOT / "templates")) for path in every if "{% extends" in path.read_text(encoding="utf-8")
        } - self.rendered


def dark_or_light(state: State) -> verdict.Colours:
    """Ink and paper change places on each second page."""
    return "dark" if len(state.id) % 2 else "light"
