"""Asking to withhold, the second professional's answer, and ending it. PostgreSQL does each in one function, with its log line."""

from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.policy import Asked, Permission, require


def ask(session: Session, asked: Asked, entry_id: UUID, *, ground: int, reason: str, review_on: date, postpone: bool) -> bool:
    """Asks a colleague to confirm that an entry is withheld, or goes on to be. Gives False when it was asked already, or can't be."""
    require(Permission.WITHHOLD, asked)
    values = {"entry": entry_id, "ground": ground, "reason": reason, "review": review_on, "postpone": postpone}
    query = text("SELECT acl.ask_withholding(:entry, CAST(:ground AS smallint), :reason, :review, :postpone)")
    return bool(session.execute(query, values).scalar())


def answer(session: Session, asked: Asked, request_id: UUID, *, agree: bool, weeks: int) -> bool:
    """The second professional's answer; when it is yes the text is withheld from now on, and the inwoner told at once or after these weeks.

    Gives whether it waited for this actor.
    """
    require(Permission.CONFIRM_WITHHOLDING, asked)
    values = {"request": request_id, "agree": agree, "weeks": weeks}
    return bool(session.execute(text("SELECT acl.answer_withholding(:request, :agree, :weeks)"), values).scalar())


def end(session: Session, asked: Asked, entry_id: UUID) -> bool:
    """Shows the text again, and tells the inwoner. Gives whether it was withheld."""
    require(Permission.WITHHOLD, asked)
    return bool(session.execute(text("SELECT acl.end_withholding(:entry)"), {"entry": entry_id}).scalar())
