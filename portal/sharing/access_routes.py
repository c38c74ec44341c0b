"""Letting somebody read along, changing that and stopping it: the questions one by one, a look at what it will be, and only then the act.

What was answered goes along in the form from page to page, never in an address. Nothing is kept before the act.
"""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, current_app, g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.audit import ReadLine, What, will_show
from portal.closing.queries import all_closed
from portal.door.models import Handout
from portal.dossier import models
from portal.i18n import SOURCE, _, current, translator
from portal.mandate.queries import mandates_of
from portal.policy import Permission, asked, permission
from portal.refusals import Refused
from portal.sharing import commands, queries
from portal.sharing.commands import AlreadyDone, Guest, Parts, StartCode
from portal.sharing.forms import Question, ReviewForm, UntilForm, WhatForm, WhoForm
from portal.sharing.queries import EntryToShare, Naaste, Sharing
from portal.sharing.steps import ACT, UNTIL, WANTED, WHAT, Answers
from portal.typed_text import forget

blueprint = Blueprint("sharing", __name__, url_prefix="/dossier/<uuid:dossier_id>/wie-mag-wat-zien")
WHO = "wie"
Given = TypeVar("Given")


@blueprint.get("")
@permission(Permission.SHARE)
def overview(dossier_id: UUID) -> Response:
    """Every person and organisation that may see something, what, why and until when."""
    sharing = sharing_now()
    closed = all_closed(g.db, g.dossier.id)
    shown = tuple(sorted({*sharing.shown, *(one.number for one in closed)}))
    mandates = mandates_of(g.db, dossier_id) if sharing.others.get("vertegenwoordiger") else []
    organisations = queries.organisations(g.db, g.dossier.public_id, sharing, queries.today())
    return render_page(
        "sharing/overview.html",
        shown=shown,
        sharing=sharing,
        organisations=organisations,
        closed=closed,
        mandates=mandates,
        done=request.args.get("klaar", ""),
    )


@blueprint.route("/erbij", methods=["GET", "POST"])
@permission(Permission.SHARE)
def give(dossier_id: UUID) -> ResponseReturnValue:
    """Lets somebody read along: a naaste who did before, or somebody new, who gets a code."""
    sharing, answers = sharing_now(), Answers.of_request()
    about = _entry_or_404(answers.entry)
    who, until = WhoForm(answers.given), UntilForm(answers.given)
    who.offer((str(person), name) for person, name in sharing.known)
    until.offer(queries.today())
    steps: dict[str, Question] = {WHO: who, UNTIL: until}
    if about is None:
        what = WhatForm(answers.given)
        what.offer_entries(None)
        steps = {WHO: who, WHAT: what, UNTIL: until}
    parts = Parts(entries=(about.public_id,)) if about is not None else None
    shown = answers.step(steps)
    if shown is not None:
        return _question(shown, steps, answers, about=about)
    known = next((one for one in sharing.known if str(one[0]) == who.who.data), None)
    review = ReviewForm(answers.given)
    parts = parts or what.parts
    if answers.acts:
        try:
            return _given(known, who, parts, until, review)
        except AlreadyDone:
            return _done("dubbel")
        except Refused as refused:
            review.refuse(_(refused.message))
    review.number.data = review.number.data or str(uuid4())
    return _look(review, known[1] if known else who.name, parts, until, steps, answers, about=about, is_new=known is None)


def _given(known: tuple[UUID, str] | None, who: WhoForm, parts: Parts, until: UntilForm, review: ReviewForm) -> ResponseReturnValue:
    dossier = g.dossier.public_id
    if known is not None:
        commands.give(g.db, asked(), dossier, known[0], parts, until.last_day)
        forget()
        return _done("gegeven")
    guest = Guest(
        pages.as_uuid(review.number.data or "") or uuid4(), who.line("first_name"), who.line("last_name"), who.line("said") or None
    )
    made = commands.invite(g.db, asked(), dossier, guest, parts, until.last_day, current().language.code)
    forget()
    return handed_over(who.name, made, current().language.code)


@blueprint.get("/<uuid:person_id>")
@permission(Permission.SHARE)
def person(dossier_id: UUID, person_id: UUID) -> Response:
    """What one naaste sees, and what the inwoner can do about it."""
    naaste = naaste_or_404(person_id)
    code = queries.code_of_naaste(g.db, dossier_id, person_id)
    return render_page("sharing/person.html", shown=naaste.shown, naaste=naaste, code=code, done=request.args.get("klaar", ""))


@blueprint.route("/<uuid:person_id>/veranderen", methods=["GET", "POST"])
@permission(Permission.SHARE)
def change(dossier_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Less or more, shorter or longer."""
    naaste, answers = naaste_or_404(person_id), Answers.of_request()
    what, until = WhatForm(answers.given), UntilForm(answers.given)
    what.fill_with(naaste)
    what.offer_entries(naaste)
    until.offer(queries.today(), naaste.first_end)
    steps: dict[str, Question] = {WHAT: what, UNTIL: until}
    shown = answers.step(steps)
    if shown is not None:
        return _question(shown, steps, answers, naaste=naaste)
    review = ReviewForm(answers.given)
    if answers.acts:
        try:
            commands.change(g.db, asked(), dossier_id, person_id, what.parts, until.last_day, tell=bool(review.tell.data))
        except Refused as refused:
            review.refuse(_(refused.message))
        else:
            forget()
            return pages.see_other(url_for("sharing.person", dossier_id=dossier_id, person_id=person_id, klaar="veranderd"))
    return _look(review, naaste.name, what.parts, until, steps, answers, naaste=naaste)


@blueprint.route("/<uuid:person_id>/stoppen", methods=["GET", "POST"])
@permission(Permission.SHARE)
def stop(dossier_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Asks once more, and stops it: from the next request on the other sees what somebody without access sees."""
    form = ReviewForm()
    if request.method == "POST":
        _or_404(lambda: commands.withdraw(g.db, asked(), dossier_id, person_id, tell=bool(form.tell.data)))
        return _done("gestopt")
    naaste = naaste_or_404(person_id)
    return render_page("sharing/stop.html", shown=naaste.shown, naaste=naaste, form=form)


@blueprint.post("/<uuid:person_id>/klopt")
@permission(Permission.SHARE)
def confirm(dossier_id: UUID, person_id: UUID) -> BaseResponse:
    """Yes, it still holds."""
    _or_404(lambda: commands.confirm(g.db, asked(), dossier_id, person_id))
    return _done("klopt")


@blueprint.post("/<uuid:person_id>/code")
@permission(Permission.SHARE)
def new_code(dossier_id: UUID, person_id: UUID) -> Response:
    """A new code for who never came in, shown once."""
    naaste = naaste_or_404(person_id)
    made = _or_404(lambda: commands.new_code_for(g.db, asked(), dossier_id, person_id, naaste.name.split(" ")[0], current().language.code))
    return handed_over(naaste.name, made, current().language.code)


def _question(
    shown: str, steps: dict[str, Question], answers: Answers, *, about: EntryToShare | None = None, naaste: Naaste | None = None
) -> Response:
    form = steps[shown]
    return render_page(
        "sharing/question.html",
        shown=(about.id,) if about else naaste.shown if naaste else (),
        status=422 if form.errors else 200,
        step=shown,
        form=form,
        **answers.ways(shown, steps),
        about=about,
        naaste=naaste,
    )


def _look(
    review: ReviewForm,
    name: str,
    parts: Parts,
    until: UntilForm,
    steps: dict[str, Question],
    answers: Answers,
    *,
    about: EntryToShare | None = None,
    naaste: Naaste | None = None,
    is_new: bool = False,
) -> Response:
    titles = {about.public_id: about.title} if about else {part.entry: part.title for part in naaste.parts} if naaste else {}
    return render_page(
        "sharing/review.html",
        shown=(about.id,) if about else naaste.shown if naaste else (),
        status=422 if review.errors else 200,
        form=review,
        name=name,
        parts_of=parts,
        titles=[titles.get(entry) for entry in parts.entries],
        count=queries.how_many(g.db, g.dossier.id, parts.whole, parts.sections, parts.leefdomeinen),
        until=until.last_day,
        back=list(steps)[-1],
        act=ACT,
        carried=answers.carried(list(steps.values())),
        naaste=naaste,
        is_new=is_new,
    )


def handed_over(name: str, made: StartCode, language: str) -> Response:
    """The page with the code, in this language and in Dutch below it: to be given by hand."""
    return render_page(
        "sharing/code.html",
        whose=name,
        username=made.username,
        code=made.code,
        texts=Handout,
        address=current_app.extensions["settings"].address_for_residents,
        speakers=[translator(one) for one in dict.fromkeys((language, SOURCE))],
    )


def render_page(template: str, *, shown: tuple[int, ...] = (), status: int = 200, **context: Any) -> Response:
    """A page about who may see what; ``shown``: the entries of which a title stands on it."""
    will_show(ReadLine(g.dossier.id, What.OVERZICHT, shown=shown))
    return pages.render(
        template,
        status=status,
        dossier=g.dossier,
        names=models,
        today=queries.today(),
        wanted=WANTED,
        translated=models.section_names,
        **context,
    )


def _done(what: str) -> BaseResponse:
    return pages.see_other(url_for("sharing.overview", dossier_id=g.dossier.public_id, klaar=what))


def sharing_now() -> Sharing:
    """Who may see what of the own dossier today."""
    return queries.who_may_see(g.db, g.dossier.public_id, queries.today())


def naaste_or_404(person_id: UUID) -> Naaste:
    """Somebody who reads along in the own dossier, or will."""
    return sharing_now().naaste(person_id) or abort(404)


def _entry_or_404(word: str) -> EntryToShare | None:
    """The entry that was meant; None when it isn't about one."""
    if not word:
        return None
    number = pages.as_uuid(word)
    return (queries.entry_to_share(g.db, g.dossier.id, number) if number else None) or abort(404)


def _or_404(act: Callable[[], Given]) -> Given:
    try:
        return act()
    except Refused:
        return abort(404)
