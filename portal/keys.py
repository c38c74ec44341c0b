"""Keys put away and changed: the work behind ``portal keys``.

A copy of keys is shut with a passphrase (Argon2id, AES-256-GCM) and holds whole settings files, so passwords of roles too. The text key is
changed in two steps, so that nobody is shut out meanwhile: the new one beside the old, and then everything sealed anew. So is the
document key, which two faces share; it seals documents and what is handed over.
"""

import contextlib
import json
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw

from portal.backup import Connection, connect
from portal.demo.processes import private_umask
from portal.secretbox import SealError, document_about, letter_about, package_about, seal, totp_about, typed_about, unseal
from portal.settings import DEMO_KEY_MARK, DOCUMENT_FACES, ProgramSettings, Settings, key_of
from portal.settings_file import change_settings, read_settings, role_of

MAGIC = b"mijn-buurtteam-keys-1\n"
FEWEST_CHARACTERS = 16
_SALT = 16
_KEY_BYTES = 32
_BATCH = 200


class KeysError(Exception):
    """Keys can't be put away, put back or changed; the text is one plain sentence that shows no key."""


# --- put away and put back


def put_away(files: list[Path], target: Path, passphrase: str) -> None:
    """Writes the files, shut with the passphrase, to ``target`` (mode 600), which must not be there. Raises KeysError, SettingsError."""
    if len(passphrase) < FEWEST_CHARACTERS:
        raise KeysError(f"The passphrase needs at least {FEWEST_CHARACTERS} characters.")
    texts: dict[str, str] = {}
    for path in files:
        if not any(name.endswith("_KEY") or name == "MBT_DATABASE_URL" for name in read_settings(path)):
            raise KeysError(f"{path} holds no key and no password.")
        if path.name in texts:
            raise KeysError(f"Two files are called {path.name}; give each another name.")
        texts[path.name] = path.read_text(encoding="utf-8")
    salt = os.urandom(_SALT)
    sealed = seal(_stretched(passphrase, salt), json.dumps(texts).encode(), MAGIC.decode())
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as problem:
        raise KeysError(f"{target} can't be made ({type(problem).__name__}); a copy of keys never writes over anything.") from None
    with os.fdopen(handle, "wb") as file:
        file.write(MAGIC + salt + sealed)
        file.flush()
        os.fsync(file.fileno())


def put_back(source: Path, folder: Path, passphrase: str) -> list[Path]:
    """Writes the settings files of a copy into ``folder``, which must not be there. Gives their paths. Raises KeysError."""
    content = source.read_bytes()
    if not content.startswith(MAGIC):
        raise KeysError(f"{source} is no copy of keys.")
    salt, sealed = content[len(MAGIC) :][:_SALT], content[len(MAGIC) + _SALT :]
    try:
        texts: dict[str, str] = json.loads(unseal(_stretched(passphrase, salt), sealed, MAGIC.decode()))
    except SealError:
        raise KeysError("This passphrase does not open it, or the file was changed or cut off.") from None
    try:
        folder.mkdir(mode=0o700)
    except OSError as problem:
        raise KeysError(f"The folder {folder} can't be made ({type(problem).__name__}); nothing is written over.") from None
    with private_umask():
        for name, text in texts.items():
            (folder / Path(name).name).write_text(text, encoding="utf-8")
    return [folder / Path(name).name for name in texts]


def _stretched(passphrase: str, salt: bytes) -> bytes:
    """The key behind a passphrase: Argon2id with 256 MiB (RFC 9106 recommends more memory for what is done seldom)."""
    return hash_secret_raw(
        passphrase.encode(), salt.ljust(_SALT, b"\0"), time_cost=4, memory_cost=262144, parallelism=1, hash_len=32, type=Type.ID
    )


# --- change


def change_session_key(file: Path) -> None:
    """Another key for cookies and forms: everybody signs in anew. Raises KeysError, SettingsError."""
    settings = _whole_face(file)
    change_settings(file, {"MBT_SESSION_KEY": _new_key(settings)})


def change_actor_key(file: Path, admin_dsn: str, database: str) -> None:
    """Another key for signing who asks, here and in the database at once: the old one is refused from then on. Raises SettingsError."""
    settings = read_settings(file)
    role = role_of(file, settings)
    ProgramSettings.from_environment(role, settings)
    new = _new_key(settings)
    with connect(admin_dsn, database) as connection, connection.transaction():
        _install(connection, role, key_of({**settings, "MBT_ACTOR_KEY": new}, "MBT_ACTOR_KEY"))
        # Before the commit: when it can't be written, the database keeps the old one too.
        change_settings(file, {"MBT_ACTOR_KEY": new})


def install_actor_keys(keys: Mapping[str, bytes], admin_dsn: str, database: str) -> None:
    """Gives the database the actor keys (32 to 64 bytes, by role), as after a restore."""
    with connect(admin_dsn, database) as connection, connection.transaction():
        for role, key in keys.items():
            _install(connection, role, key)


def begin_text_key(file: Path) -> None:
    """Puts a new text key into the file, with the old one beside it: the first of two steps. Raises KeysError, SettingsError."""
    settings = _whole_face(file)
    if settings.get("MBT_TEXT_KEY_BEFORE"):
        raise KeysError(f"{file} is between two text keys already: restart the face, and then run `portal keys finish`.")
    change_settings(file, {"MBT_TEXT_KEY": _new_key(settings), "MBT_TEXT_KEY_BEFORE": settings["MBT_TEXT_KEY"]})


def finish_text_key(file: Path, admin_dsn: str, database: str, say: Callable[[str], None], *, accept_lost: bool = False) -> int:
    """Seals anew what the old text key still opens, and takes that key out of the file: the second step, which may be run again.

    Gives the number of things sealed anew. Raises KeysError when a secret of an app opens with neither key, unless that is accepted.
    """
    settings = _whole_face(file)
    if not settings.get("MBT_TEXT_KEY_BEFORE"):
        raise KeysError(f"{file} holds no key of before, so there is nothing to finish.")
    new, old = key_of(settings, "MBT_TEXT_KEY"), key_of(settings, "MBT_TEXT_KEY_BEFORE")
    with connect(admin_dsn, database) as connection:
        done, lost = _seal_secrets_anew(connection, settings["MBT_FACE"], new, old)
        say(f"Secrets of apps: {done} sealed anew.")
        texts = _seal_texts_anew(connection, settings["MBT_FACE"], new, old)
        say(f"Kept texts: {texts} sealed anew.")
        letters = _seal_letters_anew(connection, new, old) if settings["MBT_FACE"] == "team" else 0
        say(f"Letters that still have to go: {letters} sealed anew.")
    if lost and not accept_lost:
        raise KeysError(
            f"{lost} secrets of apps open with neither key, so the old key stays. Is it the right file? Else say --accept-lost."
        )
    change_settings(file, {"MBT_TEXT_KEY_BEFORE": None})
    return done + texts + letters


def _seal_secrets_anew(connection: Connection, face: str, new: bytes, old: bytes) -> tuple[int, int]:
    """In small transactions; a row that is being changed is waited for. Gives how many were sealed anew, how many open with neither."""
    done = lost = last = 0
    while True:
        with connection.transaction():
            rows = connection.execute(
                "SELECT id, public_id, totp_secret FROM portaal.account WHERE face = %s AND totp_secret IS NOT NULL AND id > %s"
                " ORDER BY id LIMIT %s FOR UPDATE",
                (face, last, _BATCH),
            ).fetchall()
            for number, public_id, sealed in rows:
                last = number
                try:
                    anew = _anew(new, old, bytes(sealed), totp_about(public_id))
                except SealError:
                    lost += 1
                    continue
                if anew is not None:
                    connection.execute("UPDATE portaal.account SET totp_secret = %s WHERE id = %s", (anew, number))
                    done += 1
        if not rows:
            return done, lost


def _seal_texts_anew(connection: Connection, face: str, new: bytes, old: bytes) -> int:
    """Kept text is there for 24 hours, so it is little; what opens with neither key was lost before, and goes by itself."""
    done = 0
    with connection.transaction():
        rows = connection.execute(
            "SELECT person_id, form_key, ciphertext FROM portaal.typed_text WHERE face = %s FOR UPDATE", (face,)
        ).fetchall()
        for person_id, form_key, sealed in rows:
            with contextlib.suppress(SealError):
                anew = _anew(new, old, bytes(sealed), typed_about(face, person_id, form_key))
                if anew is not None:
                    connection.execute(
                        "UPDATE portaal.typed_text SET ciphertext = %s WHERE person_id = %s AND face = %s AND form_key = %s",
                        (anew, person_id, face, form_key),
                    )
                    done += 1
    return done


def _seal_letters_anew(connection: Connection, new: bytes, old: bytes) -> int:
    """Letters to be printed by the team: few, and gone once they are posted. One that opens with neither key is told when it is printed."""
    done = 0
    with connection.transaction():
        rows = connection.execute("SELECT id, public_id, sealed FROM portaal.letter WHERE sealed IS NOT NULL FOR UPDATE").fetchall()
        for number, public_id, sealed in rows:
            with contextlib.suppress(SealError):
                anew = _anew(new, old, bytes(sealed), letter_about(public_id))
                if anew is not None:
                    connection.execute("UPDATE portaal.letter SET sealed = %s WHERE id = %s", (anew, number))
                    done += 1
    return done


def begin_document_key(files: list[Path]) -> None:
    """Puts a new document key into the files of both faces, with the old one beside it: the first of two steps.

    When it was interrupted after the first file, it gives the second one the same. Raises KeysError, SettingsError.
    """
    faces = _document_faces(files)
    begun = [settings for settings in faces if settings.get("MBT_DOCUMENT_KEY_BEFORE")]
    half = len(begun) == 1 and any(settings.get("MBT_DOCUMENT_KEY") == begun[0]["MBT_DOCUMENT_KEY_BEFORE"] for settings in faces)
    if begun and not half:
        raise KeysError(
            "These files are between two document keys already: restart the faces, and then run `portal keys finish-documents`."
        )
    if half:
        new, old = begun[0]["MBT_DOCUMENT_KEY"], begun[0]["MBT_DOCUMENT_KEY_BEFORE"]
    else:
        new, old = _new_key(faces[0]), _shared_key(faces)
    for file in files:
        change_settings(file, {"MBT_DOCUMENT_KEY": new, "MBT_DOCUMENT_KEY_BEFORE": old})


@dataclass(frozen=True)
class _Pieces:
    """Pieces that the document key seals: how one is found (its two numbers, what it was sealed with, its bytes), and laid back."""

    find: LiteralString
    change: LiteralString
    about: Callable[[UUID, int], str]


_PIECES = (
    _Pieces(
        "SELECT p.entry_id, p.number, d.sealed_as, p.sealed FROM casus.document_part p JOIN casus.document d USING (entry_id)"
        " WHERE (p.entry_id, p.number) > (%s, %s) ORDER BY p.entry_id, p.number LIMIT 1 FOR UPDATE OF p",
        "UPDATE casus.document_part SET sealed = %s WHERE entry_id = %s AND number = %s",
        document_about,
    ),
    _Pieces(
        "SELECT p.handover_id, p.number, k.public_id, p.sealed FROM portaal.package_part p JOIN portaal.package k USING (handover_id)"
        " WHERE (p.handover_id, p.number) > (%s, %s) ORDER BY p.handover_id, p.number LIMIT 1 FOR UPDATE OF p",
        "UPDATE portaal.package_part SET sealed = %s WHERE handover_id = %s AND number = %s",
        package_about,
    ),
)


def _seal_pieces_anew(connection: Connection, pieces: _Pieces, new: bytes, old: bytes) -> int:
    """Gives how many were. Raises KeysError when one opens with neither key."""
    done, last = 0, (0, 0)
    # One piece in a transaction: each is a megabyte, and half way both keys open what they shut.
    while True:
        with connection.transaction():
            row = connection.execute(pieces.find, last).fetchone()
            if row is None:
                return done
            last = (row[0], row[1])
            try:
                anew = _anew(new, old, bytes(row[3]), pieces.about(row[2], row[1]))
            except SealError:
                raise KeysError("A document opens with neither key, so the old key stays. Are these the right files?") from None
            if anew is not None:
                connection.execute(pieces.change, (anew, *last))
                done += 1


def finish_document_key(files: list[Path], admin_dsn: str, database: str) -> int:
    """Seals anew what the old document key still opens, and takes that key out of the files: the second step, which may be run again.

    Gives the number of pieces sealed anew. Raises KeysError when a piece opens with neither key; then the old key stays.
    """
    faces = _document_faces(files)
    _shared_key(faces)
    # One file alone still holds it when taking it out was interrupted.
    between = next((settings for settings in faces if settings.get("MBT_DOCUMENT_KEY_BEFORE")), None)
    if between is None:
        raise KeysError("These files hold no document key of before, so there is nothing to finish.")
    new, old = key_of(between, "MBT_DOCUMENT_KEY"), key_of(between, "MBT_DOCUMENT_KEY_BEFORE")
    with connect(admin_dsn, database) as connection:
        done = sum(_seal_pieces_anew(connection, pieces, new, old) for pieces in _PIECES)
    for file in files:
        change_settings(file, {"MBT_DOCUMENT_KEY_BEFORE": None})
    return done


def _document_faces(files: list[Path]) -> list[dict[str, str]]:
    """The settings of both faces that share the key, whole. Raises KeysError, SettingsError."""
    faces = [_whole_face(file) for file in files]
    if sorted(settings["MBT_FACE"] for settings in faces) != sorted(DOCUMENT_FACES):
        raise KeysError("Give the settings files of both faces at once: inwoner and team share the document key.")
    return faces


def _shared_key(faces: list[dict[str, str]]) -> str:
    """The key that all of them hold. Raises KeysError."""
    first = faces[0].get("MBT_DOCUMENT_KEY")
    if not first or any(settings.get("MBT_DOCUMENT_KEY") != first for settings in faces):
        raise KeysError("The two files must hold the same MBT_DOCUMENT_KEY.")
    return first


def _anew(new: bytes, old: bytes, sealed: bytes, about: str) -> bytes | None:
    """Sealed with the new key; None when it is already. Raises SealError when neither key opens it."""
    try:
        unseal(new, sealed, about)
    except SealError:
        return seal(new, unseal(old, sealed, about), about)
    return None


def _install(connection: Connection, role: str, key: bytes) -> None:
    connection.execute("SELECT acl.install_key(%s::text, %s::bytea)", (role, key))


def _whole_face(file: Path) -> dict[str, str]:
    """The settings of a face, whole and safe. Raises SettingsError."""
    settings = read_settings(file)
    Settings.from_environment(settings)
    return settings


def _new_key(settings: Mapping[str, str]) -> str:
    return (DEMO_KEY_MARK if settings.get("MBT_MODE") == "demo" else "") + secrets.token_hex(_KEY_BYTES)
