"""The stage on which every page is shown: one database, served in demo mode and, for unfinished languages, in test mode."""

from collections.abc import Iterator

import pytest
from flask import template_rendered
from playwright.sync_api import Browser, Page

from portal.settings import Face
from tests.conftest import PortalDatabase
from tests.live import PATIENCE, Live, Watch, light_hashes, served
from tests.pages.checks import bring_axe
from tests.pages.onlooker import Onlooker
from tests.pages.stage import Stage, set_the_stage


@pytest.fixture(scope="module")
def modes(demo_database: PortalDatabase, face_keys: dict[Face, dict[str, bytes]]) -> Iterator[dict[str, Live]]:
    """The portal by mode: "demo" as people see it, "test" with every language there is."""
    with (
        light_hashes(),
        served(demo_database, face_keys, "demo") as demo,
        served(demo_database, face_keys, "test") as test,
    ):
        yield {"demo": demo, "test": test}


@pytest.fixture(scope="module")
def stage(modes: dict[str, Live]) -> Stage:
    """What the demo lacks."""
    return set_the_stage(modes["demo"])


@pytest.fixture(scope="module")
def watch() -> Watch:
    """What pages complain of."""
    return Watch()


@pytest.fixture(scope="module")
def tab(browser: Browser, watch: Watch) -> Iterator[Page]:
    """One tab for all pages of a module; its cookies are taken away between them."""
    context = browser.new_context(locale="nl-NL", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    watch.over(context)
    bring_axe(context)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def onlooker(request: pytest.FixtureRequest, modes: dict[str, Live], stage: Stage, tab: Page, watch: Watch) -> Iterator[Onlooker]:
    """Who looks at all pages of a module; the folders are called after it."""
    looker = Onlooker(request.module.__name__.rpartition(".test_")[2], modes, stage, tab, watch)

    def note(_app: object, template: object, **_more: object) -> None:
        looker.rendered.add(str(getattr(template, "name", "")))

    template_rendered.connect(note)
    yield looker
    template_rendered.disconnect(note)
