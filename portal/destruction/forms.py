"""The form with which a professional answers."""

from collections.abc import Sequence
from uuid import UUID

from wtforms import Field
from wtforms.validators import ValidationError

from portal.destruction.queries import GROUNDS
from portal.forms import BaseForm, CheckboxesField, CheckboxField, RadioField, TextAreaField, lazy, plain_text, required
from portal.i18n import gettext

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


class PlanForm(BaseForm):
    """Whether the plan goes; when it stays, why."""

    outcome = RadioField(
        lazy("Wat doet u?"),
        [required(lazy("Kies een antwoord."))],
        choices=[(1, lazy("Het plan wissen")), *((ground, words) for ground, words in GROUNDS.items())],
        coerce=int,
    )
    sure = CheckboxField(lazy("Ik weet zeker dat het plan weg mag."))
    reason = TextAreaField(
        lazy("Leg het uit in gewone woorden"),
        [plain_text(LONGEST_REASON)],
        description=lazy("Alleen als het plan blijft. De inwoner leest dit."),
        rows=3,
    )

    def validate_sure(self, field: Field) -> None:
        """What is gone is gone."""
        if self.outcome.data == 1 and not field.data:
            raise ValidationError(gettext("Kruis aan dat u het zeker weet."))

    def validate_reason(self, field: Field) -> None:
        """What stays has a reason."""
        if self.outcome.data in GROUNDS and not (field.data or "").strip():
            raise ValidationError(gettext("Schrijf op waarom het moet blijven."))


def ground_forms(entries: Sequence[UUID], *, sent: bool) -> dict[UUID, GroundForm]:
    """A form for each entry that stays; ``sent``: filled with what was sent."""
    return {one: GroundForm(prefix=f"r{one.hex}") if sent else GroundForm(formdata=None, prefix=f"r{one.hex}") for one in entries}
