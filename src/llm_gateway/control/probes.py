"""Trying a provider key before a gateway key leads to it."""

from dataclasses import dataclass
from time import perf_counter

import orjson

from llm_gateway.control.actor import Actor
from llm_gateway.control.connections import Destination, checked
from llm_gateway.control.deps import ControlDeps
from llm_gateway.domain.errors import UpstreamFailed
from llm_gateway.ports.records import AuditLog
from llm_gateway.ports.upstream import Timeouts, Upstream, UpstreamRequest
from llm_gateway.providers import Speaks, credential_headers

_PATIENCE = Timeouts(connect=5.0, first_byte=10.0, idle=5.0, total=15.0)
_LARGEST = 4 * 1024 * 1024
_MODELS = 500


@dataclass(frozen=True, slots=True)
class Probed:
    """`problem` is for people and holds nothing of what the provider said; empty when all is well.
    `models` are those that the key may use, as far as the provider lists them."""

    ok: bool
    status: int
    milliseconds: float
    problem: str
    models: tuple[str, ...] = ()


class Probes:
    """Asks a provider for its models: every provider has that list, it costs nothing, and most give it
    only to a valid key."""

    def __init__(self, deps: ControlDeps, upstream: Upstream, audit: AuditLog) -> None:
        self._deps = deps
        self._upstream = upstream
        self._audit = audit

    async def try_out(self, actor: Actor, wanted: Destination) -> Probed:
        """Raises BadRequest for what could not be entered either. The attempt is audited, the key is not."""
        provider, base_url, key = await checked(self._deps, wanted)
        self._audit.append(
            self._deps.event(actor, "provider.test", provider.id, after={"base_url": base_url})
        )
        if provider.simulated:
            return Probed(True, 200, 0.0, "", provider.models)
        headers = {"accept": "application/json", "accept-encoding": "identity", **provider.headers}
        headers |= credential_headers(provider.auth, key)
        if Speaks.ANTHROPIC_MESSAGES in provider.speaks and provider.id == "anthropic":
            headers |= {"anthropic-version": "2023-06-01"}
        request = UpstreamRequest("GET", f"{base_url}/models", headers, b"", _PATIENCE)
        return await self._asked(request)

    async def _asked(self, request: UpstreamRequest) -> Probed:
        start = perf_counter()
        try:
            answer = await self._upstream.send(request)
            try:
                body = await answer.read(_LARGEST)
            finally:
                await answer.close()
        except UpstreamFailed as error:
            return Probed(False, 0, _since(start), error.message)
        problem = _problem(answer.status)
        return Probed(not problem, answer.status, _since(start), problem, () if problem else _models(body))


def _since(start: float) -> float:
    return round((perf_counter() - start) * 1000, 1)


def _problem(status: int) -> str:
    if status in (401, 403):
        return "The provider does not accept this key."
    if status == 404:
        return "The base URL answers, but has no list of models; check its path."
    if status == 429:
        return "The provider answers, but refuses for now because of its rate limit."
    return "" if 200 <= status < 300 else f"The provider answered with HTTP {status}."


def _models(body: bytes) -> tuple[str, ...]:
    """Names from `{data: [{id}]}` (OpenAI, Anthropic) or `{models: [{name}]}` (Gemini)."""
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError:
        return ()
    listed = document.get("data") or document.get("models") if isinstance(document, dict) else None
    entries = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    names = [entry.get("id") or entry.get("name") for entry in entries]
    return tuple(name.removeprefix("models/")[:200] for name in names[:_MODELS] if isinstance(name, str))
