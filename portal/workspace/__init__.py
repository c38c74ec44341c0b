"""The first page after signing in. Composes other slices' queries and owns no rules."""

from flask import Flask

from portal.i18n import gettext as _
from portal.settings import Settings
from portal.workspace import routes, team_routes


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face == "inwoner":
        app.register_blueprint(routes.start)
    if settings.face == "team":
        app.register_blueprint(team_routes.start)


def navigation(face: str) -> list[tuple[str, str]]:
    """Where one can go from every page."""
    if face == "inwoner":
        return [("/", _("Start")), ("/mijn-inloggen", _("Mijn inloggen"))]
    return [("/", _("Mijn mensen"))]
