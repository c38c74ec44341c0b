"""Writing a mandate down, the second professional's answer, a start code, and its end.

PostgreSQL does each in one function, with its log line.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.i18n import N_
from portal.policy import Asked, Permission, require
from portal.refusals import Refused, call
from portal.sharing.commands import AlreadyDone, StartCode, with_start_code

_TWICE = "23505"

# Why PostgreSQL refuses (migrations/rls/68_mandate.sql).
_SENTENCES = {
    "MB001": N_("Deze persoon is er niet."),
    "MB002": N_("Het lukte niet om een gebruikersnaam te maken. Probeer het nog een keer."),
    "MB081": N_("Deze dagen kunnen niet. Kijk ze na."),
    "MB082": N_("Er mist nog iets. Kijk uw antwoorden na."),
}


@dataclass(frozen=True)
class Wanted:
    """A mandate to be. ``person``: who has one here already; None: somebody new, with that name. ``number`` was made with the form.

    Days are included; ``last_day`` None: no end. ``proof``: which paper was seen, on ``seen_on``. ``names_log`` and
    ``names_sharing``: whether that paper names who looked, and who may see what.
    """

    number: UUID
    person: UUID | None
    first_name: str
    last_name: str
    ground: str
    proof: str
    seen_on: date
    scope: str
    first_day: date
    last_day: date | None
    names_log: bool
    names_sharing: bool


def ask(db: Session, asked: Asked, dossier: UUID, wanted: Wanted) -> None:
    """Writes a mandate down, for a second professional to look at. Raises Refused, and AlreadyDone when this form was sent before."""
    require(Permission.ARRANGE_MANDATE, asked)
    _call(
        db, "acl.ask_mandate(:dossier, :number, :person, :first, :last, :ground, :proof, :seen, :scope, :first_day, :last_day,"
        " :log, :sharing)",
        dossier=dossier, number=wanted.number, person=wanted.person, first=wanted.first_name, last=wanted.last_name, ground=wanted.ground,
        proof=wanted.proof, seen=wanted.seen_on, scope=wanted.scope, first_day=wanted.first_day, last_day=wanted.last_day,
        log=wanted.names_log, sharing=wanted.names_sharing,
    )  # fmt: skip


def answer(db: Session, asked: Asked, asked_id: UUID, *, agree: bool) -> bool:
    """The second professional's answer; who asked it can only take it back. Gives whether it waited for this actor."""
    require(Permission.CONFIRM_MANDATE, asked)
    values = {"request": asked_id, "agree": agree}
    return bool(db.execute(text("SELECT acl.answer_mandate(:request, :agree)"), values).scalar())


def new_code(db: Session, asked: Asked, mandate: UUID, first_name: str, language: str) -> StartCode:
    """A code for who never came in; the one of before stops. Raises Refused."""
    require(Permission.ARRANGE_MANDATE, asked)
    function = "portaal.new_mandate_code(:mandate, :name, :code, :language)"
    return with_start_code(first_name, partial(_call, db, function, mandate=mandate, language=language))


def end(db: Session, asked: Asked, mandate: UUID) -> bool:
    """It holds no more, from the next request on. Gives False when it isn't there, or isn't the actor's to end."""
    require(Permission.SEE_MANDATES, asked)
    return bool(db.execute(text("SELECT acl.end_mandate(:mandate)"), {"mandate": mandate}).scalar())


def confirm(db: Session, asked: Asked, mandate: UUID) -> bool:
    """Yes, says the inwoner, it still holds. Gives False when it isn't there, or a judge gave it."""
    require(Permission.SHARE, asked)
    return bool(db.execute(text("SELECT acl.confirm_mandate(:mandate)"), {"mandate": mandate}).scalar())


def stop_for(db: Session, asked: Asked, dossier: UUID, person: UUID) -> bool:
    """Somebody reads along no more, in the name of the inwoner, who is told. Gives False when there is nothing to stop."""
    require(Permission.SHARE_FOR, asked)
    return bool(call(db, "acl.mandate_stops(:dossier, :person)", _SENTENCES, dossier=dossier, person=person))


def _call(db: Session, function: str, **values: Any) -> Any:
    try:
        return call(db, function, {**_SENTENCES, _TWICE: ""}, **values)
    except Refused as refused:
        if refused.code == _TWICE:
            raise AlreadyDone from None
        raise
