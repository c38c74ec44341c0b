"""The forms of asking and answering."""

from wtforms import Field
from wtforms.validators import ValidationError

from portal.dossier.models import AUDIENCE_NAMES, MAX_BODY, MOST_SENTENCES, WISH_NAMES, Audience, Wish
from portal.dossier.queries import EntryView, Version
from portal.forms import BaseForm, CheckboxesField, HiddenField, RadioField, TextAreaField, plain_text, required
from portal.i18n import gettext, lazy
from portal.words import sentences


class AskForm(BaseForm):
    """What all questions beside a text have. ``number`` makes that sending twice asks once; ``about``: which version was shown."""

    sentences = CheckboxesField(
        lazy("Over welke zinnen gaat het?"), coerce=int, description=lazy("Kiest u niets? Dan gaat het over de hele notitie.")
    )
    body = TextAreaField(lazy("Uw vraag"), [required(lazy("Schrijf eerst uw vraag.")), plain_text(MAX_BODY)], rows=5)
    audience = RadioField(
        lazy("Wie mag uw vraag en het antwoord lezen?"),
        [required(lazy("Kies wie uw vraag mag lezen."))],
        choices=[(one.value, lazy(AUDIENCE_NAMES[one])) for one in (Audience.PROFESSIONAL, Audience.EVERYONE)],
        coerce=int,
        default=Audience.PROFESSIONAL.value,
    )
    about = HiddenField()
    number = HiddenField()

    def offer_sentences(self, entry: EntryView) -> Version:
        """Offers the sentences of the version that the form was made with, else of the newest. Gives that version."""
        sent = self.about.data or ""
        version = entry.version(int(sent) if sent.isdecimal() and len(sent) < 5 else None) or entry.newest
        self.about.data = str(version.number)
        self.sentences.offer(list(enumerate(sentences(version.body), start=1)))
        return version

    def validate_sentences(self, field: Field) -> None:
        """The database keeps at most so many with one question."""
        if len(field.data or []) > MOST_SENTENCES:
            raise ValidationError(gettext("Kies minder zinnen. U mag er %(count)s kiezen.", count=MOST_SENTENCES))


class CorrectionForm(AskForm):
    """This is wrong."""

    wish = RadioField(
        lazy("Wat klopt er niet?"),
        [required(lazy("Kies wat er niet klopt."))],
        choices=[(wish.value, lazy(name)) for wish, name in WISH_NAMES.items() if wish is not Wish.UITLEG],
        coerce=int,
    )
    body = TextAreaField(
        lazy("Wat moet er volgens u staan?"),
        [required(lazy("Schrijf wat er volgens u moet staan.")), plain_text(MAX_BODY)],
        rows=5,
        description=lazy("Moet het weg? Schrijf dan waarom."),
    )


class ExplanationForm(AskForm):
    """I don't understand this."""

    body = TextAreaField(lazy("Wat wilt u weten?"), [required(lazy("Schrijf wat u wilt weten.")), plain_text(MAX_BODY)], rows=5)
    after = HiddenField()


class StatementForm(BaseForm):
    """How it is according to the inwoner."""

    body = TextAreaField(lazy("Zo is het volgens u"), [required(lazy("Schrijf eerst hoe het is.")), plain_text(MAX_BODY)], rows=5)
    number = HiddenField()


class AnswerForm(BaseForm):
    """What was done with a correction that was asked."""

    outcome = RadioField(
        lazy("Neemt u het over?"),
        [required(lazy("Kies of u het overneemt."))],
        choices=[(1, lazy("Overgenomen")), (2, lazy("Deels overgenomen")), (3, lazy("Niet overgenomen"))],
        coerce=int,
    )
    body = TextAreaField(
        lazy("Uw antwoord, met de reden"),
        [required(lazy("Schrijf eerst uw antwoord.")), plain_text(MAX_BODY)],
        rows=6,
        description=lazy("De inwoner leest dit bij de tekst. Schrijf het in gewone woorden."),
    )


class ExplainForm(BaseForm):
    """An explanation."""

    body = TextAreaField(
        lazy("Uw uitleg"),
        [required(lazy("Schrijf eerst uw uitleg.")), plain_text(MAX_BODY)],
        rows=6,
        description=lazy("De inwoner leest dit bij de tekst. Schrijf het in gewone woorden."),
    )


class ExtendForm(BaseForm):
    """It takes longer."""

    why = TextAreaField(
        lazy("Waarom duurt het langer?"),
        [required(lazy("Schrijf waarom het langer duurt.")), plain_text(MAX_BODY)],
        rows=3,
        description=lazy("De inwoner leest dit meteen."),
    )


class WhyForm(BaseForm):
    """Why did this person look."""

    words = TextAreaField(lazy("Wilt u er iets bij schrijven?"), [plain_text(MAX_BODY)], rows=3)


class WhyAnswerForm(BaseForm):
    """Why somebody looked."""

    words = TextAreaField(
        lazy("Uw antwoord"),
        [required(lazy("Schrijf eerst uw antwoord.")), plain_text(MAX_BODY)],
        rows=6,
        description=lazy("De inwoner leest dit bij de regel. Schrijf niets op uit het dossier."),
    )
