"""Makes the program for one face. The only file of the kernel that knows the slices."""

from uuid import UUID

from flask import Flask, Response, abort, current_app, g, request
from flask.typing import ResponseReturnValue
from htmx_flask import Htmx
from jinja2 import StrictUndefined
from psycopg.errors import InsufficientPrivilege, NotNullViolation
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from portal import (
    accounts,
    asking,
    choice,
    closing,
    concepts,
    destruction,
    diary,
    documents,
    door,
    dossier,
    ending,
    errors,
    evaluation,
    front,
    handover,
    help_page,
    i18n,
    intake,
    mandate,
    messages,
    norms,
    notices,
    pages,
    paper,
    particulars,
    pause,
    plan,
    post,
    preview,
    repair,
    screening,
    search,
    security,
    sharing,
    staff,
    taking,
    timeline,
    uploads,
    withholding,
    workspace,
)
from portal.actor import Actor, Signer
from portal.assets import asset_url
from portal.audit import ReadLine, write_read_line
from portal.city import City, dial, hours_text, load_city, money_text
from portal.db import Database, commit
from portal.dossier.queries import find_dossier
from portal.mandate.queries import mandate_names
from portal.plan.queries import invited_to
from portal.policy import ABOUT_A_DOSSIER, Asked, Permission, Relation, allows, require
from portal.settings import Settings

# Each slice's package gives init_app(app, settings), which registers the blueprints of this face, and, if it has pages to go to,
# navigation(face) -> [(address, words)]. accounts also gives load_account(), load_actor(), ask_to_sign_in() and context().
SLICES = (
    accounts,
    withholding,
    workspace,
    front,
    intake,
    screening,
    timeline,
    paper,
    search,
    dossier,
    asking,
    diary,
    documents,
    messages,
    closing,
    preview,
    notices,
    pause,
    plan,
    evaluation,
    ending,
    handover,
    choice,
    taking,
    repair,
    door,
    concepts,
    destruction,
    sharing,
    mandate,
    particulars,
    post,
    norms,
    staff,
)


def create_app(settings: Settings) -> Flask:
    """The WSGI program for ``settings.face``. Raises CityError, and RuntimeError when a route declares no permission."""
    app = Flask("portal", template_folder="../templates", static_folder="../static", static_url_path="/static")
    app.request_class = uploads.Request
    app.extensions["settings"] = settings
    app.extensions["city"] = load_city(settings.city_file, settings.mode)
    app.extensions["database"] = Database(settings.database_url, Signer(f"web_{settings.face}", settings.actor_key))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.context_class = pages.PageContext
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update({"dial": dial, "hours": hours_text, "money": money_text})
    Htmx(app)
    errors.init_errors(app)
    security.init_security(app, settings)
    app.before_request(_begin)
    app.before_request(uploads.make_room)
    i18n.install(app, unfinished=settings.mode == "test")  # so that tests see a page from right to left
    security.protect_forms(app)
    help_page.init_app(app)
    for part in SLICES:
        part.init_app(app, settings)
    app.before_request(_check)
    app.after_request(_finish)
    app.teardown_request(_close)
    app.context_processor(lambda: _context(settings, app.extensions["city"]))
    _every_route_declares(app)
    return app


def _begin() -> None:
    """Who is signed in is known before the language is chosen."""
    g.account = accounts.load_account()
    g.actor = None
    g.db = None
    g.dossier = None
    g.relation = None
    g.named = frozenset()
    g.read_line = None


def _check() -> ResponseReturnValue | None:
    """Before any view: who asks, may they, and about which dossier. Somebody else's dossier does not exist."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    wanted = _wanted(current_app, request.endpoint)
    actor: Actor | None = accounts.load_actor()
    g.actor = actor
    if actor is not None:
        database: Database = current_app.extensions["database"]
        # Access that ends while a page is made leaves no page that is half there and half gone.
        g.db = database.session(actor, one_moment=request.method in ("GET", "HEAD"))
    if wanted is Permission.OPEN:
        return None
    if actor is None:
        return accounts.ask_to_sign_in()
    if wanted in ABOUT_A_DOSSIER:
        _load_dossier()
    require(wanted, Asked(actor, g.relation, g.named))
    if request.method == "HEAD" and (wanted in ABOUT_A_DOSSIER or "melding_id" in (request.view_args or {})):
        # Nothing is shown, so nothing is read and nothing logged.
        return pages.no_content()
    return None


def _load_dossier() -> None:
    public_id = (request.view_args or {}).get("dossier_id")
    found = find_dossier(g.db, public_id) if isinstance(public_id, UUID) else None
    if found is None:
        abort(404)
    g.dossier = found
    g.relation = found.relation
    if found.relation is Relation.VERTEGENWOORDIGER:
        g.named = mandate_names(g.db, found.id)
    elif found.relation is Relation.NAASTE:
        g.named = invited_to(g.db, found.id)


def _wanted(app: Flask, endpoint: str) -> Permission:
    wanted = getattr(app.view_functions[endpoint], "portal_permission", None)
    if not isinstance(wanted, Permission):
        raise RuntimeError(f"route {endpoint} declares no permission")
    return wanted


def _every_route_declares(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        wanted = _wanted(app, rule.endpoint)
        if wanted in ABOUT_A_DOSSIER and "dossier_id" not in rule.arguments:
            raise RuntimeError(f"route {rule.endpoint} is about a dossier and names none")


def _finish(response: Response) -> Response:
    """The read line, then the commit, then the first byte: no line, no page."""
    session: Session | None = g.get("db")
    if session is None or not response_counts(response):
        return response
    line: ReadLine | None = g.read_line
    if line is None and not g.get("shows_nothing") and _shows_content(response):
        raise RuntimeError("a page about a dossier says nothing to the read log")
    if line is not None:
        try:
            write_read_line(session, line)
        except DBAPIError as refused:
            # The second: between the look at who reads and the check whether they may.
            if not isinstance(refused.orig, (InsufficientPrivilege, NotNullViolation)):
                raise
            # Access was withdrawn while a form was answered: it is as if it never was there.
            session.rollback()
            return current_app.make_response(current_app.handle_user_exception(NotFound()))
    commit(session)
    return response


def response_counts(response: Response) -> bool:
    """Whether the request did what it came for: an error answer is rolled back. 422 shows the page again, so it is read."""
    return response.status_code < 400 or response.status_code == 422


def _shows_content(response: Response) -> bool:
    if request.endpoint is None or request.endpoint == "static" or response.status_code not in (200, 422):
        return False
    return _wanted(current_app, request.endpoint) in ABOUT_A_DOSSIER


def _close(_error: BaseException | None) -> None:
    session: Session | None = g.pop("db", None)
    if session is not None:
        session.close()


def _context(settings: Settings, city: City) -> dict[str, object]:
    def can(name: str, relation: Relation | None = None) -> bool:
        return allows(Permission(name), Asked(g.get("actor"), relation or g.get("relation"), g.get("named", frozenset())))

    return {
        "face": settings.face,
        "city": city,
        "findable": g.get("findable", False),
        "site_title": settings.site_title,
        "neutral_titles": settings.neutral_titles,
        "demo": settings.mode == "demo",
        "asset": asset_url,
        "can": can,
        "navigation": _navigation(settings.face),
        **accounts.context(),
    }


def _navigation(face: str) -> list[tuple[str, str, bool]]:
    """(address, words, current) of the places one can go from every page."""
    if g.get("actor") is None:
        return []
    places = [link for part in SLICES if hasattr(part, "navigation") for link in part.navigation(face)]
    return [(url, label, request.path == url) for url, label in places]
