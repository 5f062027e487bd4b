"""JSON documents of an identity provider."""

from collections.abc import Mapping
from typing import Any

from llm_gateway.domain.errors import BadRequest, GatewayError, Unavailable
from llm_gateway.ports.upstream import Timeouts, Upstream, UpstreamRequest
from llm_gateway.wire import json_text

LIMIT = 512 * 1024
_TIMEOUTS = Timeouts(connect=5.0, first_byte=10.0, idle=5.0, total=15.0)
_HEADERS = {"accept": "application/json", "accept-encoding": "identity", "user-agent": "llm-security-gateway"}


class Documents:
    """Asks over the way out that is vetted like that to model providers: no redirects, no private
    addresses but those of egress_allow, and plain http only to these."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream

    async def get(self, url: str, **headers: str) -> dict[str, Any]:
        """Raises Unavailable for everything but a JSON object."""
        return await self._ask(UpstreamRequest("GET", url, _HEADERS | headers, b"", _TIMEOUTS))

    async def post(self, url: str, form: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
        """As `get`, for a form."""
        sent = {**_HEADERS, "content-type": "application/x-www-form-urlencoded", **headers}
        return await self._ask(UpstreamRequest("POST", url, sent, form, _TIMEOUTS))

    async def _ask(self, request: UpstreamRequest) -> dict[str, Any]:
        try:
            answer = await self._upstream.send(request)
            try:
                body = await answer.read(LIMIT)
            finally:
                await answer.close()
        except GatewayError as error:
            raise _away(error.message) from error
        if answer.status != 200:
            raise _away(f"status {answer.status}")
        try:
            value = json_text.parse(body)
        except BadRequest as error:
            raise _away("not JSON") from error
        if not isinstance(value, dict):
            raise _away("not a JSON object")
        return value


def _away(detail: str) -> Unavailable:
    return Unavailable(
        "The identity provider does not answer as it should; try again, or check the oidc settings.",
        code="identity_provider_unavailable",
        detail=detail,
    )
