"""The matrix asked of PostgreSQL, as the web roles, on rows that were really committed."""

import psycopg
import pytest

from tests.access import matrix
from tests.access.asks import ASKS, ask
from tests.access.conftest import Access
from tests.access.world import PEOPLE


def wrong_answer(access: Access, relation: str, act: tuple[str, str]) -> str | None:
    """The answer of the database to one act of one person, when it differs from the matrix."""
    who = PEOPLE[relation]
    expected = relation in matrix.ALLOWED.get(act, set())
    try:
        answer = ask(access.connection(who.face), who, access.token(who), act)
    except (AssertionError, psycopg.Error) as error:
        return f"{relation}: {' '.join(act)}: {type(error).__name__} {error}"
    return None if answer is expected else f"{relation}: {' '.join(act)}: {'allowed' if answer else 'refused'}"


def wrong_answers(access: Access) -> list[str]:
    """Every answer of the database that differs from the matrix."""
    answers = (wrong_answer(access, relation, act) for relation in PEOPLE for act in ASKS)
    return [answer for answer in answers if answer is not None]


def test_the_database_answers_as_the_matrix_says(access: Access) -> None:
    wrong = wrong_answers(access)
    assert not wrong, "\n".join(wrong)


def test_every_act_of_the_matrix_is_asked_and_no_other() -> None:
    assert set(ASKS) == set(matrix.ALLOWED) | matrix.NEVER
    assert not set(matrix.ALLOWED) & matrix.NEVER


def test_every_relation_of_the_matrix_is_somebody() -> None:
    named = set().union(*matrix.ALLOWED.values())
    assert named <= set(PEOPLE)


@pytest.mark.parametrize("act", sorted(matrix.ALLOWED))
def test_every_allowed_act_is_allowed_to_somebody_and_refused_to_a_decoy(act: tuple[str, str]) -> None:
    assert matrix.ALLOWED[act]
    assert set(PEOPLE) - matrix.ALLOWED[act]
