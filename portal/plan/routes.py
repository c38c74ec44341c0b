"""The plan as a page, and its texts; on both faces."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.audit import ReadLine, What, will_show
from portal.dossier import models as dossier_models
from portal.dossier.commands import Superseded
from portal.dossier.models import Audience
from portal.i18n import _, local
from portal.plan import commands, models, queries
from portal.plan.asks import Ask, asks_of
from portal.plan.commands import NewPart, Words
from portal.plan.forms import LeefdomeinenForm, PartForm
from portal.plan.models import PARTS, Part, PartKind, Plan
from portal.policy import Permission, Relation, allows, asked, permission
from portal.refusals import Refused
from portal.typed_text import forget, kept_text

plan = Blueprint("plan", __name__, url_prefix="/dossier/<uuid:dossier_id>/plan")

AnyPartForm = PartForm | LeefdomeinenForm


@plan.get("")
@permission(Permission.READ_PLAN)
def show(dossier_id: UUID) -> Response:
    """The whole plan as it stands now, what was agreed, and what one could still think of."""
    found = plan_or_404()
    outside = g.relation is Relation.NAASTE
    asks: list[Ask] = asks_of(found) if allows(Permission.PROPOSE_PLAN, asked()) else []
    reads_plan()
    return pages.render(
        "plan/plan.html",
        dossier=g.dossier,
        plan=found,
        asks=asks,
        around=None if outside else queries.around(g.db, g.dossier.id),
        done=request.args.get("klaar", ""),
        only_plan=outside and g.dossier.id in queries.plan_only(g.db),
        begins=allows(Permission.WRITE_PLAN, asked()) and (not outside or "plan_begin" in g.named),
        guests=queries.plan_guests(g.db, dossier_id) if allows(Permission.SHARE, asked()) else [],
        **words(),
    )


@plan.get("/<part>/schrijven")
@permission(Permission.WRITE_PLAN)
def write(dossier_id: UUID, part: str) -> Response:
    """The form of one text."""
    kind, old = _part(part)
    typed = kept_text()
    form: AnyPartForm
    if kind is PartKind.LEEFDOMEINEN:
        form = LeefdomeinenForm(formdata=typed, number=str(uuid4()), base=_base(old))
        if typed is None and old:
            form.fill(old.text.answers)
    else:
        form = PartForm(
            formdata=typed,
            number=str(uuid4()),
            base=_base(old),
            body=old.text.body if old else "",
            answer=old.text.answers[0] if old and old.text.answers else None,
            audience=old.audience if old else _usual(kind),
        )
    return _form_page(kind, old, form)


@plan.post("/<part>/schrijven")
@permission(Permission.WRITE_PLAN)
def save(dossier_id: UUID, part: str) -> BaseResponse:
    """Writes the text. What somebody else wrote meanwhile is shown beside it, and then one chooses."""
    kind, old = _part(part)
    form: AnyPartForm = LeefdomeinenForm() if kind is PartKind.LEEFDOMEINEN else PartForm()
    _put(kind, form)
    if not form.validate_on_submit():
        return _form_page(kind, old, form, status=422)
    audience = Audience(form.audience.data) if isinstance(form, PartForm) and "audience" in form else None
    body = form.body.data or "" if isinstance(form, PartForm) else ""
    says = Words(body, answers=form.answers, dropped=not body.strip() and not any(form.answers))
    try:
        _write(kind, old, form, says, audience)
    except Superseded:
        newest = next((one for one in plan_or_404().texts.get(kind, []) if one.public_id == (old or one).public_id), None)
        if newest is None or newest.text.words != (says.body, says.why, says.answers, 0, None, "", None, None, says.dropped):
            form.base.data = _base(newest)
            return _form_page(kind, newest, form, superseded=True, status=422)
    except Refused as refusal:
        form.refuse(_(refusal.message))
        return _form_page(kind, old, form, status=422)
    forget()
    return pages.see_other(url_for("plan.show", dossier_id=dossier_id, klaar="bewaard", _anchor=part))


@plan.get("/teksten/<uuid:part_id>")
@permission(Permission.READ_PLAN)
def texts(dossier_id: UUID, part_id: UUID) -> Response:
    """Every text of a part, newest first: who wrote what, and when."""
    found = plan_or_404().part(part_id) or abort(404)
    reads_plan()
    return pages.render("plan/texts.html", dossier=g.dossier, part=found, texts=queries.texts_of(g.db, found.id), **words())


def plan_or_404() -> Plan:
    """The plan; for who reads along "not found" when they may see nothing of it and weren't invited either."""
    found = queries.the_plan(g.db, g.dossier.id)
    if g.relation is Relation.NAASTE and found.is_empty and "plan" not in g.named:
        abort(404)
    return found


def reads_plan() -> None:
    """This answer shows the plan."""
    will_show(ReadLine(g.dossier.id, What.PLAN))


def words() -> dict[str, Any]:
    """What a page of the plan says things with."""
    return {
        "names": models,
        "kinds": PARTS,
        "domains": dossier_models.LEEFDOMEIN_NAMES,
        "today": local(datetime.now(UTC)).date(),
        "me": g.actor.person_id,
        "steps_all": _steps_all(),
        "to_step": _to_step,
    }


def _steps_all() -> bool:
    return g.relation is not Relation.NAASTE or "plan_step" in g.named


def _to_step(actions: Iterable[Part]) -> list[Part]:
    if not allows(Permission.STEP_PLAN, asked()):
        return []
    return [action for action in actions if action.is_open and (_steps_all() or action.text.holder_id == g.actor.person_id)]


def _write(kind: PartKind, old: Part | None, form: AnyPartForm, says: Words, audience: Audience | None) -> None:
    if old is None:
        number = pages.as_uuid(form.number.data or "") or uuid4()
        commands.begin(g.db, asked(), g.dossier, NewPart(number, kind, audience or PARTS[kind].audience), says)
        return
    sent = form.base.data or ""
    base = int(sent) if sent.isdecimal() and len(sent) < 5 else old.text.number
    if old.text.number != base or old.text.words != (says.body, says.why, says.answers, 0, None, "", None, None, says.dropped):
        commands.write(g.db, asked(), g.dossier, old.public_id, base=base, words=says)
    if audience is not None:
        commands.share(g.db, asked(), g.dossier, old.public_id, audience)


def _part(slug: str) -> tuple[PartKind, Part | None]:
    """The kind with this name in the address, and its part: of two the one that more people read, unless the kept one is asked for."""
    kind = models.BY_SLUG.get(slug) or abort(404)
    if kind is PartKind.VRAAG and g.relation not in (Relation.INWONER, Relation.VERTEGENWOORDIGER):
        abort(404)
    found = queries.the_plan(g.db, g.dossier.id)
    there = found.texts.get(kind, []) + [part for part in found.dropped if part.kind is kind]
    if not there and g.relation is Relation.NAASTE:
        # Who writes along changes texts. Beginning one would tell that there is one they can't read.
        abort(404)
    choose = min if request.args.get("eigen") else max
    return kind, choose(there, key=lambda part: part.audience, default=None)


def _base(part: Part | None) -> str:
    return str(part.text.number) if part else "0"


def _usual(kind: PartKind) -> int | None:
    """Who reads it unless somebody chooses; what is about who one is, has no answer before the inwoner gives it (R116)."""
    return None if kind is PartKind.BELANGRIJK else PARTS[kind].audience.value


def _put(kind: PartKind, form: AnyPartForm) -> None:
    if isinstance(form, PartForm):
        form.put(PARTS[kind], shares=allows(Permission.SHARE_PLAN, asked()), kept_safe=kind is PartKind.VEILIGHEID)


def _form_page(kind: PartKind, old: Part | None, form: AnyPartForm, *, superseded: bool = False, status: int = 200) -> Response:
    if isinstance(form, PartForm) and not form.body.description:
        _put(kind, form)
    reads_plan()
    return pages.render(
        "plan/write.html",
        status=status,
        dossier=g.dossier,
        kind=kind,
        part=PARTS[kind],
        old=old,
        form=form,
        superseded=superseded,
        **words(),
    )
