"""The questions of a melding, one page each. Nothing here is a threshold: what may stay empty, may stay empty (eis 49.1)."""

from collections.abc import Mapping
from typing import Any

import wtforms

from portal.forms import BaseForm, CheckboxesField, RadioField, StringField, TextAreaField, lazy, plain_text, required
from portal.i18n import gettext

_YES_NO = [("ja", lazy("Ja")), ("nee", lazy("Nee"))]
_SAFE = [("ja", lazy("Ja, dat is veilig")), ("nee", lazy("Nee, doe dat niet")), ("weet_niet", lazy("Dat weet ik niet"))]

SIGNS = {
    "gevaar": lazy("Er is nu gevaar voor mij of voor een ander"),
    "dood": lazy("Gedachten aan zelfmoord"),
    "onveilig": lazy("Het is thuis niet veilig"),
    "slaapplek": lazy("Er is vannacht geen slaapplek"),
    "eten": lazy("Er is geen geld voor eten of medicijnen"),
    "afsluiting": lazy("Het gas, water of licht gaat eraf"),
    "ontruiming": lazy("Iemand moet binnenkort het huis uit"),
    "slechter": lazy("Het gaat elke week slechter"),
}
CRISIS = frozenset({"gevaar", "dood", "onveilig", "slaapplek"})
"""Signs at which the numbers to call come at once."""

WAYS = {
    "bellen": lazy("Bellen"),
    "sms": lazy("Een sms sturen"),
    "mail": lazy("Mailen"),
    "brief": lazy("Een brief sturen"),
    "langskomen": lazy("Ik kom zelf langs bij de Stip"),
}
_NEEDED = {"bellen": "phone", "sms": "phone", "mail": "email", "brief": "address"}

ROLES = {
    "naaste": lazy("Familie, vriend of buur"),
    "huisarts": lazy("Huisarts, of ik werk bij een huisarts"),
    "stip": lazy("Ik werk bij een Stip"),
    "corporatie": lazy("Ik werk bij een woningcorporatie"),
    "wijkagent": lazy("Wijkagent"),
    "anders": lazy("Iemand anders"),
}
CONSENT = {"ja": lazy("Ja, en het is goed"), "nee": lazy("Nee"), "weet_niet": lazy("Dat weet ik niet")}
AGES = {"onder_18": lazy("Jonger dan 18 jaar"), "18_23": lazy("18 tot en met 23 jaar"), "ouder": lazy("24 jaar of ouder")}


class ForWhomForm(BaseForm):
    """For oneself or for somebody else."""

    for_whom = RadioField(
        lazy("Voor wie vraagt u hulp?"),
        [required(lazy("Kies voor wie u hulp vraagt."))],
        choices=[("zelf", lazy("Voor mijzelf")), ("ander", lazy("Voor iemand anders"))],
    )


class ReporterForm(BaseForm):
    """Who asks for somebody else."""

    reporter_role = RadioField(lazy("Wie bent u?"), [required(lazy("Kies wie u bent."))], choices=ROLES.items())
    reporter_name = StringField(lazy("Uw naam"), [plain_text(200)], autocomplete="name")
    reporter_organisation = StringField(lazy("Waar u werkt"), [plain_text(200)], autocomplete="organization")
    reporter_contact = StringField(
        lazy("Uw telefoonnummer of e-mailadres"),
        [plain_text(254)],
        description=lazy("Wij laten u binnen 48 uur weten dat wij uw vraag hebben."),
    )
    consent = RadioField(
        lazy("Weet deze persoon dat u hulp vraagt?"), [required(lazy("Kies een van de antwoorden."))], choices=CONSENT.items()
    )


class WordsForm(BaseForm):
    """The question, in own words."""

    words = TextAreaField(
        lazy("Uw vraag, in uw eigen woorden"),
        [plain_text(20_000)],
        description=lazy("Kort mag. Fouten zijn niet erg. U mag dit ook leeg laten."),
    )


class SignsForm(BaseForm):
    """What can't wait."""

    signs = CheckboxesField(
        lazy("Wat is er nu aan de hand?"),
        description=lazy("Kruis aan wat klopt. Klopt er niets? Kies dan Verder."),
        choices=SIGNS.items(),
    )


class PersonForm(BaseForm):
    """Who it is about."""

    name = StringField(lazy("Naam"), [plain_text(200)], autocomplete="name")
    age = RadioField(lazy("Leeftijd"), choices=AGES.items())
    postcode = StringField(
        lazy("Postcode"),
        [plain_text(7)],
        description=lazy("Dan weten wij welk team in de buurt is. Alleen de 4 cijfers is ook goed."),
        autocomplete="postal-code",
    )
    children_at_home = RadioField(lazy("Zijn er kinderen onder de 18 jaar in huis?"), choices=_YES_NO)

    def validate_postcode(self, field: wtforms.Field) -> None:
        """Refuses what is no Dutch postcode, in words."""
        plain = postcode(field.data or "")
        if (field.data or "").strip() and plain is None:
            raise wtforms.validators.ValidationError(gettext("Schrijf de 4 cijfers en 2 letters van de postcode."))


class ReachForm(BaseForm):
    """How to reach the person."""

    reach_ways = CheckboxesField(
        lazy("Hoe mogen wij contact opnemen?"), [required(lazy("Kies een manier waarop wij contact mogen opnemen."))], choices=WAYS.items()
    )
    phone = StringField(lazy("Telefoonnummer"), [plain_text(40)], autocomplete="tel", inputmode="tel")
    email = StringField(lazy("E-mailadres"), [plain_text(254)], autocomplete="email", inputmode="email")
    address = TextAreaField(lazy("Adres voor een brief"), [plain_text(300)], rows=3, autocomplete="street-address")
    reach_when = StringField(
        lazy("Wanneer komt het goed uit?"), [plain_text(500)], description=lazy("Bijvoorbeeld: na 10 uur, of niet op woensdag.")
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Each way that was chosen has what it needs."""
        good: bool = super().validate(extra_validators)
        asked = {
            "phone": gettext("Vul een telefoonnummer in. Of kies een andere manier."),
            "email": gettext("Vul een e-mailadres in. Of kies een andere manier."),
            "address": gettext("Vul een adres in. Of kies een andere manier."),
        }
        for name in dict.fromkeys(_NEEDED[way] for way in self.reach_ways.data or [] if way in _NEEDED):
            if not (self[name].data or "").strip():
                self.refuse(asked[name], name)
                good = False
        written = (self.email.data or "").strip()
        if written and "@" not in written.strip("@"):
            self.refuse(gettext("Schrijf het e-mailadres zo: naam@voorbeeld.nl."), "email")
            good = False
        return good


class SafeForm(BaseForm):
    """Whether somebody reads or listens along who must not know."""

    safe_call = RadioField(lazy("Is bellen veilig?"), choices=_SAFE)
    safe_mail = RadioField(lazy("Is mailen veilig?"), choices=_SAFE)
    safe_post = RadioField(lazy("Is een brief veilig?"), choices=_SAFE)


class TalkForm(BaseForm):
    """In which language, and with whom."""

    spoken = StringField(lazy("In welke taal praat u graag?"), [plain_text(100)])
    interpreter = RadioField(lazy("Wilt u een tolk? Dat is gratis."), choices=_YES_NO)
    company = TextAreaField(
        lazy("Wie mag erbij zijn?"),
        [plain_text(500)],
        rows=3,
        description=lazy("Bijvoorbeeld uw zus of een vriend. U mag ook alleen komen."),
    )


FORMS: Mapping[str, type[BaseForm]] = {
    "voor-wie": ForWhomForm,
    "melder": ReporterForm,
    "vraag": WordsForm,
    "nu": SignsForm,
    "wie": PersonForm,
    "bereiken": ReachForm,
    "veilig": SafeForm,
    "praten": TalkForm,
}
"""Each page by the word in its address, in order."""


class CodeForm(BaseForm):
    """Back to a melding with the code of it."""

    code = StringField(
        lazy("Uw code"),
        [required(lazy("Vul uw code in.")), plain_text(60)],
        description=lazy("De code heeft 16 letters en cijfers. Streepjes mag u weglaten."),
        autocomplete="off",
        render_kw={"autocapitalize": "none", "spellcheck": "false"},
    )


class WorseForm(BaseForm):
    """What got worse."""

    told = TextAreaField(lazy("Wat is er veranderd?"), [plain_text(5000)], description=lazy("U mag dit leeg laten."), rows=4)


def postcode(typed: str) -> str | None:
    """A postcode as the database keeps it (``6512 AB`` or ``6512``); None for what is none."""
    plain = "".join(typed.upper().split())
    if len(plain) not in (4, 6) or not plain[:4].isascii() or not plain[:4].isdigit():
        return None
    letters = plain[4:]
    if letters and not (letters.isascii() and letters.isalpha()):
        return None
    return f"{plain[:4]} {letters}" if letters else plain
