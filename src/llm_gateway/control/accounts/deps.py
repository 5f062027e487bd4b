"""What the use cases around members work with."""

import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from llm_gateway.control.actor import Actor
from llm_gateway.control.deps import DEFAULT_PROJECT
from llm_gateway.domain.ids import RANDOM_BYTES, new_id
from llm_gateway.domain.record import AuditEvent
from llm_gateway.domain.secret import Secret
from llm_gateway.ports.accounts import CredentialStore, MemberStore, Passwords
from llm_gateway.ports.clock import Clock, SystemClock

PEPPER_VERSION = 1
TOKEN_BYTES = 32

Verifier = Callable[[str, int], bytes]
"""The keyed hash of ports.Vault."""


@dataclass(frozen=True, slots=True)
class AccountDeps:
    """`idle` and `absolute` are how long a session lasts unused and at all, in seconds."""

    members: MemberStore
    credentials: CredentialStore
    passwords: Passwords
    verifier: Verifier
    clock: Clock = field(default_factory=SystemClock)
    randomness: Callable[[int], bytes] = secrets.token_bytes
    idle: float = 1800.0
    absolute: float = 43_200.0

    def new_id(self, prefix: str) -> str:
        return new_id(prefix, self.clock.now(), self.randomness(RANDOM_BYTES))

    def new_token(self, prefix: str) -> Secret:
        """256 random bits in 43 characters that need no escaping anywhere, after the prefix."""
        text = base64.urlsafe_b64encode(self.randomness(TOKEN_BYTES)).rstrip(b"=").decode("ascii")
        return Secret(prefix + text)

    def verifier_of(self, token: Secret) -> bytes:
        """What is kept of a token. The word in front keeps these apart from gateway keys."""
        return self.verifier(f"account:{token.reveal()}", PEPPER_VERSION)

    def event(self, actor: Actor, action: str, target: str, **after: object) -> AuditEvent:
        return AuditEvent(
            id=self.new_id("aud"),
            time=self.clock.now(),
            actor=actor.name,
            action=action,
            target=target,
            project=DEFAULT_PROJECT,
            source=actor.source,
            after=after,
        )
