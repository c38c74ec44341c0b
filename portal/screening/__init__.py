"""What the team does with meldingen: the worklist, weighing, the first conversation and what came of it. On the team's face only."""

from flask import Flask, g

from portal.i18n import gettext as _
from portal.policy import Asked, Permission, allows
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers the pages on the team's face."""
    if settings.face == "team":
        from portal.screening import team_routes

        app.register_blueprint(team_routes.blueprint)


def navigation(face: str) -> list[tuple[str, str]]:
    """Where who works with people can go from every page."""
    if face == "team" and allows(Permission.SCREEN, Asked(g.actor)):
        return [("/meldingen", _("Meldingen"))]
    return []
