"""The meldingen on the team's face: the list, one melding, and each thing that is done with it as a page of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, g, request, url_for
from flask.typing import ResponseReturnValue

from portal import pages
from portal.city import city
from portal.deadlines import AMSTERDAM
from portal.forms import BaseForm
from portal.front.queries import rights_version
from portal.i18n import LANGUAGES, N_, SOURCE, _, translator
from portal.intake.steps import OPEN, Standing, may_wait
from portal.policy import Permission, asked, permission
from portal.refusals import Refused
from portal.screening import commands, forms, queries
from portal.screening.queries import Happened, Melding
from portal.typed_text import forget, kept_text

blueprint = Blueprint("screening", __name__, url_prefix="/meldingen")

_WHAT = "urgentie, gesprek, screening, starten, advies, doorverwijzen, overdragen, wachtlijst, weigeren, collega, team, " + ", ".join(
    forms.RESEARCH
)
"""The last word of the address of each page with a form; ACTS below says what each does."""


@blueprint.before_request
def _nothing_read() -> Response | None:
    """Whoever asks for the head alone sees nothing, so no line says that something was read."""
    return pages.no_content() if request.method == "HEAD" else None


@blueprint.get("")
@permission(Permission.SCREEN)
def overview() -> Response:
    """What waits: the most urgent first, then what has to be done soonest. What came in floods stands below, one line each."""
    now = datetime.now(UTC)
    nobodys_only = request.args.get("van") == "niemand"
    listed = queries.worklist(g.db, now, city().start_term, after=request.args.get("na", ""), nobodys_only=nobodys_only)
    return pages.render(
        "screening/list.html",
        listed=listed,
        nobodys_only=nobodys_only,
        floods=queries.floods(g.db),
        now=now,
        urgencies=forms.URGENCIES,
        steps=forms.STEPS,
        lateness=lateness,
        done=request.args.get("klaar", ""),
    )


def lateness(until: datetime, now: datetime) -> tuple[int, str] | None:
    """How late it is by now, in whole days or, below one day, in hours; None: in time."""
    late = now - until
    if late.total_seconds() <= 0:
        return None
    return (late.days, "dagen") if late.days else (late.seconds // 3600, "uren")


@blueprint.get("/<uuid:melding_id>")
@permission(Permission.SCREEN)
def show(melding_id: UUID) -> Response:
    """One melding as it was asked, what happened, and what can be done."""
    melding = _opened_or_404(melding_id)
    now = datetime.now(UTC)
    happened = queries.history(g.db, melding)
    standing = queries.stands(melding, happened, now, city().start_term)
    return pages.render(
        "screening/melding.html",
        melding=melding,
        happened=happened,
        notes=queries.notes(g.db, melding),
        standing=standing,
        suggested=queries.suggested_urgency(melding.signs, worse=standing.worse_at is not None),
        acts={what: ACTS[what].title for what in _possible(melding, standing)},
        is_mine=melding.staff_id == g.actor.person_id,
        alike=len(queries.resembling(g.db, melding)),
        words=forms,
        known_languages=LANGUAGES,
        steps=forms.STEPS,
        now=now,
        lateness=lateness,
        done=request.args.get("klaar", ""),
    )


def _possible(melding: Melding, standing: Standing) -> Sequence[str]:
    """What can be done now, in the order in which it usually goes."""
    if not melding.open:
        return standing.research_may
    if standing.phase not in OPEN:
        return ("urgentie", "gesprek", "collega", *standing.research_may)
    left_out = forms.RESEARCH.keys() - set(standing.research_may) | (set() if may_wait(standing.urgency) else {"wachtlijst"})
    return [what for what in ACTS if what not in left_out]


@blueprint.post("/<uuid:melding_id>/oppakken")
@permission(Permission.SCREEN)
def take(melding_id: UUID) -> ResponseReturnValue:
    """This professional is responsible from now on."""
    return _done(melding_id, "opgepakt", lambda: commands.take(g.db, asked(), melding_id))


@blueprint.post("/<uuid:melding_id>/heropenen")
@permission(Permission.SCREEN)
def reopen(melding_id: UUID) -> ResponseReturnValue:
    """Back on the list: the outcome was not the end, or it was merged or put aside by mistake."""
    return _done(melding_id, "heropend", lambda: commands.act(g.db, asked(), melding_id, "heropend"))


def _done(melding_id: UUID, said: str, do: Callable[[], object]) -> ResponseReturnValue:
    try:
        do()
    except Refused:
        abort(404)
    return pages.see_other(url_for("screening.show", melding_id=melding_id, klaar=said))


@blueprint.route(f"/<uuid:melding_id>/<any({_WHAT}):what>", methods=["GET", "POST"])
@permission(Permission.SCREEN)
def act(melding_id: UUID, what: str) -> ResponseReturnValue:
    """One thing to do with a melding, on a page of its own."""
    melding = _melding_or_404(melding_id)
    page = ACTS[what]
    form = page.form() if request.method == "POST" else page.form(formdata=kept_text(), data=_filled_in(melding, what))
    _offer(form, melding)
    if request.method == "POST" and form.validate():
        try:
            page.do(melding, form)
            if what in forms.TO_BEGIN_WITH:
                commands.tell(g.db, asked(), melding_id)
        except Refused as refused:
            if refused.code == "MB001":
                abort(404)
            form.refuse(_(refused.message), "day" if refused.code in ("MB006", "MB013") else None)
        else:
            forget()
            if what == "team":
                # It is no longer for this team to see.
                return pages.see_other(url_for("screening.overview", klaar="team"))
            return pages.see_other(url_for("screening.show", melding_id=melding_id, klaar=what))
    commands.opened(g.db, asked(), melding_id)
    return pages.render(
        "screening/act.html",
        status=422 if form.errors else 200,
        form=form,
        melding=melding,
        title=page.title,
        button=page.button,
        words=forms,
    )


@blueprint.get("/<uuid:melding_id>/dubbel")
@permission(Permission.SCREEN)
def same_person(melding_id: UUID) -> Response:
    """What may be of the same person, beside this one."""
    melding = _opened_or_404(melding_id)
    others = queries.resembling(g.db, melding)
    for other in others:
        commands.opened(g.db, asked(), other.public_id)
    return pages.render("screening/same_person.html", melding=melding, others=others, form=forms.ConfirmForm())


@blueprint.post("/<uuid:melding_id>/samenvoegen")
@permission(Permission.SCREEN)
def merge(melding_id: UUID) -> ResponseReturnValue:
    """Two become one; the browser goes to the one that goes on."""
    other = pages.as_uuid(request.form.get("other", ""))
    if other is None:
        abort(404)
    try:
        going_on = commands.merge(g.db, asked(), melding_id, other)
    except Refused:
        abort(404)
    return pages.see_other(url_for("screening.show", melding_id=going_on, klaar="samengevoegd"))


@blueprint.get("/<uuid:melding_id>/van-een-plek")
@permission(Permission.SCREEN)
def flood(melding_id: UUID) -> Response:
    """What came from the same place within an hour, before it is put aside."""
    melding = _melding_or_404(melding_id)
    listed, so_many = queries.of_flood(g.db, melding)
    if not listed:
        abort(404)
    return pages.render("screening/flood.html", melding=melding, listed=listed, so_many=so_many, form=forms.ConfirmForm())


@blueprint.post("/<uuid:melding_id>/opzij")
@permission(Permission.SCREEN)
def put_aside(melding_id: UUID) -> ResponseReturnValue:
    """Puts a flood aside in one act."""
    try:
        commands.put_flood_aside(g.db, asked(), melding_id)
    except Refused:
        abort(404)
    return pages.see_other(url_for("screening.aside", klaar="opzij"))


@blueprint.get("/opzij")
@permission(Permission.SCREEN)
def aside() -> Response:
    """What was put aside, each to be brought back."""
    listed, after = queries.put_aside(g.db, after=pages.as_uuid(request.args.get("na", "")))
    return pages.render("screening/aside.html", listed=listed, after=after, form=forms.ConfirmForm(), done=request.args.get("klaar", ""))


@blueprint.route("/nieuw", methods=["GET", "POST"])
@permission(Permission.SCREEN)
def enter() -> ResponseReturnValue:
    """Writes down what somebody asked. The answer to the form is the only place where the code is seen."""
    form = forms.EnterForm() if request.method == "POST" else forms.EnterForm(formdata=kept_text(), day=_today())
    if request.method == "POST" and form.validate():
        district = city().district_of(form.postcode.data or "")
        try:
            entered = commands.enter(
                g.db, asked(), form.channel.data, form.answers(), district.team if district else None,
                received=_moment(form.day.data), why=(form.why.data or "").strip(),
            )  # fmt: skip
        except Refused as refused:
            form.refuse(_(refused.message), "day" if refused.code == "MB006" else None)
        else:
            forget()
            return pages.render("screening/entered.html", entered=entered, ours=queries.find_melding(g.db, entered.public_id) is not None)
    return pages.render("screening/enter.html", status=422 if form.errors else 200, form=form)


# --- what is done with a melding


@dataclass(frozen=True)
class Act:
    """A page with one form: what it is called, what its button says, and what it does."""

    title: str
    button: str
    form: type[BaseForm]
    do: Callable[[Melding, Any], None]


def _weigh(melding: Melding, form: forms.UrgencyForm) -> None:
    commands.act(g.db, asked(), melding.public_id, "urgentie", value=str(form.urgency.data))


def _talk(melding: Melding, form: forms.TalkForm) -> None:
    told = form.rights.data == "ja"
    language, version, day = (form.language.data, rights_version(city(), form.language.data), form.day.data) if told else (None, None, None)
    commands.note(g.db, asked(), melding.public_id, "rechten", value=language, words=_text(form.why), version=version, day=day)
    commands.act(g.db, asked(), melding.public_id, "gesprek", value=form.how.data, at=_moment(form.day.data, melding.received_at))


def _screen(melding: Melding, form: forms.ScreeningForm) -> None:
    commands.note(g.db, asked(), melding.public_id, "screening", value=form.enough.data, words=_text(form.nature))


def _advise(melding: Melding, form: forms.AdviceForm) -> None:
    where = ", ".join(filter(None, (_text(form.organisation), _text(form.contact))))
    commands.act(g.db, asked(), melding.public_id, "advies", value=where or None, told=_text(form.told))


def _refer(melding: Melding, form: forms.ReferForm) -> None:
    where = f"{_text(form.organisation)}, {_text(form.contact)}"
    commands.act(g.db, asked(), melding.public_id, "doorverwezen", value=where, told=_text(form.told))


def _hand_over(melding: Melding, form: forms.HandOverForm) -> None:
    where = f"{forms.HANDED_TO[form.to.data]}, {_text(form.contact)}"
    commands.act(g.db, asked(), melding.public_id, "overgedragen", value=where, told=_text(form.told))


def _wait(melding: Melding, form: forms.WaitForm) -> None:
    if not may_wait(melding.urgency):
        raise commands.not_so()
    commands.act(g.db, asked(), melding.public_id, "wachtlijst", value=form.weeks.data, told=_text(form.told))


def _start(melding: Melding, form: forms.StartForm) -> None:
    commands.note(g.db, asked(), melding.public_id, "instemming", value=form.agreed.data)
    commands.act(g.db, asked(), melding.public_id, "gestart", told=_text(form.told), at=_moment(form.day.data, melding.received_at))


def _research(what: str, melding: Melding, form: forms.ResearchForm) -> None:
    since = max((one.at for one in queries.history(g.db, melding) if one.event in forms.RESEARCH), default=melding.received_at)
    commands.research(g.db, asked(), melding.public_id, what, told=_text(form.told), at=_moment(form.day.data, since))


def _refuse(melding: Melding, form: forms.RefuseForm) -> None:
    commands.act(g.db, asked(), melding.public_id, "geweigerd", told=f"{_text(form.reason)}\n\n{_text(form.told)}")


def _give(melding: Melding, form: forms.GiveForm) -> None:
    to_staff = pages.as_uuid(form.staff.data)
    if to_staff is None:
        raise commands.not_so()
    commands.give(g.db, asked(), melding.public_id, to_staff, _text(form.why))


def _move(melding: Melding, form: forms.MoveForm) -> None:
    to_team = pages.as_uuid(form.team.data)
    if to_team is None:
        raise commands.not_so()
    commands.move(g.db, asked(), melding.public_id, to_team, _text(form.why))


ACTS = {
    "urgentie": Act(N_("Hoe dringend is het?"), N_("Bewaren"), forms.UrgencyForm, _weigh),
    "gesprek": Act(N_("Gesprek opschrijven"), N_("Bewaren"), forms.TalkForm, _talk),
    "screening": Act(N_("Waar gaat de vraag over?"), N_("Bewaren"), forms.ScreeningForm, _screen),
    "starten": Act(N_("Hulp begint"), N_("De hulp is begonnen"), forms.StartForm, _start),
    "advies": Act(N_("Advies was genoeg"), N_("Afronden met advies"), forms.AdviceForm, _advise),
    "doorverwijzen": Act(N_("Een andere organisatie helpt verder"), N_("Doorverwijzen"), forms.ReferForm, _refer),
    "overdragen": Act(N_("Een ander team of een andere wet"), N_("Overdragen"), forms.HandOverForm, _hand_over),
    "wachtlijst": Act(N_("Op de wachtlijst zetten"), N_("Op de wachtlijst zetten"), forms.WaitForm, _wait),
    "weigeren": Act(N_("Wij kunnen niet helpen"), N_("Weigeren en uitleggen"), forms.RefuseForm, _refuse),
    "collega": Act(N_("Een collega zorgt ervoor"), N_("Doorgeven aan deze collega"), forms.GiveForm, _give),
    "team": Act(N_("Naar een ander stadsdeel"), N_("Doorgeven aan dat team"), forms.MoveForm, _move),
    **{
        what: Act(title, N_("Bewaren"), forms.BeginResearchForm if what == "onderzoek" else forms.ResearchForm, partial(_research, what))
        for what, title in forms.RESEARCH.items()
    },
}


def _filled_in(melding: Melding, what: str) -> dict[str, Any]:
    """What the form says before anybody types: what is known already, and words to begin with."""
    last = {one.event: one for one in queries.notes(g.db, melding)}
    screened: Happened | None = last.get("screening")
    return {
        "urgency": melding.urgency,
        "day": melding.received_at.astimezone(AMSTERDAM).date() if what == "onderzoek" else _today(),
        "language": melding.language if melding.language in LANGUAGES else SOURCE,
        "nature": screened.words if screened else "",
        "enough": screened.value if screened else None,
        "to": "jeugd" if melding.age == "onder_18" else None,
        "told": _to_begin_with(melding, what),
    }


def _to_begin_with(melding: Melding, what: str) -> str:
    """The text for the person, in Dutch and then in their own language, so that who sends it can read it."""
    if what not in forms.TO_BEGIN_WITH:
        return ""
    values = {"phone": city().organisation.phone, "name": melding.staff_name or melding.team_name or city().organisation.name}
    languages = [SOURCE, *(code for code in LANGUAGES if code == melding.language != SOURCE)]
    return "\n\n".join(translator(code).gettext(forms.TO_BEGIN_WITH[what], **values) for code in languages)


def _offer(form: Any, melding: Melding) -> None:
    if isinstance(form, forms.MoveForm):
        form.team.offer([("", _("Kies een team")), *queries.other_teams(g.db, melding)])
    if isinstance(form, forms.GiveForm):
        form.staff.offer([("", _("Kies een collega")), *queries.colleagues(g.db, melding, g.actor.person_id)])
    if isinstance(form, forms.TalkForm):
        form.language.offer([(language.code, language.name) for language in LANGUAGES.values() if language.complete])


def _opened_or_404(melding_id: UUID) -> Melding:
    melding = _melding_or_404(melding_id)
    commands.opened(g.db, asked(), melding_id)
    return melding


def _melding_or_404(melding_id: UUID) -> Melding:
    return queries.find_melding(g.db, melding_id) or abort(404)


def _text(field: Any) -> str:
    return (field.data or "").strip()


def _today() -> date:
    return datetime.now(AMSTERDAM).date()


def _moment(day: date | None, since: datetime | None = None) -> datetime | None:
    """A day as a moment: now for today, else noon, or ``since`` if what came before it was later on that day."""
    if day is None or day == _today():
        return None
    noon = datetime.combine(day, time(12), tzinfo=AMSTERDAM)
    before = since.astimezone(AMSTERDAM) if since else noon
    return max(noon, before) if before.date() == day else noon
