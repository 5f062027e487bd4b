"""One server per data directory."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from llm_gateway.ports.startup import CannotStart

LOCK_FILE = "serve.lock"


@contextmanager
def only_server(directory: Path) -> Iterator[None]:
    """Holds the directory for one server. The lock ends with the process, however it ends.

    Raises CannotStart while another server holds it: memory state and the spool belong to one.
    """
    descriptor = os.open(directory / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise CannotStart(
            f"Another gateway already serves the data directory {directory}. Stop it, or name another "
            "with --data."
        ) from None
    try:
        yield
    finally:
        os.close(descriptor)
