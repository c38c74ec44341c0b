"""Asking for destruction, taking it back, and the answer.

PostgreSQL checks the actor, does each in one function and writes the change log (migrations/rls/66_destruction.sql).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from portal.dossier.queries import DossierView
from portal.i18n import N_
from portal.policy import Asked, Permission, require
from portal.refusals import call

# Why PostgreSQL refuses (migrations/rls/66_destruction.sql).
_ASKING = {"MB001": N_("Kies eerst wat weg moet. Misschien vroeg u dit al.")}
_ANSWERING = {
    "MB001": N_("Deze vraag is er niet meer. Misschien gaf een collega net antwoord."),
    "MB081": N_("De vraag is net veranderd. Kijk alles nog een keer na."),
    "MB082": N_("Kies bij elke notitie die blijft waarom, en schrijf de reden op."),
}


@dataclass(frozen=True)
class Kept:
    """An entry that stays: on which ground (queries.GROUNDS), and the reason in plain words."""

    entry_id: UUID
    ground: int
    reason: str


def ask(session: Session, asked: Asked, about: DossierView, *, number: UUID, entries: Sequence[UUID], whole: bool) -> None:
    """Asks to destroy these entries, or everything that the inwoner can read. Sending it twice asks once. Raises Refused."""
    require(Permission.ASK_DESTRUCTION, asked)
    call(
        session,
        "casus.ask_destruction(:dossier, :number, CAST(:entries AS uuid[]), :whole)",
        _ASKING,
        dossier=about.id,
        number=number,
        entries=list(entries),
        whole=whole,
    )


def take_back(session: Session, asked: Asked, question: UUID) -> None:
    """Takes back what isn't decided yet. Raises Refused."""
    require(Permission.ASK_DESTRUCTION, asked)
    call(session, "casus.take_back_destruction(:question)", _ANSWERING, question=question)


def answer(session: Session, asked: Asked, question: UUID, *, gone: Sequence[UUID], kept: Sequence[Kept]) -> None:
    """Destroys ``gone`` for good and keeps the rest with its ground and reason. The inwoner gets a mail. Raises Refused."""
    require(Permission.ANSWER, asked)
    call(
        session,
        "casus.answer_destruction(:question, CAST(:gone AS uuid[]), CAST(:kept AS uuid[]), CAST(:grounds AS smallint[]),"
        " CAST(:reasons AS text[]))",
        _ANSWERING,
        question=question,
        gone=list(gone),
        kept=[one.entry_id for one in kept],
        grounds=[one.ground for one in kept],
        reasons=[one.reason for one in kept],
    )


def ask_for_plan(session: Session, asked: Asked, about: DossierView, number: UUID) -> None:
    """Asks to destroy the whole plan. Sending it twice asks once. Raises Refused."""
    require(Permission.ASK_DESTRUCTION, asked)
    call(session, "casus.ask_plan_destruction(:dossier, :number)", _ASKING, dossier=about.id, number=number)


def take_back_plan(session: Session, asked: Asked, question: UUID) -> None:
    """Takes that back, when it isn't decided yet. Raises Refused."""
    require(Permission.ASK_DESTRUCTION, asked)
    call(session, "casus.take_back_plan_destruction(:question)", _ANSWERING, question=question)


def answer_plan(session: Session, asked: Asked, question: UUID, ground: int | None, reason: str) -> None:
    """Destroys the plan for good (``ground`` None), or keeps it with ground and reason. The inwoner gets a mail. Raises Refused."""
    require(Permission.ANSWER, asked)
    call(session, "casus.answer_plan_destruction(:question, :ground, :reason)", _ANSWERING, question=question, ground=ground, reason=reason)
