"""``make bench``: measures the portal on an invented city, by ratios within one run, and prints a table; build/bench.json holds the same.

The city is filled at the first run (some minutes) and kept in var/bench. docs/measuring.md says what each figure means.
"""

import argparse
import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from portal.demo.postgres import ServerError
from tests.bench import capture, city, database, load, report, web, weights
from tests.bench.capture import Portal
from tests.bench.city import Bench, Person
from tests.bench.report import Row, compared_row, limit_row, ratio_row, void_unless

OUTPUT = city.FOLDER.parents[1] / "build" / "bench.json"
KILOBYTE = 1024
SOUND = (0.15, 0.30)
"""Raw as a part of hello. Outside it this machine, or the bench, is not one on which the goal for pages was set."""


def say(text: str) -> None:
    """Tells how far it is."""
    print(text, flush=True)


def main() -> int:
    """Gives the exit code: 1 with --judge when a goal is missed or the run is void; 2 when it could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--residents", type=int, default=20_000)
    parser.add_argument("--entries", type=int, default=2_000_000)
    parser.add_argument("--rounds", type=int, default=12, help="how often each kind of page gets its turn")
    parser.add_argument("--seconds", type=float, default=2.0, help="how long a turn is")
    parser.add_argument("--pairs", type=int, default=300, help="how many pairs of transactions are compared")
    parser.add_argument("--judge", action="store_true", help="exit code 1 when a goal is missed")
    parser.add_argument("--clean", action="store_true", help="throw the cities away, and stop")
    options = parser.parse_args()
    with _only_one():
        if options.clean:
            city.clean()
            return 0
        before = report.machine()
        try:
            bench = city.open_city(options.residents, options.entries, say)
        except ServerError as refused:
            print(refused, file=sys.stderr)
            return 2
        try:
            rows = _measure(bench, options)
        except load.BadAnswerError as refused:
            print(f"This could not be measured: {refused}.", file=sys.stderr)
            return 2
        finally:
            bench.server.stop()
    facts: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "before": before,
        "after": report.machine(),
        "city": city_words(options),
    }
    report.write(OUTPUT, facts, rows)
    say(
        f"\n{facts['city']}; {before['cores']} cores, {before['memory_gb']} GB; load before {before['load']}, after {facts['after']['load']}\n"
    )
    say(report.table(rows))
    return 1 if options.judge and any(row.met is False for row in rows) else 0


def city_words(options: argparse.Namespace) -> str:
    """How large the city is."""
    return f"{options.residents:,} dossiers, {options.entries:,} entries"


@contextmanager
def _only_one() -> Iterator[None]:
    """Holds the folder as long as this runs: a second one would stop the server of the first."""
    city.FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
    with Path(f"{city.FOLDER}.lock").open("a", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit("The bench runs already.")
        yield


def _measure(bench: Bench, options: argparse.Namespace) -> list[Row]:
    portals = {"inwoner": Portal(bench, "inwoner"), "team": Portal(bench, "team")}
    say("Inside the database")
    rows = _database(bench, portals, options.pairs)
    say("What pages ask and weigh")
    rows += _pages(bench, portals)
    say("Pages through gunicorn")
    rows = _web(bench, portals["inwoner"], options) + rows
    for portal in portals.values():
        portal.close()
    return rows


def _database(bench: Bench, portals: dict[str, Portal], pairs: int) -> list[Row]:
    reader, stranger = bench.people["readers"][:2]
    long, short, colleague = (bench.people[group][0] for group in ("long", "short", "professional"))
    inwoner, last = portals["inwoner"], (long, capture.last_page_address(bench, long))
    return [
        compared_row(
            "lock, inwoner's page",
            database.lock_tax(bench, inwoner, reader, capture.dossier_address(reader), pairs),
            "at most 1.40",
            None,
            1.4,
        ),
        compared_row(
            "lock, professional's page",
            database.lock_tax(bench, portals["team"], colleague, capture.dossier_address(colleague), pairs),
            "at most 1.40",
            None,
            1.4,
        ),
        compared_row("hidden dossier, long to short", database.hidden(bench, inwoner, stranger, max(200, pairs)), "0.90 to 1.10", 0.9, 1.1),
        compared_row(
            f"last page of {long.entries:,} to first of {short.entries}",
            database.last_against_first(bench, inwoner, last, (short, capture.dossier_address(short)), pairs),
            "at most 1.30",
            None,
            1.3,
        ),
        compared_row("line in the read log to a plain line", database.log_insert(bench, inwoner, reader, pairs), "at most 1.50", None, 1.5),
    ]


def _pages(bench: Bench, portals: dict[str, Portal]) -> list[Row]:
    """Statements, rows that plans look at, and weight, of each kind of page."""
    inwoner, team = portals["inwoner"], portals["team"]
    reader, long, colleague = (bench.people[group][0] for group in ("readers", "long", "professional"))
    signed_in: list[tuple[str, Portal, Person, str]] = [
        ("dossier, first page", inwoner, reader, capture.dossier_address(reader)),
        ("dossier of 2,000, first page", inwoner, long, capture.dossier_address(long)),
        ("dossier of 2,000, last page", inwoner, long, capture.last_page_address(bench, long)),
        ("one entry", inwoner, reader, f"{capture.dossier_address(reader)}/notitie/{city.newest_entry(bench, reader)}"),
        ("who looked", inwoner, reader, f"{capture.dossier_address(reader)}/wie-keek-er"),
        ("dossier, professional", team, colleague, capture.dossier_address(colleague)),
        ("caseload", team, colleague, "/"),
    ]
    rows = []
    for name, portal, person, address in signed_in:
        caught = portal.catch(person, address)
        looked_at = database.page_rows(bench, portal, caught)
        rows.append(
            Row(
                f"{name}: statements",
                f"{len(caught.statements)} in {len(caught.transactions)} transactions; {looked_at:,} rows",
                value=len(caught.statements),
            )
        )
        weight = weights.weigh(portal, person, address)
        rows.append(limit_row(f"{name}: HTML", weight.html, 6 * KILOBYTE))
    rows.append(limit_row("signed in: script", weight.script, 20 * KILOBYTE))
    rows.append(limit_row("signed in: CSS", weight.css, 20 * KILOBYTE))
    for address in ("/inloggen", "/hulp"):
        weight = weights.weigh(inwoner, None, address)
        rows.append(limit_row(f"public {address}: HTML", weight.html, 6 * KILOBYTE))
        rows.append(limit_row(f"public {address}: script", weight.script, 0))
        rows.append(limit_row(f"public {address}: CSS", weight.css, 14 * KILOBYTE))
    return rows


def _web(bench: Bench, portal: Portal, options: argparse.Namespace) -> list[Row]:
    asked = {
        "page": [(person, capture.dossier_address(person)) for person in bench.people["readers"]],
        "first of 10": [(person, capture.dossier_address(person)) for person in bench.people["short"]],
        "last of 2,000": [(person, capture.last_page_address(bench, person)) for person in bench.people["long"]],
    }
    scripts = web.write_scripts(bench.folder, "inwoner", [portal.catch(person, address) for person, address in asked["page"]])
    variants = [web.HELLO, web.raw_variant("raw", range(len(asked["page"])))]
    variants += [web.page_variants(portal, name, pages) for name, pages in asked.items()]
    with web.served(bench, "inwoner", scripts) as served:
        fresh = served.memory()
        server = bench.server.process_id
        found = web.by_turns(
            lambda: web.family(served.process) + web.family(server),
            served.port,
            variants,
            rounds=options.rounds,
            seconds=options.seconds,
            say=say,
        )
        used = served.memory()
    sound = ratio_row("raw to hello, answers", web.rate_ratios(found, "raw", "hello"), "0.15 to 0.30, else void", *SOUND)
    page = ratio_row("dossier page to raw, answers", web.rate_ratios(found, "page", "raw"), "at least 0.50", 0.5)
    return [
        sound,
        void_unless(sound, page),
        ratio_row("raw to hello, processor time", web.cpu_ratios(found, "raw", "hello"), ""),
        ratio_row("dossier page to raw, processor time", web.cpu_ratios(found, "page", "raw"), ""),
        *(_rate_row(name, values) for name, values in found.items()),
        Row("memory of a worker", f"{max(fresh) // 2**20} MB fresh, {max(used) // 2**20} MB after the run", n=len(used), value=max(used)),
        Row("cold start", f"{served.cold_start:.1f} s to the first answer", n=1, value=served.cold_start),
    ]


def _rate_row(name: str, values: list[web.Measured]) -> Row:
    rates, cpu = sorted(one.per_second for one in values), sorted(one.cpu * 1000 for one in values)
    middle = len(values) // 2
    return Row(
        f"{name}: answers per second",
        f"{rates[middle]:,.0f}, {cpu[middle]:.1f} ms processor each",
        n=len(values),
        spread=f"{rates[0]:,.0f} to {rates[-1]:,.0f}",
        value=rates[middle],
    )


if __name__ == "__main__":
    sys.exit(main())
