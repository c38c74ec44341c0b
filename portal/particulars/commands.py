"""Writing a change down, and agreeing as a second one. Ask the policy first; PostgreSQL writes the change log.

Each is one function (migrations/rls/85_particulars.sql, 87_same_person.sql) that checks whose it is.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from portal.dossier.queries import DossierView
from portal.i18n import N_
from portal.particulars.models import Kind
from portal.policy import Asked, Permission, require
from portal.refusals import call

_SENTENCES = {
    "MB001": N_("Dit is er niet."),
    "MB009": N_("Dit is al gedaan."),
    "MB072": N_("Dit wacht al op een collega, of kan nu niet."),
    "MB095": N_("Deze dag kan niet."),
    "MB116": N_("De geboortedag of het BSN is anders. Dit zijn misschien twee mensen."),
}


@dataclass(frozen=True)
class Written:
    """What changes, with its proof; as the columns of casus.particulars_change. Only what goes with the kind."""

    kind: Kind
    proof: str
    died_on: date | None = None
    first_name: str | None = None
    infix: str | None = None
    last_name: str | None = None
    stadsdeel_id: int | None = None
    other_id: int | None = None


def ask(session: Session, asked: Asked, about: DossierView, number: UUID, written: Written) -> None:
    """Writes it down; it is so when a colleague agrees. ``number`` becomes its id. Raises Refused."""
    require(Permission.CHANGE_PARTICULARS, asked)
    _write_down(session, about.id, number, written)


def ask_same(session: Session, asked: Asked, dossier: int, number: UUID, written: Written) -> None:
    """Writes down that ``written.other_id`` is of the same person as this dossier; the actor works in both. Raises Refused."""
    require(Permission.AGREE_PARTICULARS, asked)
    _write_down(session, dossier, number, written)


def _write_down(session: Session, dossier: int, number: UUID, written: Written) -> None:
    values = {"dossier": dossier, "number": number, "about": json.dumps(asdict(written), default=str, ensure_ascii=False)}
    call(session, "casus.ask_particulars(:dossier, :number, CAST(:about AS jsonb))", _SENTENCES, **values)


def answer(session: Session, asked: Asked, change: UUID, *, agrees: bool) -> None:
    """The second one agrees, or not; who wrote it down takes it back. Raises Refused."""
    require(Permission.AGREE_PARTICULARS, asked)
    call(session, "casus.answer_particulars(:change, :agrees)", _SENTENCES, change=change, agrees=agrees)


def finish(session: Session, asked: Asked, about: DossierView) -> None:
    """The team is done with the dossier of somebody who died. Raises Refused."""
    require(Permission.CHANGE_PARTICULARS, asked)
    call(session, "casus.finish_after_death(:dossier)", _SENTENCES, dossier=about.id)


def part(session: Session, asked: Asked, about: DossierView) -> None:
    """What was made one with this dossier is apart again, at once. Raises Refused."""
    require(Permission.CHANGE_PARTICULARS, asked)
    call(session, "casus.part_persons(:dossier)", _SENTENCES, dossier=about.id)


def open_other(session: Session, asked: Asked, dossier: UUID) -> None:
    """The session goes on in another one of the own dossiers. Raises Refused."""
    require(Permission.OPEN_OTHER_DOSSIER, asked)
    call(session, "portaal.open_own_dossier(:dossier)", _SENTENCES, dossier=dossier)
