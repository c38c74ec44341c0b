"""The forms of handing over, of answering that, and of receiving."""

from datetime import UTC, date, datetime

from wtforms import Field
from wtforms.validators import Optional, ValidationError

from portal.dossier.models import SECTION_NAMES
from portal.forms import (
    BaseForm,
    CheckboxesField,
    CheckboxField,
    DateField,
    HiddenField,
    RadioField,
    StringField,
    TextAreaField,
    lazy,
    plain_text,
    required,
)
from portal.handover.commands import Proposed, Received, Said, Taken
from portal.handover.models import ANSWER_NAMES, KIND_NAMES, MAX_NAME, MAX_PROOF, MAX_WORDS, SAID_NAMES, Kind
from portal.i18n import gettext

_KINDS = [(kind.value, lazy(words)) for kind, words in KIND_NAMES.items()]
_SECTIONS = [(section.value, lazy(words)) for section, words in SECTION_NAMES.items()]


class _AboutForm(BaseForm):
    """The other party."""

    number = HiddenField()
    kind = RadioField(lazy("Naar wat voor hulp?"), [required(lazy("Kies wat voor hulp het is."))], choices=_KINDS, coerce=int)
    organisation = StringField(lazy("Welke organisatie?"), [required(lazy("Vul de organisatie in.")), plain_text(MAX_NAME)])
    receiver = StringField(
        lazy("Wie krijgt het daar?"),
        [required(lazy("Vul in wie het krijgt.")), plain_text(MAX_NAME)],
        description=lazy("Schrijf de naam en de functie op."),
    )
    why = TextAreaField(
        lazy("Waarom draagt u over?"),
        [required(lazy("Schrijf op waarom u overdraagt.")), plain_text(MAX_WORDS)],
        rows=3,
        description=lazy("De inwoner leest dit. De ander ook."),
    )
    starts_on = DateField(lazy("Op welke dag begint de hulp daar?"), [required(lazy("Vul de eerste dag in."))])


class ProposeForm(_AboutForm):
    """To whom, and what could go along."""

    ends_here = RadioField(
        lazy("Wat gebeurt er met onze hulp?"),
        [required(lazy("Kies wat er met onze hulp gebeurt."))],
        choices=[("stopt", lazy("Die stopt als de ander begonnen is")), ("gaat-door", lazy("Die gaat door, naast de ander"))],
    )
    sections = CheckboxesField(lazy("Welke notities zijn nodig?"), choices=_SECTIONS, coerce=int)
    from_day = DateField(lazy("Vanaf welke dag zijn ze nodig?"), [Optional()], description=lazy("Laat leeg voor alles."))
    with_plan = CheckboxField(lazy("Het plan is nodig."))

    def proposed(self) -> Proposed:
        """What was filled in."""
        return Proposed(
            Kind(self.kind.data),
            (self.organisation.data or "").strip(),
            (self.receiver.data or "").strip(),
            (self.why.data or "").strip(),
            self.starts_on.data or date.min,
            self.ends_here.data == "stopt",
            sorted(self.sections.data or []),
            self.from_day.data,
            bool(self.with_plan.data),
        )


class ReceiveForm(_AboutForm):
    """Who handed over to us, and what came along."""

    kind = RadioField(lazy("Van wat voor hulp?"), [required(lazy("Kies wat voor hulp het is."))], choices=_KINDS, coerce=int)
    receiver = StringField(
        lazy("Wie droeg het over?"),
        [required(lazy("Vul in wie het overdroeg.")), plain_text(MAX_NAME)],
        description=lazy("Schrijf de naam en de functie op."),
    )
    why = TextAreaField(
        lazy("Waarom kwam de inwoner bij ons?"),
        [required(lazy("Schrijf op waarom de inwoner bij ons kwam.")), plain_text(MAX_WORDS)],
        rows=3,
        description=lazy("De inwoner leest dit."),
    )
    starts_on = DateField(lazy("Vanaf welke dag helpen wij?"), [required(lazy("Vul de eerste dag in."))])
    taken_how = TextAreaField(
        lazy("Wat kreeg u van hen?"),
        [required(lazy("Schrijf op wat u kreeg.")), plain_text(MAX_PROOF)],
        rows=3,
        description=lazy("Zoals een brief of een gesprek. Een bestand voegt u zelf toe bij de documenten."),
    )

    def received(self) -> Received:
        """What was filled in."""
        return Received(
            Kind(self.kind.data),
            (self.organisation.data or "").strip(),
            (self.receiver.data or "").strip(),
            (self.why.data or "").strip(),
            self.starts_on.data or date.min,
            (self.taken_how.data or "").strip(),
        )


class AnswerForm(BaseForm):
    """What goes along, and whether that is good. ``shown``: which entries stood on the page; ``seen``: when."""

    sections = CheckboxesField(lazy("Welke notities mogen mee?"), choices=_SECTIONS, coerce=int)
    from_day = DateField(lazy("Vanaf welke dag?"), [Optional()], description=lazy("Laat leeg voor alles."))
    entries = CheckboxesField(lazy("Deze notities gaan mee"))
    shown = HiddenField()
    seen = HiddenField()
    with_plan = CheckboxField(lazy("Het plan mag mee."))
    choice = RadioField(
        lazy("Vindt u dit goed?"),
        [required(lazy("Kies een antwoord."))],
        choices=[(code, lazy(words)) for code, words in ANSWER_NAMES.items()],
        coerce=int,
    )
    words = TextAreaField(lazy("Wilt u er iets bij zeggen?"), [plain_text(MAX_WORDS)], rows=3)

    def validate_choice(self, field: Field) -> None:
        """Yes to nothing is no handover."""
        with_plan = "with_plan" in self and self.with_plan.data
        if field.data == 1 and not self.entries.data and not with_plan:
            raise ValidationError(gettext("Kies wat er mee mag, of zeg nee."))

    def said(self, plan_version: int | None) -> Said:
        """What was filled in. ``plan_version``: of the plan that can go along."""
        return Said(
            self.choice.data,
            (self.words.data or "").strip(),
            self["way"].data if "way" in self else "portaal",
            (self["proof"].data or "").strip() if "proof" in self else "",
            self.seen_at,
            plan_version if "with_plan" in self and self.with_plan.data and self.choice.data == 1 else None,
        )

    @property
    def seen_at(self) -> datetime:
        """When what goes along was shown (UTC); long ago when the page doesn't say, so that all is shown anew."""
        try:
            return datetime.fromisoformat(self.seen.data or "").astimezone(UTC)
        except ValueError:
            return datetime(2000, 1, 1, tzinfo=UTC)


class AloudForm(AnswerForm):
    """The same, said on paper or aloud."""

    way = RadioField(
        lazy("Hoe zei de inwoner het?"),
        [required(lazy("Kies hoe de inwoner het zei."))],
        choices=[(way, lazy(words)) for way, words in SAID_NAMES.items()],
    )
    proof = TextAreaField(
        lazy("Waaruit blijkt dat?"),
        [required(lazy("Schrijf op waaruit het blijkt.")), plain_text(MAX_PROOF)],
        rows=2,
        description=lazy("Zoals een handtekening, of wie erbij was."),
    )


class StuckForm(BaseForm):
    """What doesn't go on."""

    words = TextAreaField(lazy("Wat gaat er niet goed?"), [plain_text(MAX_WORDS)], rows=3)


class _TakesForm(BaseForm):
    """What the other party says; the words are those for who has the code."""

    takes = RadioField(
        lazy("Neemt u de hulp over?"),
        [required(lazy("Kies een antwoord."))],
        choices=[("ja", lazy("Ja")), ("nee", lazy("Nee"))],
    )
    on_day = DateField(lazy("Op welke dag begint uw hulp?"), [Optional()])
    reason = TextAreaField(lazy("Waarom niet?"), [plain_text(MAX_WORDS)], rows=3, description=lazy("De inwoner leest dit."))

    def validate_on_day(self, field: Field) -> None:
        """A yes has a day."""
        if self.takes.data == "ja" and field.data is None:
            raise ValidationError(gettext("Vul de eerste dag in."))

    def validate_reason(self, field: Field) -> None:
        """A no has a reason."""
        if self.takes.data == "nee" and not (field.data or "").strip():
            raise ValidationError(gettext("Schrijf op waarom niet."))

    def taken(self) -> Taken:
        """What was filled in."""
        yes = self.takes.data == "ja"
        return Taken(
            (self["by"].data or "").strip(),
            yes,
            self.on_day.data if yes else None,
            "" if yes else (self.reason.data or "").strip(),
            (self["how"].data or "").strip() if "how" in self else "",
        )


class TakeForm(_TakesForm):
    """The same, with the code and the name that were typed before."""

    code = HiddenField()
    by = HiddenField(validators=[required(lazy("Vul uw naam en functie in.")), plain_text(MAX_NAME)])


class TakenForm(_TakesForm):
    """The same, said elsewhere and written down by who works in the dossier."""

    by = StringField(
        lazy("Wie van hen zei het?"),
        [required(lazy("Vul in wie het zei.")), plain_text(MAX_NAME)],
        description=lazy("Schrijf de naam en de functie op."),
    )
    takes = RadioField(
        lazy("Nemen zij de hulp over?"),
        [required(lazy("Kies een antwoord."))],
        choices=[("ja", lazy("Ja")), ("nee", lazy("Nee"))],
    )
    on_day = DateField(lazy("Op welke dag begint hun hulp?"), [Optional()])
    how = TextAreaField(
        lazy("Hoe weet u dit?"),
        [required(lazy("Schrijf op hoe u dit weet.")), plain_text(MAX_PROOF)],
        rows=2,
        description=lazy("Zoals een brief, een mail of een telefoongesprek."),
    )


class CodeForm(BaseForm):
    """The code, and who has it."""

    code = StringField(
        lazy("Uw code"),
        [required(lazy("Vul uw code in.")), plain_text(60)],
        description=lazy("De code heeft 16 letters en cijfers. Streepjes mag u weglaten."),
    )
    by = StringField(
        lazy("Uw naam en functie"),
        [required(lazy("Vul uw naam en functie in.")), plain_text(MAX_NAME)],
        description=lazy("De inwoner ziet wie dit opende."),
    )
