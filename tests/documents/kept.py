"""Files that stand in a dossier already, sealed as the form would leave them."""

import hashlib
from typing import Any
from uuid import UUID

import psycopg

from portal.secretbox import document_about, seal

CODES = {"pdf": 1, "jpg": 2, "png": 3, "docx": 4, "odt": 5}


def keep(admin: psycopg.Connection[Any], key: bytes, entry: UUID, kind: str, data: bytes, *, here: bool = True) -> None:
    """Gives an entry a file, in place of the one it may have. Not ``here``: known from an import, without its bytes."""
    admin.execute("DELETE FROM casus.document d USING casus.entry e WHERE e.id = d.entry_id AND e.public_id = %s", (entry,))
    admin.execute("UPDATE casus.entry SET kind = 12 WHERE public_id = %s", (entry,))
    admin.execute(
        "INSERT INTO casus.document (entry_id, dossier_id, kind, size, sha256, sealed_as)"
        " SELECT id, dossier_id, %s, %s, %s, %s FROM casus.entry WHERE public_id = %s",
        (CODES[kind], len(data), hashlib.sha256(data).digest(), entry if here else None, entry),
    )
    if here:
        admin.execute(
            "INSERT INTO casus.document_part (entry_id, number, sealed) SELECT id, 1, %s FROM casus.entry WHERE public_id = %s",
            (seal(key, data, document_about(entry, 1)), entry),
        )
