"""What could be plainer in what a professional writes to an inwoner, below a field of any form.

The button "Bekijk mijn taal" sends the form with ``act`` "taal": the page comes back with what was typed, and nothing is done.
htmx sends "taal-nu" while somebody writes.
"""

from collections import Counter
from dataclasses import dataclass

from flask import Response, request

from portal import pages
from portal.audit import shows_nothing
from portal.forms import TextAreaField
from portal.plain_language import marks
from portal.words import pieces


@dataclass(frozen=True)
class Hard:
    """A stretch of a sentence, and simpler words for it; empty: it is fine."""

    text: str
    plain: str


@dataclass(frozen=True)
class SentenceToMend:
    """A sentence that could be plainer, its hard words apart; ``too_long``: how many words when that is too many, else 0."""

    stretches: list[Hard]
    too_long: int
    passive: bool


@dataclass(frozen=True)
class Plainness:
    """What a reader would stumble over in a text; ``empty``: there is no text yet."""

    sentences: list[SentenceToMend]
    long: int
    hard: int
    passive: int
    empty: bool


def plainness(body: str) -> Plainness:
    """Measures a text by the rules that the portal's own texts are held to (portal.plain_language)."""
    found = marks(body)
    mended: list[SentenceToMend] = []
    start = 0
    for piece in pieces(body):
        end = start + len(piece.text)
        here = [mark for mark in found if start <= mark.start and mark.end <= end]
        if here:
            stretches, place = [], start
            for mark in here:
                if mark.rule == "hard word":
                    stretches += [Hard(body[place : mark.start], ""), Hard(body[mark.start : mark.end], mark.advice)]
                    place = mark.end
            stretches.append(Hard(body[place:end], ""))
            rules = {mark.rule: mark.advice for mark in here}
            mended.append(SentenceToMend([one for one in stretches if one.text], int(rules.get("length", "0")), "passive" in rules))
        start = end
    count = Counter(mark.rule for mark in found)
    return Plainness(mended, count["length"], count["hard word"], count["passive"], not body.strip())


def wanted() -> bool:
    """Whether the button "Bekijk mijn taal" was pressed."""
    return request.form.get("act") == "taal"


def measured(*fields: TextAreaField) -> dict[str, Plainness]:
    """What could be plainer, by the id of each of these fields with words in it, when the button was pressed; else nothing."""
    if not wanted():
        return {}
    return {str(field.id): plainness(field.data) for field in fields if field.data and field.data.strip()}


def while_writing(*fields: TextAreaField) -> Response | None:
    """What could be plainer in the one of these fields in which somebody writes now, and nothing of a dossier.

    None: the form asks something else.
    """
    if request.form.get("act") != "taal-nu":
        return None
    shows_nothing()
    field = next((one for one in fields if one.name == request.form.get("field")), fields[0])
    return pages.render("plainness/language.html", field=field, meters={field.id: plainness(field.data or "")})
