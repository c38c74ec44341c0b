"""Post, on the team's face: print, put on the post, and take care of what can't go by itself."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, current_app, g, request, url_for
from flask.typing import ResponseReturnValue

from portal import pages
from portal.city import city
from portal.deadlines import AMSTERDAM
from portal.demo.post_box import lay_letters, letters_are_posted
from portal.i18n import N_, format_date
from portal.i18n import gettext as _
from portal.letters import Letter, letters_pdf
from portal.mail import Place
from portal.policy import Asked, Permission, permission
from portal.post import commands, queries
from portal.settings import Settings

blueprint = Blueprint("post", __name__, url_prefix="/post")

KINDS = {
    "inloggen": N_("bericht dat het inloggen veranderde"),
    "mailcode": N_("code om een mailadres te bevestigen"),
    "melding_antwoord": N_("antwoord op een melding"),
    "melding_ontvangen": N_("bevestiging van een melding"),
    "nieuws": N_("bericht dat er nieuws is"),
    "stap": N_("herinnering dat er iets te doen is"),
    "startcode": N_("code om in te loggen"),
    "toegang": N_("bericht dat meekijken bijna stopt"),
    "werk": N_("bericht dat er werk klaarstaat"),
}
REASONS = {
    "mail": {
        "nee": N_("Mailen is niet veilig."),
        "kijk": N_("Kijk eerst in het dossier of mailen veilig is."),
        "adres": N_("Dit mailadres klopt niet."),
        "geweigerd": N_("Dit mailadres neemt de mail niet aan."),
        "tijdelijk": N_("De mail kwam steeds niet aan."),
        "geen_antwoord": N_("De mail kon niet weg."),
        "tekst": N_("Deze mail lukt niet. Zeg het tegen de beheerder."),
    },
    "letter": {
        "nee": N_("Een brief is niet veilig."),
        "kijk": N_("Kijk eerst in het dossier of een brief veilig is."),
        "adres": N_("Wij weten geen naam of adres voor een brief."),
    },
}


@blueprint.get("")
@permission(Permission.DO_POST)
def overview() -> ResponseReturnValue:
    """Letters to print and post, and tasks."""
    return pages.render(
        "post/post.html",
        letters=queries.letters_to_post(g.db),
        tasks=queries.post_tasks(g.db),
        kinds=KINDS,
        reasons=REASONS,
        now=datetime.now(UTC),
        done=request.args.get("klaar", ""),
    )


@blueprint.post("/afdrukken")
@permission(Permission.DO_POST)
def print_letters() -> ResponseReturnValue:
    """One PDF with every letter that may go."""
    letters = commands.print_letters(g.db, Asked(g.actor))
    if not letters:
        return pages.see_other(url_for("post.overview", klaar="geen"))
    settings: Settings = current_app.extensions["settings"]
    organisation, today = city().organisation, datetime.now(AMSTERDAM).date()
    place = Place(
        settings.site_title, settings.address_for_residents, organisation.phone, city().start_term, organisation.visiting_address.line
    )
    title = _("Brieven van %(day)s", day=format_date(today, g.language))

    def made(some: list[Letter]) -> bytes:
        return letters_pdf(some, place, organisation.sender_line, organisation.name, title=title, language=g.language)

    if settings.demo_post is not None:
        lay_letters(settings.demo_post, {one.public_id: (one.to_name, made([one])) for one in letters})
    response = current_app.response_class(made(letters), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="brieven-{today:%Y-%m-%d}.pdf"'
    return response


@blueprint.post("/op-de-post")
@permission(Permission.DO_POST)
def posted() -> ResponseReturnValue:
    """Somebody put these on the post."""
    chosen = [public_id for word in request.form.getlist("letter") if (public_id := pages.as_uuid(word)) is not None]
    count = commands.letters_posted(g.db, Asked(g.actor), chosen)
    settings: Settings = current_app.extensions["settings"]
    if settings.demo_post is not None:
        waiting = {one.public_id for one in queries.letters_to_post(g.db)}
        letters_are_posted(settings.demo_post, [one for one in chosen if one not in waiting])
    done = "verstuurd" if count and count == len(chosen) else "niet-alles" if chosen else "kies"
    return pages.see_other(url_for("post.overview", klaar=done))


@blueprint.post("/taak/<uuid:task_id>/klaar")
@permission(Permission.DO_POST)
def task_done(task_id: UUID) -> ResponseReturnValue:
    """Told another way. A task that is gone, or of another team, gives the same answer as no task."""
    done = commands.task_done(g.db, Asked(g.actor), task_id)
    return pages.see_other(url_for("post.overview", klaar="taak" if done else "weg"))


@blueprint.post("/taak/<uuid:task_id>/veilig")
@permission(Permission.DO_POST)
def allow(task_id: UUID) -> ResponseReturnValue:
    """Somebody looked, and it is safe."""
    done = commands.allow(g.db, Asked(g.actor), task_id)
    return pages.see_other(url_for("post.overview", klaar="veilig" if done else "weg"))
