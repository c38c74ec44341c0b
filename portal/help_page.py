"""The help page: longer text than a catalogue can hold well, so one Markdown file per language."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import bleach
from flask import Blueprint, Flask, Response, current_app, g
from markdown import markdown
from markupsafe import Markup

from portal import pages
from portal.city import City, dial, hours_text
from portal.i18n import SOURCE, translator
from portal.policy import Permission, permission
from portal.reviewed import fingerprint

TEXTS = Path(__file__).resolve().parent.parent / "templates" / "help"
# What our own texts need. Anything else in a file, such as a script, is shown as text.
_TAGS = frozenset({"h1", "h2", "h3", "p", "ul", "ol", "li", "strong", "em", "a", "br"})
# The classes of the design system, for the plain elements that Markdown makes.
_CLASSES = {
    "h1": "utrecht-heading-1",
    "h2": "utrecht-heading-2",
    "h3": "utrecht-heading-3",
    "p": "utrecht-paragraph",
    "ul": "utrecht-unordered-list",
    "li": "utrecht-unordered-list__item",
    "a": "utrecht-link",
}
_DUTCH_HOURS = f"hours:{SOURCE}"
_PLACE = re.compile(r"\{[a-z_:]+\}")
_BLOCK = re.compile(r"<(h[1-3]|p|li)>(.*?)</\1>", re.DOTALL)

blueprint = Blueprint("help", __name__)


def init_app(app: Flask) -> None:
    """Register ``/hulp``. At the start: OSError when a language has no text, ValueError when it is no translation of the Dutch.

    KeyError when a text asks for something that the city doesn't have.
    """
    for code in app.config["OFFERED_LANGUAGES"]:
        filled(rendered(code), code, app.extensions["city"])
    app.register_blueprint(blueprint)


@blueprint.get("/hulp")
@permission(Permission.OPEN)
def show() -> Response:
    """Give the help text in the language of the request."""
    return pages.render("help/help.html", text=filled(rendered(g.language), g.language, current_app.extensions["city"]))


@cache
def rendered(code: str) -> Markup:
    """Give the help text of a language as safe HTML, to be filled; below each paragraph that nobody checked stands the Dutch.

    Raises OSError when there is no text, and ValueError when its paragraphs aren't those of the Dutch.
    """
    html = _html(TEXTS / f"hulp.{code}.md")
    if code != SOURCE:
        html = _with_dutch(html, TEXTS / f"hulp.{SOURCE}.md", code)
    for tag, css in _CLASSES.items():
        html = html.replace(f"<{tag}>", f'<{tag} class="{css}">').replace(f"<{tag} href", f'<{tag} class="{css}" href')
    # Cleaned by bleach below, and our own files at that.
    return Markup(html)  # noqa: S704


def filled(html: Markup, code: str, city: City) -> Markup:
    """Give the text with the numbers and hours of the city where it says {team}, {hours} or the key of a crisis line. Raises KeyError."""

    def value(place: re.Match[str]) -> str:
        name = place[0][1:-1]
        if name in ("hours", _DUTCH_HOURS):
            speaker = translator(SOURCE if name == _DUTCH_HOURS else code)
            return str(Markup.escape(speaker.language.comma.join(hours_text(city.organisation.hours, speaker))))
        number = city.organisation.phone if name == "team" else city.line(name).number
        return Markup('<a class="utrecht-link" dir="ltr" href="tel:{}">{}</a>').format(dial(number), number)

    return Markup(_PLACE.sub(value, html))  # noqa: S704 (all that is put in is escaped)


def _html(path: Path) -> str:
    made = markdown(path.read_text(encoding="utf-8"), output_format="html")
    return bleach.clean(made, tags=_TAGS, attributes={"a": ["href"]}, protocols={"https"})


def _with_dutch(html: str, source: Path, code: str) -> str:
    dutch, checked = _BLOCK.findall(_html(source)), translator(code).is_checked
    if [tag for tag, _text in dutch] != [tag for tag, _text in _BLOCK.findall(html)]:
        raise ValueError(f"the help page in {code} has other paragraphs than the Dutch")
    originals = iter(dutch)

    def both(block: re.Match[str]) -> str:
        (_tag, original), (tag, text) = next(originals), block.groups()
        if tag.startswith("h") or checked(original, text):
            return block[0]
        dutch_text = original.replace("{hours}", f"{{{_DUTCH_HOURS}}}")
        return f'<{tag}>{text}<span class="in-dutch" lang="{SOURCE}" dir="ltr">{dutch_text}</span></{tag}>'

    return _BLOCK.sub(both, html)


def page_fingerprints(source: Path, page: Path) -> Iterator[str]:
    """Give the fingerprint of each paragraph of a page of help in another language than Dutch."""
    for (_tag, original), (_same, text) in zip(_BLOCK.findall(_html(source)), _BLOCK.findall(_html(page)), strict=True):
        yield fingerprint(original, text)


def page_shape(page: Path) -> list[str]:
    """Give the tags of a page's headings, paragraphs and items in their order; a translation has the same."""
    return [tag for tag, _text in _BLOCK.findall(_html(page))]
