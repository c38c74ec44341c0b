"""Each story has a demo of its own, and is told with and without script in the browser; what is told in Dutch too, in other languages with script alone.

Without script a page is what the server sent, and tests/pages looks at that in every language; what a story in Arabic adds is the
script on it, and the words along the way.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from portal import provision
from portal.i18n import SOURCE
from portal.settings import Face
from tests.conftest import Cluster, PortalDatabase
from tests.journeys.steps import Said
from tests.live import Live, light_hashes, served


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def javascript(request: pytest.FixtureRequest) -> bool:
    """Whether the browsers of this story run scripts."""
    return bool(request.param)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out a story without script in another language, when it is told without script in Dutch."""
    plain = {item: language for item in items if (language := _language_without_script(item))}
    in_dutch = {_story(item) for item, language in plain.items() if language == SOURCE}
    left_out = [item for item, language in plain.items() if language != SOURCE and _story(item) in in_dutch]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def _language_without_script(item: pytest.Item) -> str | None:
    """The language of a story that is told without script; None for everything else."""
    if not item.path.is_relative_to(Path(__file__).parent) or not isinstance(item, pytest.Function) or not hasattr(item, "callspec"):
        return None
    chosen = item.callspec.params
    said = chosen.get("language", chosen.get("said", SOURCE))
    return None if chosen.get("javascript", True) else str(said.language if isinstance(said, Said) else said)


def _story(item: pytest.Item) -> str:
    return item.nodeid.partition("[")[0]


@pytest.fixture
def live(cluster: Cluster, demo_template: str, actor_keys: dict[str, bytes], face_keys: dict[Face, dict[str, bytes]]) -> Iterator[Live]:
    """The demo, served, for one story: what happens in it is seen by no other."""
    name = cluster.name("story")
    provision.create_database_from_template(cluster.admin_dsn, demo_template, name)
    with light_hashes(), served(PortalDatabase(cluster, name, dict(actor_keys)), face_keys, "demo") as made:
        yield made
    provision.drop_database(cluster.admin_dsn, name)
