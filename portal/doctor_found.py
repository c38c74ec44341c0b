"""What ``portal doctor`` looks at, and how it says what it found."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError


class State(StrEnum):
    """How something is."""

    GOOD = "good"
    DO = "to do"
    NOTE = "note"


@dataclass(frozen=True)
class Found:
    """One thing looked at: how it is, and a sentence, which says what to do when it isn't good."""

    state: State
    text: str
    order: ClassVar[tuple[State, ...]] = (State.GOOD, State.NOTE, State.DO)


@dataclass(frozen=True)
class Process:
    """The settings of one process, as it gets them: a name for the report, and MBT_* by name."""

    name: str
    environment: Mapping[str, str]

    @property
    def role(self) -> str:
        """The role that it signs in as; empty when its address of the database is none."""
        try:
            return make_url(self.environment.get("MBT_DATABASE_URL", "")).username or ""
        except (ArgumentError, ValueError):
            return ""
