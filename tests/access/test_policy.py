"""portal.policy answers as the matrix says, for every permission, every kind of actor and every relation; and refuses what it doesn't know."""

import itertools
from typing import cast
from uuid import UUID

import pytest
from werkzeug.exceptions import Forbidden, NotFound

from portal import policy
from portal.actor import Actor, Kind
from portal.policy import Asked, Permission, Relation
from tests.access import matrix
from tests.access.relations import INVITED_TO, NAMED, RELATIONS
from tests.access.world import PEOPLE

KINDS = (None, *Kind)
WHERE = (None, *Relation)
NAMINGS = tuple({frozenset[str](), *NAMED.values(), *INVITED_TO.values()})

# What can be named, for whom it makes a difference.
_WORDS = {"vertegenwoordiger": NAMED, "naaste": INVITED_TO}


def _expected() -> set[tuple[str, str, str, frozenset[str]]]:
    """(permission, kind, relation, what a mandate names) that is allowed; "any" relation for what is about no dossier."""
    allowed = {(name, kind, "any", names) for name, kinds in matrix.KIND_PERMISSIONS.items() for kind in kinds for names in NAMINGS}
    for act, name in matrix.PERMISSIONS.items():
        for who in matrix.ALLOWED[act]:
            # What a mandate names, or an invitation, is asked of who has one; of anybody else it makes no difference.
            words = _WORDS.get(RELATIONS[who], {})
            asked = frozenset[str]().union(*words.values()) if RELATIONS[who] == "vertegenwoordiger" or who in words else frozenset()
            namings = [names for names in NAMINGS if names & asked == words.get(who, frozenset())]
            allowed |= {(name, PEOPLE[who].kind, RELATIONS[who], names) for names in namings}
    return allowed


def wrong_permissions() -> list[str]:
    """Every answer of portal.policy that differs from the matrix."""
    expected = _expected()
    wrong: list[str] = []
    for permission, kind, relation, names in itertools.product(Permission, KINDS, WHERE, NAMINGS):
        actor = None if kind is None else Actor(1, kind, UUID(int=1))
        said = "nobody" if kind is None else kind.value
        about = {(permission.value, said, "any", names), (permission.value, said, "none" if relation is None else relation.value, names)}
        answer = policy.allows(permission, Asked(actor, relation, names))
        if answer is not bool(expected & about):
            wrong.append(f"{permission.value}: {said} as {relation}, naming {sorted(names)}: {'allowed' if answer else 'refused'}")
    return wrong + _wrong_refusals()


def _wrong_refusals() -> list[str]:
    """About a dossier "no" is "not found"; elsewhere it is "not allowed"; what is unknown is refused."""
    wrong: list[str] = []
    about_a_dossier = set(matrix.PERMISSIONS.values())
    for permission in Permission:
        expected = NotFound if permission.value in about_a_dossier else Forbidden
        try:
            policy.require(permission, Asked(None, None))
        except (Forbidden, NotFound) as refusal:
            if type(refusal) is not expected:
                wrong.append(f"{permission.value}: refused as {type(refusal).__name__}")
        else:
            if permission is not Permission.OPEN:
                wrong.append(f"{permission.value}: not refused to nobody")
    everybody = Actor(1, Kind.BEHEERDER, UUID(int=1))
    if policy.allows(cast(Permission, "unknown"), Asked(everybody, Relation.INWONER)):
        wrong.append("an unknown permission is allowed")
    return wrong


def test_the_policy_answers_as_the_matrix_says() -> None:
    assert wrong_permissions() == []


def test_every_permission_is_judged_by_the_matrix() -> None:
    judged = [*matrix.KIND_PERMISSIONS, *matrix.PERMISSIONS.values()]
    assert sorted(judged) == sorted(permission.value for permission in Permission)


def test_every_permission_has_a_rule() -> None:
    assert set(policy.ALLOWED) == set(Permission)


def test_every_relation_and_kind_occurs_in_the_world() -> None:
    assert {relation.value for relation in Relation} == set(RELATIONS.values())
    assert {kind.value for kind in Kind} - {"job"} <= {who.kind for who in PEOPLE.values()}
    assert set(RELATIONS) == set().union(
        *(people for (act, thing), people in matrix.ALLOWED.items() if (act, thing) == ("read", "dossier"))
    )


@pytest.mark.parametrize("permission", list(Permission))
def test_what_is_refused_stops_the_request(permission: Permission) -> None:
    if permission is Permission.OPEN:
        policy.require(permission, Asked(None))
        return
    with pytest.raises((Forbidden, NotFound)):
        policy.require(permission, Asked(None))
