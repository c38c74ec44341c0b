"""``python -m tests.teeth``: makes the mutants, lets the tests judge each, and tells which were not noticed. Exit 1 when one was not.

``--only TEXT`` (more than once for more texts) judges the mutants whose name has one of them; ``--list`` only names them.
A mutant that was not noticed is named as soon as it is known.
"""

import argparse
import secrets
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

import psycopg

from portal import provision
from portal.demo.postgres import open_server
from portal.migrate import migrate
from tests.access import test_hidden_dossier
from tests.access.conftest import open_world
from tests.conftest import Cluster, PortalDatabase
from tests.teeth.equivalent import EQUIVALENT, NOTHING_TO_SPOIL
from tests.teeth.mutants import Mutant, database_mutants, definer_functions
from tests.teeth.worker import POLICY_MAP, Place, Verdict, baseline, judge, open_place

PROCESSES = 2
BATCH = 24


def main() -> int:
    """Gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.teeth", description=__doc__)
    parser.add_argument("--only", action="append", default=[], metavar="TEXT", help="judge only mutants whose name has this text")
    parser.add_argument("--details", type=Path, metavar="FILE", help="write what noticed each mutant, after how many questions and seconds")
    parser.add_argument("--list", action="store_true", help="only name the mutants")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="teeth-") as folder:
        server = open_server(Path(folder), fast=True)
        server.start()
        try:
            return _run(Cluster(server, _passwords(), secrets.token_hex(4)), options, began)
        finally:
            server.stop()


def _passwords() -> dict[str, str]:
    return {role: secrets.token_urlsafe(16) for role in provision.LOGIN_ROLES}


def _run(cluster: Cluster, options: argparse.Namespace, began: float) -> int:
    only: list[str] = options.only
    keys = {role: secrets.token_bytes(32) for role in provision.ACTOR_ROLES}
    template = PortalDatabase(cluster, cluster.name("teeth"), keys)
    copies = [PortalDatabase(cluster, cluster.name("teeth"), keys) for _ in range(PROCESSES)]
    try:
        _fill(template)
        with psycopg.connect(template.admin_dsn) as admin:
            mutants = database_mutants(admin)
            toothless = _toothless(definer_functions(admin), mutants)
        chosen = [mutant for mutant in mutants if not only or any(text in mutant.name for text in only)]
        if options.list:
            print("\n".join(mutant.name for mutant in chosen))
            return 0
        for copy in copies:
            provision.create_database_from_template(cluster.admin_dsn, template.name, copy.name)
        places = [Place(cluster.admin_dsn, copy.name, cluster.passwords, keys) for copy in copies]
        verdicts, broken = _judge_all(places, chosen, with_map=not only)
        if options.details:
            lines = (f"{v.seconds:.2f}\t{v.asked}\t{v.name}\t{v.noticed}" for v in sorted(verdicts, key=lambda v: -v.seconds))
            options.details.write_text("\n".join(lines), encoding="utf-8")
        return _report(verdicts, broken + toothless, whole=not only, seconds=time.monotonic() - began)
    finally:
        for database in (*copies, template):
            provision.drop_database(cluster.admin_dsn, database.name)


def _fill(database: PortalDatabase) -> None:
    provision.provision(database.cluster.admin_dsn, database.name, database.cluster.passwords)
    migrate(database.url(provision.OWNER))
    provision.install_keys(database.cluster.admin_dsn, database.name, database.keys)
    open_world(database)
    test_hidden_dossier.fill(database)


def _toothless(functions: list[str], mutants: list[Mutant]) -> list[str]:
    """Definer functions without mutants of their own, and excuses that hold no longer."""
    spoilt = {mutant.about for mutant in mutants if not mutant.visible}
    found = [f"{name} gives no mutant: is it understood?" for name in functions if name not in spoilt and name not in NOTHING_TO_SPOIL]
    return found + [f"{name} is excused from mutants for nothing" for name in NOTHING_TO_SPOIL if name in spoilt or name not in functions]


def _judge_all(places: list[Place], mutants: list[Mutant], *, with_map: bool) -> tuple[list[Verdict], list[str]]:
    """Every verdict, and what was wrong with a database before or after."""
    context = get_context("spawn")
    queue = context.Queue()
    for place in places:
        queue.put(place)
    verdicts: list[Verdict] = []
    with ProcessPoolExecutor(len(places), context, initializer=open_place, initargs=(queue, context.Barrier(len(places)))) as pool:
        broken = _baselines(pool, len(places))
        if broken:
            return verdicts, broken
        waiting = [pool.submit(judge, batch) for batch in _batches(mutants)]
        if with_map:
            waiting.append(pool.submit(judge, POLICY_MAP))
        for done in as_completed(waiting):
            verdicts += done.result()
            missed = sum(verdict.noticed is None for verdict in verdicts)
            for verdict in done.result():
                if verdict.noticed is None:
                    print(f"\rnot noticed: {verdict.name}", flush=True)
            print(f"\r{len(verdicts)} of {len(mutants)} mutants judged, {missed} not noticed ", end="", flush=True)
        print()
        return verdicts, _baselines(pool, len(places))


def _baselines(pool: ProcessPoolExecutor, count: int) -> list[str]:
    """What each process says of its unspoilt database."""
    return [what for done in [pool.submit(baseline) for _ in range(count)] for what in done.result()]


def _batches(mutants: list[Mutant]) -> list[tuple[Mutant, ...]]:
    """Mutants of one function or table together, the largest groups first; the visible ones are quick and go in large batches."""
    groups: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        groups.setdefault("visible" if mutant.visible else mutant.about, []).append(mutant)
    batches = []
    for name, group in sorted(groups.items(), key=lambda item: -len(item[1])):
        size = BATCH * 10 if name == "visible" else BATCH
        batches += [tuple(group[place : place + size]) for place in range(0, len(group), size)]
    return batches


def _report(verdicts: list[Verdict], broken: list[str], *, whole: bool, seconds: float) -> int:
    missed = sorted(verdict.name for verdict in verdicts if verdict.noticed is None)
    noticed = {verdict.name for verdict in verdicts if verdict.noticed is not None}
    survived = [name for name in missed if name not in EQUIVALENT]
    for name in survived:
        print(f"NOT NOTICED  {name}")
    wrongly = sorted(EQUIVALENT.keys() & noticed)
    gone = sorted(EQUIVALENT.keys() - noticed - set(missed)) if whole else []
    for name in wrongly:
        print(f"NOTICED, so not equivalent  {name}")
    for name in gone:
        print(f"GONE, so not equivalent  {name}")
    for what in broken:
        print(f"BROKEN  {what}")
    equivalent = [name for name in missed if name in EQUIVALENT]
    for name in equivalent:
        print(f"equivalent  {name}: {EQUIVALENT[name]}")
    print(f"{len(verdicts)} made, {len(noticed)} caught, {len(equivalent)} equivalent, {len(survived)} not noticed; {seconds:.0f} seconds")
    return 1 if survived or wrongly or gone or broken else 0


if __name__ == "__main__":
    sys.exit(main())
