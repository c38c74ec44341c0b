"""The rows that the plan in a case file becomes, table by table. It was judged before (portal/case_plan_rules.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portal import codes

if TYPE_CHECKING:
    from portal.case_rows import Writer

Json = dict[str, Any]


def write_plan(writer: Writer, plan: Json) -> None:
    """Adds the parts with their texts, steps and remarks; then what was agreed, what pressed, looking back and the end of the help."""
    numbers = writer.numbers("plan_part", len(plan["parts"]))
    parts = {part["id"]: number for part, number in zip(plan["parts"], numbers, strict=True)}
    _parts(writer, plan["parts"], parts)
    _proposals(writer, plan["proposals"], parts)
    _pressures(writer, plan["pressures"])
    moments = writer.numbers("evaluation", len(plan["evaluations"]))
    evaluations = {one["id"]: number for one, number in zip(plan["evaluations"], moments, strict=True)}
    _evaluations(writer, plan["evaluations"], evaluations, parts)
    _endings(writer, plan["endings"], evaluations)


def _same(value: Json, *names: str) -> Json:
    return {name: value[name] for name in names}


def _hand(writer: Writer, hand: Json | None, person: str, name: str, nobody: str | None = None) -> Json:
    """The columns that say whose hand it was: a person, and the name as it was then. ``nobody``: the name where there was none."""
    return {person: None, name: nobody} if hand is None else {person: writer.person(hand["person"]), name: hand["name"]}


def _parts(writer: Writer, parts: list[Json], numbers: dict[str, int]) -> None:
    rows, texts, steps, remarks = [], [], [], []
    for part in parts:
        key = {"part_id": numbers[part["id"]], "dossier_id": writer.dossier}
        rows.append(
            {
                "id": numbers[part["id"]],
                "public_id": part["id"],
                "dossier_id": writer.dossier,
                "kind": codes.PLAN_PARTS[part["kind"]],
                "goal_id": numbers[part["goal"]] if part["goal"] else None,
                "audience": codes.AUDIENCES[part["audience"]],
                **_same(part, "place", "made_at"),
            }
        )
        texts += [
            {
                **key,
                **_same(one, "number", "body", "why", "answers", "due_on", "look_on", "dropped", "written_at"),
                "leefdomein": codes.LEEFDOMEINEN[one["leefdomein"]],
                "perspective": codes.PERSPECTIVES.get(one["perspective"]),
                "written_for": codes.AUDIENCES[one["written_for"]],
                **_hand(writer, one["holder"], "holder_id", "holder_name", ""),
                **writer.author(one["author"]),
            }
            for one in part["texts"]
        ]
        steps += [
            {
                **key,
                **_same(one, "number", "at"),
                "status": codes.STEP_STATUSES[one["status"]],
                **_hand(writer, one["by"], "by_id", "by_name"),
            }
            for one in part["steps"]
        ]
        remarks += [
            {
                **key,
                "public_id": one["id"],
                **_same(one, "body", "written_at", "withdrawn_at", "seen_at", "answer"),
                **writer.author(one["author"]),
                **_hand(writer, one["seen_by"], "seen_by", "seen_name"),
            }
            for one in part["remarks"]
        ]
    writer.add("plan_part", rows)
    writer.add("plan_text", texts)
    writer.add("plan_step", steps)
    writer.add("plan_remark", remarks)


def _proposals(writer: Writer, proposals: list[Json], parts: dict[str, int]) -> None:
    numbers = writer.numbers("plan_proposal", len(proposals))
    rows, texts, decisions, copies = [], [], [], []
    for number, one in zip(numbers, proposals, strict=True):
        key = {"proposal_id": number, "dossier_id": writer.dossier}
        made = _hand(writer, one["made_by"], "made_by", "made_by_name")
        same = _same(one, "made_at", "settled_at", "version")
        rows.append({"id": number, "public_id": one["id"], "dossier_id": writer.dossier, **made, **same})
        texts += [{**key, "part_id": parts[text["part"]], **_same(text, "number", "place")} for text in one["texts"]]
        if one["decision"] is not None:
            said = one["decision"]
            decisions.append(
                {
                    **key,
                    "choice": codes.PLAN_CHOICES[said["choice"]],
                    "copy": codes.PLAN_COPIES[said["copy"]],
                    **_same(said, "words", "way", "proof", "decided_on", "own", "recorded_at"),
                    **_hand(writer, said["recorded_by"], "recorded_by", "recorded_by_name"),
                }
            )
        if one["copy_given"] is not None:
            given = one["copy_given"]
            copies.append({**key, "given_at": given["at"], **_hand(writer, given["by"], "given_by", "given_by_name")})
    writer.add("plan_proposal", rows)
    writer.add("plan_proposal_text", texts)
    writer.add("plan_decision", decisions)
    writer.add("plan_copy_given", copies)


def _pressures(writer: Writer, pressures: list[Json]) -> None:
    writer.add(
        "plan_pressure",
        [
            {
                "public_id": one["id"],
                "dossier_id": writer.dossier,
                "kind": codes.PRESSURES[one["kind"]],
                **_same(one, "ground", "from_day", "until_day", "set_at", "ended_at"),
                **_hand(writer, one["set_by"], "set_by", "set_by_name"),
                **_hand(writer, one["ended_by"], "ended_by", "ended_by_name"),
            }
            for one in pressures
        ],
    )


def _evaluations(writer: Writer, evaluations: list[Json], numbers: dict[str, int], parts: dict[str, int]) -> None:
    rows, persons, looks, goals = [], [], [], []
    for one in evaluations:
        key = {"evaluation_id": numbers[one["id"]], "dossier_id": writer.dossier}
        rows.append(
            {
                "id": numbers[one["id"]],
                "public_id": one["id"],
                "dossier_id": writer.dossier,
                "kind": codes.EVALUATION_KINDS[one["kind"]],
                "outcome": codes.EVALUATION_OUTCOMES.get(one["outcome"]),
                "planned_by_name": one["planned_by"],
                **_same(one, "planned_on", "place", "about_pgb", "others", "planned_at", "reason", "settled_at"),
                **_hand(writer, one["settled_by"], "settled_by", "settled_by_name"),
            }
        )
        persons += [{**key, "person_id": writer.person(person)} for person in one["persons"]]
        for look in one["looks"]:
            author = writer.author(look["author"])
            said = {**key, "side": codes.EVALUATION_SIDES[look["side"]], "author_id": author["author_id"], "number": look["number"]}
            looks.append(
                {
                    **said,
                    **author,
                    **_same(look, "way", "content", "words", "anchored", "together", "together_words", "written_at"),
                    "safe": codes.FEELS_SAFE.get(look["safe"]),
                    "fits": codes.HELP_FITS.get(look["fits"]),
                }
            )
            goals += [{**said, "part_id": parts[goal["goal"]], "result": codes.GOAL_RESULTS[goal["result"]]} for goal in look["goals"]]
    writer.add("evaluation", rows)
    writer.add("evaluation_person", persons)
    writer.add("evaluation_look", looks)
    writer.add("evaluation_goal", goals)


def _endings(writer: Writer, endings: list[Json], evaluations: dict[str, int]) -> None:
    moments = ("made_at", "agreed_at", "answered_at", "withdrawn_at", "done_at", "back_at", "taken_at")
    words = ("reason", "onward", "warned", "not_evaluated", "near_words", "words", "way")
    writer.add(
        "ending",
        [
            {
                "public_id": one["id"],
                "dossier_id": writer.dossier,
                "kind": codes.ENDING_KINDS[one["kind"]],
                "weighty": codes.ENDING_REASONS.get(one["weighty"]),
                "choice": codes.ENDING_CHOICES.get(one["choice"]),
                "evaluation_id": evaluations[one["evaluation"]] if one["evaluation"] else None,
                **_same(one, "ends_on", "near_until", *words, *moments),
                **_hand(writer, one["near_by"], "near_by", "near_by_name", ""),
                **_hand(writer, one["made_by"], "made_by", "made_by_name"),
                **_hand(writer, one["agreed_by"], "agreed_by", "agreed_by_name"),
                **{f"{name}_name": one[name] for name in ("answered_by", "done_by", "taken_by")},
            }
            for one in endings
        ],
    )
