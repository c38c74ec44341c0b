"""The form to search with."""

from portal.forms import BaseForm, HiddenField, StringField, plain_text, required
from portal.i18n import lazy

# Characters.
MAX_WORDS = 200


class SearchForm(BaseForm):
    """Some words; ``after`` is the entry from which to go on."""

    words = StringField(lazy("Welk woord zoekt u?"), [required(lazy("Schrijf een woord op.")), plain_text(MAX_WORDS)], autocomplete="off")
    after = HiddenField()
