"""The team's side: laying an ending before the inwoner, a second one's yes, finishing it, and who came back."""

from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, g, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages, plainness
from portal.ending import commands, queries
from portal.ending.commands import Proposed
from portal.ending.forms import AgreeForm, AloudForm, EndForm
from portal.ending.models import Kind, Weighty
from portal.ending.queries import ToAgree
from portal.ending.routes import answer_page, answered, back, open_or_404, reads, words
from portal.evaluation.queries import evaluations
from portal.i18n import _
from portal.plan.queries import people
from portal.policy import Permission, asked, permission
from portal.refusals import Refused
from portal.typed_text import forget, kept_text

ending_help = Blueprint("ending_help", __name__)

_DOSSIER = "/dossier/<uuid:dossier_id>/stoppen-met-hulp"
_TO_END = 5
_WAITS = {"MB097": "wacht-op-teamleider", "MB098": "wacht-op-antwoord", "MB111": "wacht-op-overdracht"}
_LAST = 3


@ending_help.get(f"{_DOSSIER}/voorstellen")
@permission(Permission.END_HELP)
def ask(dossier_id: UUID) -> Response:
    """The form: why, when, who helps then, and who stays near."""
    return _propose_page(EndForm(formdata=kept_text()))


@ending_help.post(f"{_DOSSIER}/voorstellen")
@permission(Permission.END_HELP)
def propose(dossier_id: UUID) -> BaseResponse:
    """Lays it before the inwoner."""
    form = EndForm()
    _put(form)
    live = plainness.while_writing(form.reason)
    if live is not None:
        return live
    if plainness.wanted():
        return _propose_page(form)
    if not form.validate_on_submit() or form.ends_on.data is None:
        return _propose_page(form, status=422)
    proposed = Proposed(
        Kind(form.kind.data),
        form.ends_on.data,
        (form.reason.data or "").strip(),
        Weighty(form.weighty.data) if form.is_early and form.weighty.data else None,
        (form.onward.data or "").strip(),
        (form.warned.data or "").strip(),
        (form.not_evaluated.data or "").strip() if "not_evaluated" in form else "",
        UUID(form.near.data) if form.near.data else None,
        form.near_until.data,
        (form.near_words.data or "").strip(),
    )
    try:
        commands.propose(g.db, asked(), g.dossier, uuid4(), proposed)
    except Refused as refusal:
        form.refuse(_(refusal.message))
        return _propose_page(form, status=422)
    forget()
    return back("voorgesteld")


@ending_help.get(f"{_DOSSIER}/antwoord-opschrijven")
@permission(Permission.END_HELP)
def ask_answer(dossier_id: UUID) -> Response:
    """The form to write down what the inwoner said."""
    return answer_page(open_or_404(), AloudForm(formdata=kept_text()))


@ending_help.post(f"{_DOSSIER}/antwoord-opschrijven")
@permission(Permission.END_HELP)
def answer(dossier_id: UUID) -> BaseResponse:
    """Writes it down, with how it was said."""
    found = open_or_404()
    form = AloudForm()
    if not form.validate_on_submit():
        return answer_page(found, form, status=422)
    return answered(found, form, form.way.data)


@ending_help.post(f"{_DOSSIER}/gaat-door")
@permission(Permission.END_HELP)
def withdraw(dossier_id: UUID) -> BaseResponse:
    """Takes it back: the help goes on."""
    try:
        commands.withdraw(g.db, asked(), g.dossier, open_or_404().public_id)
    except Refused:
        return back("dubbel")
    return back("gaat-door")


@ending_help.post(f"{_DOSSIER}/afronden")
@permission(Permission.END_HELP)
def finish(dossier_id: UUID) -> BaseResponse:
    """The help ends on its day."""
    try:
        commands.finish(g.db, asked(), g.dossier, open_or_404().public_id)
    except Refused as refusal:
        return back(_WAITS.get(refusal.code, "dubbel"))
    return back("afgerond")


@ending_help.get("/eerder-stoppen")
@permission(Permission.AGREE_ENDING)
def waiting() -> Response:
    """What waits for this team lead, the oldest first."""
    return pages.render("ending/waiting.html", waiting=queries.to_agree_with(g.db))


@ending_help.get("/eerder-stoppen/<uuid:ending_id>")
@permission(Permission.AGREE_ENDING)
def look(ending_id: UUID) -> Response:
    """One of them, with the question."""
    return _agree_page(_waiting_or_404(ending_id), AgreeForm(formdata=kept_text()))


@ending_help.post("/eerder-stoppen/<uuid:ending_id>")
@permission(Permission.AGREE_ENDING)
def agree(ending_id: UUID) -> BaseResponse:
    """The second yes, or no."""
    found = _waiting_or_404(ending_id)
    form = AgreeForm()
    if not form.validate_on_submit():
        return _agree_page(found, form, status=422)
    commands.agree(g.db, asked(), ending_id, agrees=form.agrees.data == "ja")
    forget()
    return pages.see_other(url_for("ending_help.waiting"))


@ending_help.post("/weer-hulp/<uuid:ending_id>")
@permission(Permission.TAKE_BACK)
def take_back(ending_id: UUID) -> BaseResponse:
    """The actor helps who came back."""
    try:
        dossier = commands.take_back(g.db, asked(), ending_id)
    except Refused:
        abort(404)
    return pages.see_other(url_for("timeline.show", dossier_id=dossier))


def _put(form: EndForm) -> None:
    helpers = [(str(one.public_id), one.name) for one in people(g.db, g.dossier.id).values() if one.relation == "professional"]
    looked_back = any(one.outcome and (one.outcome == _TO_END or one.kind == _LAST) for one in evaluations(g.db, g.dossier.id))
    form.put(helpers, looked_back=looked_back)


def _propose_page(form: EndForm, status: int = 200) -> Response:
    if not form.near.choices:
        _put(form)
    reads()
    return pages.render(
        "ending/propose.html", status=status, dossier=g.dossier, form=form, meters=plainness.measured(form.reason), **words()
    )


def _waiting_or_404(ending_id: UUID) -> ToAgree:
    return next((one for one in queries.to_agree_with(g.db) if one.public_id == ending_id), None) or abort(404)


def _agree_page(found: ToAgree, form: AgreeForm, status: int = 200) -> Response:
    return pages.render("ending/agree.html", status=status, one=found, form=form, **words())
