"""Handing over and being handed over to. Ask the policy first, record the change last, never commit.

PostgreSQL does each in one function (migrations/rls/84_handover.sql) and checks whose it is.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from portal.audit import Event, record
from portal.dossier.queries import DossierView
from portal.handover.models import Kind
from portal.handover.packing import Packed
from portal.i18n import N_
from portal.paper_code import code_hash, new_code
from portal.policy import Asked, Permission, require
from portal.refusals import Refused, call

_SENTENCES = {
    "MB001": N_("Dit is er niet."),
    "MB009": N_("Dit is al gedaan."),
    "MB072": N_("Dit is al gedaan."),
    "MB095": N_("Deze dag kan niet. Kies een dag binnen een jaar."),
    "MB112": N_("Er is net iets veranderd. Kijk nog eens wat er meegaat."),
}


@dataclass(frozen=True)
class Proposed:
    """To whom, and what the professional would give along; as the columns of casus.handover."""

    kind: Kind
    organisation: str
    receiver: str
    why: str
    starts_on: date
    ends_here: bool
    sections: list[int]
    from_day: date | None
    with_plan: bool


@dataclass(frozen=True)
class Received:
    """Who handed over to us, and what came along (``taken_how``); as the columns of casus.handover."""

    kind: Kind
    organisation: str
    receiver: str
    why: str
    starts_on: date
    taken_how: str


@dataclass(frozen=True)
class Said:
    """What the inwoner said: ``choice`` 1 yes, 2 no. ``seen``: when what goes along was shown; ``way``: portaal, papier or mondeling."""

    choice: int
    words: str
    way: str
    proof: str
    seen: datetime
    plan_version: int | None


@dataclass(frozen=True)
class Taken:
    """What the other party says: ``by`` whom, whether they take over, from which day, or why not. ``how``: by what we know it."""

    by: str
    yes: bool
    on_day: date | None
    why: str
    how: str = ""


def propose(session: Session, asked: Asked, about: DossierView, number: UUID, proposed: Proposed) -> None:
    """Lays a handover before the inwoner, who is told. ``number`` becomes its id. Raises Refused."""
    require(Permission.HAND_OVER, asked)
    values = {"dossier": about.id, "number": number, "about": json.dumps(asdict(proposed), default=str, ensure_ascii=False)}
    call(session, "casus.propose_handover(:dossier, :number, CAST(:about AS jsonb))", _SENTENCES, **values)
    record(session, Event.HANDOVER_PROPOSED, dossier_id=about.id)


def receive(session: Session, asked: Asked, about: DossierView, number: UUID, received: Received) -> None:
    """Another party handed over to us, and the actor confirms that. The inwoner is told. Raises Refused."""
    require(Permission.HAND_OVER, asked)
    values = {"dossier": about.id, "number": number, "about": json.dumps(asdict(received), default=str, ensure_ascii=False)}
    call(session, "casus.receive_handover(:dossier, :number, CAST(:about AS jsonb))", _SENTENCES, **values)
    record(session, Event.HANDOVER_RECEIVED, dossier_id=about.id)


def answer(session: Session, asked: Asked, about: DossierView, which: UUID, said: Said, entries: list[UUID], packed: Packed) -> None:
    """What the inwoner's side says, or who works there writes down; on yes ``packed`` waits for its code.

    ``packed`` holds ``entries``. Raises Refused.
    """
    require(Permission.ANSWER_HANDOVER if said.way == "portaal" else Permission.HAND_OVER, asked)
    call(
        session,
        "casus.answer_handover(:which, CAST(:says AS jsonb), CAST(:entries AS uuid[]), :package, :size, CAST(:pieces AS bytea[]))",
        _SENTENCES,
        which=which,
        says=json.dumps(asdict(said), default=str, ensure_ascii=False),
        entries=entries,
        package=packed.id,
        size=packed.size,
        pieces=packed.pieces,
    )
    record(session, Event.HANDOVER_AGREED if said.choice == 1 else Event.HANDOVER_REFUSED, dossier_id=about.id)


def withdraw(session: Session, asked: Asked, about: DossierView, which: UUID) -> None:
    """Takes it back, as long as nobody took over; the code works no more. Raises Refused."""
    require(Permission.WITHDRAW_HANDOVER, asked)
    call(session, "casus.withdraw_handover(:which)", _SENTENCES, which=which)
    record(session, Event.HANDOVER_WITHDRAWN, dossier_id=about.id)


def stuck(session: Session, asked: Asked, about: DossierView, which: UUID, words: str) -> None:
    """The inwoner says that it doesn't go on (eis 13.1). Raises Refused."""
    require(Permission.ANSWER_HANDOVER, asked)
    call(session, "casus.handover_stuck(:which, :words)", _SENTENCES, which=which, words=words)
    record(session, Event.HANDOVER_STUCK, dossier_id=about.id)


def give_code(session: Session, asked: Asked, about: DossierView, which: UUID) -> tuple[str, datetime] | None:
    """A new code for who receives, and until when it works; None when there is nothing to open. Raises Refused."""
    require(Permission.HAND_OVER, asked)
    code = new_code()
    until: datetime | None = call(session, "portaal.give_handover_code(:which, :code)", _SENTENCES, which=which, code=code_hash(code))
    if until is None:
        return None
    record(session, Event.HANDOVER_CODE, dossier_id=about.id)
    return code, until


def note(session: Session, asked: Asked, about: DossierView, which: UUID, taken: Taken) -> None:
    """Writes down what a named person of the other party said elsewhere, such as in a letter. Raises Refused."""
    require(Permission.HAND_OVER, asked)
    call(session, "casus.note_handover(:which, :by, :yes, :on_day, :why, :how)", _SENTENCES, which=which, **asdict(taken))
    record(session, Event.HANDOVER_TAKEN if taken.yes else Event.HANDOVER_NOT_TAKEN, dossier_id=about.id)


def fetch(connection: Connection, code: str, by: str) -> tuple[UUID, int, int] | None:
    """Writes down in the logs of the dossier that ``by``, who has the code, fetches it.

    Gives the package with its number of pieces and of bytes; None: no such code.
    """
    try:
        return call(connection, text("SELECT * FROM portaal.fetch_handover(:code, :by)"), _SENTENCES, code=code_hash(code), by=by)  # type: ignore[no-any-return]
    except Refused:
        return None


def take(connection: Connection, code: str, taken: Taken) -> None:
    """What who has the code says. Raises Refused."""
    values = {"by": taken.by, "yes": taken.yes, "on_day": taken.on_day, "why": taken.why}
    call(connection, "portaal.take_handover(:code, :by, :yes, :on_day, :why)", _SENTENCES, code=code_hash(code), **values)
