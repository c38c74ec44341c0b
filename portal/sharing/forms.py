"""The questions when somebody lets another read along: who, what, until when. One a page."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from markupsafe import Markup
from wtforms.validators import Optional

from portal import deadlines
from portal.dossier.models import LEEFDOMEIN_NAMES, SECTION_NAMES, Section
from portal.forms import (
    BaseForm,
    CheckboxesField,
    CheckboxField,
    DateField,
    HiddenField,
    RadioField,
    StringField,
    lazy,
    plain_text,
    required,
)
from portal.i18n import LANGUAGES, current, format_date, gettext
from portal.plan.models import PARTS, ROLE_NAMES, Part, PartKind, Plan
from portal.plan.queries import PlanGuest
from portal.sharing.commands import Parts
from portal.sharing.queries import Naaste, last_day

NEW = "nieuw"
ALL, SOME = "alles", "delen"
HALF_YEAR, YEAR, OTHER_DAY = "half", "jaar", "dag"


class Question(BaseForm):
    """One question of several."""

    def is_complete(self) -> bool:
        """Whether it has a good answer; if not, the form says why."""
        return bool(self.validate())


class WhoForm(Question):
    """Somebody who read along before, or somebody new."""

    who = RadioField(lazy("Wie wilt u laten meekijken?"), [required(lazy("Kies wie u wilt laten meekijken."))])
    first_name = StringField(lazy("Voornaam"), [plain_text(80)], autocomplete="off")
    last_name = StringField(lazy("Achternaam"), [plain_text(80)], autocomplete="off")
    said = StringField(lazy("Wie is dit voor u?"), [plain_text(80)], description=lazy("Bijvoorbeeld: mijn zus."), autocomplete="off")

    def offer(self, known: Iterable[tuple[str, str]]) -> None:
        """Offers these people (number and name). With nobody known only somebody new is asked about."""
        self.who.offer([*((number, _words(name)) for number, name in known), (NEW, gettext("Iemand anders"))])
        only_new = len(self.who.choices) == 1
        if only_new:
            self.who.data, self.who.raw_data = NEW, [NEW]
        for field in (self.first_name, self.last_name):
            # Never "(hoeft niet)": somebody new needs them; whom one chose above doesn't.
            field.flags.answer_required = True
            field.says_required = only_new

    def is_complete(self) -> bool:
        """Somebody new needs a name."""
        good = super().is_complete()
        if self.who.data == NEW:
            for name, message in (("first_name", gettext("Vul de voornaam in.")), ("last_name", gettext("Vul de achternaam in."))):
                if not self.line(name):
                    self.refuse(message, name)
                    good = False
        return good

    def line(self, field: str) -> str:
        """What was typed, on one line without spaces around it."""
        return " ".join((self[field].data or "").split())

    @property
    def name(self) -> str:
        """First and last name of somebody new."""
        return f"{self.line('first_name')} {self.line('last_name')}"


class PartsField(CheckboxesField):
    """A list of parts. Never marked as optional: of all lists together one answer is needed."""

    @property
    def optional(self) -> bool:
        """Nothing is said of each list apart."""
        return False


class WhatForm(Question):
    """The whole dossier, or parts of it."""

    what = RadioField(
        lazy("Wat mag deze persoon zien?"),
        [required(lazy("Kies wat deze persoon mag zien."))],
        choices=[(SOME, lazy("Alleen wat ik hieronder kies")), (ALL, lazy("Mijn hele dossier"))],
        default=SOME,
    )
    leefdomeinen = PartsField(
        lazy("Waar het over gaat"),
        choices=[(number.value, lazy(name)) for number, name in LEEFDOMEIN_NAMES.items()],
        coerce=int,
    )
    sections = PartsField(lazy("Soort tekst"), choices=[(number.value, lazy(name)) for number, name in SECTION_NAMES.items()], coerce=int)
    entries = PartsField(lazy("Losse notities"))

    def fill_with(self, naaste: Naaste) -> None:
        """Begins with what somebody sees now, unless it was answered already."""
        if self.what.raw_data:
            return
        self.what.data = ALL if any(part.whole for part in naaste.parts) else SOME
        self.sections.data = [number for part in naaste.parts for number in part.sections]
        self.leefdomeinen.data = [part.leefdomein for part in naaste.parts if part.leefdomein is not None]
        self.entries.data = [str(part.entry) for part in naaste.parts if part.entry is not None]

    def offer_entries(self, naaste: Naaste | None) -> None:
        """Offers the entries that somebody sees now; without any the question goes."""
        found = {str(part.entry): part.title for part in naaste.parts if part.entry and part.title} if naaste is not None else {}
        if found:
            self.entries.offer([(number, _words(title)) for number, title in found.items()])
        else:
            del self.entries

    def is_complete(self) -> bool:
        """Something has to be chosen."""
        good = super().is_complete()
        if good and self.parts == Parts():
            self.refuse(gettext("Kies wat deze persoon mag zien."), "leefdomeinen")
            return False
        return good

    @property
    def parts(self) -> Parts:
        """What was chosen; the boxes don't count beside the whole dossier."""
        if self.what.data == ALL:
            return Parts(whole=True)
        entries = tuple(UUID(word) for word in self.entries.data or ()) if "entries" in self else ()
        return Parts(False, tuple(self.sections.data or ()), tuple(self.leefdomeinen.data or ()), entries)


class SectionsForm(Question):
    """What an organisation reads, of what the city agreed with it."""

    sections = PartsField(lazy("Wat mag deze organisatie zien?"), coerce=int)

    def offer(self, sections: Iterable[int]) -> None:
        """Offers these parts."""
        self.sections.offer((number, lazy(SECTION_NAMES[Section(number)])) for number in sections)

    def is_complete(self) -> bool:
        """Something has to be chosen."""
        good = super().is_complete()
        if good and not self.sections.data:
            self.refuse(gettext("Kies wat deze organisatie mag zien."), "sections")
            return False
        return good


class UntilForm(Question):
    """The last day."""

    until = RadioField(lazy("Tot wanneer?"), [required(lazy("Kies tot wanneer."))], default=HALF_YEAR)
    day = DateField(lazy("De laatste dag, als u een andere dag kiest"), [Optional()], autocomplete="off")

    def offer(self, today: date, before: date | None = None) -> None:
        """Offers half a year, a year, and a day of one's own: the day that it was ``before``, when that may stay."""
        self.today = today
        self.until.offer(
            [
                (HALF_YEAR, gettext("Een half jaar: tot en met %(day)s", day=_said(self._last(HALF_YEAR)))),
                (YEAR, gettext("Een jaar: tot en met %(day)s", day=_said(self._last(YEAR)))),
                (OTHER_DAY, gettext("Een andere dag")),
            ]
        )
        if before is not None and not self.until.raw_data and self._may_be(before):
            self.until.data, self.day.data = OTHER_DAY, before

    def is_complete(self) -> bool:
        """It has to be a day that may be chosen."""
        good = super().is_complete()
        if good and self.until.data == OTHER_DAY and not self._may_be(self.day.data):
            self.refuse(gettext("Kies een dag vanaf vandaag, en niet later dan over een jaar."), "day")
            return False
        return good

    @property
    def last_day(self) -> date:
        """The day that was chosen. Raises ValueError when the form is not complete."""
        if self.until.data == OTHER_DAY:
            if self.day.data is None:
                raise ValueError("the form is not complete")
            return self.day.data
        return self._last(self.until.data)

    def _may_be(self, day: date | None) -> bool:
        return day is not None and self.today <= day <= self._last(YEAR)

    def _last(self, answer: str) -> date:
        return last_day(deadlines.ACCESS_LONGEST if answer == YEAR else deadlines.ACCESS_GIVEN, self.today)


class PlanForm(Question):
    """As what, and what of the plan."""

    role = RadioField(
        lazy("Wat gaat deze persoon doen?"),
        [required(lazy("Kies wat deze persoon gaat doen."))],
        choices=[(role.value, lazy(words)) for role, words in ROLE_NAMES.items()],
        coerce=int,
    )
    what = RadioField(
        lazy("Wat mag deze persoon van uw plan lezen?"),
        [required(lazy("Kies wat deze persoon mag lezen."))],
        choices=[
            (SOME, lazy("Doelen waar deze persoon iets voor doet, en wat ik kies")),
            (ALL, lazy("Alles wat meelezers van mijn plan mogen lezen")),
        ],
        default=SOME,
    )
    parts = PartsField(lazy("Ook dit"))

    def offer(self, plan: Plan) -> None:
        """Offers the goals and texts that are not kept. Without any the question goes."""
        self.named = {str(part.public_id): part for part in plan.parts if part.kind is not PartKind.ACTIE and part.audience > 1}
        if self.named:
            self.parts.offer([(number, _called(part)) for number, part in self.named.items()])
        else:
            del self.parts

    def fill_with(self, guest: PlanGuest) -> None:
        """Begins with what somebody has now, unless it was answered already."""
        if self.what.raw_data:
            return
        self.role.data, self.what.data = guest.role, ALL if guest.whole else SOME
        if "parts" in self:
            self.parts.data = [str(one) for one in guest.parts]

    @property
    def whole(self) -> bool:
        """Whether all that is for who reads along was chosen; the boxes don't count beside it."""
        return bool(self.what.data == ALL)

    @property
    def chosen(self) -> list[Part]:
        """The parts that were named."""
        return [] if self.whole or "parts" not in self else [self.named[number] for number in self.parts.data or ()]


class InviteUntilForm(UntilForm):
    """Until when, and in which language the way in is explained."""

    language = RadioField(
        lazy("In welke taal leggen wij het inloggen uit?"),
        [required(lazy("Kies een taal."))],
        choices=[(one.code, one.name) for one in LANGUAGES.values() if one.complete],
        default=lambda: current().language.code,
    )


class InviteForm(BaseForm):
    """The act itself. ``number`` makes that sending twice adds one person."""

    number = HiddenField()


class ReviewForm(BaseForm):
    """The act itself. ``number`` makes that sending twice adds one person."""

    number = HiddenField()
    tell = CheckboxField(lazy("Laat deze persoon weten dat er iets verandert"))


class TellForm(BaseForm):
    """Whether an organisation is told that something changed."""

    tell = CheckboxField(lazy("Laat deze organisatie weten dat er iets verandert"))


def names_of(parts: Iterable[Part]) -> list[str]:
    """What these parts are called."""
    return [_called(part) for part in parts]


def _called(part: Part) -> str:
    name = gettext("Doel: %(goal)s", goal=_words(part.text.body)) if part.kind is PartKind.DOEL else gettext(PARTS[part.kind].name)
    return name if part.audience > 2 else gettext("%(part)s (lezen nu alleen u en uw hulpverleners)", part=name)


def _words(text: str) -> Markup:
    """People's own words as a label, with their own direction."""
    return Markup("<bdi>{}</bdi>").format(text)


def _said(day: date) -> str:
    return format_date(day, current().language.code)
