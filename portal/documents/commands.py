"""Adding a document, and what the inwoner does with an own one. Ask the policy first, record the change last, never commit.

PostgreSQL checks whose dossier and whose document it is (MB001).
"""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.audit import Event, record
from portal.documents.kinds import Checked, checked
from portal.documents.queries import CODES, OwnDocument, document_of
from portal.documents.scanner import scan
from portal.dossier.models import Audience, Leefdomein, Section
from portal.dossier.queries import DossierView
from portal.i18n import N_
from portal.policy import Asked, Permission, require
from portal.refusals import call
from portal.secretbox import document_about, seal

PIECE = 1_000_000
"""Bytes that are sealed together."""
TOO_MANY = {
    "MB091": N_("Er kan geen document meer bij. U kunt hier 300 documenten bewaren, samen 1.000 MB. Heeft u er meer nodig? Bel ons dan.")
}


@dataclass(frozen=True)
class About:
    """What the adder says of a document; the audience is the inwoner's to choose, the section the professional's."""

    title: str
    body: str
    section: Section
    leefdomein: Leefdomein
    audience: Audience


def judged(data: bytes, scanner: str) -> Checked:
    """The file as it may be kept: known by its content, without the metadata of a picture, and seen by the scanner. Raises Refused."""
    good = checked(data)
    scan(data, scanner)
    return good


def add(session: Session, asked: Asked, about: DossierView, *, number: UUID, words: About, file: Checked, key: bytes) -> None:
    """A new entry with its file, sealed with ``key``. ``number`` was made with the form: sending it twice adds it once.

    Raises portal.refusals.Refused when the adder has too many documents in this dossier.
    """
    require(Permission.ADD_DOCUMENT, asked)
    pieces = [
        seal(key, file.data[begin : begin + PIECE], document_about(number, place))
        for place, begin in enumerate(range(0, len(file.data), PIECE), start=1)
    ]
    made = call(
        session,
        "casus.add_document(:dossier, :entry, :section, :leefdomein, :audience, :title, :body, :kind, :size, :sha256,"
        " CAST(:pieces AS bytea[]))",
        TOO_MANY,
        dossier=about.id,
        entry=number,
        section=words.section.value,
        leefdomein=words.leefdomein.value,
        audience=words.audience.value,
        title=words.title,
        body=words.body,
        kind=next(code for code, kind in CODES.items() if kind is file.kind),
        size=len(file.data),
        sha256=hashlib.sha256(file.data).digest(),
        pieces=pieces,
    )
    document = document_of(session, about.id, number) if made else None
    if document is not None:
        record(session, Event.DOCUMENT_ADDED, dossier_id=about.id, entry_id=document.entry_id)


def share(session: Session, asked: Asked, about: DossierView, document: OwnDocument, audience: Audience) -> None:
    """Who may read the own document from now on. Nobody is told."""
    require(Permission.CHANGE_DOCUMENT, asked)
    if audience is document.audience:
        return
    session.execute(text("SELECT casus.share_page(:entry, :audience)"), {"entry": document.public_id, "audience": audience.value})
    record(session, Event.DOCUMENT_SHARED, dossier_id=about.id, entry_id=document.id)


def throw_away(session: Session, asked: Asked, about: DossierView, document: OwnDocument) -> bool:
    """Throws away a document that nobody else could ever read: words, file and all. Gives false when somebody could."""
    require(Permission.CHANGE_DOCUMENT, asked)
    thrown = bool(session.execute(text("SELECT casus.throw_page(:entry)"), {"entry": document.public_id}).scalar_one())
    if thrown:
        record(session, Event.DOCUMENT_THROWN, dossier_id=about.id, entry_id=document.id)
    return thrown
