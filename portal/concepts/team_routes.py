"""What a professional writes: a concept that only the author sees, then a placed entry, then newer versions."""

from uuid import UUID

from flask import Blueprint, Response, abort, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import deadlines, pages, plainness
from portal.audit import ReadLine, What, shows_nothing, will_show
from portal.concepts import commands, queries
from portal.concepts.forms import ConceptForm, PlaceForm
from portal.dossier.commands import Superseded
from portal.dossier.models import EntryKind, Leefdomein, Section
from portal.dossier.queries import find_entry
from portal.policy import Permission, asked, permission
from portal.typed_text import forget, kept_text

writing = Blueprint("concept", __name__, url_prefix="/dossier/<uuid:dossier_id>")


@writing.post("/schrijven")
@permission(Permission.WRITE_ENTRY)
def start(dossier_id: UUID) -> BaseResponse:
    """Begins an empty concept."""
    number = commands.start_concept(g.db, asked(), g.dossier)
    return pages.see_other(url_for("concept.write", dossier_id=dossier_id, concept_id=number))


@writing.post("/notitie/<uuid:entry_id>/nieuwe-versie")
@permission(Permission.WRITE_ENTRY)
def start_version(dossier_id: UUID, entry_id: UUID) -> BaseResponse:
    """Begins a concept for a newer version of an entry."""
    found = find_entry(g.db, g.dossier.id, entry_id)
    if found is None or not found.by_staff:
        abort(404)
    number = commands.start_concept(g.db, asked(), g.dossier, newer_of=found)
    return pages.see_other(url_for("concept.write", dossier_id=dossier_id, concept_id=number))


@writing.get("/concept/<uuid:concept_id>")
@permission(Permission.WRITE_ENTRY)
def write(dossier_id: UUID, concept_id: UUID) -> Response:
    """The form of a concept."""
    which = _concept_or_404(concept_id)
    fields = {
        name: getattr(which, name) for name in ("occurred_on", "kind", "section", "leefdomein", "title", "body", "reason", "discuss_first")
    }
    return _concept_page(which, ConceptForm(formdata=kept_text(), **fields))


@writing.post("/concept/<uuid:concept_id>")
@permission(Permission.WRITE_ENTRY)
def save(dossier_id: UUID, concept_id: UUID) -> BaseResponse:
    """Keeps the concept; "plaats" places it, "weggooien" throws it away, "taal" also measures its language. Autosave gets 204."""
    which = _own_concept(concept_id)
    act = request.form.get("act", "bewaar")
    live = plainness.while_writing(ConceptForm().body)
    if live is not None:
        return live
    if which is not None and act == "weggooien":
        commands.discard_concept(g.db, asked(), which)
    if act == "weggooien":
        return pages.see_other(url_for("timeline.show", dossier_id=dossier_id))
    form = PlaceForm() if act == "plaats" else ConceptForm()
    if not form.validate_on_submit() or form.occurred_on.data is None:
        return _concept_page(which, form, status=422)
    words = _words(form)
    if which is None:
        return _without_concept(words)
    if act == "plaats":
        return _place(which, form, words)
    commands.save_concept(g.db, asked(), which, words)
    forget()
    if act == "vanzelf":
        return pages.no_content()
    if plainness.wanted():
        return _concept_page(which, form)
    return pages.see_other(url_for("concept.write", dossier_id=dossier_id, concept_id=concept_id, klaar="bewaard"))


def _words(form: ConceptForm) -> commands.ConceptText:
    assert form.occurred_on.data is not None
    return commands.ConceptText(
        Section(form.section.data),
        Leefdomein(form.leefdomein.data),
        EntryKind(form.kind.data),
        form.occurred_on.data,
        form.title.data or "",
        form.body.data or "",
        form.reason.data or "",
        bool(form.discuss_first.data),
    )


def _without_concept(words: commands.ConceptText) -> BaseResponse:
    """The concept is gone: the form was sent twice, or it was thrown away elsewhere. No word is lost."""
    placed = queries.just_placed(g.db, g.dossier.id, g.actor.person_id, title=words.title, body=words.body)
    if placed is not None:
        return pages.see_other(url_for("dossier.entry", dossier_id=g.dossier.public_id, entry_id=placed, klaar="geplaatst"))
    number = commands.rescue_words(g.db, asked(), g.dossier, words)
    return pages.see_other(url_for("concept.write", dossier_id=g.dossier.public_id, concept_id=number, klaar="gered"))


def _place(which: queries.ConceptView, form: ConceptForm, words: commands.ConceptText) -> BaseResponse:
    try:
        entry_id = commands.place_concept(g.db, asked(), which, words)
    except Superseded:
        commands.save_concept(g.db, asked(), which, words)
        commands.follow_newest(g.db, asked(), which)
        return _concept_page(which, form, superseded=True, status=422)
    forget()
    return pages.see_other(url_for("dossier.entry", dossier_id=g.dossier.public_id, entry_id=entry_id, klaar="geplaatst"))


def _concept_page(which: queries.ConceptView | None, form: ConceptForm, *, status: int = 200, superseded: bool = False) -> Response:
    if which is not None and which.entry_id is not None:
        will_show(ReadLine(g.dossier.id, What.NOTITIE, which.entry_id, (which.entry_id,)))
    else:
        shows_nothing()
    return pages.render(
        "concepts/concept.html",
        status=status,
        dossier=g.dossier,
        concept=which,
        form=form,
        superseded=superseded,
        gone_on=deadlines.due(deadlines.CONCEPT_GONE, which.saved_at) if which is not None else None,
        done="bewaard" if plainness.wanted() and status == 200 else request.args.get("klaar", ""),
        meters=plainness.measured(form.body),
    )


def _own_concept(concept_id: UUID) -> queries.ConceptView | None:
    which = queries.find_concept(g.db, concept_id)
    return which if which is not None and which.dossier_id == g.dossier.id else None


def _concept_or_404(concept_id: UUID) -> queries.ConceptView:
    return _own_concept(concept_id) or abort(404)
