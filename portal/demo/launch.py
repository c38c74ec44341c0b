"""Start one program that dies with its parent, without root's rights.

Run as a script: ``python -I -S launch.py PARENT SIGNAL IDENTITY program arguments...``.

* ``PARENT`` is the process id that must be the parent; when it is gone already, nothing is started.
* ``SIGNAL`` is the number of the signal that the kernel sends to the program when the parent dies (0: none).
* ``IDENTITY`` is ``same``, ``namespace:UID`` (a user namespace in which this user appears as UID, while
  files stay this user's) or ``user:UID:GID`` (really become that user).

It uses the standard library only and replaces itself by the program, so the process id stays the same.
A script of its own, because doing this between fork and exec in a program with threads is not safe.
"""

import ctypes
import os
import sys
from pathlib import Path
from typing import NoReturn

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
NO_NAMESPACE = 71
"""Exit code: the kernel does not allow a user namespace here."""
PARENT_GONE = 72
"""Exit code: the parent ended before the program could start."""


def enter_namespace(uid: int) -> None:
    """Enter a user namespace in which this user and group appear as ``uid``. Raises OSError when refused."""
    outer_user, outer_group = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "no user namespace")
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{uid} {outer_user} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{uid} {outer_group} 1", encoding="ascii")


def take_identity(identity: str) -> None:
    """Become who ``identity`` says. Raises OSError when the system refuses."""
    kind, _, rest = identity.partition(":")
    if kind == "namespace":
        enter_namespace(int(rest))
    elif kind == "user":
        uid, gid = (int(part) for part in rest.split(":"))
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)


def main(arguments: list[str]) -> NoReturn:
    """Take the identity, tie the life of this process to the parent's, become the program."""
    parent, signal_number, identity, *command = arguments
    try:
        take_identity(identity)
    except OSError as refused:
        print(refused, file=sys.stderr)
        sys.exit(NO_NAMESPACE)
    # After the change of identity: that change would clear the signal again.
    if int(signal_number):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0)
        # The parent may have died before the line above; then no signal would ever come.
        if os.getppid() != int(parent):
            sys.exit(PARENT_GONE)
    os.execv(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1:])
