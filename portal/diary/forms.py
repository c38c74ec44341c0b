"""The forms of the diary."""

from portal.dossier.models import LEEFDOMEIN_NAMES, MAX_BODY, Audience, Leefdomein
from portal.forms import BaseForm, HiddenField, RadioField, SelectField, StringField, TextAreaField, plain_text, required
from portal.i18n import N_, lazy

# Characters.
MAX_TITLE = 120
SHARED_WITH = {
    Audience.ME: N_("Alleen ik"),
    Audience.PROFESSIONAL: N_("Ik en mijn hulpverleners"),
    Audience.EVERYONE: N_("Iedereen die dit deel van mijn dossier mag lezen"),
}


class PageForm(BaseForm):
    """What stands on a page. ``number`` makes that sending twice writes once; ``base`` is the text that was changed."""

    body = TextAreaField(lazy("Wat wilt u opschrijven?"), [required(lazy("Schrijf eerst iets op.")), plain_text(MAX_BODY)], rows=12)
    title = StringField(lazy("Titel"), [plain_text(MAX_TITLE)], description=lazy("Laat u dit leeg? Dan is de titel de datum."))
    number = HiddenField()
    base = HiddenField()


class NewPageForm(PageForm):
    """A new page, which may be about a part of life."""

    leefdomein = SelectField(
        lazy("Waar gaat het over?"),
        choices=[(Leefdomein.NONE.value, lazy("Geen leefdomein")), *((d.value, lazy(name)) for d, name in LEEFDOMEIN_NAMES.items())],
        coerce=int,
        default=Leefdomein.NONE.value,
    )


class ShareForm(BaseForm):
    """Who may read a page."""

    audience = RadioField(
        lazy("Wie mag deze bladzijde lezen?"),
        [required(lazy("Kies wie deze bladzijde mag lezen."))],
        choices=[(audience.value, lazy(words)) for audience, words in SHARED_WITH.items()],
        coerce=int,
    )
