"""Every cell of the matrix, and what became of its canary."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from llm_gateway.app.selftest import anthropic, gemini, openai
from llm_gateway.app.selftest.bench import Bench, Sent
from llm_gateway.app.selftest.places import MARKS, TEXTS, Canary, Position, Script
from llm_gateway.domain.text import Path
from llm_gateway.wire.surfaces import Matched, match


class Outcome(StrEnum):
    """What became of a canary. LEAKED is a defect; so is a cell that should not be ABSENT."""

    STOPPED = "stopped"
    MASKED = "masked"
    EXEMPT = "exempt"
    ABSENT = "-"
    LEAKED = "LEAKED"


@dataclass(frozen=True, slots=True)
class Line:
    """One surface, streamed or not."""

    name: str
    path: str
    provider: str
    script: Script
    stream: bool
    query: str = ""

    @property
    def matched(self) -> Matched:
        found = match("POST", self.path, self.query)
        if found is None:
            raise LookupError(f"{self.path} is not served")
        return found


@dataclass(frozen=True, slots=True)
class Cell:
    """One canary at one position of one line."""

    line: str
    position: Position
    canary: Canary
    outcome: Outcome


_GEMINI = f"/v1beta/models/{gemini.MODEL}:"

LINES: tuple[Line, ...] = (
    Line("openai chat", "/v1/chat/completions", "openai", openai.Chat(), False),
    Line("openai chat, streamed", "/v1/chat/completions", "openai", openai.Chat(), True),
    Line("openai responses", "/v1/responses", "openai", openai.Responses(), False),
    Line("openai responses, streamed", "/v1/responses", "openai", openai.Responses(), True),
    Line("openai embeddings", "/v1/embeddings", "openai", openai.Embeddings(), False),
    Line("anthropic messages", "/v1/messages", "anthropic", anthropic.Messages(), False),
    Line("anthropic messages, streamed", "/v1/messages", "anthropic", anthropic.Messages(), True),
    Line("anthropic count tokens", "/v1/messages/count_tokens", "anthropic", anthropic.CountTokens(), False),
    Line("gemini generate", f"{_GEMINI}generateContent", "gemini", gemini.Generate(), False),
    Line(
        "gemini generate, streamed",
        f"{_GEMINI}streamGenerateContent",
        "gemini",
        gemini.Generate(),
        True,
        "alt=sse",
    ),
    Line("gemini generate, array", f"{_GEMINI}streamGenerateContent", "gemini", gemini.GenerateArray(), True),
    Line("gemini count tokens", f"{_GEMINI}countTokens", "gemini", gemini.CountTokens(), False),
    Line("gemini embed", f"{_GEMINI}embedContent", "gemini", gemini.Embed(), False),
)


async def run() -> AsyncIterator[Cell]:
    """Sends every canary everywhere; gives the cells in the order of the matrix."""
    bench = Bench()
    for line in LINES:
        for position in Position:
            for canary in Canary:
                yield Cell(line.name, position, canary, await _outcome(bench, line, position, canary))


async def _outcome(bench: Bench, line: Line, position: Position, canary: Canary) -> Outcome:
    text = TEXTS[canary]
    asked = Position.USER if position.in_answer else position
    told = position if position.in_answer else Position.ANSWER_TEXT
    body = line.script.request(asked, "fine" if position.in_answer else text, stream=line.stream)
    events = line.script.events(told, text if position.in_answer else "fine") if line.stream else None
    answer = (
        None if line.stream else line.script.answer(position if position.in_answer else Position.USER, text)
    )
    if body is None or (position.in_answer and events is None and answer is None):
        return Outcome.ABSENT
    sent = await bench.send(line.matched, line.provider, body, answer, events)
    left = _texts(line, sent.body) if position.in_answer else b"".join(sent.upstream).decode()
    return _judged(sent, position, canary, whole=MARKS[canary] in left)


def _judged(sent: Sent, position: Position, canary: Canary, *, whole: bool) -> Outcome:
    """By what left the gateway (`whole`: with the canary in it), not only by what the record says."""
    if sent.record.rule == f"canary-{canary}" and not whole:
        return Outcome.MASKED if canary is Canary.CARD else Outcome.STOPPED
    if position is Position.SYSTEM and canary is Canary.INJECTION:
        return Outcome.EXEMPT
    return Outcome.LEAKED


def _texts(line: Line, body: bytes) -> str:
    """The texts of an answer as a client puts them together, after the bytes themselves."""
    texts: dict[Path, str] = {}
    events = line.matched.format.stream_reader().feed(body) if line.stream and body[:1] != b"{" else []
    for event in events:
        for delta in event.deltas:
            texts[delta.channel] = texts.get(delta.channel, "") + delta.text
    return "\n".join((body.decode(), *texts.values()))


def page(cells: Sequence[Cell]) -> str:
    """The matrix for docs, in Markdown."""
    head = "| surface | canary | " + " | ".join(position.value for position in Position) + " |\n"
    rule = "|---|---|" + "---|" * len(Position) + "\n"
    return _INTRODUCTION + head + rule + "".join(_rows(cells))


def _rows(cells: Sequence[Cell]) -> Iterable[str]:
    for line in dict.fromkeys(cell.line for cell in cells):
        for canary in Canary:
            found = [cell.outcome.value for cell in cells if cell.line == line and cell.canary is canary]
            yield f"| {line} | {canary} | {' | '.join(found)} |\n"


_INTRODUCTION = """# Coverage

What `llm-gateway selftest` prints: a marked injection, card number and secret sent through every
surface, streamed and not, at every position of the request and the answer, with a policy that stops
injections and secrets and masks card numbers everywhere. The gateway is the real one, the provider is
simulated.

*stopped*: nothing of it went on. *masked*: it went on without the number. *exempt*: prompts of the
operator are not scored for injection. *-*: the surface has no such position.

"""
