"""Asking and answering. Ask the policy first, record the change last, never commit.

PostgreSQL checks who answers (migrations/rls/57_asking.sql).
"""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from psycopg.errors import UniqueViolation
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.audit import Event, record
from portal.dossier.commands import Words, add_text
from portal.dossier.models import AnnotationKind, Wish, annotation
from portal.dossier.queries import AnnotationView, DossierView, EntryView
from portal.i18n import N_
from portal.policy import Asked, Permission, require
from portal.refusals import call

# Why PostgreSQL refuses (migrations/rls/57_asking.sql).
_SENTENCES = {
    "MB001": N_("Deze vraag is er niet meer. Misschien gaf een collega net antwoord."),
    "MB061": N_("Dit antwoord past niet bij de vraag."),
    "MB062": N_("Er is nog geen nieuwe versie. Schrijf die eerst. Geef daarna antwoord."),
    "MB063": N_("De tijd voor deze vraag kan niet langer worden."),
    "23505": N_("Over deze regel stelde u al een vraag."),
}


def ask(session: Session, asked: Asked, about: EntryView, *, number: UUID, wish: Wish, words: Words, after: AnnotationView | None) -> None:
    """Asks to correct or explain an entry or some of its sentences. ``number`` was made with the form: sending it twice asks once.

    ``after`` is the explanation that did not make it clear, or None.
    """
    require(Permission.ASK, asked)
    kind = AnnotationKind.SNAP_NIET if wish is Wish.UITLEG else AnnotationKind.KLOPT_NIET
    if _write(session, about, number, words, kind=kind, wish=wish, answers_id=after.id if after is not None else None):
        record(session, Event.QUESTION_ASKED, dossier_id=about.dossier_id, entry_id=about.id)


def state(session: Session, asked: Asked, beside: EntryView, question: AnnotationView, *, number: UUID, words: Words) -> None:
    """Writes how it is according to the inwoner, beside a text that was not changed as asked. Sending it twice writes it once."""
    require(Permission.ASK, asked)
    if _write(session, beside, number, words, kind=AnnotationKind.VERKLARING, wish=None, answers_id=question.id):
        record(session, Event.STATEMENT_WRITTEN, dossier_id=beside.dossier_id, entry_id=beside.id)


def _write(
    session: Session, to: EntryView, number: UUID, words: Words, *, kind: AnnotationKind, wish: Wish | None, answers_id: int | None
) -> bool:
    values = {
        "public_id": number, "entry_id": to.id, "dossier_id": to.dossier_id, "section": to.section, "leefdomein": to.leefdomein,
        "kind": kind, "audience": words.audience, "wish": wish, "answers_id": answers_id,
    }  # fmt: skip
    try:
        with session.begin_nested():
            session.execute(insert(annotation).inline(), values)
    except IntegrityError as error:
        if not isinstance(error.orig, UniqueViolation):
            raise
        return False
    session.execute(add_text(annotation.c.public_id == number, 1, words, None))
    return True


def withdraw(session: Session, asked: Asked, beside: EntryView, question: AnnotationView) -> None:
    """Takes the own question back, as long as there is no answer: nobody has to answer it any more, and only its author reads the words."""
    require(Permission.ASK, asked)
    if not question.waits:
        return
    session.execute(update(annotation).where(annotation.c.id == question.id).values(withdrawn=True, withdrawn_at=datetime.now(UTC)))
    record(session, Event.QUESTION_WITHDRAWN, dossier_id=beside.dossier_id, entry_id=beside.id)


def settle(session: Session, asked: Asked, beside: EntryView, question: AnnotationView) -> None:
    """The explanation made it clear."""
    require(Permission.ASK, asked)
    if question.settled_at is not None:
        return
    session.execute(update(annotation).where(annotation.c.id == question.id).values(settled_at=datetime.now(UTC)))
    record(session, Event.QUESTION_CLEAR, dossier_id=beside.dossier_id, entry_id=beside.id)


def answer(session: Session, asked: Asked, beside: EntryView, question: AnnotationView, *, outcome: int, words: str) -> None:
    """Answers a question: ``outcome`` as in dossier.models.OUTCOME_NAMES, 0 for an explanation. The inwoner gets a mail. Raises Refused."""
    require(Permission.ANSWER, asked)
    call(
        session,
        "casus.answer_request(:question, :number, CAST(:outcome AS smallint), :words)",
        _SENTENCES,
        question=question.public_id,
        number=uuid4(),
        outcome=outcome,
        words=words,
    )
    record(session, Event.QUESTION_ANSWERED, dossier_id=beside.dossier_id, entry_id=beside.id)


def extend(session: Session, asked: Asked, beside: EntryView, question: AnnotationView, why: str) -> None:
    """Tells the inwoner that the answer takes longer, and why (deadlines.CORRECTION_LONGEST). Raises Refused."""
    require(Permission.ANSWER, asked)
    call(session, "casus.extend_request(:question, :why)", _SENTENCES, question=question.public_id, why=why)
    record(session, Event.QUESTION_EXTENDED, dossier_id=beside.dossier_id, entry_id=beside.id)


def ask_why_looked(session: Session, asked: Asked, about: DossierView, moment: datetime, words: str) -> None:
    """Asks why somebody looked, about the line of this moment. The database writes the change log. Raises Refused."""
    require(Permission.READ_LOG, asked)
    call(session, "casus.ask_why_looked(:dossier, :moment, :words)", _SENTENCES, dossier=about.id, moment=moment, words=words)


def answer_look(session: Session, asked: Asked, question: UUID, words: str) -> None:
    """Says why somebody looked. The database writes the change log, and mails the inwoner. Raises Refused."""
    require(Permission.ANSWER_LOOKS, asked)
    call(session, "casus.answer_look(:question, :words)", _SENTENCES, question=question, words=words)
