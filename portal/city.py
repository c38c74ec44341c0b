"""What is of the city and not of the program: names, numbers, addresses, hours. One JSON file (MBT_CITY_FILE), read at the start.

Sentences stay in the catalogues; only what another city would say otherwise comes from the file. Each group in it has an
owner and the day on which somebody last looked whether it is right; `portal doctor` asks to look again after a year.
portal/schemas/city.schema.json says what the file holds, docs/running.md explains it.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from babel.dates import format_date, format_time
from babel.numbers import format_currency
from flask import current_app

from portal.calendar_nl import is_working_day
from portal.deadlines import AMSTERDAM, START, Term, with_length
from portal.i18n import LANGUAGES, SOURCE, Translator, current, format_list
from portal.json_schema import SchemaMismatchError, check
from portal.settings import Mode, SettingsError

SCHEMA = Path(__file__).parent / "schemas" / "city.schema.json"
DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
"""The days of the week in the file, in the order of ``date.weekday()``."""
LOOK_AGAIN_DAYS = 365
"""Days after which somebody looks again whether a group is right (agreed for this portal)."""
WATCHDOG = ("Autoriteit Persoonsgegevens", "autoriteitpersoonsgegevens.nl")
"""Who watches over personal data in the Netherlands (AVG, article 77): name and site, the same in every language and city."""
_T = TypeVar("_T")
_POSTCODE = re.compile(r"\s*([1-9][0-9]{3})\s*(?:[A-Za-z]{2})?\s*")


class CityError(SettingsError):
    """The file of the city is missing, unfit or not for this mode; the text is one plain sentence."""


@dataclass(frozen=True, slots=True)
class Group:
    """Who keeps one part of the file right, and the day on which somebody last looked."""

    name: str
    owner: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class Hours:
    """From when until when, on which days (0 is Monday)."""

    days: tuple[int, ...]
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Address:
    """A place in the Netherlands, as on an envelope."""

    street: str
    postcode: str
    place: str

    @property
    def line(self) -> str:
        """The whole of it in one line."""
        return f"{self.street}, {self.postcode} {self.place}"


@dataclass(frozen=True, slots=True)
class Organisation:
    """The organisation of the buurtteams. Letters come back to ``return_address``; ``sender_line`` says nothing about help."""

    name: str
    place: str
    phone: str
    email: str
    hours: tuple[Hours, ...]
    visiting_address: Address
    return_address: Address
    sender_line: str


@dataclass(frozen=True, slots=True)
class Stip:
    """A place to walk in."""

    name: str
    address: Address
    hours: tuple[Hours, ...]
    phone: str


@dataclass(frozen=True, slots=True)
class District:
    """A stadsdeel, the name of its team as the case database knows it, and its postcodes (four digits)."""

    name: str
    team: str
    postcodes: tuple[str, ...]
    stip: Stip


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """A number for when it can't wait. ``when`` is always, office_hours or outside_office_hours."""

    key: str
    name: str
    number: str
    free: bool
    when: str


@dataclass(frozen=True, slots=True)
class Support:
    """An organisation for independent support (OCO)."""

    name: str
    phone: str
    email: str
    address: Address
    hours: tuple[Hours, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherTeam:
    """Who helps with what a buurtteam for adults doesn't do; ``key`` is such as youth."""

    key: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Complaints:
    """Whom one tells a complaint."""

    name: str
    phone: str
    email: str
    hours: tuple[Hours, ...]


@dataclass(frozen=True, slots=True)
class City:
    """All of the file."""

    demo: bool
    groups: tuple[Group, ...]
    organisation: Organisation
    districts: tuple[District, ...]
    crisis: tuple[CrisisLine, ...]
    oco: tuple[Support, ...]
    other_teams: tuple[OtherTeam, ...]
    complaints: Complaints
    contribution_cents: int
    """What somebody pays a month for aanvullende zorg of the Wmo (abonnementstarief), in cents."""
    start_days: int
    """Days within which help begins (source 003, eis 50.2: 14, to become 5)."""

    postpone_weeks: int
    """Weeks until an inwoner is told that a text is withheld, when telling is the danger; each time two decide so. 1 to 4."""

    @property
    def start_term(self) -> Term:
        """Within how long help begins, as this city set it: for pages, figures, mails and letters alike."""
        return with_length(START, self.start_days, "the city, in its configuration")

    def group(self, name: str) -> Group:
        """Who keeps this group, and when it was looked at. Raises KeyError."""
        return _one(self.groups, lambda one: one.name == name)

    def line(self, key: str) -> CrisisLine:
        """The line for when it can't wait, such as danger. Raises KeyError."""
        return _one(self.crisis, lambda one: one.key == key)

    def other_team(self, key: str) -> OtherTeam:
        """Another team, such as youth. Raises KeyError."""
        return _one(self.other_teams, lambda one: one.key == key)

    def district_of(self, postcode: str) -> District | None:
        """The stadsdeel of a postcode, with or without its letters; None when it is none or is elsewhere."""
        found = _POSTCODE.fullmatch(postcode)
        return next((one for one in self.districts if found and found[1] in one.postcodes), None)


def city() -> City:
    """The city of the program that answers this request."""
    found: City = current_app.extensions["city"]
    return found


@cache
def load_city(path: Path, mode: Mode) -> City:
    """Read the file. Raises CityError when it can't be read, doesn't fit, or is the demo's in production."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise CityError(f"MBT_CITY_FILE, {path}, can't be read ({type(problem).__name__}).") from None
    try:
        check(read, json.loads(SCHEMA.read_text(encoding="utf-8")))
    except SchemaMismatchError as unfit:
        raise CityError(f"MBT_CITY_FILE, {path}: {unfit.problems[0]}.") from None
    if read["demo"] and mode == "productie":
        raise CityError("MBT_CITY_FILE is the invented city of the demo, which productie refuses.")
    made = _city(read)
    _require_whole(path, made)
    return made


def _city(read: dict[str, Any]) -> City:
    place, about = read["organisation"], read["districts"]["list"]
    return City(
        demo=read["demo"],
        groups=tuple(
            Group(name, group["owner"], date.fromisoformat(group["checked_on"])) for name, group in read.items() if isinstance(group, dict)
        ),
        organisation=Organisation(
            **{name: place[name] for name in ("name", "place", "phone", "email", "sender_line")},
            hours=_hours(place["hours"]),
            visiting_address=Address(**place["visiting_address"]),
            return_address=Address(**place["return_address"]),
        ),
        districts=tuple(District(one["name"], one["team"], tuple(one["postcodes"]), Stip(**_placed(one["stip"]))) for one in about),
        crisis=tuple(CrisisLine(**one) for one in read["crisis"]["list"]),
        oco=tuple(Support(**_placed(one) | {"languages": tuple(one["languages"])}) for one in read["oco"]["list"]),
        other_teams=tuple(OtherTeam(**one) for one in read["other_teams"]["list"]),
        complaints=Complaints(
            **{name: read["complaints"][name] for name in ("name", "phone", "email")}, hours=_hours(read["complaints"]["hours"])
        ),
        contribution_cents=read["contribution"]["cents_a_month"],
        start_days=read["terms"]["start_days"],
        postpone_weeks=read["terms"]["postpone_weeks"],
    )


def _placed(one: dict[str, Any]) -> dict[str, Any]:
    return one | {"address": Address(**one["address"]), "hours": _hours(one["hours"])}


def _hours(rows: list[dict[str, Any]]) -> tuple[Hours, ...]:
    return tuple(
        Hours(tuple(sorted(DAYS.index(day) for day in row["days"])), time.fromisoformat(row["opens"]), time.fromisoformat(row["closes"]))
        for row in rows
    )


def _require_whole(path: Path, made: City) -> None:
    """What a schema can't say: nothing twice that has to lead to one, and no closing before the opening. Raises CityError."""
    once = {
        "a postcode": [postcode for one in made.districts for postcode in one.postcodes],
        "a team": [one.team for one in made.districts],
        "a crisis line": [one.key for one in made.crisis],
        "another team": [one.key for one in made.other_teams],
    }
    for what, names in once.items():
        if len(set(names)) < len(names):
            raise CityError(f"MBT_CITY_FILE, {path}: {what} stands in it twice.")
    stips = [one.stip.hours for one in made.districts]
    hours = [made.organisation.hours, made.complaints.hours, *(one.hours for one in made.oco), *stips]
    if any(row.opens >= row.closes for rows in hours for row in rows):
        raise CityError(f"MBT_CITY_FILE, {path}: something closes before it opens.")


def is_open(hours: tuple[Hours, ...], moment: datetime) -> bool:
    """Whether it is open at ``moment``, which has a time zone. On days off (Algemene termijnenwet, article 3) all is closed."""
    here = moment.astimezone(AMSTERDAM)
    off = here.weekday() < 5 and not is_working_day(here.date())
    return not off and any(here.weekday() in row.days and row.opens <= here.time() < row.closes for row in hours)


def hours_text(hours: tuple[Hours, ...], speaker: Translator | None = None) -> list[str]:
    """Hours in words, one text for each line: "maandag tot en met vrijdag van 8.30 tot 17.00 uur". ``speaker`` is else the request's."""
    speaker = speaker or current()
    code, _ = speaker.language.code, speaker.gettext
    return [
        _(
            # Translators: days and hours, "maandag tot en met vrijdag van 8.30 tot 17.00 uur".
            "%(days)s van %(opens)s tot %(closes)s uur",
            days=days_text(row.days, speaker),
            opens=_clock(row.opens, code),
            closes=_clock(row.closes, code),
        )
        for row in hours
    ]


def days_text(days: tuple[int, ...], speaker: Translator | None = None) -> str:
    """Days of the week in words, monday is 0: "maandag tot en met vrijdag". ``speaker`` is else the request's."""
    speaker = speaker or current()
    code, _ = speaker.language.code, speaker.gettext
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return _("%(first)s tot en met %(last)s", first=weekday(days[0], code), last=weekday(days[-1], code))
    return format_list([weekday(day, code) for day in days], code)


def weekday(day: int, code: str) -> str:
    """A day of the week in words, monday is 0."""
    return format_date(date(2024, 1, 1 + day), "EEEE", locale=LANGUAGES[code].locale)  # a Monday and the days after it


def _clock(value: time, code: str) -> str:
    return format_time(value, "H.mm" if code == SOURCE else "H:mm", locale=LANGUAGES[code].locale)


def money_text(cents: int, speaker: Translator | None = None) -> str:
    """An amount of euros in the language of the request: "€ 21,00"."""
    return str(format_currency(cents / 100, "EUR", locale=(speaker or current()).language.locale))


def dial(number: str) -> str:
    """What a telephone dials: the digits of a number, and a plus."""
    return re.sub(r"[^0-9+]", "", number)


def _one(things: tuple[_T, ...], wanted: Callable[[_T], bool]) -> _T:
    for thing in things:
        if wanted(thing):
            return thing
    raise KeyError
