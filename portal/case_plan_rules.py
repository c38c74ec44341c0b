"""What holds for the plan in a case file beyond its schema: what the tables demand too, said in words with the place in the file."""

from collections.abc import Callable, Iterator
from typing import Any

Json = dict[str, Any]
Use = Callable[[str | None, tuple[str, ...], str], Iterator[str]]
"""Follows a reference: the id, what it may be, and where it stands."""
Add = Callable[[str, str, str], Iterator[str]]
"""Remembers an id: which, of what, and where."""

PERSONS = ("the inwoner", "a professional", "a person")
GOAL, PART, MOMENT = "a goal", "a part of the plan", "a moment of looking back"


def plan_problems(add: Add, use: Use, plan: Json, path: str) -> Iterator[str]:
    """One sentence for each rule that the plan (which fits the schema) breaks."""
    versions = [one["version"] for one in plan["proposals"] if one["version"] is not None]
    agreed = {(text["part"], text["number"]) for one in plan["proposals"] if one["version"] is not None for text in one["texts"]}
    there: set[tuple[str, bool]] = set()
    for place, part in enumerate(plan["parts"]):
        own = f"{path}.parts[{place}]"
        once = (part["kind"], part["audience"] == "ik")
        if once in there and part["kind"] not in ("doel", "actie"):
            yield f"{own}.kind: {part['kind']} stands there already for these people"
        there.add(once)
        yield from _part(add, use, part, own)
        for which, one in enumerate(part["texts"]):
            if one["agreed"] != ((part["id"], one["number"]) in agreed):
                yield f"{own}.texts[{which}].agreed: should be {str(not one['agreed']).lower()}, by the proposals"
    texts = {part["id"]: len(part["texts"]) for part in plan["parts"]}
    for place, proposal in enumerate(plan["proposals"]):
        yield from _proposal(add, use, proposal, texts, f"{path}.proposals[{place}]")
    if len(set(versions)) < len(versions):
        yield f"{path}.proposals: two have the same version"
    yield from _one_at_most(plan["proposals"], ("settled_at",), f"{path}.proposals")
    for place, pressure in enumerate(plan["pressures"]):
        yield from _pressure(add, use, pressure, f"{path}.pressures[{place}]")
    for place, evaluation in enumerate(plan["evaluations"]):
        yield from _evaluation(add, use, evaluation, f"{path}.evaluations[{place}]")
    yield from _one_at_most(plan["evaluations"], ("settled_at",), f"{path}.evaluations")
    for place, ending in enumerate(plan["endings"]):
        yield from _ending(add, use, ending, f"{path}.endings[{place}]")
    yield from _one_at_most(plan["endings"], ("withdrawn_at", "back_at"), f"{path}.endings")


def _one_at_most(some: list[Json], without: tuple[str, ...], path: str) -> Iterator[str]:
    if sum(all(one[name] is None for name in without) for one in some) > 1:
        yield f"{path}: more than one without {' and '.join(without)}"


def _hand(use: Use, hand: Json | None, path: str, *, known: bool = True) -> Iterator[str]:
    """Whose hand it was. ``known``: the database wants the person, so a name alone won't do."""
    if hand is None:
        return
    if hand["person"] is None and known:
        yield f"{path}.person: should name somebody in this file"
    yield from use(hand["person"], PERSONS, f"{path}.person")


def _together(one: Json, names: tuple[str, ...], path: str) -> Iterator[str]:
    if len({one[name] is None for name in names}) > 1:
        yield f"{path}.{names[-1]}: goes together with {names[0]}"


def _numbered(some: list[Json], path: str) -> Iterator[str]:
    yield from (f"{path}[{place}].number: should be {place + 1}" for place, one in enumerate(some) if one["number"] != place + 1)


def _part(add: Add, use: Use, part: Json, path: str) -> Iterator[str]:
    yield from add(part["id"], GOAL if part["kind"] == "doel" else PART, path)
    yield from use(part["goal"], (GOAL,), f"{path}.goal")
    if (part["goal"] is None) == (part["kind"] == "actie"):
        yield f"{path}.goal: is of an action, and only of one"
    if part["kind"] == "veiligheid" and part["audience"] == "iedereen":
        yield f"{path}.audience: what keeps somebody safe is not for iedereen"
    if part["steps"] and part["kind"] != "actie":
        yield f"{path}.steps: are of an action only"
    yield from _numbered(part["texts"], f"{path}.texts")
    yield from _numbered(part["steps"], f"{path}.steps")
    for place, text in enumerate(part["texts"]):
        yield from _hand(use, text["author"], f"{path}.texts[{place}].author", known=False)
        yield from _hand(use, text["holder"], f"{path}.texts[{place}].holder", known=False)
    for place, step in enumerate(part["steps"]):
        yield from _hand(use, step["by"], f"{path}.steps[{place}].by", known=False)
    for place, remark in enumerate(part["remarks"]):
        own = f"{path}.remarks[{place}]"
        yield from add(remark["id"], "a remark", own)
        yield from _hand(use, remark["author"], f"{own}.author")
        yield from _hand(use, remark["seen_by"], f"{own}.seen_by")
        yield from _together(remark, ("seen_at", "seen_by"), own)
        if remark["answer"] and remark["seen_at"] is None:
            yield f"{own}.answer: nobody saw the remark"


def _proposal(add: Add, use: Use, proposal: Json, texts: dict[str, int], path: str) -> Iterator[str]:
    yield from add(proposal["id"], "a proposal", path)
    yield from _hand(use, proposal["made_by"], f"{path}.made_by")
    if proposal["version"] is not None and proposal["settled_at"] is None:
        yield f"{path}.version: is of a proposal that was settled"
    seen: set[str] = set()
    for place, text in enumerate(proposal["texts"]):
        own = f"{path}.texts[{place}]"
        yield from use(text["part"], (GOAL, PART), f"{own}.part")
        if text["part"] in seen:
            yield f"{own}.part: {text['part']} stands there twice"
        elif text["number"] > texts.get(text["part"], text["number"]):
            yield f"{own}.number: the part has no text {text['number']}"
        seen.add(text["part"])
    decision, given = proposal["decision"], proposal["copy_given"]
    if decision is not None:
        yield from _hand(use, decision["recorded_by"], f"{path}.decision.recorded_by")
        if decision["choice"] != "akkoord" and not decision["words"]:
            yield f"{path}.decision.words: {decision['choice']} needs words"
        if (decision["proof"] != "") != (decision["way"] != "portaal"):
            yield f"{path}.decision.proof: is of what was said on paper or aloud"
    if (proposal["version"] is not None) != (decision is not None and decision["choice"] != "niet_akkoord"):
        yield f"{path}.version: is of what was agreed with"
    if given is not None:
        yield from _hand(use, given["by"], f"{path}.copy_given.by")


def _pressure(add: Add, use: Use, pressure: Json, path: str) -> Iterator[str]:
    yield from add(pressure["id"], "a ground of drang or dwang", path)
    yield from _hand(use, pressure["set_by"], f"{path}.set_by")
    yield from _hand(use, pressure["ended_by"], f"{path}.ended_by")
    yield from _together(pressure, ("ended_at", "ended_by"), path)
    if pressure["until_day"] is not None and pressure["until_day"] < pressure["from_day"]:
        yield f"{path}.until_day: is before from_day"


def _evaluation(add: Add, use: Use, evaluation: Json, path: str) -> Iterator[str]:
    yield from add(evaluation["id"], MOMENT, path)
    yield from _hand(use, evaluation["settled_by"], f"{path}.settled_by", known=False)
    yield from _together(evaluation, ("settled_at", "outcome"), path)
    if len(set(evaluation["persons"])) < len(evaluation["persons"]):
        yield f"{path}.persons: somebody stands there twice"
    for place, person in enumerate(evaluation["persons"]):
        yield from use(person, PERSONS, f"{path}.persons[{place}]")
    seen: set[tuple[object, ...]] = set()
    for place, look in enumerate(evaluation["looks"]):
        own = f"{path}.looks[{place}]"
        yield from _hand(use, look["author"], f"{own}.author")
        key = (look["side"], look["author"]["person"], look["number"])
        if key in seen:
            yield f"{own}.number: stands there twice for this person"
        seen.add(key)
        goals = [one["goal"] for one in look["goals"]]
        if len(set(goals)) < len(goals):
            yield f"{own}.goals: a goal stands there twice"
        for which, goal in enumerate(goals):
            yield from use(goal, (GOAL,), f"{own}.goals[{which}].goal")


def _ending(add: Add, use: Use, ending: Json, path: str) -> Iterator[str]:
    yield from add(ending["id"], "an end of the help", path)
    yield from use(ending["evaluation"], (MOMENT,), f"{path}.evaluation")
    for name in ("made_by", "near_by", "agreed_by"):
        yield from _hand(use, ending[name], f"{path}.{name}")
    yield from _together(ending, ("near_until", "near_by"), path)
    yield from _together(ending, ("choice", "way"), path)
    early = ending["kind"] in ("eerder", "uitgesteld")
    if (ending["weighty"] is not None) != early:
        yield f"{path}.weighty: is of kind eerder or uitgesteld, and only of these"
    if not ending["onward"] and ending["kind"] not in ("opgelost", "eigen_wens"):
        yield f"{path}.onward: {ending['kind']} needs words"
    if not ending["warned"] and ending["weighty"] == "afspraken":
        yield f"{path}.warned: afspraken needs words"
    if not ending["not_evaluated"] and ending["evaluation"] is None:
        yield f"{path}.not_evaluated: needs words without an evaluation"
    if not ending["words"] and ending["choice"] == "anders":
        yield f"{path}.words: anders needs words"
