"""The forms of looking back."""

from uuid import UUID

from wtforms import Field

from portal.evaluation.models import (
    CONTENT_NAMES,
    FITS_NAMES,
    KIND_NAMES,
    MAX_OTHERS,
    MAX_PLACE,
    MAX_WORDS,
    OUTCOME_NAMES,
    RESULT_NAMES,
    SAFE_NAMES,
    SAID_NAMES,
    TOGETHER_NAMES,
    Kind,
    Side,
)
from portal.forms import (
    BaseForm,
    CheckboxesField,
    CheckboxField,
    DateField,
    HiddenField,
    RadioField,
    StringField,
    TextAreaField,
    plain_text,
    required,
)
from portal.i18n import lazy
from portal.plan.models import Goal


class PlanForm(BaseForm):
    """When, where, and which moment it is."""

    planned_on = DateField(lazy("Op welke dag kijkt u terug?"), [required(lazy("Vul de dag in."))])
    place = StringField(
        lazy("Waar, en hoe laat?"), [plain_text(MAX_PLACE)], description=lazy("Bijvoorbeeld: bij u thuis, om tien uur. Bellen mag ook.")
    )
    kind = RadioField(
        lazy("Welk gesprek is dit?"),
        [required(lazy("Kies een antwoord."))],
        choices=[(kind.value, lazy(words)) for kind, words in KIND_NAMES.items()],
        coerce=int,
        default=Kind.TUSSENDOOR.value,
    )
    about_pgb = CheckboxField(lazy("Dit gesprek gaat ook over een pgb"), description=lazy("Een pgb is geld om zelf hulp te betalen."))
    others = StringField(
        lazy("Komt er nog iemand bij?"),
        [plain_text(MAX_OTHERS)],
        description=lazy("Schrijf alleen een naam op. Die persoon ziet hier niets."),
    )


class PeopleForm(BaseForm):
    """Whom the inwoner asks along."""

    people = CheckboxesField(lazy("Wie vraagt u mee?"), choices=[])


class LookForm(BaseForm):
    """How it went, as one side sees it. The goals are added by ``about``."""

    content = RadioField(
        lazy("Hoe blij bent u met de hulp?"), choices=[(code, lazy(words)) for code, words in CONTENT_NAMES.items()], coerce=int
    )
    words = TextAreaField(lazy("Wat ging goed, en wat kan beter?"), [plain_text(MAX_WORDS)], rows=4)
    safe = RadioField(lazy("Voelt u zich veilig?"), choices=[(code, lazy(words)) for code, words in SAFE_NAMES.items()], coerce=int)
    together = RadioField(
        lazy("Hoe gaat het samenwerken?"),
        choices=[(code, lazy(words)) for code, words in TOGETHER_NAMES.items()],
        coerce=int,
        description=lazy("Denk aan iedereen die u helpt."),
    )
    together_words = TextAreaField(lazy("Wat kan daaraan beter?"), [plain_text(MAX_WORDS)], rows=3)
    anchored = TextAreaField(
        lazy("Wie en wat helpt u, ook zonder het Buurtteam?"),
        [plain_text(MAX_WORDS)],
        rows=4,
        description=lazy("Bijvoorbeeld een buur, een club of een inloop. Wat kan er nog bij?"),
    )
    fits = RadioField(lazy("Is dit nog de hulp die past?"), choices=[(code, lazy(words)) for code, words in FITS_NAMES.items()], coerce=int)
    way = RadioField(
        lazy("Hoe zei de inwoner het?"),
        [required(lazy("Kies hoe de inwoner het zei."))],
        choices=[(way, lazy(words)) for way, words in SAID_NAMES.items()],
    )
    base = HiddenField()

    @property
    def goals(self) -> list[Field]:
        """The questions about the goals, in the order of the plan."""
        return [field for name, field in self._fields.items() if name.startswith(_GOAL)]

    @property
    def by_goal(self) -> dict[UUID, int]:
        """What was answered of each goal."""
        return {UUID(field.name.removeprefix(_GOAL)): int(field.data) for field in self.goals if field.data}


_GOAL = "doel_"
# What each side isn't asked.
_NOT_ASKED = {
    Side.INWONER: ("fits", "way"),
    Side.PROFESSIONAL: ("content", "safe", "together", "together_words", "way"),
    Side.MEEGEVRAAGD: ("content", "safe", "fits", "way"),
}


def look_form(goals: list[Goal], side: Side, *, aloud: bool, cooperates: bool) -> type[LookForm]:
    """The form for one side, with a question for each goal. ``cooperates``: more than one helps, so that is asked too (eis 9.3)."""
    asked = {
        f"{_GOAL}{goal.part.public_id}": RadioField(
            goal.part.text.body, choices=[(one.value, lazy(words)) for one, words in RESULT_NAMES.items()], coerce=int
        )
        for goal in goals
    }
    left_out = dict.fromkeys([name for name in _NOT_ASKED[side] if not (aloud and name == "way")])
    if not cooperates:
        left_out |= dict.fromkeys(["together", "together_words"])
    return type("LookForm", (LookForm,), {**left_out, **asked})


class OutcomeForm(BaseForm):
    """What comes of it, and why."""

    outcome = RadioField(
        lazy("Wat spreekt u af?"),
        [required(lazy("Kies wat u afspreekt."))],
        choices=[(one.value, lazy(words)) for one, words in OUTCOME_NAMES.items()],
        coerce=int,
    )
    reason = TextAreaField(
        lazy("Waarom?"), [required(lazy("Schrijf op waarom.")), plain_text(MAX_WORDS)], rows=4, description=lazy("In gewone woorden.")
    )
