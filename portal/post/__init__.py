"""Mail and letters, for the team: letters to print and post, and what needs a person. In the demo also the box in which all of it lies."""

from flask import Flask, g

from portal.i18n import gettext as _
from portal.policy import Asked, Permission, allows
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers the pages of the face; those of the box in the demo alone."""
    if settings.face == "team":
        from portal.post import team_routes

        app.register_blueprint(team_routes.blueprint)
    if settings.demo:
        from portal.post import routes

        app.register_blueprint(routes.blueprint)


def navigation(face: str) -> list[tuple[str, str]]:
    """Where somebody of a team can go from every page."""
    if face == "team" and allows(Permission.DO_POST, Asked(g.actor)):
        return [("/post", _("Post"))]
    return []
