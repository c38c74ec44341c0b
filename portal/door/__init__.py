"""Getting in: from a melding to a dossier, the code with which an inwoner makes a sign-in, and who can't sign in any more."""

from flask import Flask, g

from portal.i18n import gettext as _
from portal.policy import Asked, Permission, allows
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers the pages of this face."""
    if settings.face == "team":
        from portal.door import team_routes

        app.register_blueprint(team_routes.blueprint)
    if settings.face == "inwoner":
        from portal.door import routes

        app.register_blueprint(routes.blueprint)


def navigation(face: str) -> list[tuple[str, str]]:
    """Where a professional can go from every page."""
    if face == "team" and allows(Permission.HELP_SIGN_IN, Asked(g.actor)):
        return [("/inloghulp", _("Hulp bij inloggen"))]
    return []
