"""One URL answers as a whole page, or as its content block when htmx asks; and the few other answers a view gives."""

from datetime import datetime
from types import MethodType
from typing import Any
from uuid import UUID

from flask import Response, current_app, make_response, redirect, render_template, request
from jinja2 import Template
from jinja2.runtime import Context, Macro
from markupsafe import escape
from werkzeug.wrappers import Response as BaseResponse

from portal.i18n import gettext


class PageContext(Context):
    """What a template may use. A page makes some hundred calls, of texts, addresses and macros: those go straight to what is called.

    Jinja itself first looks whether each wants the context passed (jinja2.pass_context): no method or macro of ours does.
    """

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Calls it, with what the template gives."""
        if type(called) is MethodType or type(called) is Macro:
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
            return called(*args, **kwargs)
        return super().call(called, *args, **kwargs)


def render(template: str, *, status: int = 200, **context: Any) -> Response:
    """The page, or for htmx its block ``content`` from the same template.

    ``status`` 422 marks a form with errors ("Fout:" in the title).
    """
    context.setdefault("has_errors", status == 422)
    if _wants_fragment():
        page = current_app.jinja_env.get_template(template)
        values: dict[str, Any] = dict(context)
        current_app.update_template_context(values)
        view = page.new_context(values)
        body = "".join(page.blocks["content"](view))
        body = f"<title>{_title(page, view)}</title>{body}"
    else:
        body = render_template(template, **context)
    response = make_response(body, status)
    response.vary.add("HX-Request")
    return response


def _title(page: Template, view: Context) -> str:
    name = "" if view["neutral_titles"] else "".join(page.blocks["title"](view)).strip() + " – "
    wrong = f"{gettext('Fout:')} " if view.get("has_errors") else ""
    return f"{wrong}{name}{escape(view['site_title'])}"


def see_other(url: str) -> BaseResponse:
    """After a POST: go and look there (303)."""
    return redirect(url, 303)


def go_to(url: str) -> BaseResponse:
    """The same after a form that htmx sent: the browser goes there, so that the address is that of the page it shows."""
    if not _wants_fragment():
        return see_other(url)
    answer = no_content()
    answer.headers["HX-Redirect"] = url
    return answer


def no_content() -> Response:
    """Done, and nothing to show (204)."""
    return make_response("", 204)


def _wants_fragment() -> bool:
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def as_uuid(word: str) -> UUID | None:
    """The id that was sent in an address or a hidden field, or None when it is none."""
    try:
        return UUID(word)
    except ValueError:
        return None


def as_moment(word: str) -> datetime | None:
    """The moment that was sent in an address, with its time zone, or None when it is none."""
    try:
        moment = datetime.fromisoformat(word)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
