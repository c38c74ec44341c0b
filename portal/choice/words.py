"""Names of languages and days in the language of the request."""

from portal.choice.models import LANGUAGE_NAMES
from portal.city import days_text, weekday
from portal.i18n import current, format_language, format_list, gettext


def language_name(spoken: str) -> str:
    """What a language is called."""
    name = LANGUAGE_NAMES.get(spoken)
    return gettext(name) if name else format_language(spoken, current().language.code)


def languages_text(spoken: list[str]) -> str:
    """Languages in a row."""
    return format_list([language_name(code) for code in spoken], current().language.code)


def day_name(day: int) -> str:
    """A day of the week; 1 is monday."""
    return weekday(day - 1, current().language.code)


def work_days(days: list[int]) -> str:
    """Days in a row; 1 is monday."""
    return days_text(tuple(day - 1 for day in sorted(days)))
