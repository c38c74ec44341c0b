"""Reading in an emergency, a team lead's look at it afterwards, and what an inwoner told about what one may see."""

from uuid import UUID

from flask import Blueprint, Response, abort, g, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.audit import shows_nothing
from portal.closing import commands, queries
from portal.closing.forms import EmergencyForm, ReviewForm
from portal.pause.queries import pause_of
from portal.policy import Permission, asked, permission
from portal.typed_text import forget, kept_text

emergency = Blueprint("emergency", __name__)


@emergency.get("/dossier/<uuid:dossier_id>/lezen-in-nood")
@permission(Permission.OPEN_EMERGENCY)
def ask(dossier_id: UUID) -> Response:
    """Asks for the reason before anything opens."""
    return _ask_page(EmergencyForm(formdata=kept_text()))


@emergency.post("/dossier/<uuid:dossier_id>/lezen-in-nood")
@permission(Permission.OPEN_EMERGENCY)
def open_dossier(dossier_id: UUID) -> BaseResponse:
    """Opens what was closed, for 24 hours."""
    form = EmergencyForm()
    if not form.validate_on_submit():
        return _ask_page(form, status=422)
    commands.open_emergency(g.db, asked(), g.dossier, form.reason.data or "")
    forget()
    return pages.see_other(url_for("timeline.show", dossier_id=dossier_id))


@emergency.get("/in-nood-gelezen")
@permission(Permission.REVIEW_EMERGENCY)
def reviews() -> Response:
    """What waits for this team lead, the oldest first."""
    return _reviews_page()


@emergency.get("/in-nood-gelezen/<uuid:reading_id>")
@permission(Permission.REVIEW_EMERGENCY)
def review_page(reading_id: UUID) -> Response:
    """One of them, with the form."""
    return _review_page(reading_id, ReviewForm(formdata=kept_text()))


@emergency.post("/in-nood-gelezen/<uuid:reading_id>")
@permission(Permission.REVIEW_EMERGENCY)
def review(reading_id: UUID) -> BaseResponse:
    """A team lead's judgement about one of them."""
    form = ReviewForm()
    if not form.validate_on_submit():
        return _review_page(reading_id, form, status=422)
    if not commands.review_emergency(g.db, asked(), reading_id, justified=form.justified.data == "ja", words=form.words.data or ""):
        abort(404)
    forget()
    return pages.see_other(url_for("emergency.reviews"))


@emergency.post("/gezien/<uuid:notice_id>")
@permission(Permission.SEE_CASELOAD)
def notice_seen(notice_id: UUID) -> BaseResponse:
    """Takes it from the worklist."""
    commands.notice_seen(g.db, asked(), notice_id)
    return pages.see_other(url_for("start.show"))


def _ask_page(form: EmergencyForm, status: int = 200) -> Response:
    shows_nothing()
    return pages.render(
        "closing/emergency.html",
        status=status,
        dossier=g.dossier,
        form=form,
        until=queries.emergency_until(g.db, g.dossier.public_id),
        pause=pause_of(g.db, g.dossier.public_id),
    )


def _reviews_page() -> Response:
    return pages.render("closing/reviews.html", waiting=queries.emergencies_to_review(g.db))


def _review_page(reading_id: UUID, form: ReviewForm, status: int = 200) -> Response:
    one = next((one for one in queries.emergencies_to_review(g.db) if one.public_id == reading_id), None)
    if one is None:
        abort(404)
    return pages.render("closing/review.html", status=status, one=one, form=form)
