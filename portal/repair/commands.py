"""Taking an entry out of the wrong dossier, and what becomes of it.

PostgreSQL checks the actor, does each in one function and writes the change log (migrations/rls/62_repair.sql).
"""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from portal.dossier.queries import EntryView
from portal.i18n import N_
from portal.policy import Asked, Permission, require
from portal.refusals import call

# Why PostgreSQL refuses (migrations/rls/62_repair.sql).
_SENTENCES = {
    "MB001": N_("Deze notitie is er niet meer. Misschien was een collega u net voor."),
    "MB071": N_("U haalde deze notitie zelf weg. Een collega moet hierover beslissen."),
    "MB072": N_("Een collega besliste hier al over."),
    "MB073": N_("U kunt dat dossier niet kiezen. Kies een ander dossier."),
    "MB074": N_("Alleen wie de notitie weghaalde, kan dit zeggen."),
}


def take_out(session: Session, asked: Asked, which: EntryView, whose: str) -> UUID:
    """Hides an entry from everybody at once and opens the record of the breach, whose id this gives.

    ``whose``: "andere_inwoner" or "onbekend". Raises Refused.
    """
    require(Permission.TAKE_OUT, asked)
    made = call(session, "casus.take_out(:entry, :whose)", _SENTENCES, entry=which.public_id, whose=whose)
    assert isinstance(made, UUID)
    return made


def propose(session: Session, asked: Asked, breach: UUID, dossier: UUID | None) -> None:
    """Who took the entry out says in which dossier it belongs; None: doesn't know (any more). Raises Refused."""
    require(Permission.REPAIR, asked)
    call(session, "casus.propose_dossier(:breach, :dossier)", _SENTENCES, breach=breach, dossier=dossier)


def decide(session: Session, asked: Asked, breach: UUID, decision: str, dossier: UUID | None) -> None:
    """A second professional says what becomes of the entry: "verplaatst" (to ``dossier``), "vernietigd" or "terug". Raises Refused."""
    require(Permission.REPAIR, asked)
    call(session, "casus.decide_breach(:breach, :decision, :dossier)", _SENTENCES, breach=breach, decision=decision, dossier=dossier)


def report(session: Session, asked: Asked, breach: UUID, *, reported: bool, why: str) -> None:
    """Writes down whether the breach was reported to the Autoriteit Persoonsgegevens, and why (not). Raises Refused."""
    require(Permission.REPAIR, asked)
    call(session, "casus.report_breach(:breach, :reported, :why)", _SENTENCES, breach=breach, reported=reported, why=why)


def told(session: Session, asked: Asked, breach: UUID, *, other: bool, on: date, how: str) -> None:
    """Writes down when and how an inwoner was told; ``other``: the one whom the entry is about. Raises Refused."""
    require(Permission.REPAIR, asked)
    call(session, "casus.told_of_breach(:breach, :other, :on, :how)", _SENTENCES, breach=breach, other=other, on=on, how=how)
