"""A professional writes down who acts for an inwoner, a second one looks at it, and somebody hands over a code or ends it."""

from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, current_app, g, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.audit import ReadLine, What, will_show
from portal.door.models import Handout
from portal.i18n import SOURCE, _, current, translator
from portal.mandate import commands, queries
from portal.mandate.commands import Wanted
from portal.mandate.forms import NEW, AnswerForm, EndForm, MandateForm
from portal.mandate.models import GROUND_NAMES
from portal.pause.queries import pause_of
from portal.policy import Permission, asked, permission
from portal.refusals import Refused
from portal.sharing.commands import AlreadyDone
from portal.sharing.queries import today
from portal.typed_text import forget, kept_text

mandates = Blueprint("mandate", __name__)
_BELOW = "/dossier/<uuid:dossier_id>/vertegenwoordigers"


@mandates.get(_BELOW)
@permission(Permission.SEE_MANDATES)
def overview(dossier_id: UUID) -> Response:
    """Who acts for the inwoner of this dossier, who did, and what waits for a second professional."""
    _none_while_paused()
    waiting = [one for one in queries.asked_for(g.db) if one.dossier_id == dossier_id]
    return _page(
        "mandate/overview.html", mandates=queries.mandates_of(g.db, dossier_id), waiting=waiting, done=request.args.get("klaar", "")
    )


@mandates.route(f"{_BELOW}/erbij", methods=["GET", "POST"])
@permission(Permission.ARRANGE_MANDATE)
def ask(dossier_id: UUID) -> ResponseReturnValue:
    """Writes a mandate down."""
    _none_while_paused()
    known = {str(one.person): one.name for one in queries.mandates_of(g.db, dossier_id)}
    form = MandateForm() if request.method == "POST" else MandateForm(formdata=kept_text())
    form.offer((person, Markup("<bdi>{}</bdi>").format(name)) for person, name in known.items())
    if request.method == "POST" and form.is_complete():
        try:
            commands.ask(g.db, asked(), dossier_id, _wanted(form))
        except AlreadyDone:
            return _to_overview("dubbel")
        except Refused as refused:
            form.refuse(_(refused.message))
        else:
            forget()
            return _to_overview("gevraagd")
    form.number.data = form.number.data or str(uuid4())
    return _page("mandate/ask.html", status=422 if form.errors else 200, form=form)


@mandates.post(f"{_BELOW}/<uuid:mandate_id>/code")
@permission(Permission.ARRANGE_MANDATE)
def code(dossier_id: UUID, mandate_id: UUID) -> Response:
    """A code for who never came in, shown once."""
    one = _mandate_or_404(mandate_id)
    try:
        made = commands.new_code(g.db, asked(), mandate_id, one.name.split(" ")[0], current().language.code)
    except Refused:
        abort(404)
    return _page(
        "mandate/code.html",
        whose=one.name,
        username=made.username,
        code=made.code,
        texts=Handout,
        address=current_app.extensions["settings"].address_for_residents,
        speakers=[translator(one) for one in dict.fromkeys((current().language.code, SOURCE))],
    )


@mandates.route(f"{_BELOW}/<uuid:mandate_id>/stoppen", methods=["GET", "POST"])
@permission(Permission.ARRANGE_MANDATE)
def end(dossier_id: UUID, mandate_id: UUID) -> ResponseReturnValue:
    """Asks once more, and ends it."""
    one = _mandate_or_404(mandate_id)
    if request.method == "POST":
        if not commands.end(g.db, asked(), mandate_id):
            abort(404)
        return _to_overview("gestopt")
    return _page("mandate/end.html", one=one, form=EndForm())


@mandates.get("/vertegenwoordigers")
@permission(Permission.CONFIRM_MANDATE)
def waiting() -> Response:
    """What waits for a second professional."""
    return pages.render("mandate/waiting.html", waiting=queries.asked_for(g.db), done=request.args.get("klaar", ""))


@mandates.route("/vertegenwoordigers/<uuid:asked_id>", methods=["GET", "POST"])
@permission(Permission.CONFIRM_MANDATE)
def look(asked_id: UUID) -> ResponseReturnValue:
    """What a colleague wrote down, with the form to answer; or what one wrote oneself, to take it back."""
    one = next((one for one in queries.asked_for(g.db) if one.public_id == asked_id), None) or abort(404)
    form = AnswerForm()
    if request.method == "POST" and (one.own or form.validate()):
        if not commands.answer(g.db, asked(), asked_id, agree=not one.own and form.agree.data == "ja"):
            abort(404)
        return pages.see_other(url_for("mandate.waiting", klaar="terug" if one.own else "antwoord"))
    return pages.render("mandate/look.html", status=422 if form.errors else 200, one=one, form=form, grounds=GROUND_NAMES)


def _wanted(form: MandateForm) -> Wanted:
    seen_on, first_day = form.proof_seen_on.data, form.valid_from.data
    assert seen_on is not None
    assert first_day is not None
    is_new = form.who.data == NEW
    return Wanted(
        number=pages.as_uuid(form.number.data or "") or uuid4(),
        person=None if is_new else UUID(form.who.data),
        first_name=form.line("first_name") if is_new else "",
        last_name=form.line("last_name") if is_new else "",
        ground=form.ground.data,
        proof=form.line("proof"),
        seen_on=seen_on,
        scope=form.scope.data or "",
        first_day=first_day,
        names_log=bool(form.names_log.data),
        names_sharing=bool(form.names_sharing.data),
        last_day=form.valid_until.data,
    )


def _none_while_paused() -> None:
    """A dossier that the inwoner put out of sight is as if it had no representatives."""
    if pause_of(g.db, g.dossier.public_id) is not None:
        abort(404)


def _mandate_or_404(mandate_id: UUID) -> queries.Mandate:
    found = queries.mandates_of(g.db, g.dossier.public_id)
    return next((one for one in found if one.public_id == mandate_id and not one.is_over), None) or abort(404)


def _to_overview(done: str) -> BaseResponse:
    return pages.see_other(url_for("mandate.overview", dossier_id=g.dossier.public_id, klaar=done))


def _page(template: str, *, status: int = 200, **context: Any) -> Response:
    will_show(ReadLine(g.dossier.id, What.OVERZICHT))
    return pages.render(template, status=status, dossier=g.dossier, grounds=GROUND_NAMES, today=today(), **context)
