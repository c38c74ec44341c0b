"""Forms of the meldingen pages. Each is one thing; what was asked before is filled in already (WCAG 3.3.7)."""

from datetime import datetime
from typing import Any

import wtforms
from wtforms.validators import StopValidation

from portal.deadlines import AMSTERDAM
from portal.forms import (
    BaseForm,
    CheckboxesField,
    DateField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    lazy,
    plain_text,
    required,
)
from portal.i18n import N_, gettext

URGENCIES = {
    1: lazy("Crisis: binnen 24 uur"),
    2: lazy("Spoed: binnen 3 dagen"),
    3: lazy("Dringend: binnen 3 werkdagen"),
    4: lazy("Gewoon: eerste gesprek binnen 5 werkdagen"),
}
STEPS = {
    "erger": N_("Bel: het gaat slechter"),
    "opnieuw": N_("Praat opnieuw: het hielp niet"),
    "weeg": N_("Beslis hoe dringend het is"),
    "wacht": N_("Kijk hoe het gaat met wie wacht"),
    "bevestigd": N_("Bevestig de melding"),
    "snel": N_("Help snel"),
    "gesprek": N_("Voer het eerste gesprek"),
    "start": N_("Begin met hulp"),
    "wachten": N_("Begin met hulp: wachten duurt te lang"),
    "onderzoek": N_("Maak het onderzoek af"),
    "besluit": N_("Zorg voor het besluit"),
}
"""What there is to do next with a melding, by the name of the step."""
SIGNS = {
    "gevaar": lazy("Er is nu gevaar"),
    "dood": lazy("Gedachten aan zelfmoord"),
    "onveilig": lazy("Het is thuis niet veilig"),
    "slaapplek": lazy("Er is vannacht geen slaapplek"),
    "eten": lazy("Er is geen geld voor eten of medicijnen"),
    "afsluiting": lazy("Het gas, water of licht gaat eraf"),
    "ontruiming": lazy("Iemand moet binnenkort het huis uit"),
    "slechter": lazy("Het gaat elke week slechter"),
}
CHANNELS = {
    "website": lazy("website"),
    "telefoon": lazy("telefoon"),
    "balie": lazy("balie"),
    "huisbezoek": lazy("huisbezoek"),
    "stip": lazy("Stip"),
    "brief": lazy("brief"),
}
ROLES = {
    "naaste": lazy("Familie, vriend of buur"),
    "huisarts": lazy("huisarts"),
    "stip": lazy("medewerker van een Stip"),
    "corporatie": lazy("woningcorporatie"),
    "wijkagent": lazy("Wijkagent"),
    "anders": lazy("Iemand anders"),
}
WAYS = {
    "bellen": lazy("Bellen"),
    "sms": lazy("Een sms sturen"),
    "mail": lazy("Mailen"),
    "brief": lazy("Een brief sturen"),
    "langskomen": lazy("Komt langs bij de Stip"),
}
AGES = {"onder_18": lazy("Jonger dan 18 jaar"), "18_23": lazy("18 tot en met 23 jaar"), "ouder": lazy("24 jaar of ouder")}
KNOWN = {"ja": lazy("Ja"), "nee": lazy("Nee"), "weet_niet": lazy("Dat weet ik niet")}
TALKED_BY = {
    "telefoon": lazy("Telefoon"),
    "huisbezoek": lazy("Bij de inwoner thuis"),
    "kantoor": lazy("Bij ons op kantoor"),
    "stip": lazy("Bij een Stip"),
    "beeldbellen": lazy("Beeldbellen"),
}
ENOUGH = {"ja": lazy("Ja"), "deels": lazy("Voor een deel"), "nee": lazy("Nee")}
HANDED_TO = {
    "jeugd": N_("Het team voor jeugd en gezin"),
    "wlz": N_("Zorg uit de Wet langdurige zorg (Wlz)"),
    "regieteam": N_("Het regieteam"),
    "beschermd_wonen": N_("Het loket voor beschermd wonen"),
    "anders": N_("Iemand anders"),
}
AGREED_BY = {"mondeling": lazy("In een gesprek"), "schriftelijk": lazy("Op papier of per mail")}
RESEARCH = {
    "onderzoek": N_("Onderzoek voor de Wmo begint"),
    "onderzocht": N_("Het verslag van het onderzoek is gegeven"),
    "aanvraag": N_("De inwoner doet een aanvraag"),
    "besluit": N_("Er is een besluit"),
}
"""What happens where the Wmo applies, by the name of its event."""
TO_BEGIN_WITH = {
    "advies": N_("Wij hebben uw vraag met u besproken. Dit is ons advies:"),
    "doorverwijzen": N_(
        "Een andere organisatie kan u beter helpen. Wij hebben daar over uw vraag gesproken. Zij nemen contact met u op."
        " Lukt dat niet? Bel ons: %(phone)s."
    ),
    "overdragen": N_(
        "Een ander team helpt u verder. Wij hebben daar over uw vraag gesproken. Zij nemen contact met u op."
        " Lukt dat niet? Bel ons: %(phone)s."
    ),
    "wachtlijst": N_(
        "U staat op onze wachtlijst. Wij vergeten u niet. Gaat het slechter met u? Bel dan meteen: %(phone)s. Vraag naar %(name)s."
    ),
    "starten": N_("Uw hulp is begonnen. Vragen? Bel %(phone)s. Vraag naar %(name)s."),
    "onderzoek": N_(
        "Wij gaan samen kijken welke hulp u nodig heeft. Dat heet een onderzoek. Het duurt hoogstens 6 weken. U krijgt een verslag."
        " U mag zelf een plan maken. Geef het ons dan binnen 7 dagen. Wilt u gratis steun van iemand die niet bij ons werkt?"
        " Bel ons: %(phone)s."
    ),
    "onderzocht": N_(
        "Het onderzoek is klaar. U krijgt het verslag. Klopt er iets niet? Zeg het ons. Wilt u extra zorg? Doe dan een aanvraag."
        " Binnen 2 weken daarna krijgt u een besluit. Vragen? Bel %(phone)s."
    ),
    "aanvraag": N_("Wij hebben uw aanvraag voor extra zorg. Binnen 2 weken krijgt u een brief met het besluit. Vragen? Bel %(phone)s."),
    "besluit": N_(
        "Er is een besluit over uw aanvraag. U krijgt het in een brief. Daarin staat de reden."
        " Bent u het er niet mee eens? In de brief staat wat u dan kunt doen. Wij helpen u daarbij. Bel %(phone)s."
    ),
    "weigeren": N_(
        "Bent u het niet met ons eens? Dan kunt u een klacht sturen. U kunt ook gratis hulp krijgen van een cliëntondersteuner."
        " Die werkt niet voor ons. En u kunt extra zorg aanvragen. Wilt u weten hoe? Bel ons: %(phone)s."
    ),
}
"""The texts for the person with which a form begins."""

_SAFE = [("", lazy("Niet gevraagd")), ("ja", lazy("Ja")), ("nee", lazy("Nee"))]
_YES_NO = [("ja", lazy("Ja")), ("nee", lazy("Nee"))]
_CHOOSE = lazy("Kies een van de antwoorden.")


def _told() -> TextAreaField:
    return TextAreaField(
        lazy("Wat leest de inwoner?"),
        [required(lazy("Schrijf op wat de inwoner leest.")), plain_text(5000)],
        description=lazy("Schrijf korte zinnen en gewone woorden. De inwoner leest het precies zo."),
    )


def _past_day(_form: wtforms.Form, field: wtforms.Field) -> None:
    if field.data and field.data > datetime.now(AMSTERDAM).date():
        raise StopValidation(gettext("Kies vandaag of een dag ervoor."))


class UrgencyForm(BaseForm):
    """How urgent it is: a person decides, never the program."""

    urgency = RadioField(lazy("Hoe dringend is het?"), [required(lazy("Kies hoe dringend het is."))], choices=URGENCIES.items(), coerce=int)


class TalkForm(BaseForm):
    """The first conversation, and whether the rights were told (R028)."""

    day = DateField(lazy("Op welke dag was het gesprek?"), [required(lazy("Vul de dag in.")), _past_day])
    how = RadioField(lazy("Hoe spraken wij elkaar?"), [required(_CHOOSE)], choices=TALKED_BY.items())
    rights = RadioField(lazy("Kreeg de inwoner de rechten op papier, en heeft u ze verteld?"), [required(_CHOOSE)], choices=_YES_NO)
    language = SelectField(lazy("In welke taal was het papier?"), [])
    why = TextAreaField(lazy("Zo nee: waarom niet?"), [plain_text(1000)], rows=3)

    def validate_why(self, field: wtforms.Field) -> None:
        """Not told has a reason."""
        if self.rights.data == "nee" and not (field.data or "").strip():
            raise StopValidation(gettext("Schrijf op waarom u de rechten nog niet heeft verteld."))


class ScreeningForm(BaseForm):
    """What kind of question it is (eis 49.3)."""

    nature = TextAreaField(
        lazy("Waar gaat de vraag over?"),
        [required(lazy("Schrijf op waar de vraag over gaat.")), plain_text(5000)],
        description=lazy("Dit is voor het team. De eigen woorden van de inwoner blijven zoals ze zijn."),
        rows=5,
    )
    enough = RadioField(
        lazy("Is hulp in de buurt genoeg?"),
        [required(_CHOOSE)],
        description=lazy("Dat is de Sociale Basis: bijvoorbeeld een buurthuis, maatje of inloop."),
        choices=ENOUGH.items(),
    )


class AdviceForm(BaseForm):
    """Advice was enough; it may name where the person can go (eis 33, 49.3)."""

    organisation = StringField(
        lazy("Noemde u een organisatie of activiteit? Welke?"), [plain_text(90)], description=lazy("Dit mag leeg blijven.")
    )
    contact = StringField(
        lazy("Naar wie kan de inwoner daar vragen?"), [plain_text(90)], description=lazy("Een naam, en als het kan een telefoonnummer.")
    )
    told = _told()


class ReferForm(BaseForm):
    """To somebody else, who knows of it: a warm referral has a name."""

    organisation = StringField(lazy("Naar welke organisatie of activiteit?"), [required(lazy("Vul de organisatie in.")), plain_text(90)])
    contact = StringField(
        lazy("Met wie heeft u daar gesproken?"),
        [required(lazy("Vul de naam in van wie het daar overneemt.")), plain_text(90)],
        description=lazy("Een naam, en als het kan een telefoonnummer."),
    )
    told = _told()


class HandOverForm(BaseForm):
    """Another law or another team."""

    to = RadioField(lazy("Wie neemt het over?"), [required(_CHOOSE)], choices=[(code, lazy(name)) for code, name in HANDED_TO.items()])
    contact = StringField(
        lazy("Met wie heeft u daar gesproken?"), [required(lazy("Vul de naam in van wie het daar overneemt.")), plain_text(90)]
    )
    told = _told()


class WaitForm(BaseForm):
    """On the waiting list (eis 50.1): how long, and whom to call when it gets worse."""

    weeks = RadioField(lazy("Hoeveel weken duurt het ongeveer?"), [required(_CHOOSE)], choices=[(str(n), str(n)) for n in range(1, 5)])
    told = _told()


class StartForm(BaseForm):
    """Help begins, because the question is clear and the person agrees (eis 25.2)."""

    day = DateField(lazy("Op welke dag is de hulp begonnen?"), [required(lazy("Vul de dag in.")), _past_day])
    agreed = RadioField(lazy("Hoe zei de inwoner dat het goed is?"), [required(_CHOOSE)], choices=AGREED_BY.items())
    told = _told()


class ResearchForm(BaseForm):
    """A step of the research or the decision of the Wmo."""

    day = DateField(lazy("Op welke dag?"), [required(lazy("Vul de dag in.")), _past_day])
    told = _told()


class BeginResearchForm(ResearchForm):
    """From which day on the six weeks count (Wmo, article 2.3.2)."""

    day = DateField(
        lazy("Vanaf welke dag is dit een melding voor de Wmo?"),
        [required(lazy("Vul de dag in.")), _past_day],
        description=lazy("Vanaf die dag zijn er 6 weken voor het onderzoek."),
    )
    told = _told()  # after the day, as on the other pages


class RefuseForm(BaseForm):
    """No help from us, for a weighty reason only (eis 60)."""

    reason = TextAreaField(
        lazy("Waarom kunnen wij niet helpen?"),
        [required(lazy("Schrijf de reden op.")), plain_text(2000)],
        description=lazy("Alleen om een zware reden. De inwoner leest dit precies zo."),
        rows=4,
    )
    told = TextAreaField(lazy("Wat kan de inwoner nu doen?"), [required(lazy("Schrijf op wat de inwoner leest.")), plain_text(2900)])


class GiveForm(BaseForm):
    """To a colleague of the same team."""

    staff = SelectField(lazy("Wie zorgt er voortaan voor?"), [required(lazy("Kies een collega."))])
    why = TextAreaField(lazy("Wat moet uw collega weten?"), [plain_text(1000)], rows=3, description=lazy("Dit mag leeg blijven."))


class MoveForm(BaseForm):
    """To another team of ours."""

    team = SelectField(lazy("Naar welk team?"), [required(lazy("Kies een team."))])
    why = TextAreaField(lazy("Waarom?"), [required(lazy("Schrijf op waarom.")), plain_text(1000)], rows=3)


class ConfirmForm(BaseForm):
    """Only a button."""


class EnterForm(BaseForm):
    """What somebody asked by telephone, at the counter, at home or on paper. Nothing of it is a threshold but how it came in."""

    channel = RadioField(
        lazy("Hoe kwam de vraag binnen?"),
        [required(_CHOOSE)],
        choices=[(code, name) for code, name in CHANNELS.items() if code != "website"],
    )
    day = DateField(lazy("Op welke dag?"), [required(lazy("Vul de dag in.")), _past_day])
    why = StringField(lazy("Was het eerder dan vandaag? Waarom schrijft u het nu op?"), [plain_text(500)])
    words = TextAreaField(
        lazy("De vraag, in de woorden van de inwoner"), [required(lazy("Schrijf op wat de inwoner vroeg.")), plain_text(20_000)]
    )
    signs = CheckboxesField(lazy("Wat is er nu aan de hand?"), choices=SIGNS.items())
    name = StringField(lazy("Naam van de inwoner"), [plain_text(200)])
    phone = StringField(lazy("Telefoonnummer"), [plain_text(40)], inputmode="tel")
    safe_call = RadioField(lazy("Is bellen veilig?"), choices=_SAFE)
    email = StringField(lazy("E-mailadres"), [plain_text(254)], inputmode="email")
    safe_mail = RadioField(lazy("Is mailen veilig?"), choices=_SAFE)
    address = TextAreaField(lazy("Adres voor een brief"), [plain_text(300)], rows=3)
    safe_post = RadioField(lazy("Is een brief veilig?"), choices=_SAFE)
    postcode = StringField(lazy("Postcode"), [plain_text(7)], description=lazy("Alleen de 4 cijfers is ook goed."))
    reporter_role = SelectField(
        lazy("Vroeg iemand anders dit voor de inwoner?"), choices=[("", lazy("Nee, de inwoner zelf")), *ROLES.items()]
    )
    reporter_name = StringField(lazy("Naam van wie het vroeg"), [plain_text(200)])
    reporter_contact = StringField(lazy("Telefoonnummer of e-mailadres van wie het vroeg"), [plain_text(254)])
    consent = RadioField(
        lazy("Weet de inwoner dat deze persoon hulp vraagt?"),
        choices=[("ja", lazy("Ja")), ("nee", lazy("Nee")), ("weet_niet", lazy("Dat weet ik niet"))],
    )

    def validate_why(self, field: wtforms.Field) -> None:
        """What was asked on an earlier day says why it is written down now."""
        if self.day.data and self.day.data < datetime.now(AMSTERDAM).date() and not (field.data or "").strip():
            raise StopValidation(gettext("Schrijf op waarom u het nu pas opschrijft."))

    def validate_postcode(self, field: wtforms.Field) -> None:
        """Refuses what is no Dutch postcode, in words."""
        if (field.data or "").strip() and plain_postcode(field.data) is None:
            raise StopValidation(gettext("Schrijf de 4 cijfers en 2 letters van de postcode."))

    def validate_email(self, field: wtforms.Field) -> None:
        """Refuses what is no address, in words."""
        written = (field.data or "").strip()
        if written and "@" not in written.strip("@"):
            raise StopValidation(gettext("Schrijf het e-mailadres zo: naam@voorbeeld.nl."))

    def validate_consent(self, field: wtforms.Field) -> None:
        """Asked for somebody else, it is said whether that person knows."""
        if self.reporter_role.data and not field.data:
            raise StopValidation(str(_CHOOSE))

    def answers(self) -> dict[str, Any]:
        """The answers by the names of casus.melding; what was left empty is None."""
        for_other = bool(self.reporter_role.data)
        given: dict[str, Any] = {
            "for_whom": "ander" if for_other else "zelf",
            "words": self.words.data or "",
            "signs": self.signs.data or [],
            "name": (self.name.data or "").strip(),
            "phone": (self.phone.data or "").strip() or None,
            "email": (self.email.data or "").strip() or None,
            "postcode": plain_postcode(self.postcode.data or ""),
            "safe_call": {"ja": True, "nee": False}.get(self.safe_call.data),
            "safe_mail": {"ja": True, "nee": False}.get(self.safe_mail.data),
            "safe_post": {"ja": True, "nee": False}.get(self.safe_post.data),
            "address": (self.address.data or "").strip() or None,
            "reach_ways": [
                way for way, field in (("bellen", self.phone), ("mail", self.email), ("brief", self.address)) if (field.data or "").strip()
            ],
            "language": "nl",
        }
        if for_other:
            given |= {"reporter_role": self.reporter_role.data, "consent": self.consent.data}
            given |= {name: (self[name].data or "").strip() or None for name in ("reporter_name", "reporter_contact")}
        return given


def plain_postcode(typed: str) -> str | None:
    """A postcode as the database keeps it (``6512 AB`` or ``6512``); None for what is none."""
    plain = "".join(typed.upper().split())
    digits, letters = plain[:4], plain[4:]
    if not (plain.isascii() and digits.isdigit() and len(digits) == 4 and (not letters or (len(letters) == 2 and letters.isalpha()))):
        return None
    return f"{digits} {letters}".strip()
