"""A dossier that is out of sight for a while: for the inwoner, who represents them and who reads along it is as if there were none."""

from flask import Flask

from portal.pause.routes import pause
from portal.pause.team_routes import pause_for
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face == "inwoner":
        app.register_blueprint(pause)
    if settings.face == "team":
        app.register_blueprint(pause_for)
