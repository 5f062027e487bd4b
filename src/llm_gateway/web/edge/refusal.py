"""What is answered to a client that does not speak HTTP as the edge demands."""

import functools
from http import HTTPStatus

import orjson


class Refused(Exception):
    """The bytes of a client are not a request we accept. The connection ends with `status`."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


@functools.cache
def status_line(status: int) -> bytes:
    """As HTTP/1.1 wants it, line end included; an unknown status has an empty reason."""
    reason = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else ""
    return f"HTTP/1.1 {status} {reason}\r\n".encode()


def envelope(status: int, code: str, message: str) -> bytes:
    """The body of an error: the shape that clients of OpenAI know."""
    kind = "invalid_request_error" if status < 500 else "server_error"
    return orjson.dumps({"error": {"message": message, "type": kind, "param": None, "code": code}})


def refusal(status: int, code: str, message: str) -> bytes:
    """A whole answer that also says that the connection ends."""
    body = envelope(status, code, message)
    return b"%scontent-type: application/json\r\ncontent-length: %d\r\nconnection: close\r\n\r\n%s" % (
        status_line(status),
        len(body),
        body,
    )
