"""The results of a sweep, a line of JSON per visit, so that a sweep goes on where it was stopped, however it was stopped."""

import fcntl
import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path


class AlreadyRunningError(Exception):
    """Another sweep writes in this folder."""


@dataclass(frozen=True)
class Result:
    """One visit. ``code``: the fingerprint of what was looked at; not ``visited``: ``problems`` says why the page did not come about."""

    name: str
    code: str
    visited: bool
    problems: list[str]


class Results:
    """Those of one file and one fingerprint; lines of other code stand in the file and count for nothing."""

    def __init__(self, path: Path, code: str) -> None:
        self.path = path
        self.code = code
        self._by_name = {result.name: result for result in _lines(path) if result.code == code}

    def __getitem__(self, name: str) -> Result | None:
        return self._by_name.get(name)

    def visited(self, name: str) -> bool:
        """Whether this visit was made, with or without problems."""
        return name in self._by_name and self._by_name[name].visited

    def add(self, name: str, problems: list[str], *, visited: bool = True) -> None:
        """Writes a line, at once. Call it last: what it tells of has to be on disk already."""
        result = Result(name, self.code, visited, problems)
        with self.path.open("ab+") as file:
            # A line that was cut off by a sudden end is closed first.
            if file.tell() and not _ends_whole(self.path):
                file.write(b"\n")
            file.write(json.dumps(asdict(result), ensure_ascii=False).encode() + b"\n")
        self._by_name[name] = result

    def forget(self, names: Collection[str]) -> None:
        """Takes these visits away, so that they are made again."""
        keep = [result for result in _lines(self.path) if result.name not in names]
        fresh = self.path.with_suffix(".new")
        fresh.write_text("".join(json.dumps(asdict(result), ensure_ascii=False) + "\n" for result in keep), encoding="utf-8")
        fresh.replace(self.path)
        self._by_name = {result.name: result for result in keep if result.code == self.code}


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, 2)
        return file.read(1) == b"\n"


def _lines(path: Path) -> Iterator[Result]:
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            try:
                yield Result(**json.loads(line))
            except (ValueError, TypeError):
                # Cut off by a sudden end: that visit is made again.
                continue


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Only one sweep at a time in a folder. Raises AlreadyRunningError. The lock goes with its process."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise AlreadyRunningError("A sweep is already running in this folder.") from None
        yield
