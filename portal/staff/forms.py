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


def _job_title() -> StringField:
    return StringField(
        lazy("Functie"),
        [required(lazy("Vul de functie in.")), plain_text(80)],
        description=lazy("Bijvoorbeeld: maatschappelijk werker. Inwoners zien dit."),
    )


def _role() -> RadioField:
    return RadioField(
        lazy("Rol"),
        [required(lazy("Kies een rol."))],
        description=lazy("Een beheerder regelt medewerkers en opent geen dossiers."),
    )


class PostForm(BaseForm):
    """What somebody's place is. The fields of a form stand in the order of the page, as its list of errors does."""

    job_title: StringField
    team: SelectField
    role: RadioField


class JoinForm(PostForm):
    """Somebody who starts."""

    first_name = StringField(lazy("Voornaam"), [required(lazy("Vul de voornaam in.")), plain_text(80)])
    infix = StringField(lazy("Tussenvoegsel"), [plain_text(20)])
    last_name = StringField(lazy("Achternaam"), [required(lazy("Vul de achternaam in.")), plain_text(80)])
    email = StringField(lazy("E-mailadres van het werk"), [plain_text(254)], inputmode="email")
    job_title = _job_title()
    team = SelectField(lazy("Team"), [])
    role = _role()
    account = HiddenField()


class ChangeForm(PostForm):
    """Another job, team or role."""

    job_title = _job_title()
    team = SelectField(lazy("Team"), [])
    role = _role()


class AbsenceForm(BaseForm):
    """When somebody is away, and who stands in."""

    first_day = DateField(lazy("Eerste dag"), [required(lazy("Vul de eerste dag in."))])
    last_day = DateField(lazy("Laatste dag"), [required(lazy("Vul de laatste dag in."))])
    substitute = SelectField(
        lazy("Wie neemt waar?"),
        [],
        description=lazy("Deze collega mag in die dagen dezelfde dossiers openen. Inwoners zien dat."),
    )


class DropForm(BaseForm):
    """The first of the days that don't happen."""

    day = DateField(lazy("Eerste dag"), [required(lazy("Vul de eerste dag in."))])


class ConfirmForm(BaseForm):
    """Only a button."""
