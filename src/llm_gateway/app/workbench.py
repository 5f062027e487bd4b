"""Trying policies with the detectors of this build. Implements control.Workbench."""

from collections.abc import Sequence
from time import perf_counter
from typing import Any

from llm_gateway.app.rulebooks import Rulebooks
from llm_gateway.control.workbench import Tried
from llm_gateway.domain.errors import GatewayError
from llm_gateway.domain.scan import ScanSurface
from llm_gateway.domain.text import Direction, SegmentKind
from llm_gateway.domain.verdict import Verdict
from llm_gateway.guard.inspector import placed
from llm_gateway.pipeline.judging import Rulebook
from llm_gateway.pipeline.scan import scan_now, segment_of
from llm_gateway.policy import Example, Place, Policy, PolicyError, decide, structure
from llm_gateway.wire.facts import request_facts
from llm_gateway.wire.openai_chat import OpenAIChat

_ROUNDS = 5
_PLAIN = (
    "The meeting is at ten in the small room on the second floor, and somebody should bring the "
    "figures of last quarter so that they can be compared. "
)
PLAIN_TEXT = (_PLAIN * 8)[:1000]


class PolicyBench:
    """Reads, builds and tries policies; none of them ever holds for a request."""

    def __init__(self, rulebooks: Rulebooks) -> None:
        self._rulebooks = rulebooks

    @property
    def default(self) -> Policy:
        return self._rulebooks.default.policy

    def read(self, text: str) -> Policy:
        policy = self._rulebooks.read(text)
        self._rulebooks.make(policy)
        return policy

    def test(self, policy: Policy) -> Sequence[Tried]:
        rulebook = self._rulebooks.make(policy)
        return [_tried(rulebook, example) for example in policy.examples]

    def milliseconds(self, policy: Policy) -> float:
        rulebook = self._rulebooks.make(policy)
        inspector, segment = rulebook.inspectors[Direction.REQUEST], segment_of(PLAIN_TEXT, ScanSurface.USER)
        times = []
        for _ in range(_ROUNDS):
            start = perf_counter()
            decide(policy, Direction.REQUEST, [(segment, inspector.inspect(segment))])
            times.append(perf_counter() - start)
        return min(times) * 1000


def _tried(rulebook: Rulebook, example: Example) -> Tried:
    if example.request is not None:
        verdict = judge_request(rulebook, example)
    else:
        place = Place("", (example.model,))
        verdict = scan_now(rulebook, example.text, ScanSurface(example.surface), place).verdict
    return Tried(example, verdict.action.word, verdict.rule)


def judge_request(rulebook: Rulebook, example: Example) -> Verdict:
    """The verdict over a whole OpenAI chat request. Nothing is pinned, so no definition has changed."""
    body: dict[str, Any] = {"model": example.model or "example-model", **(example.request or {})}
    try:
        read = OpenAIChat().read_request(body)
    except GatewayError as error:
        raise PolicyError(
            f"line {example.line}: the request of the example is wrong: {error.message}"
        ) from error
    facts = request_facts(body)
    inspector = rulebook.inspectors[Direction.REQUEST]
    found = [part for one in read.segments for part in placed(one, inspector.inspect(one))]
    characters = sum(len(one.text) for one in read.segments if one.kind is SegmentKind.TEXT)
    found += structure(rulebook.structural[Direction.REQUEST], facts, characters, {})
    place = Place(OpenAIChat.surface, (body["model"],), facts.owners)
    return decide(rulebook.policy, Direction.REQUEST, found, place)
