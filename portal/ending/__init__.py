"""Ending the help with a reason that was set together, staying near afterwards, and coming back in one step (eis 12 and 63)."""

from flask import Flask

from portal.ending.own_routes import own_ending
from portal.ending.routes import ending
from portal.ending.team_routes import ending_help
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face != "onafhankelijk":
        app.register_blueprint(ending)
    if settings.face == "inwoner":
        app.register_blueprint(own_ending)
    if settings.face == "team":
        app.register_blueprint(ending_help)
