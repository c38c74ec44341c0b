"""Messages between an inwoner and the professionals who work in the dossier."""

from flask import Flask

from portal.messages.routes import messages
from portal.messages.team_routes import answering_messages
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face == "inwoner":
        app.register_blueprint(messages)
    if settings.face == "team":
        app.register_blueprint(answering_messages)
