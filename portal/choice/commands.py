"""Telling about oneself, placing what a colleague tells, and saying how many people somebody helps. Ask the policy first, never commit.

PostgreSQL does each in one function, checks whose it is and logs it (migrations/rls/81_profiles.sql).
"""

import json
from dataclasses import asdict
from uuid import UUID

from sqlalchemy.orm import Session

from portal.choice.models import Says
from portal.i18n import N_
from portal.policy import Asked, Permission, require
from portal.refusals import call

_SENTENCES = {
    "MB001": N_("Dit is er niet."),
    "MB009": N_("Dit is al verstuurd."),
    "MB072": N_("Dit is al gedaan."),
}


def send_profile(session: Session, asked: Asked, version: UUID, says: Says) -> None:
    """Sends it to who leads the actor; residents read what was placed before, until then. ``version`` becomes its id. Raises Refused."""
    require(Permission.WRITE_PROFILE, asked)
    told = json.dumps(asdict(says), ensure_ascii=False)
    call(session, "casus.send_profile(:version, CAST(:says AS jsonb))", _SENTENCES, version=version, says=told)


def hide_profile(session: Session, asked: Asked) -> None:
    """Residents don't read about the actor any more. Raises Refused."""
    require(Permission.WRITE_PROFILE, asked)
    call(session, "casus.hide_profile()", _SENTENCES)


def look_at_profile(session: Session, asked: Asked, version: UUID, *, good: bool, remark: str) -> None:
    """Places what a colleague sent, or sends it back. Raises Refused."""
    require(Permission.PLACE_PROFILE, asked)
    call(session, "casus.look_at_profile(:version, :good, :remark)", _SENTENCES, version=version, good=good, remark=remark)


def set_caseload(session: Session, asked: Asked, person: UUID, most: int) -> None:
    """How many people somebody helps at most (eis 72.4). Raises Refused."""
    require(Permission.PLACE_PROFILE, asked)
    call(session, "casus.set_caseload(:person, :most)", _SENTENCES, person=person, most=most)
