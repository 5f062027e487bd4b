"""The head of a request: RFC 9112 with everything taken out that two parsers could read differently.

A head is accepted only if it matches one grammar as a whole. What the RFC lets a server repair
(bare LF, folded lines, blanks before the colon, several lengths that agree) is refused: a proxy in
front of us may repair it another way, and the difference is a smuggled request.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from llm_gateway.web.edge.limits import Limits
from llm_gateway.web.edge.refusal import Refused

_TOKEN = rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]++"
_LINE = rb"([A-Z]{1,24}) (/[!\"$-~]*+) HTTP/1\.([01])\r\n"
_FIELD = rb"(" + _TOKEN + rb"):[ \t]*+([\t -~\x80-\xff]*+)\r\n"

_REQUEST_LINE = re.compile(_LINE)
_HEAD = re.compile(_LINE + rb"(?:" + _TOKEN + rb":[\t -~\x80-\xff]*+\r\n)*+\r\n")
FIELD = re.compile(_FIELD)
_BARE_LF = re.compile(rb"(?<!\r)\n")
_LENGTH = re.compile(rb"[0-9]{1,18}")
_HOST = re.compile(rb"(?:[0-9A-Za-z._~-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_END = b"\r\n\r\n"

# Fields that decide how a message is read. A client may not call them hop-by-hop: a proxy that
# obeyed would drop them, and the next server would see another message.
_NOT_HOP_BY_HOP = frozenset((b"content-length", b"transfer-encoding", b"host", b"authorization"))
_DECISIVE = frozenset((b"content-length", b"transfer-encoding", b"host", b"connection", b"expect"))


@dataclass(slots=True)
class Head:
    """An accepted head. `length` is None when the body comes in chunks, 0 when there is none.

    Names are lower-case; values have no blanks around them.
    """

    method: str
    target: bytes
    version: str
    headers: list[tuple[bytes, bytes]]
    length: int | None
    keep_alive: bool
    expects_continue: bool


def bad(message: str) -> Refused:
    return Refused(400, "invalid_http", message)


class HeadReader:
    """Collects the bytes of one head. Chunk borders carry no meaning.

    `feed` gives the head once its last byte is there, and `rest` is then what came after it.
    Raises Refused as soon as no further byte could make the head acceptable, or it is too large.
    """

    __slots__ = ("_blank_seen", "_buffer", "_limits", "_line_seen", "rest")

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._buffer = b""
        self._blank_seen = False
        self._line_seen = False
        self.rest = b""

    @property
    def started(self) -> bool:
        return self._buffer != b""

    def feed(self, data: bytes) -> Head | None:
        searched = max(len(self._buffer) - 3, 0)
        buffer = self._buffer = self._buffer + data if self._buffer else data
        if not self._blank_seen and buffer.startswith(b"\r\n"):
            # RFC 9112 2.2: one empty line before a request is an old client's habit.
            buffer = self._buffer = buffer[2:]
            self._blank_seen, searched = True, 0
        end = buffer.find(_END, searched)
        if end < 0 or end > self._limits.target_bytes + self._limits.header_bytes:
            self._refuse_early(buffer, searched)
            return None
        self.rest = buffer[end + 4 :]
        self._buffer, self._blank_seen, self._line_seen = b"", False, False
        return parse(buffer[: end + 4], self._limits)

    def _refuse_early(self, buffer: bytes, searched: int) -> None:
        """Not every wrong head ever gets an end, so do not wait for it."""
        if buffer and not (65 <= buffer[0] <= 90 or (buffer == b"\r" and not self._blank_seen)):
            raise bad("This is not an HTTP/1.1 request.")
        if _BARE_LF.search(buffer, max(searched - 1, 0)):
            raise bad("Lines must end with CR LF.")
        if not self._line_seen:
            self._check_line(buffer)
        if len(buffer) > self._limits.target_bytes + self._limits.header_bytes:
            raise _too_many_header_bytes(self._limits)

    def _check_line(self, buffer: bytes) -> None:
        self._line_seen = b"\r\n" in buffer
        line = buffer.partition(b"\r\n")[0]
        if len(line) > self._limits.target_bytes + 40:
            raise _too_long_target(self._limits)
        if self._line_seen and not _REQUEST_LINE.match(buffer):
            raise bad("The request line is not METHOD, a path, and HTTP/1.1.")


def parse(block: bytes, limits: Limits) -> Head:
    """The head in `block`, which ends with its empty line."""
    match = _HEAD.fullmatch(block)
    if match is None:
        raise _explain(block, limits)
    method, target, minor = match.groups()
    if len(target) > limits.target_bytes:
        raise _too_long_target(limits)
    if len(block) - len(target) > limits.header_bytes:
        raise _too_many_header_bytes(limits)
    fields = FIELD.findall(block, match.end(3))
    if len(fields) > limits.header_count:
        raise Refused(431, "too_many_headers", f"A request may have {limits.header_count} header fields.")
    return _head(method.decode(), target, minor == b"1", fields)


def _head(method: str, target: bytes, modern: bool, fields: list[tuple[bytes, bytes]]) -> Head:
    headers = [(name.lower(), value.rstrip(b" \t")) for name, value in fields]
    decisive: dict[bytes, list[bytes]] = {}
    for name, value in headers:
        if name in _DECISIVE:
            decisive.setdefault(name, []).append(value)
    _check_host(decisive.get(b"host", ()), modern)
    options = _connection_options(decisive[b"connection"]) if b"connection" in decisive else ()
    expects = b"expect" in decisive and _expects_continue(decisive[b"expect"])
    return Head(
        method,
        target,
        "1.1" if modern else "1.0",
        headers,
        _body_length(decisive, modern),
        modern and b"close" not in options,
        modern and expects,
    )


def _check_host(hosts: Sequence[bytes], modern: bool) -> None:
    if len(hosts) > 1 or (modern and not hosts):
        raise bad("A request must have exactly one Host field.")
    if hosts and not _HOST.fullmatch(hosts[0]):
        raise bad("The Host field must be a host name or an address, with or without a port.")


def _connection_options(values: Sequence[bytes]) -> set[bytes]:
    options = {option.strip(b" \t").lower() for value in values for option in value.split(b",")}
    if not _NOT_HOP_BY_HOP.isdisjoint(options):
        raise bad("The Connection field names a field that is not hop-by-hop.")
    return options


def _body_length(decisive: dict[bytes, list[bytes]], modern: bool) -> int | None:
    lengths = decisive.get(b"content-length")
    codings = decisive.get(b"transfer-encoding")
    if codings:
        if lengths or not modern:
            raise bad("Transfer-Encoding goes neither with Content-Length nor with HTTP/1.0.")
        _check_coding(codings)
        return None
    if not lengths:
        return 0
    if len(lengths) > 1 or not _LENGTH.fullmatch(lengths[0]):
        raise bad("Content-Length must be given once, as decimal digits.")
    return int(lengths[0])


def _check_coding(codings: list[bytes]) -> None:
    if len(codings) > 1:
        raise bad("Transfer-Encoding must be given once.")
    coding = codings[0].lower()
    if coding == b"chunked":
        return
    if coding.endswith(b"chunked") and b"," in coding:
        raise Refused(501, "unsupported_transfer_encoding", "The only Transfer-Encoding here is chunked.")
    raise bad("The only Transfer-Encoding here is chunked.")


def _expects_continue(values: Sequence[bytes]) -> bool:
    if [value.lower() for value in values] != [b"100-continue"]:
        raise Refused(417, "unsupported_expectation", "The only Expect here is 100-continue.")
    return True


def _explain(block: bytes, limits: Limits) -> Refused:
    """Why `block` does not match the grammar, for a person who wonders."""
    line = block.partition(b"\r\n")[0]
    if not _REQUEST_LINE.match(block):
        if len(line) > limits.target_bytes + 40:
            return _too_long_target(limits)
        return bad("The request line is not METHOD, a path, and HTTP/1.1.")
    return bad("A header field is malformed: fold no lines, put no blank before the colon, "
               "end lines with CR LF, use no control characters.")  # fmt: skip


def _too_long_target(limits: Limits) -> Refused:
    return Refused(414, "url_too_long", f"The URL is longer than {limits.target_bytes} bytes.")


def _too_many_header_bytes(limits: Limits) -> Refused:
    return Refused(431, "headers_too_large", f"The header is larger than {limits.header_bytes} bytes.")
