"""The form of a concept, and the same ready to be placed."""

from datetime import datetime
from typing import ClassVar

from wtforms import Field
from wtforms.validators import ValidationError

from portal.deadlines import AMSTERDAM
from portal.dossier.models import KIND_NAMES, LEEFDOMEIN_NAMES, MAX_BODY, SECTION_NAMES, EntryKind, Leefdomein, Section
from portal.forms import BaseForm, CheckboxField, DateField, SelectField, StringField, TextAreaField, plain_text, required
from portal.i18n import lazy

# Characters.
MAX_TITLE = 120


class _Asked:
    """For a field that has an answer from the start, or is asked for when the concept is placed: never "(hoeft niet)"."""

    field_flags: ClassVar[dict[str, bool]] = {"answer_required": True}

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Anything goes."""


# What a professional writes; the section "own" belongs to the inwoner.
_WRITABLE = [section for section in Section if section is not Section.EIGEN]


class ConceptForm(BaseForm):
    """What a professional writes. Everything may be empty as long as it is a concept."""

    occurred_on = DateField(lazy("Wanneer was het?"), [required(lazy("Kies de dag waarop het was."))])
    kind = SelectField(
        lazy("Wat was het?"),
        [_Asked()],
        # A document is added with its file (portal/documents).
        choices=[(kind.value, lazy(name)) for kind, name in KIND_NAMES.items() if kind is not EntryKind.DOCUMENT],
        coerce=int,
    )
    section = SelectField(
        lazy("Waar hoort het bij?"),
        [_Asked()],
        choices=[(section.value, lazy(SECTION_NAMES[section])) for section in _WRITABLE],
        coerce=int,
    )
    leefdomein = SelectField(
        lazy("Leefdomein"),
        choices=[(Leefdomein.NONE.value, lazy("Geen leefdomein")), *((d.value, lazy(name)) for d, name in LEEFDOMEIN_NAMES.items())],
        coerce=int,
        default=Leefdomein.NONE.value,
    )
    title = StringField(lazy("Titel"), [_Asked(), plain_text(MAX_TITLE)])
    body = TextAreaField(
        lazy("Tekst"), [_Asked(), plain_text(MAX_BODY)], description=lazy("De inwoner leest dit ook. Schrijf het zoals u het zou zeggen.")
    )
    reason = StringField(lazy("Waarom is er een nieuwe versie?"), [plain_text(500)])
    discuss_first = CheckboxField(
        lazy("Eerst bespreken"),
        description=lazy("De inwoner ziet dat er iets is. Lezen kan na 7 dagen, of eerder als de inwoner dat wil."),
    )

    def validate_occurred_on(self, field: Field) -> None:
        """Nobody can have spoken with somebody tomorrow."""
        if field.data is not None and field.data > datetime.now(AMSTERDAM).date():
            raise ValidationError(lazy("Deze dag is nog niet geweest."))


class PlaceForm(ConceptForm):
    """The same, ready to be placed."""

    title = StringField(lazy("Titel"), [required(lazy("Schrijf een titel.")), plain_text(MAX_TITLE)])
    body = TextAreaField(
        lazy("Tekst"),
        [required(lazy("Schrijf eerst de tekst.")), plain_text(MAX_BODY)],
        description=lazy("De inwoner leest dit ook. Schrijf het zoals u het zou zeggen."),
    )
