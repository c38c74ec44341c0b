"""Mijn dagboek: the inwoner's own pages. A page itself is read where every entry is read (portal/dossier)."""

from datetime import UTC, datetime
from itertools import groupby
from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.audit import ReadLine, What, shows_nothing, will_show
from portal.diary import commands, queries
from portal.diary.forms import SHARED_WITH, NewPageForm, PageForm, ShareForm
from portal.dossier.commands import Superseded
from portal.dossier.models import Audience, Leefdomein
from portal.i18n import current, format_date, gettext, local
from portal.policy import Permission, asked, permission
from portal.typed_text import forget, kept_text

writing = Blueprint("diary", __name__, url_prefix="/dossier/<uuid:dossier_id>/dagboek")


@writing.get("")
@permission(Permission.WRITE_DIARY)
def show(dossier_id: UUID) -> Response:
    """The own pages by day, newest first; titles alone, because somebody may look over the shoulder."""
    before = pages.as_uuid(request.args.get("ouder", ""))
    found, older = queries.pages_of(g.db, g.dossier, g.actor.person_id, before=before)
    will_show(ReadLine(g.dossier.id, What.OVERZICHT, shown=tuple(page.id for page in found)))
    days = [(day, list(on_day)) for day, on_day in groupby(found, key=lambda page: local(page.occurred_at).date())]
    thrown = request.args.get("klaar") == "weg"
    return pages.render("diary/diary.html", dossier=g.dossier, days=days, older=older, thrown=thrown, names=SHARED_WITH)


@writing.get("/schrijven")
@permission(Permission.WRITE_DIARY)
def begin(dossier_id: UUID) -> Response:
    """The form of a new page."""
    return _new_page(NewPageForm(formdata=kept_text(), number=str(uuid4())))


@writing.post("/schrijven")
@permission(Permission.WRITE_DIARY)
def write(dossier_id: UUID) -> BaseResponse:
    """Writes a new page, private."""
    form = NewPageForm()
    if not form.validate_on_submit():
        return _new_page(form, status=422)
    number, words = pages.as_uuid(form.number.data or "") or uuid4(), _words(form, datetime.now(UTC))
    commands.write_page(g.db, asked(), g.dossier, number=number, leefdomein=Leefdomein(form.leefdomein.data), words=words)
    forget()
    return _to_page(number, "dagboek")


@writing.get("/<uuid:entry_id>/veranderen")
@permission(Permission.WRITE_DIARY)
def edit(dossier_id: UUID, entry_id: UUID) -> Response:
    """The form to write on."""
    page = _own_page_or_404(entry_id)
    form = PageForm(formdata=kept_text(), title=page.title, body=page.body, base=str(page.number))
    return _edit_page(page, form)


@writing.post("/<uuid:entry_id>/veranderen")
@permission(Permission.WRITE_DIARY)
def change(dossier_id: UUID, entry_id: UUID) -> BaseResponse:
    """Adds a newer text; the earlier one stays, dated."""
    page = _own_page_or_404(entry_id)
    form = PageForm()
    if not form.validate_on_submit():
        return _edit_page(page, form, status=422)
    sent = form.base.data or ""
    base = int(sent) if sent.isdecimal() and len(sent) < 5 else page.number
    try:
        commands.change_page(g.db, asked(), g.dossier, page, base=base, words=_words(form, page.occurred_at))
    except Superseded:
        form.base.data = str(page.number)
        return _edit_page(page, form, superseded=True, status=422)
    forget()
    return _to_page(entry_id, "bladzijde")


@writing.get("/<uuid:entry_id>/wie-leest")
@permission(Permission.WRITE_DIARY)
def ask_share(dossier_id: UUID, entry_id: UUID) -> Response:
    """Who may read this page, and what each answer means."""
    page = _own_page_or_404(entry_id)
    return _share_page(page, ShareForm(audience=page.audience.value))


@writing.post("/<uuid:entry_id>/wie-leest")
@permission(Permission.WRITE_DIARY)
def share(dossier_id: UUID, entry_id: UUID) -> BaseResponse:
    """Shares the page, or takes it back."""
    page = _own_page_or_404(entry_id)
    form = ShareForm()
    if not form.validate_on_submit():
        return _share_page(page, form, status=422)
    audience = Audience(form.audience.data)
    commands.share_page(g.db, asked(), g.dossier, page, audience)
    return _to_page(entry_id, "gedeeld" if audience > Audience.ME else "alleen-ik")


@writing.get("/<uuid:entry_id>/weggooien")
@permission(Permission.WRITE_DIARY)
def ask_throw(dossier_id: UUID, entry_id: UUID) -> Response:
    """Asks once more before the page is thrown away; says why not when somebody else could read it."""
    return _throw_page(_own_page_or_404(entry_id))


@writing.post("/<uuid:entry_id>/weggooien")
@permission(Permission.WRITE_DIARY)
def throw(dossier_id: UUID, entry_id: UUID) -> BaseResponse:
    """Throws the page away."""
    page = _own_page_or_404(entry_id)
    if not commands.throw_page(g.db, asked(), g.dossier, page):
        return _throw_page(page, status=422)
    return pages.see_other(url_for("diary.show", dossier_id=dossier_id, klaar="weg"))


def _words(form: PageForm, written_at: datetime) -> commands.PageText:
    """Without a title of one's own it is the day: that says nothing to who looks over the shoulder."""
    day = format_date(written_at, current().language.code)
    return commands.PageText((form.title.data or "").strip() or gettext("Dagboek van %(day)s", day=day), form.body.data or "")


def _to_page(entry_id: UUID, done: str) -> BaseResponse:
    return pages.see_other(url_for("dossier.entry", dossier_id=g.dossier.public_id, entry_id=entry_id, klaar=done))


def _new_page(form: NewPageForm, status: int = 200) -> Response:
    shows_nothing()
    return pages.render("diary/write.html", status=status, dossier=g.dossier, form=form)


def _edit_page(page: queries.DiaryPage, form: PageForm, *, superseded: bool = False, status: int = 200) -> Response:
    _will_show(page)
    return pages.render("diary/edit.html", status=status, dossier=g.dossier, page=page, form=form, superseded=superseded, names=SHARED_WITH)


def _share_page(page: queries.DiaryPage, form: ShareForm, status: int = 200) -> Response:
    _will_show(page)
    return pages.render("diary/share.html", status=status, dossier=g.dossier, page=page, form=form)


def _throw_page(page: queries.DiaryPage, status: int = 200) -> Response:
    _will_show(page)
    return pages.render("diary/throw.html", status=status, dossier=g.dossier, page=page)


def _will_show(page: queries.DiaryPage) -> None:
    will_show(ReadLine(g.dossier.id, What.NOTITIE, page.id, (page.id,)))


def _own_page_or_404(entry_id: UUID) -> queries.DiaryPage:
    return queries.find_page(g.db, g.dossier, g.actor.person_id, entry_id) or abort(404)
