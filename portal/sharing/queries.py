"""Who looked in the dossier, and who may."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import groupby
from uuid import UUID

from sqlalchemy import ColumnElement, Table, false, func, literal, select, text
from sqlalchemy.orm import Session

from portal import deadlines
from portal.deadlines import AMSTERDAM
from portal.dossier.models import Audience, entry, entry_version, imported_read_line, read_log


@dataclass(frozen=True)
class LookedIn:
    """One line: when, who, in which role, on what ground, and what was shown. ``source``: the other system that wrote it; empty: we did."""

    at: datetime
    name: str
    role: str
    ground: str
    detail: str
    program: str
    what: str
    shown: int
    own: bool
    source: str
    entry_id: UUID | None
    title: str | None


# Lines on one page of the log.
LOG_SIZE = 100


def who_looked(
    session: Session, dossier_id: int, person_id: int, *, before: datetime | None = None
) -> tuple[list[LookedIn], datetime | None]:
    """The newest lines first, and the moment to go on from (None at the end). Only the owner gets any."""
    return _lines(session, read_log, read_log.c.reader_id == person_id, literal(""), dossier_id, before)


def who_looked_elsewhere(session: Session, dossier_id: int, *, before: datetime | None = None) -> tuple[list[LookedIn], datetime | None]:
    """The same of the lines that other systems wrote before the dossier came here."""
    return _lines(session, imported_read_line, false(), imported_read_line.c.source, dossier_id, before)


def _lines(
    session: Session, log: Table, own: ColumnElement[bool], source: ColumnElement[str], dossier_id: int, before: datetime | None
) -> tuple[list[LookedIn], datetime | None]:
    title = (
        select(entry_version.c.title)
        .where(entry_version.c.entry_id == log.c.entry_id)
        .order_by(entry_version.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(
            log.c.id,
            log.c.at,
            log.c.reader_name,
            log.c.reader_role,
            log.c.ground,
            log.c.ground_detail,
            log.c.program,
            log.c.what,
            log.c.shown,
            own,
            source,
            entry.c.public_id,
            title,
        )
        .join_from(log, entry, entry.c.id == log.c.entry_id, isouter=True)
        .where(log.c.dossier_id == dossier_id)
        .order_by(log.c.at.desc(), log.c.id.desc())
        .limit(LOG_SIZE + 1)
    )
    if before is not None:
        query = query.where(log.c.at < before)
    rows = session.execute(query).all()
    more = rows[LOG_SIZE - 1].at if len(rows) > LOG_SIZE else None
    return [LookedIn(*row[1:]) for row in rows[:LOG_SIZE]], more


@dataclass(frozen=True)
class Seer:
    """Somebody who may read something of the dossier, did, or will: ``relation`` as in acl.who_may_see, days included, None: no end.

    ``person`` is the number of an organisation when that reads on consent; None for what reads because the law says so.
    ``whole``, ``plan`` (invited into the plan), else ``sections``, a ``leefdomein``, or the entry (``title`` None: the inwoner doesn't
    see its title now).
    """

    relation: str
    person: UUID | None
    name: str
    detail: str
    from_day: date
    until_day: date | None
    withdrawn_at: datetime | None
    ground: str
    whole: bool
    sections: list[int]
    leefdomein: int | None
    said: str | None
    confirmed_at: datetime | None
    entry: UUID | None
    entry_number: int | None
    title: str | None
    plan: bool = False

    @property
    def ended(self) -> date | None:
        """The first day on which it no longer held, or None: it has no end."""
        if self.withdrawn_at is not None:
            return self.withdrawn_at.astimezone(AMSTERDAM).date()
        return self.until_day

    def is_over(self, today: date) -> bool:
        """Whether it holds no more, nor will."""
        return self.withdrawn_at is not None or (self.until_day is not None and self.until_day < max(today, self.from_day))

    def asked_again(self, today: date) -> bool:
        """Whether it was open for so long that the inwoner is asked whether it still holds."""
        return is_asked_again(self.from_day, self.confirmed_at, today)

    def ends_soon(self, today: date) -> bool:
        """Whether the inwoner is told that it ends."""
        return self.until_day is not None and self.until_day <= last_day(deadlines.ACCESS_ENDS_SOON, today)


class _Parts:
    """What is open to one reader today, or from a later day on."""

    parts: list[Seer]
    today: date

    @property
    def first_end(self) -> date | None:
        """The first day after which something ends; None: nothing does."""
        return min((part.until_day for part in self.parts if part.until_day is not None), default=None)

    @cached_property
    def ends_soon(self) -> bool:
        """Whether a part ends soon."""
        return any(part.ends_soon(self.today) for part in self.parts)

    @cached_property
    def asked_again(self) -> bool:
        """Whether the inwoner is asked whether it still holds."""
        return any(part.asked_again(self.today) for part in self.parts)


@dataclass(frozen=True)
class Naaste(_Parts):
    """Somebody whom the inwoner lets read along, with each part that is open today or from a later day on."""

    person: UUID
    name: str
    said: str | None
    parts: list[Seer]
    today: date

    @property
    def until_day(self) -> date | None:
        """The day after which nothing is left; None: no end."""
        days = [part.until_day for part in self.parts]
        return None if None in days else max(day for day in days if day is not None)

    @property
    def only_plan(self) -> bool:
        """Whether they are invited into the plan, and read nothing else."""
        return all(part.plan for part in self.parts)

    @property
    def in_plan(self) -> bool:
        """Whether they are invited into the plan."""
        return any(part.plan for part in self.parts)

    @property
    def shown(self) -> tuple[int, ...]:
        """The entries of which a title stands on the page."""
        return tuple(sorted({part.entry_number for part in self.parts if part.entry_number is not None and part.title is not None}))


@dataclass(frozen=True)
class Organisation(_Parts):
    """An organisation that reads while the inwoner consents.

    ``offered``: the sections that the city agreed with it; empty: no consent can be given now.
    """

    number: UUID
    name: str
    purpose: str
    offered: list[int]
    parts: list[Seer]
    today: date

    @property
    def sections(self) -> list[int]:
        """What the inwoner lets it read now."""
        return sorted({number for part in self.parts for number in part.sections})


@dataclass(frozen=True)
class Sharing:
    """Who may see what: ``others`` by relation, what ended in the last year, and everybody who ever read along (person and name)."""

    naasten: list[Naaste]
    others: dict[str, list[Seer]]
    past: list[Seer]
    known: list[tuple[UUID, str]]

    def naaste(self, person: UUID) -> Naaste | None:
        """One of those who read along, or will."""
        return next((one for one in self.naasten if one.person == person), None)

    @property
    def shown(self) -> tuple[int, ...]:
        """The entries of which a title stands on the page."""
        before = {one.entry_number for one in self.past if one.entry_number is not None and one.title is not None}
        return tuple(sorted(before.union(*(one.shown for one in self.naasten))))


def last_day(term: deadlines.Term, first: date) -> date:
    """The last day of a term that begins on this day."""
    noon = datetime(first.year, first.month, first.day, 12, tzinfo=AMSTERDAM)
    return deadlines.due(term, noon).astimezone(AMSTERDAM).date()


def is_asked_again(from_day: date, confirmed_at: datetime | None, today: date) -> bool:
    """Whether something was open for a year since it began, or since the inwoner last said that it holds."""
    since = from_day if confirmed_at is None else confirmed_at.astimezone(AMSTERDAM).date()
    return last_day(deadlines.ACCESS_CHECK, since) <= today


def today() -> date:
    """The day that it is here."""
    return datetime.now(UTC).astimezone(AMSTERDAM).date()


_WHO_MAY_SEE = (
    "SELECT w.relation, w.person, w.name, w.detail, w.from_day, w.until_day, w.withdrawn_at, w.ground, w.scope = 1,"
    " coalesce(w.sections, '{{}}'), w.leefdomein, w.said, w.confirmed_at, e.public_id, e.id,"
    " (SELECT v.title FROM casus.entry_version v WHERE v.entry_id = e.id ORDER BY v.number DESC LIMIT 1),"
    " w.scope = 5"
    " FROM acl.{function}(:dossier) w LEFT JOIN casus.entry e ON e.id = w.entry_id"
    " ORDER BY w.name, w.person, w.scope, w.sections, w.leefdomein, e.occurred_at"
)


def who_may_see(session: Session, dossier: UUID, now: date) -> Sharing:
    """Everybody who may see something of the own dossier on this day, will later, or did in the last year."""
    return _sharing(session, "who_may_see", dossier, now)


def who_may_see_for(session: Session, dossier: UUID, now: date) -> Sharing:
    """The same for who represents the inwoner by a mandate that names it: without what is closed for that person, and the diary."""
    return _sharing(session, "mandate_sharing", dossier, now)


def _sharing(session: Session, function: str, dossier: UUID, now: date) -> Sharing:
    seers = [Seer(*row) for row in session.execute(text(_WHO_MAY_SEE.format(function=function)), {"dossier": dossier})]
    open_now = [one for one in seers if not one.is_over(now)]
    naasten = []
    for person, group in groupby((one for one in open_now if one.relation == "naaste"), key=lambda one: one.person):
        parts = list(group)
        assert person is not None
        naasten.append(Naaste(person, parts[0].name, next((one.said for one in parts if one.said), None), parts, now))
    others: dict[str, list[Seer]] = {}
    for one in open_now:
        # Who stands in on a later day is the team's business until that day.
        if one.relation != "naaste" and (one.relation != "waarnemer" or one.from_day <= now):
            others.setdefault(one.relation, []).append(one)
    past = [
        one
        for one in seers
        if one.is_over(now)
        and one.relation not in ("waarnemer", "programma")
        and _in_the_last_year(one, now)
        and not _goes_on(one, open_now)
    ]
    known = list(dict.fromkeys((one.person, one.name) for one in seers if one.relation == "naaste" and one.person is not None))
    return Sharing(naasten, others, past, known)


def _goes_on(one: Seer, open_now: list[Seer]) -> bool:
    """A consent that was changed, and of which nothing was taken away."""
    return one.relation == "organisatie" and any(one.person == other.person and {*one.sections} <= {*other.sections} for other in open_now)


def _in_the_last_year(one: Seer, now: date) -> bool:
    return one.ended is not None and last_day(deadlines.ACCESS_CHECK, one.ended) >= now


def organisations(session: Session, dossier: UUID, sharing: Sharing, now: date) -> list[Organisation]:
    """What may read the own dossier when the inwoner consents, and what does (``sharing``), by name."""
    asked = session.execute(text("SELECT program, name, purpose, sections FROM acl.programs_to_ask(:dossier)"), {"dossier": dossier})
    found = {row.program: Organisation(row.program, row.name, row.purpose, row.sections, [], now) for row in asked}
    for one in sharing.others.get("organisatie", []):
        assert one.person is not None
        found.setdefault(one.person, Organisation(one.person, one.name, one.detail, [], [], now)).parts.append(one)
    return sorted(found.values(), key=lambda one: one.name)


def access_to_look_at(session: Session, dossier_id: int, now: date) -> tuple[bool, bool]:
    """Whether access to the own dossier ends soon, and whether some was open for so long that the inwoner is asked about it."""
    rows = session.execute(
        text(
            "SELECT g.valid_from, g.valid_until, g.confirmed_at FROM casus.access_grant g WHERE g.dossier_id = :dossier"
            " AND g.withdrawn_at IS NULL AND (g.valid_until IS NULL OR g.valid_until >= :now)"
            " UNION ALL SELECT (c.given_at AT TIME ZONE 'Europe/Amsterdam')::date, c.valid_until, c.confirmed_at"
            " FROM casus.program_consent c"
            " WHERE c.dossier_id = :dossier AND c.withdrawn_at IS NULL AND c.valid_until >= :now"
        ),
        {"dossier": dossier_id, "now": now},
    )
    found = [Seer("naaste", None, "", "", row[0], row[1], None, "", False, [], None, None, row[2], None, None, None) for row in rows]
    return any(one.ends_soon(now) for one in found), any(one.asked_again(now) for one in found)


def access_changed_at(session: Session) -> datetime | None:
    """When the own access to somebody's dossier changed, if that person wanted it told and it was not long ago."""
    changed: datetime | None = session.execute(text("SELECT portaal.own_access_change()")).scalar()
    return changed


@dataclass(frozen=True)
class CodeOfNaaste:
    """A naaste to whom the inwoner can give a code. ``code_until``: the one of before works so long."""

    code_until: datetime | None


def code_of_naaste(session: Session, dossier: UUID, person: UUID) -> CodeOfNaaste | None:
    """None for who came in already, or has something else here."""
    row = session.execute(text("SELECT code_until FROM portaal.naaste_code(:dossier, :person)"), {"dossier": dossier, "person": person})
    return next((CodeOfNaaste(*one) for one in row), None)


@dataclass(frozen=True)
class EntryToShare:
    """One entry that the inwoner may show to somebody."""

    id: int
    public_id: UUID
    title: str


def entry_to_share(session: Session, dossier_id: int, public_id: UUID) -> EntryToShare | None:
    """The entry of the own dossier, or None when there is none, or it is for a smaller circle than those who read along."""
    newest = (
        select(entry_version.c.title)
        .where(entry_version.c.entry_id == entry.c.id)
        .order_by(entry_version.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    row = session.execute(
        select(entry.c.id, entry.c.public_id, newest).where(
            entry.c.public_id == public_id, entry.c.dossier_id == dossier_id, entry.c.audience == Audience.EVERYONE
        )
    ).one_or_none()
    return EntryToShare(*row) if row is not None else None


def how_many(session: Session, dossier_id: int, whole: bool, sections: tuple[int, ...], leefdomeinen: tuple[int, ...]) -> int:
    """How many entries of the own dossier are in these parts now, as far as the inwoner sees them and others may."""
    query = select(func.count()).select_from(entry).where(entry.c.dossier_id == dossier_id, entry.c.audience == Audience.EVERYONE)
    if not whole:
        query = query.where(entry.c.section.in_(sections) | entry.c.leefdomein.in_(leefdomeinen))
    return int(session.execute(query).scalar_one())
