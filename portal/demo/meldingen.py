"""Invented meldingen of the past year, so that the figures of the demo say something; and some that wait now, for the worklist.

In ``meldingen.json`` a month stands as many months ago as its key says, with a word for each melding: a number is the days until help
started, ``w`` before it says that the inwoner stood on the waiting list meanwhile; a, d, o, g and s are advies, doorverwezen,
overgedragen, geweigerd and samengevoegd. The n-th melding of a month came in on day 2 + 3n, at 9 + n hours in Amsterdam.

Of who waits now, somebody ticked a sign of crisis that nobody weighed yet, somebody on the list said an hour ago that it gets worse,
and two in Noord are of one person. Who is on the list has a colleague who is responsible (R024), by name.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from portal.deadlines import AMSTERDAM

Json = dict[str, Any]
Happened = tuple[str, datetime, str | None]
SOURCE = Path(__file__).resolve().parent / "meldingen.json"
_ENDS = {"a": "advies", "d": "doorverwezen", "o": "overgedragen", "g": "geweigerd", "s": "samengevoegd"}
_FOR_THE_FIGURES = "Deze melding is verzonnen, voor de cijfers."

_MELDING = text(
    "INSERT INTO casus.melding"
    " (id, number, received_at, channel, for_whom, name, words, phone, signs, urgency, staff_id, stadsdeel_id, team_id)"
    " SELECT :id, :number, :received_at, :channel, 'zelf', :name, :words, :phone, :signs, :urgency, :staff_id, t.stadsdeel_id, t.id"
    " FROM casus.team t WHERE t.name = :team"
)
_EVENT = text("INSERT INTO casus.melding_event (melding_id, at, event, value, words) VALUES (:id, :at, :event, :value, :words)")
_COLLEAGUE = text(
    "SELECT s.person_id FROM casus.staff s JOIN casus.person p ON p.id = s.person_id JOIN casus.team t ON t.id = s.team_id"
    " WHERE concat_ws(' ', p.first_name, p.infix, p.last_name) = :name AND t.name = :team"
)
_PLAIN: Json = {"signs": [], "urgency": None, "phone": None, "channel": "telefoon"}


def import_meldingen(connection: Connection, now: datetime) -> int:
    """Add them, as portaal_operator and in the caller's transaction, as they would stand at ``now``. Gives how many."""
    source: Json = json.loads(SOURCE.read_text(encoding="utf-8"))
    count = 0
    for melding, events in (*_history(source["history"], now), *_waiting(source["waiting"], now)):
        count += 1
        number = connection.execute(text("SELECT nextval('casus.melding_id_seq')")).scalar_one()
        colleague, team = melding.get("colleague"), melding["team"]
        staff_id = connection.execute(_COLLEAGUE, {"name": colleague, "team": team}).scalar_one() if colleague else None
        connection.execute(_MELDING, {**_PLAIN, **melding, "id": number, "number": f"M-DEM0-{count:04}", "staff_id": staff_id})
        received: Happened = ("ontvangen", melding["received_at"], None)
        rows = [received, ("bevestigd", melding["received_at"], None), *events]
        connection.execute(
            _EVENT,
            [
                {"id": number, "event": event, "at": at, "value": value, "words": melding["worse"] if event == "erger" else ""}
                for event, at, value in rows
            ],
        )
    return count


def _history(teams: dict[str, dict[str, str]], now: datetime) -> Iterator[tuple[Json, list[Happened]]]:
    for team, months in teams.items():
        for ago, words in months.items():
            first = _months_ago(now.astimezone(AMSTERDAM).date(), int(ago))
            for n, word in enumerate(words.split()):
                received = datetime(first.year, first.month, 2 + 3 * n, 9 + n, tzinfo=AMSTERDAM)
                name = f"Proefmelding {first.year}-{first.month:02}-{n + 1}"
                melding = {"team": f"Buurtteam Volwassenen {team}", "received_at": received, "name": name, "words": _FOR_THE_FIGURES}
                yield melding, _happened(word, received)


def _happened(word: str, received: datetime) -> list[Happened]:
    if word in _ENDS:
        return [(_ENDS[word], received + timedelta(days=1), None)]
    days = int(word.removeprefix("w"))
    listed: list[Happened] = [("wachtlijst", received + timedelta(days=5), None)] if word.startswith("w") else []
    return [*listed, ("gestart", received + timedelta(days=days), None)]


def _waiting(people: list[Json], now: datetime) -> Iterator[tuple[Json, list[Happened]]]:
    for one in people:
        received = now - timedelta(days=one["days_ago"], hours=2)
        urgency = one.get("urgency")
        events: list[Happened] = [("gesprek", received + timedelta(hours=1), None)] if one.get("talk") else []
        if urgency:
            events.append(("urgentie", received + timedelta(hours=1), str(urgency)))
        if one.get("list"):
            events.append(("wachtlijst", received + timedelta(days=5), None))
        if "worse" in one:
            events.append(("erger", now - timedelta(hours=1), None))
        yield {**one, "team": f"Buurtteam Volwassenen {one['team']}", "received_at": received}, events


def _months_ago(day: date, count: int) -> date:
    first = day.replace(day=1)
    for _ in range(count):
        first = (first - timedelta(days=1)).replace(day=1)
    return first
