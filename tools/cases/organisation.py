"""The organisation: stadsdelen, teams and who works there."""

from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from tools.cases.ids import stable_id
from tools.cases.names import split_name

# The source doesn't say when the people of teams.json began; the first case that names one is of March 2021.
START_NOT_KNOWN = "2021-01-01"


def staff_id(name: str, team: str) -> str:
    """The id of somebody who works here: the same in every case, another for a namesake in another team."""
    return stable_id("medewerker", team, name)


def person_parts(name: str) -> dict[str, Any]:
    """The columns of a name, with the whole name as it was written."""
    parts = split_name(name)
    return {"name": name, "first_name": parts.first, "infix": parts.infix, "last_name": parts.last}


class Colleague(NamedTuple):
    """Team (its name) and job of somebody in teams.json."""

    team: str
    job_title: str


@dataclass(frozen=True)
class Colleagues:
    """Who of the organisation is known, by name."""

    by_name: dict[str, Colleague]

    @classmethod
    def of(cls, source: dict[str, Any] | None) -> Self:
        """From teams.json as it was read; None when there is none: then nobody is known."""
        people = source["professionals"] if source else []
        return cls({person["naam"]: Colleague(person["team"], person["functie"]) for person in people})


def convert_organisation(source: dict[str, Any]) -> dict[str, Any]:
    """The organisation file (docs/case-format.md) from teams.json. KeyError names a missing part."""
    stadsdelen = [
        {
            "name": place["naam"],
            "team": {"id": stable_id("team", place["team"]), "name": place["team"]},
            "stip": place["stip"],
        }
        for place in source["stadsdelen"]
    ]
    staff = []
    for person in source["professionals"]:
        profile = {key: value for key, value in person.items() if key not in ("naam", "team", "functie")}
        staff.append(
            {
                "id": staff_id(person["naam"], person["team"]),
                **person_parts(person["naam"]),
                "job_title": person["functie"],
                "team": person["team"],
                "role": "professional",
                "joined_on": START_NOT_KNOWN,
                "left_on": None,
                "profile": profile,
            }
        )
    return {
        "format": "buurtteam-organisatie",
        "version": 1,
        "organisation": source["organisatie"],
        "stadsdelen": stadsdelen,
        "staff": staff,
        "oco": source["oco"],
        "klachten": source["klachten"],
        "clientenraad": source["clientenraad"],
    }
