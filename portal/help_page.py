"""The help page: longer text than a catalogue can hold well, so one Markdown file per language."""

from functools import cache
from pathlib import Path

import bleach
from flask import Blueprint, Flask, Response, g
from markdown import markdown
from markupsafe import Markup

from portal import pages
from portal.i18n import LANGUAGES, SOURCE
from portal.policy import Permission, permission

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

blueprint = Blueprint("help", __name__)


def init_app(app: Flask) -> None:
    """Register ``/hulp``. Raises OSError at the start when the Dutch text is missing."""
    rendered(SOURCE)
    app.register_blueprint(blueprint)


@blueprint.get("/hulp")
@permission(Permission.OPEN)
def show() -> Response:
    """Give the help text in the language of the request, or in Dutch, marked as Dutch."""
    chosen = g.language if (TEXTS / f"hulp.{g.language}.md").exists() else SOURCE
    return pages.render(
        "help/help.html",
        text=rendered(chosen),
        text_language=chosen,
        text_direction=LANGUAGES[chosen].direction,
    )


@cache
def rendered(code: str) -> Markup:
    """Give the help text of a language as safe HTML. Raises OSError when there is none."""
    html = bleach.clean(
        markdown((TEXTS / f"hulp.{code}.md").read_text(encoding="utf-8"), output_format="html"),
        tags=_TAGS,
        attributes={"a": ["href"]},
        protocols={"https", "tel"},
    )
    for tag, css in _CLASSES.items():
        html = html.replace(f"<{tag}>", f'<{tag} class="{css}">').replace(f"<{tag} href", f'<{tag} class="{css}" href')
    # Cleaned by bleach above, and our own files at that.
    return Markup(html)  # noqa: S704
