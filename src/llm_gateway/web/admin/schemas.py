"""What goes in and out. Texts are checked again by the use cases, which know the rules."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from llm_gateway.control import KeyView
from llm_gateway.domain.record import AuditEvent, Record

_TIME = "Unix seconds."


class Input(BaseModel):
    """Strict: no unknown fields, no conversions between types."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True, frozen=True)


class GenerateKeyIn(Input):
    name: str = Field("", max_length=1000, description="A name for people.")


class RegisterKeyIn(Input):
    gateway_key: SecretStr = Field(description="The gateway key itself.")
    provider: str = Field(examples=["openai", "openrouter", "openai_compatible"])
    model: str = Field(examples=["gpt-5.5"])
    target_api_key: SecretStr | None = Field(None, description="The provider's own key.")
    base_url: str | None = Field(None, description="Where the provider is, if not at its usual address.")


class UnregisterKeyIn(Input):
    gateway_key: SecretStr


class TargetIn(Input):
    """A further target. Tier 0 shares the load with the key's own target by weight; higher tiers stand
    in, in order, when the ones before fail."""

    provider: str
    model: str
    provider_key: SecretStr | None = None
    base_url: str | None = None
    weight: int = 1
    tier: int = 1


class CreateKeyIn(Input):
    provider: str = Field(examples=["openai", "openrouter", "openai_compatible"])
    model: str = Field(description="Model that the provider is asked for.", examples=["gpt-5.5"])
    provider_key: SecretStr | None = Field(None, description="The provider's own key; stored encrypted.")
    base_url: str | None = Field(None, description="Where the provider is, if not at its usual address.")
    models: list[str] = Field([], description="Models the application may choose among; empty pins `model`.")
    name: str = Field("", max_length=1000)
    policy: str | None = None
    block_style: Literal["error", "refusal"] = Field(
        "error", description="How a block answers: HTTP 400, or 200 with finish reason content_filter."
    )
    store_bodies: bool = False
    expires_at: float | None = Field(None, description=_TIME)
    weight: int = Field(1, description="Share of the load beside alternatives of tier 0.")
    alternatives: list[TargetIn] = Field([], description="Where to go besides, or when this fails.")


class UpdateKeyIn(Input):
    """Fields that are absent stay as they are."""

    name: str = ""
    status: Literal["active", "disabled"] = "active"
    model: str = ""
    models: list[str] = []
    policy: str | None = None
    block_style: Literal["error", "refusal"] = "error"
    store_bodies: bool = False
    expires_at: float | None = Field(None, description=_TIME)


class RotateKeyIn(Input):
    grace: str = Field(
        "0", max_length=20, description="How long the old key stays good.", examples=["0", "15m", "1h", "24h"]
    )


class TargetOut(BaseModel):
    provider: str
    base_url: str
    model: str
    weight: int
    tier: int


class KeyOut(BaseModel):
    """A gateway key without anything secret. Times are Unix seconds."""

    kid: str = Field(description="Public id; logs and addresses use it.")
    name: str
    last4: str
    status: Literal["active", "disabled", "revoked"]
    usable: bool = Field(description="Accepted now: active, not expired, registered.")
    provider: str | None
    base_url: str | None
    model: str | None
    models: list[str]
    policy: str | None
    block_style: Literal["error", "refusal"]
    store_bodies: bool
    created_at: float
    expires_at: float | None
    previous_until: float | None = Field(description="Until then the key before the last rotation is good.")
    revoked_at: float | None
    weight: int
    alternatives: list[TargetOut]

    @classmethod
    def of(cls, key: KeyView) -> "KeyOut":
        return cls.model_validate(key, from_attributes=True)


class IssuedKeyOut(KeyOut):
    gateway_key: str = Field(description="The key itself. Shown this once and stored nowhere.")


class KeyPage(BaseModel):
    data: list[KeyOut]
    next: str | None = Field(description="Give it as `after` for the next page; null on the last.")


class ResolvedKeyOut(BaseModel):
    provider: str
    customerApiKey: str  # noqa: N815 - the name that callers of this endpoint know
    model: str


class FindingOut(BaseModel):
    """A finding without the matched text. Offsets are code points."""

    rule: str
    action: str
    monitored: bool
    detector: str
    category: str
    score: float
    provenance: str
    path: str
    start: int
    end: int
    direction: str
    view: str


class CoverageOut(BaseModel):
    segments: int
    cached: int
    characters: int
    skipped: dict[str, int]


class UsageOut(BaseModel):
    input: int
    output: int
    cached: int
    reasoning: int


class LatencyOut(BaseModel):
    """Milliseconds."""

    inspection: float
    gateway: float
    provider: float
    total: float


class RecordOut(BaseModel):
    """One exchange, without any of its text."""

    id: str
    time: float
    kid: str
    project: str
    surface: str
    provider: str
    model: str
    requested_model: str
    streamed: bool
    outcome: str
    status: int
    error: str
    verdict: str
    rule: str
    reason: str
    risk_score: float
    policy: str
    findings: list[FindingOut]
    request: CoverageOut
    answer: CoverageOut
    usage: UsageOut
    cost_usd: float | None
    latency: LatencyOut
    attempts: int = Field(description="How often a provider was asked.")

    @classmethod
    def of(cls, record: Record) -> "RecordOut":
        return cls.model_validate(record, from_attributes=True)


class RecordPage(BaseModel):
    data: list[RecordOut]
    next: str | None = Field(description="Give it as `before` for the next page; null on the last.")


class AuditEventOut(BaseModel):
    """An administrative act. `before` and `after` hold what changed, never a secret."""

    id: str
    time: float
    actor: str
    action: str
    target: str
    project: str
    source: str
    before: dict[str, Any]
    after: dict[str, Any]

    @classmethod
    def of(cls, event: AuditEvent) -> "AuditEventOut":
        return cls.model_validate(event, from_attributes=True)


class AuditPage(BaseModel):
    data: list[AuditEventOut]
    next: str | None = Field(description="Give it as `before` for the next page; null on the last.")


class HealthOut(BaseModel):
    status: Literal["ok"]
    version: str
