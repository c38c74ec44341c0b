"""For who receives, without an account: the code opens what was packed, and they say whether they take over.

Every wrong code gets the same answer.
"""

from flask import Blueprint, Response, current_app
from flask.typing import ResponseReturnValue

from portal import pages
from portal.db import Database
from portal.handover import commands, models, queries
from portal.handover.forms import CodeForm, TakeForm
from portal.i18n import _
from portal.policy import Permission, permission
from portal.refusals import Refused

receive = Blueprint("receive_handover", __name__, url_prefix="/overdracht")


@receive.get("")
@permission(Permission.OPEN)
def ask() -> ResponseReturnValue:
    """The form for the code."""
    return _code_page(CodeForm(formdata=None))


@receive.post("")
@permission(Permission.OPEN)
def look() -> ResponseReturnValue:
    """What the code opens, before anything is fetched."""
    form = CodeForm()
    if not form.validate():
        return _code_page(form, status=422)
    return _package_page(TakeForm(formdata=None, code=form.code.data, by=form.by.data))


@receive.post("/ophalen")
@permission(Permission.OPEN)
def fetch() -> ResponseReturnValue:
    """The package itself; the inwoner reads who fetched it. Its name tells nothing."""
    form = CodeForm()
    if not form.validate():
        return _code_page(form, status=422)
    code = form.code.data or ""
    with _database().plain() as connection:
        package = commands.fetch(connection, code, (form.by.data or "").strip())
    if package is None:
        return _unknown(code, form.by.data)
    number, parts, size = package
    response = Response(queries.pieces(_database(), current_app.extensions["settings"], code, number, parts), mimetype="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="overdracht.zip"'
    response.content_length = size
    return response


@receive.post("/antwoord")
@permission(Permission.OPEN)
def answer() -> ResponseReturnValue:
    """Whether they take over, and from which day."""
    form = TakeForm()
    if not form.validate():
        return _package_page(form, status=422)
    taken = form.taken()
    try:
        with _database().plain() as connection:
            commands.take(connection, form.code.data or "", taken)
    except Refused as refusal:
        if refusal.code == "MB001":
            return _unknown(form.code.data, form.by.data)
        form.refuse(_(refusal.message), "on_day" if refusal.code == "MB095" else None)
        return _package_page(form, status=422)
    return pages.render("handover/thanks.html", taken=taken)


def _database() -> Database:
    database: Database = current_app.extensions["database"]
    return database


def _code_page(form: CodeForm, status: int = 200) -> Response:
    return pages.render("handover/open.html", status=status, has_errors=status != 200, form=form)


def _unknown(code: str | None, by: str | None) -> Response:
    form = CodeForm(formdata=None, code=code, by=by)
    form.refuse(_("Deze code werkt niet, of niet meer. Vraag een nieuwe aan wie u de code gaf."), "code")
    return _code_page(form, status=422)


def _package_page(form: TakeForm, status: int = 200) -> Response:
    with _database().plain() as connection:
        found = queries.handed_over(connection, form.code.data or "")
    if found is None:
        return _unknown(form.code.data, form.by.data)
    form.on_day.data = form.on_day.data or found.starts_on
    return pages.render("handover/package.html", status=status, has_errors=status != 200, form=form, found=found, names=models)
