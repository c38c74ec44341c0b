"""The plan of a dossier as it stands in a case file (docs/case-format.md): with looking back on it, and how the help ended.

It is as long as people wrote it, so it is held whole.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from portal import codes
from portal.export_values import names, plain

Json = dict[str, Any]
Rows = Callable[[str], Iterator[Any]]

_PARTS = """
SELECT p.id AS own, p.public_id AS id, p.kind, g.public_id AS goal, p.audience, p.place, p.made_at
FROM casus.plan_part p LEFT JOIN casus.plan_part g ON g.id = p.goal_id
WHERE EXISTS (SELECT FROM casus.plan_text t WHERE t.part_id = p.id)
ORDER BY p.id
"""
_TEXTS = """
SELECT t.part_id AS below, t.number,
    EXISTS (SELECT FROM casus.plan_proposal_text x JOIN casus.plan_proposal p ON p.id = x.proposal_id
        WHERE x.part_id = t.part_id AND x.number = t.number AND p.version IS NOT NULL) AS agreed,
    t.body, t.why, t.answers, t.leefdomein, t.perspective, t.holder_id, t.holder_name, t.due_on, t.look_on, t.dropped, t.author_id,
    t.author_name, t.written_at, t.written_for
FROM casus.plan_text t
ORDER BY t.part_id, t.number
"""
_STEPS = "SELECT s.part_id AS below, s.number, s.status, s.by_id, s.by_name, s.at FROM casus.plan_step s ORDER BY s.part_id, s.number"
_REMARKS = """
SELECT r.part_id AS below, r.public_id AS id, r.body, r.author_id, r.author_name, r.written_at, r.withdrawn_at, r.seen_by AS seen_by_id,
    r.seen_name AS seen_by_name, r.seen_at, r.answer
FROM casus.plan_remark r
ORDER BY r.id
"""
_PROPOSALS = """
SELECT p.id AS own, p.public_id AS id, p.made_by AS made_by_id, p.made_by_name, p.made_at, p.settled_at, p.version
FROM casus.plan_proposal p
ORDER BY p.id
"""
_PROPOSAL_TEXTS = """
SELECT t.proposal_id AS below, p.public_id AS part, t.number, t.place
FROM casus.plan_proposal_text t JOIN casus.plan_part p ON p.id = t.part_id
ORDER BY t.proposal_id, t.part_id
"""
_DECISIONS = """
SELECT d.proposal_id AS below, d.choice, d.words, d.way, d.proof, d.decided_on, d.copy, d.own, d.recorded_by AS recorded_by_id,
    d.recorded_by_name, d.recorded_at
FROM casus.plan_decision d
"""
_COPIES = "SELECT c.proposal_id AS below, c.given_by AS by_id, c.given_by_name AS by_name, c.given_at AS at FROM casus.plan_copy_given c"
_PRESSURES = """
SELECT x.public_id AS id, x.kind, x.ground, x.from_day, x.until_day, x.set_by AS set_by_id, x.set_by_name, x.set_at,
    x.ended_by AS ended_by_id, x.ended_by_name, x.ended_at
FROM casus.plan_pressure x
ORDER BY x.id
"""
_EVALUATIONS = """
SELECT e.id AS own, e.public_id AS id, e.kind, e.planned_on, e.place, e.about_pgb, e.others, e.planned_by_name AS planned_by, e.planned_at,
    e.outcome, e.reason, e.settled_by AS settled_by_id, e.settled_by_name, e.settled_at
FROM casus.evaluation e
ORDER BY e.id
"""
_EVALUATION_PERSONS = "SELECT p.evaluation_id AS below, p.person_id FROM casus.evaluation_person p"
_LOOKS = """
SELECT l.evaluation_id AS below, l.side, l.number, l.author_id, l.author_name, l.way, l.content, l.words, l.anchored, l.together,
    l.together_words, l.safe, l.fits, l.written_at
FROM casus.evaluation_look l
"""
_RESULTS = """
SELECT g.evaluation_id, g.side, g.author_id, g.number, p.public_id AS goal, g.result
FROM casus.evaluation_goal g JOIN casus.plan_part p ON p.id = g.part_id
ORDER BY g.part_id
"""
_ENDINGS = """
SELECT x.public_id AS id, x.kind, x.weighty, x.ends_on, x.reason, x.onward, x.warned, e.public_id AS evaluation, x.not_evaluated,
    x.near_until, x.near_by AS near_by_id, x.near_by_name, x.near_words, x.made_by AS made_by_id, x.made_by_name, x.made_at,
    x.agreed_by AS agreed_by_id, x.agreed_by_name, x.agreed_at, x.choice, x.words, x.way, x.answered_by_name AS answered_by, x.answered_at,
    x.withdrawn_at, x.done_by_name AS done_by, x.done_at, x.back_at, x.taken_by_name AS taken_by, x.taken_at
FROM casus.ending x LEFT JOIN casus.evaluation e ON e.id = x.evaluation_id
ORDER BY x.id
"""

_NAMES = {
    "part": names(codes.PLAN_PARTS),
    "audience": names(codes.AUDIENCES),
    "leefdomein": names(codes.LEEFDOMEINEN),
    "perspective": names(codes.PERSPECTIVES),
    "status": names(codes.STEP_STATUSES),
    "plan_choice": names(codes.PLAN_CHOICES),
    "copy": names(codes.PLAN_COPIES),
    "pressure": names(codes.PRESSURES),
    "evaluation": names(codes.EVALUATION_KINDS),
    "outcome": names(codes.EVALUATION_OUTCOMES),
    "side": names(codes.EVALUATION_SIDES),
    "result": names(codes.GOAL_RESULTS),
    "safe": names(codes.FEELS_SAFE),
    "fits": names(codes.HELP_FITS),
    "ending": names(codes.ENDING_KINDS),
    "weighty": names(codes.ENDING_REASONS),
    "ending_choice": names(codes.ENDING_CHOICES),
}


def plan_of(rows: Rows, persons: Mapping[int, str]) -> Json:
    """The plan of the one dossier that ``rows`` (which answers a question in SQL) sees. ``persons``: ids of who is in the file, by number.

    Who is not in the file is a name.
    """
    return _Plan(rows, persons).whole()


class _Plan:
    def __init__(self, rows: Rows, persons: Mapping[int, str]) -> None:
        self._rows = rows
        self._persons = persons

    def whole(self) -> Json:
        return {
            "parts": list(self._parts()),
            "proposals": list(self._proposals()),
            "pressures": [self._shaped(plain(row), kind="pressure", set_by=None, ended_by=None) for row in self._rows(_PRESSURES)],
            "evaluations": list(self._evaluations()),
            "endings": [
                self._shaped(
                    plain(row), kind="ending", weighty="weighty", choice="ending_choice", near_by=None, made_by=None, agreed_by=None
                )
                for row in self._rows(_ENDINGS)
            ],
        }

    def _shaped(self, row: Json, **shape: str | None) -> Json:
        """The row with words for its codes and, where ``shape`` says None, a hand for the two columns about one. The order stays."""
        shaped: Json = {}
        for name, one in row.items():
            hand = name.removesuffix("_id").removesuffix("_name")
            if hand != name and hand in shape:
                shaped[hand] = self._hand(row[f"{hand}_id"], row[f"{hand}_name"])
            else:
                shaped[name] = _NAMES[shape[name] or ""].get(one) if name in shape else one
        return shaped

    def _hand(self, person: int | None, name: str | None) -> Json | None:
        return {"person": self._known(person), "name": name} if person is not None or name else None

    def _known(self, person: int | None) -> str | None:
        return None if person is None else self._persons.get(person)

    def _below(self, query: str, **shape: str | None) -> dict[int, list[Json]]:
        """Shaped rows, by the number they hang on."""
        found: dict[int, list[Json]] = defaultdict(list)
        for row in self._rows(query):
            values = plain(row)
            found[values.pop("below")].append(self._shaped(values, **shape))
        return found

    def _parts(self) -> Iterator[Json]:
        shape = {"leefdomein": "leefdomein", "perspective": "perspective", "holder": None, "author": None, "written_for": "audience"}
        texts = self._below(_TEXTS, **shape)
        steps = self._below(_STEPS, status="status", by=None)
        remarks = self._below(_REMARKS, author=None, seen_by=None)
        for row in self._rows(_PARTS):
            part = self._shaped(plain(row), kind="part", audience="audience")
            number = part.pop("own")
            yield {**part, "texts": texts[number], "steps": steps.get(number, []), "remarks": remarks.get(number, [])}

    def _proposals(self) -> Iterator[Json]:
        texts = self._below(_PROPOSAL_TEXTS)
        decisions = self._below(_DECISIONS, choice="plan_choice", copy="copy", recorded_by=None)
        copies = self._below(_COPIES, by=None)
        for row in self._rows(_PROPOSALS):
            proposal = self._shaped(plain(row), made_by=None)
            number = proposal.pop("own")
            [decision], [given] = decisions.get(number, [None]), copies.get(number, [None])
            yield {**proposal, "texts": texts.get(number, []), "decision": decision, "copy_given": given}

    def _evaluations(self) -> Iterator[Json]:
        asked: dict[int, list[str]] = defaultdict(list)
        for row in self._rows(_EVALUATION_PERSONS):
            asked[row.below] += [one for one in [self._known(row.person_id)] if one is not None]
        results: dict[tuple[int, ...], list[Json]] = defaultdict(list)
        for row in self._rows(_RESULTS):
            result = {"goal": str(row.goal), "result": _NAMES["result"][row.result]}
            results[row.evaluation_id, row.side, row.author_id, row.number].append(result)
        looks: dict[int, list[tuple[Any, Json]]] = defaultdict(list)
        for row in self._rows(_LOOKS):
            values = plain(row)
            below = values.pop("below")
            look = self._shaped(values, side="side", author=None, safe="safe", fits="fits")
            goals = results.get((below, row.side, row.author_id, row.number), [])
            looks[below].append(((row.side, look["author"]["person"] or "", row.number), {**look, "goals": goals}))
        for row in self._rows(_EVALUATIONS):
            moment = self._shaped(plain(row), kind="evaluation", outcome="outcome", settled_by=None)
            number = moment.pop("own")
            said = [look for _place, look in sorted(looks.get(number, []), key=lambda one: one[0])]
            settled = {name: moment.pop(name) for name in ("outcome", "reason", "settled_by", "settled_at")}
            yield {**moment, "persons": sorted(asked.get(number, [])), "looks": said, **settled}
