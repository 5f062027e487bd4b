"""From host names to addresses."""

import asyncio
import socket
from collections.abc import Awaitable, Callable

# Host and port in, all addresses of the host out. Raises OSError when there is none.
Resolve = Callable[[str, int], Awaitable[list[str]]]


async def resolve_with_system(host: str, port: int) -> list[str]:
    """All A and AAAA records, as the machine's resolver sees them, each once, in its order."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
