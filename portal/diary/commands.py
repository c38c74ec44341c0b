"""Writing in the own diary. Ask the policy first, record the change last, never commit. PostgreSQL checks whose page it is (MB001)."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.audit import Event, record
from portal.diary.queries import DiaryPage, find_page
from portal.dossier.commands import Superseded
from portal.dossier.models import Audience, Leefdomein
from portal.dossier.queries import DossierView
from portal.policy import Asked, Permission, require


@dataclass(frozen=True)
class PageText:
    """What a page says."""

    title: str
    body: str


def write_page(session: Session, asked: Asked, about: DossierView, *, number: UUID, leefdomein: Leefdomein, words: PageText) -> None:
    """A new page, for its writer alone. ``number`` was made with the form: sending it twice writes it once; other words: a newer text."""
    require(Permission.WRITE_DIARY, asked)
    assert asked.actor is not None
    made = session.execute(
        text("SELECT casus.write_page(:d, :n, :l, :title, :body)"),
        {"d": about.id, "n": number, "l": leefdomein.value, "title": words.title, "body": words.body},
    ).scalar_one()
    page = find_page(session, about, asked.actor.person_id, number)
    if made and page is not None:
        record(session, Event.DIARY_WRITTEN, dossier_id=about.id, entry_id=page.id)
    elif page is not None:
        change_page(session, asked, about, page, base=page.number, words=words)


def change_page(session: Session, asked: Asked, about: DossierView, page: DiaryPage, *, base: int, words: PageText) -> None:
    """A newer text; the earlier one stays, for whom it was. The same words again are no new text. Raises Superseded."""
    require(Permission.WRITE_DIARY, asked)
    if words == PageText(page.title, page.body):
        return
    added = session.execute(
        text("SELECT casus.change_page(:page, :base, :title, :body)"),
        {"page": page.public_id, "base": base, "title": words.title, "body": words.body},
    ).scalar_one()
    if not added:
        raise Superseded
    record(session, Event.DIARY_CHANGED, dossier_id=about.id, entry_id=page.id)


def share_page(session: Session, asked: Asked, about: DossierView, page: DiaryPage, audience: Audience) -> None:
    """Who may read the page from now on: its newest text, and what was written for them before. Nobody is told."""
    require(Permission.WRITE_DIARY, asked)
    if audience is page.audience:
        return
    session.execute(text("SELECT casus.share_page(:page, :audience)"), {"page": page.public_id, "audience": audience.value})
    record(session, Event.DIARY_SHARED, dossier_id=about.id, entry_id=page.id)


def throw_page(session: Session, asked: Asked, about: DossierView, page: DiaryPage) -> bool:
    """Throws away a page that nobody else could ever read, all its words. Gives false when somebody could."""
    require(Permission.WRITE_DIARY, asked)
    thrown = bool(session.execute(text("SELECT casus.throw_page(:page)"), {"page": page.public_id}).scalar_one())
    if thrown:
        record(session, Event.DIARY_THROWN, dossier_id=about.id, entry_id=page.id)
    return thrown
