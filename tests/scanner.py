"""A real clamd for the tests, with the list of the demo (portal/demo/scanner.py); and fakes that answer wrongly."""

import signal
import socket
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.demo import scanner
from portal.demo.processes import launch


@contextmanager
def running_scanner() -> Iterator[str]:
    """Gives the address of a clamd that runs until the block ends."""
    with tempfile.TemporaryDirectory(prefix="scanner-") as box:
        folder = Path(box)
        address = scanner.address_of(folder)
        assert address, "there is no clamd; tools/install-scanner brings it"
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
        process = launch(
            scanner.prepare(folder), death_signal=signal.SIGTERM, environment=environment, folder=folder, output=subprocess.DEVNULL
        )
        try:
            assert scanner.answers(address, lambda: process.poll() is None), "clamd does not start"
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


@contextmanager
def wrong_scanner(folder: Path, answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """Gives the address of something that listens like a scanner, and does with each caller what ``answer`` says."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(str(folder / "s"))
        listener.listen()

        def serve() -> None:
            while True:
                try:
                    line, _ = listener.accept()
                except OSError:
                    return
                with line:
                    answer(line)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"unix:{folder / 's'}"
        finally:
            # A waiting accept() ends by this, not by close().
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(timeout=10)
