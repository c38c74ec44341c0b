"""Reminding of what there is to do, by the job as it runs: committed, twice, at once, and at which hours."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from portal import jobs
from portal.actor import Signer
from portal.db import Database
from tests.routes.conftest import Town
from tests.routes.test_plan import Planned, begun
from tests.routes.test_plan_steps import step

NOON = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
COUNT = "SELECT count(*) FROM portaal.outbox WHERE topic = 'stap' AND person_id = %s"


@pytest.fixture
def planned(town: Town) -> Planned:
    """A plan in which the inwoner and the professional have two things to do, tomorrow and yesterday."""
    made = begun(town)
    goal = made.goal(made.own, "Rust")
    for who in (made.owner, made.worker):
        for days in (1, -1):
            step(made, "Iets geheims doen", who=who, days=days, goal=goal)
    return made


@pytest.fixture
def job(town: Town) -> Iterator[Database]:
    """The database as the job signs in to it."""
    made = Database(town.database.url(jobs.ROLE), Signer(jobs.ROLE, town.database.keys[jobs.ROLE]))
    yield made
    made.dispose()


def test_it_may_run_twice_and_at_once_and_tells_everybody_once(planned: Planned, job: Database) -> None:
    together = [threading.Thread(target=jobs.remind_of_steps, args=(job, NOON)) for _ in range(4)]
    for one in together:
        one.start()
    for one in together:
        one.join()
    jobs.remind_of_steps(job, NOON)
    assert planned.value(COUNT, planned.owner.person_id) == 1
    assert planned.value(COUNT, planned.worker.person_id) == 1
    assert planned.value("SELECT count(*) FROM portaal.plan_reminder WHERE person_id = %s", planned.owner.person_id) == 4
    assert jobs.remind_of_steps in [one.run for one in jobs.JOBS]


def test_nobody_is_reminded_in_the_evening_or_early(planned: Planned, job: Database) -> None:
    for hour in (6, 18, 23, 3):  # Amsterdam is two hours on in July.
        jobs.remind_of_steps(job, NOON.replace(hour=hour))
    assert planned.value(COUNT, planned.owner.person_id) == 0
    for hour in (7, 17):
        jobs.remind_of_steps(job, NOON.replace(hour=hour))
        assert planned.value(COUNT, planned.owner.person_id) == 1
