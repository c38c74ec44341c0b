"""Everybody in one case, and which of them a name in the source means."""

import re
from collections import Counter
from typing import Any

from tools.cases.ids import stable_id
from tools.cases.names import without_job
from tools.cases.organisation import Colleagues, person_parts, staff_id

Json = dict[str, Any]

# Behind a name these say that somebody works in the team of the case; anything else is another organisation.
_TEAM_JOBS = ("screening", "teamleider", "kwaliteitsmedewerker", "ervaringsdeskundige")
# These words of an assignment say what somebody did in the case, not what the job is.
_NO_POST = r"\b(geen|nooit)\b[^.;]*\bpost\b"
_TASKS = ("vaste professional", "tweede professional", "waarneming", "screening")


class People:
    """The inwoner, the professionals and the network of one case, in the exchange format."""

    def __init__(self, source: Json, colleagues: Colleagues) -> None:
        self._source = source
        self._case: str = source["casus"]
        self._colleagues = colleagues
        self._ids: dict[str, str] = {}
        self.inwoner = self._inwoner()
        self.network = self._network()
        self.professionals = self._professionals()

    def author(self, name: str) -> Json:
        """Who wrote something: the name as it stood, and the id of the person when we know who it is."""
        plain, _job = without_job(name)
        return {"person": self._ids.get(name) or self._ids.get(plain), "name": name}

    def _inwoner(self) -> Json:
        source = self._source["inwoner"]
        name = " ".join(filter(None, (source["voornaam"], source.get("tussenvoegsel"), source["achternaam"])))
        self._ids[name] = stable_id(self._case, "inwoner")
        street, safe = source.get("adres"), source.get("veilig_contact")
        return {
            "id": self._ids[name],
            "first_name": source["voornaam"],
            "infix": source.get("tussenvoegsel"),
            "last_name": source["achternaam"],
            "birth_date": source["geboortedatum"],
            "bsn": source["bsn"],
            "phone": source.get("telefoon"),
            "email": source.get("email"),
            "stadsdeel": source["stadsdeel"],
            "language": source["voorkeurstaal"],
            "interpreter_needed": source.get("tolk_nodig", False),
            "reachable": source.get("bereikbaar"),
            "safe_contact": safe,
            "address": {
                "street": street,
                "postcode": source.get("postcode"),
                "protected": street is None or bool(re.search(_NO_POST, safe or "", re.IGNORECASE)),
            },
        }

    def _network(self) -> list[Json]:
        seen: Counter[str] = Counter()
        network = []
        for person in self._source.get("netwerk", []):
            name = person["naam"]
            seen[name] += 1
            own_id = stable_id(self._case, "netwerk", name, *([seen[name]] if seen[name] > 1 else []))
            self._ids.setdefault(name, own_id)
            network.append(
                {
                    "id": own_id,
                    **person_parts(name),
                    "relation": person["relatie"],
                    "role": person["rol"],
                    "email": person.get("email"),
                    "language": person.get("taal"),
                    "may_see": person.get("mag_zien", []),
                    "from": person.get("van"),
                    "until": person.get("tot"),
                    "ground": person.get("grondslag"),
                    "remark": person.get("opmerking"),
                }
            )
        return network

    def _professionals(self) -> list[Json]:
        found: dict[str, Json] = {}
        for number, turn in enumerate(self._source["professionals"], start=1):
            task = turn.get("rol") or "professional"
            person = found.setdefault(turn["naam"], self._professional(turn["naam"], task, turn["van"]))
            person["assignments"].append(
                {
                    "id": stable_id(self._case, "toewijzing", number),
                    "role": task,
                    "valid_from": turn["van"],
                    "valid_until": turn.get("tot"),
                    "reason_for_change": turn.get("reden_wissel"),
                }
            )
            person["joined_on"] = min(person["joined_on"], turn["van"])
            if turn.get("tot") and "pensioen" in (turn.get("reden_wissel") or "").lower():
                person["left_on"] = turn["tot"]
        for name, day in self._writers():
            plain, job = without_job(name)
            if plain in found:
                found[plain]["joined_on"] = min(found[plain]["joined_on"], day)
            elif plain not in self._ids and (plain in self._colleagues.by_name or (job and job.startswith(_TEAM_JOBS))):
                found[plain] = self._professional(plain, job or "professional", day)
        self._ids.update({name: person["id"] for name, person in found.items()})
        return list(found.values())

    def _professional(self, name: str, task: str, first_day: str) -> Json:
        known = self._colleagues.by_name.get(name)
        team = known.team if known else self._source["team"]
        return {
            "id": staff_id(name, team),
            **person_parts(name),
            "job_title": known.job_title if known else _job_title(task),
            "team": team,
            "role": "teamleider" if "teamleider" in task else "professional",
            "joined_on": first_day,
            "left_on": None,
            "plain_profile": known is None,
            "assignments": [],
        }

    def _writers(self) -> list[tuple[str, str]]:
        """Everybody who wrote something, with the first day (yyyy-mm-dd)."""
        days: dict[str, str] = {}
        for entry in self._source["dossier"]:
            turns = [(entry["auteur"], entry["tijd"])]
            turns += [(note["door"], note["tijd"]) for note in entry.get("reacties", [])]
            for name, time in turns:
                days[name] = min(days.get(name, time[:10]), time[:10])
        return list(days.items())


def _job_title(task: str) -> str:
    return "professional" if task.startswith(_TASKS) else task.split(",")[0].split(":")[0]
