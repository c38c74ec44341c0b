"""The base of all forms: accessible fields, plain text as people type it, and a list of errors to link to.

Protection against forged requests is global (portal/security.py), so a form has no token field of its own.
A browser's own checks are left out (no ``required``, no ``maxlength``): its sentences aren't ours, and
``maxlength`` silently cuts off what somebody pastes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import wtforms
from babel.numbers import format_decimal
from flask_wtf import FlaskForm
from flask_wtf.file import FileField as UploadedField
from markupsafe import Markup
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.meta import DefaultMeta
from wtforms.validators import StopValidation

from portal.i18n import LANGUAGES, N_, current, gettext, lazy

# C0 controls and DEL. Newline and tab are text; a right-to-left override, an emoji or a joiner is somebody's
# own words and stays.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UNREADABLE = N_("In uw tekst staat een teken dat wij niet kunnen bewaren. Haal dat teken weg.")
_NOT_A_CHOICE = N_("Kies een van de antwoorden.")

Validator = Callable[[wtforms.Form, wtforms.Field], None]


def required(message: str) -> Validator:
    """Give a validator that asks for an answer in the words of the question: "Vul uw naam in."."""

    def check(_form: wtforms.Form, field: wtforms.Field) -> None:
        data = field.data.strip() if isinstance(field.data, str) else field.data
        # The number 0 is an answer; an unchecked box isn't.
        if data is None or data is False or data == "" or data == []:
            raise StopValidation(str(message))

    check.field_flags = {"answer_required": True}  # type: ignore[attr-defined]
    return check


def plain_text(max_length: int) -> Validator:
    """Give a validator for people's words: at most ``max_length`` code points; a line end counts once.

    NUL and other control characters are refused, never removed in silence: what was typed stays in the form.
    """

    def check(_form: wtforms.Form, field: wtforms.Field) -> None:
        text = field.data or ""
        if _CONTROLS.search(text):
            raise StopValidation(gettext(_UNREADABLE))
        if len(text) > max_length:
            raise StopValidation(
                gettext(
                    "Uw tekst is te lang: %(count)s tekens. Er passen %(limit)s tekens in.",
                    count=_number(len(text)),
                    limit=_number(max_length),
                )
            )

    return check


def _number(value: int) -> str:
    return format_decimal(value, locale=LANGUAGES[current().language.code].locale)


class _Accessible(wtforms.Field):
    """What each field of ours shares: explanation and error are tied to it, errors are marked."""

    kind = "text"
    css_class = "utrecht-textbox utrecht-textbox--html-input"
    says_required = True

    def __init__(
        self,
        label: Any = None,
        validators: Any = None,
        *,
        autocomplete: str | None = None,
        inputmode: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Make the field; ``autocomplete`` and ``inputmode`` are the HTML values (WCAG 1.3.5)."""
        self.autocomplete = autocomplete
        self.inputmode = inputmode
        super().__init__(label, validators, **kwargs)

    @property
    def optional(self) -> bool:
        """Whether the page says "(hoeft niet)": nothing asks for an answer."""
        return not (self.flags.answer_required or self.flags.required)

    @property
    def described_by(self) -> str:
        """The ids of the explanation and the error, for aria-describedby."""
        ids = [f"{self.id}-uitleg"] if self.description else []
        return " ".join([*ids, f"{self.id}-fout"] if self.errors else ids)

    @property
    def target(self) -> str:
        """The id an error links to."""
        return str(self.id)

    def __call__(self, **kwargs: Any) -> Markup:
        """Render the control itself; the macro ``field`` puts label, explanation and error around it."""
        invalid = f" {self.css_class.split()[0]}--invalid" if self.errors else ""
        attributes = {
            "class": self.css_class + invalid,
            "aria-describedby": self.described_by or None,
            "aria-invalid": "true" if self.errors else None,
            "aria-required": "true" if self.says_required and not self.optional else None,
            "autocomplete": self.autocomplete,
            "inputmode": self.inputmode,
            "required": False,
            **kwargs,
        }
        given = {name: value for name, value in attributes.items() if value is not None}
        rendered: Markup = super().__call__(**given)
        return rendered


class StringField(_Accessible, wtforms.StringField):
    """One line of text. Control characters and line ends are refused."""

    def pre_validate(self, form: wtforms.form.BaseForm) -> None:  # noqa: ARG002
        """Refuse what can't be kept; raises StopValidation."""
        text = self.data or ""
        if _CONTROLS.search(text) or "\n" in text or "\r" in text:
            raise StopValidation(gettext(_UNREADABLE))


class PasswordField(StringField):
    """A password; never filled in again, never read back to the page."""

    widget = wtforms.widgets.PasswordInput(hide_value=True)


class TextAreaField(_Accessible, wtforms.TextAreaField):
    """Longer text. A line end is one character, as it was typed; browsers send two."""

    css_class = "utrecht-textarea utrecht-textarea--html-textarea"

    def __init__(self, label: Any = None, validators: Any = None, *, rows: int = 8, **kwargs: Any) -> None:
        """Make the field, ``rows`` lines high before it grows."""
        self.rows = rows
        super().__init__(label, validators, **kwargs)

    def __call__(self, **kwargs: Any) -> Markup:
        """Render with its own direction, so that Arabic in a Dutch page reads right."""
        return super().__call__(**{"rows": self.rows, "dir": "auto", **kwargs})

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed, verbatim but for the line ends."""
        super().process_formdata(valuelist)
        if self.data:
            self.data = self.data.replace("\r\n", "\n").replace("\r", "\n")

    def pre_validate(self, form: wtforms.form.BaseForm) -> None:  # noqa: ARG002
        """Refuse what can't be kept; raises StopValidation."""
        if _CONTROLS.search(self.data or ""):
            raise StopValidation(gettext(_UNREADABLE))


class _Choosing(_Accessible):
    """What choosing fields share: refusals in our own words, choices as (value, label) pairs."""

    def __init__(self, label: Any = None, validators: Any = None, *, choices: Iterable[Any] = (), **kwargs: Any) -> None:
        """Make the field; ``choices`` are (value, label) pairs, labels may be ``lazy``."""
        kwargs.setdefault("invalid_choice_message", lazy(_NOT_A_CHOICE))
        kwargs.setdefault("invalid_value_message", lazy(_NOT_A_CHOICE))
        super().__init__(label, validators, choices=[_choice(choice) for choice in choices], **kwargs)

    def offer(self, choices: Iterable[tuple[Any, Any]]) -> None:
        """Offer these (value, label) pairs, when only the request knows them."""
        self.choices = [_choice(choice) for choice in choices]

    def pre_validate(self, form: wtforms.form.BaseForm) -> None:
        """Refuse an answer that wasn't offered; whether there must be one is for ``required``."""
        if self.process_errors:
            raise StopValidation
        if self.raw_data:
            super().pre_validate(form)


def _choice(choice: Any) -> SelectChoice:
    return choice if isinstance(choice, SelectChoice) else SelectChoice(*choice)


class SelectField(_Choosing, wtforms.SelectField):  # type: ignore[misc]
    """One answer from a list that folds open; for more than seven answers, otherwise take RadioField."""

    kind = "select"
    css_class = "utrecht-select utrecht-select--html-select"

    @property
    def optional(self) -> bool:
        """A list that always has an answer chosen is not worth a "(hoeft niet)"."""
        return super().optional and any(choice.value in ("", None) for choice in self.choices)


class _Option(wtforms.RadioField._Option):  # noqa: SLF001 — the way to choose how an answer renders
    css_class = "utrecht-radio-button utrecht-radio-button--html-input"

    def __call__(self, **kwargs: Any) -> Markup:
        rendered: Markup = super().__call__(**{"class": self.css_class, "required": False, **kwargs})
        return rendered


class RadioField(_Choosing, wtforms.RadioField):  # type: ignore[misc]
    """One answer from a few, all in sight."""

    kind = "radios"
    option_kind = "radio"
    says_required = False
    _Option = _Option

    @property
    def target(self) -> str:
        """The first answer: a fieldset can't hold the focus."""
        return f"{self.id}-0"


class _Box(_Option):
    css_class = "utrecht-checkbox utrecht-checkbox--html-input"


class CheckboxesField(_Choosing, wtforms.SelectMultipleField):  # type: ignore[misc]
    """Any number of answers from a few."""

    kind = "radios"
    option_kind = "checkbox"
    says_required = False
    option_widget = wtforms.widgets.CheckboxInput()
    _Option = _Box

    @property
    def target(self) -> str:
        """The first answer: a fieldset can't hold the focus."""
        return f"{self.id}-0"


class CheckboxField(_Accessible, wtforms.BooleanField):
    """One thing to say yes to. Never marked as optional: leaving it empty is an answer too."""

    kind = "checkbox"
    css_class = "utrecht-checkbox utrecht-checkbox--html-input"
    says_required = False


class DateField(_Accessible, wtforms.DateField):
    """A day, in the browser's own date control; written as 2026-06-12 where there is none."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the day; none is no mistake here. Raises ValueError in words that say how to write it."""
        if not any(valuelist):
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(gettext("Schrijf de datum zo: 2026-06-12 (jaar, maand, dag).")) from None


class FileField(_Accessible, UploadedField):  # type: ignore[misc]
    """One file. A browser never fills it in again, so after an error it has to be chosen anew."""

    kind = "file"
    css_class = "utrecht-textbox utrecht-textbox--html-input"


class HiddenField(StringField):
    """A value that goes along unseen."""

    kind = "hidden"
    says_required = False
    widget = wtforms.widgets.HiddenInput()

    def __call__(self, **kwargs: Any) -> Markup:
        """Render without a class or description: there is nothing to see."""
        rendered: Markup = wtforms.Field.__call__(self, required=False, **kwargs)
        return rendered


class BaseForm(FlaskForm):  # type: ignore[misc]
    """A form of the portal. ``validate_on_submit()`` and ``data`` as in WTForms."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """How the form library behaves for us."""

        # The masked token is checked for every POST, before any view: portal/security.py.
        csrf = False

        @property
        def locales(self) -> list[str]:
            """The language of this request, for the few sentences the form library says itself."""
            return [current().language.code]

        def get_translations(self, form: wtforms.form.BaseForm) -> Any:
            """Give the form library's own catalogue, not Flask-WTF's, which wants another package."""
            return DefaultMeta.get_translations(self, form)

        def render_field(self, field: wtforms.Field, render_kw: dict[str, Any]) -> Markup:
            """Leave out attributes that are None, so a macro may pass what it doesn't have."""
            given = {name: value for name, value in render_kw.items() if value is not None}
            rendered: Markup = super().render_field(field, given)
            return rendered

    def error_list(self) -> list[tuple[str | None, str]]:
        """Give (id to link to, sentence) for each error, in page order; id None is about the whole form."""
        return list(self._errors())

    def _errors(self) -> Iterator[tuple[str | None, str]]:
        for message in self.form_errors:
            yield None, str(message)
        for field in self:
            if field.errors:
                yield getattr(field, "target", field.id), str(field.errors[0])

    def refuse(self, message: str, field: str | None = None) -> None:
        """Add an error that only the command could know, to ``field`` or to the whole form."""
        if field is None:
            self.form_errors.append(message)
        else:
            self[field].errors = [*self[field].errors, message]


__all__ = [
    "BaseForm",
    "CheckboxField",
    "CheckboxesField",
    "DateField",
    "FileField",
    "HiddenField",
    "PasswordField",
    "RadioField",
    "SelectField",
    "StringField",
    "TextAreaField",
    "lazy",
    "plain_text",
    "required",
]
