"""Names with at most one star."""

import pytest

from llm_gateway.policy.names import Names


@pytest.mark.parametrize(
    ("names", "name", "fits"),
    [
        ((), "anything", True),
        (("gpt-5",), "GPT-5", True),
        (("gpt-5",), "gpt-5-mini", False),
        (("gpt-5*",), "gpt-5-mini", True),
        (("*.search",), "web.search", True),
        (("mcp_*_read",), "mcp_files_read", True),
        (("mcp_*_read",), "mcp_read", False),
        (("*",), "", True),
        (("a*a",), "a", False),
    ],
)
def test_fit(names: tuple[str, ...], name: str, fits: bool) -> None:
    """No names fit all; otherwise one of them must, case aside."""
    assert Names(names).fit(name) is fits
