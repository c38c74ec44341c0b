"""The forms of the dossier."""

from portal.dossier.models import AUDIENCE_NAMES, MAX_BODY, Audience
from portal.forms import (
    BaseForm,
    HiddenField,
    RadioField,
    TextAreaField,
    plain_text,
    required,
)
from portal.i18n import lazy


class ReactionForm(BaseForm):
    """A reaction, and who may read it. ``number`` makes that sending twice writes once; ``base`` is the version that was changed."""

    body = TextAreaField(
        lazy("Uw reactie"),
        [required(lazy("Schrijf eerst uw reactie.")), plain_text(MAX_BODY)],
    )
    audience = RadioField(
        lazy("Wie mag uw reactie lezen?"),
        [required(lazy("Kies wie uw reactie mag lezen."))],
        choices=[(audience.value, lazy(AUDIENCE_NAMES[audience])) for audience in Audience],
        coerce=int,
        default=Audience.PROFESSIONAL.value,
    )
    number = HiddenField()
    base = HiddenField()
