"""The box with all mail and letters of the demo. These pages are there in demo mode alone: letters hold codes to come in with."""

from pathlib import Path
from uuid import UUID

from flask import Blueprint, abort, current_app
from flask.typing import ResponseReturnValue

from portal import pages
from portal.demo.post_box import letter_file, read_box
from portal.policy import Permission, permission
from portal.settings import Settings

blueprint = Blueprint("demo_post", __name__, url_prefix="/demo/post")


@blueprint.get("")
@permission(Permission.OPEN)
def box() -> ResponseReturnValue:
    """What came in, the newest first."""
    return pages.render("post/demo.html", post=read_box(_folder()))


@blueprint.get("/<uuid:letter_id>.pdf")
@permission(Permission.OPEN)
def letter(letter_id: UUID) -> ResponseReturnValue:
    """One letter, as it is on paper."""
    file = letter_file(_folder(), letter_id)
    if file is None:
        abort(404)
    response = current_app.response_class(file.read_bytes(), mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="brief.pdf"'
    return response


def _folder() -> Path | None:
    settings: Settings = current_app.extensions["settings"]
    return settings.demo_post
