"""The forms of ending the help."""

from wtforms import Field
from wtforms.validators import Optional, ValidationError

from portal.ending.models import CHOICE_NAMES, KIND_NAMES, MAX_ONWARD, MAX_REASON, SAID_NAMES, WEIGHTY_NAMES, Kind, Weighty
from portal.forms import BaseForm, DateField, RadioField, SelectField, TextAreaField, lazy, plain_text, required
from portal.i18n import gettext


class EndForm(BaseForm):
    """Why and when the help ends, and who stays near."""

    kind = RadioField(
        lazy("Waarom stopt de hulp?"),
        [required(lazy("Kies waarom de hulp stopt."))],
        choices=[(kind.value, lazy(words)) for kind, words in KIND_NAMES.items()],
        coerce=int,
    )
    reason = TextAreaField(
        lazy("Leg uit waarom. Schrijf het zoals u het samen zei."),
        [required(lazy("Leg uit waarom de hulp stopt.")), plain_text(MAX_REASON)],
        rows=4,
    )
    ends_on = DateField(lazy("Wat is de laatste dag?"), [required(lazy("Vul de laatste dag in."))])
    onward = TextAreaField(
        lazy("Wie helpt daarna verder?"),
        [plain_text(MAX_ONWARD)],
        rows=3,
        description=lazy("Bij eerder stoppen: als niemand kan helpen, schrijf dan waarom."),
    )
    not_evaluated = TextAreaField(
        lazy("U keek nog niet samen terug. Waarom niet?"),
        [required(lazy("Kijk eerst samen terug, of schrijf waarom dat niet kan.")), plain_text(MAX_ONWARD)],
        rows=3,
        description=lazy("Samen terugkijken hoort bij het stoppen."),
    )
    weighty = RadioField(
        lazy("Bij eerder stoppen: wat is de zware reden?"),
        choices=[(one.value, lazy(words)) for one, words in WEIGHTY_NAMES.items()],
        coerce=int,
    )
    warned = TextAreaField(lazy("Welke brieven of waarschuwingen waren er, en wanneer?"), [plain_text(MAX_REASON)], rows=3)
    near = SelectField(lazy("Wie blijft bereikbaar?"), choices=[])
    near_until = DateField(lazy("Tot en met welke dag?"), [Optional()])
    near_words = TextAreaField(lazy("Wat spreekt u daarover af?"), [plain_text(MAX_ONWARD)], rows=3)

    def put(self, people: list[tuple[str, str]], *, looked_back: bool) -> None:
        """Offers who can stay near: (public id, name). ``looked_back``: there was a closing evaluation, so that isn't asked."""
        self.near.offer([("", lazy("Niemand")), *people])
        if looked_back:
            del self.not_evaluated

    @property
    def is_early(self) -> bool:
        """Whether the answer is one for which eis 63.2 asks a weighty reason."""
        return self.kind.data in (Kind.EERDER, Kind.UITGESTELD)

    def validate_onward(self, field: Field) -> None:
        """Help ends after it was handed over (eis 63.3)."""
        if (self.is_early or self.kind.data == Kind.OVERGEDRAGEN) and not (field.data or "").strip():
            raise ValidationError(gettext("Schrijf op wie er verder helpt."))

    def validate_weighty(self, field: Field) -> None:
        """Early only for a weighty reason (eis 63.2)."""
        if self.is_early and not field.data:
            raise ValidationError(gettext("Kies de zware reden. Anders gaat de hulp door."))

    def validate_warned(self, field: Field) -> None:
        """The fourth reason needs warnings in writing."""
        if self.is_early and self.weighty.data == Weighty.AFSPRAKEN and not (field.data or "").strip():
            raise ValidationError(gettext("Schrijf op welke waarschuwingen er waren."))

    def validate_near(self, field: Field) -> None:
        """Who stays near does so until a day."""
        if bool(field.data) != (self.near_until.data is not None):
            raise ValidationError(gettext("Kies wie bereikbaar blijft, en tot en met welke dag."))


class AnswerForm(BaseForm):
    """What the inwoner says of the reason (eis 63.5)."""

    choice = RadioField(
        lazy("Klopt deze reden?"),
        [required(lazy("Kies een antwoord."))],
        choices=[(code, lazy(words)) for code, words in CHOICE_NAMES.items()],
        coerce=int,
    )
    words = TextAreaField(lazy("Hoe zit het volgens u?"), [plain_text(MAX_REASON)], rows=4)

    def validate_words(self, field: Field) -> None:
        """Who sees it otherwise says how."""
        if self.choice.data == 2 and not (field.data or "").strip():
            raise ValidationError(gettext("Schrijf op hoe het volgens u zit."))


class AloudForm(AnswerForm):
    """The same, said on paper or aloud."""

    way = RadioField(
        lazy("Hoe zei de inwoner het?"),
        [required(lazy("Kies hoe de inwoner het zei."))],
        choices=[(way, lazy(words)) for way, words in SAID_NAMES.items()],
    )


class AgreeForm(BaseForm):
    """The second yes, or no."""

    agrees = RadioField(
        lazy("Vindt u dit goed?"),
        [required(lazy("Kies een antwoord."))],
        choices=[("ja", lazy("Ja, de hulp mag stoppen")), ("nee", lazy("Nee, de hulp gaat door"))],
    )
