"""Just enough of HTTP/1.1 to keep every byte that was received. Strict: odd framing is an error."""

import asyncio
import json
import threading
from dataclasses import dataclass, field
from typing import Any

from tests.support.provider.answers import Answer


class BadFraming(Exception):
    """What arrived is not a request that a careful server would take."""


@dataclass
class Received:
    """One request as it arrived. `head` ends with the empty line; `raw_body` still has its framing."""

    head: bytes
    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    problems: list[str] = field(default_factory=list)
    unknown_fields: set[str] = field(default_factory=set)
    answered: threading.Event = field(default_factory=threading.Event)
    disconnected: threading.Event = field(default_factory=threading.Event)

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def header(self, name: str) -> str | None:
        """The one value of a header, None without it. Raises ValueError when it is repeated."""
        values = [value for key, value in self.headers if key == name.lower()]
        if len(values) > 1:
            raise ValueError(f"header {name} came {len(values)} times")
        return values[0] if values else None

    @property
    def everything(self) -> bytes:
        return self.head + self.body


async def read_request(reader: asyncio.StreamReader) -> Received | None:
    """None when the client closed between requests. Raises BadFraming."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise BadFraming("the connection closed inside a head") from error
        return None
    lines = head[:-4].split(b"\r\n")
    parts = lines[0].decode("latin-1").split(" ")
    if len(parts) != 3 or parts[2] != "HTTP/1.1" or any(b"\n" in line or b"\r" in line for line in lines):
        raise BadFraming("bad request line or line ending")
    headers = tuple(_header(line) for line in lines[1:])
    received = Received(head, parts[0], parts[1], headers, b"")
    received.body = await _read_body(reader, received)
    return received


def _header(line: bytes) -> tuple[str, str]:
    name, colon, value = line.decode("latin-1").partition(":")
    if not colon or not name or name != name.strip():
        raise BadFraming("bad header line")
    return name.lower(), value.strip()


async def _read_body(reader: asyncio.StreamReader, received: Received) -> bytes:
    length, coding = received.header("content-length"), received.header("transfer-encoding")
    if received.header("host") is None:
        raise BadFraming("no Host header")
    if length is not None and coding is not None:
        raise BadFraming("both Content-Length and Transfer-Encoding")
    if coding is not None:
        return await _read_chunked(reader)
    if length is None:
        return b""
    if not length.isascii() or not length.isdigit():
        raise BadFraming("bad Content-Length")
    return await reader.readexactly(int(length))


async def _read_chunked(reader: asyncio.StreamReader) -> bytes:
    pieces = []
    while size := int((await reader.readuntil(b"\r\n"))[:-2], 16):
        pieces.append(await reader.readexactly(size))
        if await reader.readexactly(2) != b"\r\n":
            raise BadFraming("bad chunk")
    if await reader.readuntil(b"\r\n") != b"\r\n":
        raise BadFraming("unexpected trailer")
    return b"".join(pieces)


def head_of(answer: Answer) -> bytes:
    """The status line and headers; nothing for a raw answer."""
    if answer.framing == "raw":
        return b""
    lines = [f"HTTP/1.1 {answer.status} Simulated"]
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    if answer.framing == "chunked":
        lines.append("Transfer-Encoding: chunked")
    elif answer.framing == "close":
        lines.append("Connection: close")
    else:
        lines.append(f"Content-Length: {len(answer.body) if answer.length is None else answer.length}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def framed(piece: bytes, answer: Answer) -> bytes:
    if answer.framing != "chunked":
        return piece
    return b"%x\r\n%b\r\n" % (len(piece), piece) if piece else b""
