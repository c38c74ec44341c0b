"""Looking back on the plan together: planned, with whom the inwoner chooses, and what comes of it (eis 9)."""

from flask import Flask

from portal.evaluation.own_routes import own_evaluation
from portal.evaluation.routes import evaluation
from portal.evaluation.team_routes import said_aloud
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face != "onafhankelijk":
        app.register_blueprint(evaluation)
    if settings.face == "inwoner":
        app.register_blueprint(own_evaluation)
    if settings.face == "team":
        app.register_blueprint(said_aloud)
