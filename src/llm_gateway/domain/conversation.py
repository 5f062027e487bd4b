"""The canonical conversation: what every wire format is read into for translation, and written from.

    Conversation   turns, tools and settings of a request
    Answer         candidates, each with parts and the reason it ended
    Part           Text · Media · ToolCall · ToolResult · Reasoning · Refusal · Foreign
    Piece          what one event of a streamed answer says

What only one format knows stays beside the value it belongs to, as `Extra`, with the place it came
from: written back in the same format it is put there again, written in another it is refused by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from llm_gateway.domain.text import Path
from llm_gateway.domain.usage import Usage


class Role(StrEnum):
    """Whose turn it is. TOOL holds results alone; formats without it put them into the user's turn."""

    SYSTEM = "system"
    DEVELOPER = "developer"
    USER = "user"
    ASSISTANT = "assistant"
    TOOL = "tool"


class Stop(StrEnum):
    """Why an answer ended."""

    END = "end"
    LENGTH = "length"
    TOOL_CALLS = "tool_calls"
    STOP_SEQUENCE = "stop_sequence"
    FILTERED = "filtered"
    UNKNOWN = "unknown"


class MediaKind(StrEnum):
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Extra:
    """Members that only the format they came in knows; `at` is the object they stood in."""

    at: Path = ()
    members: Mapping[str, Any] = field(default_factory=dict)


NO_EXTRA = Extra()


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    extra: Extra = NO_EXTRA


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, a recording or a file: bytes in base64, an address, a text, or a provider's own id."""

    kind: MediaKind
    mime: str = ""
    data: str = ""
    url: str = ""
    text: str = ""
    file_id: str = ""
    name: str = ""
    detail: str = ""
    extra: Extra = NO_EXTRA


@dataclass(frozen=True, slots=True)
class ToolCall:
    """`arguments` is JSON text, but for a `free` tool, whose input is any text. `id` may be empty.

    `signature` seals the reasoning that led to the call, for providers that want it back.
    """

    id: str
    name: str
    arguments: str
    free: bool = False
    signature: str = ""
    extra: Extra = NO_EXTRA


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What a tool returned for the call `call_id`; formats without ids go by `name`."""

    call_id: str
    parts: tuple["Part", ...]
    name: str = ""
    failed: bool = False
    free: bool = False
    extra: Extra = NO_EXTRA


@dataclass(frozen=True, slots=True)
class Reasoning:
    """What the model thought: in the open, or sealed by its provider (`sealed`), or both.

    `signature` proves to the provider that the open text is its own.
    """

    text: str = ""
    signature: str = ""
    sealed: str = ""
    extra: Extra = NO_EXTRA


@dataclass(frozen=True, slots=True)
class Refusal:
    """The model says no. `inline` where it stands among the parts rather than beside them."""

    text: str
    inline: bool = True
    extra: Extra = NO_EXTRA


@dataclass(frozen=True, slots=True)
class Foreign:
    """A part of a kind that only its own format has."""

    at: Path
    value: Any


Part = Text | Media | ToolCall | ToolResult | Reasoning | Refusal | Foreign


@dataclass(frozen=True, slots=True)
class Turn:
    """`at` is where it stood, for messages about it."""

    role: Role
    parts: tuple[Part, ...]
    at: Path = ()
    extra: Extra = NO_EXTRA


@dataclass(frozen=True, slots=True)
class Tool:
    """A function the model may call. `schema` is JSON schema; None where no parameters were declared.

    `own_schema` is the schema as its format spelled it, where that is not JSON schema.
    """

    name: str
    description: str | None = None
    schema: Mapping[str, Any] | None = None
    own_schema: Mapping[str, Any] | None = None
    strict: bool | None = None
    extra: Extra = NO_EXTRA


class Choosing(StrEnum):
    """Whether the model must call a tool."""

    AUTO = "auto"
    NONE = "none"
    REQUIRED = "required"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class ToolChoice:
    choosing: Choosing
    name: str = ""


@dataclass(frozen=True, slots=True)
class OutputShape:
    """The answer must be JSON; of this schema, if there is one. `own_schema` as with tools."""

    schema: Mapping[str, Any] | None = None
    own_schema: Mapping[str, Any] | None = None
    name: str = ""
    strict: bool | None = None
    extra: Extra = NO_EXTRA


@dataclass(frozen=True, slots=True)
class Thinking:
    """How much the model may reason, and whether it shows it."""

    effort: str | None = None
    budget: int | None = None
    shown: bool | None = None
    extra: Extra = NO_EXTRA


@dataclass(frozen=True, slots=True)
class Sampling:
    """Settings that several formats share; None where the provider decides."""

    max_tokens: int | None = None
    temperature: float | None = None
    top_p: float | None = None
    top_k: float | None = None
    stop: tuple[str, ...] = ()
    seed: int | None = None
    presence_penalty: float | None = None
    frequency_penalty: float | None = None
    extra: Extra = NO_EXTRA


@dataclass(frozen=True, slots=True)
class Conversation:
    """A request. `wire` is the format it came in."""

    wire: str
    model: str
    turns: tuple[Turn, ...]
    tools: tuple[Tool | Foreign, ...] = ()
    choice: ToolChoice | None = None
    parallel_calls: bool | None = None
    sampling: Sampling = Sampling()
    output: OutputShape | None = None
    thinking: Thinking | None = None
    verbosity: str | None = None
    user: str | None = None
    stream: bool = False
    extra: Extra = NO_EXTRA


@dataclass(frozen=True, slots=True)
class Candidate:
    """One answer. `said` is the provider's own word for why it ended."""

    parts: tuple[Part, ...]
    stop: Stop | None
    said: str = ""
    stop_sequence: str | None = None
    extra: Extra = NO_EXTRA


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. `wire` is the format it came in; `created` is in seconds since 1970."""

    wire: str
    id: str
    model: str
    candidates: tuple[Candidate, ...]
    usage: Usage | None = None
    created: int = 0
    extra: Extra = NO_EXTRA


@dataclass(frozen=True, slots=True)
class Started:
    """The answer begins."""

    id: str
    model: str


@dataclass(frozen=True, slots=True)
class TextPiece:
    text: str


@dataclass(frozen=True, slots=True)
class RefusalPiece:
    text: str


@dataclass(frozen=True, slots=True)
class ReasoningPiece:
    """Thinking in the open; `signature` and `sealed` come whole, with the last piece."""

    text: str = ""
    signature: str = ""
    sealed: str = ""


@dataclass(frozen=True, slots=True)
class CallStarted:
    """The model begins to call a tool; `key` tells the calls of an answer apart."""

    key: int
    id: str
    name: str
    free: bool = False
    signature: str = ""


@dataclass(frozen=True, slots=True)
class CallPiece:
    """More of a call's arguments."""

    key: int
    text: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """Nothing more is said."""

    stop: Stop
    stop_sequence: str | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """Usage so far; a later one replaces it."""

    usage: Usage


@dataclass(frozen=True, slots=True)
class Ended:
    """The provider has marked the end of the stream."""


Piece = (
    Started | TextPiece | RefusalPiece | ReasoningPiece | CallStarted | CallPiece | Stopped | Counted | Ended
)
