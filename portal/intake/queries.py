"""Where a melding stands, for whoever has its code."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from portal.deadlines import Term
from portal.intake.steps import Event, Standing, standing
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


def standing_of(sent: SentMelding, now: datetime, start: Term) -> Standing:
    """Where it stands at ``now``, with the city's own term for the start of help."""
    return standing(sent.received_at, [Event(one.event, one.at, one.value) for one in sent.happened], now=now, start=start)


def own_meldingen(session: Session) -> list[SentMelding]:
    """The meldingen that belong to dossiers of the actor, newest first."""
    rows = session.execute(
        text(
            "SELECT m.number, m.received_at, m.for_whom, m.urgency, t.name, e.event, e.at, e.value, e.words"
            " FROM casus.melding m JOIN casus.melding_event e ON e.melding_id = m.id LEFT JOIN casus.team t ON t.id = m.team_id"
            " WHERE m.dossier_id IS NOT NULL ORDER BY m.received_at DESC, m.id, e.at, e.id"
        )
    ).all()
    found = []
    for (number, received_at, for_whom, urgency, team), of_one in groupby(rows, key=lambda row: tuple(row[:5])):
        found.append(SentMelding(number, received_at, for_whom, urgency, team, [Happened(*row[5:]) for row in of_one]))
    return found


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
