"""Reading the plan. PostgreSQL gives only the parts, and of those the texts, that the actor may see; nothing here filters by person."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.deadlines import AMSTERDAM
from portal.plan import pressure, remarks
from portal.plan.models import REMARKS, Goal, Part, PartKind, Plan, PlanText, Proposal, Role, Status

_PARTS = text(
    "WITH home AS MATERIALIZED (SELECT * FROM acl.household(:dossier))"
    " SELECT p.id, p.public_id, p.kind, p.goal_id, p.audience, p.place, s.status, s.at, a.number AS agreed,"
    " coalesce(r.remarks, 0) AS remarks, coalesce(r.unseen, 0) AS unseen,"
    " p.joint_id IS NOT NULL AS joint, h.names, h.answers AS said, p.shown_number, p.shown_at, t.*"
    " FROM casus.plan_part p"
    " JOIN LATERAL (SELECT x.* FROM casus.plan_text x WHERE x.part_id = p.id ORDER BY x.number DESC LIMIT 1) t ON true"
    " LEFT JOIN LATERAL (SELECT x.* FROM casus.plan_step x WHERE x.part_id = p.id ORDER BY x.number DESC LIMIT 1) s ON true"
    " LEFT JOIN casus.plan_proposal_text a ON a.part_id = p.id AND a.proposal_id = (SELECT x.id FROM casus.plan_proposal x"
    "  WHERE x.dossier_id = :dossier AND x.version IS NOT NULL ORDER BY x.version DESC LIMIT 1)"
    " LEFT JOIN (SELECT x.part_id, count(*) AS remarks, count(*) FILTER (WHERE x.seen_at IS NULL) AS unseen FROM casus.plan_remark x"
    "  WHERE x.dossier_id = :dossier AND x.withdrawn_at IS NULL GROUP BY x.part_id) r ON r.part_id = p.id"
    " LEFT JOIN LATERAL (SELECT array_agg(x.name) AS names, array_agg(x.agreed) AS answers FROM home x"
    "  WHERE x.part = p.id AND p.joint_id IS NOT NULL) h ON true"
    " WHERE p.dossier_id = :dossier ORDER BY p.kind, p.place, t.due_on, p.id"
)
_PROPOSALS = text(
    "SELECT x.id, x.public_id, x.made_by_name, x.made_at, x.settled_at, x.version, d.choice, d.words, d.way, d.proof, d.decided_on,"
    " d.copy, d.own, d.recorded_by_name FROM casus.plan_proposal x LEFT JOIN casus.plan_decision d ON d.proposal_id = x.id"
    " WHERE x.dossier_id = :dossier ORDER BY x.id DESC"
)


def the_plan(session: Session, dossier_id: int, *, with_proposals: bool = True) -> Plan:
    """The plan of one dossier, in two statements however long it is; in one without what was laid before the inwoner."""
    rows = _parts(session, dossier_id)
    proposals = [Proposal(*row) for row in session.execute(_PROPOSALS, {"dossier": dossier_id})] if with_proposals else []
    live = [part for part in rows if not part.text.dropped]
    texts: dict[PartKind, list[Part]] = {}
    for part in live:
        if part.kind < PartKind.DOEL:
            texts.setdefault(part.kind, []).append(part)
    return Plan(texts, _goals(live), proposals, [part for part in rows if part.text.dropped])


def the_goals(session: Session, dossier_id: int) -> list[Goal]:
    """The goals of one dossier with their actions, in the inwoner's order; in one statement."""
    return _goals([part for part in _parts(session, dossier_id) if not part.text.dropped])


def _parts(session: Session, dossier_id: int) -> list[Part]:
    return [_part(row) for row in session.execute(_PARTS, {"dossier": dossier_id})]


def _goals(live: list[Part]) -> list[Goal]:
    return [Goal(part, [action for action in live if action.goal_id == part.id]) for part in live if part.kind is PartKind.DOEL]


def reads_some_plan(session: Session) -> bool:
    """Whether the actor may see anything of the plan of the dossier that the page is about."""
    return bool(session.execute(text("SELECT acl.plan_parts() <> '{}'")).scalar_one())


_INVITED = text(
    "SELECT r.role, r.whole, EXISTS (SELECT FROM acl.moments_asked_to() m WHERE m.dossier_id = :dossier) AS along"
    " FROM (SELECT) one LEFT JOIN acl.plan_role(:dossier) r ON true"
)


def invited_to(session: Session, dossier_id: int) -> frozenset[str]:
    """What the actor is invited to in the plan of a dossier, in the words of portal.policy; empty: not invited."""
    row = session.execute(_INVITED, {"dossier": dossier_id}).one()
    along = {"looks_back"} if row.along else set()
    if row.role is None:
        return frozenset(along)
    writes = row.role == Role.MEESCHRIJVEN
    named = {
        "plan_write": writes,
        "plan_begin": writes and row.whole,
        "plan_remark": row.role in REMARKS,
        "plan_step": row.role == Role.REGIE,
    }
    return frozenset({"plan", *(word for word, holds in named.items() if holds), *along})


def plan_only(session: Session) -> frozenset[int]:
    """The numbers of the dossiers of which nothing but (something of) the plan is open to the actor, who was invited."""
    return frozenset(session.execute(text("SELECT acl.plan_only()")).scalar_one())


def _part(row: Any) -> Part:
    status = Status(row.status) if row.status else Status.OPEN
    return Part(
        row.id,
        row.public_id,
        PartKind(row.kind),
        row.goal_id,
        row.audience,
        row.place,
        _words(row),
        status,
        row.at,
        row.agreed,
        row.remarks,
        row.unseen,
        row.joint,
        list(zip(row.names or [], row.said or [], strict=True)),
        row.shown_number,
        row.shown_at,
    )


def _words(row: Any) -> PlanText:
    return PlanText(*(getattr(row, column.name) for column in fields(PlanText)))


def texts_of(session: Session, part_id: int) -> list[PlanText]:
    """Every text of a part that the actor may see, newest first."""
    rows = session.execute(text("SELECT * FROM casus.plan_text WHERE part_id = :part ORDER BY number DESC"), {"part": part_id})
    return [_words(row) for row in rows]


@dataclass(frozen=True)
class Frozen:
    """A part as it stands in a proposal."""

    part_id: int
    kind: PartKind
    goal_id: int | None
    text: PlanText


_FROZEN = text(
    "SELECT p.id, p.kind, p.goal_id, t.* FROM casus.plan_proposal_text x JOIN casus.plan_part p ON p.id = x.part_id"
    " JOIN casus.plan_text t ON t.part_id = x.part_id AND t.number = x.number"
    " WHERE x.proposal_id = :proposal ORDER BY p.kind, x.place, t.due_on, p.id"
)


def frozen(session: Session, proposal_id: int) -> list[Frozen]:
    """What stands in a proposal, as far as the actor may see it, in the order of the page."""
    return [Frozen(row.id, PartKind(row.kind), row.goal_id, _words(row)) for row in session.execute(_FROZEN, {"proposal": proposal_id})]


def by_goal(some: list[Frozen]) -> dict[int, list[Frozen]]:
    """The actions among these, by the number of their goal."""
    actions: dict[int, list[Frozen]] = {}
    for one in some:
        if one.kind is PartKind.ACTIE and one.goal_id is not None:
            actions.setdefault(one.goal_id, []).append(one)
    return actions


@dataclass(frozen=True)
class Change:
    """One part beside what was agreed before: ``old`` None: it is new, ``new`` None: it is gone."""

    kind: PartKind
    old: PlanText | None
    new: PlanText | None


def changes(before: list[Frozen], after: list[Frozen]) -> list[Change]:
    """What differs between two proposals, in the order of the page; what is gone at the end."""
    earlier = {one.part_id: one for one in before}
    found = [Change(one.kind, earlier[one.part_id].text if one.part_id in earlier else None, one.text) for one in after]
    differs = [one for one in found if one.old is None or one.new is None or one.old.words != one.new.words]
    later = {one.part_id for one in after}
    return differs + [Change(one.kind, one.text, None) for one in before if one.part_id not in later]


@dataclass(frozen=True)
class Holder:
    """Somebody who can be named to do something.

    ``relation``: inwoner, professional, naaste, or uitgenodigd: a naaste who didn't come in yet.
    """

    public_id: UUID
    name: str
    relation: str

    @property
    def is_invited(self) -> bool:
        """Whether they were let in, and didn't come in yet."""
        return self.relation == "uitgenodigd"


def people(session: Session, dossier_id: int) -> dict[int, Holder]:
    """Who can be named, by number: the inwoner first, then who works in the dossier, then who reads the plan along."""
    rows = session.execute(text("SELECT id, public_id, name, relation FROM acl.plan_people(:dossier)"), {"dossier": dossier_id})
    return {row.id: Holder(row.public_id, row.name, row.relation[2:]) for row in rows}


@dataclass(frozen=True)
class PlanGuest:
    """Somebody who is invited into the plan, through ``until``. ``role`` as in portal/plan/models.py.

    ``whole``: all of the plan that is for who reads along; else ``parts``, beside the goals in which they do something.
    """

    person: UUID
    name: str
    said: str | None
    role: int
    whole: bool
    parts: list[UUID]
    until: date
    came_in: bool


def plan_guests(session: Session, dossier: UUID) -> list[PlanGuest]:
    """Everybody whom the inwoner invited into the plan of the own dossier, by name."""
    return [PlanGuest(*row) for row in session.execute(text("SELECT * FROM acl.plan_guests(:dossier)"), {"dossier": dossier})]


@dataclass(frozen=True)
class Pressed:
    """Drang or dwang that holds or is to begin, in the words of portal/plan/models.py."""

    kind: int
    ground: str
    from_day: date
    until_day: date | None


@dataclass(frozen=True)
class Around:
    """What stands around the plan, as far as the actor may know.

    ``responsible``: the one professional who sees to it that the plan is done (eis 8.7); ``looks_back_on``: the day on which one looks back
    together (portal/evaluation); ``asks_since``: since when what came of that asks for another plan. None: nobody, none, and it doesn't.

    ``pressures``: drang and dwang.
    """

    responsible: str | None
    looks_back_on: date | None
    asks_since: datetime | None
    pressures: list[Pressed]

    def asks_for_a_new_plan(self, agreed: Proposal | None) -> bool:
        """Whether the last outcome is to become a new version, and hasn't yet (eis 9.2)."""
        if self.asks_since is None:
            return False
        return agreed is None or agreed.settled_at is None or agreed.settled_at < self.asks_since


_AROUND = text(
    "SELECT (SELECT concat_ws(' ', p.first_name, p.infix, p.last_name) FROM casus.assignment t JOIN casus.person p ON p.id = t.staff_id"
    "  WHERE t.dossier_id = :dossier AND t.responsible AND t.valid_until IS NULL LIMIT 1),"
    " (SELECT e.planned_on FROM casus.evaluation e WHERE e.dossier_id = :dossier AND e.settled_at IS NULL),"
    " (SELECT CASE WHEN e.outcome < 5 THEN e.settled_at END FROM casus.evaluation e"
    "  WHERE e.dossier_id = :dossier AND e.settled_at IS NOT NULL ORDER BY e.settled_at DESC LIMIT 1),"
    " (SELECT json_agg(json_build_array(x.kind, x.ground, x.from_day, x.until_day) ORDER BY x.id) FROM casus.plan_pressure x"
    "  WHERE x.dossier_id = :dossier AND x.ended_at IS NULL AND coalesce(x.until_day >= :today, true))"
)


def around(session: Session, dossier_id: int) -> Around:
    """What stands around the plan of a dossier; in one statement."""
    responsible, looks_back_on, asks_since, pressed = session.execute(
        _AROUND, {"dossier": dossier_id, "today": datetime.now(AMSTERDAM).date()}
    ).one()
    days = [(kind, ground, date.fromisoformat(since), until and date.fromisoformat(until)) for kind, ground, since, until in pressed or ()]
    return Around(responsible, looks_back_on, asks_since, [Pressed(*one) for one in days])


@dataclass(frozen=True)
class SaidBeside:
    """What was said beside the plan of a dossier, and drang and dwang: all that the actor may see, the newest first."""

    remarks: list[remarks.Remark]
    pressures: list[pressure.Pressure]


def said_beside(session: Session, dossier_id: int) -> SaidBeside:
    """For the copy that an inwoner takes along."""
    return SaidBeside(remarks.remarks_in(session, dossier_id), pressure.pressures(session, dossier_id))
