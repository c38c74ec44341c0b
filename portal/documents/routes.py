"""Adding a document, and the file of an entry, to keep or as a picture on a page: on both faces. And what the inwoner does with an own."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, current_app, g, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages, refusals
from portal.audit import ReadLine, What, shows_nothing, will_show
from portal.deadlines import AMSTERDAM, BACKUP_KEPT, due
from portal.documents import commands, queries
from portal.documents.forms import DocumentForm, OwnDocumentForm, ShareForm, TeamDocumentForm
from portal.documents.kinds import LARGEST, SENTENCES, Refused
from portal.dossier.models import Audience, Leefdomein, Section
from portal.dossier.queries import find_entry
from portal.i18n import gettext as _
from portal.policy import Permission, Relation, asked, permission
from portal.security import in_sandbox
from portal.settings import Settings
from portal.typed_text import forget, kept_text
from portal.uploads import takes_file

documents = Blueprint("documents", __name__, url_prefix="/dossier/<uuid:dossier_id>")
own = Blueprint("own_document", __name__, url_prefix="/dossier/<uuid:dossier_id>/notitie/<uuid:entry_id>")


@documents.get("/document-toevoegen")
@permission(Permission.ADD_DOCUMENT)
def begin(dossier_id: UUID) -> Response:
    """The form."""
    return _page(_form()(formdata=kept_text(), number=str(uuid4())))


@documents.post("/document-toevoegen")
@permission(Permission.ADD_DOCUMENT)
@takes_file(LARGEST)
def add(dossier_id: UUID) -> BaseResponse:
    """Adds the document, or says why not: then the words stand there still, and the file has to be chosen anew."""
    form = _form()()
    if not form.validate_on_submit():
        return _page(form, status=422)
    settings: Settings = current_app.extensions["settings"]
    if settings.document_key is None:
        form.refuse(_("Wij kunnen nu geen bestanden bewaren. Probeer het later weer."), "file")
        return _page(form, status=422)
    try:
        file = commands.judged(form.file.data.read(), settings.scanner)
    except Refused as refused:
        form.refuse(str(SENTENCES[refused.reason]), "file")
        return _page(form, status=422)
    number = pages.as_uuid(form.number.data or "") or uuid4()
    try:
        commands.add(g.db, asked(), g.dossier, number=number, words=_words(form), file=file, key=settings.document_key)
    except refusals.Refused as refused:
        form.refuse(_(refused.message), "file")
        return _page(form, status=422)
    forget()
    return pages.go_to(url_for("dossier.entry", dossier_id=dossier_id, entry_id=number, klaar="document"))


@documents.get("/notitie/<uuid:entry_id>/bestand")
@permission(Permission.READ_DOSSIER)
def fetch(dossier_id: UUID, entry_id: UUID) -> Response:
    """The file, to keep."""
    return _bytes(_found_or_404(entry_id), "attachment")


@documents.get("/notitie/<uuid:entry_id>/foto")
@permission(Permission.READ_DOSSIER)
def look(dossier_id: UUID, entry_id: UUID) -> Response:
    """The picture on a page of ours, from where one can leave at once."""
    found = _picture_or_404(entry_id)
    entry = find_entry(g.db, g.dossier.id, entry_id) or abort(404)
    will_show(ReadLine(g.dossier.id, What.NOTITIE, found.entry_id, (found.entry_id,)))
    return pages.render("documents/look.html", dossier=g.dossier, entry=entry)


@documents.get("/notitie/<uuid:entry_id>/beeld")
@permission(Permission.READ_DOSSIER)
def picture(dossier_id: UUID, entry_id: UUID) -> Response:
    """The picture itself, for that page."""
    return _bytes(_picture_or_404(entry_id), "inline")


@own.get("/wie-leest")
@permission(Permission.CHANGE_DOCUMENT)
def ask_share(dossier_id: UUID, entry_id: UUID) -> Response:
    """Who may read this document, and what each answer means."""
    document = _own_or_404(entry_id)
    return _share_page(document, ShareForm(audience=document.audience.value))


@own.post("/wie-leest")
@permission(Permission.CHANGE_DOCUMENT)
def share(dossier_id: UUID, entry_id: UUID) -> BaseResponse:
    """Shares the document, or takes it back."""
    document = _own_or_404(entry_id)
    form = ShareForm()
    if not form.validate_on_submit():
        return _share_page(document, form, status=422)
    commands.share(g.db, asked(), g.dossier, document, Audience(form.audience.data))
    done = "document-alleen-ik" if form.audience.data == Audience.ME else "document-gedeeld"
    return pages.see_other(url_for("dossier.entry", dossier_id=dossier_id, entry_id=entry_id, klaar=done))


@own.get("/weggooien")
@permission(Permission.CHANGE_DOCUMENT)
def ask_throw(dossier_id: UUID, entry_id: UUID) -> Response:
    """Asks once more before the document is thrown away, and says what goes; says why not when somebody else could read it."""
    return _throw_page(_own_or_404(entry_id))


@own.post("/weggooien")
@permission(Permission.CHANGE_DOCUMENT)
def throw_away(dossier_id: UUID, entry_id: UUID) -> BaseResponse:
    """Throws the document away."""
    document = _own_or_404(entry_id)
    if not commands.throw_away(g.db, asked(), g.dossier, document):
        return _throw_page(document, status=422)
    return pages.see_other(url_for("timeline.show", dossier_id=dossier_id, klaar="weg"))


def _own_or_404(entry_id: UUID) -> queries.OwnDocument:
    return queries.find_own(g.db, g.dossier.id, g.actor.person_id, entry_id) or abort(404)


def _share_page(document: queries.OwnDocument, form: ShareForm, status: int = 200) -> Response:
    will_show(ReadLine(g.dossier.id, What.NOTITIE, document.id, (document.id,)))
    return pages.render("documents/share.html", status=status, dossier=g.dossier, document=document, form=form)


def _throw_page(document: queries.OwnDocument, status: int = 200) -> Response:
    will_show(ReadLine(g.dossier.id, What.NOTITIE, document.id, (document.id,)))
    backups_until = due(BACKUP_KEPT, datetime.now(UTC))
    return pages.render("documents/throw.html", status=status, dossier=g.dossier, document=document, backups_until=backups_until)


def _bytes(found: queries.Document, disposition: str) -> Response:
    """The bytes, all of them looked at before the first one leaves. The name is ours: what people call a file may tell something."""
    will_show(ReadLine(g.dossier.id, What.DOCUMENT, found.entry_id, (found.entry_id,)))
    response = Response(queries.contents(g.db, current_app.extensions["settings"], found), mimetype=found.kind.mime)
    entry = find_entry(g.db, g.dossier.id, found.entry) or abort(404)
    day = entry.placed_at.astimezone(AMSTERDAM).date()
    response.headers["Content-Disposition"] = f'{disposition}; filename="document-{day}.{found.kind.extension}"'
    in_sandbox()
    return response


def _found_or_404(entry_id: UUID) -> queries.Document:
    found = queries.document_of(g.db, g.dossier.id, entry_id)
    if found is None or not found.here or current_app.extensions["settings"].document_key is None:
        abort(404)
    return found


def _picture_or_404(entry_id: UUID) -> queries.Document:
    found = _found_or_404(entry_id)
    return found if found.kind.picture else abort(404)


def _form() -> type[DocumentForm]:
    return OwnDocumentForm if g.relation is Relation.INWONER else TeamDocumentForm


def _words(form: DocumentForm) -> commands.About:
    """What one side can't choose is what the database makes of it anyway."""
    own = isinstance(form, OwnDocumentForm)
    return commands.About(
        form.title.data or "",
        form.body.data or "",
        Section.EIGEN if own else Section(form.section.data),
        Leefdomein(form.leefdomein.data),
        Audience(form.audience.data) if own else Audience.EVERYONE,
    )


def _page(form: DocumentForm, status: int = 200) -> Response:
    shows_nothing()
    return pages.render("documents/add.html", status=status, dossier=g.dossier, form=form)
