"""Mutants of portal.policy: each line of its map loosened, in this process, and judged by the questions of tests/access/test_policy.py."""

import itertools
from collections.abc import Callable, Iterator
from unittest import mock
from uuid import UUID

from portal import policy
from portal.actor import Actor, Kind
from portal.policy import Asked, Permission, Relation
from tests.access.test_policy import wrong_permissions

Rule = Callable[[Asked], bool]


def _beside(rule: Rule, kind: Kind | None, relation: Relation | None) -> Rule:
    """The rule, and also this one kind in this one relation."""

    def loosened(asked: Asked) -> bool:
        same_kind = asked.actor is None if kind is None else asked.is_kind(kind)
        return rule(asked) or (same_kind and asked.relation is relation)

    return loosened


def _maps() -> Iterator[tuple[str, dict[Permission, Rule]]]:
    for permission, rule in policy.ALLOWED.items():
        if not _never_refused(permission):
            yield f"policy.py: {permission}: always", {**policy.ALLOWED, permission: lambda _asked: True}
        yield f"policy.py: {permission}: never", {**policy.ALLOWED, permission: lambda _asked: False}
        for kind, relation in itertools.product((None, *Kind), (None, *Relation)):
            if policy.allows(permission, _asked(kind, relation)):
                continue
            said = f"{kind or 'nobody'} as {relation or 'nothing'}"
            yield f"policy.py: {permission}: also {said}", {**policy.ALLOWED, permission: _beside(rule, kind, relation)}


def _asked(kind: Kind | None, relation: Relation | None) -> Asked:
    actor = None if kind is None else Actor(1, kind, UUID(int=1))
    return Asked(actor, relation)


def _never_refused(permission: Permission) -> bool:
    """Open to everybody, so that there is nothing to loosen and no refusal to change."""
    return policy.allows(permission, Asked(None, None))


def _open_to_the_unknown(permission: Permission, asked: Asked) -> bool:
    return permission not in policy.ALLOWED or policy.ALLOWED[permission](asked)


def judge_policy_map() -> Iterator[tuple[str, str | None]]:
    """(name, what noticed it) for each mutant of the map; None: nothing did."""
    for name, spoilt in _maps():
        with mock.patch.object(policy, "ALLOWED", spoilt):
            yield name, next(iter(wrong_permissions()), None)
    for permission in Permission:
        if _never_refused(permission):
            continue
        name = f"policy.py: {permission}: {'no more' if permission in policy.ABOUT_A_DOSSIER else 'now'} about a dossier"
        with mock.patch.object(policy, "ABOUT_A_DOSSIER", policy.ABOUT_A_DOSSIER ^ {permission}):
            yield name, next(iter(wrong_permissions()), None)
    with mock.patch.object(policy, "allows", _open_to_the_unknown):
        yield "policy.py: unknown permissions: allowed", next(iter(wrong_permissions()), None)
