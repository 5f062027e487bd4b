"""From aiohttp's errors to UpstreamFailed, in one place. Messages never quote what a provider sent."""

import aiohttp

from llm_gateway.domain.errors import UpstreamFailed
from llm_gateway.upstream.connector import Overflow
from llm_gateway.upstream.deadlines import FIRST_BYTE, IDLE, TOTAL
from llm_gateway.upstream.egress import EgressRefused

_LATE = {
    FIRST_BYTE: "The provider did not begin to answer in time (setting first_byte_timeout).",
    IDLE: "The provider fell silent in the middle of its answer (setting idle_timeout).",
    TOTAL: "The exchange took too long (setting total_timeout).",
}

# What aiohttp may raise while sending and reading, and what the sockets below it may.
FOREIGN = (aiohttp.ClientError, aiohttp.http.HttpProcessingError, EgressRefused, OSError, ValueError)

# The first that fits: kind of error, code, message.
_KINDS: tuple[tuple[type[Exception], str, str], ...] = (
    (
        Overflow,
        "upstream_too_large",
        "The provider sends without end; the setting max_answer_bytes bounds an answer.",
    ),
    (
        aiohttp.ClientConnectorCertificateError,
        "upstream_tls",
        "The provider's certificate does not fit its name or is not trusted.",
    ),
    (aiohttp.ClientSSLError, "upstream_tls", "No TLS connection to the provider can be made."),
    (
        aiohttp.ClientConnectorDNSError,
        "upstream_unreachable",
        "The provider's host name cannot be resolved; check the base URL.",
    ),
    (
        aiohttp.ClientConnectorError,
        "upstream_unreachable",
        "The provider cannot be reached; check the base URL.",
    ),
    (aiohttp.InvalidURL, "upstream_egress_refused", "The provider's URL is not one the gateway connects to."),
    (
        aiohttp.ServerDisconnectedError,
        "upstream_disconnected",
        "The provider closed the connection without an answer.",
    ),
    (aiohttp.ClientPayloadError, "upstream_truncated", "The provider's answer is broken or ends too early."),
    (aiohttp.ClientResponseError, "upstream_protocol", "The provider's answer is not proper HTTP."),
    (aiohttp.http.HttpProcessingError, "upstream_protocol", "The provider's answer is not proper HTTP."),
    (ValueError, "upstream_protocol", "The exchange with the provider is not proper HTTP."),
    (OSError, "upstream_disconnected", "The connection to the provider broke."),
)


def failure(error: Exception, expired: str | None) -> UpstreamFailed:
    """`expired` is the code of the limit that was passed, when one was."""
    if expired is not None:
        return UpstreamFailed(_LATE[expired], code=expired, timed_out=True)
    if isinstance(error, EgressRefused):
        return UpstreamFailed(str(error), code="upstream_egress_refused")
    if isinstance(error, TimeoutError):
        return UpstreamFailed(
            "No connection to the provider in time (setting connect_timeout).",
            code="upstream_connect_timeout",
            timed_out=True,
        )
    for kind, code, message in _KINDS:
        if isinstance(error, kind):
            return UpstreamFailed(message, code=code, detail=type(error).__name__)
    return UpstreamFailed("The exchange with the provider failed.", detail=type(error).__name__)
