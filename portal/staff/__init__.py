"""Staff administration: who works here, as what, in which team, who is away and who left. On the team's face only."""

from flask import Flask, g

from portal.i18n import gettext as _
from portal.policy import Asked, Permission, allows
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers the pages on the team's face."""
    if settings.face == "team":
        from portal.staff import team_routes

        app.register_blueprint(team_routes.blueprint)


def navigation(face: str) -> list[tuple[str, str]]:
    """Where a team lead or administrator can go from every page."""
    if face == "team" and allows(Permission.MANAGE_STAFF, Asked(g.actor)):
        return [("/medewerkers", _("Medewerkers"))]
    return []
