""" "Zo ziet ... uw dossier": the inwoner looks through the eyes of somebody who was given access."""

from flask import Flask

from portal.preview.routes import preview
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face == "inwoner":
        app.register_blueprint(preview)
