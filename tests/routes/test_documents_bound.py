"""Somebody has so many documents in a dossier and no more, also when two come at once; what was typed stays."""

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from portal.documents.reasons import MOST_FILES
from tests.routes.conftest import Town, words_of
from tests.routes.test_documents import WORDS, Upload, photo

FULL = "Er kan geen document meer bij."
PATIENCE = 60.0
"""Seconds until both requests are there."""

pytestmark = pytest.mark.usefixtures("scanner")


def has(town: Town, upload: Upload, files: int) -> None:
    """As if the adder had this many documents already."""
    with town.admin() as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute(
            "WITH made AS (INSERT INTO casus.entry (dossier_id, section, kind, occurred_at, author_id, author_name)"
            " SELECT d.id, 9, 12, now(), %s, 'Sam' FROM casus.dossier d, generate_series(1, %s) WHERE d.public_id = %s RETURNING id, dossier_id)"
            " INSERT INTO casus.document (entry_id, dossier_id, kind, size, sha256) SELECT id, dossier_id, 1, 1, sha256('x') FROM made",
            (upload.person.person_id, files, upload.dossier),
        )


def kept(town: Town, dossier: UUID) -> int:
    """How many documents the dossier has."""
    with town.admin() as admin:
        row = admin.execute(
            "SELECT count(*) FROM casus.document c JOIN casus.dossier d ON d.id = c.dossier_id WHERE d.public_id = %s", (dossier,)
        ).fetchone()
    assert row
    return int(row[0])


def test_one_too_many_is_refused_and_the_words_stay(town: Town) -> None:
    person, professional = town.person(), town.staff()
    dossier = town.dossier(person, professional)
    upload, colleague = Upload(town, person, dossier), Upload(town, professional, dossier)
    has(town, upload, MOST_FILES - 1)
    upload.entry(upload.send(photo()))
    answer = upload.send(photo())
    assert answer.status_code == 422
    assert FULL in words_of(answer)
    assert WORDS["title"] in answer.text
    assert WORDS["body"] in answer.text
    assert kept(town, dossier) == MOST_FILES
    assert colleague.send(photo()).status_code == 303, "what one keeps leaves the room of another as it was"


def test_two_at_once_do_not_both_take_the_last_place(town: Town) -> None:
    person = town.person()
    dossier = town.dossier(person)
    uploads = [Upload(town, person, dossier) for _ in range(2)]
    has(town, uploads[0], MOST_FILES - 1)
    with ThreadPoolExecutor() as both:
        with town.admin() as admin:
            # Both wait here until this transaction ends, so that they do come at once.
            admin.execute("SELECT pg_advisory_xact_lock(d.id, %s) FROM casus.dossier d WHERE d.public_id = %s", (person.person_id, dossier))
            sent = [both.submit(upload.send, photo()) for upload in uploads]
            waiting = (
                "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                " WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted"
            )
            until = time.monotonic() + PATIENCE
            while admin.execute(waiting).fetchone() != (2,):
                assert time.monotonic() < until, "they don't wait for each other"
                time.sleep(0.05)
        assert sorted(one.result().status_code for one in sent) == [303, 422]
    assert kept(town, dossier) == MOST_FILES
