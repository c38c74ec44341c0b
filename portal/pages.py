"""One URL answers as a whole page, or as its content block when htmx asks; and the few other answers a view gives."""

from typing import Any

from flask import Response, current_app, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse


def render(template: str, *, status: int = 200, **context: Any) -> Response:
    """The page, or for htmx its block ``content`` from the same template. ``status`` 422 marks a form with errors ("Fout:" in the title)."""
    context.setdefault("has_errors", status == 422)
    if _wants_fragment():
        page = current_app.jinja_env.get_template(template)
        values: dict[str, Any] = dict(context)
        current_app.update_template_context(values)
        view = page.new_context(values)
        body = "".join(page.blocks["content"](view))
        title = "".join(page.blocks["title"](view)) if "title" in page.blocks else ""
        body = f"<title>{title}</title>{body}"
    else:
        body = render_template(template, **context)
    response = make_response(body, status)
    response.vary.add("HX-Request")
    return response


def see_other(url: str) -> BaseResponse:
    """After a POST: go and look there (303)."""
    return redirect(url, 303)


def no_content() -> Response:
    """Done, and nothing to show (204)."""
    return make_response("", 204)


def _wants_fragment() -> bool:
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request
