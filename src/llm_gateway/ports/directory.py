"""What the request path knows of keys, connections and policies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from llm_gateway.domain.keys import Connection, GatewayKey
from llm_gateway.domain.policies import NO_POLICIES, LivePolicies
from llm_gateway.domain.secret import Secret


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Keys, connections and the policies that hold at one moment. Immutable; a change makes a new one.

    `seq` is the number of the last change it contains.
    """

    seq: int = 0
    keys: Mapping[str, GatewayKey] = field(default_factory=dict)
    connections: Mapping[str, Connection] = field(default_factory=dict)
    policies: LivePolicies = NO_POLICIES


class Directory(Protocol):
    """Answers from memory. The request path reads no database."""

    @property
    def current(self) -> Snapshot: ...


class Follower(Protocol):
    """Whatever serves requests from a directory and follows the changes made to the store."""

    async def reached(self, seq: int) -> None:
        """Returns once the change numbered `seq` holds for new requests."""
        ...


class NoFollower:
    """For processes that serve no requests, such as the command line."""

    async def reached(self, seq: int) -> None:
        return None


class Vault(Protocol):
    """Seals provider keys and makes key verifiers. Holds the pepper and the key-encryption key."""

    def verifier(self, token: str, pepper_version: int) -> bytes:
        """HMAC-SHA-256 of the token. Raises KeyError for an unknown pepper version."""
        ...

    def seal(self, connection_id: str, project: str, provider: str, base_url: str, key: Secret) -> str:
        """The sealed form, bound to the id, the field and the origin of `base_url`."""
        ...

    def open(self, connection: Connection) -> Secret:
        """The provider key. Raises SealBroken when the row, the origin or the master key differs."""
        ...


class SealBroken(Exception):
    """A sealed value does not open: it was moved, its destination was changed, or the key differs."""
