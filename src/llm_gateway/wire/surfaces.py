"""Which paths are served, in which format, and the provider's path for each. Pure data.

    found = match("POST", "/v1beta/models/gemini-3.0-flash:streamGenerateContent", "alt=sse")
    found.format          reads and writes it (here server-sent events; a JSON array without alt=sse)
    found.model           named by the path; empty where the body names it
    found.stream          true or false where the path says so; None where the body's `stream` does
    found.upstream(model) the provider's path below its base URL

A path that is not here is refused, never tunnelled.
"""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import parse_qs, quote

from llm_gateway.wire.format import WireFormat
from llm_gateway.wire.formats import FORMATS


class Operation(StrEnum):
    """What is asked for, in any format."""

    GENERATE = "generate"
    COUNT_TOKENS = "count_tokens"
    EMBED = "embed"
    LIST_MODELS = "list_models"
    GET_MODEL = "get_model"


@dataclass(frozen=True, slots=True)
class Surface:
    """One served operation. `path` and `to` may hold `{model}`; `to` lies below a provider's base URL.

    `speaks` is the name under which a provider says that it has this operation. `streams` is None
    where the body's member `stream` decides.
    """

    method: str
    path: str
    operation: Operation
    wire: str
    speaks: str
    to: str
    streams: bool | None = False

    @property
    def model_in_path(self) -> bool:
        return "{model}" in self.path


class Matched(NamedTuple):
    """A request's surface, and what its address says."""

    surface: Surface
    format: WireFormat
    model: str
    stream: bool | None

    @property
    def wire(self) -> str:
        """The format's name in wire/formats.py, which Translation asks for."""
        array = self.format is FORMATS["gemini_generate_array"]
        return "gemini_generate_array" if array else self.surface.wire

    @property
    def stream_type(self) -> str:
        """The content type of a streamed answer."""
        array = self.format is FORMATS["gemini_generate_array"]
        return "application/json" if array else "text/event-stream; charset=utf-8"

    def upstream(self, model: str) -> str:
        """The provider's path and query for that model."""
        if not self.surface.model_in_path:
            return self.surface.to
        path = self.surface.to.replace("{model}", quote(model.removeprefix("models/"), safe=""))
        sse = (
            self.stream
            and self.surface.wire == "gemini_generate"
            and self.format is FORMATS["gemini_generate"]
        )
        return path + "?alt=sse" if sse else path


def _gemini(version: str) -> tuple[Surface, ...]:
    base = f"/{version}/models"
    model = base + "/{model}"

    def act(action: str, operation: Operation, wire: str, streams: bool = False) -> Surface:
        to = "/models/{model}:" + action
        return Surface("POST", f"{model}:{action}", operation, wire, "gemini", to, streams)

    return (
        act("generateContent", Operation.GENERATE, "gemini_generate"),
        act("streamGenerateContent", Operation.GENERATE, "gemini_generate", True),
        act("countTokens", Operation.COUNT_TOKENS, "gemini_count_tokens"),
        act("embedContent", Operation.EMBED, "gemini_embed"),
        act("batchEmbedContents", Operation.EMBED, "gemini_embed"),
    )


_CHAT = "/chat/completions"

SURFACES: tuple[Surface, ...] = (
    Surface("POST", "/v1" + _CHAT, Operation.GENERATE, "openai_chat", "openai_chat", _CHAT, None),
    Surface(
        "POST",
        "/v1/responses",
        Operation.GENERATE,
        "openai_responses",
        "openai_responses",
        "/responses",
        None,
    ),
    Surface(
        "POST", "/v1/embeddings", Operation.EMBED, "openai_embeddings", "openai_embeddings", "/embeddings"
    ),
    Surface(
        "POST",
        "/v1/messages",
        Operation.GENERATE,
        "anthropic_messages",
        "anthropic_messages",
        "/messages",
        None,
    ),
    Surface(
        "POST",
        "/v1/messages/count_tokens",
        Operation.COUNT_TOKENS,
        "anthropic_count_tokens",
        "anthropic_messages",
        "/messages/count_tokens",
    ),
    *_gemini("v1beta"),
    *_gemini("v1"),
    Surface("GET", "/v1/models", Operation.LIST_MODELS, "openai_chat", "", "/models"),
    Surface("GET", "/v1/models/{model}", Operation.GET_MODEL, "openai_chat", "", "/models/{model}"),
    Surface("GET", "/v1beta/models", Operation.LIST_MODELS, "gemini_generate", "", "/models"),
    Surface("GET", "/v1beta/models/{model}", Operation.GET_MODEL, "gemini_generate", "", "/models/{model}"),
)

_FIXED: Mapping[tuple[str, str], Surface] = {
    (surface.method, surface.path): surface for surface in SURFACES if not surface.model_in_path
}
_MODEL = r"(?P<model>[A-Za-z0-9][A-Za-z0-9_.@/-]{0,127})"
_OPEN: tuple[tuple[re.Pattern[str], Surface], ...] = tuple(
    (re.compile(re.escape(surface.path).replace(r"\{model\}", _MODEL) + r"\Z"), surface)
    for surface in SURFACES
    if surface.model_in_path
)


def match(method: str, path: str, query: str = "", headers: Container[str] = ()) -> Matched | None:
    """The surface of a request, None when that path is not served by that method.

    `headers` holds the names of the request's headers in lower case: three formats share the address
    of the model list, and differ in how their clients present themselves.
    """
    surface = _FIXED.get((method, path))
    if surface is not None:
        return Matched(surface, _format(surface, query, headers), "", surface.streams)
    for pattern, candidate in _OPEN:
        found = pattern.match(path) if candidate.method == method else None
        if found is not None:
            return Matched(candidate, _format(candidate, query, headers), found["model"], candidate.streams)
    return None


def generate_path(wire: str, model: str, *, stream: bool) -> str:
    """The path and query below a provider's base URL for a request translated into that format."""
    if wire == "gemini_generate":
        action = "streamGenerateContent?alt=sse" if stream else "generateContent"
        return f"/models/{quote(model.removeprefix('models/'), safe='')}:{action}"
    return next(surface.to for surface in SURFACES if surface.wire == wire)


def methods(path: str) -> list[str]:
    """The methods by which a path is served, for the answer 405."""
    return [method for method in ("GET", "POST") if match(method, path) is not None]


def dialect(headers: Container[str]) -> WireFormat:
    """The format in which to answer a client of which only the headers' names are known."""
    if "anthropic-version" in headers:
        return FORMATS["anthropic_messages"]
    if "x-goog-api-key" in headers:
        return FORMATS["gemini_generate"]
    return FORMATS["openai_chat"]


def _format(surface: Surface, query: str, headers: Container[str]) -> WireFormat:
    if surface.operation in (Operation.LIST_MODELS, Operation.GET_MODEL) and surface.wire == "openai_chat":
        return dialect(headers)
    if surface.streams and parse_qs(query).get("alt") != ["sse"]:
        return FORMATS["gemini_generate_array"]
    return FORMATS[surface.wire]
