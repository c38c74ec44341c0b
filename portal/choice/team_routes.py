"""The team's side: the own profile, placing those of colleagues, and how many people each helps."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages, plainness
from portal.choice import commands, continuity, models, queries, words
from portal.choice.forms import CaseloadForm, HoursForm, LookForm, ProfileForm
from portal.choice.queries import Caseload, ToLookAt
from portal.deadlines import WISH_ANSWER
from portal.dossier.models import LEEFDOMEIN_NAMES
from portal.i18n import _
from portal.policy import Asked, Permission, permission
from portal.refusals import Refused
from portal.typed_text import forget, kept_text

profiles = Blueprint("profiles", __name__)


@profiles.get("/mijn-profiel")
@permission(Permission.WRITE_PROFILE)
def own() -> Response:
    """What I tell, what residents read of it, and the form to change it."""
    last = next(iter(queries.own_profiles(g.db)), None)
    begin = {} if last is None else {**asdict(last), "good_at": "\n".join(last.good_at)}
    return _own_page(ProfileForm(formdata=kept_text(), data={**begin, "number": str(uuid4())}))


@profiles.post("/mijn-profiel")
@permission(Permission.WRITE_PROFILE)
def send() -> BaseResponse:
    """Sends it to the team lead."""
    form = ProfileForm()
    form.put()
    live = plainness.while_writing(form.about, form.manner)
    if live is not None:
        return live
    if plainness.wanted():
        return _own_page(form)
    if not form.validate_on_submit():
        return _own_page(form, status=422)
    try:
        commands.send_profile(g.db, Asked(g.actor), pages.as_uuid(form.number.data or "") or uuid4(), form.says())
    except Refused as refused:
        if refused.code != "MB009":
            raise
    forget()
    return pages.see_other(url_for("profiles.own", klaar="verstuurd"))


@profiles.post("/mijn-profiel/weghalen")
@permission(Permission.WRITE_PROFILE)
def hide() -> BaseResponse:
    """Residents don't read about me any more."""
    try:
        commands.hide_profile(g.db, Asked(g.actor))
    except Refused:
        return pages.see_other(url_for("profiles.own", klaar="dubbel"))
    return pages.see_other(url_for("profiles.own", klaar="weggehaald"))


@profiles.get("/mijn-uren")
@permission(Permission.WRITE_PROFILE)
def hours() -> Response:
    """How heavy the own cases are: hours in a week, about."""
    return _hours_page(HoursForm(formdata=None))


@profiles.post("/mijn-uren")
@permission(Permission.WRITE_PROFILE)
def say_hours() -> BaseResponse:
    """Of one of them."""
    form = HoursForm()
    form.put([(str(one.dossier), one.inwoner) for one in queries.own_cases(g.db, g.actor.person_id)])
    if not form.validate_on_submit():
        return _hours_page(form, status=422)
    try:
        commands.say_hours(g.db, Asked(g.actor), UUID(form.dossier.data), int(form.hours.data or ""))
    except Refused as refused:
        form.refuse(_(refused.message))
        return _hours_page(form, status=422)
    return pages.see_other(url_for("profiles.hours", klaar="bewaard"))


def _hours_page(form: HoursForm, status: int = 200) -> Response:
    cases = queries.own_cases(g.db, g.actor.person_id)
    form.put([(str(one.dossier), one.inwoner) for one in cases])
    total = sum(one.hours or 0 for one in cases)
    return pages.render("choice/hours.html", status=status, form=form, cases=cases, total=total, done=request.args.get("klaar", ""))


@profiles.get("/profielen")
@permission(Permission.PLACE_PROFILE)
def overview() -> Response:
    """What waits to be placed, and how many people each colleague helps."""
    return _overview(CaseloadForm(formdata=None))


@profiles.post("/profielen")
@permission(Permission.PLACE_PROFILE)
def caseload() -> BaseResponse:
    """How many people one of them helps at most."""
    form = CaseloadForm()
    _offer(form, queries.caseloads(g.db))
    if not form.validate_on_submit():
        return _overview(form, status=422)
    try:
        commands.set_caseload(g.db, Asked(g.actor), UUID(form.person.data), int(form.most.data or ""))
    except Refused as refused:
        form.refuse(_(refused.message))
        return _overview(form, status=422)
    forget()
    return pages.see_other(url_for("profiles.overview", klaar="bewaard"))


@profiles.get("/profielen/<uuid:version_id>")
@permission(Permission.PLACE_PROFILE)
def look(version_id: UUID) -> Response:
    """One of them, as residents will read it, with the question."""
    return _look_page(_waiting_or_404(version_id), LookForm(formdata=kept_text()))


@profiles.post("/profielen/<uuid:version_id>")
@permission(Permission.PLACE_PROFILE)
def place(version_id: UUID) -> BaseResponse:
    """Places it, or sends it back."""
    found = _waiting_or_404(version_id)
    form = LookForm()
    if not form.validate_on_submit():
        return _look_page(found, form, status=422)
    good = form.good.data == "ja"
    commands.look_at_profile(g.db, Asked(g.actor), version_id, good=good, remark=(form.remark.data or "").strip())
    forget()
    return pages.see_other(url_for("profiles.overview", klaar="geplaatst" if good else "teruggestuurd"))


@profiles.get("/continuiteit")
@permission(Permission.PLACE_PROFILE)
def figures() -> Response:
    """How often people got somebody else in the last year, and how soon wishes were answered."""
    now = datetime.now(UTC)
    teams = continuity.continuity(g.db, now)
    return pages.render(
        "choice/continuity.html",
        teams=teams,
        times=continuity.TIMES,
        small=continuity.SMALL,
        since=continuity.first_day(now),
        term=WISH_ANSWER.length,
    )


def _own_page(form: ProfileForm, status: int = 200) -> Response:
    form.put()
    sent = queries.own_profiles(g.db)
    return pages.render(
        "choice/own_profile.html",
        status=status,
        form=form,
        last=next(iter(sent), None),
        shown=next((one for one in sent if one.placed and one.gone_at is None), None),
        done=request.args.get("klaar", ""),
        meters=plainness.measured(form.about, form.manner),
        **_words(),
    )


def _overview(form: CaseloadForm, status: int = 200) -> Response:
    people = queries.caseloads(g.db)
    _offer(form, people)
    return pages.render(
        "choice/caseloads.html",
        status=status,
        form=form,
        waiting=queries.to_look_at(g.db),
        people=people,
        room=sum(max(0, one.most - one.helps) for one in people if one.most is not None),
        hours=sum(one.hours or 0 for one in people),
        done=request.args.get("klaar", ""),
    )


def _offer(form: CaseloadForm, people: list[Caseload]) -> None:
    form.put([(str(one.person), one.name) for one in people])


def _waiting_or_404(version_id: UUID) -> ToLookAt:
    return next((one for one in queries.to_look_at(g.db) if one.version.public_id == version_id), None) or abort(404)


def _look_page(found: ToLookAt, form: LookForm, status: int = 200) -> Response:
    return pages.render("choice/look.html", status=status, found=found, form=form, **_words())


def _words() -> dict[str, Any]:
    return {"words": words, "domains": LEEFDOMEIN_NAMES, "drawings": models.DRAWING_NAMES}
