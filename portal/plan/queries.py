"""Reading the plan. PostgreSQL gives only the parts, and of those the texts, that the actor may see; nothing here filters by person."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.dossier.models import Leefdomein
from portal.plan.models import PartKind, Plays, Role, Status

# Actions on the page of the plan; what more there is stands on the page of its goal.
ACTIONS_TOGETHER = 30


@dataclass(frozen=True)
class PlanText:
    """What a part says in one of its texts. Days are those of Amsterdam; ``answers`` as in portal/plan/models.py."""

    number: int
    body: str
    why: str
    answers: list[int]
    leefdomein: int
    perspective: int | None
    holder_id: int | None
    holder_name: str
    due_on: date | None
    look_on: date | None
    dropped: bool
    author_name: str
    written_at: datetime

    @property
    def words(self) -> tuple[object, ...]:
        """All that it says: two texts with the same words say the same."""
        return (
            self.body,
            self.why,
            self.answers,
            self.leefdomein,
            self.perspective,
            self.holder_name,
            self.due_on,
            self.look_on,
            self.dropped,
        )


@dataclass(frozen=True)
class Part:
    """A part of the plan with its newest text. ``agreed``: the number of the text that was agreed with last; None: none was."""

    id: int
    public_id: UUID
    kind: PartKind
    goal_id: int | None
    audience: int
    place: int
    text: PlanText
    status: Status
    stepped_at: datetime | None
    agreed: int | None

    @property
    def is_open(self) -> bool:
        """Of an action: whether somebody still has to do something."""
        return self.status in (Status.OPEN, Status.BEZIG)


@dataclass(frozen=True)
class Goal:
    """A goal with its actions, the nearest day first."""

    part: Part
    actions: list[Part]

    @property
    def counted(self) -> int:
        """The actions that count: not those that are no longer needed."""
        return sum(action.status is not Status.VERVALLEN for action in self.actions)

    @property
    def done(self) -> int:
        """Of those, how many are done."""
        return sum(action.status is Status.KLAAR for action in self.actions)

    def coming(self, most: int) -> list[Part]:
        """At most so many actions that somebody still has to do, the nearest day first."""
        return [action for action in self.actions if action.is_open][:most]

    @property
    def next_day(self) -> date | None:
        """The first day on which something is to be done."""
        return min((action.text.due_on for action in self.actions if action.is_open and action.text.due_on), default=None)


@dataclass(frozen=True)
class Proposal:
    """What was laid before the inwoner, and what came of it: ``choice`` None: nothing yet. ``version`` None: not agreed with."""

    id: int
    public_id: UUID
    made_by_name: str
    made_at: datetime
    settled_at: datetime | None
    version: int | None
    choice: int | None
    words: str | None
    way: str | None
    proof: str | None
    decided_on: date | None
    copy: int | None
    own: int | None
    recorded_by_name: str | None

    @property
    def waits(self) -> bool:
        """Whether the inwoner hasn't answered, and nothing newer was laid before."""
        return self.settled_at is None


@dataclass(frozen=True)
class Plan:
    """The plan as the actor sees it now."""

    texts: dict[PartKind, list[Part]]
    goals: list[Goal]
    proposals: list[Proposal]
    dropped: list[Part] = field(default_factory=list)

    @cached_property
    def waiting(self) -> Proposal | None:
        """What lies before the inwoner now."""
        return next((one for one in self.proposals if one.waits), None)

    @cached_property
    def agreed(self) -> Proposal | None:
        """What the inwoner agreed with last."""
        return max((one for one in self.proposals if one.version), key=lambda one: one.version or 0, default=None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written yet that the actor may see."""
        return not self.texts and not self.goals

    @property
    def parts(self) -> list[Part]:
        """Every part, in the order of the page."""
        rows = [part for parts in self.texts.values() for part in parts]
        return rows + [one for goal in self.goals for one in (goal.part, *goal.actions)]

    def part(self, public_id: UUID) -> Part | None:
        """The part with this id."""
        return next((part for part in (*self.parts, *self.dropped) if part.public_id == public_id), None)

    def goal(self, public_id: UUID) -> Goal | None:
        """The goal with this id."""
        return next((goal for goal in self.goals if goal.part.public_id == public_id), None)

    @property
    def has_open_actions(self) -> bool:
        """Whether somebody still has to do something."""
        return any(goal.coming(1) for goal in self.goals)

    @property
    def shown_of_a_goal(self) -> int:
        """How many actions of each goal stand on the page of the plan: all of a short plan, the first of each goal in a long one."""
        return max(1, ACTIONS_TOGETHER // max(1, len(self.goals)))

    @cached_property
    def changed(self) -> bool:
        """Whether something that is not kept was written or dropped since the last agreement."""
        written = [part for part in (*self.parts, *self.dropped) if part.audience > 1 and part.agreed != part.text.number]
        return any(part.agreed is not None or not part.text.dropped for part in written)

    def plays(self, leefdomein: Leefdomein) -> Plays | None:
        """What the inwoner said of this leefdomein."""
        answers = [part.text.answers for part in self.texts.get(PartKind.LEEFDOMEINEN, []) if len(part.text.answers) >= leefdomein]
        return next((Plays(given[leefdomein - 1]) for given in answers if given[leefdomein - 1]), None)


_PARTS = text(
    "SELECT p.id, p.public_id, p.kind, p.goal_id, p.audience, p.place, s.status, s.at, a.number AS agreed, t.*"
    " FROM casus.plan_part p"
    " JOIN LATERAL (SELECT x.* FROM casus.plan_text x WHERE x.part_id = p.id ORDER BY x.number DESC LIMIT 1) t ON true"
    " LEFT JOIN LATERAL (SELECT x.* FROM casus.plan_step x WHERE x.part_id = p.id ORDER BY x.number DESC LIMIT 1) s ON true"
    " LEFT JOIN casus.plan_proposal_text a ON a.part_id = p.id AND a.proposal_id = (SELECT x.id FROM casus.plan_proposal x"
    "  WHERE x.dossier_id = :dossier AND x.version IS NOT NULL ORDER BY x.version DESC LIMIT 1)"
    " WHERE p.dossier_id = :dossier ORDER BY p.kind, p.place, t.due_on, p.id"
)
_PROPOSALS = text(
    "SELECT x.id, x.public_id, x.made_by_name, x.made_at, x.settled_at, x.version, d.choice, d.words, d.way, d.proof, d.decided_on,"
    " d.copy, d.own, d.recorded_by_name FROM casus.plan_proposal x LEFT JOIN casus.plan_decision d ON d.proposal_id = x.id"
    " WHERE x.dossier_id = :dossier ORDER BY x.id DESC"
)


def the_plan(session: Session, dossier_id: int) -> Plan:
    """The plan of one dossier, in two statements however long it is."""
    rows = [_part(row) for row in session.execute(_PARTS, {"dossier": dossier_id})]
    proposals = [Proposal(*row) for row in session.execute(_PROPOSALS, {"dossier": dossier_id})]
    live = [part for part in rows if not part.text.dropped]
    texts: dict[PartKind, list[Part]] = {}
    for part in live:
        if part.kind < PartKind.DOEL:
            texts.setdefault(part.kind, []).append(part)
    goals = [Goal(part, [action for action in live if action.goal_id == part.id]) for part in live if part.kind is PartKind.DOEL]
    return Plan(texts, goals, proposals, [part for part in rows if part.text.dropped])


def reads_some_plan(session: Session) -> bool:
    """Whether the actor may see anything of the plan of the dossier that the page is about."""
    return bool(session.execute(text("SELECT acl.plan_parts() <> '{}'")).scalar_one())


def invited_to(session: Session, dossier_id: int) -> frozenset[str]:
    """What the actor is invited to in the plan of a dossier, in the words of portal.policy; empty: not invited."""
    row = session.execute(text("SELECT role, whole FROM acl.plan_role(:dossier)"), {"dossier": dossier_id}).one_or_none()
    if row is None:
        return frozenset()
    writes = row.role == Role.MEESCHRIJVEN
    return frozenset({"plan", *(["plan_write"] if writes else []), *(["plan_begin"] if writes and row.whole else [])})


def plan_only(session: Session) -> frozenset[int]:
    """The numbers of the dossiers of which nothing but (something of) the plan is open to the actor, who was invited."""
    return frozenset(session.execute(text("SELECT acl.plan_only()")).scalar_one())


def _part(row: Any) -> Part:
    status = Status(row.status) if row.status else Status.OPEN
    return Part(row.id, row.public_id, PartKind(row.kind), row.goal_id, row.audience, row.place, _words(row), status, row.at, row.agreed)


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


def responsible(session: Session, dossier_id: int) -> str | None:
    """The one professional who sees to it that the plan is done (eis 8.7), as far as the actor may know; None: nobody is named."""
    found: str | None = session.execute(
        text(
            "SELECT concat_ws(' ', p.first_name, p.infix, p.last_name) FROM casus.assignment t JOIN casus.person p ON p.id = t.staff_id"
            " WHERE t.dossier_id = :dossier AND t.responsible AND t.valid_until IS NULL"
        ),
        {"dossier": dossier_id},
    ).scalar()
    return found


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
