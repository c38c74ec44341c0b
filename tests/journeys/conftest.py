"""Each story has a demo of its own, and is told twice: with and without script in the browser."""

from collections.abc import Iterator

import pytest

from portal import provision
from portal.settings import Face
from tests.conftest import Cluster, PortalDatabase
from tests.live import Live, light_hashes, served


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def javascript(request: pytest.FixtureRequest) -> bool:
    """Whether the browsers of this story run scripts."""
    return bool(request.param)


@pytest.fixture
def live(cluster: Cluster, demo_template: str, actor_keys: dict[str, bytes], face_keys: dict[Face, dict[str, bytes]]) -> Iterator[Live]:
    """The demo, served, for one story: what happens in it is seen by no other."""
    name = cluster.name("story")
    provision.create_database_from_template(cluster.admin_dsn, demo_template, name)
    with light_hashes(), served(PortalDatabase(cluster, name, dict(actor_keys)), face_keys, "demo") as made:
        yield made
    provision.drop_database(cluster.admin_dsn, name)
