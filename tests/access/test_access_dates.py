"""However somebody gives, changes and confirms access: what is open ends from today on, within a year, in the database itself."""

from collections.abc import Iterator

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal import deadlines
from portal.sharing.queries import last_day
from tests.access.asks_sharing import HERE, OWNER, put
from tests.access.conftest import Access
from tests.access.stage import Row, Stage
from tests.access.world import public


@pytest.fixture(scope="module")
def stage(access: Access) -> Iterator[Stage]:
    with psycopg.connect(access.database.admin_dsn) as connection:
        yield Stage(connection, access.database.keys)
        connection.rollback()


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["give", "change", "confirm", "withdraw"]),
        st.sampled_from([20, 21, 24, 26]),
        st.integers(-3, 370),
        st.booleans(),
        st.sets(st.integers(1, 9), max_size=3),
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
def test_no_row_of_acts_opens_anything_for_longer(stage: Stage, acts: list[tuple[str, int, int, bool, set[int]]]) -> None:
    def play() -> None:
        today = stage.value("SELECT acl.today()")
        year = last_day(deadlines.ACCESS_LONGEST, today)
        assert year == stage.value("SELECT (acl.today() + interval '1 year')::date")
        for act, person, later, whole, sections in acts:
            before = _rows(stage)
            if act in ("give", "change"):
                only = None if act == "give" else False
                refused = put(stage, person, whole=whole, sections=tuple(sections), until=f"acl.today() + {later}", only=only)
                good = 0 <= later <= (year - today).days
                assert refused == ("MB051" if not good else "" if whole or sections else "MB052")
            else:
                sql = "SELECT acl.confirm_access(%s, %s)" if act == "confirm" else "SELECT acl.withdraw_access(%s, %s, false)"
                stage.ask("web_inwoner", sql, HERE, public("person", person), who=OWNER)
                refused = ""
            after = _rows(stage)
            for row in after - before:
                _number, until, withdrawn = row
                assert withdrawn is not None or today <= until <= year, row
            assert not refused or after == before

    stage.undone(play)


def _rows(stage: Stage) -> set[Row]:
    return set(stage.seen("SELECT id, valid_until, withdrawn_at FROM casus.access_grant"))
