"""The two files one case becomes: the dossier as the case database keeps it, and what has no place there yet."""

from datetime import UTC, datetime
from typing import Any

from tools.cases.plan import convert_plan

Json = dict[str, Any]

SOURCE = "voorbeeldcasus"
"""Where the consents of the demo were given."""
_NAME = ("id", "first_name", "infix", "last_name")


def dossier_file(case: Json) -> Json:
    """The case file (docs/case-format.md, version 4) in canonical form."""
    inwoner = {**case["inwoner"]}
    closures: dict[str, list[Json]] = {}
    for closure in case["closures"]:
        closures.setdefault(closure["entry"], []).append(
            {
                "person": closure["person"],
                "except_responsible": False,
                "reason": closure["reason"],
                "from_at": _moment(closure["from"]),
                "ended_at": None,
            }
        )
    grants = [_grant(grant) for grant in case["grants"]]
    made: Json = {
        "format": "casus-dossier",
        "version": 4,
        "dossier": case["dossier"],
        "inwoner": inwoner,
        "household": [_same(member, "name", "relation", "birth_year") for member in case["household"]],
        "professionals": [
            _same(person, *_NAME, "job_title", "team", "role", "joined_on", "left_on") for person in _by_id(case["professionals"])
        ],
        "network": [],
        "assignments": [
            {
                "professional": person["id"],
                "role": turn["role"],
                "responsible": turn["role"].startswith("vaste professional"),
                **_same(turn, "valid_from", "valid_until"),
            }
            for person in case["professionals"]
            for turn in person["assignments"]
        ],
        "mandates": [
            {**_same(mandate, "person", "ground", "valid_from", "valid_until"), "withdrawn_at": None} for mandate in case["mandates"]
        ],
        "entries": [_entry(entry, closures.get(entry["id"], [])) for entry in case["entries"]],
        "grants": grants,
        "plan": {},
        "read_lines": [],
        "changes": [],
    }
    # Who has no part in the dossier is not in the file.
    used = set(_texts([made["mandates"], made["entries"], grants]))
    made["network"] = [_same(person, *_NAME) for person in _by_id(case["network"]) if person["id"] in used]
    persons = {person["id"] for person in (inwoner, *made["professionals"], *made["network"])}
    made["plan"] = convert_plan(case, persons)
    return made


def later_file(case: Json) -> Json:
    """What the source says and the case file has no place for, and the plan in the words of the source; never imported."""
    return {
        "format": "casus-later",
        "version": 1,
        "case": case["case"],
        "dossier": case["dossier"]["id"],
        "household": [_same(member, "name", "case") for member in case["household"]],
        "professionals": [
            {
                **_same(person, "id", "name", "plain_profile"),
                "assignments": [_same(turn, "role", "reason_for_change") for turn in person["assignments"]],
            }
            for person in case["professionals"]
        ],
        "network": case["network"],
        "mandates": [_same(mandate, "person", "ground_text") for mandate in case["mandates"]],
        **_same(case, "melding", "plan", "evaluaties", "einde"),
    }


def _entry(entry: Json, closures: list[Json]) -> Json:
    return {
        **_same(entry, "id", "kind", "section", "leefdomein"),
        "occurred_at": _moment(entry["occurred_at"]),
        "placed_at": _moment(entry["occurred_at"]),
        "discuss_until": None,
        **_same(entry, "audience", "author"),
        "versions": [
            {
                **_same(version, "number", "title", "body", "reason"),
                "author": entry["author"],
                "created_at": _moment(version["created_at"]),
            }
            for version in entry["versions"]
        ],
        "opened": None,
        "closures": closures,
        "annotations": [_annotation(note) for note in entry["annotations"]],
    }


def _annotation(note: Json) -> Json:
    created = _moment(note["created_at"])
    return {
        **_same(note, "id", "kind", "audience", "author"),
        "created_at": created,
        "withdrawn_at": None,
        "outcome": note["outcome"],
        "versions": [
            {
                "number": 1,
                "body": note["body"],
                "quote": note["quote"],
                "about_version": None,
                "sentences": [],
                "written_for": note["audience"],
                "created_at": created,
            }
        ],
    }


def _grant(grant: Json) -> Json:
    return {
        **_same(grant, "id", "grantee", "scope", "section", "leefdomein"),
        "entry": None,
        **_same(grant, "valid_from", "valid_until"),
        "withdrawn_at": None,
        "ground": grant["ground"],
        "source": SOURCE,
    }


def _moment(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(UTC).isoformat().replace("+00:00", "Z")


def _by_id(people: list[Json]) -> list[Json]:
    return sorted(people, key=lambda person: str(person["id"]))


def _same(value: Json, *names: str) -> Json:
    return {name: value[name] for name in names}


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        value = list(value.values())
    return [value] if isinstance(value, str) else [text for part in value for text in _texts(part)] if isinstance(value, list) else []
