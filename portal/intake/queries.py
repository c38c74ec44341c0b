"""Where a melding stands, for whoever has its code."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from portal.paper_code import code_hash


@dataclass(frozen=True)
class Happened:
    """One thing that happened: what, when, the words the person reads."""

    event: str
    at: datetime
    value: str | None
    words: str


@dataclass(frozen=True)
class SentMelding:
    """A melding as its sender may see it. ``for_whom`` ander: that it came in, and nothing of what came after."""

    number: str
    received_at: datetime
    for_whom: str
    urgency: int | None
    team: str | None
    happened: list[Happened]

    def moment_of(self, event: str) -> datetime | None:
        """When this first happened, or None."""
        return next((one.at for one in self.happened if one.event == event), None)


def sent_melding(connection: Connection, code: str) -> SentMelding | None:
    """The melding that was sent with this code, or None."""
    rows = connection.execute(text("SELECT * FROM portaal.sent_melding(:code)"), {"code": code_hash(code)}).all()
    if not rows:
        return None
    first = rows[0]
    return SentMelding(
        first.number,
        first.received_at,
        first.for_whom,
        first.urgency,
        first.team,
        [Happened(row.event, row.at, row.value, row.words) for row in rows],
    )
