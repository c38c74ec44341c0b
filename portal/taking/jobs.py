"""The worker: makes one copy after the other, each as the inwoner who asked for it, with the keys of the residents' face.

Nothing readable is laid on a disk: the ZIP goes, piece by piece, sealed into the database.
"""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import IO, cast
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal import i18n
from portal.actor import Actor, Kind
from portal.app import create_app
from portal.audit import Event, ReadLine, What, record, write_read_line
from portal.case_stream import canonical
from portal.db import Database
from portal.documents.queries import Damaged, contents, documents_of
from portal.evaluation.queries import evaluations
from portal.exporting import CaseWriter
from portal.i18n import gettext as _
from portal.messages.queries import every_message
from portal.plan.queries import frozen, said_beside, the_plan
from portal.secretbox import SealError, seal, taking_about
from portal.settings import Settings, SettingsError
from portal.taking import papers, pdfs, queries

PIECE = 1_000_000
"""Bytes that are sealed together."""
LOOK_EVERY = 2.0
"""Seconds between two looks whether somebody asks for a copy."""
TELL_EVERY = 1.0
"""Seconds between two times that is told how far it is."""
log = logging.getLogger("portal.copies")


class NotWantedError(Exception):
    """Meanwhile the copy was thrown away, or may not be made any more."""


class Sink:
    """Where the ZIP is written to: each piece goes sealed into the database, in a transaction of its own."""

    def __init__(self, database: Database, owner: Actor, copy: UUID, key: bytes) -> None:
        self._database = database
        self._owner = owner
        self._copy = copy
        self._key = key
        self._held = bytearray()
        self.parts = 0
        self.size = 0

    def write(self, some: bytes) -> int:
        """Takes the next bytes. Raises NotWantedError."""
        self._held += some
        self.size += len(some)
        while len(self._held) >= PIECE:
            self._keep(PIECE)
        return len(some)

    def flush(self) -> None:
        """A piece is kept when it is whole."""

    def close(self) -> None:
        """Keeps what is left. Raises NotWantedError."""
        if self._held:
            self._keep(len(self._held))

    def _keep(self, length: int) -> None:
        self.parts += 1
        part = seal(self._key, bytes(self._held[:length]), taking_about(self._copy, self.parts))
        del self._held[:length]
        values = {"which": self._copy, "number": self.parts, "part": part}
        _act(self._database, self._owner, "SELECT portaal.keep_taking_part(:which, :number, :part)", values)


def make_next(app: Flask) -> bool:
    """Makes the copy that was asked for longest ago. Gives whether there was one."""
    database: Database = app.extensions["database"]
    with database.plain() as connection:
        row = connection.execute(text("SELECT public_id, dossier_id, inwoner_id, language FROM portaal.next_taking()")).one_or_none()
    if row is None:
        return False
    owner = Actor(row.inwoner_id, Kind.INWONER, UUID(int=0))
    begun = time.monotonic()
    try:
        with app.app_context():
            i18n.use(row.language)
            entries, size = _make(app, owner, row.public_id, row.dossier_id)
    except NotWantedError:
        log.info("A copy was not wanted any more.")
    except Exception as mistake:  # what went wrong may quote people's words, so only its kind is written down
        log.warning("A copy was not made (%s).", type(mistake).__name__)
        with database.act(owner) as session:
            session.execute(text("SELECT portaal.taking_failed(:which)"), {"which": row.public_id})
    else:
        log.info("A copy of %d entries and %d bytes was made in %.1f s.", entries, size, time.monotonic() - begun)
    return True


def _make(app: Flask, owner: Actor, copy: UUID, dossier_id: int) -> tuple[int, int]:
    database: Database = app.extensions["database"]
    settings: Settings = app.extensions["settings"]
    sink = Sink(database, owner, copy, settings.text_key)
    with queries.as_owner(database, owner, dossier_id) as reading:
        numbers = queries.entry_numbers(reading)
        tell = _teller(database, owner, copy, papers.PASSES * len(numbers))
        with ZipFile(cast("IO[bytes]", sink), "w", ZIP_DEFLATED) as whole:
            plan = the_plan(reading, dossier_id)
            laid = [(one, frozen(reading, one.id)) for one in plan.proposals if one.choice]
            messages = every_message(reading, dossier_id, owner.person_id)
            said = said_beside(reading, dossier_id)
            beside = papers.Beside(messages, plan, laid, evaluations(reading, dossier_id), said)
            _fill(whole, queries.case_of(reading, settings.site_title, tell), beside, app)
            _documents(whole, reading, dossier_id, settings)
            _years(whole, reading, dossier_id, settings.site_title, tell)
    sink.close()
    with database.act(owner) as session:
        values = {"which": copy, "parts": sink.parts, "size": sink.size, "entries": numbers}
        if not session.execute(text("SELECT portaal.taking_made(:which, :parts, :size, :entries)"), values).scalar():
            raise NotWantedError
        record(session, Event.TAKING_MADE, dossier_id=dossier_id)
        write_read_line(session, ReadLine(dossier_id, What.UITVOER, shown=tuple(numbers)))
    return len(numbers), sink.size


def _fill(whole: ZipFile, case: CaseWriter, beside: papers.Beside, app: Flask) -> None:
    """The files of the ZIP that are made from the case file."""
    with _file(whole, "leesmij.txt", "utf-8-sig") as out:
        out.write(papers.read_me())
    with _file(whole, "dossier.json") as out:
        canonical(case.parts(), out)
    with _file(whole, "dossier.html") as out:
        for some in papers.html(app.jinja_env, case, beside):
            out.write(some)
    with _file(whole, "wie-keek-er.csv", "utf-8-sig") as out:
        papers.read_lines_csv(case.read_lines(), out)
    with _file(whole, "wat-veranderde.csv", "utf-8-sig") as out:
        papers.changes_csv(case.changes(), out)


def _documents(whole: ZipFile, reading: Session, dossier_id: int, settings: Settings) -> None:
    """The files of the dossier, named as the case file names their entries. One that can't be opened is told, and holds up nothing."""
    for document in documents_of(reading, dossier_id):
        name = f"{papers.DOCUMENTS}/{document.entry}"
        if not document.here:
            continue
        try:
            whole.writestr(f"{name}.{document.kind.extension}", contents(reading, settings, document))
        except (Damaged, SealError, LookupError) as problem:
            log.warning("A document is not in the copy (%s).", type(problem).__name__)
            whole.writestr(f"{name}.txt", _("Dit bestand konden wij niet openen. Vraag uw hulpverlener ernaar.") + "\r\n")


def _years(whole: ZipFile, reading: Session, dossier_id: int, author: str, tell: Callable[[int], None]) -> None:
    """A PDF of each year: one of everything would be too large to open on a telephone, and to make at once."""
    done = 0
    with pdfs.apart() as make_pdf:
        for year, number in queries.years(reading, dossier_id).items():
            entries = pdfs.of_year(reading, dossier_id, year) or []
            whole.writestr(f"pdf/{year}.pdf", pdfs.make(entries, _("Mijn dossier in %(year)s", year=year), author, make_pdf))
            done += number
            tell(done)


@contextmanager
def _file(whole: ZipFile, name: str, encoding: str = "utf-8") -> Iterator[TextIOWrapper]:
    with whole.open(name, "w", force_zip64=True) as file, TextIOWrapper(file, encoding=encoding, newline="") as out:
        yield out


def _teller(database: Database, owner: Actor, copy: UUID, total: int) -> Callable[[int], None]:
    told = time.monotonic()

    def tell(done: int) -> None:
        nonlocal told
        if time.monotonic() - told >= TELL_EVERY:
            _act(database, owner, "SELECT portaal.taking_progress(:which, :done, :total)", {"which": copy, "done": done, "total": total})
            told = time.monotonic()

    return tell


def _act(database: Database, owner: Actor, query: str, values: dict[str, object]) -> None:
    with database.act(owner) as session:
        if not session.execute(text(query), values).scalar():
            raise NotWantedError


def run_for_ever(app: Flask, stop: threading.Event) -> None:
    """Make what is asked for until ``stop`` is set. A database that is away is tried again."""
    while not stop.is_set():
        try:
            found = make_next(app)
        except DBAPIError as error:
            log.warning("Copies are not made now (%s); it is tried again.", type(error.orig).__name__)
            found = False
        if not found:
            stop.wait(LOOK_EVERY)


def main() -> None:
    """Run until SIGTERM or SIGINT. Raises SettingsError."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    settings = Settings.from_environment(os.environ)
    if settings.face != "inwoner":
        raise SettingsError("The copies are made with the settings of the residents' face: MBT_FACE must be inwoner.")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    run_for_ever(create_app(settings), stop)
