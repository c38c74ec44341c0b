"""The public pages of the residents' face. Nothing here asks who somebody is, and nothing is read from the database."""

import re
from datetime import UTC, datetime

from flask import Blueprint, Response, abort, current_app, g, make_response, request

from portal import deadlines, pages
from portal.city import city, is_open
from portal.front.forms import PostcodeForm
from portal.front.queries import RIGHTS, find_right, reached, rights_pdf, values
from portal.i18n import current
from portal.i18n import gettext as _
from portal.policy import Permission, permission

blueprint = Blueprint("front", __name__)
_POSTCODE = re.compile(r"\s*[1-9][0-9]{3}\s*([A-Za-z]{2})?\s*", re.ASCII)


@blueprint.before_request
def _may_be_found() -> None:
    """What is public has to be easy to find (eis 46.3 and 49.2), so search engines may show it; all other pages say that they may not."""
    g.findable = current_app.extensions["settings"].mode == "productie"


def now() -> datetime:
    """The moment by which an office is open or closed."""
    return datetime.now(UTC)


@blueprint.get("/wat-wij-doen")
@permission(Permission.OPEN)
def what_we_do() -> Response:
    """With what the buurtteam helps, how it works, and who helps with the rest."""
    return pages.render("front/what_we_do.html")


@blueprint.get("/buurtteams")
@permission(Permission.OPEN)
def teams() -> Response:
    """All teams with their Stips; with a postcode, which of them is one's own."""
    asked = "postcode" in request.args
    form = PostcodeForm(request.args if asked else None)
    if not asked:
        return pages.render("front/teams.html", form=form, own=None, elsewhere=False)
    written = form.postcode.data or ""
    if form.validate() and not _POSTCODE.fullmatch(written):
        form.refuse(_("Dit is geen postcode. Vul vier cijfers in, zoals 1234."), "postcode")
    if form.errors:
        return pages.render("front/teams.html", form=form, own=None, elsewhere=False, status=422)
    own = city().district_of(written)
    return pages.render("front/teams.html", form=form, own=own, elsewhere=own is None)


@blueprint.get("/kosten")
@permission(Permission.OPEN)
def costs() -> Response:
    """What help costs: nothing, and what more help may cost."""
    return pages.render("front/costs.html")


@blueprint.get("/na-uw-melding")
@permission(Permission.OPEN)
def afterwards() -> Response:
    """What happens after a melding, and within which terms."""
    return pages.render("front/afterwards.html", terms=deadlines)


@blueprint.get("/uw-rechten")
@permission(Permission.OPEN)
def rights() -> Response:
    """The eight rights, each with a line of explanation."""
    return pages.render("front/rights.html", rights=RIGHTS)


@blueprint.get("/uw-rechten/<word>")
@permission(Permission.OPEN)
def right(word: str) -> Response:
    """One right, and whom to go to."""
    found = find_right(word)
    if found is None:
        abort(404)
    return pages.render("front/right.html", right=found, named=lambda: values(city(), current()), reached=reached(city(), found.contacts))


@blueprint.get("/uw-rechten.pdf")
@permission(Permission.OPEN)
def rights_on_paper() -> Response:
    """All rights as a PDF, in the language of the page or in the one that is asked for; nobody's own language changes by it."""
    code = request.args.get("taal", g.language)
    if code not in current_app.config["OFFERED_LANGUAGES"]:
        abort(404)
    response = make_response(rights_pdf(city(), code))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="uw-rechten-{code}.pdf"'
    response.headers["Content-Language"] = code
    return response


@blueprint.get("/crisis")
@permission(Permission.OPEN)
def crisis() -> Response:
    """Whom to call now, by the hours of the office and the days off."""
    return pages.render("front/crisis.html", open_now=is_open(city().organisation.hours, now()))
