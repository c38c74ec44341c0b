"""The form with which a professional answers."""

from collections.abc import Sequence
from uuid import UUID

from portal.destruction.queries import GROUNDS
from portal.forms import BaseForm, CheckboxesField, RadioField, TextAreaField, lazy, plain_text, required

LONGEST_REASON = 2000


class KeepForm(BaseForm):
    """Which entries stay."""

    keep = CheckboxesField(lazy("Wat moet blijven?"), description=lazy("Wat u niet aankruist, wissen wij voor altijd."))


class GroundForm(BaseForm):
    """Why one entry stays; each has a form of its own, with the number of the entry in its field names."""

    ground = RadioField(
        lazy("Waarom moet het blijven?"), [required(lazy("Kies waarom het moet blijven."))], choices=list(GROUNDS.items()), coerce=int
    )
    reason = TextAreaField(
        lazy("Leg het uit in gewone woorden"),
        [required(lazy("Schrijf op waarom het moet blijven.")), plain_text(LONGEST_REASON)],
        description=lazy("De inwoner leest dit."),
        rows=3,
    )


def ground_forms(entries: Sequence[UUID], *, sent: bool) -> dict[UUID, GroundForm]:
    """A form for each entry that stays; ``sent``: filled with what was sent."""
    return {one: GroundForm(prefix=f"r{one.hex}") if sent else GroundForm(formdata=None, prefix=f"r{one.hex}") for one in entries}
