"""Know a process for certain before it is stopped: process ids are used again by the system."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

LAUNCHER = Path(__file__).with_name("launch.py")


@dataclass(frozen=True)
class ProcessMark:
    """What tells one process from every other: id, moment of start and the running system."""

    pid: int
    started: str
    boot: str

    @property
    def alive(self) -> bool:
        """Whether this very process still runs (a zombie does not)."""
        return mark_of(self.pid) == self

    def send(self, number: signal.Signals) -> None:
        """Send a signal, only if this very process still runs."""
        if self.alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)


def mark_of(pid: int) -> ProcessMark | None:
    """Give the mark of a living process, or None when there is none."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return None
    # The name of the program stands between brackets and may hold spaces and brackets itself.
    fields = text.rpartition(")")[2].split()
    state, started = fields[0], fields[19]
    return None if state in "ZX" else ProcessMark(pid, started, boot)


def command_of(pid: int) -> list[str]:
    """Give the command line of a process; an empty list when it is gone."""
    try:
        raw = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return []
    return [part.decode("utf-8", "replace") for part in raw.split(b"\0") if part]


def working_in(folder: Path, program: str) -> list[ProcessMark]:
    """Give the processes that run ``program`` (file name) with ``folder`` as their working folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            same = (entry / "cwd").readlink() == folder and (entry / "exe").readlink().name == program
        except OSError:
            continue
        mark = mark_of(int(entry.name)) if same else None
        if mark is not None:
            found.append(mark)
    return found


def write_private(path: Path, text: str) -> None:
    """Write a file that only this user can read, whole or not at all. Raises OSError (disk full)."""
    temporary = path.with_name(f"{path.name}.new")
    with contextlib.suppress(FileNotFoundError):
        temporary.unlink()
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)


def remember(path: Path, marks: Mapping[str, ProcessMark]) -> None:
    """Write down which processes are ours, under a name each."""
    write_private(path, json.dumps({name: asdict(mark) for name, mark in marks.items()}, indent=1))


def recall(path: Path) -> dict[str, ProcessMark]:
    """Read what ``remember`` wrote; an unreadable file counts as empty."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return {name: ProcessMark(**mark) for name, mark in stored.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def stop_processes(marks: list[ProcessMark], signals: tuple[tuple[signal.Signals, float], ...]) -> bool:
    """Stop processes: each signal in turn, with its number of seconds of patience. True when all are gone."""
    for number, patience in signals:
        for mark in marks:
            mark.send(number)
        if wait_gone(marks, patience):
            return True
    return not any(mark.alive for mark in marks)


def wait_gone(marks: list[ProcessMark], seconds: float) -> bool:
    """Wait until all are gone, at most so many seconds. True when they are."""
    deadline = time.monotonic() + seconds
    while any(mark.alive for mark in marks):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def launch(
    command: list[str],
    *,
    death_signal: signal.Signals,
    identity: str = "same",
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    output: IO[bytes] | int | None = None,
) -> subprocess.Popen[bytes]:
    """Start a program in its own session, which gets ``death_signal`` when the calling *thread* ends.

    The kernel watches the thread that started it, so call this from a thread that lives as long as the
    program. ``identity`` is explained in launch.py. Output and errors both go to ``output``.
    """
    wrapper = [sys.executable, "-I", "-S", str(LAUNCHER), str(os.getpid()), str(int(death_signal)), identity]
    return subprocess.Popen(
        wrapper + command,
        env=None if environment is None else dict(environment),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


@contextlib.contextmanager
def private_umask() -> Iterator[None]:
    """Make new files and folders unreadable for others while this lasts."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
