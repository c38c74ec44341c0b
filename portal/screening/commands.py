"""What the team does with a melding. PostgreSQL checks the actor and does each in one function (migrations/rls/47_screening.sql)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from portal.i18n import N_
from portal.intake.commands import new_number
from portal.paper_code import code_hash, new_code
from portal.policy import Asked, Permission, require
from portal.refusals import Refused, call

# Why PostgreSQL refuses (migrations/rls/47_screening.sql).
_SENTENCES = {
    "MB001": N_("Deze melding is er niet."),
    "MB006": N_("Deze datum kan niet. Kies een dag tussen de melding en vandaag."),
    "MB013": N_("Deze dag is te vroeg. Kies de dag van de vorige stap, of een dag daarna."),
    "MB012": N_("Deze melding is net al afgerond. Kijk eerst wat er is gebeurd."),
    "MB011": N_("Dit kan zo niet. Kijk uw antwoorden nog eens na."),
}


def not_so() -> Refused:
    """The refusal of answers that don't belong together, for what a form notices before PostgreSQL does."""
    return Refused("MB011", _SENTENCES["MB011"])


@dataclass(frozen=True)
class Entered:
    """A melding that was written down for somebody. The code is said or printed once, and kept nowhere."""

    public_id: UUID
    number: str
    code: str


def opened(db: Session, asked: Asked, melding: UUID) -> None:
    """Writes who opens it, in the transaction that shows it: no line, no page. Raises Refused."""
    _call(db, asked, "casus.melding_opened(:melding)", melding=melding)


def act(
    db: Session, asked: Asked, melding: UUID, what: str, *, value: str | None = None, told: str = "", at: datetime | None = None
) -> None:
    """Something happened with it; ``told`` is what the person reads of it, ``at`` when it was (None: now). Raises Refused."""
    _call(db, asked, "casus.melding_act(:melding, :what, :value, :told, :at)", melding=melding, what=what, value=value, told=told, at=at)


def research(db: Session, asked: Asked, melding: UUID, what: str, *, told: str, at: datetime | None) -> None:
    """A step of the research or the decision of the Wmo; ``told`` and ``at`` as of ``act``. Raises Refused."""
    _call(db, asked, "casus.research_act(:melding, :what, :told, :at)", melding=melding, what=what, told=told, at=at)


def tell(db: Session, asked: Asked, melding: UUID) -> None:
    """Lets the person know that there is an answer, not which: by mail, by letter, or as a task of the team. Raises Refused."""
    _call(db, asked, "portaal.tell_melding(:melding)", melding=melding)


def note(
    db: Session,
    asked: Asked,
    melding: UUID,
    about: str,
    *,
    value: str | None = None,
    words: str = "",
    version: str | None = None,
    day: date | None = None,
) -> None:
    """Something that only the team notes; of the rights also which version of the text was given, and when. Raises Refused."""
    _call(
        db, asked, "casus.note_melding(:melding, :about, :value, :words, :version, :day)",
        melding=melding, about=about, value=value, words=words, version=version, day=day,
    )  # fmt: skip


def take(db: Session, asked: Asked, melding: UUID) -> None:
    """The actor is responsible from now on. Raises Refused."""
    _call(db, asked, "casus.take_melding(:melding)", melding=melding)


def give(db: Session, asked: Asked, melding: UUID, to_staff: UUID, why: str) -> None:
    """A colleague of the same team is responsible from now on. Raises Refused."""
    _call(db, asked, "casus.give_melding(:melding, :staff, :why)", melding=melding, staff=to_staff, why=why)


def move(db: Session, asked: Asked, melding: UUID, to_team: UUID, why: str) -> None:
    """To another team; nobody is responsible until somebody there takes it on. Raises Refused."""
    _call(db, asked, "casus.move_melding(:melding, :team, :why)", melding=melding, team=to_team, why=why)


def merge(db: Session, asked: Asked, melding: UUID, other: UUID) -> UUID:
    """Two of one person become one; gives the one that goes on. Raises Refused."""
    going_on: UUID = _call(db, asked, "casus.merge_meldingen(:melding, :other)", melding=melding, other=other)
    return going_on


def put_flood_aside(db: Session, asked: Asked, melding: UUID) -> int:
    """Puts aside what came in the same flood; gives how many. Raises Refused."""
    return int(_call(db, asked, "casus.put_flood_aside(:melding)", melding=melding))


def enter(
    db: Session, asked: Asked, channel: str, answers: Mapping[str, Any], team: str | None, *, received: datetime | None, why: str
) -> Entered:
    """Writes down what somebody asked, for a team (None: the own), ``received`` then (None: now). Raises Refused."""
    code = new_code()
    number = new_number()
    public_id = _call(
        db, asked, "casus.enter_melding(:number, :channel, :answers, :team, :received, :why, :code)",
        number=number, channel=channel, answers=dict(answers), team=team, received=received, why=why, code=code_hash(code),
    )  # fmt: skip
    return Entered(public_id, number, code)


def _call(db: Session, asked: Asked, function: str, **values: Any) -> Any:
    require(Permission.SCREEN, asked)
    statement = text(f"SELECT {function}")
    if "answers" in values:
        statement = statement.bindparams(bindparam("answers", type_=JSONB))
    return call(db, statement, _SENTENCES, **values)
