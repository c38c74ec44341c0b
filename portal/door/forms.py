"""Forms of getting in."""

from portal.door.commands import CHECKS, RENEWAL_CHECKS, RENEWAL_REFUSED
from portal.forms import BaseForm, DateField, RadioField, StringField, lazy, plain_text, required


def _how() -> RadioField:
    return RadioField(
        lazy("Hoe weet u wie dit is?"),
        [required(lazy("Kies hoe u weet wie dit is."))],
        choices=[(code, lazy(words)) for code, words in CHECKS.items()],
        description=lazy("De inwoner kan later zien wat u hier kiest."),
    )


def _birth_date() -> DateField:
    return DateField(lazy("Geboortedatum"), [required(lazy("Vul de geboortedatum in."))], autocomplete="off")


def _street() -> StringField:
    return StringField(lazy("Straat en huisnummer"), [plain_text(200)], autocomplete="off")


def _postcode() -> StringField:
    return StringField(lazy("Postcode en plaats"), [plain_text(100)], autocomplete="off")


class OpenForm(BaseForm):
    """Who somebody is, before a dossier is made."""

    how = _how()
    first_name = StringField(lazy("Voornaam"), [required(lazy("Vul de voornaam in.")), plain_text(80)], autocomplete="off")
    infix = StringField(lazy("Tussenvoegsel"), [plain_text(20)], autocomplete="off")
    last_name = StringField(lazy("Achternaam"), [required(lazy("Vul de achternaam in.")), plain_text(80)], autocomplete="off")
    birth_date = _birth_date()
    street = _street()
    postcode = _postcode()
    which = RadioField(lazy("U werkt al in een dossier met deze naam en geboortedatum. Is dit dezelfde persoon?"), [])


class LinkForm(BaseForm):
    """What a returning inwoner tells."""

    how = _how()
    username = StringField(
        lazy("Gebruikersnaam van de inwoner"),
        [required(lazy("Vul de gebruikersnaam in.")), plain_text(254)],
        autocomplete="off",
        render_kw={"autocapitalize": "none", "spellcheck": "false"},
    )
    birth_date = _birth_date()


class RenewalForm(BaseForm):
    """Asking a colleague for a new start code."""

    sure = RadioField(
        lazy("Hoe weet u dat de inwoner dit zelf vraagt?"),
        [required(lazy("Kies hoe u dit weet."))],
        choices=[(code, lazy(words)) for code, words in RENEWAL_CHECKS.items()],
        description=lazy("De inwoner ziet later uw naam."),
    )


class ConfirmForm(BaseForm):
    """What a colleague says about it."""

    sure = RadioField(
        lazy("Wat heeft u zelf gedaan?"),
        [required(lazy("Kies wat u zelf heeft gedaan."))],
        choices=[(code, lazy(words)) for code, words in RENEWAL_CHECKS.items()] + [(RENEWAL_REFUSED, lazy("Nee, dit klopt niet"))],
    )


class StartCodeForm(BaseForm):
    """How the code gets to the inwoner, and an e-mail address for who gives one."""

    way = RadioField(
        lazy("Hoe krijgt de inwoner de code?"),
        [required(lazy("Kies hoe de inwoner de code krijgt."))],
        choices=[("balie", lazy("Ik geef de code nu zelf")), ("brief", lazy("Met een brief"))],
    )
    email = StringField(
        lazy("E-mailadres van de inwoner"),
        [plain_text(254)],
        description=lazy("Het hoeft niet. De inwoner bevestigt het later zelf."),
        inputmode="email",
        autocomplete="off",
    )


LOST = {
    "wachtwoord": lazy("Ik weet mijn wachtwoord niet meer"),
    "telefoon": lazy("Ik heb mijn telefoon niet meer"),
    "allebei": lazy("Allebei"),
}


class HelpForm(BaseForm):
    """Who can't sign in. Nothing of it says whether there is such a person."""

    lost = RadioField(lazy("Wat lukt er niet?"), [required(lazy("Kies wat er niet lukt."))], choices=list(LOST.items()))
    name = StringField(lazy("Uw naam"), [required(lazy("Vul uw naam in.")), plain_text(200)], autocomplete="name")
    birth_date = DateField(lazy("Uw geboortedatum"), [required(lazy("Vul uw geboortedatum in."))], autocomplete="bday")
    username = StringField(
        lazy("Uw gebruikersnaam, als u die nog weet"),
        [plain_text(254)],
        autocomplete="username",
        render_kw={"autocapitalize": "none", "spellcheck": "false"},
    )
    reach = StringField(
        lazy("Hoe bereiken wij u?"),
        [required(lazy("Vul in hoe wij u bereiken.")), plain_text(500)],
        description=lazy("Bijvoorbeeld een nummer, of bij wie u woont. Zeg ook wat niet veilig is."),
    )


class ContactForm(BaseForm):
    """Another address, or another e-mail address, as told at the desk."""

    street = _street()
    postcode = _postcode()
    email = StringField(
        lazy("E-mailadres"),
        [plain_text(254)],
        description=lazy("Een nieuw adres werkt pas als de inwoner het bevestigt."),
        inputmode="email",
        autocomplete="off",
    )
