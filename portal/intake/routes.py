"""Asking for help, without an account: one question a page, back always works, and nothing typed is lost."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, abort, current_app, g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from portal import pages
from portal.city import city, is_open
from portal.db import Database
from portal.forms import BaseForm, lazy
from portal.i18n import _
from portal.intake import commands, drafts, queries
from portal.intake.commands import TooManyError
from portal.intake.drafts import Draft
from portal.intake.forms import AGES, CONSENT, CRISIS, FORMS, ROLES, SIGNS, WAYS, CodeForm, WorseForm
from portal.intake.queries import SentMelding
from portal.policy import Permission, permission
from portal.secretbox import keyed_hash
from portal.security import visitor_address

blueprint = Blueprint("intake", __name__, url_prefix="/melding")

TITLES = {
    "voor-wie": lazy("Hulp vragen"),
    "melder": lazy("Over u"),
    "vraag": lazy("Wat is uw vraag?"),
    "nu": lazy("Kan het wachten?"),
    "wie": lazy("Om wie gaat het?"),
    "bereiken": lazy("Contact met u"),
    "veilig": lazy("Is contact veilig?"),
    "praten": lazy("Praten met ons"),
}
_FIRST = next(iter(FORMS))


@blueprint.route("", methods=["GET", "POST"])
@permission(Permission.OPEN)
def begin() -> ResponseReturnValue:
    """The first page, for whom one asks; its answer makes the code. Who was filling in already goes on there."""
    form = FORMS[_FIRST]()
    with _database().plain() as connection:
        draft = drafts.current(connection)
        if draft is not None and not request.form:
            return pages.see_other(_where(draft))
        if request.method == "GET" or not form.validate():
            return _question(_FIRST, form, None)
        draft = draft if draft is not None and draft.sent_at is None else drafts.begin()
        _keep(draft, _FIRST, form)
        drafts.save(connection, draft)
    return pages.see_other(url_for("intake.step", step=draft.after(_FIRST)))


@blueprint.route("/stap/<step>", methods=["GET", "POST"])
@permission(Permission.OPEN)
def step(step: str) -> ResponseReturnValue:
    """One question. Its answer is kept at once; a sign of crisis shows the numbers to call before anything else."""
    if step not in FORMS:
        abort(404)
    with _database().plain() as connection:
        draft = drafts.current(connection)
        if draft is None:
            return pages.see_other(url_for("intake.begin"))
        if draft.sent_at is not None:
            return pages.see_other(url_for("intake.stand"))
        if step not in draft.steps:
            abort(404)
        if request.method == "GET":
            return _question(step, FORMS[step](formdata=_as_form(draft)), draft)
        form = FORMS[step]()
        good = form.validate()
        # What was typed is kept either way, so that "later" and "back" lose nothing.
        _keep(draft, step, form, answered=good)
        if not drafts.save(connection, draft):
            return pages.see_other(url_for("intake.stand"))
    if not good:
        return _question(step, form, draft)
    if step == "nu" and CRISIS.intersection(draft.answers.get("signs") or ()):
        return pages.see_other(url_for("intake.call_now"))
    if step == "wie" and (draft.answers.get("age") in ("onder_18", "18_23") or draft.answers.get("children_at_home") == "ja"):
        return pages.see_other(url_for("intake.route"))
    return pages.see_other(_onward(draft, step))


@blueprint.get("/bel-nu")
@permission(Permission.OPEN)
def call_now() -> ResponseReturnValue:
    """Whom to call now; the question goes on after it."""
    return _with_draft(
        lambda draft: pages.render(
            "intake/call_now.html",
            onward=_onward(draft, "nu"),
            back=url_for("intake.step", step="nu"),
            open_now=is_open(city().organisation.hours, datetime.now(UTC)),
        )
    )


@blueprint.get("/wie-helpt")
@permission(Permission.OPEN)
def route() -> ResponseReturnValue:
    """Who else may help: the youth team, or both together. An explanation, never a refusal (eis 2.1)."""
    return _with_draft(
        lambda draft: pages.render(
            "intake/route.html",
            onward=_onward(draft, "wie"),
            back=url_for("intake.step", step="wie"),
            age=draft.answers.get("age"),
            children=draft.answers.get("children_at_home") == "ja",
        )
    )


@blueprint.route("/nakijken", methods=["GET", "POST"])
@permission(Permission.OPEN)
def review() -> ResponseReturnValue:
    """Everything once more, each answer with a link to change it; then it is sent."""
    form = BaseForm()
    with _database().plain() as connection:
        draft = drafts.current(connection)
        if draft is None:
            return pages.see_other(url_for("intake.begin"))
        if draft.sent_at is not None:
            return pages.see_other(url_for("intake.stand"))
        if draft.next_step is not None:
            return pages.see_other(url_for("intake.step", step=draft.next_step))
        if request.method == "GET":
            return pages.render("intake/review.html", form=form, draft=draft, said=_said(draft), titles=TITLES)
        try:
            commands.send(connection, draft, g.language, _team(draft), _source())
        except TooManyError:
            form.refuse(_("Vanaf deze plek kwamen net heel veel vragen. Wacht een uur, of bel ons. Uw antwoorden zijn bewaard."))
    if form.errors:
        answer = pages.render("intake/review.html", status=429, has_errors=True, form=form, draft=draft, said=_said(draft), titles=TITLES)
        answer.headers["Retry-After"] = "3600"
        return answer
    return pages.see_other(url_for("intake.stand"))


@blueprint.get("/stand")
@permission(Permission.OPEN)
def stand() -> ResponseReturnValue:
    """Where it stands: that it came in, what happens next and when."""
    with _database().plain() as connection:
        draft = drafts.current(connection)
        sent = queries.sent_melding(connection, draft.code) if draft is not None else None
    if draft is None:
        return pages.see_other(url_for("intake.resume"))
    if sent is None:
        return pages.see_other(_where(draft))
    return _stand(draft, sent, WorseForm(formdata=None))


@blueprint.get("/kopie")
@permission(Permission.OPEN)
def copy() -> ResponseReturnValue:
    """What was sent, as it was sent (Awb 2:17)."""
    with _database().plain() as connection:
        draft = drafts.current(connection)
        sent = queries.sent_melding(connection, draft.code) if draft is not None else None
    if draft is None or sent is None:
        return pages.see_other(url_for("intake.resume"))
    if not draft.answers:
        return pages.see_other(url_for("intake.stand"))
    return pages.render("intake/copy.html", draft=draft, sent=sent, said=_said(draft), titles=TITLES)


@blueprint.post("/erger")
@permission(Permission.OPEN)
def worse() -> ResponseReturnValue:
    """It gets worse: the team sees it at once, on top."""
    form = WorseForm()
    with _database().plain() as connection:
        draft = drafts.current(connection)
        sent = queries.sent_melding(connection, draft.code) if draft is not None else None
        if draft is None or sent is None:
            return pages.see_other(url_for("intake.resume"))
        if form.validate():
            commands.worse(connection, draft.code, (form.told.data or "").strip())
            return pages.see_other(url_for("intake.stand", verteld=1) + "#erger")
    return _stand(draft, sent, form)


@blueprint.post("/geholpen")
@permission(Permission.OPEN)
def helped() -> ResponseReturnValue:
    """Whether it helped; with "nee" the team hears it at once. The page of the melding says what came of it."""
    with _database().plain() as connection:
        draft = drafts.current(connection)
        if draft is None:
            return pages.see_other(url_for("intake.resume"))
        commands.helped(connection, draft.code, request.form.get("answer", ""))
    return pages.see_other(url_for("intake.stand") + "#geholpen")


@blueprint.post("/mijn/geholpen")
@permission(Permission.SEE_START)
def own_helped() -> ResponseReturnValue:
    """The same for who is signed in, about a melding of the own dossier."""
    commands.own_helped(g.db, request.form.get("number", ""), request.form.get("answer", ""))
    return pages.see_other("/#geholpen")


@blueprint.route("/code", methods=["GET", "POST"])
@permission(Permission.OPEN)
def resume() -> ResponseReturnValue:
    """Back with the code, on whatever device."""
    form = CodeForm()
    if not form.is_submitted():
        return pages.render("intake/code.html", form=form)
    if form.validate():
        with _database().plain() as connection:
            draft = drafts.resume(connection, form.code.data or "")
        if draft is not None:
            return pages.see_other(_where(draft))
        form.refuse(_("Deze code kennen wij niet. Kijk of u hem goed heeft getypt. Na 14 dagen zonder versturen is hij weg."), "code")
    return pages.render("intake/code.html", status=422, form=form)


@blueprint.post("/stoppen")
@permission(Permission.OPEN)
def stop() -> ResponseReturnValue:
    """This browser forgets the code; with the code on paper one goes on later."""
    drafts.forget()
    return pages.see_other("/")


def _stand(draft: Draft, sent: SentMelding, form: WorseForm) -> Response:
    return pages.render(
        "intake/stand.html",
        status=422 if form.errors else 200,
        draft=draft,
        sent=sent,
        standing=queries.standing_of(sent, datetime.now(UTC), city().start_term),
        told="verteld" in request.args and not form.errors,
        form=form,
    )


def _with_draft(show: Callable[[Draft], Response]) -> ResponseReturnValue:
    with _database().plain() as connection:
        draft = drafts.current(connection)
    if draft is None:
        return pages.see_other(url_for("intake.begin"))
    return show(draft) if draft.sent_at is None else pages.see_other(url_for("intake.stand"))


def _question(step: str, form: BaseForm, draft: Draft | None) -> Response:
    steps = draft.steps if draft else list(FORMS)
    return pages.render(
        "intake/step.html",
        status=422 if form.errors else 200,
        form=form,
        step=step,
        title=TITLES[step],
        draft=draft,
        back=draft.before(step) if draft else None,
        place=steps.index(step) + 1 if draft else None,
        total=len(steps) + 1,
    )


def _keep(draft: Draft, step: str, form: BaseForm, *, answered: bool = True) -> None:
    draft.answers |= {field.name: field.data for field in form}
    if answered and step not in draft.done:
        draft.done.append(step)
    if not answered and step in draft.done:
        draft.done.remove(step)


def _as_form(draft: Draft) -> MultiDict[str, str] | None:
    """The answers as a form that was sent, so that a page shows them again."""
    values: list[tuple[str, str]] = []
    for name, value in draft.answers.items():
        values += [(name, one) for one in (value if isinstance(value, list) else [value]) if one]
    return MultiDict(values) if values else None


def _onward(draft: Draft, step: str) -> str:
    """After changing one answer back to looking it all over; else the next question."""
    after = draft.after(step)
    if draft.next_step is None or after is None:
        return url_for("intake.review")
    return url_for("intake.step", step=after)


def _where(draft: Draft) -> str:
    if draft.sent_at is not None:
        return url_for("intake.stand")
    return url_for("intake.step", step=draft.next_step) if draft.next_step else url_for("intake.review")


def _said(draft: Draft) -> list[tuple[str, list[tuple[Any, str]]]]:
    """Per page its questions and answers in words; what was left empty is left out."""
    words: dict[str, dict[str, Any]] = {"signs": SIGNS, "reach_ways": WAYS, "reporter_role": ROLES, "consent": CONSENT, "age": AGES}
    found = []
    for step in draft.steps:
        form = FORMS[step](formdata=_as_form(draft))
        lines = []
        for field in form:
            names = words.get(field.name) or {choice.value: choice.label for choice in getattr(field, "choices", ())}
            values = field.data if isinstance(field.data, list) else [field.data]
            said = ", ".join(str(names.get(value, value)) for value in values if value)
            if said:
                lines.append((field.label.text, said))
        found.append((step, lines))
    return found


def _team(draft: Draft) -> str | None:
    """The team of the postcode that was given, or None."""
    district = city().district_of(draft.answers.get("postcode") or "")
    return district.team if district else None


def _source() -> bytes:
    settings = current_app.extensions["settings"]
    return keyed_hash(settings.text_key, "melding source", visitor_address())


def _database() -> Database:
    database: Database = current_app.extensions["database"]
    return database
