"""Whatever is written, dropped, shared, laid before and answered, in whatever order: what was agreed with never changes, and holds nothing that was kept."""

from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from tests.access.asks_plan import ASSIGNED, BEGIN, DECIDE, MANDATE, OWNER, PROPOSE, SHARE, STEP, WRITE, answer, face, words
from tests.access.conftest import Access
from tests.access.stage import Stage
from tests.access.world import Who

WRITERS = st.sampled_from([OWNER, MANDATE, ASSIGNED])
KINDS = st.sampled_from([3, 4, 5, 10, 12, 20])
FROZEN = (
    "SELECT x.part_id, x.place, p.kind, t.number, t.body, t.why, t.answers, t.leefdomein, t.perspective, t.holder_name, t.due_on, t.look_on, t.dropped,"
    " t.author_name, t.written_for FROM casus.plan_proposal_text x JOIN casus.plan_part p ON p.id = x.part_id"
    " JOIN casus.plan_text t ON t.part_id = x.part_id AND t.number = x.number WHERE x.proposal_id = %s ORDER BY 1"
)


class PlanMachine(RuleBasedStateMachine):
    """The plan of dossier A of the world, as three people use it."""

    access: Access

    def __init__(self) -> None:
        super().__init__()
        self.connection = psycopg.connect(self.access.database.admin_dsn)
        self.stage = Stage(self.connection, self.access.database.keys)
        self.parts: list[UUID] = []
        self.waiting: UUID | None = None
        self.agreed: dict[int, list[Any]] = {}
        self.count = 0

    @initialize()
    def nothing_yet(self) -> None:
        """From an empty plan."""
        for table in (
            "evaluation_goal",
            "evaluation_look",
            "evaluation_person",
            "evaluation",
            "plan_decision",
            "plan_proposal_text",
            "plan_proposal",
            "plan_step",
            "plan_text",
            "plan_part",
        ):
            self.stage.given(f"DELETE FROM casus.{table}")

    @rule(who=WRITERS, kind=KINDS, audience=st.sampled_from([1, 2, 3]), on=st.integers(0, 9))
    def begin(self, who: Who, kind: int, audience: int, on: int) -> None:
        """A text, a goal, or an action of something that may be a goal."""
        number = uuid4()
        goal = self.parts[on % len(self.parts)] if self.parts and kind == 20 and on % 2 else None
        self._ask(who, BEGIN, 1, number, 21 if goal else kind, goal, audience)
        if self.stage.seen("SELECT FROM casus.plan_part WHERE public_id = %s", number):
            self.parts.append(number)
            self._write(who, number, 0)

    @precondition(lambda self: self.parts)
    @rule(who=WRITERS, on=st.integers(0, 20), back=st.integers(0, 1), dropped=st.booleans())
    def write(self, who: Who, on: int, back: int, dropped: bool) -> None:
        """On what one saw, or on what one saw before somebody else wrote."""
        part = self.parts[on % len(self.parts)]
        newest = self.stage.value(
            "SELECT max(t.number) FROM casus.plan_text t JOIN casus.plan_part p ON p.id = t.part_id WHERE p.public_id = %s", part
        )
        self._write(who, part, (newest or 0) - back, dropped=dropped)

    @precondition(lambda self: self.parts)
    @rule(on=st.integers(0, 20), audience=st.sampled_from([1, 2, 3]))
    def share(self, on: int, audience: int) -> None:
        """The inwoner says who reads it."""
        self._ask(OWNER, SHARE, self.parts[on % len(self.parts)], audience)

    @precondition(lambda self: self.parts)
    @rule(who=WRITERS, on=st.integers(0, 20), status=st.integers(1, 4))
    def step(self, who: Who, on: int, status: int) -> None:
        """How far an action is."""
        self._ask(who, STEP, self.parts[on % len(self.parts)], status)

    @precondition(lambda self: self.parts)
    @rule(order=st.randoms(use_true_random=False))
    def order(self, order: Any) -> None:
        """In another order."""
        shuffled = list(self.parts)
        order.shuffle(shuffled)
        self._ask(OWNER, "SELECT casus.order_goals(%s)", shuffled)

    @rule(who=WRITERS)
    def propose(self, who: Who) -> None:
        """Lays it before the inwoner."""
        number = uuid4()
        self._ask(who, PROPOSE, 1, number)
        if self.stage.seen("SELECT FROM casus.plan_proposal WHERE public_id = %s", number):
            self.waiting = number

    @precondition(lambda self: self.waiting)
    @rule(choice=st.sampled_from([1, 2, 3]), who=WRITERS)
    def decide(self, choice: int, who: Who) -> None:
        """The inwoner answers, in the portal or aloud."""
        way = "mondeling" if who is ASSIGNED else "portaal"
        said = answer(choice=choice, words="Want", way=way, proof="Aan tafel" if way == "mondeling" else "")
        self._ask(who, DECIDE, self.waiting, said)
        [(number, version)] = self.stage.seen("SELECT id, version FROM casus.plan_proposal WHERE public_id = %s", self.waiting)
        if version is not None and number not in self.agreed:
            self.agreed[number] = self.stage.seen(FROZEN, number)

    @invariant()
    def what_was_agreed_is_as_it_was(self) -> None:
        """Word for word."""
        for number, before in self.agreed.items():
            assert self.stage.seen(FROZEN, number) == before
            assert before
            assert all(row[-1] >= 2 and not row[-3] for row in before)

    @invariant()
    def versions_follow_each_other_and_one_waits_at_most(self) -> None:
        """From 1 on, without a gap."""
        versions = [row[0] for row in self.stage.seen("SELECT version FROM casus.plan_proposal WHERE version IS NOT NULL ORDER BY id")]
        assert versions == list(range(1, len(versions) + 1))
        assert len(self.stage.seen("SELECT FROM casus.plan_proposal WHERE settled_at IS NULL")) <= 1

    @invariant()
    def no_text_is_lost(self) -> None:
        """What was written once stands there."""
        assert self.stage.value("SELECT count(*) FROM casus.plan_text") >= self.count
        self.count = self.stage.value("SELECT count(*) FROM casus.plan_text")

    def teardown(self) -> None:
        """Nothing stays."""
        self.connection.rollback()
        self.connection.close()

    def _write(self, who: Who, part: UUID, base: int, *, dropped: bool = False) -> None:
        said = words(body=f"Tekst {base}", dropped=dropped, holder_name="Zus", due_on="2027-01-02", look_on="2027-01-03")
        self._ask(who, WRITE, part, base, said)

    def _ask(self, who: Who, sql: str, *values: object) -> None:
        """What PostgreSQL refuses changes nothing; that it refuses is judged elsewhere."""
        try:
            self.stage.ask(face(who), sql, *values, who=who)
        except psycopg.Error as error:
            if error.sqlstate not in ("MB001", "MB072", "MB091", "MB092", "MB093", "23514", "42501"):
                raise


@pytest.mark.usefixtures("access")
def test_what_was_agreed_with_never_changes(access: Access) -> None:
    PlanMachine.access = access
    run_state_machine_as_test(
        PlanMachine, settings=settings(max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
    )
