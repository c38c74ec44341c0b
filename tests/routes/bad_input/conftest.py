"""The demo behind every test of bad input; and the log, which is read after each."""

import logging
from collections.abc import Iterator

import pytest

from tests.live import Live
from tests.routes.bad_input.desk import Desk
from tests.routes.conftest import Browser


@pytest.fixture(scope="module")
def desk(live: Live) -> Desk:
    """The demo, and who comes to it."""
    return Desk(live)


@pytest.fixture
def iris(desk: Desk) -> Browser:
    return desk.browser("inwoner", "iris")


@pytest.fixture
def femke(desk: Desk) -> Browser:
    return desk.browser("team", "femke.nas")


@pytest.fixture
def page(desk: Desk) -> str:
    """The address of an entry of Iris that she reads and reacts to."""
    return desk.entry("Terug van vakantie")


@pytest.fixture(autouse=True)
def silent_log(desk: Desk, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever a test does: no stack trace in the log, nobody's name, number or words."""
    caplog.set_level(logging.INFO)
    yield
    said = "\n".join(caplog.handler.format(record) for record in caplog.get_records("call"))
    assert "Traceback" not in said
    for secret in desk.secrets:
        assert secret not in said
