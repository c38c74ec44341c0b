"""What the inwoner closes for others, and what goes before it: reading in an emergency."""

from flask import Flask

from portal.closing.routes import closing
from portal.closing.team_routes import emergency
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face == "inwoner":
        app.register_blueprint(closing)
    if settings.face == "team":
        app.register_blueprint(emergency)
