"""Zoeken: a word or some, sent in a form and never in an address."""

from uuid import UUID

from flask import Blueprint, Response, g

from portal import pages
from portal.audit import ReadLine, What, shows_nothing, will_show
from portal.dossier import models
from portal.policy import Permission, permission
from portal.search import queries
from portal.search.forms import SearchForm

searching = Blueprint("search", __name__, url_prefix="/dossier/<uuid:dossier_id>")


@searching.get("/zoeken")
@permission(Permission.READ_DOSSIER)
def show(dossier_id: UUID) -> Response:
    """The form."""
    return _page(SearchForm(), None)


@searching.post("/zoeken")
@permission(Permission.READ_DOSSIER)
def find(dossier_id: UUID) -> Response:
    """What was found. The log says which entries were shown, and not by which words."""
    form = SearchForm()
    if not form.validate_on_submit():
        return _page(form, None, status=422)
    return _page(form, queries.find(g.db, g.dossier.id, form.words.data or "", after=pages.as_uuid(form.after.data or "")))


def _page(form: SearchForm, found: queries.Found | None, status: int = 200) -> Response:
    if found is None:
        shows_nothing()
    else:
        will_show(ReadLine(g.dossier.id, What.ZOEKEN, shown=tuple(hit.id for hit in found.hits)))
    return pages.render("search/search.html", status=status, dossier=g.dossier, form=form, found=found, names=models)
