"""What stands in the wrong dossier is taken out, and the record of the breach is kept; for the team."""

from flask import Flask, g

from portal.i18n import gettext as _
from portal.policy import Asked, Permission, allows
from portal.repair.team_routes import taking_out, wrong
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face == "team":
        app.register_blueprint(taking_out)
        app.register_blueprint(wrong)


def navigation(face: str) -> list[tuple[str, str]]:
    """Where a professional can go from every page."""
    if face == "team" and allows(Permission.REPAIR, Asked(g.actor)):
        return [("/foute-notities", _("Notities in het verkeerde dossier"))]
    return []
