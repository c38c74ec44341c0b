"""What the inwoner is told of outside the portal: by mail, by letter or not at all. A notice never says what it is about."""

from flask import Flask

from portal.notices.routes import blueprint
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face == "inwoner":
        app.register_blueprint(blueprint)
