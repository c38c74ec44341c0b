"""The forms of choosing who helps, and of answering that."""

from datetime import date
from uuid import UUID

from wtforms import Field
from wtforms.validators import Optional, ValidationError

from portal.choice.commands import Answer, Pick, Wanted
from portal.choice.models import MAX_WORDS, TELL_NAMES, Profile, Tell
from portal.choice.words import languages_text
from portal.forms import BaseForm, CheckboxField, DateField, HiddenField, RadioField, SelectField, TextAreaField, lazy, plain_text, required
from portal.i18n import gettext


class WishForm(BaseForm):
    """Whom one wants to be helped by, and what may be told."""

    number = HiddenField()
    first = SelectField(lazy("Wie wilt u het liefst?"))
    second = SelectField(lazy("En wie daarna?"))
    third = SelectField(lazy("En wie daarna nog?"))
    waits = CheckboxField(lazy("Is mijn keus nu vol? Dan wil ik wachten."))
    anybody = CheckboxField(lazy("Kies voor mij, als mijn keus niet lukt."))
    team = SelectField(lazy("Uit welk team?"), description=lazy("Dit telt als u niemand bij naam kiest."))
    words = TextAreaField(
        lazy("Wat mag de nieuwe hulpverlener alvast weten?"),
        [plain_text(MAX_WORDS)],
        rows=4,
        description=lazy("Laat dit leeg als u het liever zelf vertelt."),
    )
    meet = CheckboxField(lazy("Ik wil eerst kennismaken."))
    tell = RadioField(
        lazy("Wat zeggen wij tegen wie u nu helpt?"),
        [required(lazy("Kies wat wij zeggen."))],
        choices=[(code.value, lazy(words)) for code, words in TELL_NAMES.items()],
        coerce=int,
    )

    def put(self, people: list[Profile], teams: list[tuple[str, str]], *, helped: bool) -> None:
        """Offers who can be chosen, and the teams: (public id, name). ``helped``: somebody helps now, who can be told something."""
        choices = [(str(one.person), _choice(one)) for one in people]
        for field in (self.first, self.second, self.third):
            field.offer([("", lazy("Niemand")), *choices])
        self.team.offer([("", lazy("Het team dat mij nu helpt")), *teams])
        if not helped:
            del self.tell

    def validate_first(self, _field: Field) -> None:
        """Somebody, or anybody, and each once."""
        chosen = self._chosen()
        if not chosen and not self.anybody.data:
            raise ValidationError(gettext("Kies iemand, of laat ons voor u kiezen."))
        if len(set(chosen)) < len(chosen):
            raise ValidationError(gettext("U koos iemand twee keer. Kies drie verschillende mensen."))

    def wanted(self) -> Wanted:
        """What was filled in."""
        return Wanted(
            [Pick(UUID(person), bool(self.waits.data)) for person in self._chosen()],
            bool(self.anybody.data),
            UUID(self.team.data) if self.team.data else None,
            (self.words.data or "").strip(),
            Tell(self.tell.data) if "tell" in self else Tell.NOTHING,
            bool(self.meet.data),
        )

    def _chosen(self) -> list[str]:
        return [field.data for field in (self.first, self.second, self.third) if field.data]


class AnswerForm(BaseForm):
    """Whether somebody helps from now on, and from which day; the inwoner reads the reason of a no."""

    agrees = RadioField(
        lazy("Kan dit?"), [required(lazy("Kies een antwoord."))], choices=[("ja", lazy("Ja")), ("nee", lazy("Nee, dit kan niet"))]
    )
    helper = SelectField(lazy("Wie gaat helpen?"))
    on_day = DateField(lazy("Vanaf welke dag?"), [Optional()])
    reason = TextAreaField(lazy("Waarom kan het niet?"), [plain_text(MAX_WORDS)], rows=3, description=lazy("De inwoner leest dit."))

    def put(self, team: list[tuple[str, str]] | None, *, at_once: bool) -> None:
        """``team``: who can help, for who leads it; None: the answer is about oneself. ``at_once``: the day isn't asked."""
        if team is None:
            del self.helper
        else:
            self.helper.offer([("", lazy("Kies een collega")), *team])
        if at_once:
            del self.on_day

    def validate_helper(self, field: Field) -> None:
        """Who leads says who."""
        if self.agrees.data == "ja" and not field.data:
            raise ValidationError(gettext("Kies een collega."))

    def validate_on_day(self, field: Field) -> None:
        """A yes has a day."""
        if self.agrees.data == "ja" and field.data is None:
            raise ValidationError(gettext("Vul de eerste dag in."))

    def validate_reason(self, field: Field) -> None:
        """A no has a reason."""
        if self.agrees.data == "nee" and not (field.data or "").strip():
            raise ValidationError(gettext("Schrijf op waarom het niet kan."))

    def answer(self) -> Answer:
        """What was filled in."""
        helper = self.helper.data if "helper" in self else None
        day: date | None = self.on_day.data if "on_day" in self else None
        return Answer(self.agrees.data == "ja", (self.reason.data or "").strip(), UUID(helper) if helper else None, day)


class GiveForm(BaseForm):
    """Somebody for a dossier in which nobody is responsible."""

    dossier = SelectField(lazy("Voor wie?"), [required(lazy("Kies een inwoner."))])
    helper = SelectField(lazy("Wie gaat helpen?"), [required(lazy("Kies een collega."))])

    def put(self, dossiers: list[tuple[str, str]], team: list[tuple[str, str]]) -> None:
        """Offers both: (public id, name)."""
        self.dossier.offer([("", lazy("Kies een inwoner")), *dossiers])
        self.helper.offer([("", lazy("Kies een collega")), *team])


def _choice(one: Profile) -> str:
    spoken = languages_text(one.languages)
    return (
        gettext("%(name)s (%(languages)s)", name=one.name, languages=spoken)
        if one.has_room
        else gettext("%(name)s (%(languages)s), nu vol", name=one.name, languages=spoken)
    )
