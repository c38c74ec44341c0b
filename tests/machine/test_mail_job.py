"""The outbox and a real mail server: everything goes once, nothing gets lost, and what doesn't arrive becomes a task."""

import logging
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import psycopg
import pytest

from portal import jobs
from portal.db import Database
from portal.deadlines import START
from portal.mail import Place, queue_mail
from portal.mail_job import MailJob
from portal.settings import ProgramSettings, SettingsError
from portal.smtp import MailServer, Outcome
from tests.conftest import PortalDatabase
from tests.post_office import RESIDENTS_URL, SENDER, PostOffice, free_port, post_office

PLACE = Place("Mijn Buurtteam", RESIDENTS_URL, "024-0000000", START, "Proefplein 1, 6500 AA Nijmegen")


@pytest.fixture(scope="module")
def worker(database: PortalDatabase) -> Iterator[Database]:
    made = Database(database.url(jobs.ROLE), None, pool_size=3)
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def web(database: PortalDatabase) -> Iterator[Database]:
    made = Database(database.url("web_inwoner"), None, pool_size=1)
    yield made
    made.dispose()


@pytest.fixture(autouse=True)
def empty(database: PortalDatabase) -> None:
    with psycopg.connect(database.admin_dsn) as admin:
        admin.execute("DELETE FROM portaal.outbox")


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as made:
        yield made


def queue(web: Database, *addresses: str, language: str = "nl") -> None:
    """Each in a transaction of its own, so that the first is due first."""
    for address in addresses:
        with web.plain() as connection:
            queue_mail(connection, "nieuws", language, address)


def rows(database: PortalDatabase, columns: str, where: str = "true") -> list[tuple[Any, ...]]:
    with psycopg.connect(database.admin_dsn) as admin:
        return admin.execute(f"SELECT {columns} FROM portaal.outbox WHERE {where} ORDER BY id").fetchall()


def let_pass(database: PortalDatabase, time: str) -> None:
    """Lets time pass for everything in the outbox."""
    with psycopg.connect(database.admin_dsn) as admin:
        admin.execute(f"UPDATE portaal.outbox SET made_at = made_at - interval '{time}', not_before = not_before - interval '{time}'")


def run(worker: Database, office: PostOffice, server: MailServer | None = None) -> None:
    MailJob(office.settings(), PLACE, server)(worker)


def test_what_is_due_goes_in_its_turn_and_once(database: PortalDatabase, worker: Database, web: Database, office: PostOffice) -> None:
    queue(web, "een@voorbeeld.nl", "twee@voorbeeld.nl")
    queue(web, "drie@voorbeeld.nl", language="ar")
    run(worker, office)
    run(worker, office)
    assert office.addresses == ["een@voorbeeld.nl", "twee@voorbeeld.nl", "drie@voorbeeld.nl"]
    assert rows(database, "sent_at IS NOT NULL, address, attempts") == [(True, None, 1)] * 3


def test_a_mail_says_who_we_are_and_asks_no_machine_for_an_answer(
    database: PortalDatabase, worker: Database, web: Database, office: PostOffice
) -> None:
    queue(web, "sam@voorbeeld.nl")
    run(worker, office)
    [mail] = office.taken
    [(public_id,)] = rows(database, "public_id")
    assert mail["From"] == SENDER
    assert mail["Message-ID"] == f"<{public_id}@portaal.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "nl"
    assert mail["Date"]
    assert mail.get_content_type() == "text/plain"
    assert "Log in om het te lezen." in mail.get_content()


def test_what_was_rolled_back_is_never_sent(worker: Database, web: Database, office: PostOffice) -> None:
    with web.engine.connect() as connection:
        queue_mail(connection, "nieuws", "nl", "sam@voorbeeld.nl")
        connection.rollback()
    run(worker, office)
    assert office.taken == []


def test_a_dead_server_costs_nobody_a_mail(database: PortalDatabase, worker: Database, web: Database) -> None:
    queue(web, "een@voorbeeld.nl", "twee@voorbeeld.nl")
    run(worker, PostOffice(port=free_port()))
    # It isn't about the mail, so the second wasn't tried for nothing.
    assert rows(database, "last_error, attempts, gave_up_at, address IS NOT NULL") == [
        ("geen_antwoord", 1, None, True),
        (None, 0, None, True),
    ]
    let_pass(database, "1 minute")
    with post_office() as office:
        run(worker, office)
        assert sorted(office.addresses) == ["een@voorbeeld.nl", "twee@voorbeeld.nl"]


def test_after_a_day_of_silence_all_of_it_becomes_a_task(database: PortalDatabase, worker: Database, web: Database) -> None:
    queue(web, "een@voorbeeld.nl", "twee@voorbeeld.nl")
    let_pass(database, "24 hours")
    run(worker, PostOffice(port=free_port()))
    assert rows(database, "last_error, gave_up_at IS NOT NULL") == [("geen_antwoord", True)] * 2


def test_one_that_is_refused_does_not_stop_the_others(
    database: PortalDatabase, worker: Database, web: Database, office: PostOffice
) -> None:
    office.answers = {"weg@voorbeeld.nl": ["550 wie?"], "vol@voorbeeld.nl": ["450 straks", "250 goed"]}
    queue(web, "weg@voorbeeld.nl", "vol@voorbeeld.nl", "goed@voorbeeld.nl")
    run(worker, office)
    assert office.addresses == ["goed@voorbeeld.nl"]
    assert rows(database, "last_error, gave_up_at IS NOT NULL, sent_at IS NOT NULL") == [
        ("geweigerd", True, False), ("tijdelijk", False, False), (None, False, True),
    ]  # fmt: skip
    run(worker, office)
    assert office.addresses == ["goed@voorbeeld.nl"], "not before its time"


def test_a_text_that_can_not_be_made_does_not_stop_the_others(
    database: PortalDatabase, worker: Database, web: Database, office: PostOffice
) -> None:
    with psycopg.connect(database.admin_dsn) as admin:
        admin.execute("SELECT portaal.queue_mail('bestaat_niet', 'nl', 'inwoner', 'sam@voorbeeld.nl', NULL, NULL, NULL)")
    queue(web, "goed@voorbeeld.nl")
    run(worker, office)
    assert office.addresses == ["goed@voorbeeld.nl"]
    assert rows(database, "last_error, gave_up_at IS NOT NULL", "sent_at IS NULL") == [("tekst", True)]


class Crashing(MailServer):
    """Hands the mail over, and then the program stops before it can write that down."""

    def send(self, message: EmailMessage) -> Outcome:
        super().send(message)
        raise KeyboardInterrupt


def test_a_crash_after_sending_sends_twice_and_loses_nothing(
    database: PortalDatabase, worker: Database, web: Database, office: PostOffice
) -> None:
    queue(web, "een@voorbeeld.nl", "twee@voorbeeld.nl")
    with pytest.raises(KeyboardInterrupt):
        run(worker, office, Crashing(office.settings()))
    assert rows(database, "sent_at, attempts") == [(None, 0)] * 2
    run(worker, office)
    assert office.addresses == ["een@voorbeeld.nl", "een@voorbeeld.nl", "twee@voorbeeld.nl"]
    assert office.taken[0]["Message-ID"] == office.taken[1]["Message-ID"]


def test_two_at_once_send_each_mail_once(worker: Database, web: Database, office: PostOffice) -> None:
    addresses = [f"sam{number}@voorbeeld.nl" for number in range(20)]
    queue(web, *addresses)
    workers = [threading.Thread(target=run, args=(worker, office)) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert sorted(office.addresses) == sorted(addresses)


def test_nothing_of_a_mail_is_in_the_log(worker: Database, web: Database, office: PostOffice, caplog: pytest.LogCaptureFixture) -> None:
    office.answers = {"sam@voorbeeld.nl": ["550 sam@voorbeeld.nl is onbekend"]}
    queue(web, "sam@voorbeeld.nl")
    with caplog.at_level(logging.DEBUG, logger="portal"):
        run(worker, office)
    assert "was not sent (geweigerd)" in caplog.text
    assert "voorbeeld" not in caplog.text


def test_the_background_program_sends_when_a_server_is_named(database: PortalDatabase, web: Database, office: PostOffice) -> None:
    settings = ProgramSettings(role=jobs.ROLE, mode="test", database_url=database.url(jobs.ROLE), actor_key=database.keys[jobs.ROLE])
    assert jobs.mail_job(settings, {}) is None
    named = {"MBT_SMTP_URL": f"smtp://127.0.0.1:{office.port}", "MBT_MAIL_FROM": SENDER, "MBT_RESIDENTS_URL": "http://127.0.0.1:8000"}
    job = jobs.mail_job(settings, named)
    assert job
    queue(web, "sam@voorbeeld.nl")
    stop = threading.Event()
    worker = threading.Thread(target=jobs.run_for_ever, args=(settings, stop, job))
    worker.start()
    try:
        for _ in range(200):
            if office.taken:
                break
            stop.wait(0.05)
    finally:
        stop.set()
        worker.join()
    assert office.addresses == ["sam@voorbeeld.nl"]
    assert "http://127.0.0.1:8000" in office.taken[0].get_content()
    with pytest.raises(SettingsError, match="MBT_MAIL_FROM"):
        jobs.mail_job(settings, {**named, "MBT_MAIL_FROM": "niemand"})
