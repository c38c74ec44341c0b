"""The forms of the dossier."""

from wtforms import Field
from wtforms.validators import ValidationError

from portal.dossier.models import AUDIENCE_NAMES, MAX_BODY, MOST_SENTENCES, Audience
from portal.dossier.queries import EntryView, Version
from portal.forms import BaseForm, CheckboxesField, HiddenField, RadioField, TextAreaField, plain_text, required
from portal.i18n import gettext, lazy
from portal.words import sentences


class ReactionForm(BaseForm):
    """A reaction, and who may read it. ``number`` makes that sending twice writes once; ``base`` is the version that was changed."""

    body = TextAreaField(
        lazy("Uw reactie"),
        [required(lazy("Schrijf eerst uw reactie.")), plain_text(MAX_BODY)],
    )
    sentences = CheckboxesField(
        lazy("Over welke zinnen gaat het?"), coerce=int, description=lazy("Kiest u niets? Dan gaat het over de hele notitie.")
    )
    audience = RadioField(
        lazy("Wie mag uw reactie lezen?"),
        [required(lazy("Kies wie uw reactie mag lezen."))],
        choices=[(audience.value, lazy(AUDIENCE_NAMES[audience])) for audience in Audience],
        coerce=int,
        default=Audience.PROFESSIONAL.value,
    )
    about = HiddenField()
    number = HiddenField()
    base = HiddenField()

    def offer_sentences(self, entry: EntryView, about: Version | None) -> Version:
        """Offers the sentences of the version that the form was made with, else of ``about``, else of the newest. Gives that version."""
        sent = self.about.data or ""
        version = entry.version(int(sent) if sent.isdecimal() and len(sent) < 5 else None) or about or entry.newest
        self.about.data = str(version.number)
        self.sentences.offer(list(enumerate(sentences(version.body), start=1)))
        return version

    def validate_sentences(self, field: Field) -> None:
        """The database keeps at most so many with one reaction."""
        if len(field.data or []) > MOST_SENTENCES:
            raise ValidationError(gettext("Kies minder zinnen. U mag er %(count)s kiezen.", count=MOST_SENTENCES))
