"""An entry in the wrong dossier: one professional takes it out, a second one decides, and the record of the breach is kept."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, Response, abort, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.audit import ReadLine, What, will_show
from portal.deadlines import AMSTERDAM
from portal.dossier.models import KIND_NAMES
from portal.dossier.queries import EntryView, find_entry
from portal.i18n import _, gettext
from portal.policy import Permission, asked, permission
from portal.refusals import Refused
from portal.repair import commands, queries
from portal.repair.forms import DECISIONS, WAYS, WHOSE, DecideForm, ProposeForm, ReportForm, TakeOutForm, ToldForm
from portal.typed_text import forget, kept_text
from portal.workspace.queries import caseload

taking_out = Blueprint("taking_out", __name__, url_prefix="/dossier/<uuid:dossier_id>/notitie/<uuid:entry_id>")
wrong = Blueprint("wrong", __name__)
AUTHORITY = "Autoriteit Persoonsgegevens"


@taking_out.get("/hoort-hier-niet")
@permission(Permission.TAKE_OUT)
def ask(dossier_id: UUID, entry_id: UUID) -> Response:
    """Says what will happen, and asks whose entry it is."""
    return _ask_page(_entry_or_404(entry_id), TakeOutForm())


@taking_out.post("/hoort-hier-niet")
@permission(Permission.TAKE_OUT)
def take_out(dossier_id: UUID, entry_id: UUID) -> BaseResponse:
    """Takes it out at once."""
    found = _entry_or_404(entry_id)
    form = TakeOutForm()
    if not form.validate_on_submit():
        return _ask_page(found, form, status=422)
    try:
        made = commands.take_out(g.db, asked(), found, form.whose.data)
    except Refused:
        abort(404)
    return pages.see_other(url_for("wrong.show", breach_id=made, klaar="weg"))


@wrong.get("/foute-notities")
@permission(Permission.REPAIR)
def overview() -> Response:
    """What waits, the oldest first, and what is done."""
    return pages.render("repair/list.html", breaches=queries.breaches(g.db), now=datetime.now(UTC))


@wrong.get("/foute-notities/<uuid:breach_id>")
@permission(Permission.REPAIR)
def show(breach_id: UUID) -> Response:
    """The record of one, with what is to be done."""
    return _page(_breach_or_404(breach_id))


@wrong.post("/foute-notities/<uuid:breach_id>/hoort-bij")
@permission(Permission.REPAIR)
def propose(breach_id: UUID) -> BaseResponse:
    """Who took it out says where it belongs, or no longer does."""
    found = _breach_or_404(breach_id)
    form = ProposeForm()
    form.offer(_own_dossiers(found))
    if not form.validate_on_submit():
        return _page(found, proposing=form, status=422)
    try:
        commands.propose(g.db, asked(), breach_id, pages.as_uuid(form.dossier.data or ""))
    except Refused as refusal:
        form.refuse(_(refusal.message))
        return _page(found, proposing=form, status=422)
    return _back(breach_id, "bewaard")


@wrong.post("/foute-notities/<uuid:breach_id>/beslissen")
@permission(Permission.REPAIR)
def decide(breach_id: UUID) -> BaseResponse:
    """A second professional says what becomes of the entry."""
    found = _breach_or_404(breach_id)
    form = DecideForm()
    _offer(form, found)
    if not form.validate_on_submit():
        return _page(found, deciding=form, status=422)
    moves = form.decision.data == "verplaatst"
    if moves and not form.dossier.data:
        form.refuse(gettext("Kies in welk dossier de notitie hoort."), "dossier")
        return _page(found, deciding=form, status=422)
    try:
        commands.decide(g.db, asked(), breach_id, form.decision.data, pages.as_uuid(form.dossier.data) if moves else None)
    except Refused as refusal:
        form.refuse(_(refusal.message))
        return _page(found, deciding=form, status=422)
    return _back(breach_id, "beslist")


@wrong.post("/foute-notities/<uuid:breach_id>/melding")
@permission(Permission.REPAIR)
def report(breach_id: UUID) -> BaseResponse:
    """Writes down whether it was reported, and why."""
    found = _breach_or_404(breach_id)
    form = ReportForm()
    if not form.validate_on_submit():
        return _page(found, reporting=form, status=422)
    commands.report(g.db, asked(), breach_id, reported=form.reported.data == "ja", why=form.why.data or "")
    forget()
    return _back(breach_id, "bewaard")


@wrong.post("/foute-notities/<uuid:breach_id>/verteld")
@permission(Permission.REPAIR)
def told(breach_id: UUID) -> BaseResponse:
    """Writes down that an inwoner was told."""
    found = _breach_or_404(breach_id)
    form = ToldForm()
    if not form.validate_on_submit():
        return _page(found, telling=form, status=422)
    on = form.on.data or datetime.now(AMSTERDAM).date()
    if on > datetime.now(AMSTERDAM).date():
        form.refuse(gettext("Deze dag is nog niet geweest."), "on")
        return _page(found, telling=form, status=422)
    commands.told(g.db, asked(), breach_id, other=form.who.data == "ander", on=on, how=form.how.data)
    return _back(breach_id, "bewaard")


def _back(breach_id: UUID, done: str) -> BaseResponse:
    return pages.see_other(url_for("wrong.show", breach_id=breach_id, klaar=done))


def _own_dossiers(found: queries.Breach) -> list[tuple[str, str]]:
    return [(str(case.dossier_id), case.inwoner_name) for case in caseload(g.db) if case.dossier_id != found.dossier_id]


def _offer(form: DecideForm, found: queries.Breach) -> None:
    own = _own_dossiers(found)
    named = str(found.proposed_id)
    if found.proposed_name is not None and named not in dict(own):
        own = [(named, found.proposed_name), *own]
    form.offer(own)


def _ask_page(found: EntryView, form: TakeOutForm, status: int = 200) -> Response:
    will_show(ReadLine(g.dossier.id, What.NOTITIE, found.id, (found.id,)))
    return pages.render("repair/take_out.html", status=status, dossier=g.dossier, entry=found, form=form)


def _page(
    found: queries.Breach,
    *,
    proposing: ProposeForm | None = None,
    deciding: DecideForm | None = None,
    reporting: ReportForm | None = None,
    telling: ToldForm | None = None,
    status: int = 200,
) -> Response:
    sent = proposing or deciding or reporting or telling
    deciding = deciding or DecideForm(formdata=None)
    _offer(deciding, found)
    proposing = proposing or ProposeForm(formdata=None, dossier=str(found.proposed_id or ""))
    proposing.offer(_own_dossiers(found))
    return pages.render(
        "repair/breach.html",
        status=status,
        one=found,
        readers=queries.readers(g.db, found.public_id),
        sent=sent,
        proposing=proposing,
        deciding=deciding,
        reporting=reporting or ReportForm(formdata=kept_text()),
        telling=telling or ToldForm(formdata=None),
        kind=KIND_NAMES,
        watchdog=AUTHORITY,
        whose=WHOSE,
        decisions=DECISIONS,
        ways=WAYS,
        now=datetime.now(UTC),
        done=request.args.get("klaar", ""),
    )


def _entry_or_404(entry_id: UUID) -> EntryView:
    return find_entry(g.db, g.dossier.id, entry_id) or abort(404)


def _breach_or_404(breach_id: UUID) -> queries.Breach:
    return next((one for one in queries.breaches(g.db) if one.public_id == breach_id), None) or abort(404)
