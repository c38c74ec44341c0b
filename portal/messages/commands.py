"""Writing to each other. Ask the policy first, record the change last, never commit.

PostgreSQL checks who takes part (migrations/rls/65_messages.sql).
"""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.audit import Event, record
from portal.dossier.queries import DossierView
from portal.i18n import N_
from portal.policy import Asked, Permission, require
from portal.refusals import call

_SENTENCES = {"MB071": N_("Er werkt nu niemand in uw dossier. Daarom kunt u geen bericht sturen.")}


def write(session: Session, asked: Asked, about: DossierView, *, number: UUID, words: str) -> None:
    """Writes to the team. ``number`` was made with the form: sending it twice writes it once. Raises Refused."""
    require(Permission.WRITE_MESSAGE, asked)
    _write(session, about, number, words, None)


def answer(session: Session, asked: Asked, about: DossierView, *, number: UUID, words: str, last_shown: UUID | None) -> None:
    """Writes to the inwoner, who gets a mail. What waited, up to ``last_shown``, waits no more. Sending it twice writes it once."""
    require(Permission.ANSWER_MESSAGE, asked)
    _write(session, about, number, words, last_shown)


def _write(session: Session, about: DossierView, number: UUID, words: str, last_shown: UUID | None) -> None:
    values = {"dossier": about.id, "number": number, "words": words, "shown": last_shown}
    written = call(session, "casus.write_message(:dossier, :number, :words, :shown)", _SENTENCES, **values)
    if written:
        record(session, Event.MESSAGE_WRITTEN, dossier_id=about.id)


def settle(session: Session, asked: Asked, about: DossierView, last_shown: UUID) -> None:
    """What waits, up to ``last_shown``, needs no answer. The inwoner sees who saw it."""
    require(Permission.ANSWER_MESSAGE, asked)
    done = session.execute(text("SELECT casus.settle_messages(:dossier, :shown)"), {"dossier": about.id, "shown": last_shown}).scalar_one()
    if done:
        record(session, Event.MESSAGE_SETTLED, dossier_id=about.id)
