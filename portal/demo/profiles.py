"""What the demo's professionals tell about themselves, and how many people they help at most, as the source says.

Laid as portaal_operator.
"""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Connection, text

from portal.choice.models import Drawing
from portal.codes import LEEFDOMEINEN

Json = dict[str, Any]
_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MOST = text("SELECT casus.set_caseload(:person, :most)")
_PROFILE = text(
    "INSERT INTO casus.profile (public_id, staff_id, number, drawing, languages, good_at, leefdomeinen, about, manner, days, lived, placed,"
    " looked_at) VALUES (:public_id, :staff, 1, :drawing, :languages, :good_at, :leefdomeinen, :about, :manner, :days, :lived, true, now())"
)


def import_profiles(connection: Connection, staff: list[Json], persons: dict[str, int]) -> None:
    """Lays the profile of each colleague of an organisation file who has one. ``persons``: numbers by public id."""
    told = [one for one in staff if one["profile"]]
    if told:
        connection.execute(_PROFILE, [_row(one, place, persons[one["id"]]) for place, one in enumerate(told)])
    for one in told:
        connection.execute(_MOST, {"person": one["id"], "most": one["profile"]["caseload_max"]})


def _row(one: Json, place: int, person: int) -> Json:
    profile = one["profile"]
    return {
        "public_id": uuid5(NAMESPACE_URL, f"profile {one['id']}"),
        "staff": person,
        "drawing": list(Drawing)[place % len(Drawing)].value,
        "languages": profile["talen"],
        "good_at": profile["goed_in"],
        "leefdomeinen": [LEEFDOMEINEN[name] for name in profile["leefdomeinen"]],
        "about": profile["over_mij"],
        "manner": profile["werkwijze"],
        "days": [_DAYS.index(day) + 1 for day in profile["dagen"]],
        "lived": profile["ervaringsdeskundig"],
    }
