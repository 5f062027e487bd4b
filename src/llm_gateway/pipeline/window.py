"""The part of a streamed answer that waits for inspection.

Events go in as they arrive and come out, in order and byte for byte, once all their text is settled:
inspected, and unable to be part of anything that is still growing. Texts are followed per channel
(the content of choice 0, the arguments of its second tool call). What is held back is bounded by
`limit` characters per channel; of what has gone out, a short context is kept so that detectors see
what stands before a value. A channel that says nothing more must not hold up the others: once more
than `limit` characters wait in all, the texts in front are judged as they are.

    text of a channel   ... gone ... | context | pending, judged | pending, may grow |
                                     ^ base    ^ gone            ^ settled           ^ end
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from llm_gateway.domain.finding import Finding
from llm_gateway.domain.text import Path, Provenance, Segment, SegmentKind
from llm_gateway.domain.verdict import ALLOWED, Action, Verdict
from llm_gateway.guard.holdback import settled
from llm_gateway.wire.format import Delta, StreamEvent

CONTEXT = 128


class Replacement(NamedTuple):
    """`start` to `end` of a channel becomes `text`."""

    start: int
    end: int
    text: str


class Judge(Protocol):
    """Inspects a text of the answer and decides about findings, for one exchange."""

    async def inspect(self, segment: Segment) -> Sequence[Finding]: ...

    def decide(self, segment: Segment, findings: Sequence[Finding]) -> Verdict: ...

    def replacements(self, segment: Segment, verdict: Verdict) -> Iterable[Replacement]:
        """What the verdict's masks put in place of spans of the segment's text."""
        ...


class Restore(Protocol):
    """Puts back what was masked in the request."""

    def replacements(self, text: str, channel: Path) -> Iterable[Replacement]: ...

    def settled(self, text: str) -> int:
        """The number of leading characters that cannot belong to an unfinished placeholder."""
        ...


@dataclass(slots=True)
class Channel:
    """One text of the answer. Offsets count from the beginning of the channel."""

    path: Path
    kind: SegmentKind
    provenance: Provenance = Provenance.MODEL
    closed: bool = False
    base: int = 0
    text: str = ""
    settled: int = 0
    seen: int = 0
    gone: int = 0
    edits: list[Replacement] = field(default_factory=list)
    decided: set[tuple[str, str, int]] = field(default_factory=set)

    @property
    def end(self) -> int:
        return self.base + len(self.text)

    def segment(self) -> Segment:
        """The text that is kept, as detectors see it."""
        return Segment(self.path, self.text, self.provenance, "assistant", self.kind)

    @property
    def due(self) -> bool:
        """Whether there is something new to look at."""
        return self.seen < self.end or (self.closed and self.settled < self.end)

    def settle(self, mark: int, edits: Iterable[Replacement]) -> None:
        """Everything before `mark` is judged. `edits` are in offsets of the channel."""
        for edit in sorted(edits):
            taken = self.edits[-1].end if self.edits else 0
            if edit.start >= taken:
                self.edits.append(edit)
            elif edit.end > taken:
                self.edits.append(Replacement(taken, edit.end, ""))
        self.settled = mark
        self._forget()

    def _forget(self) -> None:
        """Drops what is neither pending nor context, at a space where there is one near."""
        drop = self.settled - self.base - CONTEXT
        if drop < CONTEXT:
            return
        space = self.text.find(" ", drop, drop + CONTEXT)
        if space < 0 and drop < 8 * CONTEXT:
            return
        drop = drop if space < 0 else space + 1
        self.text = self.text[drop:]
        self.base += drop
        self.edits = [edit for edit in self.edits if edit.end > min(self.base, self.gone)]


class Placed(NamedTuple):
    """A delta with its place in its channel."""

    delta: Delta
    channel: Channel
    start: int
    end: int


class Released(NamedTuple):
    """What may go out now. After a blocking verdict nothing more ever will."""

    data: bytes
    verdict: Verdict


class Window:
    """Holds events back until they are judged. One per streamed answer."""

    def __init__(self, judge: Judge, restore: Restore | None, limit: int, *, words: bool) -> None:
        self._judge = judge
        self._restore = restore
        self._limit = limit
        self._words = words
        self._channels: dict[Path, Channel] = {}
        self._wholes: list[Channel] = []
        self._events: deque[tuple[StreamEvent, list[Placed]]] = deque()
        self._held = 0

    def push(self, event: StreamEvent) -> None:
        """Takes one more event."""
        placed = [self._place(delta) for delta in event.deltas]
        self._events.append((event, placed))
        self._held += sum(len(piece.delta.text) for piece in placed)
        for prefix in event.closed:
            self._close(prefix)

    async def release(self, *, final: bool = False) -> Released:
        """What is settled now; all of it when `final`."""
        if final:
            self._close(())
        wholes, self._wholes = self._wholes, []
        verdict = await self._advance_all((*self._channels.values(), *wholes))
        data = b"" if verdict.action is Action.BLOCK else self._flush()
        while self._held > self._limit and verdict.action is not Action.BLOCK:
            verdict = _worse(verdict, await self._force())
            data += self._flush()
        return Released(data, verdict)

    def _close(self, prefix: Path) -> None:
        """No more text comes for the channels that begin with `prefix`."""
        for path, channel in self._channels.items():
            if path[: len(prefix)] == prefix:
                channel.closed = True

    async def _force(self) -> Verdict:
        """Judges the texts of the first event that waits as if nothing followed."""
        waiting = [piece.channel for piece in self._events[0][1]]
        for channel in waiting:
            channel.closed = True
        verdict = await self._advance_all(waiting)
        for channel in waiting:
            channel.closed = False
        return verdict

    async def _advance_all(self, channels: Iterable[Channel]) -> Verdict:
        verdict = ALLOWED
        for channel in channels:
            if channel.due:
                channel.seen = channel.end
                verdict = _worse(verdict, await self._advance(channel))
        return verdict

    def _place(self, delta: Delta) -> Placed:
        channel = None if delta.whole else self._channels.get(delta.channel)
        if channel is None:
            channel = self._open(delta)
        channel.closed = delta.whole
        start = channel.end
        channel.text += delta.text
        return Placed(delta, channel, start, channel.end)

    def _open(self, delta: Delta) -> Channel:
        """A new channel. A text that is complete in its event has one to itself."""
        kind = SegmentKind.TEXT if delta.path else SegmentKind.JOINED
        channel = Channel(delta.channel, kind, delta.provenance, closed=delta.whole)
        if delta.whole:
            self._wholes.append(channel)
        else:
            self._channels[delta.channel] = channel
        return channel

    async def _advance(self, channel: Channel) -> Verdict:
        """Judges the channel as far as it is settled."""
        mark = channel.end if channel.closed else channel.base + self._settled(channel)
        if mark <= channel.settled:
            return ALLOWED
        segment = channel.segment()
        findings = [
            finding
            for finding in await self._judge.inspect(segment)
            if channel.base + finding.end > channel.settled
        ]
        if not channel.closed:
            mark = self._before_growing(channel, findings, mark)
        due = [finding for finding in findings if channel.base + finding.start < mark]
        verdict = self._decide(channel, segment, due)
        if verdict.action is not Action.BLOCK:
            channel.settle(mark, self._edits(channel, segment, verdict, mark))
        return verdict

    def _settled(self, channel: Channel) -> int:
        mark = settled(channel.text, self._limit, words=self._words)
        return mark if self._restore is None else min(mark, self._restore.settled(channel.text))

    def _before_growing(self, channel: Channel, findings: Sequence[Finding], mark: int) -> int:
        """A finding that reaches the end of the text may be part of a longer one: it waits too."""
        growing = [finding.start for finding in findings if finding.end == len(channel.text)]
        mark = min([mark, *(channel.base + start for start in growing)])
        return max(mark, channel.settled, channel.end - self._limit)

    def _decide(self, channel: Channel, segment: Segment, findings: Sequence[Finding]) -> Verdict:
        """The verdict over findings; those that were decided before are not counted again."""
        if not findings:
            return ALLOWED
        verdict = self._judge.decide(segment, findings)
        names = {(f.detector, f.category, channel.base + f.start) for f in findings}
        new = names - channel.decided
        channel.decided |= names
        return verdict if new or verdict.action is Action.MASK else ALLOWED

    def _edits(
        self, channel: Channel, segment: Segment, verdict: Verdict, mark: int
    ) -> Iterable[Replacement]:
        if verdict.action is Action.MASK:
            for edit in self._judge.replacements(segment, verdict):
                yield _shifted(edit, channel.base)
        if self._restore is not None and channel.kind is SegmentKind.TEXT:
            for edit in self._restore.replacements(channel.text, channel.path):
                there = _shifted(edit, channel.base)
                if channel.settled <= there.start and there.end <= mark:
                    yield there

    def _flush(self) -> bytes:
        """The events whose text is settled, in order, up to the first that has to wait."""
        out = []
        while self._events:
            event, placed = self._events[0]
            if any(piece.end > piece.channel.settled for piece in placed):
                break
            self._events.popleft()
            out.append(_written(event, placed))
            for piece in placed:
                piece.channel.gone = piece.end
                self._held -= len(piece.delta.text)
        return b"".join(out)


def _worse(one: Verdict, other: Verdict) -> Verdict:
    return other if other.action > one.action else one


def _shifted(edit: Replacement, by: int) -> Replacement:
    return Replacement(edit.start + by, edit.end + by, edit.text)


def _written(event: StreamEvent, placed: Sequence[Placed]) -> bytes:
    """The event as the provider sent it, or with the edited texts in place."""
    edits = {}
    for piece in placed:
        text = _edited(piece)
        if text is not None:
            edits[piece.delta.path] = text
    return event.edited(edits) if edits else event.raw


def _edited(piece: Placed) -> str | None:
    """The delta's text after the edits that touch it. A replacement goes where its span begins."""
    out, at, touched = [], piece.start, False
    for edit in piece.channel.edits:
        if edit.end <= piece.start or edit.start >= piece.end:
            continue
        touched = True
        out.append(piece.delta.text[at - piece.start : max(at, edit.start) - piece.start])
        if edit.start >= piece.start:
            out.append(edit.text)
        at = min(edit.end, piece.end)
    out.append(piece.delta.text[at - piece.start :])
    return "".join(out) if touched else None
