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
        app.register_blueprint(team_routes.days_off)


def navigation(face: str) -> list[tuple[str, str]]:
    """Where who helps people, and who leads or administers, can go from every page."""
    if face != "team":
        return []
    asked = Asked(g.actor)
    own = [("/mijn-vrije-dagen", _("Mijn vrije dagen"))] if allows(Permission.PLAN_ABSENCE, asked) else []
    return own + ([("/medewerkers", _("Medewerkers"))] if allows(Permission.MANAGE_STAFF, asked) else [])
