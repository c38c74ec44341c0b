"""What an inwoner asks about the dossier, and the answers: this is wrong, I don't understand this, why did this person look."""

from flask import Flask, g

from portal.asking.routes import asking, looking
from portal.asking.team_routes import answering
from portal.i18n import gettext as _
from portal.policy import Asked, Permission, allows
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face == "inwoner":
        app.register_blueprint(asking)
        app.register_blueprint(looking)
    if settings.face == "team":
        app.register_blueprint(answering)


def navigation(face: str) -> list[tuple[str, str]]:
    """Where who answers can go from every page."""
    if face == "team" and allows(Permission.SEE_QUESTIONS, Asked(g.actor)):
        return [("/vragen", _("Vragen"))]
    return []
