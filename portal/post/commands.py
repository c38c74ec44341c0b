"""Printing, posting, and taking care of what can't go. PostgreSQL writes down who did it (migrations/rls/55_portaal_post.sql)."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.letters import Letter
from portal.mail import open_secrets
from portal.policy import Asked, Permission, require
from portal.secretbox import SealError


def print_letters(db: Session, asked: Asked) -> list[Letter]:
    """Everything that the letters of the team need on paper; they count as printed from now on. The oldest first."""
    require(Permission.DO_POST, asked)
    rows = db.execute(text("SELECT * FROM portaal.print_letters()")).mappings()
    return [
        Letter(
            row["public_id"], row["template"], row["language"], row["to_whom"], row["to_name"], tuple(row["to_lines"]),
            _secrets(row["public_id"], row["sealed"]), row["since"],
        )
        for row in rows
    ]  # fmt: skip


def letters_posted(db: Session, asked: Asked, letters: Sequence[UUID]) -> int:
    """These are on the post, and what was secret in them is gone. Gives how many: one that was never printed, or may not go, stays."""
    require(Permission.DO_POST, asked)
    return int(db.execute(text("SELECT portaal.letters_posted(:letters)"), {"letters": list(letters)}).scalar_one())


def task_done(db: Session, asked: Asked, task: UUID) -> bool:
    """Somebody told it another way: it doesn't go any more. False when that is no task of this team."""
    require(Permission.DO_POST, asked)
    return bool(db.execute(text("SELECT portaal.post_task_done(:task)"), {"task": task}).scalar_one())


def allow(db: Session, asked: Asked, task: UUID) -> bool:
    """Somebody read the words about safe contact, and it may go. False when that is no such task of this team."""
    require(Permission.DO_POST, asked)
    return bool(db.execute(text("SELECT portaal.post_allow(:task)"), {"task": task}).scalar_one())


def _secrets(letter: UUID, sealed: bytes | None) -> dict[str, str] | None:
    try:
        return open_secrets(letter, sealed)
    except SealError:
        return None
