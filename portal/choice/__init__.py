"""What professionals tell about themselves, who helps an inwoner and who stands in, and choosing somebody (eis 4, 6, 7 and 59)."""

from flask import Flask, g

from portal.choice.routes import choice
from portal.choice.wish_routes import own_wish, wish_help
from portal.i18n import gettext as _
from portal.policy import Asked, Permission, allows
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face == "inwoner":
        app.register_blueprint(choice)
        app.register_blueprint(own_wish)
    if settings.face == "team":
        from portal.choice import team_routes

        app.register_blueprint(team_routes.profiles)
        app.register_blueprint(wish_help)


def navigation(face: str) -> list[tuple[str, str]]:
    """Where who helps people, and who leads them, can go from every page."""
    if face != "team":
        return []
    asked = Asked(g.actor)
    own = [("/wensen", _("Wensen")), ("/mijn-profiel", _("Mijn profiel"))] if allows(Permission.WRITE_PROFILE, asked) else []
    return own + ([("/profielen", _("Profielen en ruimte"))] if allows(Permission.PLACE_PROFILE, asked) else [])
