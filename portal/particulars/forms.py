"""The forms of what changes about a person, one for each kind."""

from portal.forms import BaseForm, DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField, lazy, plain_text, required
from portal.i18n import current, format_date
from portal.particulars.commands import Written
from portal.particulars.models import MAX_NAME, MAX_PROOF, Kind
from portal.particulars.queries import Treated


class ChangeForm(BaseForm):
    """What shows that it is so. Used as it is when a death was a mistake."""

    number = HiddenField()
    proof = TextAreaField(
        lazy("Waaruit blijkt dat?"),
        [required(lazy("Schrijf op waaruit het blijkt.")), plain_text(MAX_PROOF)],
        rows=2,
        description=lazy("Zoals een uittreksel, een paspoort of een brief."),
    )

    def written(self) -> Written:
        """What was filled in."""
        return Written(Kind.VERGISSING, (self.proof.data or "").strip())


class DiedForm(ChangeForm):
    """On which day."""

    died_on = DateField(lazy("Op welke dag?"), [required(lazy("Vul de dag in."))])

    def written(self) -> Written:
        """What was filled in."""
        return Written(Kind.OVERLEDEN, (self.proof.data or "").strip(), died_on=self.died_on.data)


class NameForm(ChangeForm):
    """The new name."""

    first_name = StringField(lazy("Voornaam"), [required(lazy("Vul de voornaam in.")), plain_text(MAX_NAME)])
    infix = StringField(lazy("Tussenvoegsel"), [plain_text(MAX_NAME)])
    last_name = StringField(lazy("Achternaam"), [required(lazy("Vul de achternaam in.")), plain_text(MAX_NAME)])

    def written(self) -> Written:
        """What was filled in."""
        return Written(
            Kind.NAAM,
            (self.proof.data or "").strip(),
            first_name=(self.first_name.data or "").strip(),
            infix=(self.infix.data or "").strip() or None,
            last_name=(self.last_name.data or "").strip(),
        )


class MovedForm(ChangeForm):
    """To which stadsdeel."""

    stadsdeel = SelectField(lazy("Naar welk stadsdeel?"), [required(lazy("Kies een stadsdeel."))])

    def put(self, stadsdelen: list[tuple[int, str]]) -> None:
        """Offers them: (number, name)."""
        self.stadsdeel.offer([("", lazy("Kies een stadsdeel")), *((str(number), name) for number, name in stadsdelen)])

    def written(self) -> Written:
        """What was filled in."""
        return Written(Kind.STADSDEEL, (self.proof.data or "").strip(), stadsdeel_id=int(self.stadsdeel.data))


class SameForm(ChangeForm):
    """Which two dossiers."""

    main = SelectField(lazy("In welk dossier logt de inwoner in?"), [required(lazy("Kies een dossier."))])
    other = SelectField(lazy("Welk ander dossier is van dezelfde persoon?"), [required(lazy("Kies een dossier."))])

    def put(self, dossiers: list[Treated]) -> None:
        """Offers them."""
        language = current().language.code
        named = [(str(one.public_id), f"\u2068{one.inwoner}\u2069, {format_date(one.birth_date, language)}") for one in dossiers]
        for field in (self.main, self.other):
            field.offer([("", lazy("Kies een dossier")), *named])


class OpenForm(BaseForm):
    """Which one of the own dossiers."""

    dossier = HiddenField()


class AgreeForm(BaseForm):
    """The second one's yes, or no."""

    agrees = RadioField(
        lazy("Klopt dit?"),
        [required(lazy("Kies een antwoord."))],
        choices=[("ja", lazy("Ja, ik zag het bewijs ook")), ("nee", lazy("Nee, dit klopt niet"))],
    )


FORMS: dict[Kind, type[ChangeForm]] = {
    Kind.OVERLEDEN: DiedForm,
    Kind.VERGISSING: ChangeForm,
    Kind.NAAM: NameForm,
    Kind.STADSDEEL: MovedForm,
}
