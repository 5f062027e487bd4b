"""`POST /scan`: a text judged without sending it anywhere."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from llm_gateway.control import Permission
from llm_gateway.domain.errors import NotAuthenticated
from llm_gateway.domain.finding import Finding
from llm_gateway.domain.keys import GatewayKey
from llm_gateway.domain.scan import ScanSurface
from llm_gateway.pipeline.credentials import authenticate, token_in
from llm_gateway.pipeline.inspection import Inspection
from llm_gateway.pipeline.judging import Rulebook
from llm_gateway.pipeline.scan import Scanned, scan
from llm_gateway.ports.clock import Clock
from llm_gateway.ports.directory import Directory, Vault
from llm_gateway.web.admin import Guard, Needs, raise_body_error

PATH = "/scan"
MAX_CHARACTERS = 1_000_000
MAX_BODY = 8 * 1024 * 1024

_bearer = HTTPBearer(scheme_name="GatewayKey", auto_error=False, description="A gateway key, lgw_live_…")


class ScanIn(BaseModel):
    """A text, and where it would stand in an exchange."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    text: Annotated[
        str,
        Field(
            max_length=MAX_CHARACTERS,
            validation_alias=AliasChoices("text", "prompt", "input"),
            description="The text to judge; `prompt` and `input` are other names for it.",
        ),
    ]
    surface: Annotated[ScanSurface, Field(description="Where the text would stand.")] = ScanSurface.USER


class FindingOut(BaseModel):
    """Where something was found. Offsets are code points into the text, end exclusive."""

    detector: str
    category: str
    score: float
    start: int
    end: int
    reason: str
    view: Annotated[str, Field(description="The reading of the text in which it showed.")]

    @classmethod
    def of(cls, found: Finding) -> "FindingOut":
        return cls(**found._asdict())


class ScanOut(BaseModel):
    """The verdict: `is_safe` is false when a rule blocks the text."""

    is_safe: bool
    verdict: Annotated[str, Field(description="allow, flag, mask or block.")]
    violated_rule: str | None
    reason: str | None
    risk_score: Annotated[float, Field(description="0 to 1: how likely the text is an attack.")]
    findings: list[FindingOut]
    policy: str
    inspection_ms: float


@dataclass(frozen=True, slots=True)
class ScanDesk:
    """What scanning works with: whose rules hold, and the detectors behind them."""

    directory: Directory
    vault: Vault
    clock: Clock
    inspection: Inspection
    rulebook: Callable[[GatewayKey | None], Rulebook]

    def key(self, request: Request) -> GatewayKey:
        """The gateway key that the request carries. Raises NotAuthenticated and BadRequest."""
        return authenticate(request.scope["headers"], self.directory.current, self.vault, self.clock.now())


class NeedsKeyOrAdmin(Guard):
    """Lets the holder of a gateway key pass, under that key's rules, and members who may scan."""

    permission = Permission.SCAN

    def __init__(self, desk: ScanDesk) -> None:
        self._desk = desk
        self._admin = Needs(self.permission)

    async def __call__(
        self,
        request: Request,
        bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
    ) -> Rulebook:
        key: GatewayKey | None = None
        try:
            key = self._desk.key(request)
        except NotAuthenticated as refused:
            if token_in(request.scope["headers"]).startswith("lgw_"):
                raise
            try:
                await self._admin(request, bearer, None)
            except NotAuthenticated:
                raise refused from None
        raise_body_error(request)
        return self._desk.rulebook(key)


def scan_router(desk: ScanDesk) -> APIRouter:
    """The route, ready to be mounted."""
    router = APIRouter(tags=["Inspection"])
    guard = NeedsKeyOrAdmin(desk)

    @router.post(PATH)
    async def scan_text(rulebook: Annotated[Rulebook, Depends(guard)], body: ScanIn) -> ScanOut:
        """Judge a text by the rules of the gateway key. Nothing is sent to a provider."""
        start = perf_counter()
        scanned = await scan(desk.inspection, rulebook, body.text, body.surface)
        return _out(scanned, rulebook.policy.label, (perf_counter() - start) * 1000)

    return router


def _out(scanned: Scanned, policy: str, milliseconds: float) -> ScanOut:
    verdict = scanned.verdict
    return ScanOut(
        is_safe=verdict.is_safe,
        verdict=verdict.action.word,
        violated_rule=verdict.rule,
        reason=verdict.reason or None,
        risk_score=verdict.risk_score,
        findings=[FindingOut.of(found) for found in scanned.found],
        policy=policy,
        inspection_ms=round(milliseconds, 3),
    )
