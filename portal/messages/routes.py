"""Messages, for the inwoner: what the team wrote, and writing to the team."""

from uuid import UUID, uuid4

from flask import Blueprint, Response, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.audit import ReadLine, What, will_show
from portal.i18n import _
from portal.messages import commands, queries
from portal.messages.forms import MessageForm
from portal.policy import Permission, asked, permission
from portal.refusals import Refused
from portal.typed_text import forget, kept_text

messages = Blueprint("messages", __name__, url_prefix="/dossier/<uuid:dossier_id>/berichten")


@messages.get("")
@permission(Permission.WRITE_MESSAGE)
def show(dossier_id: UUID) -> Response:
    """The conversation, what is new on top, and the form."""
    return _page(MessageForm(formdata=kept_text(), number=str(uuid4())))


@messages.post("")
@permission(Permission.WRITE_MESSAGE)
def write(dossier_id: UUID) -> BaseResponse:
    """Writes to the team."""
    form = MessageForm()
    if not form.validate_on_submit():
        return _page(form, status=422)
    number = pages.as_uuid(form.number.data or "") or uuid4()
    try:
        commands.write(g.db, asked(), g.dossier, number=number, words=form.body.data or "")
    except Refused as refusal:
        form.refuse(_(refusal.message))
        return _page(form, status=422)
    forget()
    return pages.see_other(url_for("messages.show", dossier_id=dossier_id, klaar="verstuurd"))


def _page(form: MessageForm, status: int = 200) -> Response:
    before = pages.as_uuid(request.args.get("ouder", ""))
    readers = queries.readers(g.db, g.dossier.id)
    will_show(ReadLine(g.dossier.id, What.BERICHTEN))
    return pages.render(
        "messages/messages.html",
        status=status,
        dossier=g.dossier,
        conversation=queries.conversation(g.db, g.dossier.id, g.actor.person_id, by_team=False, before=before),
        readers=readers,
        anybody_there=any(one.away_until is None for one in readers),
        form=form,
        earlier=before is not None,
        done=request.args.get("klaar", ""),
    )
