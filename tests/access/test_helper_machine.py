"""In whatever order an inwoner wishes, colleagues answer, are away and leave, and a lead gives somebody: on no day are two responsible, and where
nobody is, the lead of the team sees it and the page says it."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.access.asks_plan import OWNER
from tests.access.asks_profiles import NEWCOMER
from tests.access.asks_wishes import ANSWER, BACK, GIVE, LAST, SEND, THIRD, WITHOUT, begin, dossier, says
from tests.access.conftest import Access
from tests.access.hired import LEAD, NEW, person
from tests.access.stage import Stage

COLLEAGUES = {NEW: NEWCOMER, THIRD: LAST}
PEOPLE = st.sampled_from(sorted(COLLEAGUES))
DAYS = st.integers(0, 12)
ON = (
    "SELECT d::int, count(t.id) FILTER (WHERE s.left_on IS NULL OR s.left_on > acl.today() + d::int) FROM generate_series(-3, 40) d"
    " LEFT JOIN casus.assignment t ON t.dossier_id = 1 AND t.responsible AND acl.today() + d::int BETWEEN t.valid_from AND coalesce(t.valid_until, 'infinity')"
    " LEFT JOIN casus.staff s ON s.person_id = t.staff_id GROUP BY 1 ORDER BY 1"
)


class HelperMachine(RuleBasedStateMachine):
    """The owner of dossier A of the world, who is helped by "assigned"; days go by."""

    access: Access

    def __init__(self) -> None:
        super().__init__()
        self.connection = psycopg.connect(self.access.database.admin_dsn)
        self.stage = Stage(self.connection, self.access.database.keys)

    @initialize()
    def helped(self) -> None:
        """Somebody helps, two others can be chosen."""
        begin(self.stage)
        self.stage.given("UPDATE casus.dossier SET team_id = 2 WHERE id > 1")

    @rule(people=st.lists(PEOPLE, max_size=2, unique=True), anybody=st.booleans(), tell=st.sampled_from([1, 2]))
    def wish(self, people: list[int], anybody: bool, tell: int) -> None:
        """The owner wants somebody else."""
        self._ask("web_inwoner", SEND, 1, uuid4(), says(*people, waits=True, anybody=anybody, tell=tell), who=OWNER)

    @rule()
    def take_back(self) -> None:
        """Or doesn't any more."""
        if waiting := self._waiting():
            self._ask("web_inwoner", BACK, waiting, who=OWNER)

    @rule(by=PEOPLE, agrees=st.booleans(), days=DAYS)
    def answer(self, by: int, agrees: bool, days: int) -> None:
        """Whose turn it is says so."""
        if waiting := self._waiting():
            self._ask("web_team", ANSWER, waiting, agrees, "Vol", None, self._day(days), who=COLLEAGUES[by])

    @rule(by=PEOPLE, agrees=st.booleans(), days=DAYS)
    def lead_answers(self, by: int, agrees: bool, days: int) -> None:
        """Or who leads the team says who."""
        if waiting := self._waiting():
            self._ask("web_team", ANSWER, waiting, agrees, "Vol", person(by), self._day(days), who=LEAD)

    @rule(by=PEOPLE)
    def give(self, by: int) -> None:
        """Who leads gives somebody, when nobody is responsible."""
        self._ask("web_team", GIVE, dossier(1), person(by), who=LEAD)

    @rule(by=PEOPLE)
    def leave(self, by: int) -> None:
        """Somebody leaves, today; and comes back to work here, for there are but two."""
        self._ask("web_team", "SELECT casus.staff_leave(%s)", person(by), who=LEAD)
        self.stage.given("UPDATE casus.staff SET left_on = NULL WHERE person_id = %s", by)

    @rule(days=DAYS)
    def days_go_by(self, days: int) -> None:
        """Everything lies so many days further back."""
        self.stage.given(
            "UPDATE casus.assignment SET valid_from = valid_from - %s::int, valid_until = valid_until - %s::int WHERE dossier_id = 1",
            days,
            days,
        )

    @invariant()
    def one_is_responsible_or_the_lead_sees_that_nobody_is(self) -> None:
        on: dict[int, int] = dict(self.stage.seen(ON))
        assert max(on.values()) <= 1, on
        without = self.stage.ask("web_team", WITHOUT, who=LEAD)
        # Somebody today, or somebody on a day that is known; else it is on the list.
        assert ([row for row in without if row == (dossier(1),)] == []) is (on[0] == 1 or any(on[day] for day in range(1, 41)))

    def teardown(self) -> None:
        self.connection.rollback()
        self.connection.close()

    def _day(self, days: int) -> date:
        day: date = self.stage.value("SELECT acl.today()")
        return day + timedelta(days)

    def _waiting(self) -> UUID | None:
        found = self.stage.seen("SELECT public_id FROM casus.wish WHERE dossier_id = 1 AND withdrawn_at IS NULL AND answered_at IS NULL")
        return found[0][0] if found else None

    def _ask(self, role: str, sql: str, *values: object, who: object) -> None:
        """Asks; what is refused changes nothing."""
        if not self.stage.refusal(role, sql, *values, who=who):  # type: ignore[arg-type]
            self.stage.ask(role, sql, *values, who=who)  # type: ignore[arg-type]


def test_on_no_day_are_two_responsible_and_nobody_is_forgotten(access: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HelperMachine, "access", access, raising=False)
    run_state_machine_as_test(
        HelperMachine,
        settings=settings(max_examples=40, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)),
    )
