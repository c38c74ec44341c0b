"""What ``portal doctor`` asks the virus scanner of each face: does it answer, does it find anything, how old is what it knows."""

from collections.abc import Iterator
from datetime import UTC, datetime

from portal.clamd import NoAnswer, ask, is_address, scan_stream, signatures_of
from portal.doctor_found import Found, Process, State

OLD_DAYS = 3
"""Days after which signatures are too old: new ones come each day (docs.clamav.net)."""
LARGEST = 20 * 1024 * 1024
"""Bytes of the largest document, as portal/documents/reasons.py has it."""
# In two halves: scanners would otherwise take this program for the file.
TEST_FILE = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STAND" + b"ARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The harmless file that every scanner has to find (eicar.org)."""


def scanners(processes: list[Process]) -> Iterator[Found]:
    """What there is to say of the scanners of the faces; each address once."""
    faces = [process for process in processes if process.environment.get("MBT_FACE", "").strip()]
    seen: set[str] = set()
    for face in faces:
        address = face.environment.get("MBT_SCANNER", "").strip()
        if not address:
            yield Found(State.DO, f"Scanner: {face.name} has no MBT_SCANNER, so every document is refused; run clamd and say where it is.")
        elif address not in seen and is_address(address):
            seen.add(address)
            yield _one(address, face.environment.get("MBT_MODE", "").strip() == "productie")


def _one(address: str, productie: bool) -> Found:
    try:
        if ask(address, "PING", 10.0) != b"PONG":
            return Found(State.DO, f"Scanner: what listens at {address} is no clamd, so every document is refused.")
        made = signatures_of(ask(address, "VERSION", 10.0))
        found = scan_stream(address, TEST_FILE).endswith(b" FOUND")
        takes_all = scan_stream(address, bytes(LARGEST)) == b"stream: OK"
    except NoAnswer:
        return Found(
            State.DO, f"Scanner: no whole answer from {address}; does clamd run, is StreamMaxLength 21M or more, may this user come in?"
        )
    if not found:
        return Found(State.DO, "Scanner: does not find the harmless test file (EICAR); run freshclam, and restart clamd.")
    if not takes_all:
        return Found(State.DO, "Scanner: does not say OK to 20 MB of nothing, so large documents are refused; look at its limits.")
    if made is None:
        said = "Scanner: answers, but knows no signatures of ClamAV"
        return Found(State.DO, f"{said}; run freshclam.") if productie else Found(State.NOTE, f"{said}, which is enough for a demo.")
    days = (datetime.now(UTC) - made).days
    if days >= OLD_DAYS:
        return Found(State.DO, f"Scanner: its signatures are {days} days old; see why freshclam brings no new ones.")
    return Found(State.GOOD, f"Scanner: answers, finds the test file, and its signatures are of {made:%Y-%m-%d}.")
