"""Each way in which the plan of a case file can be wrong is refused with its place and a reason, and nothing is written."""

import json
from pathlib import Path

import psycopg
import pytest

from tests.api.conftest import by_hand, counts
from tests.api.test_bad_files import ID, STRANGER, WORD, Change, dropped, put, refused, run
from tests.conftest import PortalDatabase

PARTS, PROPOSALS, ENDINGS = "plan.parts", "plan.proposals", "plan.endings"
LOOK = "plan.evaluations.0.looks.0"
GROUND = "plan.pressures.0"
HAND = {"person": f"{ID}210", "name": "Nora el Idrissi"}
# What is done to the file, and what is said of it. The file is tests/api/case_files/full.json.
WRONG: dict[str, tuple[Change, str]] = {
    "no plan": (dropped("plan"), "$: plan is missing"),
    "a plan in a file of before": (put("version", 3), "$: plan does not belong here"),
    "a list for a plan": (put("plan", [WORD]), "$.plan: should be an object"),
    "a plan without a list": (dropped("plan.endings"), "$.plan: endings is missing"),
    "an unknown kind of part": (put(f"{PARTS}.0.kind", WORD), "$.plan.parts[0].kind: is not one of: vraag, helder"),
    "a part that says nothing": (put(f"{PARTS}.0.texts", []), "$.plan.parts[0].texts: is shorter or smaller than 1"),
    "too long a text": (put(f"{PARTS}.0.texts.0.body", "x" * 10_001), "$.plan.parts[0].texts[0].body: is longer or larger than 10000"),
    "too many answers": (put(f"{PARTS}.2.texts.0.answers", [1] * 10), "$.plan.parts[2].texts[0].answers: is longer or larger than 9"),
    "a holder without a name": (
        put(f"{PARTS}.5.texts.0.holder.name", ""),
        "$.plan.parts[5].texts[0].holder.name: is shorter or smaller than 1",
    ),
    "an id of something else": (put(f"{PARTS}.0.id", f"{ID}230"), f"$.plan.parts[0].id: {ID}230 is used at $.entries[0] too"),
    "what keeps one safe, for everybody": (put(f"{PARTS}.3.audience", "iedereen"), "$.plan.parts[3].audience: what keeps somebody safe"),
    "a text of a kind for the same people": (put(f"{PARTS}.1.audience", "iedereen"), "$.plan.parts[1].kind: vraag stands there already"),
    "an action of no goal": (put(f"{PARTS}.5.goal", None), "$.plan.parts[5].goal: is of an action, and only of one"),
    "a goal of a goal": (put(f"{PARTS}.4.goal", f"{ID}264"), "$.plan.parts[4].goal: is of an action, and only of one"),
    "an action of what is no goal": (put(f"{PARTS}.5.goal", f"{ID}260"), f"$.plan.parts[5].goal: {ID}260 is a part of the plan"),
    "steps of a goal": (
        put(f"{PARTS}.4.steps", [{"number": 1, "status": "open", "by": HAND, "at": "2025-05-20T08:00:00Z"}]),
        "$.plan.parts[4].steps: are of an action only",
    ),
    "texts that don't count": (put(f"{PARTS}.0.texts.1.number", 3), "$.plan.parts[0].texts[1].number: should be 2"),
    "steps that don't count": (put(f"{PARTS}.5.steps.0.number", 2), "$.plan.parts[5].steps[0].number: should be 1"),
    "a draft that says it was agreed": (put(f"{PARTS}.0.texts.0.agreed", True), "$.plan.parts[0].texts[0].agreed: should be false"),
    "what was agreed as a draft": (put(f"{PARTS}.0.texts.1.agreed", False), "$.plan.parts[0].texts[1].agreed: should be true"),
    "a writer who is not there": (
        put(f"{PARTS}.0.texts.0.author.person", STRANGER),
        f"texts[0].author.person: {STRANGER} is not in this file",
    ),
    "a holder who is not there": (
        put(f"{PARTS}.5.texts.0.holder.person", STRANGER),
        f"texts[0].holder.person: {STRANGER} is not in this file",
    ),
    "a step by who is not there": (put(f"{PARTS}.5.steps.0.by.person", STRANGER), f"steps[0].by.person: {STRANGER} is not in this file"),
    "a remark of nobody": (put(f"{PARTS}.0.remarks.0.author.person", None), "remarks[0].author.person: should name somebody in this file"),
    "a remark seen by nobody": (put(f"{PARTS}.0.remarks.0.seen_by", None), "remarks[0].seen_by: goes together with seen_at"),
    "an answer to what nobody saw": (put(f"{PARTS}.0.remarks.1.answer", WORD), "remarks[1].answer: nobody saw the remark"),
    "a proposal of nobody": (put(f"{PROPOSALS}.0.made_by.person", None), "$.plan.proposals[0].made_by.person: should name somebody"),
    "a version of what waits": (put(f"{PROPOSALS}.2.version", 2), "$.plan.proposals[2].version: is of a proposal that was settled"),
    "a version of what was not agreed with": (put(f"{PROPOSALS}.0.version", 2), "$.plan.proposals[0].version: is of what was agreed with"),
    "a version twice": (
        lambda case: case["plan"]["proposals"][0].update(version=1, decision=case["plan"]["proposals"][1]["decision"]),
        "$.plan.proposals: two have the same version",
    ),
    "two that wait": (put(f"{PROPOSALS}.0.settled_at", None), "$.plan.proposals: more than one without settled_at"),
    "a part twice in a proposal": (put(f"{PROPOSALS}.1.texts.1.part", f"{ID}260"), f"texts[1].part: {ID}260 stands there twice"),
    "a part that is not there": (put(f"{PROPOSALS}.0.texts.0.part", STRANGER), f"texts[0].part: {STRANGER} is not in this file"),
    "a text that is not there": (put(f"{PROPOSALS}.0.texts.0.number", 9), "texts[0].number: the part has no text 9"),
    "no without words": (put(f"{PROPOSALS}.0.decision.words", ""), "$.plan.proposals[0].decision.words: niet_akkoord needs words"),
    "paper without proof": (put(f"{PROPOSALS}.1.decision.proof", ""), "decision.proof: is of what was said on paper or aloud"),
    "proof of the portal": (put(f"{PROPOSALS}.0.decision.proof", WORD), "decision.proof: is of what was said on paper or aloud"),
    "a decision of nobody": (put(f"{PROPOSALS}.0.decision.recorded_by.person", None), "decision.recorded_by.person: should name somebody"),
    "a copy given by nobody": (put(f"{PROPOSALS}.1.copy_given.by.person", None), "copy_given.by.person: should name somebody"),
    "drang that ends before it begins": (put(f"{GROUND}.until_day", "2025-04-30"), "$.plan.pressures[0].until_day: is before from_day"),
    "drang ended by nobody": (put(f"{GROUND}.ended_by", None), "$.plan.pressures[0].ended_by: goes together with ended_at"),
    "drang of nobody": (put(f"{GROUND}.set_by.person", None), "$.plan.pressures[0].set_by.person: should name somebody"),
    "an outcome of no day": (put("plan.evaluations.0.settled_at", None), "$.plan.evaluations[0].outcome: goes together with settled_at"),
    "two moments ahead": (
        lambda case: case["plan"]["evaluations"][0].update(settled_at=None, outcome=None, settled_by=None),
        "$.plan.evaluations: more than one without settled_at",
    ),
    "somebody asked twice": (
        put("plan.evaluations.0.persons", [f"{ID}221"] * 2),
        "$.plan.evaluations[0].persons: somebody stands there twice",
    ),
    "a stranger asked along": (put("plan.evaluations.0.persons.0", STRANGER), f"persons[0]: {STRANGER} is not in this file"),
    "a look of nobody": (put(f"{LOOK}.author.person", None), "looks[0].author.person: should name somebody in this file"),
    "a look twice": (put(f"{LOOK}.number", 2), "looks[1].number: stands there twice for this person"),
    "a look on what is no goal": (put(f"{LOOK}.goals.0.goal", f"{ID}260"), f"goals[0].goal: {ID}260 is a part of the plan"),
    "a goal looked at twice": (
        put(f"{LOOK}.goals", [{"goal": f"{ID}264", "result": "niet"}] * 2),
        "looks[0].goals: a goal stands there twice",
    ),
    "too content": (put(f"{LOOK}.content", 6), "looks[0].content: is longer or larger than 5"),
    "an end by nobody": (put(f"{ENDINGS}.0.made_by.person", None), "$.plan.endings[0].made_by.person: should name somebody"),
    "an end with a moment that is not there": (
        put(f"{ENDINGS}.1.evaluation", f"{ID}264"),
        f"$.plan.endings[1].evaluation: {ID}264 is a goal",
    ),
    "an end that looked back on nothing": (put(f"{ENDINGS}.0.not_evaluated", ""), "$.plan.endings[0].not_evaluated: needs words"),
    "weighty for what was solved": (put(f"{ENDINGS}.1.weighty", "dreiging"), "$.plan.endings[1].weighty: is of kind eerder or uitgesteld"),
    "put off without a place to go": (put(f"{ENDINGS}.0.onward", ""), "$.plan.endings[0].onward: uitgesteld needs words"),
    "duties without a warning": (put(f"{ENDINGS}.0.warned", ""), "$.plan.endings[0].warned: afspraken needs words"),
    "otherwise without words": (put(f"{ENDINGS}.0.words", ""), "$.plan.endings[0].words: anders needs words"),
    "near by nobody": (put(f"{ENDINGS}.1.near_by", None), "$.plan.endings[1].near_by: goes together with near_until"),
    "an answer in no way": (put(f"{ENDINGS}.0.way", None), "$.plan.endings[0].way: goes together with choice"),
    "two ends at once": (
        lambda case: [one.update(withdrawn_at=None, back_at=None) for one in case["plan"]["endings"]],
        "$.plan.endings: more than one without withdrawn_at and back_at",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_with_a_plan_is_said_with_its_place(database: PortalDatabase, team_noord: None, tmp_path: Path, name: str) -> None:
    change, said = WRONG[name]
    case = by_hand("full")
    change(case)
    assert said in refused(database, json.dumps(case).encode(), tmp_path)


def test_a_file_of_before_there_was_a_plan_in_it_is_still_read(database: PortalDatabase, team_noord: None, tmp_path: Path) -> None:
    path = tmp_path / "before.json"
    path.write_text(
        json.dumps({**{key: part for key, part in by_hand("minimal").items() if key != "plan"}, "version": 3}), encoding="utf-8"
    )
    assert run(database, path).exit_code == 0
    assert counts(database)["plan_part"] == 0


def test_the_plan_comes_in_as_it_was_written(database: PortalDatabase, team_noord: None, tmp_path: Path) -> None:
    path = tmp_path / "full.json"
    path.write_text(json.dumps(by_hand("full")), encoding="utf-8")
    assert run(database, path).exit_code == 0
    with psycopg.connect(database.admin_dsn) as admin:
        parts = admin.execute("SELECT kind, audience, place FROM casus.plan_part ORDER BY id").fetchall()
        held = admin.execute(
            "SELECT holder_name, holder_id IS NULL, dropped FROM casus.plan_text WHERE holder_name <> '' ORDER BY number"
        ).fetchall()
        said = admin.execute(
            "SELECT p.version, d.choice, d.way FROM casus.plan_decision d JOIN casus.plan_proposal p ON p.id = d.proposal_id ORDER BY p.id"
        )
        assert said.fetchall() == [(None, 3, "portaal"), (1, 2, "papier")]
    assert parts == [(1, 3, 0), (1, 1, 0), (8, 2, 0), (12, 2, 0), (20, 3, 1), (21, 3, 0)]
    assert held == [("Nora el Idrissi", False, False), ("de buurvrouw", True, True)]
