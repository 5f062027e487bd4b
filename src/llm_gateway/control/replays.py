"""Running a draft over stored records before it holds."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

from llm_gateway.control.workbench import Workbench
from llm_gateway.domain.errors import BadRequest
from llm_gateway.domain.record import Record
from llm_gateway.policy import Policy, PolicyError
from llm_gateway.policy.replay import Replay, replay
from llm_gateway.ports.clock import Clock
from llm_gateway.ports.policies import PolicyStore
from llm_gateway.ports.records import RecordReader

MOST_RECORDS = 100_000
PAGE = 500

BLIND_SPOTS = (
    "Records hold what rules found at the time, and no text. Rules with keywords, patterns, bounds, tools "
    "or allow-lists cannot be known from them, nor detectors that no rule asked for; an exchange that was "
    "blocked has no answer that could be judged."
)


@dataclass(frozen=True, slots=True)
class Replayed:
    """`milliseconds_each` is what deciding took by exchange; the other two are what inspecting a thousand
    new characters takes under the draft and under the installation's policy."""

    policy: Policy
    found: Replay
    since: float
    complete: bool
    milliseconds_each: float
    draft_milliseconds: float
    default_milliseconds: float


@dataclass(frozen=True, slots=True)
class Replays:
    """Reads only. Raises BadRequest and Unavailable."""

    records: RecordReader
    store: PolicyStore
    bench: Workbench
    clock: Clock
    project: str

    async def run(self, draft: Policy, *, seconds: float, limit: int = MOST_RECORDS) -> Replayed:
        """Replays the newest `limit` exchanges of the last `seconds`."""
        if not 1 <= limit <= MOST_RECORDS:
            raise BadRequest(f"limit must be 1 to {MOST_RECORDS}.", param="limit")
        return await asyncio.to_thread(self._run, draft, self.clock.now() - seconds, limit)

    def _run(self, draft: Policy, since: float, limit: int) -> Replayed:
        known: dict[str, Policy | None] = {self.bench.default.label: self.bench.default}
        seen: list[Record] = list(self._past(since, limit + 1))
        start = perf_counter()
        found = replay(draft, seen[:limit], lambda label: self._policy_of(label, known))
        took = (perf_counter() - start) * 1000
        return Replayed(
            policy=draft,
            found=found,
            since=since,
            complete=len(seen) <= limit,
            milliseconds_each=took / max(1, found.records),
            draft_milliseconds=self.bench.milliseconds(draft),
            default_milliseconds=self.bench.milliseconds(self.bench.default),
        )

    def _past(self, since: float, limit: int) -> Iterator[Record]:
        """Newest first."""
        before: str | None = None
        while limit > 0 and (page := self.records.list(limit=min(PAGE, limit), before=before)):
            for record in page:
                if record.time < since:
                    return
                yield record
            before, limit = page[-1].id, limit - len(page)

    def _policy_of(self, label: str, known: dict[str, Policy | None]) -> Policy | None:
        """The policy behind a record's label; None when it is none of ours, or was changed by monitoring."""
        if label not in known:
            name, _, version = label.rpartition("@")
            stored = [one for one in self.store.versions(self.project, name) if one.version == version]
            known[label] = self._read(stored[0].document) if stored else None
        return known[label]

    def _read(self, document: str) -> Policy | None:
        try:
            return self.bench.read(document)
        except PolicyError:
            return None
