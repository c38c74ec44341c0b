"""Languages: which ones there are, translating, and dates as people say them.

The Dutch text in the code is the source text (the msgid), so Dutch needs no catalogue. Translating is
one look-up in a bound ``GNUTranslations``; translated text is plain ``str``, so Jinja's autoescape
treats it like any other text. Times are shown in Europe/Amsterdam, whatever the server's clock says.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any, Literal, NamedTuple

from babel import Locale
from babel.dates import format_date as babel_date
from babel.dates import format_time as babel_time
from babel.lists import format_list as babel_list
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, Response, g, has_app_context, request
from markupsafe import Markup

from portal.deadlines import AMSTERDAM
from portal.reviewed import fingerprint, fingerprints, reviewed

SOURCE = "nl"
COOKIE = "taal"
CATALOGUES = Path(__file__).resolve().parent.parent / "translations"


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the portal. ``complete`` languages are offered to people; others are in the making."""

    code: str
    name: str
    """The name in the language itself, because that is the word its reader looks for."""
    direction: Literal["ltr", "rtl"]
    complete: bool
    locale: str
    """The CLDR locale for dates and lists."""
    comma: str = ", "


LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        Language("nl", "Nederlands", "ltr", True, "nl_NL"),
        Language("en", "English", "ltr", True, "en_GB"),
        Language("ar", "العربية", "rtl", True, "ar", "، "),
    )
}


class _Patterns(NamedTuple):
    """CLDR patterns for one language, where the CLDR default isn't what people here read and say."""

    long: str
    short: str
    month: str
    day: str
    time: str
    joined: str


_PATTERNS = {
    "nl": _Patterns("EEEE d MMMM y", "d MMMM y", "MMMM y", "d MMMM", "HH.mm 'uur'", "{date} om {time}"),
    "en": _Patterns("EEEE d MMMM y", "d MMMM y", "MMMM y", "d MMMM", "HH:mm", "{date} at {time}"),
    "ar": _Patterns("EEEE، d MMMM y", "d MMMM y", "MMMM y", "d MMMM", "HH:mm", "{date}، {time}"),
}

# A page names some twenty days, and pages name the same ones: sized for twenty years in a few languages.
_babel_date = lru_cache(maxsize=20_000)(babel_date)
DateStyle = Literal["long", "short", "month", "day"]


class Translator:
    """Turns source text into one language. ``translator(code)`` makes one per language and process."""

    __slots__ = ("_catalogue", "_doubtful", "_one", "_plural", "_reviewed", "checked", "language")

    def __init__(
        self,
        language: Language,
        catalogue: NullTranslations,
        reviewed: frozenset[str] = frozenset(),
        *,
        checked: bool = False,
    ) -> None:
        """Make one; ``reviewed`` are the fingerprints a person vouches for, ``checked`` says that they are all there is."""
        self.language = language
        self.checked = checked
        self._catalogue = catalogue
        self._reviewed = reviewed
        self._doubtful = False
        self._one: Callable[[str], str] = catalogue.gettext
        self._plural: Callable[[str, str, int], str] = catalogue.ngettext

    def gettext(self, message: str, /, **values: object) -> str:
        """Give the text in this language; ``%(name)s`` is filled only when values are given.

        A value that is markup (from a macro) makes the whole markup, with text and other values escaped.
        """
        # An empty msgid is the catalogue's header, which no person should read.
        text = self._one(message) if message else ""
        return _filled(text, values) if values else text

    def ngettext(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Give the text for ``n`` things; ``%(n)s`` is always available."""
        return _filled(self._plural(one, many, n), {"n": n, **values})

    def own(self) -> Translator:
        """Give one for a single request, which ``dutch_too`` may make speak Dutch for a moment."""
        return self if self.checked else Translator(self.language, self._catalogue, self._reviewed)

    def dutch_too(self, say: Callable[[], str]) -> str:
        """Give what ``say`` says; and when a text in it was checked by nobody, the same in Dutch below it."""
        if self.checked:
            return say()
        self._doubtful, self._one, self._plural = False, self._watch_one, self._watch_plural
        try:
            said = say()
            if not self._doubtful:
                return said
            language, self.language = self.language, LANGUAGES[SOURCE]
            self._one, self._plural = _DUTCH.gettext, _DUTCH.ngettext
            try:
                dutch = say()
            finally:
                self.language = language
        finally:
            self._one, self._plural = self._catalogue.gettext, self._catalogue.ngettext
        # A span, so that it can stand in a paragraph, an item of a list, a label and a legend alike.
        return Markup('{}<span class="in-dutch" lang="{}" dir="ltr">{}</span>').format(said, SOURCE, dutch)

    def is_checked(self, *texts: str) -> bool:
        """Whether a person read this: the Dutch (one, or one and many) and then the translation."""
        return self.checked or fingerprint(*texts) in self._reviewed

    def _watch_one(self, message: str) -> str:
        text = self._catalogue.gettext(message)
        # What has no translation is Dutch already.
        self._doubtful |= text != message and not self.is_checked(message, text)
        return text

    def _watch_plural(self, one: str, many: str, n: int) -> str:
        text = self._catalogue.ngettext(one, many, n)
        self._doubtful |= text not in (one, many) and not self.is_checked(one, many, text)
        return text


_DUTCH = NullTranslations()


def _filled(text: str, values: dict[str, Any]) -> str:
    if any(hasattr(value, "__html__") for value in values.values()):
        return Markup.escape(text) % values
    return text % values


@cache
def translator(code: str) -> Translator:
    """Give the translator for a language code; raises KeyError for a language that isn't in LANGUAGES."""
    language = LANGUAGES[code]
    if code == SOURCE:
        return Translator(language, _DUTCH, checked=True)
    folder = CATALOGUES / code / "LC_MESSAGES"
    seen = reviewed(code, CATALOGUES)
    return Translator(language, _catalogue(folder), seen, checked=bool(seen) and seen.issuperset(fingerprints(_source(folder))))


def _catalogue(folder: Path) -> NullTranslations:
    """Read the compiled catalogue, or the source one while it is newer (somebody is translating)."""
    source, compiled = folder / "messages.po", folder / "messages.mo"
    if not source.exists():
        # A compiled catalogue without its source is a leftover: never show text nobody can check.
        return NullTranslations()
    if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
        with compiled.open("rb") as file:
            return GNUTranslations(file)
    buffer = io.BytesIO()
    write_mo(buffer, _source(folder))
    buffer.seek(0)
    return GNUTranslations(buffer)


def _source(folder: Path) -> Catalog:
    with (folder / "messages.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def current() -> Translator:
    """Give the translator of this request; Dutch outside a request."""
    if has_app_context():
        chosen = g.get("translator")
        if isinstance(chosen, Translator):
            return chosen
    return translator(SOURCE)


def gettext(message: str, /, **values: object) -> str:
    """Translate into the language of this request. Imported as ``_``."""
    return current().gettext(message, **values)


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """Translate a counted text into the language of this request; ``%(n)s`` is the count."""
    return current().ngettext(one, many, n, **values)


def dutch_too(caller: Callable[[], str]) -> str:
    """For templates: ``{% call dutch_too() %}`` around what one paragraph says.

    In a language that nobody checked, the Dutch stands below it. For what people decide on, or what keeps them safe.
    """
    return current().dutch_too(caller)


_ = gettext


def N_(message: str, /) -> str:  # noqa: N802 (the name that translators know)
    """Mark a text for the catalogues without translating it yet; call ``_`` on it where it is shown."""
    return message


class LazyText:
    """A text made at import time and translated each time it is shown (labels and messages of forms)."""

    __slots__ = ("_message", "_values")

    def __init__(self, message: str, values: dict[str, object]) -> None:
        self._message = message
        self._values = values

    def __str__(self) -> str:
        return gettext(self._message, **self._values)

    def __repr__(self) -> str:
        return f"lazy({self._message!r})"

    def __mod__(self, values: object) -> str:
        return str(self) % values

    def __add__(self, other: object) -> str:
        return str(self) + str(other)

    def __radd__(self, other: object) -> str:
        return str(other) + str(self)

    def __contains__(self, part: str) -> bool:
        return part in str(self)

    def __len__(self) -> int:
        return len(str(self))

    def __format__(self, specification: str) -> str:
        return format(str(self), specification)

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other) if isinstance(other, str | LazyText) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._message)


def lazy(message: str, /, **values: object) -> Any:
    """Give a text that is translated when it is shown. Typed Any: form libraries want a str."""
    return LazyText(message, values)


def local(value: datetime) -> datetime:
    """Give the moment on the clock of Amsterdam; raises ValueError when it has no time zone."""
    if value.tzinfo is None:
        raise ValueError("a datetime without time zone can't be shown")
    return value.astimezone(AMSTERDAM)


def format_date(value: date, code: str, style: DateStyle = "long") -> str:
    """Give a day: "vrijdag 12 juni 2026", or style short "12 juni 2026", month "juni 2026", day "12 juni"."""
    day = local(value).date() if isinstance(value, datetime) else value
    return _babel_date(day, getattr(_PATTERNS[code], style), locale=LANGUAGES[code].locale)


def format_time(value: datetime | time, code: str) -> str:
    """Give a time of day: "14.35 uur". A bare ``time`` is taken as already local."""
    clock = local(value).time() if isinstance(value, datetime) else value
    return babel_time(clock, _PATTERNS[code].time, locale=LANGUAGES[code].locale)


def format_datetime(value: datetime, code: str, style: DateStyle = "long") -> str:
    """Give a moment: "vrijdag 12 juni 2026 om 14.35 uur"."""
    joined = _PATTERNS[code].joined
    return joined.format(date=format_date(value, code, style), time=format_time(value, code))


def format_list(items: Iterable[object], code: str) -> str:
    """Give names in a row as people say them: "Anna, Bram en Cem"."""
    return babel_list([str(item) for item in items], locale=Locale.parse(LANGUAGES[code].locale))


def format_language(spoken: str, code: str) -> str:
    """Give the name of a language by its ISO 639 code, as people say it: "uk" is "Oekraïens". An unknown code stays as it is."""
    return str(Locale.parse(LANGUAGES[code].locale).languages.get(spoken, spoken))


def offered(*, unfinished: bool = False) -> list[Language]:
    """Give the languages a person can choose; ``unfinished`` adds those still in the making."""
    return [language for language in LANGUAGES.values() if language.complete or unfinished]


def choose(account: str | None, cookie: str | None, header: str, codes: Iterable[str]) -> str:
    """Choose a language code: the account's, else the cookie's, else Accept-Language, else Dutch."""
    known = list(codes)
    for wish in (account, cookie):
        if wish in known:
            return wish
    return _from_header(header, known)


def _from_header(header: str, codes: list[str]) -> str:
    """Take the best language of an Accept-Language header by its first part: "en-US" is "en"."""
    wishes: list[tuple[float, int, str]] = []
    for place, part in enumerate(header[:500].split(",")):
        tag, _sep, rest = part.strip().partition(";")
        quality = re.fullmatch(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", rest)
        weight = float(quality.group(1)) if quality else 1.0
        code = tag.split("-")[0].lower()
        if code in codes and weight > 0:
            wishes.append((-weight, place, code))
    return min(wishes)[2] if wishes else SOURCE


def use(code: str) -> None:
    """Speak this language for the rest of the request (also right after sign-in or a new choice)."""
    g.language = code
    g.translator = translator(code).own()


def install(app: Flask, *, unfinished: bool = False) -> None:
    """Give an app its languages: the choice per request and what templates need.

    Call it after the account of a request is loaded (``g.account``), because the account's language wins.
    A GET parameter never chooses, so a link can't change somebody's language.
    """
    languages = offered(unfinished=unfinished)
    codes = [language.code for language in languages]
    app.config["OFFERED_LANGUAGES"] = codes
    for code in codes:
        translator(code)  # A broken catalogue stops the start, not a page.

    def choose_language() -> None:
        account = getattr(g.get("account"), "language", None)
        header = request.headers.get("Accept-Language", "")
        use(choose(account, request.cookies.get(COOKIE), header, codes))

    def name_language(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.headers.setdefault("Content-Language", g.get("language", SOURCE))
            response.vary.update(("Accept-Language", "Cookie"))
        return response

    def per_request() -> dict[str, object]:
        now = current()
        # The bound methods: a page asks for some hundred texts, so each step of a look-up counts.
        return {
            "_": now.gettext,
            "ngettext": now.ngettext,
            "language": now.language.code,
            "direction": now.language.direction,
            "comma": lambda: now.language.comma,
            "translation_checked": now.checked,
        }

    app.before_request(choose_language)
    app.after_request(name_language)
    app.context_processor(per_request)
    app.jinja_env.globals.update(_=gettext, ngettext=ngettext, N_=N_, lazy=lazy, languages=languages, dutch_too=dutch_too)
    formats: dict[str, Callable[..., str]] = {
        "date": format_date,
        "datetime": format_datetime,
        "time": format_time,
        "listing": format_list,
        "language_name": format_language,
    }
    app.jinja_env.filters.update({name: _filter(show) for name, show in formats.items()})


def _filter(show: Callable[..., str]) -> Callable[..., str]:
    """Give a format of this module as a filter for templates: in the language of the request."""
    return lambda value, *style: show(value, current().language.code, *style)
