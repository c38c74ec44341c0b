"""Requests that bring a file. Only a view that says so takes one, only from somebody who is signed in, and no file is ever laid on a disk.

How much of a body is read is decided before anything of it is: the check of the form's token reads the whole form (portal/security.py).
"""

from collections.abc import Callable
from io import BytesIO
from typing import IO, Any, TypeVar

import flask
from babel.numbers import format_decimal
from flask import current_app, g, request

from portal.i18n import LANGUAGES, current, gettext
from portal.security import LARGEST_BODY

READ_ON = 3
"""How many times the largest file is read: what is too large gets a sentence on its own page, with the words that came along."""

View = TypeVar("View", bound=Callable[..., Any])


def takes_file(largest: int) -> Callable[[View], View]:
    """Declares that a view takes a file of at most ``largest`` bytes. Of a larger one it is given one byte more than that, and no more."""

    def declare(view: View) -> View:
        view.portal_largest_file = largest  # type: ignore[attr-defined]
        return view

    return declare


def size_text(size: int) -> str:
    """The size of a file as people say it, in the language of the request; ``size`` in bytes."""
    small = size < 1_000_000
    rounded = max(1, round(size / 1000)) if small else round(size / 1_000_000, 1)
    number = format_decimal(rounded, locale=LANGUAGES[current().language.code].locale)
    return gettext("%(number)s kB", number=number) if small else gettext("%(number)s MB", number=number)


class Request(flask.Request):
    """A request whose files stay in memory."""

    largest_file = 0

    def _get_file_stream(self, *_about: Any, **_more: Any) -> IO[bytes]:
        return _Kept(self.largest_file)


class _Kept(BytesIO):
    """What is written, up to one byte more than ``most``; the rest is let go."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, some: Any) -> int:
        """Takes the next bytes."""
        room = self._most + 1 - self.tell()
        if room > 0:
            super().write(some[:room])
        return len(some)


def make_room() -> None:
    """Before the form is read: how much may come. Call it when it is known who is signed in."""
    largest = getattr(current_app.view_functions.get(request.endpoint or ""), "portal_largest_file", 0)
    if largest and g.account is not None:
        request.largest_file = largest  # type: ignore[attr-defined]
        request.max_content_length = READ_ON * largest + LARGEST_BODY
