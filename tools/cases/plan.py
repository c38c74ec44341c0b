"""The plan of one case in the exchange format: how it was looked back on, and how the help ended.

The source has the plan as it is now, and when earlier ones were agreed with but not their texts: so each becomes version 1, with the last
answer of the inwoner.
"""

from datetime import UTC, date, datetime
from typing import Any

from portal.calendar_nl import years_later
from portal.codes import LEEFDOMEINEN
from tools.cases.ids import stable_id

Json = dict[str, Any]
# Which part each text of the source is, and for whom.
_TEXTS = {
    "hulpvraag_eigen_woorden": ("vraag", "iedereen"),
    "hulpvraag_verhelderd": ("helder", "iedereen"),
    "belangrijk_om_te_weten": ("belangrijk", "ik en mijn professional"),
    "geeft_energie": ("energie", "iedereen"),
    "ik_kan": ("ik_kan", "iedereen"),
    "mijn_mensen": ("mijn_mensen", "iedereen"),
    "mijn_buurt": ("buurt", "iedereen"),
    "regie": ("samen", "iedereen"),
    "overgang": ("overgang", "iedereen"),
    "ehealth": ("ehealth", "iedereen"),
    "veiligheidsplan": ("veiligheid", "ik en mijn professional"),
}
_PLAYS = {"speelt": 1, "speelt niet": 2, "wil ik niet bespreken": 3}
_PERSPECTIVES = {"voorkomen achteruitgang": "behoud"}
_CHOICES = {"akkoord": "akkoord", "akkoord met opmerking": "met_opmerking", "niet akkoord": "niet_akkoord"}


def convert_plan(case: Json, persons: set[str]) -> Json:
    """The plan of a case (tools/cases/convert.py). ``persons``: who is in the file; who isn't is a name."""
    return _Plan(case, persons).whole()


class _Plan:
    def __init__(self, case: Json, persons: set[str]) -> None:
        self._case = case
        inwoner = case["inwoner"]
        name = " ".join(filter(None, (inwoner["first_name"], inwoner["infix"], inwoner["last_name"])))
        self._inwoner = {"person": inwoner["id"], "name": name}
        named = [(name, inwoner["id"]), *((one["name"], one["id"]) for one in (*case["professionals"], *case["network"]))]
        self._people = {who: one for who, one in named if one in persons}
        self._helpers = [one["name"] for one in case["professionals"] if one["name"] in self._people]
        self._parts: list[Json] = []
        self._goals: dict[str, str] = {}

    def whole(self) -> Json:
        plan = self._case["plan"]
        proposals = [self._agreed(plan)] if plan else []
        evaluations = self._evaluations()
        endings = [self._ending(self._case["einde"], evaluations)] if self._case["einde"] else []
        return {"parts": self._parts, "proposals": proposals, "pressures": [], "evaluations": evaluations, "endings": endings}

    def _id(self, *parts: str | int) -> str:
        return stable_id(self._case["case"], "plan", *parts)

    def _hand(self, name: str) -> Json:
        return {"person": self._people.get(name), "name": name}

    def _agreed(self, plan: Json) -> Json:
        """Lays the parts, and gives the proposal in which the inwoner answered."""
        answer = plan["instemming"][-1]
        at, choice = _moment(answer["tijd"]), _CHOICES[answer["besluit"]]
        written = {"agreed": choice != "niet_akkoord", "author": self._inwoner, "written_at": at}
        for key, (kind, audience) in _TEXTS.items():
            if plan[key]:
                self._part(kind, audience, {**written, "body": plan[key]})
        answers = [_PLAYS.get(plan["leefdomeinen"].get(name, ""), 0) for name in LEEFDOMEINEN if name]
        self._part("leefdomeinen", "iedereen", {**written, "body": "", "answers": answers})
        for goal in plan["doelen"]:
            self._goal(goal, written)
        return {
            "id": self._id("versie"),
            "made_by": self._inwoner,
            "made_at": at,
            "settled_at": at,
            "version": 1 if written["agreed"] else None,
            "texts": [{"part": part["id"], "number": 1, "place": part["place"]} for part in self._parts],
            "decision": {
                "choice": choice,
                "words": answer["opmerking"] or "",
                "way": "portaal",
                "proof": "",
                "decided_on": answer["tijd"][:10],
                "copy": "nee",
                "own": None,
                "recorded_by": self._inwoner,
                "recorded_at": at,
            },
            "copy_given": None,
        }

    def _goal(self, goal: Json, written: Json) -> None:
        aim = _PERSPECTIVES.get(goal["perspectief"], goal["perspectief"])
        words = {"body": goal["titel"], "why": goal["waarom"] or "", "leefdomein": goal.get("leefdomein"), "perspective": aim}
        self._goals[goal["titel"]] = one = self._part("doel", "iedereen", {**written, **words})
        for action in goal["acties"]:
            days = {"due_on": action["streefdatum"], "look_on": action["opvolging"]}
            text = {**written, "body": action["wat"], "holder": self._hand(action["wie"]), **days}
            steps = [{"number": 1, "status": action["status"], "by": self._inwoner, "at": _moment(action["opvolging"])}]
            self._part("actie", "iedereen", text, one, [] if action["status"] == "open" else steps)

    def _part(self, kind: str, audience: str, words: Json, goal: str | None = None, steps: list[Json] | None = None) -> str:
        """Lays a part with its one text; gives its id."""
        one = self._id(len(self._parts))
        text = {
            "number": 1,
            "agreed": words["agreed"],
            "body": words["body"],
            "why": words.get("why", ""),
            "answers": words.get("answers", []),
            **{name: words.get(name) for name in ("leefdomein", "perspective", "holder", "due_on", "look_on")},
            "dropped": False,
            "author": words["author"],
            "written_at": words["written_at"],
            "written_for": audience,
        }
        self._parts.append(
            {
                "id": one,
                "kind": kind,
                "goal": goal,
                "audience": audience,
                "place": sum(part["kind"] == kind for part in self._parts),
                "made_at": words["written_at"],
                "texts": [text],
                "steps": steps or [],
                "remarks": [],
            }
        )
        return one

    def _evaluations(self) -> list[Json]:
        """Every moment of looking back, and the next one while the help goes on."""
        plan, ended, told = self._case["plan"], self._case["einde"], self._case["evaluaties"]
        found = []
        for source in told:
            helper = next((name for name in source["wie"] if name in self._helpers), self._helpers[0])
            kind = "afsluitend" if ended and source is told[-1] else "jaarlijks"
            found.append(self._evaluation(source["datum"], kind, source["datum"], source["datum"], helper, source))
        if plan and not ended:
            last = told[-1]["datum"] if told else plan["instemming"][-1]["tijd"]
            planned = years_later(date.fromisoformat(last[:10]), 1).isoformat()
            found.append(self._evaluation("straks", "jaarlijks", planned, last, self._helpers[0], None))
        return found

    def _evaluation(self, seed: str, kind: str, day: str, planned_at: str, helper: str, source: Json | None) -> Json:
        moment: Json = {
            "id": self._id("terugkijken", seed),
            "kind": kind,
            "planned_on": day,
            "place": "",
            "about_pgb": False,
            "others": "",
            "planned_by": helper,
            "planned_at": _moment(planned_at),
        }
        if source is None:
            return {**moment, "persons": [], "looks": [], "outcome": None, "reason": "", "settled_by": None, "settled_at": None}
        asked = {self._people[name] for name in source["wie"] if name in self._people and name not in self._helpers}
        own = {"content": source["tevreden"], "words": source["woorden"] or ""}
        return {
            **moment,
            "persons": sorted(asked - {self._inwoner["person"]}),
            "looks": [
                self._look("inwoner", self._inwoner, source, own),
                self._look("professional", self._hand(helper), source, {"anchored": source["verankerd"] or ""}),
            ],
            "outcome": source["uitkomst"],
            "reason": source["reden"] or "",
            "settled_by": self._hand(helper),
            "settled_at": _moment(day),
        }

    def _look(self, side: str, author: Json, source: Json, said: Json) -> Json:
        results = {goal["titel"]: goal[side] for goal in source["doelen"]}
        return {
            "side": side,
            "number": 1,
            "author": author,
            "way": "portaal",
            "content": said.get("content"),
            "words": said.get("words", ""),
            "anchored": said.get("anchored", ""),
            "together": None,
            "together_words": "",
            "safe": None,
            "fits": None,
            "written_at": _moment(source["datum"]),
            "goals": [{"goal": one, "result": results[title]} for title, one in self._goals.items() if title in results],
        }

    def _ending(self, source: Json, evaluations: list[Json]) -> Json:
        near = (source["waakvlam_contact"] or "").split(",")[0]
        stays = source["waakvlam_tot"] is not None and near in self._people
        helper, at = self._hand(self._helpers[0]), _moment(source["datum"])
        return {
            "id": self._id("einde"),
            "kind": "opgelost",
            "weighty": None,
            "ends_on": source["datum"],
            "reason": source["reden"],
            "onward": "",
            "warned": "",
            "evaluation": evaluations[-1]["id"] if evaluations else None,
            "not_evaluated": "" if evaluations else "Het was een korte vraag.",
            "near_until": source["waakvlam_tot"] if stays else None,
            "near_by": self._hand(near) if stays else None,
            "near_words": "",
            "made_by": helper,
            "made_at": at,
            "agreed_by": None,
            "agreed_at": None,
            "choice": "zo_is_het",
            "words": "",
            "way": "mondeling",
            "answered_by": helper["name"],
            "answered_at": at,
            "withdrawn_at": None,
            "done_by": helper["name"],
            "done_at": at,
            "back_at": None,
            "taken_by": None,
            "taken_at": None,
        }


def _moment(words: str) -> str:
    """A moment in UTC; of a day its beginning there."""
    moment = datetime.fromisoformat(words)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat().replace("+00:00", "Z")
