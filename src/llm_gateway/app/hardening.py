"""What the process gives up before it holds secrets."""

import ctypes
import resource
import sys

_PR_SET_DUMPABLE = 4


def harden() -> None:
    """No core dumps, and on Linux no reading of this process's memory by others of the same user."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
