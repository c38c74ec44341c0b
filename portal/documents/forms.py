"""The forms to add a document with, and to choose who reads it."""

from portal.dossier.models import LEEFDOMEIN_NAMES, MAX_BODY, SECTION_NAMES, Audience, Leefdomein, Section
from portal.forms import BaseForm, FileField, HiddenField, RadioField, SelectField, StringField, TextAreaField, plain_text, required
from portal.i18n import N_, lazy

# Characters.
MAX_TITLE = 120
READ_BY = {
    Audience.ME: N_("Alleen ik"),
    Audience.PROFESSIONAL: N_("Ik en mijn hulpverleners"),
    Audience.EVERYONE: N_("Iedereen die dit deel van mijn dossier mag lezen"),
}


class DocumentForm(BaseForm):
    """What both sides say of a document. ``number`` makes that sending twice adds once."""

    title = StringField(lazy("Titel"), [required(lazy("Schrijf een titel.")), plain_text(MAX_TITLE)])
    body = TextAreaField(lazy("Wilt u er iets bij schrijven?"), [plain_text(MAX_BODY)], rows=4)
    leefdomein = SelectField(
        lazy("Waar gaat het over?"),
        choices=[(Leefdomein.NONE.value, lazy("Geen leefdomein")), *((d.value, lazy(name)) for d, name in LEEFDOMEIN_NAMES.items())],
        coerce=int,
        default=Leefdomein.NONE.value,
    )
    number = HiddenField()


class OwnDocumentForm(DocumentForm):
    """What the inwoner adds, and for whom."""

    audience = RadioField(
        lazy("Wie mag dit document lezen?"),
        [required(lazy("Kies wie dit document mag lezen."))],
        choices=[(audience.value, lazy(words)) for audience, words in READ_BY.items()],
        coerce=int,
    )
    file = FileField(
        lazy("Bestand"),
        [required(lazy("Kies een bestand."))],
        description=lazy("Een PDF, een foto, of een tekst uit Word of LibreOffice. Het bestand mag 20 MB groot zijn."),
    )


class ShareForm(BaseForm):
    """Who may read the own document."""

    audience = RadioField(
        lazy("Wie mag dit document lezen?"),
        [required(lazy("Kies wie dit document mag lezen."))],
        choices=[(audience.value, lazy(words)) for audience, words in READ_BY.items()],
        coerce=int,
    )


class TeamDocumentForm(DocumentForm):
    """What a professional adds; where it belongs decides who reads it."""

    section = SelectField(
        lazy("Waar hoort het bij?"),
        choices=[(section.value, lazy(name)) for section, name in SECTION_NAMES.items() if section is not Section.EIGEN],
        coerce=int,
        default=Section.CORRESPONDENTIE.value,
    )
    file = FileField(
        lazy("Bestand"),
        [required(lazy("Kies een bestand."))],
        description=lazy("Een PDF, een foto, of een tekst uit Word of LibreOffice. Het bestand mag 20 MB groot zijn."),
    )
