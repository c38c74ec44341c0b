"""A clamd of our own for the demo and the tests, with a list of one: the harmless file that every scanner has to find (eicar.org).

``tools/install-scanner`` brings the program. A real installation runs its machine's clamd, with all signatures (docs/running.md).
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

from portal.assets import ROOT
from portal.clamd import NoAnswer, ask
from portal.demo.processes import write_private

PROGRAM = ROOT / ".venv" / "scanner" / "clamd"
START_SECONDS = 30.0
_SOCKET_NAME_ROOM = 100
# SHA-256 and length of the file. The file itself in here would let scanners find this program.
_SIGNATURES = "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f:68:Eicar-Test-File\n"
_CONFIGURATION = """\
Foreground yes
LocalSocket {socket}
LocalSocketMode 600
DatabaseDirectory {signatures}
TemporaryDirectory {temporary}
StreamMaxLength 21M
AlertExceedsMax yes
MaxThreads 4
"""


def socket_of(folder: Path) -> Path | None:
    """Where the scanner of a folder listens; None when the name would be too long for a socket."""
    name = folder / "clamd.sock"
    return name if len(os.fsencode(name)) <= _SOCKET_NAME_ROOM else None


def address_of(folder: Path) -> str:
    """MBT_SCANNER of the scanner of a folder; empty when it can't have one, or there is no program."""
    name = socket_of(folder)
    return f"unix:{name}" if name and PROGRAM.exists() else ""


def prepare(folder: Path) -> list[str]:
    """Writes what clamd needs into ``folder``, and gives the command that starts it. Raises OSError (disk full)."""
    signatures, temporary = folder / "signatures", folder / "temporary"
    for made in (folder, signatures, temporary):
        made.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(signatures / "demo.hsb", _SIGNATURES)
    configuration = folder / "clamd.conf"
    write_private(configuration, _CONFIGURATION.format(socket=socket_of(folder), signatures=signatures, temporary=temporary))
    return [str(PROGRAM), f"--config-file={configuration}"]


def answers(address: str, still_runs: Callable[[], bool]) -> bool:
    """Waits until the scanner answers. False when it stopped, or doesn't answer in time."""
    until = time.monotonic() + START_SECONDS
    while still_runs() and time.monotonic() < until:
        try:
            return ask(address, "PING", 5.0) == b"PONG"
        except NoAnswer:
            time.sleep(0.02)
    return False
