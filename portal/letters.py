"""What letters say, on paper for an envelope with a window: through it one sees whom it is for, where it comes from, and nothing else."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal import deadlines
from portal.i18n import LANGUAGES, N_, SOURCE, Translator, format_datetime, translator
from portal.mail import Place, known_language, term_days
from portal.pdf import Block, Envelope, Part, heading, items, make_pdf, original, paragraph

FIRST_TIME = "/eerste-keer"
"""Where somebody comes in with a start code."""


@dataclass(frozen=True)
class Letter:
    """One letter to print. ``secrets`` is what only the paper may say; None when it can't be opened any more.

    A startcode has ``username`` and ``code``; a melding_ontvangen may have ``code``, with which one sees how things stand. ``since``: when
    what it is about began; of a startcode when the code was made.
    """

    public_id: UUID
    template: str
    language: str
    to_whom: str
    to_name: str
    to_lines: tuple[str, ...]
    secrets: Mapping[str, str] | None
    since: datetime


@dataclass(frozen=True)
class Text:
    """A text with the values in it; ``kind`` as of portal.pdf.Block. Several texts are items of one list."""

    kind: str
    texts: tuple[str, ...]
    values: Mapping[str, str]


Write = Callable[["Letter", Place, str], Iterable[Text]]


def letters_pdf(letters: Sequence[Letter], place: Place, sender_line: str, author: str, *, title: str, language: str) -> bytes:
    """All letters in one file, each from page 1 on, in the order given. Raises portal.pdf.PdfError, and KeyError for an unknown letter."""
    return make_pdf(title, language, [_part(one, place, sender_line) for one in letters], author=author)


def _part(letter: Letter, place: Place, sender_line: str) -> Part:
    if letter.secrets is None or not _NEEDED.get(letter.template, set[str]()) <= letter.secrets.keys():
        said = N_("Deze brief kan niet meer open. Maak een nieuwe, en doe deze niet op de post.")
        return Part(SOURCE, (heading(letter.to_name, SOURCE), paragraph(said, SOURCE)))
    speaks = translator(known_language(letter.language))
    code = speaks.language.code
    texts = list(_LETTERS[letter.template](letter, place, code))
    in_dutch = list(_LETTERS[letter.template](letter, place, SOURCE))
    blocks = [block for text, dutch in zip(texts, in_dutch, strict=True) for block in _blocks(text, dutch, speaks)]
    return Part(code, tuple(blocks), Envelope(sender_line, (letter.to_name, *letter.to_lines)))


def _blocks(text: Text, dutch: Text, speaks: Translator) -> list[Block]:
    """In the language of the letter; and when nobody checked the translation, in Dutch below it."""
    code = speaks.language.code
    said = [speaks.gettext(one, **_isolated(text.values, code)) for one in text.texts]
    if text.kind == "heading":
        return [heading(said[0], code)]
    made = items(said, code) if text.kind == "items" else paragraph(" ".join(said), code)
    if code == SOURCE or speaks.checked:
        return [made]
    return [made, original(("\n" if text.kind == "items" else " ").join(one % dutch.values for one in dutch.texts))]


def _isolated(values: Mapping[str, str], code: str) -> dict[str, str]:
    """In a text from right to left a code, number or address keeps its order only between these marks (docs/words.md)."""
    if LANGUAGES[code].direction == "ltr":
        return dict(values)
    return {name: value if name.endswith(("day", "moment")) else f"\u2066{value}\u2069" for name, value in values.items()}


def _startcode(letter: Letter, place: Place, code: str) -> Iterable[Text]:
    secrets = letter.secrets or {}
    values = {
        "site": place.site,
        "address": place.address.rstrip("/") + FIRST_TIME,
        "phone": place.phone,
        "username": secrets["username"],
        "code": secrets["code"],
        "moment": format_datetime(deadlines.due(deadlines.START_CODE_BY_POST, letter.since), code),
    }
    yield Text("heading", (N_("Zo komt u in %(site)s"),), values)
    yield Text("paragraph", (N_("Met deze brief logt u de eerste keer in."), N_("Dat gaat zo:")), values)
    steps = (
        N_("Ga naar %(address)s"),
        N_("Vul uw gebruikersnaam in: %(username)s"),
        N_("Vul uw code in: %(code)s"),
        N_("Kies daarna zelf een wachtwoord."),
    )
    yield Text("items", steps, values)
    yield Text("paragraph", (N_("De code werkt tot %(moment)s."),), values)
    yield Text("paragraph", (N_("Geef de code aan niemand. Ook niet aan ons."),), values)
    yield Text("paragraph", (N_("Lukt het niet? Bel %(phone)s. Wij helpen u."), N_("Vroeg u niet om deze brief? Bel ons dan ook.")), values)


def _melding_ontvangen(letter: Letter, place: Place, code: str) -> Iterable[Text]:
    days = term_days(code, letter.since, place.start)
    values = {"address": place.address, "phone": place.phone, "code": (letter.secrets or {}).get("code", "")}
    yield Text("heading", (N_("Uw bericht is binnen"),), values)
    yield Text("paragraph", (N_("Op %(day)s kregen wij uw bericht."),), {"day": days["received_day"]})
    if letter.to_whom == "aanmelder":
        yield Text("paragraph", (N_("Uiterlijk op %(day)s praten wij met degene om wie het gaat."),), {"day": days["talk_day"]})
        yield Text("paragraph", (N_("Wat er daarna gebeurt, horen alleen die persoon en wij."),), values)
    else:
        yield Text("paragraph", (N_("Uiterlijk op %(day)s praten wij met u."),), {"day": days["talk_day"]})
        yield Text("paragraph", (N_("Uiterlijk op %(day)s beginnen wij."),), {"day": days["start_day"]})
        yield Text("paragraph", (N_("Lukt dat niet? Dan hoort u van ons waarom, en wat wij nu doen."),), values)
    if values["code"]:
        # A line each, so that a code is never broken in two.
        yield Text("items", (N_("Kijk hoe het ermee staat: %(address)s"), N_("Uw code: %(code)s")), values)
    yield Text("paragraph", (N_("Kan het niet wachten?"), N_("Bel %(phone)s.")), values)


def _melding_antwoord(_letter: Letter, place: Place, _code: str) -> Iterable[Text]:
    # Somebody else at home may open it: it says that there is an answer, never which, nor what was asked.
    values = {"address": place.address, "phone": place.phone, "visit": place.visit}
    yield Text("heading", (N_("Er is een bericht voor u"),), values)
    yield Text(
        "paragraph",
        (N_("Wij hebben een antwoord voor u."), N_("Wat het is, staat niet in deze brief."), N_("Dat blijft tussen u en ons.")),
        values,
    )
    yield Text("paragraph", (N_("Zo krijgt u het antwoord. Kies wat u prettig vindt:"),), values)
    ways = (
        N_("Bel %(phone)s. Wij vertellen het u."),
        N_("Kom langs: %(visit)s"),
        N_("Heeft u een code van ons? Lees het op %(address)s"),
    )
    yield Text("items", ways, values)
    yield Text("paragraph", (N_("Bent u de code kwijt? Dat is niet erg. Bel ons of kom langs."), N_("U mag iemand meenemen.")), values)
    yield Text("paragraph", (N_("Kan het niet wachten?"), N_("Bel %(phone)s.")), values)


def _nieuws(_letter: Letter, place: Place, _code: str) -> Iterable[Text]:
    values = {"site": place.site, "address": place.address, "phone": place.phone}
    yield Text("heading", (N_("Er is een bericht voor u"),), values)
    yield Text("paragraph", (N_("Er is nieuws voor u in %(site)s."), N_("Wat het is, staat niet in deze brief.")), values)
    yield Text("paragraph", (N_("Log in om het te lezen."), N_("Ga naar %(address)s")), values)
    yield Text("paragraph", (N_("Lukt het niet, of wilt u liever bellen?"), N_("Bel %(phone)s.")), values)


def _stap(_letter: Letter, place: Place, _code: str) -> Iterable[Text]:
    values = {"address": place.address, "phone": place.phone}
    yield Text("heading", (N_("Er is een bericht voor u"),), values)
    yield Text("paragraph", (N_("Er is iets wat u wilde doen."), N_("Wat het is, staat niet in deze brief.")), values)
    yield Text("paragraph", (N_("Log in om het te lezen."), N_("Ga naar %(address)s")), values)
    yield Text("paragraph", (N_("Lukt het niet, of wilt u liever bellen?"), N_("Bel %(phone)s.")), values)


_LETTERS: dict[str, Write] = {
    "startcode": _startcode, "melding_ontvangen": _melding_ontvangen, "melding_antwoord": _melding_antwoord,
    "nieuws": _nieuws, "toegang": _nieuws, "stap": _stap,
}  # fmt: skip
_NEEDED = {"startcode": {"username", "code"}}
