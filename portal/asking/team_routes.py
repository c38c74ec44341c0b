"""What the team has to answer: a list by term, a question beside its text, and why somebody looked."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, Response, abort, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages, plainness
from portal.asking import commands, queries
from portal.asking.forms import AnswerForm, ExplainForm, ExtendForm, WhyAnswerForm
from portal.audit import ReadLine, What, will_show
from portal.destruction.queries import plans_waiting
from portal.destruction.queries import waiting as to_destroy
from portal.dossier import models
from portal.dossier.models import AnnotationKind
from portal.dossier.queries import AnnotationView, EntryView, annotations, find_entry, place_of
from portal.i18n import _, lazy
from portal.pause.queries import pause_of
from portal.policy import Asked, Permission, allows, asked, permission
from portal.refusals import Refused
from portal.typed_text import forget, kept_text
from portal.words import pieces

answering = Blueprint("answering", __name__)


@answering.get("/vragen")
@permission(Permission.SEE_QUESTIONS)
def overview() -> Response:
    """Everything that the actor can answer, what is due first on top."""
    return pages.render(
        "asking/list.html",
        waiting=queries.waiting(g.db),
        destructions=to_destroy(g.db),
        plans=plans_waiting(g.db),
        looks=queries.look_questions(g.db) if allows(Permission.ANSWER_LOOKS, Asked(g.actor)) else [],
        names=models,
        now=datetime.now(UTC),
        done=request.args.get("klaar", ""),
    )


@answering.get("/dossier/<uuid:dossier_id>/notitie/<uuid:entry_id>/vraag/<uuid:question_id>")
@permission(Permission.ANSWER)
def show(dossier_id: UUID, entry_id: UUID, question_id: UUID) -> Response:
    """The text with the question beside it, and the forms to answer."""
    found, question = _question_or_404(entry_id, question_id)
    return _page(found, question, _answer_form(question, filled=False), ExtendForm(formdata=None))


@answering.post("/dossier/<uuid:dossier_id>/notitie/<uuid:entry_id>/vraag/<uuid:question_id>")
@permission(Permission.ANSWER)
def answer(dossier_id: UUID, entry_id: UUID, question_id: UUID) -> BaseResponse:
    """Answers the question, or only measures the language of the answer (portal.plainness)."""
    found, question = _question_or_404(entry_id, question_id)
    form = _answer_form(question, filled=True)
    live = plainness.while_writing(form.body)
    if live is not None:
        return live
    if plainness.wanted():
        return _page(found, question, form, ExtendForm(formdata=None))
    if not form.validate_on_submit():
        return _page(found, question, form, ExtendForm(formdata=None), status=422)
    outcome = form.outcome.data if isinstance(form, AnswerForm) else 0
    try:
        commands.answer(g.db, asked(), found, question, outcome=outcome, words=form.body.data or "")
    except Refused as refusal:
        form.refuse(_(refusal.message))
        return _page(found, question, form, ExtendForm(formdata=None), status=422)
    forget()
    return pages.see_other(url_for("answering.overview", klaar="antwoord"))


@answering.post("/dossier/<uuid:dossier_id>/notitie/<uuid:entry_id>/vraag/<uuid:question_id>/langer")
@permission(Permission.ANSWER)
def extend(dossier_id: UUID, entry_id: UUID, question_id: UUID) -> BaseResponse:
    """The answer takes longer."""
    found, question = _question_or_404(entry_id, question_id)
    form = ExtendForm()
    if form.validate_on_submit():
        try:
            commands.extend(g.db, asked(), found, question, form.why.data or "")
        except Refused as refusal:
            form.refuse(_(refusal.message))
        else:
            return pages.see_other(url_for("answering.overview", klaar="langer"))
    return _page(found, question, _answer_form(question, filled=False), form, status=422)


@answering.get("/vragen/gekeken/<uuid:question_id>")
@permission(Permission.ANSWER_LOOKS)
def show_look(question_id: UUID) -> Response:
    """Why did this person look: the line and the question, nothing of the dossier."""
    return _look_page(_look_or_404(question_id), WhyAnswerForm(formdata=kept_text()))


@answering.post("/vragen/gekeken/<uuid:question_id>")
@permission(Permission.ANSWER_LOOKS)
def answer_look(question_id: UUID) -> BaseResponse:
    """Says why."""
    look = _look_or_404(question_id)
    form = WhyAnswerForm()
    if not form.validate_on_submit():
        return _look_page(look, form, status=422)
    try:
        commands.answer_look(g.db, asked(), question_id, form.words.data or "")
    except Refused:
        abort(404)
    forget()
    return pages.see_other(url_for("answering.overview", klaar="antwoord"))


def _answer_form(question: AnnotationView, *, filled: bool) -> AnswerForm | ExplainForm:
    form = ExplainForm if question.kind == AnnotationKind.SNAP_NIET else AnswerForm
    return form() if filled else form(formdata=kept_text())


def _page(
    found: EntryView,
    question: AnnotationView,
    form: AnswerForm | ExplainForm,
    extension: ExtendForm,
    status: int = 200,
) -> Response:
    place = place_of(question, found)
    if pause_of(g.db, g.dossier.public_id) is not None:
        extension.why.description = lazy("De inwoner leest dit als het dossier weer aan staat.")
    will_show(ReadLine(g.dossier.id, What.NOTITIE, found.id, (found.id,)))
    return pages.render(
        "asking/answer.html",
        status=status,
        dossier=g.dossier,
        entry=found,
        question=question,
        pieces=pieces(found.newest.body),
        marked=set(place.numbers) if place else set(),
        place=place,
        newer=next((version for version in reversed(found.versions) if version.created_at > question.created_at), None),
        form=form,
        extension=extension,
        meters=plainness.measured(form.body),
        may_extend=question.wish != models.Wish.UITLEG and question.extended_at is None and datetime.now(UTC) <= question.answer_due,
        names=models,
        now=datetime.now(UTC),
    )


def _look_page(look: queries.LookQuestion, form: WhyAnswerForm, status: int = 200) -> Response:
    return pages.render("asking/look.html", status=status, look=look, form=form)


def _question_or_404(entry_id: UUID, question_id: UUID) -> tuple[EntryView, AnnotationView]:
    found = find_entry(g.db, g.dossier.id, entry_id) or abort(404)
    for one in annotations(g.db, found.id):
        if one.public_id == question_id and one.waits:
            return found, one
    return abort(404)


def _look_or_404(question_id: UUID) -> queries.LookQuestion:
    return next((one for one in queries.look_questions(g.db) if one.public_id == question_id), None) or abort(404)
