"""Segments → findings, remembering what was inspected before.

Chat clients send the whole conversation again with every turn. Findings are remembered under a keyed
hash of the text, so each turn pays for what is new only; the hash is keyed so that the memory holds
nothing that could be guessed at.
"""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b

from llm_gateway.domain.errors import Unavailable
from llm_gateway.domain.finding import Finding
from llm_gateway.domain.text import Provenance, Segment, SegmentKind
from llm_gateway.guard.hurry import TakesLong, hurried
from llm_gateway.guard.inspector import DetectorFailed, Inspector, placed

Found = list[tuple[Segment, Sequence[Finding]]]

# Above this many new characters the work goes to a thread, and so does what a detector says takes long,
# so that other exchanges are not held up.
INLINE_CHARACTERS = 8_000


@dataclass(slots=True)
class Inspected:
    """What was found, and how much work it was."""

    found: Found
    segments: int
    cached: int
    characters: int


class Inspection:
    """Inspects segments with remembered findings. One for the whole process."""

    def __init__(self, entries: int) -> None:
        self._entries = entries
        self._memory: OrderedDict[bytes, tuple[Finding, ...]] = OrderedDict()
        # Copied for every text: taking in the key costs as much as a short text.
        self._keyed = blake2b(digest_size=16, key=secrets.token_bytes(32))
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="inspection")

    async def inspect(self, inspector: Inspector, segments: Sequence[Segment]) -> Inspected:
        """Findings of all segments. Raises Unavailable when a detector fails: nothing goes on then."""
        known: dict[bytes, tuple[Finding, ...]] = {}
        fresh: dict[bytes, Segment] = {}
        names = [self._name(inspector, segment) for segment in segments]
        for name, segment in zip(names, segments, strict=True):
            findings = self._recall(name)
            if findings is None:
                fresh[name] = segment
            else:
                known[name] = findings
        size = sum(len(segment.text) for segment in fresh.values())
        if fresh:
            known |= zip(fresh, await self._run(inspector, list(fresh.values()), size), strict=True)
            self._remember(fresh, known)
        found: Found = []
        for name, segment in zip(names, segments, strict=True):
            if findings := known[name]:
                found += placed(segment, findings)
        return Inspected(found, len(segments), len(segments) - len(fresh), size)

    async def once(self, inspector: Inspector, segment: Segment) -> Sequence[Finding]:
        """Findings of a text that is not worth remembering. Raises Unavailable."""
        return (await self._run(inspector, [segment], len(segment.text)))[0]

    def close(self) -> None:
        """Stops the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _run(
        self, inspector: Inspector, segments: list[Segment], size: int
    ) -> list[tuple[Finding, ...]]:
        try:
            if size <= INLINE_CHARACTERS:
                with suppress(TakesLong), hurried():
                    return _inspect_all(inspector, segments)
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, _inspect_all, inspector, segments)
        except DetectorFailed as failure:
            raise Unavailable(
                f"Not inspected, so not passed on: the detector {failure.detector!r} failed.",
                code="inspection_failed",
                detail=repr(failure.__cause__.__class__),
            ) from failure

    def _name(self, inspector: Inspector, segment: Segment) -> bytes:
        digest = self._keyed.copy()
        digest.update(segment.text.encode("utf-8", "surrogatepass"))
        return inspector.version + _KINDS[segment.provenance, segment.kind] + digest.digest()

    def _recall(self, name: bytes) -> tuple[Finding, ...] | None:
        findings = self._memory.get(name)
        if findings is not None:
            self._memory.move_to_end(name)
        return findings

    def _remember(self, fresh: Iterable[bytes], known: Mapping[bytes, tuple[Finding, ...]]) -> None:
        for name in fresh:
            self._memory[name] = known[name]
        while len(self._memory) > self._entries:
            self._memory.popitem(last=False)


_KINDS = {
    (provenance, kind): bytes([i, j])
    for i, provenance in enumerate(Provenance)
    for j, kind in enumerate(SegmentKind)
}


def _inspect_all(inspector: Inspector, segments: list[Segment]) -> list[tuple[Finding, ...]]:
    return [inspector.inspect(segment) for segment in segments]
