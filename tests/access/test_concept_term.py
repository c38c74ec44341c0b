"""A concept is gone 14 days after it was last touched, and not a day earlier, whoever asks for it."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import text

from portal import deadlines, jobs
from portal.actor import Signer
from portal.db import Database
from tests.access.conftest import Access


@pytest.fixture
def worker(access: Access) -> Iterator[Database]:
    """The job's own way in."""
    made = Database(access.database.url("portaal_jobs"), Signer("portaal_jobs", access.database.keys["portaal_jobs"]))
    yield made
    made.dispose()


def ages(access: Access) -> list[int]:
    """How many days ago each concept was last touched."""
    with psycopg.connect(access.database.admin_dsn) as admin:
        rows = admin.execute("SELECT extract(day FROM now() - saved_at)::int FROM casus.concept ORDER BY 1").fetchall()
    return [age for (age,) in rows]


def test_the_job_can_not_remove_a_younger_concept_even_when_it_tries(access: Access, worker: Database) -> None:
    before = ages(access)
    assert 0 in before
    assert 15 in before
    with worker.act(jobs.THE_JOB) as session:
        session.execute(text("DELETE FROM casus.concept WHERE saved_at < now()"))
    assert ages(access) == [age for age in before if age < deadlines.CONCEPT_GONE.length]


def test_the_job_removes_what_is_too_old_and_leaves_the_rest(access: Access, worker: Database) -> None:
    with psycopg.connect(access.database.admin_dsn) as admin:
        admin.execute("UPDATE casus.concept SET saved_at = now() - interval '13 days 23 hours' WHERE id = 410")
        admin.execute(
            "INSERT INTO casus.concept (dossier_id, author_id, section, kind, occurred_on, saved_at)"
            " VALUES (1, 40, 2, 1, current_date, now() - interval '14 days 1 minute')"
        )
    jobs.remove_old_concepts(worker)
    assert ages(access) == [13]


def test_the_job_sees_no_words_of_a_concept(access: Access, worker: Database) -> None:
    with pytest.raises(Exception, match="permission denied"), worker.act(jobs.THE_JOB) as session:
        session.execute(text("SELECT body FROM casus.concept"))
