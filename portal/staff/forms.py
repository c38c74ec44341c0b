"""Forms of the staff pages."""

from portal.forms import (
    BaseForm,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    lazy,
    plain_text,
    required,
)

ROLES = {
    "professional": lazy("professional"),
    "teamleider": lazy("teamleider"),
    "beheerder": lazy("beheerder"),
}


class _PostForm(BaseForm):
    job_title = StringField(
        lazy("Functie"),
        [required(lazy("Vul de functie in.")), plain_text(80)],
        description=lazy("Bijvoorbeeld: maatschappelijk werker. Inwoners zien dit."),
    )
    team = SelectField(lazy("Team"), [])
    role = RadioField(
        lazy("Rol"),
        [required(lazy("Kies een rol."))],
        description=lazy("Een beheerder regelt medewerkers en opent geen dossiers."),
    )


class JoinForm(_PostForm):
    """Somebody who starts."""

    first_name = StringField(lazy("Voornaam"), [required(lazy("Vul de voornaam in.")), plain_text(80)])
    infix = StringField(lazy("Tussenvoegsel"), [plain_text(20)], description=lazy("Bijvoorbeeld: van der"))
    last_name = StringField(lazy("Achternaam"), [required(lazy("Vul de achternaam in.")), plain_text(80)])
    email = StringField(lazy("E-mailadres van het werk"), [plain_text(254)], inputmode="email")
    account = HiddenField()


class ChangeForm(_PostForm):
    """Another job, team or role."""


class AbsenceForm(BaseForm):
    """When somebody is away, and who stands in."""

    first_day = DateField(lazy("Eerste dag"), [required(lazy("Vul de eerste dag in."))])
    last_day = DateField(lazy("Laatste dag"), [required(lazy("Vul de laatste dag in."))])
    substitute = SelectField(
        lazy("Wie neemt waar?"),
        [],
        description=lazy("Deze collega mag in die dagen dezelfde dossiers openen. Inwoners zien dat."),
    )


class ConfirmForm(BaseForm):
    """Only a button."""
