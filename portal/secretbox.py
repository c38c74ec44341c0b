"""Encrypting what the database keeps but must not be able to read: TOTP secrets, typed text, documents and what only a letter may say."""

import hashlib
import hmac
import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12
LONGER = _NONCE + 16
"""Bytes that sealing adds: the nonce, and the tag that AES-GCM ends with. ``casus.add_document`` counts on it."""


class SealError(Exception):
    """The text was changed, belongs to something else, or was sealed with another key."""


def seal(key: bytes, plain: bytes, about: str) -> bytes:
    """Encrypts with AES-256-GCM (``key`` 32 bytes). ``about`` says what it belongs to: moved to another row it stays shut."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, about.encode())


def unseal(key: bytes, sealed: bytes, about: str, before: bytes | None = None) -> bytes:
    """Gives back what ``seal`` was given; ``before`` is the key of before, while one takes the place of another. Raises SealError."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], about.encode())
    except (InvalidTag, ValueError) as error:
        if before is not None:
            return unseal(before, sealed, about)
        raise SealError from error


def totp_about(account: UUID) -> str:
    """To what the secret of an authenticator app belongs: the account (its public id)."""
    return f"totp;{account}"


def typed_about(face: str, person_id: int, form_key: str) -> str:
    """To what kept text belongs: a person on a face, and the form."""
    return f"typed;{face};{person_id};{form_key}"


def letter_about(letter: UUID) -> str:
    """To what the secret words of a letter belong: the letter (its public id)."""
    return f"letter;{letter}"


def taking_about(copy: UUID, number: int) -> str:
    """To what a piece of a copy of a dossier belongs: the copy (its public id), and which piece."""
    return f"taking;{copy};{number}"


def document_about(document: UUID, number: int) -> str:
    """To what a piece of a document belongs: the document (the id it was sealed with), and which piece."""
    return f"document;{document};{number}"


def package_about(package: UUID, number: int) -> str:
    """To what a piece of what is handed over belongs: the package, and which piece."""
    return f"package;{package};{number}"


def keyed_hash(key: bytes, purpose: str, value: str) -> bytes:
    """32 bytes that stand for ``value`` without telling it to who lacks the key; different for each ``purpose``."""
    return hmac.new(key, f"{purpose}\0{value}".encode(), hashlib.sha256).digest()
