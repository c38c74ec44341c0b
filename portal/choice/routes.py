"""The inwoner's side: who helps me, who stands in, who did before; and who works here, with who fits and why."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, g, request

from portal import pages
from portal.audit import shows_nothing
from portal.choice import queries, wishes, words
from portal.choice.forms import FindForm
from portal.choice.matching import Reason, suggested
from portal.choice.models import Profile
from portal.choice.queries import Turn
from portal.dossier.models import LEEFDOMEIN_NAMES
from portal.policy import Permission, permission
from portal.sharing.queries import today

choice = Blueprint("choice", __name__, url_prefix="/dossier/<uuid:dossier_id>/wie-helpt-mij")


@choice.get("")
@permission(Permission.SEE_HELPERS)
def show(dossier_id: UUID) -> Response:
    """Who helps now, who stands in and when, who comes and who went."""
    shows_nothing()
    day = today()
    turns = queries.turns(g.db, g.dossier.id)
    now = [turn for turn in turns if turn.holds(day)]
    profiles = {one.person: one for one in queries.profiles(g.db)}
    absences = queries.stand_ins(g.db, g.dossier.id)
    return pages.render(
        "choice/who.html",
        dossier=g.dossier,
        mine=next((turn for turn in now if turn.responsible), None),
        also=_once([turn for turn in now if not turn.responsible]),
        coming=[turn for turn in turns if turn.from_day > day],
        before=[turn for turn in turns if turn.until is not None and turn.until < day],
        away=[one for one in absences if one.until_day >= day],
        stood_in=[one for one in absences if one.until_day < day and one.stands_in],
        profiles=profiles,
        words=words,
        wishes=wishes.wishes(g.db, g.dossier.id),
        now=datetime.now(UTC),
        done=request.args.get("klaar", ""),
    )


@choice.get("/kiezen")
@permission(Permission.SEE_HELPERS)
def people(dossier_id: UUID) -> Response:
    """Everybody who works here and tells about it, and a few who fit, with the reason."""
    return _people(FindForm(formdata=None))


@choice.post("/kiezen")
@permission(Permission.SEE_HELPERS)
def find(dossier_id: UUID) -> Response:
    """The same, fewer."""
    return _people(FindForm())


@choice.get("/kiezen/<uuid:person_id>")
@permission(Permission.SEE_HELPERS)
def one(dossier_id: UUID, person_id: UUID) -> Response:
    """What one of them tells."""
    shows_nothing()
    found = next((profile for profile in queries.profiles(g.db) if profile.person == person_id), None) or abort(404)
    return pages.render("choice/profile.html", dossier=g.dossier, one=found, **_words())


def _people(form: FindForm) -> Response:
    shows_nothing()
    everybody = queries.profiles(g.db)
    languages = sorted({code for one in everybody for code in one.languages}, key=words.language_name)
    form.put(languages, queries.teams(everybody))
    sent = form.is_submitted()
    valid = sent and form.validate_on_submit()
    return pages.render(
        "choice/people.html",
        status=422 if sent and not valid else 200,
        dossier=g.dossier,
        form=form,
        found=[one for one in everybody if _fits(one, form)] if valid else [],
        everybody=bool(everybody),
        fits=suggested(everybody, queries.wanted(g.db, g.dossier.id)),
        narrowed=valid,
        **_words(),
    )


def _fits(one: Profile, form: FindForm) -> bool:
    return (
        (not form.language.data or form.language.data in one.languages)
        and (not form.leefdomein.data or form.leefdomein.data in one.leefdomeinen)
        and (not form.team.data or form.team.data == str(one.team))
    )


def _once(turns: list[Turn]) -> list[Turn]:
    return list({turn.person: turn for turn in reversed(turns)}.values())


def _words() -> dict[str, Any]:
    return {"words": words, "domains": LEEFDOMEIN_NAMES, "Reason": Reason}
