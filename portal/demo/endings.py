"""How the demo's people looked back on their plans, and how their help ended: as the source says (portal/demo/later).

Laid as portaal_operator.
"""

from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Connection, text

from portal.calendar_nl import years_later
from portal.ending import models as ending_models
from portal.evaluation.models import Kind, Outcome, Result, Side

Json = dict[str, Any]
_RESULTS = {"geheel": Result.GEHEEL, "deels": Result.DEELS, "niet": Result.NIET}
_EVALUATION = text(
    "INSERT INTO casus.evaluation (id, public_id, dossier_id, kind, planned_on, planned_by_name, planned_at, outcome, reason, settled_by,"
    " settled_by_name, settled_at) VALUES (:id, :public_id, :dossier, :kind, :day, :name, :at, :outcome, :reason, :settled_by,"
    " :settled_by_name, :settled_at)"
)
_LOOK = text(
    "INSERT INTO casus.evaluation_look (evaluation_id, dossier_id, side, author_id, number, author_name, way, content, words, anchored,"
    " together_words, written_at) VALUES (:id, :dossier, :side, :author, 1, :author_name, 'portaal', :content, :words, :anchored, '', :day)"
)
_GOAL = text("INSERT INTO casus.evaluation_goal VALUES (:id, :dossier, :side, :author, 1, :part, :result)")
_PERSON = text("INSERT INTO casus.evaluation_person VALUES (:id, :dossier, :person)")
_ENDING = text(
    "INSERT INTO casus.ending (public_id, dossier_id, kind, ends_on, reason, onward, warned, evaluation_id, not_evaluated, near_until,"
    " near_by, near_by_name, near_words, made_by, made_by_name, made_at, choice, way, answered_by_name, answered_at, done_by_name, done_at)"
    " VALUES (:public_id, :dossier, :kind, :day, :reason, '', '', :evaluation, :not_evaluated, :near_until, :near_by, :near_by_name, '',"
    " :by, :by_name, :at, 1, 'mondeling', :by_name, :at, :by_name, :at)"
)


def import_endings(
    connection: Connection, dossier: int, later: Json, inwoner: tuple[int, str], people: dict[str, int], goals: dict[str, int]
) -> None:
    """Lays every moment of looking back of one case, the next one, and how the help ended. ``goals``: numbers by their words."""
    helpers = [one["name"] for one in later["professionals"] if one["name"] in people]
    done: list[int] = []
    for source in later["evaluaties"]:
        helper = next((name for name in source["wie"] if name in helpers), helpers[0])
        last = later["einde"] is not None and source is later["evaluaties"][-1]
        kind = Kind.AFSLUITEND if last else Kind.JAARLIJKS
        seed = f"{later['case']} {source['datum']}"
        number = _moment(connection, dossier, seed, kind, source["datum"], source["datum"], (people[helper], helper), source)
        done.append(number)
        own = {"content": source["tevreden"], "words": source["woorden"] or ""}
        _say(connection, number, dossier, Side.INWONER, inwoner, source, goals, own)
        _say(connection, number, dossier, Side.PROFESSIONAL, (people[helper], helper), source, goals, {"content": None, "words": ""})
        for name in dict.fromkeys(source["wie"]):
            if name in people and name not in helpers and people[name] != inwoner[0]:
                connection.execute(_PERSON, {"id": number, "dossier": dossier, "person": people[name]})
    if later["einde"] is not None:
        _end(connection, dossier, later, people, helpers[0], done[-1] if done else None)
    elif later["plan"] is not None:
        days = [one["datum"] for one in later["evaluaties"]] or [later["plan"]["instemming"][-1]["tijd"]]
        planned = years_later(date.fromisoformat(days[-1][:10]), 1).isoformat()
        _moment(connection, dossier, f"{later['case']} straks", Kind.JAARLIJKS, planned, days[-1], (people[helpers[0]], helpers[0]), None)


def _moment(
    connection: Connection, dossier: int, seed: str, kind: Kind, day: str, at: str, helper: tuple[int, str], source: Json | None
) -> int:
    number = int(connection.execute(text("SELECT nextval('casus.evaluation_id_seq')")).scalar_one())
    values: Json = {"outcome": None, "reason": "", "settled_by": None, "settled_by_name": None, "settled_at": None}
    if source is not None:
        settled = {"settled_by": helper[0], "settled_by_name": helper[1], "settled_at": day}
        values = {"outcome": Outcome[source["uitkomst"].upper()].value, "reason": source["reden"] or "", **settled}
    public_id = uuid5(NAMESPACE_URL, f"{seed} terugkijken")
    planned = {"public_id": public_id, "dossier": dossier, "kind": kind.value, "day": day, "at": at, "name": helper[1]}
    connection.execute(_EVALUATION, {**values, **planned, "id": number})
    return number


def _say(
    connection: Connection, number: int, dossier: int, side: Side, who: tuple[int, str], source: Json, goals: dict[str, int], more: Json
) -> None:
    common = {"id": number, "dossier": dossier, "side": side.value, "author": who[0]}
    anchored = source["verankerd"] or "" if side is Side.PROFESSIONAL else ""
    connection.execute(_LOOK, {**common, **more, "author_name": who[1], "anchored": anchored, "day": source["datum"]})
    for goal in source["doelen"]:
        if goal["titel"] in goals:
            result = _RESULTS[goal["inwoner" if side is Side.INWONER else "professional"]]
            connection.execute(_GOAL, {**common, "part": goals[goal["titel"]], "result": result.value})


def _end(connection: Connection, dossier: int, later: Json, people: dict[str, int], helper: str, evaluation: int | None) -> None:
    source = later["einde"]
    near = (source["waakvlam_contact"] or "").split(",")[0]
    stays = source["waakvlam_tot"] is not None and near in people
    connection.execute(
        _ENDING,
        {
            "public_id": uuid5(NAMESPACE_URL, f"{later['case']} einde"),
            "dossier": dossier,
            "kind": ending_models.Kind.OPGELOST.value,
            "day": source["datum"],
            "at": source["datum"],
            "reason": source["reden"],
            "evaluation": evaluation,
            "not_evaluated": "" if evaluation else "Het was een korte vraag.",
            "near_until": source["waakvlam_tot"] if stays else None,
            "near_by": people[near] if stays else None,
            "near_by_name": near if stays else "",
            "by": people[helper],
            "by_name": helper,
        },
    )
