"""Destruction by law (Wmo 2015, article 5.3.5): the inwoner asks, the team answers note by note. And what is past its term of keeping."""

from flask import Flask

from portal.destruction.routes import destruction
from portal.destruction.team_routes import destroying, destroying_plan
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face == "inwoner":
        app.register_blueprint(destruction)
    if settings.face == "team":
        app.register_blueprint(destroying)
        app.register_blueprint(destroying_plan)
