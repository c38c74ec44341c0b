"""The forms of the plan."""

from datetime import date, datetime
from typing import cast

from wtforms import Field
from wtforms.validators import Optional, ValidationError

from portal.deadlines import AMSTERDAM
from portal.dossier.models import LEEFDOMEIN_NAMES, Audience, Leefdomein
from portal.forms import (
    BaseForm,
    CheckboxField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    plain_text,
    required,
)
from portal.i18n import gettext, lazy
from portal.plan.models import (
    AUDIENCE_NAMES,
    CHOICE_NAMES,
    COPY_NAMES,
    MAX_BODY,
    MAX_NAME,
    MAX_PROOF,
    MAX_REMARK,
    MAX_WHY,
    OWN_NAMES,
    PERSPECTIVE_NAMES,
    PLAYS_NAMES,
    WAY_NAMES,
    Choice,
    PartText,
)

_ANOTHER = "ander"


class PartForm(BaseForm):
    """A text of the plan, with its question if it has one. ``base``: the text that was changed; ``number``: the id of a new part."""

    answer = RadioField(choices=[], coerce=int)
    body = TextAreaField(validators=[plain_text(MAX_BODY)], rows=8)
    audience = RadioField(
        lazy("Wie mag dit lezen?"),
        [required(lazy("Kies wie dit mag lezen."))],
        choices=[(audience.value, lazy(words)) for audience, words in AUDIENCE_NAMES.items()],
        coerce=int,
    )
    base = HiddenField()
    number = HiddenField()

    def put(self, part: PartText, *, shares: bool, kept_safe: bool) -> None:
        """Asks what this part asks; who reads it is asked of the inwoner alone, and what keeps one safe is never for who reads along."""
        self.body.label.text, self.body.description = lazy(part.name), lazy(part.hint)
        if part.answers:
            self.answer.label.text = lazy(part.question)
            self.answer.offer((code, lazy(words)) for code, words in part.answers.items())
        else:
            del self.answer
        if not shares:
            del self.audience
        elif kept_safe:
            self.audience.offer((one.value, lazy(AUDIENCE_NAMES[one])) for one in (Audience.PROFESSIONAL, Audience.ME))

    @property
    def answers(self) -> list[int]:
        """The answer, as it is kept."""
        given = self.answer.data if "answer" in self else None
        return [int(given)] if given else []


class LeefdomeinenForm(BaseForm):
    """What plays, for each leefdomein; none has to be answered."""

    base = HiddenField()
    number = HiddenField()

    @property
    def answers(self) -> list[int]:
        """For each leefdomein in its order, 0 where nothing was said."""
        return [int(self[_field(domain)].data or 0) for domain in LEEFDOMEIN_NAMES]

    def fill(self, answers: list[int]) -> None:
        """Shows what was answered before."""
        for domain, answer in zip(LEEFDOMEIN_NAMES, answers, strict=False):
            self[_field(domain)].data = answer or None


def _field(domain: Leefdomein) -> str:
    return f"domein_{domain.value}"


for _domain, _name in LEEFDOMEIN_NAMES.items():
    setattr(
        LeefdomeinenForm,
        _field(_domain),
        RadioField(lazy(_name), choices=[(plays.value, lazy(words)) for plays, words in PLAYS_NAMES.items()], coerce=int),
    )


class GoalForm(BaseForm):
    """A goal in the own words."""

    body = StringField(
        lazy("Wat wilt u bereiken?"),
        [required(lazy("Schrijf op wat u wilt bereiken.")), plain_text(200)],
        description=lazy("Eén ding, in uw eigen woorden."),
    )
    why = TextAreaField(lazy("Waarom is dit belangrijk voor u?"), [plain_text(MAX_WHY)], rows=4)
    leefdomein = SelectField(
        lazy("Waar gaat het over?"),
        choices=[(Leefdomein.NONE.value, lazy("Geen leefdomein")), *((d.value, lazy(name)) for d, name in LEEFDOMEIN_NAMES.items())],
        coerce=int,
        default=Leefdomein.NONE.value,
    )
    perspective = RadioField(
        lazy("Wat past bij dit doel?"), choices=[(one.value, lazy(words)) for one, words in PERSPECTIVE_NAMES.items()], coerce=int
    )
    audience = RadioField(
        lazy("Wie mag dit doel lezen?"),
        [required(lazy("Kies wie dit mag lezen."))],
        choices=[(audience.value, lazy(words)) for audience, words in AUDIENCE_NAMES.items()],
        coerce=int,
        default=Audience.EVERYONE.value,
    )
    base = HiddenField()
    number = HiddenField()


class ActionForm(BaseForm):
    """One step towards a goal: who does it, for which day, and when one looks at it together (eis 8.4 under 9)."""

    body = StringField(
        lazy("Wat gaat er gebeuren?"),
        [required(lazy("Schrijf op wat er gaat gebeuren.")), plain_text(300)],
        description=lazy("Begin klein."),
    )
    holder = SelectField(lazy("Wie doet dit?"), choices=[])
    holder_name = StringField(
        lazy("Is het iemand anders? Schrijf dan de naam op."),
        [plain_text(MAX_NAME)],
        description=lazy("Een voornaam of een organisatie is genoeg."),
    )
    due_on = DateField(lazy("Voor welke dag is het klaar?"), [Optional()])
    look_on = DateField(lazy("Wanneer kijkt u er samen naar?"), [Optional()])
    base = HiddenField()
    number = HiddenField()

    def offer(self, people: list[tuple[str, str]]) -> None:
        """Offers who can be named: (public id, name)."""
        self.holder.offer([("", lazy("Nog niemand")), *people, (_ANOTHER, lazy("Iemand anders"))])

    @property
    def named(self) -> str | None:
        """The public id of who was chosen, or None."""
        return self.holder.data if self.holder.data not in (None, "", _ANOTHER) else None

    @property
    def typed(self) -> str:
        """The name that was typed, when nobody of the list was chosen."""
        return "" if self.named else (self.holder_name.data or "").strip()


class RemarkForm(BaseForm):
    """Something to say beside a part. ``number`` makes that sending twice makes one."""

    body = TextAreaField(lazy("Wat wilt u zeggen?"), [required(lazy("Schrijf op wat u wilt zeggen.")), plain_text(MAX_REMARK)], rows=4)
    number = HiddenField()


class AnswerForm(BaseForm):
    """That a remark was read, with an answer or without."""

    answer = TextAreaField(lazy("Wilt u iets terugzeggen? Het hoeft niet."), [plain_text(MAX_REMARK)], rows=2)


class PressureForm(BaseForm):
    """Drang or dwang, with its ground. ``number`` makes that sending twice makes one."""

    kind = RadioField(
        lazy("Is het drang of dwang?"),
        [required(lazy("Kies drang of dwang."))],
        choices=[
            (1, lazy("Drang: nee zeggen mag, maar dat heeft gevolgen")),
            (2, lazy("Dwang: een rechter of de wet bepaalt het")),
        ],
        coerce=int,
    )
    ground = TextAreaField(
        lazy("Waarom?"),
        [required(lazy("Schrijf op waarom.")), plain_text(MAX_REMARK)],
        rows=4,
        description=lazy("Noem ook de wet of de uitspraak waar het op rust."),
    )
    from_day = DateField(lazy("Vanaf welke dag?"), [required(lazy("Vul de dag in."))])
    until_day = DateField(lazy("Tot en met welke dag?"), [Optional()], description=lazy("Weet u dat nog niet? Laat het leeg."))
    number = HiddenField()

    @property
    def first_day(self) -> date:
        """The day from which it holds; only of a form that was filled in well."""
        return cast(date, self.from_day.data)

    def validate_until_day(self, field: Field) -> None:
        """Not before it begins."""
        if field.data is not None and self.from_day.data is not None and field.data < self.from_day.data:
            raise ValidationError(gettext("Deze dag is voor de eerste dag."))


class DecideForm(BaseForm):
    """What the inwoner says of the plan; whether a copy is wanted is always asked (eis 8.2)."""

    choice = RadioField(
        lazy("Bent u het eens met dit plan?"),
        [required(lazy("Kies een antwoord."))],
        choices=[(choice.value, lazy(words)) for choice, words in CHOICE_NAMES.items()],
        coerce=int,
    )
    words = TextAreaField(
        lazy("Wat wilt u erbij zeggen?"), [plain_text(MAX_WHY)], rows=4, description=lazy("Bij nee: wat klopt er niet, of wat mist u?")
    )

    def validate_words(self, field: Field) -> None:
        """A remark, or a no, needs words."""
        if self.choice.data in (Choice.MET_OPMERKING, Choice.NIET_AKKOORD) and not (field.data or "").strip():
            raise ValidationError(gettext("Schrijf op wat u erbij wilt zeggen."))

    own = RadioField(lazy("Voelt dit als uw eigen plan?"), choices=[(code, lazy(words)) for code, words in OWN_NAMES.items()], coerce=int)
    copy = RadioField(
        lazy("Wilt u een exemplaar van dit plan?"),
        [required(lazy("Kies of u een exemplaar wilt."))],
        choices=[(code, lazy(words)) for code, words in COPY_NAMES.items()],
        coerce=int,
    )


class RecordForm(DecideForm):
    """The same, when the inwoner said it on paper or aloud."""

    way = RadioField(
        lazy("Hoe zei de inwoner het?"),
        [required(lazy("Kies hoe de inwoner het zei."))],
        choices=[(way, lazy(words)) for way, words in WAY_NAMES.items() if way != "portaal"],
    )
    proof = StringField(
        lazy("Waaruit blijkt dat?"),
        [required(lazy("Schrijf op waaruit dat blijkt.")), plain_text(MAX_PROOF)],
        description=lazy("Bijvoorbeeld: getekend plan in de map, of wie erbij was."),
    )
    decided_on = DateField(lazy("Op welke dag?"), [required(lazy("Vul de dag in."))])

    def validate_decided_on(self, field: Field) -> None:
        """Not later than today."""
        if field.data is not None and field.data > datetime.now(AMSTERDAM).date():
            raise ValidationError(gettext("Deze dag is nog niet geweest."))


class HouseholdCodeForm(BaseForm):
    """The code that another adult handed over; on the second page also whether the joint goals come along."""

    code = StringField(
        lazy("Welke code kreeg u van de ander?"),
        [required(lazy("Vul de code in.")), plain_text(40)],
        description=lazy("De code is 16 letters en cijfers. Streepjes en hoofdletters maken niet uit."),
        autocomplete="off",
    )
    with_goals = CheckboxField(lazy("Zet de doelen van ons samen ook in mijn plan"))
