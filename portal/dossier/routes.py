"""The dossier as it is read, on both faces; and what the inwoner does beside it: react, and read now."""

from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.audit import ReadLine, What, will_show
from portal.documents.queries import document_of
from portal.dossier import commands, models, queries
from portal.dossier.forms import ReactionForm
from portal.dossier.models import Audience
from portal.policy import Permission, allows, asked, permission, require
from portal.typed_text import forget, kept_text
from portal.withholding import queries as withholding
from portal.withholding.models import TOLD
from portal.words import compare, pieces

reading = Blueprint("dossier", __name__, url_prefix="/dossier/<uuid:dossier_id>")
reacting = Blueprint("reaction", __name__, url_prefix="/dossier/<uuid:dossier_id>/notitie/<uuid:entry_id>")


@reading.get("/notitie/<uuid:entry_id>")
@permission(Permission.READ_DOSSIER)
def entry(dossier_id: UUID, entry_id: UUID) -> Response:
    """One entry, its versions, the reactions beside it and who can see it."""
    found = _entry_or_404(entry_id)
    form = ReactionForm(formdata=kept_text(_react_url(entry_id)), number=str(uuid4()))
    form.offer_sentences(found, None)
    return _entry_page(found, form)


@reading.get("/notitie/<uuid:entry_id>/versies")
@permission(Permission.READ_DOSSIER)
def versions(dossier_id: UUID, entry_id: UUID) -> Response:
    """Two versions of an entry beside each other: what went, and what came. ``oud`` and ``nieuw`` choose which; else the last two."""
    found = _entry_or_404(entry_id)
    numbers = [version.number for version in found.versions]
    new = found.version(_chosen_number("nieuw", numbers[1:], numbers[-1])) or found.newest
    old = found.version(_chosen_number("oud", [number for number in numbers if number < new.number], new.number - 1)) or new
    will_show(ReadLine(g.dossier.id, What.VERSIES, found.id, (found.id,)))
    return pages.render(
        "dossier/versions.html",
        dossier=g.dossier,
        entry=found,
        old=old,
        new=new,
        titles=compare(old.title, new.title),
        bodies=compare(old.body, new.body),
    )


@reacting.get("/reactie")
@permission(Permission.REACT)
def to_form(dossier_id: UUID, entry_id: UUID) -> BaseResponse:
    """The address of the form, when it is loaded again after an error: the form stands on the entry's page."""
    return pages.see_other(url_for("dossier.entry", dossier_id=dossier_id, entry_id=entry_id, _anchor="reageren"))


@reacting.post("/reactie")
@permission(Permission.REACT)
def react(dossier_id: UUID, entry_id: UUID) -> BaseResponse:
    """Writes a reaction."""
    found = _entry_or_404(entry_id)
    form = ReactionForm()
    about = form.offer_sentences(found, None)
    if not form.validate_on_submit():
        return _entry_page(found, form, status=422)
    number = pages.as_uuid(form.number.data or "") or uuid4()
    commands.react(g.db, asked(), found, number=number, words=_words(form, about))
    forget(_react_url(entry_id))
    return pages.see_other(url_for("dossier.entry", dossier_id=dossier_id, entry_id=entry_id, klaar="reactie", _anchor="reacties"))


@reacting.get("/reactie/<uuid:reaction_id>/wijzigen")
@permission(Permission.REACT)
def edit(dossier_id: UUID, entry_id: UUID, reaction_id: UUID) -> Response:
    """The form to change the own reaction."""
    found, reaction = _own_reaction_or_404(entry_id, reaction_id)
    newest = reaction.texts[-1]
    form = ReactionForm(
        formdata=kept_text(), body=newest.body, audience=reaction.audience.value, base=str(newest.number), sentences=newest.sentences
    )
    form.offer_sentences(found, found.version(newest.about_version))
    return _reaction_page("dossier/reaction_edit.html", found, reaction, form=form)


@reacting.post("/reactie/<uuid:reaction_id>/wijzigen")
@permission(Permission.REACT)
def change(dossier_id: UUID, entry_id: UUID, reaction_id: UUID) -> BaseResponse:
    """Adds a newer text; the earlier one stays, dated."""
    found, reaction = _own_reaction_or_404(entry_id, reaction_id)
    form = ReactionForm()
    about = form.offer_sentences(found, found.version(reaction.texts[-1].about_version))
    if not form.validate_on_submit():
        return _reaction_page("dossier/reaction_edit.html", found, reaction, form=form, status=422)
    sent = form.base.data or ""
    base = int(sent) if sent.isdecimal() and len(sent) < 5 else reaction.texts[-1].number
    try:
        commands.change_reaction(g.db, asked(), found, reaction, base=base, words=_words(form, about))
    except commands.Superseded:
        form.base.data = str(reaction.texts[-1].number)
        return _reaction_page("dossier/reaction_edit.html", found, reaction, form=form, superseded=True, status=422)
    forget()
    return pages.see_other(url_for("dossier.entry", dossier_id=dossier_id, entry_id=entry_id, klaar="gewijzigd", _anchor="reacties"))


@reacting.get("/reactie/<uuid:reaction_id>/versies")
@permission(Permission.REACT)
def texts(dossier_id: UUID, entry_id: UUID, reaction_id: UUID) -> Response:
    """Two texts of the own reaction beside each other, withdrawn or not."""
    found, reaction = _own_reaction_or_404(entry_id, reaction_id, withdrawn=True)
    numbers = [text.number for text in reaction.texts]
    new = reaction.texts[numbers.index(_chosen_number("nieuw", numbers[1:], numbers[-1]))]
    earlier = [number for number in numbers if number < new.number]
    old = reaction.texts[numbers.index(_chosen_number("oud", earlier, earlier[-1]))] if earlier else new
    return _reaction_page("dossier/reaction_texts.html", found, reaction, old=old, new=new, bodies=compare(old.body, new.body))


@reacting.get("/reactie/<uuid:reaction_id>/intrekken")
@permission(Permission.REACT)
def ask_withdraw(dossier_id: UUID, entry_id: UUID, reaction_id: UUID) -> Response:
    """Asks once more before the reaction is taken back."""
    found, reaction = _own_reaction_or_404(entry_id, reaction_id)
    return _reaction_page("dossier/reaction_withdraw.html", found, reaction)


@reacting.post("/reactie/<uuid:reaction_id>/intrekken")
@permission(Permission.REACT)
def withdraw(dossier_id: UUID, entry_id: UUID, reaction_id: UUID) -> BaseResponse:
    """Takes the reaction back."""
    found, reaction = _own_reaction_or_404(entry_id, reaction_id, withdrawn=True)
    commands.withdraw_reaction(g.db, asked(), found, reaction)
    return pages.see_other(url_for("dossier.entry", dossier_id=dossier_id, entry_id=entry_id, klaar="ingetrokken", _anchor="reacties"))


@reacting.post("/nu-lezen")
@permission(Permission.OPEN_NOW)
def open_now(dossier_id: UUID, entry_id: UUID) -> BaseResponse:
    """The inwoner reads now what we wanted to talk over first."""
    if not commands.open_now(g.db, asked(), g.dossier, entry_id):
        abort(404)
    return pages.see_other(url_for("dossier.entry", dossier_id=dossier_id, entry_id=entry_id))


def _words(form: ReactionForm, about: queries.Version) -> commands.Words:
    return commands.Words(form.body.data or "", Audience(form.audience.data), about, tuple(sorted(form.sentences.data or [])))


def _chosen_number(name: str, offered: list[int], otherwise: int) -> int:
    """The number in the address when it is one of those offered."""
    sent = request.args.get(name, "")
    return int(sent) if sent.isdecimal() and len(sent) < 5 and int(sent) in offered else otherwise


def _entry_page(found: queries.EntryView, form: ReactionForm, status: int = 200) -> Response:
    require(Permission.READ_DOSSIER, asked())
    reactions = queries.annotations(g.db, found.id)
    places = {reaction.public_id: queries.place_of(reaction, found) for reaction in reactions}
    readers = queries.who_can_read(g.db, found.id)
    will_show(ReadLine(g.dossier.id, What.NOTITIE, found.id, (found.id,)))
    return pages.render(
        "dossier/entry.html",
        status=status,
        dossier=g.dossier,
        entry=found,
        reactions=reactions,
        places=places,
        pieces=pieces(found.newest.body),
        marked={number for place in places.values() if place for number in place.numbers},
        reacted={place.numbers[-1]: public_id for public_id, place in places.items() if place and place.numbers},
        readers=readers,
        form=form,
        done=request.args.get("klaar", ""),
        me=g.actor.person_id,
        names=models,
        document=document_of(g.db, g.dossier.id, found.public_id) if found.kind == models.EntryKind.DOCUMENT else None,
        withheld=withholding.standing(g.db, found.public_id) if allows(Permission.WITHHOLD, asked()) else None,
        withheld_before=withholding.before(g.db, found.id) if allows(Permission.OPEN_NOW, asked()) else [],
        grounds=TOLD,
    )


def _reaction_page(
    template: str, found: queries.EntryView, reaction: queries.AnnotationView, status: int = 200, **context: Any
) -> Response:
    will_show(ReadLine(g.dossier.id, What.NOTITIE, found.id, (found.id,)))
    context.setdefault("superseded", False)
    return pages.render(template, status=status, dossier=g.dossier, entry=found, reaction=reaction, **context)


def _entry_or_404(entry_id: UUID) -> queries.EntryView:
    found = queries.find_entry(g.db, g.dossier.id, entry_id)
    if found is None:
        abort(404)
    return found


def _own_reaction_or_404(entry_id: UUID, reaction_id: UUID, *, withdrawn: bool = False) -> tuple[queries.EntryView, queries.AnnotationView]:
    found = _entry_or_404(entry_id)
    for reaction in queries.annotations(g.db, found.id):
        own = reaction.public_id == reaction_id and reaction.author_id == g.actor.person_id
        # A question is asked and answered as it stands: portal/asking.
        if own and reaction.wish is None and (withdrawn or reaction.withdrawn_at is None):
            return found, reaction
    return abort(404)


def _react_url(entry_id: UUID) -> str:
    return url_for("dossier.entry", dossier_id=g.dossier.public_id, entry_id=entry_id) + "/reactie"
