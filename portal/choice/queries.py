"""Who works here, who helps whom, and who stands in. PostgreSQL gives only what the actor may see; nothing here filters by person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.choice.matching import Wanted
from portal.choice.models import Profile, Version
from portal.choice.wishes import to_answer


@dataclass(frozen=True)
class Turn:
    """Somebody who works, worked or will work in a dossier. Days are included; ``until`` None: no end is known."""

    person: UUID
    name: str
    job_title: str
    from_day: date
    until: date | None
    responsible: bool

    def holds(self, day: date) -> bool:
        """Whether this is so on that day."""
        return self.from_day <= day and (self.until is None or self.until >= day)


@dataclass(frozen=True)
class StandIn:
    """Days on which somebody is away, both included, and who helps then; ``stands_in`` None: nobody yet."""

    away: UUID
    away_name: str
    from_day: date
    until_day: date
    stands_in: UUID | None
    stands_in_name: str | None


@dataclass(frozen=True)
class Caseload:
    """How many people somebody helps; ``most`` None: nobody said how many at most. ``profile``: residents can read about them.

    ``hours``: in a week, as they say; None: they didn't.
    """

    person: UUID
    name: str
    team_name: str | None
    helps: int
    most: int | None
    profile: bool
    hours: int | None


@dataclass(frozen=True)
class ToLookAt:
    """What a professional sent, for the team lead."""

    version: Version
    name: str
    job_title: str
    team_name: str | None


_SAYS = "drawing, languages, good_at, leefdomeinen, about, manner, days, lived"
_VERSION = f"public_id, sent_at, placed, looked_by_name, remark, gone_at, {_SAYS}"


def profiles(session: Session) -> list[Profile]:
    """Everybody residents can read about, by team and name."""
    rows = session.execute(text("SELECT * FROM casus.profiles() ORDER BY team_name, name, person")).mappings()
    return [Profile(**row) for row in rows]


def teams(profiles: Iterable[Profile]) -> list[tuple[str, str]]:
    """The teams of these people, by name: (public id, name)."""
    found = {str(one.team): one.team_name or "" for one in profiles if one.team}
    return sorted(found.items(), key=lambda team: team[1])


def own_profiles(session: Session) -> list[Version]:
    """What the actor sent, the newest first."""
    rows = session.execute(text(f"SELECT {_VERSION} FROM casus.own_profiles()")).mappings()  # noqa: S608 - names of columns
    return [Version(**row) for row in rows]


def to_look_at(session: Session) -> list[ToLookAt]:
    """What waits for the actor to be placed, the oldest first."""
    columns = ", ".join(f"(l.profile).{name.strip()}" for name in _VERSION.split(","))
    rows = session.execute(text(f"SELECT l.name, l.job_title, l.team_name, {columns} FROM casus.profiles_to_look_at() l")).mappings()  # noqa: S608
    found = []
    for row in rows:
        values = dict(row)
        who = {name: values.pop(name) for name in ("name", "job_title", "team_name")}
        found.append(ToLookAt(Version(**values), **who))
    return found


def caseloads(session: Session) -> list[Caseload]:
    """Everybody the actor leads, by team and name."""
    return [Caseload(**row) for row in session.execute(text("SELECT * FROM casus.caseloads()")).mappings()]


@dataclass(frozen=True)
class OwnCase:
    """A dossier in which the actor works today; ``hours`` in a week, as the actor said."""

    dossier: UUID
    inwoner: str
    hours: int | None


def own_cases(session: Session, person: int) -> list[OwnCase]:
    """Those of the actor, by name; not those in which the actor stands in for somebody."""
    rows = session.execute(
        text(
            "SELECT d.public_id, concat_ws(' ', p.first_name, p.infix, p.last_name), max(t.hours) FROM casus.assignment t"
            " JOIN casus.dossier d ON d.id = t.dossier_id JOIN casus.person p ON p.id = d.inwoner_id"
            " WHERE t.staff_id = :person AND t.valid_from <= acl.today() AND (t.valid_until IS NULL OR t.valid_until >= acl.today())"
            " GROUP BY d.id, p.id ORDER BY p.last_name, p.first_name, d.id"
        ),
        {"person": person},
    )
    return [OwnCase(*row) for row in rows]


def turns(session: Session, dossier_id: int) -> list[Turn]:
    """Everybody who works, worked or will work in this dossier, the newest first."""
    rows = session.execute(
        text(
            "SELECT p.public_id AS person, concat_ws(' ', p.first_name, p.infix, p.last_name) AS name, s.job_title,"
            " t.valid_from AS from_day, t.valid_until AS until, t.responsible FROM casus.assignment t"
            " JOIN casus.person p ON p.id = t.staff_id JOIN casus.staff s ON s.person_id = t.staff_id"
            " WHERE t.dossier_id = :dossier AND (t.valid_until IS NULL OR t.valid_until >= t.valid_from)"
            " ORDER BY t.valid_from DESC, t.id DESC"
        ),
        {"dossier": dossier_id},
    ).mappings()
    return [Turn(**row) for row in rows]


def stand_ins(session: Session, dossier_id: int) -> list[StandIn]:
    """Days on which who works in this dossier was, is or will be away, the first first."""
    rows = session.execute(text("SELECT * FROM casus.stand_ins(:dossier)"), {"dossier": dossier_id}).mappings()
    return [
        StandIn(row["away"], row["away_name"], row["from_day"], row["until_day"], row["stands_in"], row["stands_in_name"]) for row in rows
    ]


def wanted(session: Session, dossier_id: int) -> Wanted:
    """What is known of who this dossier is about, for matching: the language, the leefdomeinen of the goals, and the stadsdeel."""
    row = session.execute(
        text(
            "SELECT i.language, i.stadsdeel_id AS stadsdeel, (SELECT array_agg(DISTINCT t.leefdomein) FROM casus.plan_part p"
            " JOIN casus.plan_text t ON t.part_id = p.id WHERE p.dossier_id = d.id AND p.kind = 20 AND t.leefdomein > 0 AND NOT t.dropped"
            " AND NOT EXISTS (SELECT FROM casus.plan_text l WHERE l.part_id = p.id AND l.number > t.number)) AS leefdomeinen"
            " FROM casus.dossier d JOIN casus.inwoner i ON i.person_id = d.inwoner_id"
            " WHERE d.id = :dossier"
        ),
        {"dossier": dossier_id},
    ).one()
    return Wanted(row.language, frozenset(row.leefdomeinen or ()), row.stadsdeel)


def wishes_due(session: Session) -> list[datetime]:
    """Until when each wish that waits for the actor should have its answer, the oldest wish first."""
    return [one.due for one in to_answer(session)]
