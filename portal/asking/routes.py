"""What the inwoner asks: beside a text, and about a line of "Wie keek er?"."""

from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import deadlines, pages
from portal.asking import commands, queries
from portal.asking.forms import AskForm, CorrectionForm, ExplanationForm, StatementForm, WhyForm
from portal.audit import ReadLine, What, will_show
from portal.city import WATCHDOG
from portal.dossier import models
from portal.dossier.commands import Words
from portal.dossier.models import AnnotationKind, Audience, Wish
from portal.dossier.queries import AnnotationView, EntryView, Version, annotations, find_entry
from portal.policy import Permission, asked, permission
from portal.typed_text import forget, kept_text

asking = Blueprint("asking", __name__, url_prefix="/dossier/<uuid:dossier_id>/notitie/<uuid:entry_id>")
looking = Blueprint("asking_look", __name__, url_prefix="/dossier/<uuid:dossier_id>/wie-keek-er")


@asking.get("/klopt-niet")
@permission(Permission.ASK)
def correct(dossier_id: UUID, entry_id: UUID) -> Response:
    """The form to say that something is wrong."""
    found = _not_own_or_404(entry_id)
    form = CorrectionForm(formdata=kept_text(), number=str(uuid4()))
    form.offer_sentences(found)
    return _form_page("asking/correct.html", found, form)


@asking.post("/klopt-niet")
@permission(Permission.ASK)
def ask_correction(dossier_id: UUID, entry_id: UUID) -> BaseResponse:
    """Asks to correct something."""
    found = _not_own_or_404(entry_id)
    form = CorrectionForm()
    about = form.offer_sentences(found)
    if not form.validate_on_submit():
        return _form_page("asking/correct.html", found, form, status=422)
    return _ask(found, form, about, Wish(form.wish.data), None)


@asking.get("/snap-niet")
@permission(Permission.ASK)
def explain(dossier_id: UUID, entry_id: UUID) -> Response:
    """The form to say that something isn't clear; ``na`` is an explanation that did not help."""
    found = _not_own_or_404(entry_id)
    form = ExplanationForm(formdata=kept_text(), number=str(uuid4()), after=request.args.get("na", ""))
    form.offer_sentences(found)
    return _form_page("asking/explain.html", found, form)


@asking.post("/snap-niet")
@permission(Permission.ASK)
def ask_explanation(dossier_id: UUID, entry_id: UUID) -> BaseResponse:
    """Asks to explain something."""
    found = _not_own_or_404(entry_id)
    form = ExplanationForm()
    about = form.offer_sentences(found)
    if not form.validate_on_submit():
        return _form_page("asking/explain.html", found, form, status=422)
    wanted = pages.as_uuid(form.after.data or "")
    beside = annotations(g.db, found.id) if wanted else []
    after = next((one for one in beside if one.public_id == wanted and one.kind == AnnotationKind.UITLEG), None)
    return _ask(found, form, about, Wish.UITLEG, after)


@asking.get("/vraag/<uuid:question_id>")
@permission(Permission.ASK)
def question(dossier_id: UUID, entry_id: UUID, question_id: UUID) -> Response:
    """One question: when the answer comes, the answer, and what one can do then."""
    found, thread = _question_or_404(entry_id, question_id)
    return _question_page(found, thread, StatementForm(formdata=kept_text(_statement_url(entry_id, question_id)), number=str(uuid4())))


@asking.post("/vraag/<uuid:question_id>/intrekken")
@permission(Permission.ASK)
def withdraw(dossier_id: UUID, entry_id: UUID, question_id: UUID) -> BaseResponse:
    """Takes the own question back while there is no answer."""
    found, thread = _question_or_404(entry_id, question_id, own=True)
    commands.withdraw(g.db, asked(), found, thread.question)
    return _to_question(dossier_id, entry_id, question_id)


@asking.post("/vraag/<uuid:question_id>/duidelijk")
@permission(Permission.ASK)
def settle(dossier_id: UUID, entry_id: UUID, question_id: UUID) -> BaseResponse:
    """The explanation made it clear."""
    found, thread = _question_or_404(entry_id, question_id, own=True)
    if thread.answer is not None:
        commands.settle(g.db, asked(), found, thread.question)
    return _to_question(dossier_id, entry_id, question_id)


@asking.post("/vraag/<uuid:question_id>/verklaring")
@permission(Permission.ASK)
def state(dossier_id: UUID, entry_id: UUID, question_id: UUID) -> BaseResponse:
    """Writes how it is according to the inwoner."""
    found, thread = _question_or_404(entry_id, question_id, own=True)
    form = StatementForm()
    if not form.validate_on_submit():
        return _question_page(found, thread, form, status=422)
    number = pages.as_uuid(form.number.data or "") or uuid4()
    words = Words(form.body.data or "", thread.question.audience, found.newest)
    commands.state(g.db, asked(), found, thread.question, number=number, words=words)
    forget()
    return _to_question(dossier_id, entry_id, question_id, klaar="verklaring")


@looking.get("/waarom")
@permission(Permission.READ_LOG)
def why(dossier_id: UUID) -> Response:
    """The form to ask why somebody looked; ``regel`` is the moment of the line."""
    return _why_page(_line_or_404(), WhyForm(formdata=kept_text()))


@looking.post("/waarom")
@permission(Permission.READ_LOG)
def ask_why(dossier_id: UUID) -> BaseResponse:
    """Asks why somebody looked."""
    line = _line_or_404()
    form = WhyForm()
    if not form.validate_on_submit():
        return _why_page(line, form, status=422)
    if line.at not in queries.own_look_questions(g.db, g.dossier.id):
        commands.ask_why_looked(g.db, asked(), g.dossier, line.at, form.words.data or "")
    forget()
    return pages.see_other(url_for("asking_look.why", dossier_id=dossier_id, regel=line.at.isoformat()))


def _ask(found: EntryView, form: AskForm, about: Version, wish: Wish, after: AnnotationView | None) -> BaseResponse:
    number = pages.as_uuid(form.number.data or "") or uuid4()
    words = Words(form.body.data or "", Audience(form.audience.data), about, tuple(sorted(form.sentences.data or [])))
    commands.ask(g.db, asked(), found, number=number, wish=wish, words=words, after=after)
    forget()
    return _to_question(g.dossier.public_id, found.public_id, number, klaar="gevraagd")


def _to_question(dossier_id: UUID, entry_id: UUID, question_id: UUID, klaar: str | None = None) -> BaseResponse:
    return pages.see_other(url_for("asking.question", dossier_id=dossier_id, entry_id=entry_id, question_id=question_id, klaar=klaar))


def _form_page(template: str, found: EntryView, form: AskForm, status: int = 200) -> Response:
    will_show(ReadLine(g.dossier.id, What.NOTITIE, found.id, (found.id,)))
    return pages.render(template, status=status, dossier=g.dossier, entry=found, form=form)


def _question_page(found: EntryView, thread: queries.Thread, form: StatementForm, status: int = 200) -> Response:
    will_show(ReadLine(g.dossier.id, What.NOTITIE, found.id, (found.id,)))
    answered_at = thread.answer.created_at if thread.answer is not None else None
    return pages.render(
        "asking/question.html",
        status=status,
        dossier=g.dossier,
        entry=found,
        thread=thread,
        form=form,
        me=g.actor.person_id,
        names=models,
        watchdog=WATCHDOG,
        objection_until=deadlines.due(deadlines.OBJECTION, answered_at) if answered_at is not None else None,
        done=request.args.get("klaar", ""),
    )


def _why_page(line: queries.LookedLine, form: WhyForm, status: int = 200) -> Response:
    will_show(ReadLine(g.dossier.id, What.LOGBOEK))
    return pages.render(
        "asking/why.html",
        status=status,
        dossier=g.dossier,
        line=line,
        question=queries.own_look_questions(g.db, g.dossier.id).get(line.at),
        form=form,
    )


def _statement_url(entry_id: UUID, question_id: UUID) -> str:
    return url_for("asking.state", dossier_id=g.dossier.public_id, entry_id=entry_id, question_id=question_id)


def _entry_or_404(entry_id: UUID) -> EntryView:
    return find_entry(g.db, g.dossier.id, entry_id) or abort(404)


def _not_own_or_404(entry_id: UUID) -> EntryView:
    # Nobody answers about what the asker wrote: perhaps nobody else even reads it.
    found = _entry_or_404(entry_id)
    return found if found.author_id != g.actor.person_id else abort(404)


def _question_or_404(entry_id: UUID, question_id: UUID, *, own: bool = False) -> tuple[EntryView, queries.Thread]:
    found = _entry_or_404(entry_id)
    beside = annotations(g.db, found.id)
    for one in beside:
        if one.public_id == question_id and one.wish is not None and (not own or one.author_id == g.actor.person_id):
            return found, queries.thread_of(one, beside)
    return abort(404)


def _line_or_404() -> queries.LookedLine:
    moment = pages.as_moment(request.args.get("regel", ""))
    found = queries.line_at(g.db, g.dossier.id, moment) if moment is not None else None
    return found or abort(404)
