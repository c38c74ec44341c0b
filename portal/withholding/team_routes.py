"""A professional asks to withhold a text, a second one confirms, and somebody ends it."""

from datetime import UTC, date, datetime
from uuid import UUID

from flask import Blueprint, Response, abort, current_app, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import deadlines, pages, plainness
from portal.audit import ReadLine, What, will_show
from portal.city import City
from portal.dossier.queries import EntryView, find_entry
from portal.i18n import _
from portal.policy import Permission, asked, permission
from portal.typed_text import forget, kept_text
from portal.withholding import commands, queries
from portal.withholding.forms import AnswerForm, WithholdForm
from portal.withholding.models import LAW, TOLD

withholding = Blueprint("withholding", __name__)


@withholding.get("/dossier/<uuid:dossier_id>/notitie/<uuid:entry_id>/niet-laten-zien")
@permission(Permission.WITHHOLD)
def ask(dossier_id: UUID, entry_id: UUID) -> Response:
    """How it stands with this entry, and the form to withhold it or to go on."""
    found, standing = _entry_or_404(entry_id)
    return _page(found, standing, _form(filled=False))


@withholding.post("/dossier/<uuid:dossier_id>/notitie/<uuid:entry_id>/niet-laten-zien")
@permission(Permission.WITHHOLD)
def send(dossier_id: UUID, entry_id: UUID) -> BaseResponse:
    """Asks a colleague to confirm it, or only measures the language of the reason (portal.plainness)."""
    found, standing = _entry_or_404(entry_id)
    form = _form(filled=True)
    live = plainness.while_writing(form.reason)
    if live is not None:
        return live
    if plainness.wanted():
        return _page(found, standing, form)
    if not form.validate_on_submit() or form.review_on.data is None:
        return _page(found, standing, form, status=422)
    if not commands.ask(
        g.db,
        asked(),
        entry_id,
        ground=form.ground.data,
        reason=form.reason.data or "",
        review_on=form.review_on.data,
        postpone=bool(form.postpone.data),
    ):
        form.refuse(_("Een collega vroeg dit al."))
        return _page(found, standing, form, status=422)
    forget()
    return pages.see_other(url_for("withholding.ask", dossier_id=dossier_id, entry_id=entry_id, klaar="gevraagd"))


@withholding.post("/dossier/<uuid:dossier_id>/notitie/<uuid:entry_id>/weer-laten-zien")
@permission(Permission.WITHHOLD)
def end(dossier_id: UUID, entry_id: UUID) -> BaseResponse:
    """Shows the text again."""
    if not commands.end(g.db, asked(), entry_id):
        abort(404)
    return pages.see_other(url_for("withholding.ask", dossier_id=dossier_id, entry_id=entry_id, klaar="open"))


@withholding.get("/niet-laten-zien")
@permission(Permission.CONFIRM_WITHHOLDING)
def overview() -> Response:
    """What waits for a second professional, and what has to be looked at again."""
    return pages.render(
        "withholding/list.html",
        waiting=queries.to_confirm(g.db),
        to_review=queries.to_review(g.db),
        today=_today(),
        done=request.args.get("klaar", ""),
    )


@withholding.get("/niet-laten-zien/<uuid:withholding_id>")
@permission(Permission.CONFIRM_WITHHOLDING)
def look(withholding_id: UUID) -> Response:
    """What a colleague asks, with the form to answer."""
    return _look_page(_asked_or_404(withholding_id), AnswerForm())


@withholding.post("/niet-laten-zien/<uuid:withholding_id>")
@permission(Permission.CONFIRM_WITHHOLDING)
def answer(withholding_id: UUID) -> BaseResponse:
    """Agrees, or not."""
    one = _asked_or_404(withholding_id)
    form = AnswerForm()
    if not form.validate_on_submit():
        return _look_page(one, form, status=422)
    city: City = current_app.extensions["city"]
    if not commands.answer(g.db, asked(), withholding_id, agree=form.agree.data == "ja", weeks=city.postpone_weeks):
        abort(404)
    return pages.see_other(url_for("withholding.overview", klaar="antwoord"))


def _today() -> date:
    return datetime.now(deadlines.AMSTERDAM).date()


def _last_day() -> date:
    return deadlines.due(deadlines.WITHHOLDING_REVIEW, datetime.now(UTC)).astimezone(deadlines.AMSTERDAM).date()


def _form(*, filled: bool) -> WithholdForm:
    if filled:
        return WithholdForm(today=_today(), last_day=_last_day())
    return WithholdForm(formdata=kept_text(), today=_today(), last_day=_last_day())


def _page(found: EntryView, standing: queries.Standing, form: WithholdForm, status: int = 200) -> Response:
    will_show(ReadLine(g.dossier.id, What.NOTITIE, found.id, (found.id,)))
    return pages.render(
        "withholding/withhold.html",
        status=status,
        dossier=g.dossier,
        entry=found,
        standing=standing,
        form=form,
        meters=plainness.measured(form.reason),
        grounds=LAW,
        last_day=_last_day(),
        now=datetime.now(UTC),
        done=request.args.get("klaar", ""),
    )


def _look_page(one: queries.ToConfirm, form: AnswerForm, status: int = 200) -> Response:
    return pages.render("withholding/look.html", status=status, one=one, form=form, grounds=LAW, told=TOLD)


def _entry_or_404(entry_id: UUID) -> tuple[EntryView, queries.Standing]:
    found = find_entry(g.db, g.dossier.id, entry_id) or abort(404)
    return found, queries.standing(g.db, entry_id) or abort(404)


def _asked_or_404(withholding_id: UUID) -> queries.ToConfirm:
    return next((one for one in queries.to_confirm(g.db) if one.public_id == withholding_id), None) or abort(404)
