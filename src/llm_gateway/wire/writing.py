"""What writers share: refusing by name what a format cannot say, and noting what it need not say.

refused   a member or a part that changes the answer and that the other format does not know
dropped   hints that cost or save money but change no answer (caching, storing labels), and
          thoughts of earlier turns, which only their own provider can use; each is named
ignored   values that ask for what happens anyway (`n: 1`)
"""

import base64
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NoReturn

import orjson

from llm_gateway.domain.conversation import (
    Conversation,
    Extra,
    Foreign,
    Media,
    Part,
    Role,
    Text,
    ToolCall,
    ToolResult,
    Turn,
)
from llm_gateway.domain.errors import BadRequest, UpstreamFailed
from llm_gateway.domain.text import Path, dotted

TITLES: Mapping[str, str] = {
    "openai_chat": "OpenAI's chat completions",
    "openai_responses": "OpenAI's responses",
    "anthropic_messages": "Anthropic's messages",
    "gemini_generate": "Gemini",
}

HINTS = frozenset(
    (
        "cache_control",
        "prompt_cache_key",
        "prompt_cache_retention",
        "prompt_cache_options",
        "metadata",
        "labels",
        "safety_identifier",
        "stream_options",
        "thoughtSignature",
        "id",
        "status",
        "phase",
        "include",
        "obfuscation",
        "summary",
        "generate_summary",
    )
)

ANYWAY: Mapping[str, tuple[Any, ...]] = {
    "n": (1,),
    "candidateCount": (1,),
    "store": (False,),
    "background": (False,),
    "logprobs": (False, []),
    "responseLogprobs": (False,),
    "top_logprobs": (0,),
    "logit_bias": ({},),
    "truncation": ("disabled",),
    "service_tier": ("auto", "default"),
    "annotations": ([],),
    "citations": ([], {"enabled": False}),
    "modalities": (["text"],),
    "responseModalities": (["TEXT"], ["text"]),
    "safetySettings": ([],),
    "type": ("custom", "message"),
    "role": ("user", "system", "model"),
    "responseMimeType": ("text/plain",),
    "is_error": (False,),
    "thinking": tuple(
        {"type": "adaptive", **shown} for shown in ({}, {"display": "summarized"}, {"display": "omitted"})
    ),
    "text": ({"format": {"type": "text"}},),
    "response_format": ({"type": "text"},),
    "format": ({"type": "text"},),
}


_SETTINGS: Mapping[str, Mapping[str, str]] = {
    "openai_chat": {"effort": "reasoning_effort", "output": "response_format"},
    "openai_responses": {
        "effort": "reasoning.effort",
        "output": "text.format",
        "verbosity": "text.verbosity",
    },
    "anthropic_messages": {
        "stop": "stop_sequences",
        "budget": "thinking.budget_tokens",
        "effort": "output_config.effort",
        "output": "output_config.format",
        "parallel_tool_calls": "tool_choice.disable_parallel_tool_use",
    },
    "gemini_generate": {
        "stop": "generationConfig.stopSequences",
        "top_k": "generationConfig.topK",
        "seed": "generationConfig.seed",
        "presence_penalty": "generationConfig.presencePenalty",
        "frequency_penalty": "generationConfig.frequencyPenalty",
        "budget": "generationConfig.thinkingConfig.thinkingBudget",
        "effort": "generationConfig.thinkingConfig.thinkingLevel",
        "output": "generationConfig.responseMimeType",
    },
}


class Writer:
    """Writes requests for one target. `dropped` names what was left out, for the record."""

    def __init__(self, origin: str, target: str) -> None:
        self.origin = origin
        self.target = target
        self.same = origin == target
        self.dropped: list[str] = []

    def own(self, extra: Extra) -> dict[str, Any]:
        """The members to write back. Raises BadRequest for one that cannot be carried over."""
        if self.same:
            return dict(extra.members)
        for name, value in extra.members.items():
            if name in HINTS:
                self.drop((*extra.at, name))
            elif value not in ANYWAY.get(name, ()):
                self.refuse((*extra.at, name))
        return {}

    def drop(self, path: Path) -> None:
        """Leaves something out and says so."""
        self.dropped.append(dotted(path))

    def foreign(self, part: Foreign) -> Any:
        """A part of another format. Raises BadRequest unless it is this one's."""
        if not self.same:
            self.refuse(part.at)
        return part.value

    def plain_verbosity(self, verbosity: str | None) -> None:
        """For formats that cannot ask for short or long answers."""
        if verbosity not in (None, "medium"):
            self.refuse_setting("verbosity")

    def refuse_setting(self, name: str, why: str = "") -> NoReturn:
        """Raises BadRequest for a setting, by the name it has in the client's own format."""
        self.refuse((_SETTINGS[self.origin].get(name, name),), why)

    def refuse(self, path: Path, why: str = "") -> NoReturn:
        """Raises BadRequest that names the field and the remedy."""
        where = dotted(path) or "The request"
        because = f" ({why})" if why else ""
        raise BadRequest(
            f"{where} cannot be carried over to {TITLES[self.target]}{because}. Leave it out, or use a "
            f"provider that speaks {TITLES[self.origin]}.",
            code="untranslatable",
            param=where,
        )


class AnswerWriter(Writer):
    """Writes answers for one target: what cannot be carried over is left out, and named in `dropped`."""

    def refuse(self, path: Path, why: str = "") -> NoReturn:
        """Raises UpstreamFailed: what a provider says wrong is not the client's fault."""
        raise UpstreamFailed(
            "The provider's answer holds what its format does not allow.",
            code="upstream_invalid_answer",
            detail=f"{dotted(path)} {why}",
        )

    def own(self, extra: Extra) -> dict[str, Any]:
        if self.same:
            return dict(extra.members)
        for name in extra.members:
            self.drop((*extra.at, name))
        return {}

    def sayable(self, parts: Iterable[Part]) -> list[Part]:
        """The parts without those of a kind that the target does not have in answers."""
        kept = []
        for part in parts:
            if self.same or not isinstance(part, Foreign | Media):
                kept.append(part)
            else:
                self.drop(part.at if isinstance(part, Foreign) else part.extra.at)
        return kept


def rest(value: Mapping[str, Any], at: Path, *known: str) -> Extra:
    """The members that were not understood; null says nothing."""
    members = {name: child for name, child in value.items() if name not in known and child is not None}
    return Extra(at, members)


def compact(value: Mapping[str, Any]) -> dict[str, Any]:
    """Without the members that are None."""
    return {name: child for name, child in value.items() if child is not None}


def merged(turns: Iterable[Turn], *roles: Role) -> list[Turn]:
    """Neighbouring turns of the same role as one, for formats where calls or results must stand together."""
    groups: list[list[Turn]] = []
    for turn in turns:
        if groups and turn.role in roles and groups[-1][0].role is turn.role:
            groups[-1].append(turn)
        else:
            groups.append([turn])
    return [group[0] if len(group) == 1 else _as_one(group) for group in groups]


def _as_one(group: list[Turn]) -> Turn:
    first = group[0]
    return Turn(first.role, tuple(part for turn in group for part in turn.parts), first.at, first.extra)


def linked(conversation: Conversation) -> tuple[Turn, ...]:
    """The turns with every call's id and every result's id and name filled in.

    Formats without ids match results to calls by name, in order; formats without names, by id.
    """
    links = _Links()
    return tuple(
        Turn(turn.role, tuple(links.linked(part) for part in turn.parts), turn.at, turn.extra)
        for turn in conversation.turns
    )


class _Links:
    """The calls seen so far: names by id, and by name the ids that wait for a result."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._waiting: dict[str, deque[str]] = {}
        self._answered: set[str] = set()
        self._number = 0

    def linked(self, part: Part) -> Part:
        if isinstance(part, ToolCall):
            return self._call(part)
        return self._result(part) if isinstance(part, ToolResult) else part

    def _call(self, call: ToolCall) -> ToolCall:
        call = call if call.id else replace(call, id=self._free_id())
        self._names[call.id] = call.name
        self._waiting.setdefault(call.name, deque()).append(call.id)
        return call

    def _free_id(self) -> str:
        while (found := f"call_{self._number}") in self._names:
            self._number += 1
        return found

    def _result(self, result: ToolResult) -> ToolResult:
        found = result.call_id or self._next_waiting(result.name)
        self._answered.add(found)
        return replace(result, call_id=found, name=result.name or self._names.get(found, ""))

    def _next_waiting(self, name: str) -> str:
        waiting = self._waiting.get(name, deque())
        while waiting:
            found = waiting.popleft()
            if found not in self._answered:
                return found
        return ""


def plain_text(parts: Iterable[Part]) -> str | None:
    """The texts of parts as one, None when there is anything else among them."""
    texts = []
    for part in parts:
        if not isinstance(part, Text):
            return None
        texts.append(part.text)
    return "".join(texts)


def json_object(text: str) -> dict[str, Any] | None:
    """The object that a JSON text holds, None when it holds none."""
    try:
        value = orjson.loads(text or "{}")
    except orjson.JSONDecodeError:
        return None
    return value if type(value) is dict else None


def dumps(value: Any) -> str:
    """JSON text."""
    return orjson.dumps(value).decode()


def data_uri(media: Media) -> str:
    """The media as a data URI; a text is encoded."""
    data = media.data or base64.b64encode(media.text.encode()).decode()
    return f"data:{media.mime or 'text/plain'};base64,{data}"


def from_data_uri(uri: str) -> tuple[str, str] | None:
    """Media type and base64 of a data URI, None for any other address."""
    head, comma, data = uri.partition(",")
    if not comma or not head.startswith("data:") or not head.endswith(";base64"):
        return None
    return head[5:-7], data
