"""People and what proves who they are. Whatever opens something is kept as a verifier only."""

from dataclasses import dataclass
from enum import StrEnum

from llm_gateway.domain.secret import Secret


class Role(StrEnum):
    """What somebody is here; control.permissions says what each may do."""

    OWNER = "owner"
    ADMIN = "admin"
    SECURITY = "security"
    DEVELOPER = "developer"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody as another service knows him: `iss` and `sub` of its tokens, never the address."""

    issuer: str
    subject: str


@dataclass(frozen=True, slots=True)
class User:
    """A member. `email` is in lower case and unique. Times are Unix seconds.

    `password_hash` is argon2's own text form; None for who signs in elsewhere only.
    """

    id: str
    email: str
    name: str
    role: Role
    created_at: float
    password_hash: Secret | None = None
    identity: Identity | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that signed in. `seen_at` is when it last asked, to within a minute."""

    id: str
    verifier: bytes
    user_id: str
    created_at: float
    seen_at: float
    source: str
    agent: str


@dataclass(frozen=True, slots=True)
class Invite:
    """A link that makes its holder a member, once. An empty `email` lets the holder choose.

    `invited_by` is a user's id, or empty for the link of the first start, which makes the owner.
    """

    id: str
    verifier: bytes
    role: Role
    email: str
    invited_by: str
    created_at: float
    expires_at: float


@dataclass(frozen=True, slots=True)
class PersonalToken:
    """A user's credential for automation: never more than `role`, and never more than the user."""

    id: str
    verifier: bytes
    user_id: str
    name: str
    role: Role
    created_at: float
    expires_at: float


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody whom another service vouches for. `email` is empty unless that service verified it."""

    identity: Identity
    email: str
    name: str
