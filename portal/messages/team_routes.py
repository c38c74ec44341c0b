"""Messages, for who works in the dossier: what the inwoner wrote, and the answer."""

from uuid import UUID, uuid4

from flask import Blueprint, Response, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages, plainness
from portal.audit import ReadLine, What, will_show
from portal.door.queries import resident_account
from portal.i18n import lazy
from portal.messages import commands, queries
from portal.messages.forms import AnswerForm, SettleForm
from portal.pause.queries import pause_of
from portal.policy import Permission, asked, permission
from portal.typed_text import forget, kept_text

answering_messages = Blueprint("answering_messages", __name__, url_prefix="/dossier/<uuid:dossier_id>/berichten")


@answering_messages.get("")
@permission(Permission.ANSWER_MESSAGE)
def show(dossier_id: UUID) -> Response:
    """The conversation, what waits on top, and the form."""
    return _page(AnswerForm(formdata=kept_text(), number=str(uuid4())))


@answering_messages.post("")
@permission(Permission.ANSWER_MESSAGE)
def write(dossier_id: UUID) -> BaseResponse:
    """Writes to the inwoner; what stood on the page waits no more. Or only measures the language of it (portal.plainness)."""
    form = AnswerForm()
    live = plainness.while_writing(form.body)
    if live is not None:
        return live
    if plainness.wanted():
        return _page(form)
    if not form.validate_on_submit():
        return _page(form, status=422)
    number = pages.as_uuid(form.number.data or "") or uuid4()
    shown = pages.as_uuid(form.shown.data or "")
    commands.answer(g.db, asked(), g.dossier, number=number, words=form.body.data or "", last_shown=shown)
    forget()
    return pages.see_other(url_for("answering_messages.show", dossier_id=dossier_id, klaar="verstuurd"))


@answering_messages.post("/gezien")
@permission(Permission.ANSWER_MESSAGE)
def settle(dossier_id: UUID) -> BaseResponse:
    """What stood on the page needs no answer."""
    shown = pages.as_uuid(SettleForm().shown.data or "")
    if shown is not None:
        commands.settle(g.db, asked(), g.dossier, shown)
    return pages.see_other(url_for("answering_messages.show", dossier_id=dossier_id, klaar="gezien"))


def _page(form: AnswerForm, status: int = 200) -> Response:
    before = pages.as_uuid(request.args.get("ouder", ""))
    pause = pause_of(g.db, g.dossier.public_id)
    if pause is not None:
        form.body.description = lazy("De inwoner leest dit als het dossier weer aan staat.")
    will_show(ReadLine(g.dossier.id, What.BERICHTEN))
    return pages.render(
        "messages/answer.html",
        status=status,
        dossier=g.dossier,
        conversation=queries.conversation(g.db, g.dossier.id, g.actor.person_id, by_team=True, before=before),
        pause=pause,
        account=resident_account(g.db, g.dossier.public_id),
        form=form,
        meters=plainness.measured(form.body),
        earlier=before is not None,
        done=request.args.get("klaar", ""),
    )
