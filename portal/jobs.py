"""Background work, each job with its own rhythm, as the named actor "job" and the role portaal_jobs.

A job is one short transaction. It must be able to run twice and to be missed: when the database is away it says so in
one line and tries again at its next turn.
"""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portal import deadlines
from portal.actor import Actor, Kind, Signer
from portal.city import load_city
from portal.db import Database
from portal.mail import Place
from portal.mail_job import MailJob
from portal.settings import DEFAULT_TITLE, ProgramSettings
from portal.smtp import MailSettings

ROLE = "portaal_jobs"
MAIL_EVERY = 15.0
"""Seconds between two looks at the outbox."""
REMIND_HOURS = range(9, 20)
"""Hours of the day, Amsterdam's, in which somebody is reminded of what they wanted to do."""
log = logging.getLogger("portal.jobs")

THE_JOB = Actor(person_id=0, kind=Kind.JOB, session_id=UUID(int=0))


@dataclass(frozen=True)
class Job:
    """A name, what to do, and after how many seconds again."""

    name: str
    run: Callable[[Database], None]
    seconds: float


def seal_read_log(database: Database) -> None:
    """Close the lines of the read log that are safe to close into the chain (migrations/rls/43_seals.sql)."""
    with database.act(THE_JOB) as session:
        session.execute(text("SELECT acl.seal_read_log()"))
    place = os.environ.get("MBT_SEALS_FILE", "").strip()
    if place:
        publish_seals(database, Path(place))


def publish_seals(database: Database, place: Path) -> None:
    """Add the seals that are not in ``place`` yet, one `number hash` a line, so that a chain made anew in the database is found.

    The file belongs on another machine, or on paper: what the database's own administrator can't reach.
    """
    lines = place.read_text(encoding="utf-8").splitlines() if place.exists() else []
    newest = int(lines[-1].split()[0]) if lines else 0
    with database.act(THE_JOB) as session:
        seals = session.execute(text("SELECT id, hash FROM acl.seals_after(:newest)"), {"newest": newest}).all()
    if seals:
        with place.open("a", encoding="utf-8") as file:
            file.writelines(f"{number} {seal}\n" for number, seal in seals)


def remove_old_concepts(database: Database) -> None:
    """Remove concepts that nobody touched for ``deadlines.CONCEPT_GONE``; the policy of the table holds the same term."""
    with database.act(THE_JOB) as session:
        session.execute(text("DELETE FROM casus.concept WHERE saved_at < :last"), {"last": _days_ago(deadlines.CONCEPT_GONE)})


def _days_ago(term: deadlines.Term) -> datetime:
    return datetime.now(UTC) - timedelta(days=term.length)


def clean_up(database: Database) -> None:
    """Remove kept text, traces of sign-ins and of post, and copies, that are too old (migrations/rls/51, 55 and 63)."""
    with database.plain() as connection:
        connection.execute(text("SELECT portaal.clean_up()"))
        connection.execute(text("SELECT portaal.remove_old_drafts()"))
        connection.execute(text("SELECT portaal.clean_up_post()"))
        connection.execute(text("SELECT portaal.clean_up_takings()"))
        connection.execute(text("SELECT portaal.clean_up_handovers()"))


def remind_of_access(database: Database) -> None:
    """Write to who let somebody read along, when that ends soon (migrations/rls/56_sharing.sql)."""
    with database.plain() as connection:
        connection.execute(text("SELECT portaal.remind_of_access()"))


def remind_of_steps(database: Database, now: datetime | None = None) -> None:
    """Write to who has something to do in a plan (migrations/rls/77), by day alone. ``now``: another moment than this one."""
    by_day = (now or datetime.now(UTC)).astimezone(deadlines.AMSTERDAM).hour in REMIND_HOURS
    with database.plain() as connection:
        if by_day:
            connection.execute(text("SELECT portaal.remind_of_steps()"))


def tell_of_withholdings(database: Database) -> None:
    """Write to who may know from now on that something is withheld (migrations/rls/64_withholding.sql)."""
    with database.plain() as connection:
        connection.execute(text("SELECT acl.tell_of_withholdings()"))


JOBS = (
    Job("seal the read log", seal_read_log, 60),
    Job("clean up", clean_up, 600),
    Job("remove old concepts", remove_old_concepts, 3600),
    Job("remind of access that ends", remind_of_access, 3600),
    Job("remind of steps in plans", remind_of_steps, 3600),
    Job("tell what was withheld", tell_of_withholdings, 3600),
)


def run_once(database: Database, jobs: tuple[Job, ...] = JOBS) -> list[str]:
    """Run every job once. Returns the names of those that failed; a failure is logged without what was in it."""
    return [job.name for job in jobs if not _try(database, job)]


def run_for_ever(settings: ProgramSettings, stop: threading.Event, mail: Job | None = None) -> None:
    """Run each job at its rhythm until ``stop`` is set; ``mail`` beside the rest, when mail is sent from here."""
    jobs = JOBS if mail is None else (*JOBS, mail)
    database = Database(settings.database_url, Signer(settings.role, settings.actor_key), pool_size=1)
    due = {job.name: time.monotonic() for job in jobs}
    try:
        while not stop.wait(max(0.0, min(due.values()) - time.monotonic())):
            for job in jobs:
                if due[job.name] <= time.monotonic() and not stop.is_set():
                    _try(database, job)
                    due[job.name] = time.monotonic() + job.seconds
    finally:
        database.dispose()


def mail_job(settings: ProgramSettings, environment: Mapping[str, str]) -> Job | None:
    """The job that sends mail; None outside production when no mail server is named. Raises SettingsError."""
    mail = MailSettings.from_environment(environment, settings.mode)
    if mail is None:
        return None
    city, title = load_city(settings.city_file, settings.mode), environment.get("MBT_SITE_TITLE", "").strip() or DEFAULT_TITLE
    organisation = city.organisation
    place = Place(title, mail.residents_url, organisation.phone, city.start_term, organisation.visiting_address.line)
    return Job("send mail", MailJob(mail, place), MAIL_EVERY)


def main() -> None:
    """Run until SIGTERM or SIGINT. Raises SettingsError."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    settings = ProgramSettings.from_environment(ROLE)
    mail = mail_job(settings, os.environ)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    run_for_ever(settings, stop, mail)


def _try(database: Database, job: Job) -> bool:
    try:
        job.run(database)
    except DBAPIError as error:
        # The text of a database error may quote people's words, so only its kind is written down.
        log.warning("The job %r did not succeed (%s); it is tried again.", job.name, type(error.orig).__name__)
        return False
    return True
