"""The plans of the demo's people, out of what the source says of each case (portal/demo/later), laid as portaal_operator.

The source has the plan as it is now, and when earlier ones were agreed with but not their texts: so each stands here as version 1, with the
last answer of the inwoner.
"""

from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Connection, text

from portal.codes import LEEFDOMEINEN
from portal.dossier.models import LEEFDOMEIN_NAMES
from portal.plan.models import PARTS, Choice, PartKind, Perspective, Plays, Status

Json = dict[str, Any]
_TEXTS = {
    "hulpvraag_eigen_woorden": PartKind.VRAAG,
    "hulpvraag_verhelderd": PartKind.HELDER,
    "belangrijk_om_te_weten": PartKind.BELANGRIJK,
    "geeft_energie": PartKind.ENERGIE,
    "ik_kan": PartKind.IK_KAN,
    "mijn_mensen": PartKind.MIJN_MENSEN,
    "mijn_buurt": PartKind.BUURT,
    "regie": PartKind.SAMEN,
    "overgang": PartKind.OVERGANG,
    "ehealth": PartKind.EHEALTH,
    "veiligheidsplan": PartKind.VEILIGHEID,
}
_PLAYS = {"speelt": Plays.SPEELT, "speelt niet": Plays.SPEELT_NIET, "wil ik niet bespreken": Plays.NIET_BESPREKEN}
_PERSPECTIVES = {
    "herstel": Perspective.HERSTEL,
    "ontwikkeling": Perspective.ONTWIKKELING,
    "stabilisatie": Perspective.STABILISATIE,
    "acceptatie": Perspective.ACCEPTATIE,
    "meedoen": Perspective.MEEDOEN,
    "voorkomen achteruitgang": Perspective.BEHOUD,
}
_STATUSES = {"open": Status.OPEN, "bezig": Status.BEZIG, "klaar": Status.KLAAR, "vervallen": Status.VERVALLEN}
_CHOICES = {"akkoord": Choice.AKKOORD, "akkoord met opmerking": Choice.MET_OPMERKING, "niet akkoord": Choice.NIET_AKKOORD}

_PART = text(
    "INSERT INTO casus.plan_part (id, public_id, dossier_id, kind, goal_id, audience, place)"
    " VALUES (:id, :public_id, :dossier, :kind, :goal, :audience, :place)"
)
_TEXT = text(
    "INSERT INTO casus.plan_text (part_id, dossier_id, number, body, why, answers, leefdomein, perspective, holder_id, holder_name,"
    " due_on, look_on, dropped, author_id, author_name, written_at, written_for)"
    " VALUES (:id, :dossier, 1, :body, :why, :answers, :leefdomein, :perspective, :holder, :holder_name,"
    " :due_on, :look_on, false, :author, :author_name, :written_at, :audience)"
)
_STEP = text(
    "INSERT INTO casus.plan_step (part_id, dossier_id, number, status, by_id, by_name, at)"
    " VALUES (:id, :dossier, 1, :status, :author, :author_name, :written_at)"
)
_PROPOSAL = text(
    "INSERT INTO casus.plan_proposal (id, public_id, dossier_id, made_by, made_by_name, made_at, settled_at, version)"
    " VALUES (:id, :public_id, :dossier, :author, :author_name, :at, :at, :version)"
)
_PROPOSAL_TEXT = text(
    "INSERT INTO casus.plan_proposal_text (proposal_id, dossier_id, part_id, number, place) VALUES (:proposal, :dossier, :id, 1, :place)"
)
_DECISION = text(
    "INSERT INTO casus.plan_decision (proposal_id, dossier_id, choice, words, way, proof, decided_on, copy, recorded_by, recorded_by_name,"
    " recorded_at) VALUES (:id, :dossier, :choice, :words, 'portaal', '', :day, 0, :author, :author_name, :at)"
)


class _Plan:
    """One plan on its way into the tables: whose it is, who is who, and the parts that were laid."""

    def __init__(self, connection: Connection, dossier: int, case: str, author: tuple[int, str], people: dict[str, int]) -> None:
        self.connection = connection
        self.dossier = dossier
        self.case = case
        self.people = people
        self.author = {"author": author[0], "author_name": author[1]}
        self.laid: list[Json] = []

    def number(self, of_table: str) -> int:
        """A new number for a row."""
        return int(
            self.connection.execute(text("SELECT nextval(CAST(:name AS regclass))"), {"name": f"casus.{of_table}_id_seq"}).scalar_one()
        )

    def part(self, kind: PartKind, written_at: str, *, goal: int | None = None, **words: object) -> int:
        """Lays a part with its one text; gives its number."""
        audience = PARTS[kind].audience if kind in PARTS else PARTS[PartKind.VRAAG].audience
        place = sum(one["kind"] == kind for one in self.laid)
        values: Json = {
            "why": "", "answers": [], "leefdomein": 0, "perspective": None, "holder": None, "holder_name": "", "due_on": None,
            "look_on": None, **self.author, "written_at": written_at, **words, "id": self.number("plan_part"), "dossier": self.dossier,
            "kind": kind.value, "goal": goal, "audience": audience.value, "place": place,
        }  # fmt: skip
        values["public_id"] = uuid5(NAMESPACE_URL, f"{self.case} plan {len(self.laid)}")
        self.connection.execute(_PART, values)
        self.connection.execute(_TEXT, values)
        self.laid.append(values)
        return int(values["id"])


def import_plan(connection: Connection, dossier: int, later: Json, inwoner: tuple[int, str], people: dict[str, int]) -> dict[str, int]:
    """Lays the plan of one case. ``people``: numbers by name, of who can be named. Gives the numbers of its goals, by their words."""
    source: Json | None = later["plan"]
    if source is None:
        return {}
    plan = _Plan(connection, dossier, later["case"], inwoner, people)
    answer = source["instemming"][-1]
    choice = _CHOICES[answer["besluit"]]
    at: str = answer["tijd"]
    for key, kind in _TEXTS.items():
        if source[key]:
            plan.part(kind, at, body=source[key])
    answers = [_PLAYS.get(source["leefdomeinen"].get(name, ""), 0) for name, code in LEEFDOMEINEN.items() if code]
    plan.part(PartKind.LEEFDOMEINEN, at, body="", answers=[int(one) for one in answers[: len(LEEFDOMEIN_NAMES)]])
    for goal in source["doelen"]:
        _lay_goal(plan, goal, at)
    agreed = {**plan.author, "dossier": dossier, "id": plan.number("plan_proposal"), "at": at, "day": date.fromisoformat(at[:10])}
    connection.execute(
        _PROPOSAL,
        {
            **agreed,
            "public_id": uuid5(NAMESPACE_URL, f"{later['case']} plan versie"),
            "version": 1 if choice < Choice.NIET_AKKOORD else None,
        },
    )
    connection.execute(_PROPOSAL_TEXT, [{**one, "proposal": agreed["id"]} for one in plan.laid])
    connection.execute(_DECISION, {**agreed, "choice": choice.value, "words": answer["opmerking"] or ""})
    return {str(one["body"]): int(one["id"]) for one in plan.laid if one["kind"] == PartKind.DOEL}


def _lay_goal(plan: _Plan, goal: Json, at: str) -> None:
    number = plan.part(
        PartKind.DOEL,
        at,
        body=goal["titel"],
        why=goal["waarom"] or "",
        leefdomein=LEEFDOMEINEN[goal.get("leefdomein")],
        perspective=_PERSPECTIVES[goal["perspectief"]].value,
    )
    for action in goal["acties"]:
        dates = {"due_on": action["streefdatum"], "look_on": action["opvolging"]}
        holder = {"holder": plan.people.get(action["wie"]), "holder_name": action["wie"]}
        made = plan.part(PartKind.ACTIE, at, goal=number, body=action["wat"], **dates, **holder)
        status = _STATUSES[action["status"]]
        if status is not Status.OPEN:
            values = {**plan.author, "id": made, "dossier": plan.dossier, "status": status.value, "written_at": action["opvolging"]}
            plan.connection.execute(_STEP, values)
