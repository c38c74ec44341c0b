"""The WSGI program of one face, for gunicorn: ``gunicorn portal.wsgi:app``."""

import sys

from portal.app import create_app
from portal.settings import Settings, SettingsError

try:
    app = create_app(Settings.from_environment())
except SettingsError as refused:
    print(f"The portal does not start: {refused}", file=sys.stderr)
    # The code that tells gunicorn that no worker can start, so it doesn't try for ever.
    sys.exit(3)
