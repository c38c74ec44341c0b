"""Entries with their versions and the reactions beside them."""

from datetime import datetime
from typing import Any

from tools.cases.ids import stable_id
from tools.cases.people import People

Json = dict[str, Any]

_ACCEPTED = ("overgenomen", "deels")


def convert_entries(source: Json, people: People) -> tuple[list[Json], list[str]]:
    """The entries in the order of the source, and a note for each whose texts were put in another order."""
    entries, notes = [], []
    for old in source["dossier"]:
        own_id = stable_id(source["casus"], "notitie", old["nr"])
        correction = _correction_in_first_place(old)
        if correction:
            name = f"{source['casus']}, entry {old['nr']}"
            notes.append(f"{name}: tekst is the corrected text, so it comes last.")
        entries.append(
            {
                "id": own_id,
                "number": old["nr"],
                "kind": old["soort"],
                "section": old["onderdeel"],
                "leefdomein": old.get("leefdomein"),
                "occurred_at": old["tijd"],
                "audience": "ik" if _is_kept(old) else "iedereen",
                "author": people.author(old["auteur"]),
                "versions": _versions(old, correction),
                "annotations": [_annotation(own_id, number, note, people) for number, note in enumerate(old.get("reacties", []), start=1)],
            }
        )
    return entries, notes


def _is_kept(old: Json) -> bool:
    """Whether a diary page was never shown: nobody but its writer ever wrote beside it. The source doesn't say, so the careful answer."""
    return old["soort"] == "dagboek" and {note["door"] for note in old.get("reacties", [])} <= {old["auteur"]}


def _annotation(entry_id: str, number: int, note: Json, people: People) -> Json:
    return {
        "id": stable_id(entry_id, "reactie", number),
        "kind": note["soort"],
        "audience": "iedereen",
        "author": people.author(note["door"]),
        "created_at": note["tijd"],
        "quote": note.get("citaat"),
        "outcome": note.get("uitkomst"),
        "body": note["tekst"],
    }


def _versions(old: Json, correction: Json | None) -> list[Json]:
    later = old.get("versies", [])
    if correction is None:
        texts = [
            (old["tekst"], old["tijd"], None),
            *((one["tekst"], one["tijd"], one["reden"]) for one in later),
        ]
    else:
        reasons = [None, *(one["reden"] for one in later)]
        bodies = [*((one["tekst"], one["tijd"]) for one in later), (old["tekst"], correction["tijd"])]
        texts = [(body, time, reason) for (body, time), reason in zip(bodies, reasons, strict=True)]
    return [
        {"number": number, "title": old["titel"], "body": body, "reason": reason, "created_at": time}
        for number, (body, time, reason) in enumerate(texts, start=1)
    ]


def _correction_in_first_place(old: Json) -> Json | None:
    """The answer a correction came with, when ``tekst`` is that correction and ``versies`` what stood before.

    None for every other entry: the rule of the source is that ``tekst`` is the first text. Some entries
    can't be read so: the inwoner objects, it is accepted and the answer says that the text was changed, yet
    every version is older than the objection. They are recognised by both of these together: all versions
    are older than the first objection that was accepted; and the words objected to stand in a version but
    not in ``tekst``, or no version is later than the entry itself.
    """
    later = old.get("versies", [])
    reactions: list[Json] = old.get("reacties", [])
    objections = [note for note in reactions if note["soort"] == "klopt_niet" and note.get("uitkomst") in _ACCEPTED]
    if not later or not objections:
        return None
    objection = objections[0]
    if any(_at(one["tijd"]) >= _at(objection["tijd"]) for one in later):
        return None
    quote = objection.get("citaat")
    only_there = quote and quote not in old["tekst"] and any(quote in one["tekst"] for one in later)
    if not only_there and any(_at(one["tijd"]) > _at(old["tijd"]) for one in later):
        return None
    since = _at(objection["tijd"])
    answers = [note for note in reactions if note["soort"] == "antwoord" and _at(note["tijd"]) >= since]
    return (answers or objections)[0]


def _at(time: str) -> datetime:
    return datetime.fromisoformat(time)
