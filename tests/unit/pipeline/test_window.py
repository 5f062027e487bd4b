"""The window of a streamed answer: nothing unjudged goes out, nothing else changes."""

import asyncio
import re
from collections.abc import Iterable, Sequence

import orjson
from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.domain.finding import Finding
from llm_gateway.domain.text import Direction, Path, Segment
from llm_gateway.domain.verdict import Action, Verdict
from llm_gateway.pipeline.window import Replacement, Window
from llm_gateway.policy import Policy, Rule, decide
from llm_gateway.wire.openai_chat import OpenAIChat

CARD = re.compile(r"\b\d{4}(?:[ -]?\d{4}){3}\b")
POLICY = Policy(
    "test",
    "1",
    (
        Rule("cards", "pii", Action.MASK, frozenset({"credit_card"})),
        Rule("secrets", "secrets", Action.BLOCK, frozenset({"token"})),
    ),
)


class Judge:
    """Finds groups of sixteen digits and words that begin with sk-."""

    async def inspect(self, segment: Segment) -> Sequence[Finding]:
        cards = [Finding("pii", "credit_card", 1.0, *m.span(), "card") for m in CARD.finditer(segment.text)]
        keys = re.finditer(r"\bsk-\w{8,}", segment.text)
        return cards + [Finding("secrets", "token", 1.0, *m.span(), "key") for m in keys]

    def decide(self, segment: Segment, findings: Sequence[Finding]) -> Verdict:
        return decide(POLICY, Direction.ANSWER, [(segment, findings)])

    def replacements(self, segment: Segment, verdict: Verdict) -> Iterable[Replacement]:
        return [Replacement(hit.finding.start, hit.finding.end, "[CARD]") for hit in verdict.hits]


class Restore:
    """Knows one placeholder."""

    def replacements(self, text: str, channel: Path) -> Iterable[Replacement]:
        return [Replacement(*match.span(), "Ada") for match in re.finditer(r"\[NAME_1\]", text)]

    def settled(self, text: str) -> int:
        start = text.rfind("[")
        return start if start >= 0 and "[NAME_1]".startswith(text[start:]) else len(text)


def chunk(text: str, choice: int = 0) -> bytes:
    event = {"choices": [{"index": choice, "delta": {"content": text}}]}
    return b"data: " + orjson.dumps(event) + b"\n\n"


def run(pieces: Sequence[bytes], *, limit: int = 64, restore: bool = False) -> tuple[bytes, Verdict | None]:
    """What comes out for these chunks of an answer, and the verdict that stopped it."""

    async def go() -> tuple[bytes, Verdict | None]:
        window = Window(Judge(), Restore() if restore else None, limit, words=True)
        reader, out = OpenAIChat().stream_reader(), b""
        for piece in pieces:
            events = reader.feed(piece)
            for event in events:
                window.push(event)
            released = await window.release(final=any(event.last for event in events))
            if released.verdict.action is Action.BLOCK:
                return out, released.verdict
            out += released.data
        return out, None

    return asyncio.run(go())


def text_of(stream: bytes, choice: int = 0) -> str:
    """The text that a client would put together."""
    out = ""
    for line in stream.split(b"\n\n"):
        if line.startswith(b"data: {"):
            for part in orjson.loads(line[6:])["choices"]:
                out += part["delta"].get("content", "") if part["index"] == choice else ""
    return out


def cut(text: str, sizes: Sequence[int]) -> list[str]:
    pieces, at = [], 0
    for size in sizes:
        pieces.append(text[at : at + size])
        at += size
    return [piece for piece in (*pieces, text[at:]) if piece]


WORDS = st.lists(
    st.sampled_from(
        ["hello", "world.", "4111 1111 1111 1111", "4111111111111111", "42", "[x]", "a-b", "ünï"]
    ),
    max_size=30,
).map(" ".join)
SIZES = st.lists(st.integers(1, 9), max_size=200)


@given(WORDS, SIZES)
def test_any_chunking_masks_the_same(text: str, sizes: list[int]) -> None:
    """However a text is cut into events, its cards are masked and nothing else changes."""
    out, _ = run([*(chunk(piece) for piece in cut(text, sizes)), b"data: [DONE]\n\n"])

    assert text_of(out) == CARD.sub("[CARD]", text)


@given(WORDS.filter(lambda text: not CARD.search(text)), SIZES)
def test_untouched_streams_keep_every_byte(text: str, sizes: list[int]) -> None:
    """Where nothing is masked the bytes are the provider's."""
    stream = b"".join(chunk(piece) for piece in cut(text, sizes)) + b": comment\n\ndata: [DONE]\n\n"
    out, _ = run([stream[i : i + 7] for i in range(0, len(stream), 7)])

    assert out == stream


@given(WORDS, SIZES)
def test_a_block_lets_nothing_of_the_secret_out(text: str, sizes: list[int]) -> None:
    """Before a blocking verdict at most the text before the secret has gone out."""
    whole = f"{text} sk-abcdefgh12345678 {text}"
    out, verdict = run([*(chunk(piece) for piece in cut(whole, sizes)), b"data: [DONE]\n\n"])

    assert verdict is not None
    assert verdict.rule == "secrets"
    assert "sk-" not in text_of(out)


@given(
    st.lists(st.sampled_from(["[NAME_1]", "[NAME", "word", "]", "[NAME_1]"]), max_size=20).map(" ".join),
    SIZES,
)
def test_placeholders_are_restored_wherever_they_are_cut(text: str, sizes: list[int]) -> None:
    """A placeholder that is spread over events comes back whole."""
    out, _ = run([*(chunk(piece) for piece in cut(text, sizes)), b"data: [DONE]\n\n"], restore=True)

    assert text_of(out) == text.replace("[NAME_1]", "Ada")


def test_words_leave_as_soon_as_they_are_followed_by_a_space() -> None:
    """Ordinary text is held back by no more than the word that may still grow."""
    out, _ = run([chunk("Hello "), chunk("there, "), chunk("wor")])

    assert text_of(out) == "Hello there, "


def test_holding_back_is_bounded() -> None:
    """A word without end goes out in front while its tail waits."""
    out, _ = run([chunk("x" * 10) for _ in range(100)], limit=64)

    assert 1000 - 64 - 10 <= len(text_of(out)) <= 1000


def test_a_silent_channel_does_not_hold_up_the_others() -> None:
    """A choice that stopped in the middle of a word blocks the others for `limit` characters only."""
    pieces = [chunk("unfinished", choice=1), *(chunk("word " * 4) for _ in range(20))]
    out, _ = run(pieces, limit=64)

    assert len(text_of(out)) >= 400 - 64 - 20
    assert text_of(out, choice=1) == "unfinished"
