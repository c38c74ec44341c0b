"""Putting a dossier out of sight and bringing it back. PostgreSQL checks the actor, ends what waits and writes the change log."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.dossier.queries import DossierView
from portal.policy import Asked, Permission, require

OWN_WAY = "portaal"


def pause(session: Session, asked: Asked, which: DossierView) -> None:
    """The inwoner's own act: from the next request on there is no dossier, for them and for everybody outside the team."""
    require(Permission.PAUSE, asked)
    _pause(session, which, OWN_WAY)


def pause_for(session: Session, asked: Asked, which: DossierView, way: str) -> None:
    """The same for an inwoner who called, or for whom the independent client support did; ``way``: telefoon or oco."""
    require(Permission.PAUSE_FOR, asked)
    _pause(session, which, way)


def resume(session: Session, asked: Asked, which: DossierView) -> None:
    """Brings it back, by a professional who met the inwoner."""
    require(Permission.PAUSE_FOR, asked)
    session.execute(text("SELECT casus.resume_dossier(:dossier)"), {"dossier": which.public_id})


def _pause(session: Session, which: DossierView, way: str) -> None:
    session.execute(text("SELECT casus.pause_dossier(:dossier, :way)"), {"dossier": which.public_id, "way": way})
