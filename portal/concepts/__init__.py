"""What a professional writes: a concept that only the author sees, then a placed entry, then newer versions."""

from flask import Flask

from portal.concepts.team_routes import writing
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face == "team":
        app.register_blueprint(writing)
