"""The help page: longer text than a catalogue can hold well, so one Markdown file per language."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import bleach
from flask import Blueprint, Flask, Response, g
from markdown import markdown
from markupsafe import Markup

from portal import pages
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
_BLOCK = re.compile(r"<(h[1-3]|p|li)>(.*?)</\1>", re.DOTALL)

blueprint = Blueprint("help", __name__)


def init_app(app: Flask) -> None:
    """Register ``/hulp``. At the start: OSError when a language has no text, ValueError when it is no translation of the Dutch."""
    for code in app.config["OFFERED_LANGUAGES"]:
        rendered(code)
    app.register_blueprint(blueprint)


@blueprint.get("/hulp")
@permission(Permission.OPEN)
def show() -> Response:
    """Give the help text in the language of the request."""
    return pages.render("help/help.html", text=rendered(g.language))


@cache
def rendered(code: str) -> Markup:
    """Give the help text of a language as safe HTML; below each paragraph that nobody checked stands the Dutch.

    Raises OSError when there is no text, and ValueError when its paragraphs aren't those of the Dutch.
    """
    html = _html(TEXTS / f"hulp.{code}.md")
    if code != SOURCE:
        html = _with_dutch(html, TEXTS / f"hulp.{SOURCE}.md", code)
    for tag, css in _CLASSES.items():
        html = html.replace(f"<{tag}>", f'<{tag} class="{css}">').replace(f"<{tag} href", f'<{tag} class="{css}" href')
    # Cleaned by bleach below, and our own files at that.
    return Markup(html.replace('href="tel:', 'dir="ltr" href="tel:'))  # noqa: S704


def _html(path: Path) -> str:
    made = markdown(path.read_text(encoding="utf-8"), output_format="html")
    return bleach.clean(made, tags=_TAGS, attributes={"a": ["href"]}, protocols={"https", "tel"})


def _with_dutch(html: str, source: Path, code: str) -> str:
    dutch, checked = _BLOCK.findall(_html(source)), translator(code).is_checked
    if [tag for tag, _text in dutch] != [tag for tag, _text in _BLOCK.findall(html)]:
        raise ValueError(f"the help page in {code} has other paragraphs than the Dutch")
    originals = iter(dutch)

    def both(block: re.Match[str]) -> str:
        (_tag, original), (tag, text) = next(originals), block.groups()
        if tag.startswith("h") or checked(original, text):
            return block[0]
        return f'<{tag}>{text}<span class="in-dutch" lang="{SOURCE}" dir="ltr">{original}</span></{tag}>'

    return _BLOCK.sub(both, html)


def page_fingerprints(source: Path, page: Path) -> Iterator[str]:
    """Give the fingerprint of each paragraph of a page of help in another language than Dutch."""
    for (_tag, original), (_same, text) in zip(_BLOCK.findall(_html(source)), _BLOCK.findall(_html(page)), strict=True):
        yield fingerprint(original, text)


def page_shape(page: Path) -> list[str]:
    """Give the tags of a page's headings, paragraphs and items in their order; a translation has the same."""
    return [tag for tag, _text in _BLOCK.findall(_html(page))]
