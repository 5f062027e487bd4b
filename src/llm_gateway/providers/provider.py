"""What is known of a provider. Pure data: nothing here speaks to anyone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Auth(StrEnum):
    """How a provider takes its key."""

    BEARER = "bearer"
    X_API_KEY = "x-api-key"
    X_GOOG_API_KEY = "x-goog-api-key"
    API_KEY = "api-key"
    NONE = "none"


class Speaks(StrEnum):
    """An API operation as the provider's server speaks it. `OPENAI_CHAT` is /chat/completions."""

    OPENAI_CHAT = "openai_chat"
    OPENAI_RESPONSES = "openai_responses"
    OPENAI_EMBEDDINGS = "openai_embeddings"
    ANTHROPIC_MESSAGES = "anthropic_messages"
    GEMINI = "gemini"


@dataclass(frozen=True, slots=True)
class Quirk:
    """How a provider differs from the format it claims to speak, and the page that says so."""

    text: str
    page: str


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider.

    `base_url` is where paths such as /chat/completions are appended; None when only the operator
    can know it. `roots` stand between the two for operations that have their own, `auths` are
    operations that take the key otherwise. `key_variable` is an environment variable in which users
    already keep the key. `fixed` providers take no other base URL. `newer_limit` ones know
    `max_completion_tokens`, the others `max_tokens` only. `counts_streams` ones report the usage of a
    streamed chat when asked by `stream_options`. `headers` go with every request. `models`
    are suggestions for people; a provider may offer others at any time.
    """

    id: str
    title: str
    base_url: str | None
    auth: Auth
    speaks: frozenset[Speaks]
    key_page: str = ""
    key_variable: str = ""
    key_optional: bool = False
    fixed: bool = False
    simulated: bool = False
    newer_limit: bool = False
    counts_streams: bool = False
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    roots: Mapping[Speaks, str] = field(default_factory=lambda: MappingProxyType({}))
    auths: Mapping[Speaks, Auth] = field(default_factory=lambda: MappingProxyType({}))
    models: tuple[str, ...] = ()
    quirks: tuple[Quirk, ...] = ()


def credential_headers(auth: Auth, key: str) -> dict[str, str]:
    """The headers that carry `key`. Empty without a key, for servers that want none."""
    if not key or auth is Auth.NONE:
        return {}
    return {"authorization": f"Bearer {key}"} if auth is Auth.BEARER else {auth.value: key}
