"""Questions one by one, a look at what it will be, and only then the act.

What was answered goes along in the form, and nothing is kept before the act.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from portal.sharing.forms import Question
from portal.typed_text import kept_text

WHAT, UNTIL, LOOK, ACT = "wat", "tot", "kijk", "doe"
WANTED, ENTRY = "naar", "notitie"


@dataclass(frozen=True)
class Answers:
    """What came along in the form: the answers so far (None: the first page), and where to next."""

    given: MultiDict[str, str] | None
    wanted: str
    entry: str

    @classmethod
    def of_request(cls) -> "Answers":
        """Of the form that was sent, or of the one that was kept when a session ended."""
        given: MultiDict[str, str] | None = request.form if request.method == "POST" else kept_text()
        sent = given if given is not None else MultiDict()
        return cls(given, sent.get(WANTED, ""), sent.get(ENTRY, "") or request.args.get(ENTRY, ""))

    @property
    def acts(self) -> bool:
        """Whether the review was seen and sent."""
        return request.method == "POST" and self.wanted == ACT

    def step(self, steps: Mapping[str, Question]) -> str | None:
        """The question to show: the one that is wanted, or the first without a good answer. None: all have one."""
        if self.given is None:
            return next(iter(steps))
        return next((name for name, form in steps.items() if name == self.wanted or not form.is_complete()), None)

    def carried(self, forms: Iterable[Question]) -> list[tuple[str, str]]:
        """The answers to these questions, and which entry it is about, to go along to the next page."""
        given = self.given if self.given is not None else MultiDict()
        names = [field.name for form in forms for field in form]
        return [(name, value) for name in names for value in given.getlist(name)] + ([(ENTRY, self.entry)] if self.entry else [])

    def ways(self, shown: str, steps: Mapping[str, Question]) -> dict[str, Any]:
        """For the page with one question: the step after it, the one before it (None: none), and what the other questions carry along."""
        order = [*steps, LOOK]
        place = order.index(shown)
        return {
            "onward": order[place + 1],
            "back": order[place - 1] if place else None,
            "carried": self.carried([other for name, other in steps.items() if name != shown]),
        }
