"""The file of an entry: what it is, and its bytes. PostgreSQL gives it to whoever reads the entry."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.documents.kinds import Kind
from portal.dossier.models import Audience, EntryKind, Section
from portal.secretbox import document_about, unseal
from portal.settings import Settings

CODES: dict[int, Kind] = {1: Kind.PDF, 2: Kind.JPEG, 3: Kind.PNG, 4: Kind.DOCX, 5: Kind.ODT}
"""The kinds as casus.document says them."""


class Damaged(Exception):
    """What is kept is not what was added: a piece is gone or was put in its place."""


@dataclass(frozen=True)
class Document:
    """What is known of a file; ``size`` in bytes, ``entry_id`` inside. ``here``: its bytes are kept here (an import brings none)."""

    entry_id: int
    entry: UUID
    kind: Kind
    size: int
    sha256: bytes
    sealed_as: UUID | None

    @property
    def here(self) -> bool:
        """Whether the bytes are kept here."""
        return self.sealed_as is not None


@dataclass(frozen=True)
class OwnDocument:
    """What the inwoner added, with its words; ``id`` inside. ``ever_shared``: somebody else could read it, now or before."""

    id: int
    public_id: UUID
    title: str
    body: str
    audience: Audience
    ever_shared: bool


_DOCUMENTS = """
SELECT d.entry_id, e.public_id, d.kind, d.size, d.sha256, d.sealed_as
FROM casus.document d JOIN casus.entry e ON e.id = d.entry_id
WHERE e.dossier_id = :dossier
"""


def document_of(session: Session, dossier_id: int, entry: UUID) -> Document | None:
    """The file of this entry; None when there is none for this reader."""
    row = session.execute(text(f"{_DOCUMENTS} AND e.public_id = :entry"), {"dossier": dossier_id, "entry": entry}).one_or_none()
    return None if row is None else _document(*row)


def documents_of(session: Session, dossier_id: int) -> list[Document]:
    """Every file of this dossier that the reader sees, oldest first."""
    return [_document(*row) for row in session.execute(text(f"{_DOCUMENTS} ORDER BY e.occurred_at, e.id"), {"dossier": dossier_id})]


def find_own(session: Session, dossier_id: int, person_id: int, entry: UUID) -> OwnDocument | None:
    """What this person added to the own part of this dossier; None when it isn't that."""
    row = session.execute(
        text(
            "SELECT e.id, e.public_id, v.title, v.body, e.audience, max(v.written_for) OVER () > 1"
            " FROM casus.entry e JOIN casus.entry_version v ON v.entry_id = e.id"
            " WHERE e.dossier_id = :dossier AND e.public_id = :entry AND e.author_id = :person AND e.kind = :kind AND e.section = :own"
            " ORDER BY v.number DESC LIMIT 1"
        ),
        {"dossier": dossier_id, "entry": entry, "person": person_id, "kind": EntryKind.DOCUMENT.value, "own": Section.EIGEN.value},
    ).one_or_none()
    return None if row is None else OwnDocument(row[0], row[1], row[2], row[3], Audience(row[4]), row[5])


def _document(entry_id: int, entry: UUID, kind: int, size: int, sha256: bytes, sealed_as: UUID | None) -> Document:
    return Document(entry_id, entry, CODES[kind], size, bytes(sha256), sealed_as)


def contents(session: Session, settings: Settings, document: Document) -> bytes:
    """The bytes as they were added. Raises Damaged and portal.secretbox.SealError; LookupError when they aren't kept here."""
    if settings.document_key is None or document.sealed_as is None:
        raise LookupError("these bytes are not here")
    query = text("SELECT p.number, p.sealed FROM casus.document_part p WHERE p.entry_id = :entry ORDER BY p.number")
    whole = b"".join(
        unseal(settings.document_key, bytes(sealed), document_about(document.sealed_as, number), settings.document_key_before)
        for number, sealed in session.execute(query, {"entry": document.entry_id}).all()
    )
    if hashlib.sha256(whole).digest() != document.sha256:
        raise Damaged
    return whole
