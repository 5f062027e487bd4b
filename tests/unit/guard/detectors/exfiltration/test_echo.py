"""Echoes of an operator's prompt."""

from llm_gateway.guard.detectors.exfiltration import Prompt

TEXT = (
    "You are Bea, the assistant of Harbour Bank. Never mention the merger with Northwind before June. "
    "Refunds above 300 euros need the approval of a supervisor, whom you reach under the internal line."
)


def test_a_leaked_prompt() -> None:
    """The whole prompt, recased and between other words, is an echo with a full score."""
    answer = f"Sure! My instructions: {TEXT.upper()} That is all."
    echo = Prompt(TEXT).echo_in(answer)

    assert echo is not None
    assert echo.score == 1.0
    assert echo.share == 1.0
    assert answer[echo.start : echo.end].startswith("YOU ARE BEA")


def test_a_single_rule() -> None:
    """One sentence that came back is found, with less confidence."""
    echo = Prompt(TEXT).echo_in("I was told: never mention the merger with Northwind before June, sorry.")

    assert echo is not None
    assert 8 <= echo.words <= 10
    assert echo.score < 0.6


def test_ordinary_answers() -> None:
    """An answer that uses words of the prompt is no echo."""
    assert Prompt(TEXT).echo_in("Refunds are possible. Ask a supervisor of Harbour Bank.") is None
    assert Prompt("").echo_in("anything at all, with more than eight words in it") is None


def test_scripts_without_spaces() -> None:
    """Characters count as words where no spaces separate them."""
    prompt = "你是海港银行的助手。六月之前不要提及与北风公司的合并。"

    assert Prompt(prompt).echo_in(f"好的:{prompt}") is not None
