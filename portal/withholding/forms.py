"""Forms of withholding."""

from datetime import date

from wtforms import Field
from wtforms.validators import ValidationError

from portal.forms import BaseForm, CheckboxField, DateField, RadioField, TextAreaField, plain_text, required
from portal.i18n import gettext, lazy
from portal.withholding.models import LAW, Ground


class WithholdForm(BaseForm):
    """Why, until when, and whether being told is the danger itself."""

    ground = RadioField(
        lazy("Waarom mag de inwoner dit nu niet lezen?"),
        [required(lazy("Kies een reden uit de wet."))],
        choices=[(ground.value, lazy(LAW[ground])) for ground in Ground],
        coerce=int,
    )
    reason = TextAreaField(
        lazy("Leg het uit aan de inwoner"),
        [required(lazy("Schrijf op waarom de inwoner dit niet leest.")), plain_text(1000)],
        description=lazy("De inwoner leest dit. Schrijf niet wat er in de notitie staat."),
        rows=4,
    )
    review_on = DateField(lazy("Wanneer kijkt u opnieuw?"), [required(lazy("Kies een dag."))])
    postpone = CheckboxField(
        lazy("De inwoner mag het nog niet weten"),
        description=lazy("Alleen als het gevaarlijk is dat de inwoner het weet. Na een paar weken hoort de inwoner het."),
    )

    def __init__(self, *args: object, today: date, last_day: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._today, self._last_day = today, last_day

    def validate_review_on(self, field: Field) -> None:
        """After today, and within the term."""
        if field.data is not None and not self._today < field.data <= self._last_day:
            raise ValidationError(gettext("Kies een dag binnen 3 maanden."))

    def validate_postpone(self, field: Field) -> None:
        """Only when there is danger."""
        if field.data and self.ground.data != Ground.DANGER:
            raise ValidationError(gettext("Dit kan alleen bij gevaar."))


class AnswerForm(BaseForm):
    """What the second professional thinks of it."""

    agree = RadioField(
        lazy("Bent u het ermee eens?"),
        [required(lazy("Kies ja of nee."))],
        choices=[("ja", lazy("Ja, laat deze notitie niet zien")), ("nee", lazy("Nee, de inwoner mag dit lezen"))],
    )
