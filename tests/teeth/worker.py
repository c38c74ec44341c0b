"""What one process does: it has a database copy of its own, spoils it, has it judged, and mends it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier

import psycopg

from portal.demo.postgres import GivenServer
from tests.access.catalogue_live import differences
from tests.conftest import Cluster, PortalDatabase
from tests.teeth.judge import PATIENCE, Judge
from tests.teeth.mutants import Mutant
from tests.teeth.policy_map import judge_policy_map

# Stands for the mutants of portal.policy, which need no database.
POLICY_MAP: tuple[Mutant, ...] = ()

_SNAPSHOT = """
SELECT p.oid::regprocedure::text, pg_get_functiondef(p.oid) || p.proacl::text || p.proowner FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ('acl', 'casus', 'casus_api', 'portaal') AND p.prokind = 'f'
UNION ALL SELECT schemaname || '.' || tablename || ' ' || policyname, concat_ws(' / ', cmd, roles::text, qual, with_check) FROM pg_policies
"""


@dataclass(frozen=True)
class Place:
    """Where a process works."""

    admin_dsn: str
    name: str
    passwords: dict[str, str]
    keys: dict[str, bytes]


@dataclass(frozen=True)
class Verdict:
    """What noticed a mutant; None: nothing did."""

    name: str
    noticed: str | None
    asked: int = 0
    seconds: float = 0


@dataclass
class _Worker:
    judge: Judge
    surgeon: psycopg.Connection[tuple[object, ...]]
    beginning: set[tuple[object, ...]]
    all_here: Barrier


_workers: list[_Worker] = []


def open_place(places: "Queue[Place]", all_here: Barrier) -> None:
    """Takes one database for this process. ``all_here`` is where the processes wait for each other."""
    place = places.get()
    database = PortalDatabase(Cluster(GivenServer(place.admin_dsn), place.passwords, ""), place.name, place.keys)
    surgeon = psycopg.connect(database.admin_dsn, autocommit=True, options=PATIENCE)
    _workers.append(_Worker(Judge(database), surgeon, _snapshot(surgeon), all_here))


def _snapshot(connection: psycopg.Connection[tuple[object, ...]]) -> set[tuple[object, ...]]:
    return set(connection.execute(_SNAPSHOT).fetchall())


def baseline() -> list[str]:
    """What is wrong with this process's database while nothing is spoilt; nothing, it must be. Each process answers once."""
    [worker] = _workers
    worker.all_here.wait()
    found = differences(worker.judge.admin)
    found += [f"{row[0]} was not mended" for row in worker.beginning ^ _snapshot(worker.surgeon)]
    return found + worker.judge.learn()


def judge(mutants: Sequence[Mutant]) -> list[Verdict]:
    """Judges these mutants one by one."""
    if mutants == POLICY_MAP:
        return [Verdict(name, noticed) for name, noticed in judge_policy_map()]
    return [_verdict(mutant) for mutant in mutants]


def _verdict(mutant: Mutant) -> Verdict:
    [worker] = _workers
    began, asked = time.monotonic(), worker.judge.asked
    noticed = _judge_visible(mutant) if mutant.visible else _judge_hidden(mutant)
    return Verdict(mutant.name, noticed, worker.judge.asked - asked, time.monotonic() - began)


def _judge_visible(mutant: Mutant) -> str | None:
    """In a transaction that is never committed; the catalogue reads it there."""
    [worker] = _workers
    admin = worker.judge.admin
    try:
        for statement in mutant.spoil:
            admin.execute(statement.encode())
        return next(iter(differences(admin)), None)
    except psycopg.Error as error:
        return f"PostgreSQL doesn't take it: {type(error).__name__}"
    finally:
        admin.rollback()


def _judge_hidden(mutant: Mutant) -> str | None:
    """Really committed, asked, and mended."""
    [worker] = _workers
    try:
        _all_or_nothing(worker.surgeon, mutant.spoil)
    except psycopg.Error as error:
        return f"PostgreSQL doesn't take it: {type(error).__name__}"
    try:
        return worker.judge.first_wrong(mutant.about)
    finally:
        _all_or_nothing(worker.surgeon, mutant.mend)


def _all_or_nothing(surgeon: psycopg.Connection[tuple[object, ...]], statements: tuple[str, ...]) -> None:
    with surgeon.transaction():
        for statement in statements:
            surgeon.execute(statement.encode())
