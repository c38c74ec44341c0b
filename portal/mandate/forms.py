"""Forms of mandates."""

from collections.abc import Iterable

from wtforms.validators import Optional

from portal.forms import BaseForm, CheckboxField, DateField, HiddenField, RadioField, StringField, TextAreaField, plain_text, required
from portal.i18n import gettext, lazy
from portal.mandate.models import CHOICES, Ground
from portal.sharing.queries import today

NEW = "nieuw"


class MandateForm(BaseForm):
    """Who, why, what the paper says, and for how long."""

    who = RadioField(lazy("Wie is het?"), [required(lazy("Kies wie het is."))])
    first_name = StringField(lazy("Voornaam"), [plain_text(80)], autocomplete="off")
    last_name = StringField(lazy("Achternaam"), [plain_text(80)], autocomplete="off")
    ground = RadioField(
        lazy("Wat is deze persoon voor de inwoner?"),
        [required(lazy("Kies wat deze persoon is."))],
        choices=[(ground.value, lazy(CHOICES[ground])) for ground in Ground],
    )
    proof = StringField(
        lazy("Welk papier zag u?"),
        [required(lazy("Schrijf op welk papier u zag.")), plain_text(200)],
        description=lazy("Bijvoorbeeld: beslissing van de kantonrechter, of volmacht met handtekening."),
        autocomplete="off",
    )
    proof_seen_on = DateField(lazy("Wanneer zag u dit papier?"), [required(lazy("Kies de dag waarop u het papier zag."))])
    scope = TextAreaField(
        lazy("Wat mag deze persoon volgens het papier?"),
        [required(lazy("Schrijf op wat deze persoon mag.")), plain_text(300)],
        description=lazy("De inwoner leest dit ook. Schrijf het in gewone woorden."),
        rows=4,
    )
    valid_from = DateField(lazy("De eerste dag"), [required(lazy("Kies de eerste dag."))])
    valid_until = DateField(
        lazy("De laatste dag"),
        [Optional()],
        description=lazy("Bij een gemachtigde moet u dit invullen: niet later dan op het papier staat."),
    )
    names_log = CheckboxField(
        lazy("Zien wie er in het dossier keek"), description=lazy("Alleen wie van ons keek. Nooit wat de inwoner zelf deed.")
    )
    names_sharing = CheckboxField(
        lazy("Zien wie mag meekijken, en dat stoppen"), description=lazy("Iemand erbij laten kan alleen de inwoner zelf.")
    )
    number = HiddenField()

    def offer(self, known: Iterable[tuple[str, str]]) -> None:
        """Offers these people (number and name). With nobody known only somebody new is asked about."""
        self.who.offer([*known, (NEW, gettext("Iemand anders"))])
        only_new = len(self.who.choices) == 1
        if only_new:
            self.who.data, self.who.raw_data = NEW, [NEW]
        for field in (self.first_name, self.last_name):
            # Never "(hoeft niet)": somebody new needs them; whom one chose above doesn't.
            field.flags.answer_required = True
            field.says_required = only_new

    def is_complete(self) -> bool:
        """Somebody new needs a name, and the days have to be possible."""
        good = bool(self.validate())
        if self.who.data == NEW:
            for name, message in (("first_name", gettext("Vul de voornaam in.")), ("last_name", gettext("Vul de achternaam in."))):
                if not self.line(name):
                    good = self._wrong(message, name)
        if self.proof_seen_on.data is not None and self.proof_seen_on.data > today():
            good = self._wrong(gettext("Deze dag moet nog komen."), "proof_seen_on")
        last = self.valid_until.data
        if last is None:
            if self.ground.data == Ground.GEMACHTIGDE and not self.valid_until.errors:
                good = self._wrong(gettext("Kies de laatste dag die op het papier staat."), "valid_until")
        elif last < max(today(), self.valid_from.data or today()):
            good = self._wrong(gettext("De laatste dag is voorbij, of komt voor de eerste dag."), "valid_until")
        return good

    def line(self, field: str) -> str:
        """What was typed, on one line without spaces around it."""
        return " ".join((self[field].data or "").split())

    def _wrong(self, message: str, field: str) -> bool:
        self.refuse(message, field)
        return False


class AnswerForm(BaseForm):
    """The second professional's answer."""

    agree = RadioField(
        lazy("Klopt dit?"),
        [required(lazy("Kies ja of nee."))],
        choices=[("ja", lazy("Ja, ik zag het papier en het klopt")), ("nee", lazy("Nee, dit klopt niet"))],
    )


class EndForm(BaseForm):
    """Nothing to answer: sending it is the answer."""
