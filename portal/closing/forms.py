"""Forms of closing and of reading in an emergency."""

from portal.forms import BaseForm, CheckboxField, RadioField, TextAreaField, lazy, plain_text, required

EVERYBODY = "iedereen"
"""The answer for all but the responsible professional."""


class CloseForm(BaseForm):
    """For whom an entry is closed; who can be chosen is offered per entry."""

    person = RadioField(lazy("Wie mag deze notitie niet meer lezen?"), [required(lazy("Kies voor wie de notitie dicht gaat."))])
    tell = CheckboxField(
        lazy("Laat de professional weten dat er iets veranderde"),
        description=lazy("Wij zeggen niet wat. Zonder vinkje vertellen wij niemand iets."),
    )


class EmergencyForm(BaseForm):
    """Why it can't wait."""

    reason = TextAreaField(
        lazy("Wat is het gevaar?"),
        [required(lazy("Schrijf op wat het gevaar is.")), plain_text(1000)],
        description=lazy("De inwoner leest dit ook."),
        rows=4,
    )


class ReviewForm(BaseForm):
    """What a team lead thinks of it."""

    justified = RadioField(
        lazy("Was dit nodig?"),
        [required(lazy("Kies ja of nee."))],
        choices=[("ja", lazy("Ja, dit was nodig")), ("nee", lazy("Nee, dit was niet nodig"))],
    )
    words = TextAreaField(
        lazy("Waarom vindt u dat?"),
        [required(lazy("Schrijf op waarom u dat vindt.")), plain_text(2000)],
        description=lazy("De inwoner leest dit ook."),
        rows=4,
    )
