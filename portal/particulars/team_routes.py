"""Writing a change down, the second one's yes, and closing the dossier of somebody who died."""

from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.audit import ReadLine, What, shows_nothing, will_show
from portal.i18n import _
from portal.particulars import commands, queries
from portal.particulars.commands import Written
from portal.particulars.forms import FORMS, AgreeForm, ChangeForm, MovedForm, SameForm
from portal.particulars.models import KIND_NAMES, Kind
from portal.particulars.queries import ToAgree
from portal.pause.queries import DIED, pause_of
from portal.policy import Asked, Permission, asked, permission
from portal.refusals import Refused
from portal.typed_text import forget, kept_text

particulars = Blueprint("particulars", __name__)

_DOSSIER = "/dossier/<uuid:dossier_id>/gegevens-wijzigen"


@particulars.get(_DOSSIER)
@permission(Permission.CHANGE_PARTICULARS)
def show(dossier_id: UUID) -> Response:
    """What can change, what waits, and what changed before."""
    will_show(ReadLine(g.dossier.id, What.OVERZICHT))
    return pages.render(
        "particulars/changes.html",
        dossier=g.dossier,
        kinds=_kinds(),
        changes=queries.changes(g.db, g.dossier.id),
        died=_has_died(),
        same=queries.same_person(g.db, g.dossier.id),
        names=KIND_NAMES,
        done=request.args.get("klaar", ""),
    )


@particulars.get(f"{_DOSSIER}/<word>")
@permission(Permission.CHANGE_PARTICULARS)
def ask(dossier_id: UUID, word: str) -> Response:
    """The form of one kind of change."""
    kind = _kind_or_404(word)
    return _form_page(kind, FORMS[kind](formdata=kept_text()))


@particulars.post(f"{_DOSSIER}/<word>")
@permission(Permission.CHANGE_PARTICULARS)
def write(dossier_id: UUID, word: str) -> BaseResponse:
    """Writes it down for a colleague."""
    kind = _kind_or_404(word)
    form = FORMS[kind]()
    _offer(form)
    if not form.validate_on_submit():
        return _form_page(kind, form, status=422)
    try:
        commands.ask(g.db, asked(), g.dossier, pages.as_uuid(form.number.data or "") or uuid4(), form.written())
    except Refused as refusal:
        if refusal.code != "MB009":
            form.refuse(_(refusal.message), "died_on" if refusal.code == "MB095" and "died_on" in form else None)
            return _form_page(kind, form, status=422)
    forget()
    return _back("gevraagd")


@particulars.post(f"{_DOSSIER}/sluiten")
@permission(Permission.CHANGE_PARTICULARS)
def close(dossier_id: UUID) -> BaseResponse:
    """The team is done with the dossier of somebody who died."""
    try:
        commands.finish(g.db, asked(), g.dossier)
    except Refused:
        return _back("niet")
    return _back("gesloten")


@particulars.post(f"{_DOSSIER}/uit-elkaar")
@permission(Permission.CHANGE_PARTICULARS)
def part(dossier_id: UUID) -> BaseResponse:
    """They are two people after all."""
    try:
        commands.part(g.db, asked(), g.dossier)
    except Refused:
        return _back("al_apart")
    return _back("apart")


@particulars.get("/gegevens-wijzigen")
@permission(Permission.AGREE_PARTICULARS)
def waiting() -> Response:
    """What waits for a second one."""
    return pages.render("particulars/waiting.html", waiting=queries.to_agree(g.db), names=KIND_NAMES, done=request.args.get("klaar", ""))


@particulars.route("/gegevens-wijzigen/zelfde", methods=["GET", "POST"])
@permission(Permission.AGREE_PARTICULARS)
def same() -> BaseResponse:
    """That two dossiers are of one person. A page about no dossier: from a page about one no other is reached."""
    dossiers = queries.treated(g.db)
    form = SameForm() if request.method == "POST" else SameForm(formdata=kept_text(), main=request.args.get("dossier"))
    form.put(dossiers)
    if request.method == "POST" and form.validate():
        ids = {str(one.public_id): one.id for one in dossiers}
        written = Written(Kind.ZELFDE, (form.proof.data or "").strip(), other_id=ids[form.other.data])
        try:
            commands.ask_same(g.db, Asked(g.actor), ids[form.main.data], pages.as_uuid(form.number.data or "") or uuid4(), written)
        except Refused as refusal:
            if refusal.code != "MB009":
                form.refuse(_(refusal.message), "other" if refusal.code == "MB116" else None)
        if not form.errors:
            forget()
            return pages.see_other(url_for("particulars.waiting", klaar="gevraagd"))
    form.number.data = form.number.data or str(uuid4())
    return pages.render("particulars/same.html", status=422 if form.errors else 200, form=form)


@particulars.get("/gegevens-wijzigen/<uuid:change_id>")
@permission(Permission.AGREE_PARTICULARS)
def look(change_id: UUID) -> Response:
    """What a colleague wrote down, with the question; or what one wrote oneself, to take it back."""
    return _look_page(_waiting_or_404(change_id), AgreeForm(formdata=None))


@particulars.post("/gegevens-wijzigen/<uuid:change_id>")
@permission(Permission.AGREE_PARTICULARS)
def answer(change_id: UUID) -> BaseResponse:
    """The answer."""
    one = _waiting_or_404(change_id)
    form = AgreeForm()
    if not one.own and not form.validate_on_submit():
        return _look_page(one, form, status=422)
    try:
        commands.answer(g.db, Asked(g.actor), change_id, agrees=not one.own and form.agrees.data == "ja")
    except Refused as refusal:
        form.refuse(_(refusal.message))
        return _look_page(one, form, status=422)
    return pages.see_other(url_for("particulars.waiting", klaar="terug" if one.own else "antwoord"))


def _has_died() -> bool:
    pause = pause_of(g.db, g.dossier.public_id)
    return pause is not None and pause.way == DIED


def _kinds() -> list[Kind]:
    return [Kind.VERGISSING] if _has_died() else [Kind.NAAM, Kind.STADSDEEL, Kind.OVERLEDEN]


def _kind_or_404(word: str) -> Kind:
    return next((kind for kind in _kinds() if kind.slug == word), None) or abort(404)


def _waiting_or_404(change_id: UUID) -> ToAgree:
    return next((one for one in queries.to_agree(g.db) if one.change.public_id == change_id), None) or abort(404)


def _offer(form: ChangeForm) -> None:
    if isinstance(form, MovedForm):
        form.put(queries.stadsdelen(g.db))


def _form_page(kind: Kind, form: ChangeForm, status: int = 200) -> Response:
    _offer(form)
    form.number.data = form.number.data or str(uuid4())
    shows_nothing()
    return pages.render("particulars/write.html", status=status, dossier=g.dossier, form=form, kind=kind, names=KIND_NAMES, Kind=Kind)


def _look_page(one: ToAgree, form: AgreeForm, status: int = 200) -> Response:
    return pages.render("particulars/look.html", status=status, one=one, form=form, names=KIND_NAMES, Kind=Kind)


def _back(done: str) -> BaseResponse:
    # Who closes the dossier works in it until the end of the day.
    return pages.see_other(url_for("particulars.show", dossier_id=g.dossier.public_id, klaar=done))
