"""Forms about an entry in the wrong dossier."""

from collections.abc import Iterable

from portal.forms import BaseForm, DateField, RadioField, SelectField, TextAreaField, lazy, plain_text, required
from portal.i18n import gettext

WHOSE = {
    "andere_inwoner": lazy("Van een andere inwoner"),
    "onbekend": lazy("Dat weten wij niet"),
}
DECISIONS = {
    "verplaatst": lazy("Verplaats hem naar het goede dossier"),
    "vernietigd": lazy("Wis hem voor altijd"),
    "terug": lazy("Zet hem terug: hij stond toch goed"),
}
WAYS = {"gesprek": lazy("In een gesprek"), "telefoon": lazy("Aan de telefoon"), "brief": lazy("In een brief")}


class TakeOutForm(BaseForm):
    """Whose entry it is."""

    whose = RadioField(lazy("Van wie is deze notitie?"), [required(lazy("Kies van wie de notitie is."))], choices=list(WHOSE.items()))


class ProposeForm(BaseForm):
    """Where it belongs, for who took it out."""

    dossier = SelectField(lazy("In welk dossier hoort de notitie?"), description=lazy("U kunt kiezen uit uw eigen dossiers."))

    def offer(self, dossiers: Iterable[tuple[str, str]]) -> None:
        """Offers these dossiers (number and name of the inwoner)."""
        self.dossier.offer([("", gettext("Dat weet ik niet")), *dossiers])
        self.dossier.flags.answer_required, self.dossier.says_required = True, False

    @property
    def can_name(self) -> bool:
        """Whether there is a dossier to name."""
        return len(self.dossier.choices) > 1


class DecideForm(BaseForm):
    """What becomes of it; the dossiers to choose from are those the professional works in, and the one that a colleague named."""

    decision = RadioField(lazy("Wat gebeurt er met de notitie?"), [required(lazy("Kies wat er gebeurt."))], choices=list(DECISIONS.items()))
    dossier = SelectField(lazy("In welk dossier hoort de notitie?"), description=lazy("Dit hoeft alleen als u de notitie verplaatst."))

    def offer(self, dossiers: Iterable[tuple[str, str]]) -> None:
        """Offers these dossiers (number and name of the inwoner); with none of them it can't be moved."""
        some = list(dossiers)
        self.dossier.offer([("", gettext("Kies een dossier")), *some])
        self.dossier.flags.answer_required, self.dossier.says_required = True, False
        self.decision.offer([(value, words) for value, words in DECISIONS.items() if some or value != "verplaatst"])

    @property
    def can_move(self) -> bool:
        """Whether there is a dossier to move it to."""
        return len(self.dossier.choices) > 1


class ReportForm(BaseForm):
    """Whether it was reported, and why."""

    reported = RadioField(
        lazy("Is dit datalek gemeld?"),
        [required(lazy("Kies ja of nee."))],
        choices=[("ja", lazy("Ja, dit is gemeld")), ("nee", lazy("Nee, dit hoeft niet"))],
    )
    why = TextAreaField(
        lazy("Waarom wel of niet?"),
        [required(lazy("Schrijf op waarom.")), plain_text(2000)],
        description=lazy("Schrijf niets op uit de notitie."),
        rows=3,
    )


class ToldForm(BaseForm):
    """When and how an inwoner was told."""

    who = RadioField(
        lazy("Wie weet het nu?"),
        [required(lazy("Kies wie het weet."))],
        choices=[("hier", lazy("De inwoner van dit dossier")), ("ander", lazy("De inwoner over wie het gaat"))],
    )
    on = DateField(lazy("Op welke dag?"), [required(lazy("Vul de dag in."))])
    how = RadioField(lazy("Hoe is het verteld?"), [required(lazy("Kies hoe het is verteld."))], choices=list(WAYS.items()))
