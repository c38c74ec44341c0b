"""Forms of putting a dossier out of sight, and of bringing it back."""

from portal.forms import BaseForm, CheckboxField, RadioField, lazy, required


class CalledForm(BaseForm):
    """How the inwoner asked for it."""

    way = RadioField(
        lazy("Hoe vroeg de inwoner dit?"),
        [required(lazy("Kies hoe de inwoner dit vroeg."))],
        choices=[
            ("telefoon", lazy("Zelf, aan de telefoon of in een gesprek")),
            ("oco", lazy("Via een cliëntondersteuner")),
        ],
    )


class SeenForm(BaseForm):
    """The inwoner was there, and it was the inwoner."""

    seen = CheckboxField(
        lazy("Ik sprak de inwoner zelf, zonder anderen erbij"),
        [required(lazy("Dit kan alleen als u de inwoner zelf sprak."))],
        description=lazy("U zag ook een paspoort, een identiteitskaart of een rijbewijs."),
    )
