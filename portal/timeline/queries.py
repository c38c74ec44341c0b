"""The dossier as a list, newest first. PostgreSQL gives only what the actor may see; nothing here filters by person.

However long a dossier is, a page costs the same: each is found through an index, from one entry on. Only `contents` counts them all.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    Boolean,
    ColumnElement,
    DateTime,
    FromClause,
    Integer,
    Select,
    Table,
    Uuid,
    and_,
    bindparam,
    func,
    lateral,
    literal_column,
    or_,
    select,
    text,
    true,
    tuple_,
    union,
    union_all,
)
from sqlalchemy.orm import Session

from portal.deadlines import AMSTERDAM
from portal.dossier.models import Leefdomein, Section, annotation, annotation_version, entry, entry_version
from portal.i18n import local
from portal.pause.queries import Pause

Code = TypeVar("Code", Section, Leefdomein)

PAGE_SIZE = 20
# Changes that are counted one by one on the list; from here on it only says that there are many.
MANY_CHANGES = 100


@dataclass(frozen=True)
class Part:
    """Which part of a dossier is asked for; None: all of it. ``year`` is one of the calendar of Amsterdam."""

    section: Section | None = None
    leefdomein: Leefdomein | None = None
    year: int | None = None

    @classmethod
    def of(cls, words: Mapping[str, str]) -> "Part":
        """The part that an address asks for by onderdeel, leefdomein and jaar; what isn't known is left out."""
        year = words.get("jaar", "")
        return cls(
            _chosen(Section, words.get("onderdeel", "")),
            _chosen(Leefdomein, words.get("leefdomein", "")),
            int(year) if re.fullmatch(r"(19|20)[0-9]{2}", year) else None,
        )

    @property
    def words(self) -> dict[str, str]:
        """The same part as words in an address."""
        found = {"onderdeel": self.section and self.section.name.lower(), "leefdomein": self.leefdomein and self.leefdomein.name.lower()}
        return {name: word for name, word in found.items() if word} | ({"jaar": str(self.year)} if self.year else {})

    def __bool__(self) -> bool:
        """Whether it is less than the whole dossier."""
        return self != Part()


@dataclass(frozen=True)
class Since:
    """What is new, and for whom: changed after ``moment`` by somebody else (None: nothing is).

    ``outside`` the team, what was to be talked over first and opened since is new too.
    """

    moment: datetime | None
    person_id: int
    outside: bool


@dataclass(frozen=True)
class Cursor:
    """From which entry a page goes on: to what is older, or to what is newer."""

    entry_id: UUID
    newer: bool = False


@dataclass(frozen=True)
class TimelineItem:
    """One entry in the timeline: newest title, how many versions, how many reactions the actor may see, and whether it is new."""

    public_id: UUID
    id: int
    section: int
    leefdomein: int
    kind: int
    occurred_at: datetime
    author_name: str
    audience: int
    title: str
    versions: int
    reactions: int
    is_new: bool


@dataclass(frozen=True)
class Timeline:
    """At most PAGE_SIZE items, newest first; ``older`` and ``newer`` are the ends to go on from, or None where the part ends."""

    items: list[TimelineItem]
    older: UUID | None
    newer: UUID | None


@dataclass(frozen=True)
class Standing:
    """The actor and this dossier: the previous visit, the years there are (newest first), how many entries are new (None: many)."""

    previous_visit: datetime | None
    years: list[int]
    new: int | None


@dataclass(frozen=True)
class Contents:
    """How many entries the actor can read: per section and per year, the newest year first."""

    sections: dict[Section, int]
    years: dict[int, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.years.values())


@dataclass(frozen=True)
class Notice:
    """An entry that is there and not shown: 'bespreken' (opens at ``opens_at``) or 'afgeschermd' (with the reason).

    Of the second: ``ground`` in law, until when somebody looks at it again, and whether the inwoner was told later than it began.
    """

    public_id: UUID
    occurred_at: datetime
    reason: str
    explanation: str
    opens_at: datetime | None
    ground: int | None
    review_on: date | None
    told_late: bool


def timeline(
    session: Session, dossier_id: int, part: Part, since: Since, *, cursor: Cursor | None = None, only_new: bool = False
) -> Timeline:
    """A page of the dossier, newest first, from ``cursor`` on (by keyset: the last page costs as much as the first).

    A cursor that leads nowhere, such as an entry that can't be read, gives the first page.
    """
    values = page_values(dossier_id, part, cursor, PAGE_SIZE)
    values |= {"moment": since.moment, "person": since.person_id, "outside": since.outside}
    newer = cursor is not None and cursor.newer
    rows = session.execute(_timeline(page_shape(part, cursor), only_new), values).all()
    if cursor is not None and [row.public_id for row in rows] in ([], [cursor.entry_id]):
        return timeline(session, dossier_id, part, since, only_new=only_new)
    if newer:
        rows = rows[::-1]
    # The entry to go on from comes along when it belongs to the part: then there is more on that side.
    came_from = cursor is not None and rows[0].public_id == cursor.entry_id
    items = [TimelineItem(*row) for row in rows[came_from:][:PAGE_SIZE]]
    more = len(rows) - came_from > PAGE_SIZE
    if newer:
        items.reverse()
        came_from, more = more, came_from
    return Timeline(items, items[-1].public_id if more else None, items[0].public_id if came_from else None)


def standing(session: Session, dossier_id: int, part: Part, person_id: int, *, outside: bool, count_new: bool) -> Standing:
    """What stands around the list: the previous visit, the years of this section and leefdomein, and how much is new in all of it."""
    values = page_values(dossier_id, part, None, 0) | {"person": person_id, "outside": outside, "most": MANY_CHANGES}
    row = session.execute(_standing(part.section is not None, part.leefdomein is not None, outside, count_new), values).one()
    previous_visit, moments, entries, changed = (*row, 0, 0)[:4]
    years = [local(moment).year for moment in moments or []]
    return Standing(previous_visit, years, entries if changed < MANY_CHANGES else None)


def contents(session: Session, dossier_id: int) -> Contents:
    """Counts them all: as much work as the dossier is long, so only on a page of its own."""
    sections: dict[Section, int] = {}
    years: dict[int, int] = {}
    for section, year, number in session.execute(_CONTENTS, {"dossier": dossier_id}):
        sections[Section(section)] = sections.get(Section(section), 0) + number
        years[int(year)] = years.get(int(year), 0) + number
    return Contents(dict(sorted(sections.items())), dict(sorted(years.items(), reverse=True)))


def notices(session: Session, dossier_id: int) -> list[Notice]:
    """What the owner is told about entries that aren't shown (none for anybody else)."""
    return [Notice(*row) for row in session.execute(_NOTICES, {"d": dossier_id})]


# Statements are made once for each shape: putting one together costs more than sending it. What differs each time has these names.
Shape = tuple[bool, bool, bool, bool | None]
_MOMENT = DateTime(timezone=True)
_DOSSIER: BindParameter[int] = bindparam("dossier", type_=Integer)
_SINCE: BindParameter[Any] = bindparam("moment", type_=_MOMENT)
_NOTICES = text("SELECT public_id, occurred_at, reason, explanation, opens_at, ground, review_on, told_late FROM acl.notices(:d)")
_YEAR = func.date_part("year", func.timezone(literal_column(f"'{AMSTERDAM.key}'"), entry.c.occurred_at))
_CONTENTS = (
    select(entry.c.section, _YEAR.label("year"), func.count()).where(entry.c.dossier_id == _DOSSIER).group_by(entry.c.section, text("year"))
)


def page_shape(part: Part, cursor: Cursor | None) -> Shape:
    """Which statement of `page_of` this takes: by section, leefdomein, year; going on to what is newer, or older (None: from the top)."""
    return part.section is not None, part.leefdomein is not None, part.year is not None, None if cursor is None else cursor.newer


def page_values(dossier_id: int, part: Part, cursor: Cursor | None, size: int) -> dict[str, Any]:
    """What is put into the statement of `page_of`."""
    values: dict[str, Any] = {"dossier": dossier_id, "section": part.section, "leefdomein": part.leefdomein, "size": size + 2}
    if part.year is not None:
        values |= {"from": datetime(part.year, 1, 1, tzinfo=AMSTERDAM), "until": datetime(part.year + 1, 1, 1, tzinfo=AMSTERDAM)}
    return values | ({"cursor": cursor.entry_id} if cursor else {})


def page_of(shape: Shape) -> Select[Any]:
    """The entries of a page, with the one it goes on from and one more: found first, before anything is asked about them."""
    by_section, by_leefdomein, by_year, newer = shape
    key = (entry.c.occurred_at, entry.c.id)
    query = (
        select(*about(entry), entry.c.discuss_until)
        .where(*_conditions(by_section, by_leefdomein))
        .order_by(*(column.asc() if newer else column.desc() for column in key))
        .limit(bindparam("size", type_=Integer))
    )
    if by_year:
        query = query.where(entry.c.occurred_at >= bindparam("from"), entry.c.occurred_at < bindparam("until"))
    if newer is None:
        return query
    place = select(*key).where(entry.c.public_id == bindparam("cursor", type_=Uuid), entry.c.dossier_id == _DOSSIER).scalar_subquery()
    return query.where(tuple_(*key) >= place if newer else tuple_(*key) <= place)


def about(page: FromClause) -> list[ColumnElement[Any]]:
    """What is said of an entry, in the order in which TimelineItem begins."""
    names = ("public_id", "id", "section", "leefdomein", "kind", "occurred_at", "author_name", "audience")
    return [page.c[name] for name in names]


def newest_first(page: FromClause) -> list[ColumnElement[Any]]:
    """The order of a page."""
    return [page.c.occurred_at.desc(), page.c.id.desc()]


@cache
def _timeline(shape: Shape, only_new: bool) -> Select[Any]:
    """The entries of a page with their newest titles, and what of their versions and reactions is new."""
    chosen = page_of(shape)
    if only_new:
        changes = select(union(*_changes(_SINCE)).subquery().c.entry_id)
        chosen = chosen.where(entry.c.id.in_(changes))
    page = chosen.subquery("page")
    newest = lateral(
        select(entry_version.c.title, entry_version.c.number, func.bool_or(_is_new(entry_version, _SINCE)).over().label("changed"))
        .where(entry_version.c.entry_id == page.c.id)
        .order_by(entry_version.c.number.desc())
        .limit(1)
    ).alias("newest")
    beside = lateral(
        select(
            func.count(annotation.c.id.distinct()).label("reactions"), func.bool_or(_is_new(annotation_version, _SINCE)).label("changed")
        )
        .select_from(annotation.outerjoin(annotation_version, annotation_version.c.annotation_id == annotation.c.id))
        .where(annotation.c.entry_id == page.c.id, annotation.c.withdrawn.is_(False))
    ).alias("beside")
    is_new = func.coalesce(or_(newest.c.changed, beside.c.changed, and_(*_has_opened(page, _SINCE))), False)
    return (
        select(*about(page), newest.c.title, newest.c.number, beside.c.reactions, is_new)
        .select_from(page.join(newest, true()).join(beside, true()))
        .order_by(*newest_first(page))
    )


@cache
def _standing(by_section: bool, by_leefdomein: bool, outside: bool, count_new: bool) -> Select[Any]:
    visit = select(func.acl.previous_visit(_DOSSIER).label("at")).cte("visit").prefix_with("MATERIALIZED")
    years = _newest_of_each_year(by_section, by_leefdomein)
    found = select(
        select(visit.c.at).scalar_subquery(),
        select(func.array_agg(years.c.at)).where(func.isfinite(years.c.at)).scalar_subquery(),
    )
    if not count_new:
        return found
    # So many of each at most, so that it costs no more after years than after a day.
    changes = _changes(select(visit.c.at).scalar_subquery(), bindparam("most", type_=Integer))
    new = union_all(*(select(change.subquery().c.entry_id) for change in (changes if outside else changes[:2]))).subquery()
    return found.add_columns(func.count(new.c.entry_id.distinct()), func.count(new.c.entry_id))


def _newest_of_each_year(by_section: bool, by_leefdomein: bool) -> Any:
    """One step through the index for each year that has an entry, however many it has. Begins at the end of time, and ends with a NULL."""
    steps = select(literal_column("'infinity'::timestamptz").label("at")).cte("steps", recursive=True)
    before = (
        select(entry.c.occurred_at)
        .where(*_conditions(by_section, by_leefdomein))
        .where(entry.c.occurred_at < func.date_trunc("year", steps.c.at, literal_column(f"'{AMSTERDAM.key}'")))
        .order_by(entry.c.occurred_at.desc())
        .limit(1)
    )
    return steps.union_all(select(before.scalar_subquery()).where(steps.c.at.is_not(None)))


def _conditions(by_section: bool, by_leefdomein: bool) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [entry.c.dossier_id == _DOSSIER]
    if by_section:
        found.append(entry.c.section == bindparam("section"))
    if by_leefdomein:
        found.append(entry.c.leefdomein == bindparam("leefdomein"))
    return found


def _changes(moment: ColumnElement[Any], most: ColumnElement[int] | None = None) -> list[Select[tuple[int]]]:
    """Entries placed or changed, reacted to, opened since ``moment``, perhaps more than once; of each kind the ``most`` newest."""
    found = [
        select(table.c.entry_id).where(table.c.dossier_id == _DOSSIER, _is_new(table, moment)).order_by(table.c.created_at.desc())
        for table in (entry_version, annotation_version)
    ]
    opened = (entry.c.dossier_id == _DOSSIER, *_has_opened(entry, moment))
    found.append(select(entry.c.id.label("entry_id")).where(*opened).order_by(entry.c.discuss_until.desc()))
    return [change.order_by(None) if most is None else change.limit(most) for change in found]


def _is_new(texts: Table, moment: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(texts.c.created_at > moment, texts.c.author_id.is_distinct_from(bindparam("person", type_=Integer)))


def _has_opened(entries: FromClause, moment: ColumnElement[Any]) -> tuple[ColumnElement[bool], ...]:
    """What was to be talked over first, until some time after ``moment``, and can be read now; for who is outside the team."""
    outside = bindparam("outside", type_=Boolean)
    return outside.is_(True), entries.c.discuss_until > moment, entries.c.discuss_until <= func.now()


def _chosen(codes: type[Code], word: str) -> Code | None:
    """The code with this lower-case name, or None."""
    return next((code for code in codes if code.value and code.name.lower() == word), None)


def for_the_team(session: Session, dossier: UUID) -> tuple[Pause | None, datetime | None]:
    """Since when the dossier is out of sight (None: it isn't), and until when the actor reads in an emergency in it (None: not now)."""
    query = "SELECT p.since, p.by_way, acl.emergency_until(:dossier) FROM (VALUES (1)) one LEFT JOIN casus.pause_of(:dossier) p ON true"
    since, way, until = session.execute(text(query), {"dossier": dossier}).one()
    return (Pause(since, way) if since else None), until
