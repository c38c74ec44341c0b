"""What the team reads of meldingen. PostgreSQL decides which: of the own team, and of no team yet (migrations/rls/46_melding.sql)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.deadlines import AMSTERDAM, Term, due
from portal.intake.steps import ACT_WITHIN, CRISIS, NORMAL, SPOED, URGENT, Event, Standing, next_due, standing, worklist_key

PAGE_SIZE = 25
MOST_LISTED = 2000
"""More open meldingen of one team than this are not sorted: the list then holds those that came in first."""
SAME_PERSON_DAYS = 60

_OF_CRISIS = frozenset({"gevaar", "dood", "onveilig", "slaapplek"})
_OF_SPOED = frozenset({"eten", "afsluiting", "ontruiming"})
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


@dataclass(frozen=True)
class Waiting:
    """One line of the worklist; nothing of the own words. ``urgency`` is what a person decided, ``suggested`` what the signs say."""

    public_id: UUID
    number: str
    received_at: datetime
    name: str
    for_whom: str
    team_name: str | None
    staff_name: str | None
    suggested: int
    standing: Standing
    due: datetime | None
    key: tuple[int, datetime]

    @property
    def urgency(self) -> int | None:
        """What a person decided; None: nobody yet."""
        return self.standing.urgency

    @property
    def next_step(self) -> str:
        """The thing to do next: "opnieuw" (it didn't help), "erger", "weeg" (not weighed), "wacht" (three weeks), or a step's name."""
        if self.standing.worse_at is not None:
            return "opnieuw" if self.standing.wants_talk else "erger"
        if self.urgency is None and self.standing.is_open:
            return "weeg"
        steps = [step for step in self.standing.steps if step.done is None and step.due == self.due]
        return steps[0].name if steps else "wacht"


@dataclass(frozen=True)
class Worklist:
    """A page of the worklist. ``after`` goes on from its last line; None: this is the end."""

    lines: list[Waiting]
    after: str | None
    so_many: int
    nobodys: int


@dataclass(frozen=True)
class Flood:
    """Meldingen that came from one place within an hour; ``first`` stands for all of them in addresses."""

    first: UUID
    so_many: int
    since: datetime
    until: datetime
    in_danger: int


def suggested_urgency(signs: Sequence[str], *, worse: bool = False) -> int:
    """What the ticked signs say, until a person decides."""
    if _OF_CRISIS & set(signs):
        return CRISIS
    if _OF_SPOED & set(signs):
        return SPOED
    return URGENT if worse or "slechter" in signs else NORMAL


_OPEN = text(
    "SELECT m.id, m.public_id, m.number, m.received_at, m.name, m.for_whom, t.name AS team_name,"
    " r.name AS staff_name,"
    # What was ticked in a melding that was merged into this one counts here.
    " m.signs || coalesce((SELECT array_agg(sign) FROM casus.melding x, unnest(x.signs) sign WHERE x.merged_into = m.id), '{}') AS signs"
    " FROM casus.melding m LEFT JOIN casus.team t ON t.id = m.team_id"
    " LEFT JOIN LATERAL (SELECT concat_ws(' ', p.first_name, p.infix, p.last_name) AS name FROM casus.person p WHERE p.id = m.staff_id)"
    " r ON true"
    # A term of the Wmo runs on when help began: the last of its events says whether one does.
    " WHERE (m.open OR m.id IN (SELECT e.melding_id FROM casus.melding_event e"
    " WHERE e.event IN ('onderzoek', 'onderzocht', 'aanvraag', 'besluit')"
    " GROUP BY e.melding_id HAVING (array_agg(e.event ORDER BY e.id DESC))[1] IN ('onderzoek', 'aanvraag')))"
    " AND m.id NOT IN (SELECT f.melding_id FROM casus.flood() f)"
    " ORDER BY m.received_at LIMIT :most"
)
_EVENTS = text("SELECT e.melding_id, e.event, e.at, e.value FROM casus.melding_event e WHERE e.melding_id = ANY (:ids) ORDER BY e.at, e.id")


def worklist(db: Session, now: datetime, start: Term, *, after: str = "", nobodys_only: bool = False) -> Worklist:
    """The open meldingen by urgency, then by the term that is nearest, from the line after ``after`` on.

    Two statements, however many wait.
    """
    rows = db.execute(_OPEN, {"most": MOST_LISTED}).mappings().all()
    events = _events_of(db, [row["id"] for row in rows])
    lines = [line for row in rows if (line := _waiting(row, events[row["id"]], now, start)).standing.asks_team]
    nobodys = sum(1 for line in lines if line.staff_name is None)
    if nobodys_only:
        lines = [line for line in lines if line.staff_name is None]
    lines.sort(key=_place)
    begin = _from_word(after)
    rest = [line for line in lines if begin is None or _place(line) > begin]
    shown = rest[:PAGE_SIZE]
    return Worklist(shown, _as_word(shown[-1]) if len(rest) > PAGE_SIZE else None, len(lines), nobodys)


def _waiting(row: Any, events: list[Event], now: datetime, start: Term) -> Waiting:
    where = standing(row["received_at"], events, now=now, start=start)
    suggestion = suggested_urgency(row["signs"], worse=where.worse_at is not None)
    place, moment = worklist_key(where, now, signs=suggestion == CRISIS)
    moments = [moment, until] if (until := next_due(where, now)) else [moment]
    if where.urgency is None and where.is_open and suggestion in ACT_WITHIN:
        # What the signs say counts until a person decides: its place, and how soon somebody has to look.
        place = min(place, suggestion)
        moments.append(due(ACT_WITHIN[suggestion], where.since))
    soonest = min(moments)
    return Waiting(
        public_id=row["public_id"], number=row["number"], received_at=row["received_at"], name=row["name"], for_whom=row["for_whom"],
        team_name=row["team_name"], staff_name=row["staff_name"], suggested=suggestion, standing=where,
        due=soonest if until else None, key=(place, soonest),
    )  # fmt: skip


def _place(line: Waiting) -> tuple[int, datetime, datetime, str]:
    """What comes first: the more urgent, what has to be done sooner, who waits longer."""
    return (*line.key, line.received_at, str(line.public_id))


def _as_word(line: Waiting) -> str:
    place, moment, received_at, public_id = _place(line)
    return f"{place}.{(moment - _EPOCH) // _MICROSECOND}.{(received_at - _EPOCH) // _MICROSECOND}.{public_id}"


def _from_word(word: str) -> tuple[int, datetime, datetime, str] | None:
    """The place in the list that an address names; None for what is none, and then the list begins at its top."""
    try:
        place, moment, received_at, public_id = word.split(".")
        return int(place), _EPOCH + int(moment) * _MICROSECOND, _EPOCH + int(received_at) * _MICROSECOND, public_id
    except (ValueError, OverflowError):
        return None


def _events_of(db: Session, ids: list[int]) -> dict[int, list[Event]]:
    found: dict[int, list[Event]] = defaultdict(list)
    for melding_id, event, at, value in db.execute(_EVENTS, {"ids": ids}):
        found[melding_id].append(Event(event, at, value))
    return found


def floods(db: Session) -> list[Flood]:
    """What came in floods, one line each."""
    rows = db.execute(
        text(
            "SELECT (array_agg(f.public_id ORDER BY f.received_at, f.melding_id))[1], count(*), min(f.received_at), max(f.received_at),"
            " count(*) FILTER (WHERE f.signs && :signs) FROM casus.flood() f GROUP BY f.source_hash ORDER BY 3"
        ),
        {"signs": sorted(_OF_CRISIS)},
    )
    return [Flood(*row) for row in rows]


@dataclass(frozen=True)
class Happened:
    """One line of what happened: with the value and words of it, and who of the team did it.

    Of a note that the rights were told: which version of the text was given, and on which day.
    """

    event: str
    at: datetime
    value: str | None
    words: str
    staff_name: str | None
    version: str | None = None
    given_on: date | None = None


@dataclass(frozen=True)
class Melding:
    """A melding as it was asked. None is "not asked" or "not answered", everywhere."""

    id: int
    public_id: UUID
    number: str
    received_at: datetime
    channel: str
    for_whom: str
    words: str
    signs: list[str]
    reporter_role: str | None
    reporter_name: str | None
    reporter_organisation: str | None
    reporter_contact: str | None
    consent: str | None
    name: str
    age: str | None
    children_at_home: bool | None
    postcode: str | None
    phone: str | None
    email: str | None
    address: str | None
    reach_ways: list[str]
    reach_when: str | None
    safe_call: bool | None
    safe_mail: bool | None
    safe_post: bool | None
    company: str | None
    language: str
    spoken: str | None
    interpreter: bool | None
    urgency: int | None
    staff_id: int | None
    dossier_id: int | None
    open: bool
    team_id: int | None
    team_name: str | None
    staff_name: str | None
    merged_number: str | None
    merged_public_id: UUID | None


_MELDING = text("""
SELECT m.id, m.public_id, m.number, m.received_at, m.channel, m.for_whom, m.words, m.signs, m.reporter_role, m.reporter_name,
    m.reporter_organisation, m.reporter_contact, m.consent, m.name, m.age, m.children_at_home, m.postcode, m.phone, m.email, m.address,
    m.reach_ways, m.reach_when, m.safe_call, m.safe_mail, m.safe_post, m.company, m.language, m.spoken, m.interpreter, m.urgency,
    m.staff_id, m.dossier_id, m.open, m.team_id, t.name AS team_name, k.number AS merged_number, k.public_id AS merged_public_id,
    (SELECT concat_ws(' ', p.first_name, p.infix, p.last_name) FROM casus.person p WHERE p.id = m.staff_id) AS staff_name
FROM casus.melding m LEFT JOIN casus.team t ON t.id = m.team_id LEFT JOIN casus.melding k ON k.id = m.merged_into
WHERE m.public_id = :public_id
""")


def find_melding(db: Session, public_id: UUID) -> Melding | None:
    """The melding, or None for one of another team and for one that isn't there. Who shows it writes who opened it."""
    row = db.execute(_MELDING, {"public_id": public_id}).mappings().one_or_none()
    return Melding(**row) if row else None


_WHO = "(SELECT concat_ws(' ', p.first_name, p.infix, p.last_name) FROM casus.person p WHERE p.id = e.staff_id)"
_HISTORY = f"SELECT e.event, e.at, e.value, e.words, {_WHO} FROM casus.melding_event e WHERE e.melding_id = :id ORDER BY e.at, e.id"  # noqa: S608
_NOTES = (
    f"SELECT e.about, e.at, e.value, e.words, {_WHO}, e.version, e.given_on FROM casus.melding_note e"  # noqa: S608
    " WHERE e.melding_id = :id ORDER BY e.at, e.id"
)


def history(db: Session, melding: Melding) -> list[Happened]:
    """What happened with it, in order."""
    return [Happened(*row) for row in db.execute(text(_HISTORY), {"id": melding.id})]


def notes(db: Session, melding: Melding) -> list[Happened]:
    """What the team noted about it, in order; the event is what the note is about."""
    return [Happened(*row) for row in db.execute(text(_NOTES), {"id": melding.id})]


def stands(melding: Melding, happened: Sequence[Happened], now: datetime, start: Term) -> Standing:
    """Where it stands, with its steps."""
    events = [Event(one.event, one.at, one.value) for one in happened]
    return standing(melding.received_at, events, now=now, start=start)


@dataclass(frozen=True)
class Resembling:
    """Another melding that may be of the same person, and by what one sees that. Only what may be seen is among them."""

    public_id: UUID
    number: str
    received_at: datetime
    name: str
    phone: str | None
    email: str | None
    postcode: str | None
    for_whom: str
    words: str
    open: bool
    by_phone: bool
    by_email: bool
    by_name: bool


_RESEMBLING = text("""
WITH near AS (
    SELECT c.*,
        right(regexp_replace(c.phone, '[^0-9]', '', 'g'), 9) = right(regexp_replace(:phone, '[^0-9]', '', 'g'), 9)
            AND :phone <> '' AS by_phone,
        lower(c.email) = lower(:email) AS by_email,
        lower(c.name) = lower(:name) AND left(c.postcode, 4) = left(:postcode, 4) AND :name <> '' AS by_name
    FROM casus.melding c
    WHERE c.id <> :id AND c.merged_into IS NULL
      AND c.received_at BETWEEN CAST(:received_at AS timestamptz) - CAST(:days AS interval)
                            AND CAST(:received_at AS timestamptz) + CAST(:days AS interval))
SELECT public_id, number, received_at, name, phone, email, postcode, for_whom, words, open, coalesce(by_phone, false) AS by_phone,
    coalesce(by_email, false) AS by_email, coalesce(by_name, false) AS by_name
FROM near WHERE by_phone OR by_email OR by_name ORDER BY received_at DESC LIMIT 10
""")


def resembling(db: Session, melding: Melding) -> list[Resembling]:
    """Meldingen within SAME_PERSON_DAYS with the same telephone, e-mail address, or name and postcode; newest first, at most ten."""
    values = {name: getattr(melding, name) for name in ("id", "name", "phone", "email", "postcode", "received_at")}
    rows = db.execute(_RESEMBLING, {**values, "days": timedelta(days=SAME_PERSON_DAYS)}).mappings()
    return [Resembling(**row) for row in rows]


@dataclass(frozen=True)
class Listed:
    """A melding in a list of a flood, or of what was put aside: nothing of the words. ``in_danger``: a sign of crisis was ticked."""

    public_id: UUID
    number: str
    received_at: datetime
    name: str
    in_danger: bool


_OF_FLOOD = text("""
SELECT m.public_id, m.number, m.received_at, m.name, f.in_danger, f.so_many
FROM (
    SELECT x.melding_id, x.signs && :signs AS in_danger, count(*) OVER () AS so_many FROM casus.flood() x
    WHERE x.source_hash = (SELECT y.source_hash FROM casus.melding y WHERE y.id = :id)
    ORDER BY 2 DESC, x.received_at, x.melding_id LIMIT 100) f
JOIN casus.melding m ON m.id = f.melding_id
ORDER BY f.in_danger DESC, m.received_at, m.id
""")
_ASIDE = text("""
SELECT m.public_id, m.number, m.received_at, m.name, m.signs && :signs
FROM casus.melding m
WHERE NOT m.open AND EXISTS (SELECT FROM casus.melding_event e WHERE e.melding_id = m.id AND e.event = 'opzij')
  AND (CAST(:after AS uuid) IS NULL OR (m.received_at, m.id) < (SELECT x.received_at, x.id FROM casus.melding x WHERE x.public_id = :after))
ORDER BY m.received_at DESC, m.id DESC LIMIT :most
""")


def of_flood(db: Session, melding: Melding) -> tuple[list[Listed], int]:
    """What came in the same flood as this one, with signs of crisis first, at most a hundred; and how many there are."""
    rows = db.execute(_OF_FLOOD, {"signs": sorted(_OF_CRISIS), "id": melding.id}).all()
    return [Listed(*row[:5]) for row in rows], rows[0][5] if rows else 0


def put_aside(db: Session, *, after: UUID | None = None) -> tuple[list[Listed], UUID | None]:
    """What was put aside, newest first, from the one after ``after`` on; and with which the next page goes on, None: this is the end."""
    rows = db.execute(_ASIDE, {"signs": sorted(_OF_CRISIS), "after": after, "most": PAGE_SIZE + 1}).all()
    shown = [Listed(*row) for row in rows[:PAGE_SIZE]]
    return shown, shown[-1].public_id if len(rows) > PAGE_SIZE else None


def colleagues(db: Session, melding: Melding, own: int) -> list[tuple[str, str]]:
    """(public id, name) of who can be made responsible: who works with people in its team, or else in that of ``own``, who asks."""
    rows = db.execute(
        text(
            "SELECT p.public_id, concat_ws(' ', p.first_name, p.infix, p.last_name)"
            " FROM casus.staff s JOIN casus.person p ON p.id = s.person_id"
            " WHERE s.team_id = coalesce(:team, (SELECT o.team_id FROM casus.staff o WHERE o.person_id = :own))"
            " AND s.role <> 'beheerder' AND s.joined_on <= :today AND (s.left_on IS NULL OR s.left_on > :today)"
            " AND s.person_id IS DISTINCT FROM :responsible ORDER BY 2, 1"
        ),
        {"team": melding.team_id, "own": own, "responsible": melding.staff_id, "today": datetime.now(AMSTERDAM).date()},
    )
    return [(str(public_id), name) for public_id, name in rows]


def other_teams(db: Session, melding: Melding) -> list[tuple[str, str]]:
    """(public id, name) of the teams to which it can go."""
    rows = db.execute(text("SELECT public_id, name FROM casus.team WHERE id IS DISTINCT FROM :own ORDER BY name"), {"own": melding.team_id})
    return [(str(public_id), name) for public_id, name in rows]
