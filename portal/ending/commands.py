"""Ending the help, answering, agreeing as a second one, and coming back. Ask the policy first, record the change last, never commit.

PostgreSQL does each in one function (migrations/rls/76_ending.sql) and checks whose it is.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from portal.audit import Event, record
from portal.dossier.queries import DossierView
from portal.ending.models import Kind, Weighty
from portal.i18n import N_
from portal.policy import Asked, Permission, require
from portal.refusals import call

_SENTENCES = {
    "MB001": N_("Dit is er niet."),
    "MB072": N_("Dit is al gedaan."),
    "MB095": N_("Kies een dag vanaf vandaag, en binnen een jaar."),
    "MB097": N_("Een teamleider moet dit eerst goed vinden."),
    "MB098": N_("De inwoner heeft nog tijd om te antwoorden."),
    "MB111": N_("De ander heeft nog niet bevestigd dat die de hulp overneemt."),
}


@dataclass(frozen=True)
class Proposed:
    """How the help is to end; as the columns of casus.ending. ``near``: the public id of who stays near until ``near_until``, or None."""

    kind: Kind
    ends_on: date
    reason: str
    weighty: Weighty | None = None
    onward: str = ""
    warned: str = ""
    not_evaluated: str = ""
    near: UUID | None = None
    near_until: date | None = None
    near_words: str = ""


def propose(session: Session, asked: Asked, about: DossierView, number: UUID, proposed: Proposed) -> None:
    """Lays an ending before the inwoner, who is told. ``number`` becomes its id. Raises Refused."""
    require(Permission.END_HELP, asked)
    call(
        session,
        "casus.propose_ending(:dossier, :number, CAST(:about AS jsonb))",
        _SENTENCES,
        dossier=about.id,
        number=number,
        about=json.dumps(asdict(proposed), default=str, ensure_ascii=False),
    )
    record(session, Event.ENDING_PROPOSED, dossier_id=about.id)


def answer(session: Session, asked: Asked, about: DossierView, ending: UUID, choice: int, words: str, way: str = "portaal") -> None:
    """What the inwoner says of the reason (eis 63.5): 1 so it is, 2 otherwise. ``way``: portaal, papier or mondeling. Raises Refused."""
    require(Permission.ANSWER_ENDING if way == "portaal" else Permission.END_HELP, asked)
    call(session, "casus.answer_ending(:ending, :choice, :words, :way)", _SENTENCES, ending=ending, choice=choice, words=words, way=way)
    record(session, Event.ENDING_ANSWERED, dossier_id=about.id)


def agree(session: Session, asked: Asked, ending: UUID, *, agrees: bool) -> None:
    """A second one agrees with an early ending, or doesn't, and then it is off. Raises Refused."""
    require(Permission.AGREE_ENDING, asked)
    call(session, "casus.agree_ending(:ending, :agrees)", _SENTENCES, ending=ending, agrees=agrees)


def withdraw(session: Session, asked: Asked, about: DossierView, ending: UUID) -> None:
    """Takes it back: the help goes on. Raises Refused."""
    require(Permission.END_HELP, asked)
    call(session, "casus.withdraw_ending(:ending)", _SENTENCES, ending=ending)
    record(session, Event.ENDING_WITHDRAWN, dossier_id=about.id)


def finish(session: Session, asked: Asked, about: DossierView, ending: UUID) -> None:
    """The help ends on its day. Raises Refused."""
    require(Permission.END_HELP, asked)
    record(session, Event.ENDING_DONE, dossier_id=about.id)
    call(session, "casus.finish_ending(:ending)", _SENTENCES, ending=ending)


def come_back(session: Session, asked: Asked, about: DossierView) -> bool:
    """The inwoner wants help again. Gives false when no help ended here."""
    require(Permission.COME_BACK, asked)
    back: bool = call(session, "casus.come_back(:dossier)", _SENTENCES, dossier=about.id)
    if back:
        record(session, Event.ENDING_BACK, dossier_id=about.id)
    return back


def take_back(session: Session, asked: Asked, ending: UUID) -> UUID:
    """The actor helps who came back. Gives the public id of the dossier. Raises Refused."""
    require(Permission.TAKE_BACK, asked)
    dossier: UUID = call(session, "casus.take_back(:ending)", _SENTENCES, ending=ending)
    return dossier
