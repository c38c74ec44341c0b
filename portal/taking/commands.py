"""Asking for a copy, throwing it away, and that it was fetched."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.audit import Event, record
from portal.dossier.queries import DossierView
from portal.policy import Asked, Permission, require


def ask(session: Session, asked: Asked, about: DossierView, language: str) -> None:
    """Puts the question in the queue of the worker; while one is there already, nothing changes."""
    require(Permission.TAKE_ALONG, asked)
    values = {"dossier": about.id, "language": language}
    if session.execute(text("SELECT portaal.ask_taking(:dossier, :language)"), values).scalar():
        record(session, Event.TAKING_ASKED, dossier_id=about.id)


def drop(session: Session, asked: Asked, about: DossierView) -> None:
    """The copy is gone at once, ready or not."""
    require(Permission.TAKE_ALONG, asked)
    if session.execute(text("SELECT portaal.drop_taking(:dossier)"), {"dossier": about.id}).scalar():
        record(session, Event.TAKING_DROPPED, dossier_id=about.id)


def fetched(session: Session, asked: Asked, about: DossierView) -> None:
    """Writes down that the copy was fetched."""
    require(Permission.TAKE_ALONG, asked)
    record(session, Event.TAKING_FETCHED, dossier_id=about.id)
