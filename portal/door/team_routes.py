"""On the team's face: a dossier out of a melding, and the inwoner's way in."""

import re
from datetime import date
from uuid import UUID

from flask import Blueprint, Response, abort, current_app, g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from portal import pages
from portal.audit import ReadLine, What, will_show
from portal.city import city
from portal.door import commands, queries
from portal.door.commands import NewInwoner
from portal.door.forms import LOST, ConfirmForm, ContactForm, LinkForm, OpenForm, RenewalForm, StartCodeForm
from portal.door.models import Handout
from portal.door.queries import Inwoner, MeldingToOpen, ResidentAccount
from portal.forms import BaseForm
from portal.i18n import LANGUAGES, SOURCE, _, ngettext, translator
from portal.mail import queue_letter
from portal.policy import Asked, Permission, asked, permission
from portal.refusals import Refused
from portal.typed_text import forget, kept_text

blueprint = Blueprint("door", __name__)

_FIELD_OF = {"MB042": "how"}
_ADDRESS = re.compile(r"[^\s@<>,;:\"]{1,64}@[^\s@<>,;:\"]{1,189}")
_POSTCODE = re.compile(r"([1-9][0-9]{3}) ?([A-Za-z]{2}) ?(.*)")
SOMEBODY_ELSE = "nieuw"


@blueprint.route("/meldingen/<uuid:melding_id>/dossier", methods=["GET", "POST"])
@permission(Permission.OPEN_DOSSIER)
def open_dossier(melding_id: UUID) -> ResponseReturnValue:
    """A dossier of a melding, once it is sure who this is; or, for who has one in which one works, that one."""
    melding = _melding_or_404(melding_id)
    first, infix, last = melding.name_parts
    known = {"first_name": first, "infix": infix, "last_name": last, "street": melding.address, "postcode": melding.postcode}
    form = OpenForm() if request.method == "POST" else OpenForm(formdata=kept_text(), data=known)
    # Whether the answer is one of those offered is seen below: which there are follows from the name.
    form.which.offer([(form.which.data, "")] if form.which.data else [])
    if request.method == "POST" and form.validate() and form.birth_date.data is not None:
        new = _said(form, form.birth_date.data)
        found = queries.find_own(g.db, new.first_name, new.infix, new.last_name, new.birth_date)
        same = [(str(one.public_id), one.name) for one in found]
        form.which.offer([*same, (SOMEBODY_ELSE, _("Nee, dit is iemand anders"))] if found else [])
        chosen = next((one.public_id for one in found if str(one.public_id) == form.which.data), None)
        try:
            if chosen is not None:
                commands.link_dossier(g.db, Asked(g.actor), melding_id, form.how.data, chosen)
                return _opened(chosen, "gekoppeld")
            if not found or form.which.data == SOMEBODY_ELSE:
                return _opened(commands.open_dossier(g.db, Asked(g.actor), melding_id, form.how.data, new), "dossier")
        except Refused as refused:
            _refuse(form, refused)
        else:
            form.refuse(_("Kies of dit dezelfde persoon is."), "which")
    return pages.render("door/open_dossier.html", status=422 if form.errors else 200, form=form, melding=melding)


@blueprint.route("/meldingen/<uuid:melding_id>/dossier/bestaand", methods=["GET", "POST"])
@permission(Permission.OPEN_DOSSIER)
def link_dossier(melding_id: UUID) -> ResponseReturnValue:
    """For who had help before: the dossier by the user name and birth date that the person tells."""
    melding = _melding_or_404(melding_id)
    form = LinkForm() if request.method == "POST" else LinkForm(formdata=kept_text())
    if request.method == "POST" and form.validate() and form.birth_date.data is not None:
        try:
            found = commands.link_by_username(
                g.db, Asked(g.actor), melding_id, form.how.data, form.username.data or "", form.birth_date.data
            )
        except Refused as refused:
            _refuse(form, refused)
        else:
            if isinstance(found, UUID):
                return _opened(found, "gekoppeld")
            if found is None:
                form.refuse(_("Deze gebruikersnaam en geboortedatum horen niet bij elkaar."), "username")
            else:
                minutes = -(-found.seconds // 60)
                form.refuse(
                    ngettext(
                        "U heeft het te vaak geprobeerd. Wacht %(n)s minuut.",
                        "U heeft het te vaak geprobeerd. Wacht %(n)s minuten.",
                        minutes,
                    )
                )
    return pages.render("door/link_dossier.html", status=422 if form.errors else 200, form=form, melding=melding)


@blueprint.route("/dossier/<uuid:dossier_id>/inlogcode", methods=["GET", "POST"])
@permission(Permission.ARRANGE_SIGN_IN)
def start_code(dossier_id: UUID) -> ResponseReturnValue:
    """A start code for the inwoner, on this page or by letter. The answer to the form is the only place where it is seen.

    For who signed in before, a colleague confirms it first.
    """
    whose, account = queries.inwoner(g.db, g.dossier.id), queries.resident_account(g.db, dossier_id)
    form = (
        StartCodeForm() if request.method == "POST" else StartCodeForm(formdata=kept_text(), email=whose.email if account is None else None)
    )
    if request.method == "POST" and form.validate() and _good_email(form) and _can_be_posted(form, whose):
        by_post = form.way.data == "brief"
        try:
            username, code = commands.give_start_code(g.db, asked(), dossier_id, whose.first_name, by_post=by_post)
            if _line(form.email.data):
                commands.change_email(g.db, asked(), dossier_id, _line(form.email.data))
        except Refused as refused:
            _refuse(form, refused)
        else:
            will_show(ReadLine(g.dossier.id, What.OVERZICHT))
            forget()
            if by_post:
                _post(whose, username, code)
                return pages.see_other(url_for("door.start_code", dossier_id=dossier_id, klaar="brief"))
            return _handed_over(whose, username, code)
    return _start_code_page(form)


@blueprint.post("/dossier/<uuid:dossier_id>/inlogcode/collega")
@permission(Permission.ARRANGE_SIGN_IN)
def ask_renewal(dossier_id: UUID) -> ResponseReturnValue:
    """Asks a colleague to confirm that the inwoner gets a new start code."""
    form = RenewalForm()
    if form.validate():
        try:
            commands.ask_renewal(g.db, asked(), dossier_id, form.sure.data)
        except Refused as refused:
            _refuse(form, refused)
        else:
            return pages.see_other(url_for("door.start_code", dossier_id=dossier_id))
    return _start_code_page(form)


def _start_code_page(form: StartCodeForm | RenewalForm) -> Response:
    will_show(ReadLine(g.dossier.id, What.OVERZICHT))
    account = queries.resident_account(g.db, g.dossier.public_id)
    renewal = queries.asked_renewal(g.db, g.dossier.public_id) if account is not None and account.in_use else None
    return pages.render(
        "door/start_code.html",
        status=422 if form.errors else 200,
        form=form,
        ask_form=form if isinstance(form, RenewalForm) else RenewalForm(formdata=None),
        dossier=g.dossier,
        whose=queries.inwoner(g.db, g.dossier.id),
        account=account,
        renewal=renewal,
        done=request.args.get("klaar", ""),
    )


@blueprint.route("/dossier/<uuid:dossier_id>/contact", methods=["GET", "POST"])
@permission(Permission.ARRANGE_SIGN_IN)
def contact(dossier_id: UUID) -> ResponseReturnValue:
    """Another address or e-mail address, as the inwoner tells it at the desk."""
    will_show(ReadLine(g.dossier.id, What.OVERZICHT))
    whose, account = queries.inwoner(g.db, g.dossier.id), queries.resident_account(g.db, dossier_id)
    email = _email_now(whose, account)
    known = {"street": whose.street, "postcode": whose.postcode, "email": email}
    form = ContactForm() if request.method == "POST" else ContactForm(formdata=kept_text(), data=known)
    if account is None:
        del form.email
    if request.method == "POST" and form.validate() and _good_email(form):
        street, postcode = _line(form.street.data) or None, _line(form.postcode.data) or None
        if (street, postcode) != (whose.street, whose.postcode):
            commands.change_address(g.db, asked(), dossier_id, street, postcode)
        new_email = (_line(form.email.data).lower() or None) if account is not None else email
        if new_email != email:
            commands.change_email(g.db, asked(), dossier_id, new_email)
        forget()
        return pages.see_other(url_for("door.contact", dossier_id=dossier_id, klaar="bewaard"))
    return pages.render(
        "door/contact.html",
        status=422 if form.errors else 200,
        form=form,
        dossier=g.dossier,
        account=account,
        done=request.args.get("klaar", ""),
    )


@blueprint.get("/inloghulp")
@permission(Permission.HELP_SIGN_IN)
def requests() -> ResponseReturnValue:
    """Who said that signing in doesn't work, and which new start codes a colleague asks about."""
    return pages.render(
        "door/requests.html",
        renewals=queries.renewals_to_confirm(g.db),
        requests=queries.sign_in_requests(g.db),
        lost=LOST,
        done=request.args.get("klaar", ""),
    )


@blueprint.route("/inloghulp/collega/<uuid:renewal_id>", methods=["GET", "POST"])
@permission(Permission.HELP_SIGN_IN)
def confirm_renewal(renewal_id: UUID) -> ResponseReturnValue:
    """A second person makes sure that the inwoner wants the new start code that a colleague asked for."""
    renewal = next((one for one in queries.renewals_to_confirm(g.db) if one.public_id == renewal_id), None)
    if renewal is None:
        abort(404)
    form = ConfirmForm()
    if request.method == "POST" and form.validate():
        commands.decide_renewal(g.db, Asked(g.actor), renewal_id, form.sure.data)
        return pages.see_other(url_for("door.requests", klaar="ja"))
    return pages.render(
        "door/confirm_renewal.html", status=422 if form.errors else 200, form=form, renewal=renewal, checks=commands.RENEWAL_CHECKS
    )


@blueprint.post("/inloghulp/<uuid:request_id>")
@permission(Permission.HELP_SIGN_IN)
def handle_request(request_id: UUID) -> ResponseReturnValue:
    """What was done about it. Somebody else may have been first: the list says what is left."""
    outcome = request.form.get("outcome", "")
    if outcome in ("brief", "balie", "niets"):
        commands.handle_request(g.db, Asked(g.actor), request_id, outcome)
    return pages.see_other(url_for("door.requests", klaar="ja"))


def _said(form: OpenForm, birth_date: date) -> NewInwoner:
    return NewInwoner(
        first_name=_line(form.first_name.data),
        infix=_line(form.infix.data) or None,
        last_name=_line(form.last_name.data),
        birth_date=birth_date,
        street=_line(form.street.data) or None,
        postcode=_line(form.postcode.data) or None,
    )


def _email_now(whose: Inwoner, account: ResidentAccount | None) -> str | None:
    return (account.waiting_email or account.email if account else None) or whose.email


def _opened(dossier: UUID, done: str) -> BaseResponse:
    forget()
    return pages.see_other(url_for("door.start_code", dossier_id=dossier, klaar=done))


def _post(whose: Inwoner, username: str, code: str) -> None:
    queue_letter(
        g.db,
        "startcode",
        whose.language,
        whose.name,
        f"{whose.street}\n{_with_place(whose.postcode)}",
        secrets={"username": username, "code": code},
        person_id=whose.person_id,
        team_id=whose.team_id,
    )


def _handed_over(whose: Inwoner, username: str, code: str) -> Response:
    """The page to print or to write over: in the language of the inwoner, and in Dutch below it."""
    chosen = whose.language if whose.language in LANGUAGES and LANGUAGES[whose.language].complete else SOURCE
    return pages.render(
        "door/handed_over.html",
        dossier=g.dossier,
        whose=whose.name,
        username=username,
        code=code,
        texts=Handout,
        address=current_app.extensions["settings"].address_for_residents,
        speakers=[translator(one) for one in dict.fromkeys((chosen, SOURCE))],
    )


def _can_be_posted(form: StartCodeForm, whose: Inwoner) -> bool:
    if form.way.data == "brief" and not whose.street:
        form.refuse(_("Er is geen adres voor een brief. Vul eerst het adres in."), "way")
    return not form.errors


def _good_email(form: StartCodeForm | ContactForm) -> bool:
    given = _line(form.email.data) if "email" in form else ""
    if given and not _ADDRESS.fullmatch(given):
        form.refuse(_("Dit e-mailadres klopt niet. Een adres ziet er zo uit: naam@voorbeeld.nl."), "email")
    return not form.errors


def _refuse(form: BaseForm, refused: Refused) -> None:
    if refused.code == "MB001":
        abort(404)
    field = _FIELD_OF.get(refused.code)
    form.refuse(_(refused.message), field if field in form else None)


def _melding_or_404(melding_id: UUID) -> MeldingToOpen:
    found = queries.melding_to_open(g.db, melding_id)
    if found is None:
        abort(404)
    return found


def _with_place(postcode: str | None) -> str:
    """The line of an envelope; who gives a postcode alone lives in the city."""
    found = _POSTCODE.fullmatch(_line(postcode))
    return (
        f"{found[1]} {found[2].upper()} {found[3] or city().organisation.place}" if found else _line(postcode) or city().organisation.place
    )


def _line(typed: str | None) -> str:
    return " ".join((typed or "").split())
