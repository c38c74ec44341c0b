"""The pages through gunicorn as in production: rates of hello, raw and real pages by turns, memory of the workers, and how long a start takes."""

import os
import pickle
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from portal.assets import ROOT
from portal.demo.processes import launch, mark_of, stop_processes
from portal.demo.supervisor import GRACE, gunicorn
from portal.settings import Face
from tests.bench import capture, load
from tests.bench.capture import Caught, Portal
from tests.bench.city import Bench, Person

HOST = "bench.example.nl"


@dataclass(frozen=True)
class Served:
    """One face as gunicorn serves it. ``cold_start``: seconds from starting to the first answer."""

    port: int
    process: int
    cold_start: float

    def workers(self) -> list[int]:
        """Process ids of the workers."""
        return family(self.process)[1:]

    def memory(self) -> list[int]:
        """Memory of each worker in bytes: its own and its share of what it shares (PSS)."""
        found = []
        for worker in self.workers():
            rollup = Path(f"/proc/{worker}/smaps_rollup").read_text(encoding="ascii")
            kilobytes = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
            assert kilobytes
            found.append(int(kilobytes[1]) * 1024)
        return found


def write_scripts(folder: Path, face: Face, pages: list[Caught]) -> Path:
    """What /bench/raw/N does for page N."""
    path = folder / f"scripts-{face}.pickle"
    scripts = [
        {
            "length": page.length,
            "actor": page.actor,
            "transactions": [[(one.sql, one.values) for one in part] for part in page.transactions],
        }
        for page in pages
    ]
    path.write_bytes(pickle.dumps(scripts))
    return path


@contextmanager
def served(bench: Bench, face: Face, scripts: Path) -> Iterator[Served]:
    """Gunicorn, started as the demo and production do, with hello and raw beside the pages."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    environment = capture.environment(bench, face) | {"BENCH_SCRIPTS": str(scripts), "PYTHONPATH": str(ROOT)}
    begun = time.perf_counter()
    with (bench.folder / f"{face}.log").open("wb") as output:
        process = launch(
            [sys.executable, *gunicorn("tests.bench.wsgi:app", port, bench.folder)],
            death_signal=signal.SIGTERM,
            environment=environment,
            folder=ROOT,
            output=output,
        )
    try:
        _wait(process, port, bench.folder)
        yield Served(port, process.pid, time.perf_counter() - begun)
    finally:
        mark = mark_of(process.pid)
        stop_processes([mark] if mark else [], GRACE)
        process.wait(timeout=5)


def _wait(process: "subprocess.Popen[bytes]", port: int, folder: Path) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/inloggen", timeout=5).close()
        except urllib.error.HTTPError as refused:
            raise load.BadAnswerError(f"the sign-in page answers {refused.code}; see {folder}") from None
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise load.BadAnswerError(f"gunicorn does not start; see {folder}") from None
            time.sleep(0.01)
        else:
            return


@dataclass(frozen=True)
class Variant:
    """Something to ask by turns, under a name: the same requests go round."""

    name: str
    requests: list[bytes]


def page_variants(portal: Portal, name: str, asked: list[tuple[Person, str]]) -> Variant:
    """Real pages, each asked by its own reader."""
    return Variant(
        name, [load.request(address, host=HOST, cookie=portal.cookie(person), coding=capture.ACCEPTED) for person, address in asked]
    )


def raw_variant(name: str, numbers: range) -> Variant:
    """What the same pages would cost if nobody had to make them."""
    return Variant(name, [load.request(f"/bench/raw/{number}", host=HOST, coding=capture.ACCEPTED) for number in numbers])


HELLO = Variant("hello", [load.request("/bench/hello", host=HOST)])


@dataclass(frozen=True)
class Measured:
    """One variant in one round: answers per second, and processor time per answer in seconds, of the workers and of PostgreSQL together."""

    per_second: float
    cpu: float


def by_turns(
    processes: Callable[[], list[int]], port: int, variants: list[Variant], *, rounds: int, seconds: float, say: Callable[[str], None]
) -> dict[str, list[Measured]]:
    """Each variant in each round. Each round starts with another one, so that none always follows the same.

    ``processes`` gives the process ids of gunicorn and PostgreSQL. Other programs on the machine take from the answers per second, and hardly
    from the processor time.
    """
    for variant in variants:
        # Until every thread of every worker has its connections, its compiled templates and its prepared statements.
        load.run(port, variant.requests, seconds=max(1.0, seconds))
    found: dict[str, list[Measured]] = {variant.name: [] for variant in variants}
    for number in range(rounds):
        start = number % len(variants)
        for variant in variants[start:] + variants[:start]:
            before = _processor_seconds(processes())
            rate = load.run(port, variant.requests, seconds=seconds)
            used = _processor_seconds(processes())
            cpu = sum(value - before.get(process, 0.0) for process, value in used.items())
            found[variant.name].append(Measured(rate.per_second, cpu / rate.answers))
        last = ", ".join(f"{name} {values[-1].per_second:.0f}/s {values[-1].cpu * 1000:.1f} ms" for name, values in found.items())
        say(f"  round {number + 1} of {rounds}: {last}")
    return found


def _processor_seconds(processes: list[int]) -> dict[int, float]:
    """Processor time of each process up to now: its own, and that of children that are gone."""
    found = {}
    for process in processes:
        try:
            fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        found[process] = sum(int(field) for field in fields[11:13]) / os.sysconf("SC_CLK_TCK")
    return found


def family(process: int) -> list[int]:
    """A process and its children."""
    return [process, *(int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split())]


def rate_ratios(found: dict[str, list[Measured]], of: str, to: str) -> list[float]:
    """Answers per second of one variant, as a part of another's, in each round; smallest first."""
    return sorted(one.per_second / other.per_second for one, other in zip(found[of], found[to], strict=True))


def cpu_ratios(found: dict[str, list[Measured]], of: str, to: str) -> list[float]:
    """The same by processor time: what an answer of ``to`` takes as a part of what an answer of ``of`` takes."""
    return sorted(other.cpu / one.cpu for one, other in zip(found[of], found[to], strict=True))
