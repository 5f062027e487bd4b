"""Traffic in numbers, records found by what they are about, and marks."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from llm_gateway.control.traffic import RANGES, Overview, Traffic, quantile
from llm_gateway.ports.traffic import Sought, Sums
from llm_gateway.web.admin.history import Kid
from llm_gateway.web.admin.rights import RecordsMark, RecordsRead
from llm_gateway.web.admin.schemas import Input, RecordOut, RecordPage


class LogFilters(BaseModel):
    """What is absent does not matter. Times are Unix seconds."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    limit: int = Field(50, ge=1, le=200)
    before: str | None = Field(None, max_length=64, pattern=r"^[0-9A-Za-z_-]+$")
    kid: str | None = Field(None, max_length=64, pattern=r"^[0-9A-Za-z]+$")
    verdict: Literal["allow", "flag", "mask", "block"] | None = None
    model: str | None = Field(None, max_length=200)
    rule: str | None = Field(None, max_length=200)
    since: float | None = Field(None, ge=0, le=1e11)
    until: float | None = Field(None, ge=0, le=1e11)


class SumsOut(BaseModel):
    """Counts over a stretch of time. Added latency is what the gateway cost, in milliseconds, read
    from classes; null without requests."""

    start: float = Field(description="Unix seconds.")
    requests: int
    blocked: int
    masked: int
    flagged: int
    failed: int
    input_tokens: int
    output_tokens: int
    cost_usd: float = Field(description="US dollars, without what has no known price.")
    last_time: float
    added_p50: float | None
    added_p95: float | None

    @classmethod
    def of(cls, sums: Sums) -> "SumsOut":
        named = {name: getattr(sums, name) for name in cls.model_fields if hasattr(sums, name)}
        return cls(**named, added_p50=quantile(sums.added, 0.5), added_p95=quantile(sums.added, 0.95))


class RuleHitsOut(BaseModel):
    rule: str
    action: str
    hits: int


class KeySumsOut(BaseModel):
    kid: str
    sums: SumsOut


class PublishedOut(BaseModel):
    """A policy that began to hold."""

    time: float
    target: str
    actor: str


class OverviewOut(BaseModel):
    start: float
    end: float
    step: int = Field(description="Seconds that each entry of `series` covers.")
    total: SumsOut
    before: SumsOut = Field(description="The same length of time before `start`.")
    series: list[SumsOut]
    rules: list[RuleHitsOut]
    keys: list[KeySumsOut]
    published: list[PublishedOut]

    @classmethod
    def of(cls, found: Overview) -> "OverviewOut":
        return cls(
            start=found.start,
            end=found.end,
            step=found.step,
            total=SumsOut.of(found.total),
            before=SumsOut.of(found.before),
            series=[SumsOut.of(sums) for sums in found.series],
            rules=[RuleHitsOut(rule=hit.rule, action=hit.action, hits=hit.hits) for hit in found.rules],
            keys=[KeySumsOut(kid=kid, sums=SumsOut.of(sums)) for kid, sums in found.keys],
            published=[
                PublishedOut(time=event.time, target=event.target, actor=event.actor)
                for event in found.published
            ],
        )


class FacetsOut(BaseModel):
    models: list[str]
    rules: list[str]


class MarkIn(Input):
    false_positive: bool


class MarkOut(BaseModel):
    false_positive: bool


def overview_router(traffic: Traffic) -> APIRouter:
    router = APIRouter(prefix="/api/dashboard", tags=["Overview"])

    @router.get("/overview")
    async def show_overview(
        actor: RecordsRead,
        range: Annotated[Literal["1h", "24h", "7d", "30d"], Query()] = "24h",
        kid: Kid = None,
    ) -> OverviewOut:
        """Traffic of a range in numbers, over time, by rule and by key."""
        return OverviewOut.of(await traffic.overview(RANGES[range], kid))

    @router.get("/logs")
    async def find_records(actor: RecordsRead, filters: Annotated[LogFilters, Query()]) -> RecordPage:
        """Exchanges that fit all filters, newest first. No record holds prompt, answer or matched text."""
        sought = Sought(**filters.model_dump(exclude={"limit", "before"}))
        found = await traffic.find(sought, limit=filters.limit, before=filters.before)
        page = [RecordOut.of(record) for record in found]
        return RecordPage(data=page, next=page[-1].id if len(page) == filters.limit else None)

    @router.get("/facets")
    async def show_facets(actor: RecordsRead) -> FacetsOut:
        """The models and rules that occur in records, to filter by."""
        found = await traffic.facets()
        return FacetsOut(models=list(found.models), rules=list(found.rules))

    @router.get("/records/{record_id}/mark")
    async def show_mark(actor: RecordsRead, record_id: str) -> MarkOut:
        """Whether somebody noted that the verdict was wrong."""
        return MarkOut(false_positive=await traffic.marked(record_id))

    @router.put("/records/{record_id}/mark")
    async def set_mark(actor: RecordsMark, record_id: str, body: MarkIn) -> MarkOut:
        """Note that the verdict was wrong, or take the note back."""
        await traffic.mark(actor, record_id, body.false_positive)
        return MarkOut(false_positive=body.false_positive)

    return router
