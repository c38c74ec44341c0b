"""Where do I belong: one postcode."""

from portal.forms import BaseForm, StringField, lazy, required


class PostcodeForm(BaseForm):
    """Asked with GET, so that the answer has an address. Four digits are enough, and tell nobody a house."""

    postcode = StringField(
        lazy("Uw postcode"),
        [required(lazy("Vul uw postcode in."))],
        description=lazy("De vier cijfers zijn genoeg."),
        autocomplete="postal-code",
    )
