"""Token counts as providers report them."""

from typing import NamedTuple


class Usage(NamedTuple):
    """Tokens of one exchange. `cached` and `reasoning` are parts of input and output, not extra."""

    input: int = 0
    output: int = 0
    cached: int = 0
    reasoning: int = 0
