"""What a token format is."""

from collections.abc import Callable
from dataclasses import dataclass

from llm_gateway.guard.detectors.context import Words


@dataclass(frozen=True, slots=True)
class Format:
    """A token format of one service.

    `gate`: a piece of text, lower-cased, without which the format cannot occur, or an RE2 expression
    over the lower-cased text behind a `~`. `words`: names of the service, for a token that carries no mark
    of its own; one of them must stand before it. `proof`: whether a token carries a valid check
    sum; it raises the confidence and its absence does not refuse (test tokens rarely carry one).
    `weak`: the mark is an ordinary word (`test_`), so the rest must look drawn at random.
    """

    category: str
    shape: str
    service: str
    gate: str = ""
    words: Words | None = None
    proof: Callable[[str], bool] | None = None
    weak: bool = False


def named(category: str, shape: str, service: str, words: str) -> Format:
    """A token without a mark of its own: it counts where one of `words` stands before it."""
    return Format(category, shape, service, words=Words(words, before=48, after=0))
