"""Reading handovers. PostgreSQL gives only the rows that the actor may see; nothing here filters by person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from portal.db import Database
from portal.handover.models import MOST_ENTRIES, Kind, Standing
from portal.paper_code import code_hash
from portal.refusals import Refused, call
from portal.secretbox import package_about, unseal
from portal.settings import Settings


@dataclass(frozen=True)
class Handover:
    """One handover. Numbers as in models.py; days are Amsterdam's. ``code_until`` None with ``size``: packed, and no code was given."""

    id: int
    public_id: UUID
    dossier_id: int
    inward: bool
    kind: int
    organisation: str
    receiver: str
    why: str
    starts_on: date
    ends_here: bool
    sections: list[int]
    from_day: date | None
    with_plan: bool
    made_by_name: str
    made_at: datetime
    choice: int | None
    words: str
    way: str | None
    proof: str
    answered_by_name: str | None
    answered_at: datetime | None
    plan_version: int | None
    fetched_by: str | None
    fetched_at: datetime | None
    takes: bool | None
    begins_on: date | None
    taken_by: str | None
    taken_how: str
    taken_why: str
    taken_at: datetime | None
    stuck_at: datetime | None
    stuck_words: str
    withdrawn_by_name: str | None
    withdrawn_at: datetime | None
    size: int | None
    code_until: datetime | None

    @property
    def kind_named(self) -> Kind:
        """The kind of party."""
        return Kind(self.kind)

    @property
    def standing(self) -> Standing:
        """How far it is."""
        ended = {True: Standing.TAKEN, False: Standing.NOT_TAKEN}
        if self.withdrawn_at is not None:
            return Standing.WITHDRAWN
        if self.takes is not None:
            return ended[self.takes]
        if self.choice != 1:
            return Standing.PROPOSED if self.choice is None else Standing.REFUSED
        if self.size is None:
            return Standing.GONE
        if self.code_until is None:
            return Standing.PACKED
        return Standing.SENT if self.fetched_at is None else Standing.FETCHED

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return not self.inward and self.standing not in (Standing.REFUSED, Standing.TAKEN, Standing.WITHDRAWN)


_COLUMNS = (
    "SELECT h.id, h.public_id, h.dossier_id, h.inward, h.kind, h.organisation, h.receiver, h.why, h.starts_on, h.ends_here, h.sections,"
    " h.from_day, h.with_plan, h.made_by_name, h.made_at, h.choice, h.words, h.way, h.proof, h.answered_by_name,"
    " h.answered_at, h.plan_version,"
    " h.fetched_by, h.fetched_at, h.takes, h.begins_on, h.taken_by, h.taken_how, h.taken_why, h.taken_at, h.stuck_at, h.stuck_words,"
    " h.withdrawn_by_name, h.withdrawn_at"
)
_HANDOVERS = text(
    f"{_COLUMNS}, p.size, p.code_until FROM casus.handover h LEFT JOIN portaal.packages(:dossier) p ON p.handover = h.id"
    " WHERE h.dossier_id = :dossier ORDER BY h.id DESC"
)
_WAITING = text(
    "SELECT h.public_id, h.dossier_id, d.public_id, concat_ws(' ', p.first_name, p.infix, p.last_name), h.organisation,"
    " h.choice, h.takes, h.stuck_at"
    " FROM casus.handover h JOIN casus.dossier d ON d.id = h.dossier_id JOIN casus.person p ON p.id = d.inwoner_id"
    " WHERE NOT h.inward AND h.withdrawn_at IS NULL AND h.takes IS NOT TRUE AND h.choice IS DISTINCT FROM 2 ORDER BY h.stuck_at, h.id"
)


def handovers(session: Session, dossier_id: int) -> list[Handover]:
    """Every handover of a dossier, the newest first."""
    return [Handover(*row) for row in session.execute(_HANDOVERS, {"dossier": dossier_id})]


@dataclass(frozen=True)
class Waiting:
    """A handover that isn't over."""

    public_id: UUID
    dossier_id: int
    dossier: UUID
    inwoner: str
    organisation: str
    choice: int | None
    takes: bool | None
    stuck_at: datetime | None


def my_handovers(session: Session) -> list[Waiting]:
    """Those that aren't over, of every dossier that the actor reads; what got stuck first, then the oldest."""
    return [Waiting(*row) for row in session.execute(_WAITING)]


@dataclass(frozen=True)
class Goes:
    """An entry that can go along. ``reactions``: how many go with it."""

    public_id: UUID
    id: int
    occurred_at: datetime
    section: int
    title: str
    author_name: str
    reactions: int


_GOES = text(
    "SELECT e.public_id, e.id, e.occurred_at, e.section, v.title, e.author_name,"
    " (SELECT count(*) FROM casus.annotation a WHERE a.entry_id = e.id AND a.audience = 3 AND a.withdrawn_at IS NULL) AS reactions"
    " FROM casus.entry e CROSS JOIN LATERAL"
    " (SELECT x.title FROM casus.entry_version x WHERE x.entry_id = e.id ORDER BY x.number DESC LIMIT 1) v"
    " WHERE e.dossier_id = :dossier AND e.audience >= 2 AND e.section = ANY (:sections)"
    " AND (CAST(:from_day AS date) IS NULL OR (e.occurred_at AT TIME ZONE 'Europe/Amsterdam')::date >= :from_day)"
    " ORDER BY e.occurred_at DESC, e.id DESC LIMIT :most"
)


def can_go(session: Session, dossier_id: int, sections: Sequence[int], from_day: date | None) -> list[Goes]:
    """What can go along of these sections since that day, newest first; one more than ``MOST_ENTRIES`` when there is more than that."""
    values = {"dossier": dossier_id, "sections": list(sections), "from_day": from_day, "most": MOST_ENTRIES + 1}
    return [Goes(*row) for row in session.execute(_GOES, values)]


def went(session: Session, handover_id: int) -> list[Goes]:
    """What goes along, or went, as far as the actor can read it, newest first."""
    return [Goes(*row) for row in session.execute(_WENT, {"handover": handover_id})]


_WENT = text(
    "SELECT e.public_id, e.id, e.occurred_at, e.section, v.title, e.author_name, 0 FROM casus.handover_entry i"
    " JOIN casus.entry e ON e.id = i.entry_id JOIN casus.entry_version v ON v.entry_id = i.entry_id AND v.number = i.version"
    " WHERE i.handover_id = :handover ORDER BY e.occurred_at DESC, e.id DESC"
)


@dataclass(frozen=True)
class HandedOver:
    """What who has the code reads before fetching. ``entries``: how many notes are in it; ``size`` in bytes."""

    organisation: str
    receiver: str
    inwoner: str
    made_by_name: str
    kind: int
    starts_on: date
    why: str
    entries: int
    plan_version: int | None
    size: int
    code_until: datetime
    fetched_at: datetime | None
    takes: bool | None
    begins_on: date | None


def handed_over(connection: Connection, code: str) -> HandedOver | None:
    """What this code opens, or None."""
    try:
        return HandedOver(*call(connection, text("SELECT * FROM portaal.handed_over(:code)"), {"MB001": ""}, code=code_hash(code)))
    except Refused:
        return None


def pieces(database: Database, settings: Settings, code: str, package: UUID, parts: int) -> Iterator[bytes]:
    """The bytes of a package that was fetched, piece by piece; each asks the lock anew.

    Raises portal.secretbox.SealError, and LookupError when it may not be opened any more.
    """
    for number in range(1, parts + 1):
        with database.plain() as connection:
            values = {"code": code_hash(code), "number": number}
            sealed = connection.execute(text("SELECT portaal.handover_piece(:code, :number)"), values).scalar()
        if sealed is None or settings.document_key is None:
            raise LookupError("this package is gone")
        yield unseal(settings.document_key, bytes(sealed), package_about(package, number), settings.document_key_before)
