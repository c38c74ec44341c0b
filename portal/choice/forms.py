"""The forms of profiles, and of finding who fits."""

from wtforms import Field
from wtforms.validators import ValidationError

from portal.choice.models import (
    DRAWING_NAMES,
    LANGUAGES_SPOKEN,
    MAX_GOOD_AT,
    MAX_GOOD_AT_LENGTH,
    MAX_WORDS,
    MOST_HOURS,
    MOST_PEOPLE,
    Says,
)
from portal.choice.words import day_name, language_name
from portal.dossier.models import LEEFDOMEIN_NAMES
from portal.forms import (
    BaseForm,
    CheckboxesField,
    CheckboxField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    lazy,
    plain_text,
    required,
)
from portal.i18n import gettext


class ProfileForm(BaseForm):
    """What one tells residents about oneself."""

    number = HiddenField()
    about = TextAreaField(
        lazy("Wie bent u?"),
        [required(lazy("Schrijf iets over uzelf.")), plain_text(MAX_WORDS)],
        rows=5,
        description=lazy("Schrijf over uzelf. Schrijf niets over mensen die u helpt."),
    )
    manner = TextAreaField(lazy("Hoe werkt u?"), [plain_text(MAX_WORDS)], rows=4)
    good_at = TextAreaField(
        lazy("Waar bent u goed in?"),
        [plain_text(MAX_WORDS)],
        rows=5,
        description=lazy("Zet elk ding op een nieuwe regel. Er passen er vijf."),
    )
    leefdomeinen = CheckboxesField(
        lazy("Waarover weet u veel?"), choices=[(code.value, lazy(words)) for code, words in LEEFDOMEIN_NAMES.items() if code], coerce=int
    )
    languages = CheckboxesField(lazy("Welke talen spreekt u?"), [required(lazy("Kies de talen die u spreekt."))])
    days = CheckboxesField(lazy("Op welke dagen werkt u?"), coerce=int)
    lived = CheckboxField(lazy("Ik kreeg zelf ook hulp, en ik weet hoe dat is"))
    drawing = RadioField(
        lazy("Welke tekening past bij u?"),
        [required(lazy("Kies een tekening."))],
        choices=[(code.value, lazy(words)) for code, words in DRAWING_NAMES.items()],
        coerce=int,
    )

    def put(self) -> None:
        """Offers languages and days in the words of the request's language."""
        self.languages.offer([(code, language_name(code)) for code in LANGUAGES_SPOKEN])
        self.days.offer([(day, day_name(day)) for day in range(1, 8)])

    def validate_good_at(self, field: Field) -> None:
        """A few short things."""
        lines = _lines(field.data)
        if len(lines) > MAX_GOOD_AT:
            raise ValidationError(gettext("Dit zijn te veel regels. Er passen er vijf."))
        if any(len(line) > MAX_GOOD_AT_LENGTH for line in lines):
            raise ValidationError(gettext("Een regel is te lang. Gebruik een paar woorden."))

    def says(self) -> Says:
        """What was filled in."""
        return Says(
            self.drawing.data,
            self.languages.data or [],
            _lines(self.good_at.data),
            self.leefdomeinen.data or [],
            (self.about.data or "").strip(),
            (self.manner.data or "").strip(),
            self.days.data or [],
            bool(self.lived.data),
        )


class LookForm(BaseForm):
    """What a team lead says of a profile."""

    good = RadioField(
        lazy("Mag dit zo op de lijst?"),
        [required(lazy("Kies een antwoord."))],
        choices=[("ja", lazy("Ja, zet dit op de lijst")), ("nee", lazy("Nee, stuur het terug"))],
    )
    remark = TextAreaField(lazy("Wat wilt u erbij zeggen?"), [plain_text(MAX_WORDS)], rows=3)

    def validate_remark(self, field: Field) -> None:
        """Who sends it back says why."""
        if self.good.data == "nee" and not (field.data or "").strip():
            raise ValidationError(gettext("Schrijf op wat er anders moet."))


class CaseloadForm(BaseForm):
    """How many people somebody helps at most."""

    person = SelectField(lazy("Van wie?"), [required(lazy("Kies een collega."))])
    most = StringField(
        lazy("Hoeveel mensen kan deze collega helpen?"), [required(lazy("Vul een aantal in.")), plain_text(5)], inputmode="numeric"
    )

    def put(self, people: list[tuple[str, str]]) -> None:
        """Offers the colleagues: (public id, name)."""
        self.person.offer([("", lazy("Kies een collega")), *people])

    def validate_most(self, field: Field) -> None:
        """A number of people."""
        if not (field.data or "").strip().isdecimal() or int(field.data) > MOST_PEOPLE:
            raise ValidationError(gettext("Vul een getal in, bijvoorbeeld 25."))


class HoursForm(BaseForm):
    """How many hours in a week somebody takes, about."""

    dossier = SelectField(lazy("Bij wie?"), [required(lazy("Kies een inwoner."))])
    hours = StringField(lazy("Hoeveel uur per week?"), [required(lazy("Vul een aantal in.")), plain_text(5)], inputmode="numeric")

    def put(self, cases: list[tuple[str, str]]) -> None:
        """Offers the own cases: (public id, name)."""
        self.dossier.offer([("", lazy("Kies een inwoner")), *cases])

    def validate_hours(self, field: Field) -> None:
        """A number of hours."""
        if not (field.data or "").strip().isdecimal() or int(field.data) > MOST_HOURS:
            raise ValidationError(gettext("Vul een getal in van 0 tot en met 40."))


class FindForm(BaseForm):
    """What the list of who works here is narrowed by; sent in a form and never in an address."""

    language = SelectField(lazy("Welke taal spreekt de hulpverlener?"))
    leefdomein = SelectField(lazy("Waarover weet de hulpverlener veel?"), coerce=int)
    team = SelectField(lazy("In welk team?"))

    def put(self, languages: list[str], teams: list[tuple[str, str]]) -> None:
        """Offers what is spoken here, and the teams: (public id, name)."""
        self.language.offer([("", lazy("Dat maakt niet uit")), *((code, language_name(code)) for code in languages)])
        domains = [(code.value, lazy(words)) for code, words in LEEFDOMEIN_NAMES.items() if code]
        self.leefdomein.offer([(0, lazy("Dat maakt niet uit")), *domains])
        self.team.offer([("", lazy("Dat maakt niet uit")), *teams])


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
