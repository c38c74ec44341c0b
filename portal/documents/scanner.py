"""The virus scanner. A file is safe only when clamd says so in exactly those words; anything else is a refusal."""

from portal.clamd import NoAnswer, scan_stream
from portal.documents.reasons import Refused, Why

_SAFE = b"stream: OK"
_FOUND = b" FOUND"


def scan(data: bytes, address: str) -> None:
    """Ask clamd at ``address`` ("unix:/path" or "tcp:127.0.0.1:3310") about a whole file. Raises Refused when it isn't known to be safe."""
    try:
        answer = scan_stream(address, data)
    except NoAnswer:
        raise Refused(Why.NO_SCANNER) from None
    if answer == _SAFE:
        return
    raise Refused(Why.INFECTED if answer.startswith(b"stream: ") and answer.endswith(_FOUND) else Why.NO_SCANNER)
