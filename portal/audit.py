"""Reading is an act, and so is changing: the lines of both logs, and the check that the read log is whole.

A read line is the last statement of its transaction and is committed before the first byte of the page leaves. Who read, as what, on what
ground, when and through which program is set by the database (acl.stamp_read), not by the reader.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import psycopg
from flask import g
from sqlalchemy import text
from sqlalchemy.orm import Session


class What(StrEnum):
    """What one answer showed."""

    OVERZICHT = "overzicht"
    NOTITIE = "notitie"
    LOGBOEK = "logboek"
    VERSIES = "versies"
    AFDRUK = "afdruk"
    ZOEKEN = "zoeken"
    VOORBEELD = "voorbeeld"
    BERICHTEN = "berichten"
    DOCUMENT = "document"
    PLAN = "plan"
    UITVOER = "uitvoer"


class Event(StrEnum):
    """What was changed."""

    ENTRY_PLACED = "entry.placed"
    ENTRY_VERSION = "entry.version"
    ENTRY_OPENED = "entry.opened"
    REACTION_WRITTEN = "reaction.written"
    REACTION_CHANGED = "reaction.changed"
    REACTION_WITHDRAWN = "reaction.withdrawn"
    DIARY_WRITTEN = "diary.written"
    DIARY_CHANGED = "diary.changed"
    DIARY_SHARED = "diary.shared"
    DIARY_THROWN = "diary.thrown"
    DOCUMENT_ADDED = "document.added"
    DOCUMENT_SHARED = "document.shared"
    DOCUMENT_THROWN = "document.thrown"
    QUESTION_ASKED = "question.asked"
    QUESTION_WITHDRAWN = "question.withdrawn"
    QUESTION_CLEAR = "question.clear"
    QUESTION_EXTENDED = "question.extended"
    QUESTION_ANSWERED = "question.answered"
    STATEMENT_WRITTEN = "statement.written"
    CLOSING_MADE = "closing.made"
    CLOSING_ENDED = "closing.ended"
    EMERGENCY_OPENED = "emergency.opened"
    EMERGENCY_REVIEWED = "emergency.reviewed"
    TAKING_ASKED = "taking.asked"
    TAKING_MADE = "taking.made"
    TAKING_FETCHED = "taking.fetched"
    TAKING_DROPPED = "taking.dropped"
    WITHHOLDING_ASKED = "withholding.asked"
    WITHHOLDING_MADE = "withholding.made"
    WITHHOLDING_REFUSED = "withholding.refused"
    WITHHOLDING_ENDED = "withholding.ended"
    MESSAGE_WRITTEN = "message.written"
    MESSAGE_SETTLED = "message.settled"
    MANDATE_ASKED = "mandate.asked"
    MANDATE_MADE = "mandate.made"
    MANDATE_REFUSED = "mandate.refused"
    MANDATE_CODE = "mandate.code"
    MANDATE_CONFIRMED = "mandate.confirmed"
    MANDATE_ENDED = "mandate.ended"
    PLAN_WRITTEN = "plan.written"
    PLAN_SHARED = "plan.shared"
    PLAN_ORDERED = "plan.ordered"
    PLAN_STEP = "plan.step"
    PLAN_PROPOSED = "plan.proposed"
    PLAN_AGREED = "plan.agreed"
    PLAN_REFUSED = "plan.refused"
    EVALUATION_PLANNED = "evaluation.planned"
    EVALUATION_PEOPLE = "evaluation.people"
    EVALUATION_WRITTEN = "evaluation.written"
    EVALUATION_SETTLED = "evaluation.settled"
    PLAN_PRESSURE = "plan.pressure"
    PLAN_PRESSURE_ENDED = "plan.pressure_ended"
    PLAN_COPY_GIVEN = "plan.copy_given"
    PLAN_REMARKED = "plan.remarked"
    PLAN_REMARK_WITHDRAWN = "plan.remark_withdrawn"
    PLAN_REMARK_SEEN = "plan.remark_seen"
    HANDOVER_PROPOSED = "handover.proposed"
    HANDOVER_RECEIVED = "handover.received"
    HANDOVER_AGREED = "handover.agreed"
    HANDOVER_REFUSED = "handover.refused"
    HANDOVER_WITHDRAWN = "handover.withdrawn"
    HANDOVER_STUCK = "handover.stuck"
    HANDOVER_CODE = "handover.code"
    HANDOVER_FETCHED = "handover.fetched"
    HANDOVER_TAKEN = "handover.taken"
    HANDOVER_NOT_TAKEN = "handover.not_taken"
    ENDING_PROPOSED = "ending.proposed"
    ENDING_ANSWERED = "ending.answered"
    ENDING_WITHDRAWN = "ending.withdrawn"
    ENDING_DONE = "ending.done"
    ENDING_BACK = "ending.back"
    DATABASE_RESTORED = "database.restored"


@dataclass(frozen=True)
class ReadLine:
    """One line to be: the dossier, the entry when it was about one, and the ids of all entries shown."""

    dossier_id: int
    what: What
    entry_id: int | None = None
    shown: tuple[int, ...] = ()


def will_show(line: ReadLine) -> None:
    """Remembers what this answer shows; the line is written just before the commit (NEN 7513: reading is an act)."""
    g.read_line = line


def shows_nothing() -> None:
    """Says that this page stands in a dossier and shows nothing of it, so there is nothing to log: one's own unplaced words."""
    g.shows_nothing = True


_WRITE_LINE = text(
    "INSERT INTO casus.read_log (dossier_id, entry_id, what, shown, shown_entries)"
    " VALUES (:dossier_id, :entry_id, :what, :shown, :shown_entries)"
)


def write_read_line(session: Session, line: ReadLine) -> None:
    """Writes the line, as the last statement of the transaction."""
    session.execute(
        _WRITE_LINE,
        {
            "dossier_id": line.dossier_id,
            "entry_id": line.entry_id,
            "what": line.what.value,
            "shown": len(line.shown),
            "shown_entries": list(line.shown),
        },
    )


def record(session: Session, event: Event, *, dossier_id: int, entry_id: int | None = None, subject_id: int | None = None) -> None:
    """Adds a line to the change log: which event, on which dossier and entry; never any words."""
    session.execute(
        text("INSERT INTO casus.change_log (dossier_id, entry_id, event, subject_id) VALUES (:d, :e, :event, :s)"),
        {"d": dossier_id, "e": entry_id, "event": event.value, "s": subject_id},
    )


@dataclass(frozen=True)
class Finding:
    """One thing wrong with the read log, in plain words, with the number of the line or seal."""

    message: str
    log_id: int | None = None
    seal_id: int | None = None


def line_text(row: tuple[object, ...]) -> bytes:
    """The text of one line that is hashed, the same as acl.line_text: fields joined by a unit separator, typed words as in JSON; UTF-8."""
    (log_id, at, xid, dossier_id, entry_id, what, shown, entries, reader, name, role, behalf, ground, detail, program, session) = row
    assert isinstance(at, datetime)
    assert isinstance(entries, list)
    name, role, ground, detail, program = (json.dumps(typed, ensure_ascii=False) for typed in (name, role, ground, detail, program))
    fields = (
        log_id,
        _moment(at),
        xid,
        dossier_id,
        entry_id or 0,
        what,
        shown,
        ",".join(str(e) for e in entries),
        reader or 0,
        name,
        role,
        behalf or 0,
        ground,
        detail,
        program,
        session or "",
    )
    return "\x1f".join(str(f) for f in fields).encode()


def seal_hash_of(previous_hash: bytes, number: int, sealed_at: datetime, horizon: int, row_count: int, rows_hash: bytes) -> bytes:
    """The hash of a seal, the same as in acl.add_seal: that of the seal before, what stands in this one, and the hash over its lines."""
    return hashlib.sha256(previous_hash + f"{number}|{_moment(sealed_at)}|{horizon}|{row_count}|".encode() + rows_hash).digest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")


_LINES = """
SELECT r.seal_id, r.position, r.row_hash, r.log_id,
    l.id, l.at, l.xid::text, l.dossier_id, l.entry_id, l.what, l.shown, l.shown_entries, l.reader_id, l.reader_name, l.reader_role,
    l.on_behalf_of, l.ground, l.ground_detail, l.program, l.session_id::text
FROM casus.read_seal_row r LEFT JOIN casus.read_log l ON l.id = r.log_id
ORDER BY r.seal_id, r.position
"""


def verify_read_log(connection: psycopg.Connection[tuple[object, ...]], published: Iterable[tuple[int, str]] = ()) -> Iterator[Finding]:
    """Recomputes every seal from the lines, outside the database, and names each edit, deletion, reordering and slipped-in line.

    ``connection`` is the auditor's (casus_controle). ``published`` holds (seal number, hash in hex) as written outside the
    database when they were made, so that a chain that was made anew as a whole is found too. Lines that are not sealed yet,
    at most a minute old, are not judged.
    """
    known = dict(published)
    row_hashes: dict[int, list[bytes]] = {}
    with connection.cursor(name="lines") as cursor:
        for seal_id, position, row_hash, log_id, *line in cursor.execute(_LINES):
            assert isinstance(seal_id, int)
            assert isinstance(row_hash, bytes)
            assert isinstance(log_id, int)
            hashes = row_hashes.setdefault(seal_id, [])
            if position != len(hashes) + 1:
                yield Finding(
                    f"seal {seal_id}: line at place {len(hashes) + 1} is missing from the seal, before line {log_id}", log_id, seal_id
                )
            if line[0] is None:
                yield Finding(f"line {log_id} was deleted", log_id, seal_id)
                hashes.append(row_hash)
                continue
            actual = hashlib.sha256(line_text(tuple(line))).digest()
            if actual != row_hash:
                yield Finding(f"line {log_id} was changed", log_id, seal_id)
            hashes.append(row_hash)
    yield from _verify_chain(connection, row_hashes, known)
    yield from _verify_complete(connection)


def _verify_chain(
    connection: psycopg.Connection[tuple[object, ...]], row_hashes: dict[int, list[bytes]], known: dict[int, str]
) -> Iterator[Finding]:
    previous = b""
    expected_id = 1
    rows = connection.execute(
        "SELECT id, sealed_at, horizon::text, row_count, rows_hash, previous_hash, hash FROM casus.read_seal ORDER BY id"
    )
    for seal_id, sealed_at, horizon, row_count, rows_hash, previous_hash, seal_hash in rows:
        assert isinstance(seal_id, int)
        assert isinstance(sealed_at, datetime)
        assert isinstance(rows_hash, bytes)
        assert isinstance(seal_hash, bytes)
        if seal_id != expected_id:
            yield Finding(f"seal {expected_id} is missing", seal_id=expected_id)
        hashes = row_hashes.pop(seal_id, [])
        summary = hashlib.sha256(b"".join(hashes)).digest()
        if len(hashes) != row_count or summary != rows_hash:
            yield Finding(f"seal {seal_id} does not fit its lines (order, number or content)", seal_id=seal_id)
        assert isinstance(row_count, int)
        own = seal_hash_of(previous, seal_id, sealed_at, int(str(horizon)), row_count, rows_hash)
        if previous_hash != previous or own != seal_hash:
            yield Finding(f"seal {seal_id} does not follow from the one before it", seal_id=seal_id)
        if seal_id in known and known[seal_id] != seal_hash.hex():
            yield Finding(f"seal {seal_id} is not the one that was published", seal_id=seal_id)
        previous = seal_hash
        expected_id = seal_id + 1
    for seal_id in sorted(row_hashes):
        yield Finding(f"seal {seal_id} is gone, and its lines are still named", seal_id=seal_id)
    for seal_id in sorted(s for s in known if s >= expected_id):
        yield Finding(f"seal {seal_id} was published and is gone", seal_id=seal_id)


def _verify_complete(connection: psycopg.Connection[tuple[object, ...]]) -> Iterator[Finding]:
    """Lines outside the seals that are not of the last minute: below the last horizon, or of a transaction that is yet to come.

    The first were slipped in afterwards, or their seal rows were taken away. The second bear a number that was made up, or came in with a
    copy of a database that `portal restore` did not put back.
    """
    rows = connection.execute(
        "SELECT l.id, l.xid >= pg_snapshot_xmax(pg_current_snapshot()) FROM casus.read_log l"
        " WHERE (l.xid < (SELECT s.horizon FROM casus.read_seal s ORDER BY s.id DESC LIMIT 1)"
        "  OR l.xid >= pg_snapshot_xmax(pg_current_snapshot()))"
        " AND NOT EXISTS (SELECT FROM casus.read_seal_row r WHERE r.log_id = l.id) ORDER BY l.id"
    )
    for log_id, to_come in rows:
        assert isinstance(log_id, int)
        yield Finding(f"line {log_id} stands in no seal{', and is of a transaction that is yet to come' if to_come else ''}", log_id)


def restores(connection: psycopg.Connection[tuple[object, ...]]) -> list[tuple[int, datetime]]:
    """Number and moment of each seal at which the numbers of transactions begin anew: a backup was put back into another server there."""
    rows = connection.execute("SELECT id, sealed_at, horizon::text FROM casus.read_seal ORDER BY id")
    found: list[tuple[int, datetime]] = []
    before = 0
    for seal_id, sealed_at, horizon in rows:
        assert isinstance(seal_id, int)
        assert isinstance(sealed_at, datetime)
        if int(str(horizon)) < before:
            found.append((seal_id, sealed_at))
        before = int(str(horizon))
    return found
