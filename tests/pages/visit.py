"""One look at one page: who looks, on which face, and the ways to bring the page into a state."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, Response

from portal.demo.people import PASSWORD
from portal.settings import Face
from tests.live import Live
from tests.pages.stage import Stage


@dataclass
class Visit:
    """A page in a browser; what is broken for this visit alone is whole again after ``over()``."""

    page: Page
    live: Live
    face: Face
    stage: Stage
    _undo: ExitStack = field(default_factory=ExitStack)

    @property
    def app(self) -> Flask:
        """The program that answers."""
        return self.live.apps[self.face]

    def open(self, address: str) -> Response:
        """Goes to an address of this face."""
        answer = self.page.goto(self.live.urls[self.face] + address)
        assert answer
        return answer

    def fill(self, **fields: str) -> None:
        """Fills in fields by their ids."""
        for name, text in fields.items():
            self.page.fill(f"#{name}", text)

    def submit(self, button: str = "main form[method=post] button[type=submit]") -> None:
        """Presses a button or a link and waits for the page that answers."""
        with self.page.expect_navigation():
            self.page.locator(button).first.click()

    def first_step(self, username: str) -> None:
        """Name and password, up to the page that asks for the code."""
        self.live.next_code(username)
        self.open("/inloggen")
        self.fill(login=username, password=PASSWORD)
        self.submit()

    def start_code(self) -> None:
        """User name and start code, up to the page that asks for a password."""
        username, code = self.stage.start_codes[self.face]
        self.open("/eerste-keer")
        self.fill(login=username, start_code=code)
        self.submit()

    def first_password(self) -> None:
        """A first password, up to the page with the secret."""
        self.start_code()
        self.fill(password="drie losse woorden", password_again="drie losse woorden")
        self.submit()

    def breaks(self, endpoint: str, problem: Callable[[], Exception]) -> None:
        """Lets a view fail, until this visit is over."""

        def fail(**_parts: object) -> Any:
            raise problem()

        whole = self.app.view_functions[endpoint]
        fail.portal_permission = whole.portal_permission  # type: ignore[attr-defined,union-attr]
        self.app.view_functions[endpoint] = fail
        self._undo.callback(self.app.view_functions.__setitem__, endpoint, whole)

    def patch(self, thing: object, name: str, value: object) -> None:
        """Puts something else in the place of a name, until this visit is over."""
        patch = self._undo.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(thing, name, value)

    def afterwards(self, act: Callable[[], object]) -> None:
        """Does this when the visit is over."""
        self._undo.callback(act)

    def over(self) -> None:
        """Makes everything whole again."""
        self._undo.close()


@contextmanager
def visiting(page: Page, live: Live, face: Face, stage: Stage) -> Iterator[Visit]:
    """A visit, and the end of it."""
    visit = Visit(page, live, face, stage)
    try:
        yield visit
    finally:
        visit.over()
