"""A real mail server on this machine, for the demo: it sends nothing on, and keeps what it gets in the box (portal/demo/post_box.py).

``python -m portal.demo.mail_server PORT FOLDER`` serves until it is stopped.
"""

import signal
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from portal.demo.post_box import write_whole


class Keeper:
    """Takes every mail and writes it down."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802 - the name aiosmtpd asks for
        """Keep one mail, and only then say so."""
        if not isinstance(envelope.content, bytes):
            return "451 That was no mail"
        write_whole(self.folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid4()}.eml", envelope.content)
        return "250 Kept"


def main(arguments: list[str]) -> None:
    """Serve until SIGTERM or SIGINT."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    controller = Controller(Keeper(Path(arguments[1])), hostname="127.0.0.1", port=int(arguments[0]))
    controller.start()
    try:
        stop.wait()
    finally:
        controller.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
