"""The inwoner closes an entry for others, and opens it again."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, g, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.audit import ReadLine, What, will_show
from portal.closing import commands, queries
from portal.closing.forms import EVERYBODY, CloseForm
from portal.dossier.models import Audience
from portal.dossier.queries import EntryView, find_entry
from portal.i18n import current, format_list, lazy
from portal.policy import Permission, asked, permission

closing = Blueprint("closing", __name__, url_prefix="/dossier/<uuid:dossier_id>/notitie/<uuid:entry_id>")


@closing.get("/afsluiten")
@permission(Permission.CLOSE_ENTRY)
def ask(dossier_id: UUID, entry_id: UUID) -> Response:
    """For whom the entry can be closed, and for whom it is."""
    return _page(_entry_or_404(entry_id), CloseForm())


@closing.post("/afsluiten")
@permission(Permission.CLOSE_ENTRY)
def close(dossier_id: UUID, entry_id: UUID) -> BaseResponse:
    """Closes it for one person, or for all but the responsible professional."""
    found = _entry_or_404(entry_id)
    form = CloseForm()
    _offer(form, found)
    if not form.validate_on_submit():
        return _page(found, form, status=422)
    person = None if form.person.data == EVERYBODY else pages.as_uuid(form.person.data)
    commands.close_entry(g.db, asked(), found, person=person, tell=bool(form.tell.data))
    return pages.see_other(url_for("dossier.entry", dossier_id=dossier_id, entry_id=entry_id, klaar="afgesloten", _anchor="wie"))


@closing.post("/openen/<uuid:closure_id>")
@permission(Permission.CLOSE_ENTRY)
def reopen(dossier_id: UUID, entry_id: UUID, closure_id: UUID) -> BaseResponse:
    """Opens it again."""
    if not commands.reopen_entry(g.db, asked(), _entry_or_404(entry_id), closure_id):
        abort(404)
    return pages.see_other(url_for("dossier.entry", dossier_id=dossier_id, entry_id=entry_id, klaar="open", _anchor="wie"))


def _page(found: EntryView, form: CloseForm, status: int = 200) -> Response:
    _offer(form, found)
    will_show(ReadLine(g.dossier.id, What.NOTITIE, found.id, (found.id,)))
    return pages.render(
        "closing/close.html",
        status=status,
        dossier=g.dossier,
        entry=found,
        form=form,
        closures=queries.closures(g.db, found.public_id),
        reading=queries.goes_on_reading(g.db, found.public_id),
    )


def _offer(form: CloseForm, found: EntryView) -> None:
    answers: list[tuple[str, Any]] = [(str(one.public_id), _described(one)) for one in queries.closable_for(g.db, found.public_id)]
    # Also when nobody else reads it today: somebody new would tomorrow. A page for oneself is closed for everybody.
    if found.audience != Audience.ME and all(one.person is not None for one in queries.closures(g.db, found.public_id)):
        reading = queries.goes_on_reading(g.db, found.public_id)
        names = format_list(reading, current().language.code)
        words = lazy("Iedereen, behalve %(name)s", name=names) if reading else lazy("Iedereen, ook alle professionals")
        answers.append((EVERYBODY, words))
    form.person.offer(answers)


def _described(one: queries.Somebody) -> Markup:
    name = Markup("<bdi>{}</bdi>").format(one.name)
    return name + Markup(" (<bdi>{}</bdi>)").format(one.detail) if one.relation == "professional" else name


def _entry_or_404(entry_id: UUID) -> EntryView:
    found = find_entry(g.db, g.dossier.id, entry_id)
    if found is None:
        abort(404)
    return found
