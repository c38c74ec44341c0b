"""``python -m portal.demo``: start the demo; ``--clean``: remove its data.

Environment: MBT_DEMO_PORTS (two port numbers with a comma between them), MBT_DEMO_FOLDER (instead of var/).
"""

import ctypes
import os
import signal
import sys
from pathlib import Path

from portal.assets import ROOT
from portal.demo.launch import PR_SET_PDEATHSIG
from portal.demo.supervisor import PORTS, DemoError, Stopped, Supervisor, plain_sentence, stop_on_signals


def ports() -> tuple[int, ...]:
    """Read the ports from the environment. Raises DemoError."""
    text = os.environ.get("MBT_DEMO_PORTS", "")
    if not text:
        return PORTS
    try:
        chosen = tuple(int(part) for part in text.split(","))
    except ValueError:
        chosen = ()
    if len(set(chosen)) != len(PORTS) or not all(1 <= port <= 65535 for port in chosen):
        raise DemoError("MBT_DEMO_PORTS must be two different port numbers with a comma between them.")
    return chosen


def stop_with_make() -> None:
    """When make is killed, this ends too; else nobody would be left at the terminal to stop it."""
    if os.environ.get("MAKELEVEL"):
        parent = os.getppid()
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
        if os.getppid() != parent:
            raise Stopped


def main(arguments: list[str]) -> int:
    """Run or clean. Gives the exit code: 0 also after Ctrl-C, 1 with one plain sentence when it can't go on."""
    stop_on_signals()
    try:
        stop_with_make()
        folder = Path(os.environ.get("MBT_DEMO_FOLDER") or ROOT / "var").resolve()
        supervisor = Supervisor(folder, ports())
        if "--clean" in arguments:
            supervisor.clean()
            print("The demo starts over next time.")
        else:
            supervisor.run()
    except Stopped:
        print("\nEverything is stopped.", flush=True)
        return 0
    except Exception as problem:
        print(f"\n{plain_sentence(problem)}", file=sys.stderr, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
