"""Who fits, and why: a pure function of what is known. The same question has the same answer, and each reason can be said.

Nobody is left out of the list by it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from portal.choice.models import Profile

MOST = 3
"""How many are suggested."""


class Reason(Enum):
    """Why somebody fits, the heaviest first."""

    LANGUAGE = "language"
    QUESTION = "question"
    NEIGHBOURHOOD = "neighbourhood"
    ROOM = "room"


@dataclass(frozen=True)
class Wanted:
    """What is known of who asks: the language they read best, the leefdomeinen their plan is about, and where they live."""

    language: str
    leefdomeinen: frozenset[int]
    stadsdeel: int | None


@dataclass(frozen=True)
class Suggestion:
    """Somebody who fits, with the reasons: ``leefdomeinen`` are those of the question that they know well."""

    profile: Profile
    reasons: list[Reason]
    leefdomeinen: list[int]


def suggested(profiles: Iterable[Profile], wanted: Wanted, most: int = MOST) -> list[Suggestion]:
    """At most ``most`` who fit best, all with room: nobody is suggested beyond their caseload (eis 72.4).

    The language first, then the question, then the neighbourhood, then the most room; and where all is equal the same order each time.
    """
    free = [_suggestion(one, wanted) for one in profiles if one.has_room]
    return sorted(free, key=_place)[:most]


def _suggestion(profile: Profile, wanted: Wanted) -> Suggestion:
    known = sorted(wanted.leefdomeinen & set(profile.leefdomeinen))
    holds = {
        # Everybody speaks Dutch; for who reads Dutch it is no reason.
        Reason.LANGUAGE: wanted.language != "nl" and wanted.language in profile.languages,
        Reason.QUESTION: bool(known),
        Reason.NEIGHBOURHOOD: wanted.stadsdeel is not None and wanted.stadsdeel == profile.stadsdeel,
        Reason.ROOM: True,
    }
    return Suggestion(profile, [reason for reason, holding in holds.items() if holding], known)


def _place(one: Suggestion) -> tuple[bool, int, bool, int, str]:
    return (
        Reason.LANGUAGE not in one.reasons,
        -len(one.leefdomeinen),
        Reason.NEIGHBOURHOOD not in one.reasons,
        -(one.profile.places or 0),
        str(one.profile.person),
    )
