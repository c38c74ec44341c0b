"""Who may see what: grants, mandates, and entries that are closed for somebody.

The source says this partly in sentences. What a sentence leaves open is read to the safe side: nothing is
granted that it doesn't name, and what is shielded without saying for whom is closed for everybody outside
the team.
"""

import re
from typing import Any

from tools.cases.ids import stable_id
from tools.cases.names import says

Json = dict[str, Any]

SECTIONS = (
    "hulpvraag",
    "voortgang",
    "onderzoek",
    "plan",
    "evaluatie",
    "veiligheid",
    "indicatie",
    "correspondentie",
    "eigen",
)
LEEFDOMEINEN = (
    "werk of dagbesteding",
    "veiligheid",
    "wonen",
    "gezondheid en beperkingen",
    "relaties",
    "financiën",
    "taal- en digitale vaardigheid",
    "participatie",
    "vervoer",
)
_OTHER_NAMES = {"evaluaties": "evaluatie"}
_LEGAL_GROUNDS = ("mentor", "curator", "bewindvoerder", "gemachtigde")


def grants_and_mandates(network: list[Json]) -> tuple[list[Json], list[Json]]:
    """The grants and mandates of a network.

    Writes into each person which words of ``may_see`` became no grant (``not_mapped``).
    """
    grants: list[Json] = []
    mandates: list[Json] = []
    for person in network:
        person["not_mapped"] = list(person["may_see"])
        if person["role"] == "geen" or person["from"] is None:
            continue
        span = {"valid_from": person["from"], "valid_until": person["until"]}
        legal = _legal_ground(person) if person["role"] == "vertegenwoordiger" else None
        if legal:
            mandates.append(
                {
                    "id": stable_id(person["id"], "machtiging"),
                    "person": person["id"],
                    "ground": legal,
                    "ground_text": person["ground"],
                    **span,
                }
            )
            continue
        for words in person["may_see"]:
            part = _part(words)
            if part:
                person["not_mapped"].remove(words)
                grants.append(
                    {
                        "id": stable_id(person["id"], "toegang", words),
                        "grantee": person["id"],
                        **part,
                        **span,
                        "ground": person["ground"] or "niet vastgelegd",
                    }
                )
    return grants, mandates


def _part(words: str) -> Json | None:
    """The part of the dossier these words name, or None. "veiligheid" alone is the section."""
    name = _OTHER_NAMES.get(words, words)
    if name in SECTIONS:
        return {"scope": "section", "section": name, "leefdomein": None}
    if name in LEEFDOMEINEN:
        return {"scope": "leefdomein", "section": None, "leefdomein": name}
    return None


def _legal_ground(person: Json) -> str | None:
    words = f"{person['ground'] or ''} {person['relation']}".lower()
    return next((ground for ground in _LEGAL_GROUNDS if ground in words), None)


def closures(source: Json, inwoner: Json, network: list[Json], grants: list[Json], entries: list[Json]) -> list[Json]:
    """Which entries are closed, for whom (None: all outside the team), with the reason of the source."""
    found = []
    for old, entry in zip(source["dossier"], entries, strict=True):
        reason = old.get("afgeschermd")
        if reason:
            found += [_closure(entry, person, reason) for person in closed_for(reason, inwoner["first_name"], network)]
    sections = {(grant["grantee"], grant["section"]) for grant in grants}
    for person in network:
        if not re.search(r"\bgeen verslagen\b", person["remark"] or "", re.IGNORECASE):
            continue
        for entry in entries:
            if entry["kind"] == "verslag" and (person["id"], entry["section"]) in sections:
                found.append(_closure(entry, person["id"], person["remark"]))
    return found


def _closure(entry: Json, person: str | None, reason: str) -> Json:
    return {
        "id": stable_id(entry["id"], "afgeschermd", person or "iedereen"),
        "entry": entry["id"],
        "person": person,
        "reason": reason,
        "from": entry["occurred_at"],
    }


def closed_for(reason: str, inwoner: str, network: list[Json]) -> list[str | None]:
    """For whom an entry with this reason is closed: ids of the network, or ``[None]``: all outside the team.

    - "alleen <who>" without the inwoner, or words that the inwoner may not see it: everybody outside the
      team.
    - "alleen <who>" with the inwoner: everybody of the network who has a part in the case and is not named
      there.
    - somebody of the network is named (it is about them): that person.
    - anything else, such as "gegevens van een derde": everybody outside the team.
    """
    owner = rf"\b({re.escape(inwoner)}|inwoner|cli[eë]nt)\b"
    if re.search(rf"{owner}[^.;]*\b(mag|ziet|zien|leest|weet)\b[^.;]*\bniet\b", reason):
        return [None]
    only = re.match(r"alleen\b([^.;]*)", reason, re.IGNORECASE)
    if only:
        if not re.search(owner, only[1]):
            return [None]
        return [person["id"] for person in network if person["role"] != "geen" and not says(only[1], person["name"])]
    named: list[str | None] = [person["id"] for person in network if says(reason, person["name"])]
    return named or [None]
