"""Choosing who helps: the inwoner sends and takes back a wish; who was chosen, and who leads the team, answer."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages, plainness
from portal.audit import shows_nothing
from portal.choice import commands, models, queries, wishes, words
from portal.choice.queries import Caseload
from portal.choice.wish_forms import AnswerForm, GiveForm, WishForm
from portal.choice.wishes import ToAnswer, WithoutHelper
from portal.i18n import _
from portal.policy import Asked, Permission, allows, asked, permission
from portal.refusals import Refused
from portal.sharing.queries import today
from portal.typed_text import forget, kept_text

own_wish = Blueprint("own_wish", __name__, url_prefix="/dossier/<uuid:dossier_id>/wie-helpt-mij")
wish_help = Blueprint("wish_help", __name__, url_prefix="/wensen")


@own_wish.get("/wens")
@permission(Permission.CHOOSE_HELPER)
def ask(dossier_id: UUID) -> Response:
    """The form, with nobody chosen yet."""
    return _wish_page(WishForm(formdata=kept_text(), number=str(uuid4()), anybody=True))


@own_wish.get("/wens/<uuid:person_id>")
@permission(Permission.CHOOSE_HELPER)
def ask_for(dossier_id: UUID, person_id: UUID) -> Response:
    """The form, with this one chosen."""
    if not any(one.person == person_id for one in queries.profiles(g.db)):
        abort(404)
    return _wish_page(WishForm(formdata=kept_text(), number=str(uuid4()), first=str(person_id)))


@own_wish.post("/wens")
@permission(Permission.CHOOSE_HELPER)
def send(dossier_id: UUID) -> BaseResponse:
    """Sends it."""
    form = WishForm()
    _offer(form)
    if not form.validate_on_submit():
        return _wish_page(form, status=422)
    try:
        commands.send_wish(g.db, asked(), g.dossier, pages.as_uuid(form.number.data or "") or uuid4(), form.wanted())
    except Refused as refused:
        if refused.code != "MB009":
            # Everybody who can be chosen is offered; what is left is that nobody knows which team to ask.
            no_team = refused.code == "MB001"
            form.refuse(_("Kies uit welk team.") if no_team else _(refused.message), "team" if no_team else "first")
            return _wish_page(form, status=422)
    forget()
    shows_nothing()
    return pages.see_other(url_for("choice.show", dossier_id=g.dossier.public_id, klaar="verstuurd"))


@own_wish.post("/wens/<uuid:wish_id>/terug")
@permission(Permission.CHOOSE_HELPER)
def withdraw(dossier_id: UUID, wish_id: UUID) -> BaseResponse:
    """Takes it back."""
    shows_nothing()
    done = "teruggenomen"
    try:
        commands.withdraw_wish(g.db, asked(), wish_id)
    except Refused as refused:
        if refused.code == "MB001":
            abort(404)
        done = "te-laat"
    return pages.see_other(url_for("choice.show", dossier_id=g.dossier.public_id, klaar=done))


@wish_help.get("")
@permission(Permission.ANSWER_WISH)
def overview() -> Response:
    """What waits, whom somebody else helps from now on, and for who leads the team where nobody is responsible."""
    return _overview(GiveForm(formdata=None))


@wish_help.get("/<uuid:wish_id>")
@permission(Permission.ANSWER_WISH)
def look(wish_id: UUID) -> Response:
    """One of them, with the question."""
    found = _waiting_or_404(wish_id)
    return _answer_page(found, _answer_form(found, AnswerForm(formdata=kept_text())))


@wish_help.post("/<uuid:wish_id>")
@permission(Permission.ANSWER_WISH)
def answer(wish_id: UUID) -> BaseResponse:
    """Yes or no; the inwoner is told."""
    found = _waiting_or_404(wish_id)
    form = _answer_form(found, AnswerForm())
    live = plainness.while_writing(form.reason)
    if live is not None:
        return live
    if plainness.wanted():
        return _answer_page(found, form)
    if not form.validate_on_submit():
        return _answer_page(found, form, status=422)
    try:
        commands.answer_wish(g.db, Asked(g.actor), wish_id, form.answer())
    except Refused as refused:
        form.refuse(_(refused.message), "on_day" if refused.code == "MB095" else None)
        return _answer_page(found, form, status=422)
    forget()
    return pages.see_other(url_for("wish_help.overview", klaar="ja" if form.agrees.data == "ja" else "nee"))


@wish_help.post("/geven")
@permission(Permission.GIVE_HELPER)
def give() -> BaseResponse:
    """Somebody for a dossier in which nobody is responsible."""
    form = GiveForm()
    _offer_to_give(form)
    if not form.validate_on_submit():
        return _overview(form, status=422)
    try:
        commands.give_helper(g.db, Asked(g.actor), UUID(form.dossier.data), UUID(form.helper.data))
    except Refused as refused:
        form.refuse(_(refused.message))
        return _overview(form, status=422)
    return pages.see_other(url_for("wish_help.overview", klaar="gegeven"))


def _offer(form: WishForm) -> None:
    day = today()
    helps = {turn.person for turn in queries.turns(g.db, g.dossier.id) if turn.responsible and turn.holds(day)}
    everybody = queries.profiles(g.db)
    form.put([one for one in everybody if one.person not in helps], queries.teams(everybody), helped=bool(helps))


def _wish_page(form: WishForm, status: int = 200) -> Response:
    if not form.first.choices:
        _offer(form)
    shows_nothing()
    return pages.render("choice/wish.html", status=status, dossier=g.dossier, form=form)


def _waiting_or_404(wish_id: UUID) -> ToAnswer:
    return next((one for one in wishes.to_answer(g.db) if one.wish == wish_id), None) or abort(404)


def _answer_form(found: ToAnswer, form: AnswerForm) -> AnswerForm:
    team = [(str(one.person), _with_room(one)) for one in queries.caseloads(g.db)] if found.leads else None
    form.put(team, at_once=found.tell is models.Tell.NOTHING)
    return form


def _with_room(one: Caseload) -> str:
    return one.name if one.most is None else _("%(name)s (helpt %(helps)s van %(most)s)", name=one.name, helps=one.helps, most=one.most)


def _answer_page(found: ToAnswer, form: AnswerForm, status: int = 200) -> Response:
    return pages.render(
        "choice/answer.html", status=status, one=found, form=form, words=words, Tell=models.Tell, meters=plainness.measured(form.reason)
    )


def _offer_to_give(form: GiveForm) -> list[WithoutHelper]:
    without = wishes.without_helper(g.db)
    form.put(
        [(str(one.dossier), one.inwoner) for one in without],
        [(str(one.person), _with_room(one)) for one in queries.caseloads(g.db)],
    )
    return without


def _overview(form: GiveForm, status: int = 200) -> Response:
    without = _offer_to_give(form) if allows(Permission.GIVE_HELPER, Asked(g.actor)) else []
    return pages.render(
        "choice/to_answer.html",
        status=status,
        form=form,
        waiting=wishes.to_answer(g.db),
        told=wishes.told(g.db),
        without=without,
        done=request.args.get("klaar", ""),
        words=words,
        now=datetime.now(UTC),
    )
