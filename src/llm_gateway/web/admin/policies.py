"""/api/dashboard/policies"""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from llm_gateway.control import Policies, Replays
from llm_gateway.control.durations import parse_duration
from llm_gateway.control.policies import Checked, PolicyView
from llm_gateway.control.replays import BLIND_SPOTS, MOST_RECORDS, Replayed
from llm_gateway.control.workbench import Tried
from llm_gateway.domain.policies import PolicyVersion
from llm_gateway.policy.yaml_text import MAX_CHARACTERS
from llm_gateway.ports.pins import PinStore
from llm_gateway.web.admin.rights import PoliciesRead, PoliciesWrite
from llm_gateway.web.admin.schemas import Input

PREFIX = "/api/dashboard/policies"
# Every character may take six bytes in JSON.
DOCUMENT_PATHS = {f"{PREFIX}{path}": 6 * MAX_CHARACTERS + 4096 for path in ("", "/check", "/test", "/replay")}

Number = Annotated[int, Field(ge=1)]


class DocumentIn(Input):
    document: str = Field(max_length=MAX_CHARACTERS, description="The policy in YAML.")


class ReplayIn(DocumentIn):
    since: str = Field("7d", max_length=20, examples=["24h", "7d"])
    limit: int = Field(10_000, ge=1, le=MOST_RECORDS, description="Newest exchanges looked at, at most.")


class ActivateIn(Input):
    number: Number | None = Field(None, description="The version; the newest when left out.")
    scopes: list[str] | None = Field(None, description="Projects to attach it to, or * for everywhere.")


class MonitorIn(Input):
    number: Number | None = None


class ScopeIn(Input):
    scope: str = Field(max_length=200, description="A project, or * for everywhere.")


class VersionOut(BaseModel):
    name: str
    number: int
    version: str
    author: str
    created_at: float

    @classmethod
    def of(cls, version: PolicyVersion) -> "VersionOut":
        return cls.model_validate(version, from_attributes=True)


class DocumentOut(VersionOut):
    document: str


class PolicyOut(BaseModel):
    """A policy: which versions hold, and for whom."""

    name: str
    active: int | None
    previous: int | None
    monitored: int | None
    attached: list[str]
    versions: list[VersionOut]

    @classmethod
    def of(cls, view: PolicyView) -> "PolicyOut":
        state = view.state
        return cls(
            name=state.name,
            active=state.active,
            previous=state.previous,
            monitored=state.monitored,
            attached=list(view.attached),
            versions=[VersionOut.of(version) for version in view.versions],
        )


class PolicyPage(BaseModel):
    data: list[PolicyOut]


class CheckedOut(BaseModel):
    name: str
    version: str
    rules: int
    examples: int
    warnings: list[str]

    @classmethod
    def of(cls, checked: Checked) -> "CheckedOut":
        policy = checked.policy
        return cls(
            name=policy.name,
            version=policy.version,
            rules=len(policy.rules),
            examples=len(policy.examples),
            warnings=list(checked.warnings),
        )


class TriedOut(BaseModel):
    line: int
    passed: bool
    expected: str
    expected_rule: str | None
    verdict: str
    rule: str | None


class TestedOut(BaseModel):
    passed: bool
    examples: list[TriedOut]

    @classmethod
    def of(cls, tried: Sequence[Tried]) -> "TestedOut":
        rows = [
            TriedOut(
                line=one.example.line,
                passed=one.passed,
                expected=one.example.expect.word,
                expected_rule=one.example.rule,
                verdict=one.verdict,
                rule=one.rule,
            )
            for one in tried
        ]
        return cls(passed=all(row.passed for row in rows), examples=rows)


class ChangeOut(BaseModel):
    count: int
    samples: list[str] = Field(description="Ids of records, newest first.")


class ReplayOut(BaseModel):
    """What a draft would have done to past exchanges."""

    records: int
    since: float
    complete: bool = Field(description="False when there were more records than the limit.")
    newly_blocked: ChangeOut
    newly_masked: ChangeOut
    newly_flagged: ChangeOut
    newly_allowed: ChangeOut
    unchanged: int
    hits_by_rule: dict[str, int]
    uncertain: ChangeOut = Field(description="Exchanges for which some rule of the draft could not be known.")
    unknown_rules: dict[str, int]
    deciding_ms_each: float
    inspection_ms_per_1000_characters: dict[Literal["draft", "installation"], float]
    note: str

    @classmethod
    def of(cls, replayed: Replayed) -> "ReplayOut":
        found = replayed.found
        names = ("newly_blocked", "newly_masked", "newly_flagged", "newly_allowed", "uncertain")
        changes: dict[str, Any] = {
            name: ChangeOut.model_validate(getattr(found, name), from_attributes=True) for name in names
        }
        return cls(
            records=found.records,
            since=replayed.since,
            complete=replayed.complete,
            unchanged=found.unchanged,
            hits_by_rule=dict(found.by_rule.most_common()),
            unknown_rules=dict(found.unknown_rules.most_common()),
            deciding_ms_each=round(replayed.milliseconds_each, 4),
            inspection_ms_per_1000_characters={
                "draft": round(replayed.draft_milliseconds, 4),
                "installation": round(replayed.default_milliseconds, 4),
            },
            note=BLIND_SPOTS,
            **changes,
        )


class EffectiveOut(BaseModel):
    """The policy that holds for a key. `source` says why."""

    name: str
    source: str = Field(description="key, project, everywhere or installation.")
    active: VersionOut | None
    monitored: VersionOut | None


class SavedOut(CheckedOut):
    number: int


class DiffOut(BaseModel):
    diff: str = Field(description="Unified diff; empty when the documents are equal.")


class ForgottenOut(BaseModel):
    forgotten: int


def policies_router(policies: Policies, replays: Replays, pins: PinStore) -> APIRouter:
    """All routes around policies."""
    router = APIRouter(tags=["Policies"])
    _documents(router, policies, replays)
    _versions(router, policies)
    _acts(router, policies)
    _of_keys(router, policies, pins)
    return router


def _documents(router: APIRouter, policies: Policies, replays: Replays) -> None:
    @router.post(f"{PREFIX}/check")
    async def check_policy(actor: PoliciesRead, body: DocumentIn) -> CheckedOut:
        """Read a document as this gateway would use it. Nothing is kept."""
        return CheckedOut.of(await policies.check(body.document))

    @router.post(f"{PREFIX}/test")
    async def run_policy_examples(actor: PoliciesRead, body: DocumentIn) -> TestedOut:
        """Run the examples of a document. Nothing is kept."""
        checked = await policies.check(body.document)
        return TestedOut.of(await policies.test(checked.policy))

    @router.post(f"{PREFIX}/replay")
    async def replay_policy(actor: PoliciesWrite, body: ReplayIn) -> ReplayOut:
        """Run a draft over stored records and tell what would have been different."""
        checked = await policies.check(body.document)
        seconds = parse_duration(body.since, "since")
        return ReplayOut.of(await replays.run(checked.policy, seconds=seconds, limit=body.limit))

    @router.post(PREFIX, status_code=201)
    async def save_policy(actor: PoliciesWrite, body: DocumentIn) -> SavedOut:
        """Keep a document as the newest version of its policy. It holds for nobody yet."""
        checked = await policies.check(body.document)
        kept = await policies.save(actor, body.document)
        return SavedOut(number=kept.number, **CheckedOut.of(checked).model_dump())


def _versions(router: APIRouter, policies: Policies) -> None:
    @router.get(PREFIX)
    async def list_policies(actor: PoliciesRead) -> PolicyPage:
        """All policies by name."""
        return PolicyPage(data=[PolicyOut.of(view) for view in await policies.list()])

    @router.get(f"{PREFIX}/{{name}}")
    async def show_policy(actor: PoliciesRead, name: str) -> PolicyOut:
        """One policy with its versions, newest first."""
        return PolicyOut.of(await policies.show(name))

    @router.get(f"{PREFIX}/{{name}}/versions/{{number}}")
    async def show_policy_version(actor: PoliciesRead, name: str, number: int) -> DocumentOut:
        """One version with its document."""
        return DocumentOut.model_validate(await policies.version(name, number), from_attributes=True)

    @router.get(f"{PREFIX}/{{name}}/diff")
    async def diff_policy(
        actor: PoliciesRead, name: str, old: Annotated[int, Query(ge=1)], new: Annotated[int, Query(ge=1)]
    ) -> DiffOut:
        """What changed between two versions."""
        return DiffOut(diff=await policies.diff(name, old, new))


def _acts(router: APIRouter, policies: Policies) -> None:
    @router.post(f"{PREFIX}/{{name}}/activate")
    async def activate_policy(actor: PoliciesWrite, name: str, body: ActivateIn | None = None) -> PolicyOut:
        """Let a version hold, once its examples pass. In effect when this answers."""
        number, scopes = (body.number, body.scopes) if body else (None, None)
        return PolicyOut.of(await policies.activate(actor, name, number, scopes=scopes))

    @router.post(f"{PREFIX}/{{name}}/monitor")
    async def monitor_policy(actor: PoliciesWrite, name: str, body: MonitorIn | None = None) -> PolicyOut:
        """Run a version beside what holds: its hits are recorded and change nothing."""
        return PolicyOut.of(await policies.monitor(actor, name, body.number if body else None))

    @router.post(f"{PREFIX}/{{name}}/unmonitor")
    async def unmonitor_policy(actor: PoliciesWrite, name: str) -> PolicyOut:
        """End the watching."""
        return PolicyOut.of(await policies.unmonitor(actor, name))

    @router.post(f"{PREFIX}/{{name}}/rollback")
    async def rollback_policy(actor: PoliciesWrite, name: str) -> PolicyOut:
        """Bring back the version that was active before."""
        return PolicyOut.of(await policies.rollback(actor, name))

    @router.post(f"{PREFIX}/{{name}}/deactivate")
    async def deactivate_policy(actor: PoliciesWrite, name: str) -> PolicyOut:
        """Let no version hold. Keys that name the policy are refused until they name another."""
        return PolicyOut.of(await policies.deactivate(actor, name))

    @router.post(f"{PREFIX}/{{name}}/attach")
    async def attach_policy(actor: PoliciesWrite, name: str, body: ScopeIn) -> PolicyOut:
        """Let a policy hold for a project or everywhere."""
        return PolicyOut.of(await policies.attach(actor, name, body.scope))

    @router.post(f"{PREFIX}/{{name}}/detach")
    async def detach_policy(actor: PoliciesWrite, name: str, body: ScopeIn) -> PolicyOut:
        """The reverse of attach."""
        return PolicyOut.of(await policies.detach(actor, name, body.scope))


def _of_keys(router: APIRouter, policies: Policies, pins: PinStore) -> None:
    @router.get("/api/dashboard/api-keys/{kid}/policy")
    async def effective_policy(actor: PoliciesRead, kid: str) -> EffectiveOut:
        """The policy that holds for a key, and why."""
        return EffectiveOut.model_validate(await policies.effective(kid), from_attributes=True)

    @router.delete("/api/dashboard/api-keys/{kid}/tools")
    async def forget_tools(
        actor: PoliciesWrite, kid: str, tool: Annotated[str | None, Query(max_length=200)] = None
    ) -> ForgottenOut:
        """Accept changed tools: forget how they were first defined, one or all of them."""
        await policies.effective(kid)
        return ForgottenOut(forgotten=await asyncio.to_thread(pins.forget, kid, tool))
