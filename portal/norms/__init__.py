"""How long people wait for help, and whether the norm of the city is met: numbers without names, on the team's face."""

from flask import Flask, g

from portal.i18n import gettext as _
from portal.policy import Asked, Permission, allows
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers the page on the team's face."""
    if settings.face == "team":
        from portal.norms import team_routes

        app.register_blueprint(team_routes.blueprint)


def navigation(face: str) -> list[tuple[str, str]]:
    """Where everybody who works here can go from every page."""
    if face == "team" and allows(Permission.SEE_FIGURES, Asked(g.actor)):
        return [("/cijfers", _("Cijfers"))]
    return []
