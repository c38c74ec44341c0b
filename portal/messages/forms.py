"""The forms of messages. ``number`` makes that sending twice writes once; ``shown``: the last message that stood on the page."""

from portal.forms import BaseForm, HiddenField, TextAreaField, plain_text, required
from portal.i18n import lazy

# Characters. A message isn't a letter: what has to be kept for long becomes an entry.
MOST = 5_000


class MessageForm(BaseForm):
    """A message of the inwoner."""

    body = TextAreaField(lazy("Uw bericht"), [required(lazy("Schrijf eerst uw bericht.")), plain_text(MOST)], rows=6)
    number = HiddenField()


class AnswerForm(MessageForm):
    """A message of the team."""

    body = TextAreaField(
        lazy("Uw bericht"),
        [required(lazy("Schrijf eerst uw bericht.")), plain_text(MOST)],
        rows=6,
        description=lazy("De inwoner leest dit meteen. Schrijf het in gewone woorden."),
    )
    shown = HiddenField()


class SettleForm(BaseForm):
    """It needs no answer."""

    shown = HiddenField()
