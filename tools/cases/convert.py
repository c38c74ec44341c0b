"""One case of the source: the dossier in the exchange format, and what is private, apart."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tools.cases.access import closures, grants_and_mandates
from tools.cases.entries import convert_entries
from tools.cases.files import dossier_file, later_file
from tools.cases.ids import stable_id
from tools.cases.organisation import Colleagues
from tools.cases.people import People

Json = dict[str, Any]


@dataclass(frozen=True)
class Converted:
    """The files of one case (the private one None when nothing is private), and what somebody should know."""

    name: str
    case: Json
    later: Json
    private: Json | None
    notes: list[str]


def convert_case(source: Json, colleagues: Colleagues) -> Converted:
    """Converts a case that fits the source schema to docs/case-format.md; no text is left out or changed."""
    name = source["casus"]
    people = People(source, colleagues)
    entries, notes = convert_entries(source, people)
    grants, mandates = grants_and_mandates(people.network)
    plan = source.get("plan")
    ending = source.get("einde")
    told = datetime.fromisoformat(source["melding"]["tijd"]).astimezone(ZoneInfo("Europe/Amsterdam"))
    case: Json = {
        "case": name,
        "dossier": {
            "id": stable_id(name, "dossier"),
            "team": source["team"],
            "opened_on": told.date().isoformat(),
            "closed_on": ending["datum"] if ending else None,
        },
        "inwoner": people.inwoner,
        "household": [
            {
                "id": stable_id(name, "huishouden", number),
                "name": person["naam"],
                "relation": person["relatie"],
                "birth_year": person.get("geboortejaar"),
                "case": person.get("casus"),
            }
            for number, person in enumerate(source.get("huishouden", []), start=1)
        ],
        "professionals": people.professionals,
        "network": people.network,
        "grants": grants,
        "mandates": mandates,
        "entries": entries,
        "closures": closures(source, people.inwoner, people.network, grants, entries),
        "melding": source["melding"],
        "plan": {key: value for key, value in plan.items() if key != "evaluaties"} if plan else None,
        "evaluaties": (plan or {}).get("evaluaties", []),
        "einde": ending,
    }
    return Converted(name, dossier_file(case), later_file(case), _private(source, people.inwoner["id"]), notes)


def _private(source: Json, inwoner: str) -> Json | None:
    name, complaints, support = source["casus"], source.get("klachten") or [], source.get("oco") or []
    if not complaints and not support:
        return None
    return {
        "format": "prive",
        "version": 1,
        "case": name,
        "inwoner": inwoner,
        "klachten": [{"id": stable_id(name, "klacht", number), **complaint} for number, complaint in enumerate(complaints, start=1)],
        "oco": [{"id": stable_id(name, "oco", number), **contact} for number, contact in enumerate(support, start=1)],
    }
