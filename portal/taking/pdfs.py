"""Entries as a PDF: tagged, in the language of their texts. One entry, or those of a year."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

from sqlalchemy.orm import Session

from portal import pdf
from portal.dossier.models import (
    ANNOTATION_NAMES,
    KIND_NAMES,
    OUTCOME_NAMES,
    SECTION_NAMES,
    WISH_NAMES,
    AnnotationKind,
    EntryKind,
    Section,
    Wish,
    titled,
)
from portal.i18n import SOURCE, format_date
from portal.i18n import current as translator_now
from portal.i18n import gettext as _
from portal.paper.queries import PrintedEntry, paper
from portal.timeline.queries import Cursor, Part
from portal.words import language_of

MOST = 100
"""As many entries of a year are made into a PDF while somebody waits."""


def of_year(session: Session, dossier_id: int, year: int, most: int | None = None) -> list[PrintedEntry] | None:
    """The entries of a year, newest first; None when there are more than ``most``."""
    found: list[PrintedEntry] = []
    cursor = None
    while True:
        some = paper(session, dossier_id, Part(year=year), cursor=cursor)
        found += some.entries
        if most is not None and len(found) > most:
            return None
        if some.older is None:
            return found
        cursor = Cursor(some.older)


def make(entries: Sequence[PrintedEntry], title: str, author: str, by: Callable[..., bytes] = pdf.make_pdf) -> bytes:
    """The PDF of these entries, under ``title`` (in the language of this moment). Raises portal.pdf.PdfError.

    ``by`` does the work, such as ``apart``.
    """
    arabic = sum(_language(entry.body) == "ar" for entry in entries)
    language = "ar" if arabic * 2 > len(entries) else SOURCE
    now = translator_now().language.code
    blocks = [pdf.heading(title, now), pdf.paragraph(_("Let op: wie deze kopie heeft, kan alles lezen. Bewaar hem veilig."), now)]
    for entry in entries:
        blocks += _blocks(entry, now)
    return by(title, language, [pdf.Part(language, tuple(blocks))], author=author)


@contextmanager
def apart() -> Iterator[Callable[..., bytes]]:
    """As portal.pdf.make_pdf, in a process that is new each time: Typst keeps what it made, and a worker makes much."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:

        def make_pdf(*given: object, **named: object) -> bytes:
            return pool.submit(pdf.make_pdf, *given, **named).result()  # type: ignore[arg-type]  # as it was given

        yield make_pdf


def _blocks(entry: PrintedEntry, now: str) -> Iterator[pdf.Block]:
    yield pdf.heading(titled(entry.title), _language(entry.title) if entry.title.strip() else now, 2)
    what = _("%(what)s van %(name)s", what=_(KIND_NAMES[EntryKind(entry.kind)]), name=entry.author_name)
    yield pdf.paragraph(f"{what}. {format_date(entry.occurred_at, now)}. {_(SECTION_NAMES[Section(entry.section)])}.", now)
    yield pdf.paragraph(entry.body, _language(entry.body))
    for one in entry.reactions:
        what = _("%(what)s van %(name)s", what=_(ANNOTATION_NAMES[AnnotationKind(one.kind)]), name=one.author_name)
        yield pdf.paragraph(f"{what}. {format_date(one.created_at, now)}.", now)
        if one.withdrawn_at:
            yield pdf.paragraph(f"{_('Ingetrokken op:')} {format_date(one.withdrawn_at, now)}.", now)
        if one.wish and not one.withdrawn_at and one.kind == AnnotationKind.KLOPT_NIET:
            yield pdf.paragraph(f"{_('De vraag:')} {_(WISH_NAMES[Wish(one.wish)])}.", now)
        if one.extension:
            yield pdf.paragraph(_("Het antwoord duurt langer. De reden:"), now)
            yield pdf.original(one.extension, _language(one.extension))
        if one.outcome:
            yield pdf.paragraph(f"{_(OUTCOME_NAMES[one.outcome])}.", now)
        for words in (one.quote, one.body):
            if words:
                yield pdf.original(words, _language(words))


def _language(words: str) -> str:
    return language_of(words, by_staff=True)
