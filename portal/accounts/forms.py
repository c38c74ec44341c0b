"""Forms for signing in and for the first time."""

from portal.forms import BaseForm, HiddenField, PasswordField, StringField, lazy, plain_text, required


def typed(field: StringField) -> str:
    """What was typed in a field, as it was typed; empty when nothing came."""
    return field.data or ""


# What a telephone must not do with a name or a code while it is typed.
_AS_TYPED = {"autocapitalize": "none", "spellcheck": "false"}


class SignInForm(BaseForm):
    """Who, and the password."""

    login = StringField(
        lazy("Gebruikersnaam of e-mailadres"),
        [required(lazy("Vul uw gebruikersnaam of e-mailadres in.")), plain_text(254)],
        autocomplete="username",
        render_kw=_AS_TYPED,
    )
    password = PasswordField(
        lazy("Wachtwoord"), [required(lazy("Vul uw wachtwoord in.")), plain_text(1000)], autocomplete="current-password"
    )
    next = HiddenField()


class CodeForm(BaseForm):
    """The six digits of the authenticator app."""

    code = StringField(
        lazy("Code uit uw app"),
        [required(lazy("Vul de code van 6 cijfers in.")), plain_text(20)],
        description=lazy("De code heeft 6 cijfers. Elke 30 seconden komt er een nieuwe."),
        autocomplete="one-time-code",
        inputmode="numeric",
        render_kw=_AS_TYPED,
    )


class CardForm(BaseForm):
    """A code of the card, for who has no telephone."""

    code = StringField(
        lazy("Code van uw kaart"),
        [required(lazy("Vul een code van uw kaart in.")), plain_text(60)],
        description=lazy("De code heeft 12 letters en cijfers. Streepjes mag u weglaten."),
        autocomplete="off",
        render_kw=_AS_TYPED,
    )


class SureForm(BaseForm):
    """Password and code once more, before the way in changes."""

    password = PasswordField(
        lazy("Wachtwoord"), [required(lazy("Vul uw wachtwoord in.")), plain_text(1000)], autocomplete="current-password"
    )
    code = StringField(
        lazy("Code"),
        [required(lazy("Vul een code in.")), plain_text(60)],
        description=lazy("De code uit uw oude app, of een code van uw kaart."),
        autocomplete="one-time-code",
        render_kw=_AS_TYPED,
    )


class EmailCodeForm(BaseForm):
    """The code that came by mail."""

    code = StringField(
        lazy("Code uit de mail"),
        [required(lazy("Vul de code van 6 cijfers in.")), plain_text(20)],
        autocomplete="one-time-code",
        inputmode="numeric",
        render_kw=_AS_TYPED,
    )


class StartForm(BaseForm):
    """Coming in the first time, with the code one was given."""

    login = StringField(
        lazy("Gebruikersnaam"),
        [required(lazy("Vul uw gebruikersnaam in.")), plain_text(254)],
        description=lazy("U heeft deze naam van ons gekregen, samen met uw startcode."),
        autocomplete="username",
        render_kw=_AS_TYPED,
    )
    start_code = StringField(
        lazy("Startcode"),
        [required(lazy("Vul uw startcode in.")), plain_text(60)],
        description=lazy("De code heeft 16 letters en cijfers. Streepjes mag u weglaten."),
        autocomplete="off",
        render_kw=_AS_TYPED,
    )


class NewPasswordForm(BaseForm):
    """A password of one's own choice, typed twice because it can't be seen."""

    password = PasswordField(
        lazy("Kies een wachtwoord"),
        [required(lazy("Kies een wachtwoord van 12 tekens of meer.")), plain_text(1000)],
        description=lazy("Gebruik 12 tekens of meer. Een paar losse woorden achter elkaar is goed."),
        autocomplete="new-password",
    )
    password_again = PasswordField(
        lazy("Typ het wachtwoord nog een keer"),
        [required(lazy("Typ het wachtwoord nog een keer.")), plain_text(1000)],
        autocomplete="new-password",
    )
