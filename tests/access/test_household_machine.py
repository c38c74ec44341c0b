"""In whatever order three adults join, write, step, agree, show and leave: the copies of who is in it are equal, and nobody reads of who isn't."""

import hashlib
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.access.asks_household_plan import DOSSIERS, HIDE, JOIN, JOINT, LEAVE, MAKE, OTHERS, SHOW, dossier
from tests.access.asks_plan import BEGIN, DECIDE, PROPOSE, SHARE, STEP, WRITE, answer, words
from tests.access.conftest import Access
from tests.access.stage import Stage

ADULTS = st.sampled_from([1, 2, 3])
TWO = st.permutations([1, 2, 3])
NEWEST = "SELECT t.* FROM casus.plan_text t WHERE t.part_id = p.id ORDER BY t.number DESC LIMIT 1"
COPIES = (
    "SELECT p.joint_id, p.dossier_id, p.kind, t.body, t.why, t.due_on, t.look_on, t.dropped, t.author_id,"
    " (SELECT s.status FROM casus.plan_step s WHERE s.part_id = p.id ORDER BY s.number DESC LIMIT 1)"
    f" FROM casus.plan_part p JOIN LATERAL ({NEWEST}) t ON true WHERE p.joint_id IS NOT NULL"
)


class HouseholdMachine(RuleBasedStateMachine):
    """The owners of three dossiers of the world."""

    access: Access

    def __init__(self) -> None:
        super().__init__()
        self.connection = psycopg.connect(self.access.database.admin_dsn)
        self.stage = Stage(self.connection, self.access.database.keys)
        self.secret = 0
        self.texts = 0

    @initialize()
    def nothing_yet(self) -> None:
        """From empty plans."""
        for table in ("plan_remark", "plan_decision", "plan_proposal_text", "plan_proposal", "plan_step", "plan_text", "plan_part"):
            self.stage.given(f"DELETE FROM casus.{table}")

    @rule(of=TWO, with_goals=st.booleans())
    def join(self, of: list[int], with_goals: bool) -> None:
        """One asks another, who comes in unless they make a plan with somebody already."""
        code = hashlib.sha256(bytes([of[0]])).digest()
        self._ask(of[0], MAKE, dossier(of[0]), code)
        self._ask(of[1], JOIN, dossier(of[1]), code, with_goals)
        self.stage.given("DELETE FROM casus.joint_plan_try")

    @rule(of=ADULTS)
    def leave(self, of: int) -> None:
        """Out, at once."""
        self._ask(of, LEAVE, dossier(of))

    @rule(of=ADULTS, kind=st.sampled_from([4, 8, 12, 20, 20]), audience=st.sampled_from([1, 2, 3]))
    def begin(self, of: int, kind: int, audience: int) -> None:
        """A text or a goal of the own plan."""
        number = uuid4()
        self._ask(of, BEGIN, of, number, kind, None, audience)
        self._ask(of, WRITE, number, 0, self._words())

    @rule(of=ADULTS, on=st.integers(0, 9))
    def act(self, of: int, on: int) -> None:
        """An action of a goal."""
        goals, number = self._parts(of, "kind = 20"), uuid4()
        if goals:
            self._ask(of, BEGIN, of, number, 21, goals[on % len(goals)][0], 3)
            self._ask(of, WRITE, number, 0, self._words())

    @rule(of=ADULTS, on=st.integers(0, 9), back=st.integers(0, 1), dropped=st.booleans())
    def write(self, of: int, on: int, back: int, dropped: bool) -> None:
        """On what one saw, or on what one saw before somebody else wrote."""
        for part, number in self._one(of, on):
            self._ask(of, WRITE, part, number - back, self._words(dropped=dropped))

    @rule(of=ADULTS, on=st.integers(0, 9), what=st.sampled_from([JOINT, JOINT, SHOW, SHOW, HIDE, SHARE, STEP]), more=st.integers(1, 3))
    def choose(self, of: int, on: int, what: str, more: int) -> None:
        """Makes joint, shows, hides, says who reads, or how far it is."""
        for part, number in self._one(of, on):
            self._ask(of, what, part, *({HIDE: [], SHARE: [more], STEP: [more]}.get(what, [number])))

    @rule(of=ADULTS)
    def agree(self, of: int) -> None:
        """With the own plan as it stands."""
        number = uuid4()
        self._ask(of, PROPOSE, of, number)
        self._ask(of, DECIDE, number, answer())

    @invariant()
    def copies_of_who_is_in_it_are_equal(self) -> None:
        """In words, day and how far; and nobody else has one."""
        found: dict[UUID, set[Any]] = {}
        inside = {row[0] for row in self.stage.seen("SELECT dossier_id FROM casus.joint_plan_member WHERE left_at IS NULL")}
        for row in self.stage.seen(COPIES):
            assert row[1] in inside
            found.setdefault(row[0], set()).add(row[2:])
        assert all(len(same) == 1 for same in found.values())

    @invariant()
    def nobody_reads_of_who_is_not_in_it_nor_what_is_kept(self) -> None:
        """What is shown is of who is in the same plan now, as it stood when it was shown, and never safety or what one keeps."""
        for of, who in DOSSIERS.items():
            plan = "SELECT joint_plan_id FROM casus.joint_plan_member WHERE left_at IS NULL AND dossier_id = %s"
            for name, kind, body, _answers in self.stage.ask("web_inwoner", OTHERS, dossier(of), who=who):
                [(whose, audience, shown)] = self.stage.seen(
                    "SELECT p.dossier_id, p.audience, t.number = p.shown_number FROM casus.plan_part p JOIN casus.plan_text t ON t.part_id = p.id"
                    " WHERE t.body = %s AND p.kind = %s AND t.number = p.shown_number", body, kind
                )  # fmt: skip
                assert (whose != of, audience > 1, shown, kind not in (8, 12, 20, 21)) == (True, True, True, True), name
                assert self.stage.seen(plan, whose) == self.stage.seen(plan, of) != []

    @invariant()
    def no_text_is_lost(self) -> None:
        """What was written once stands there."""
        now = self.stage.value("SELECT count(*) FROM casus.plan_text")
        assert now >= self.texts
        self.texts = now

    def teardown(self) -> None:
        """Nothing stays."""
        self.connection.rollback()
        self.connection.close()

    def _words(self, *, dropped: bool = False) -> str:
        self.secret += 1
        return words(body=f"Tekst {self.secret}", dropped=dropped, holder_name="Zus", due_on="2027-01-02", look_on="2027-01-03")

    def _parts(self, of: int, which: str) -> list[Any]:
        return self.stage.seen(
            f"SELECT p.public_id, t.number FROM casus.plan_part p JOIN LATERAL ({NEWEST}) t ON true WHERE p.dossier_id = %s AND p.{which} ORDER BY p.id", of
        )  # fmt: skip

    def _one(self, of: int, on: int) -> list[Any]:
        found = self._parts(of, "kind > 0")
        return [found[on % len(found)]] if found else []

    def _ask(self, of: int, sql: str, *values: object) -> None:
        """What PostgreSQL refuses changes nothing; that it refuses is judged elsewhere."""
        try:
            self.stage.ask("web_inwoner", sql, *values, who=DOSSIERS[of])
        except psycopg.Error as error:
            if error.sqlstate not in ("MB001", "MB072", "MB091", "MB092", "MB093", "MB094", "MB095", "23514"):
                raise


@pytest.mark.usefixtures("access")
def test_copies_stay_equal_and_who_left_is_out_of_sight(access: Access) -> None:
    HouseholdMachine.access = access
    run_state_machine_as_test(
        HouseholdMachine, settings=settings(max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
    )
