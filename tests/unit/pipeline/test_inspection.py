"""Slow detection leaves the event loop to others; what was found is remembered."""

import threading
from collections.abc import Iterator

from llm_gateway.domain.finding import Finding
from llm_gateway.domain.text import Provenance, Segment
from llm_gateway.guard.detector import Reading
from llm_gateway.guard.hurry import take_time
from llm_gateway.guard.inspector import Inspector
from llm_gateway.pipeline.inspection import Inspection

QUICK = Segment(("text",), "quick", Provenance.USER)
SLOW = Segment(("text",), "slow", Provenance.USER)


class Thinking:
    """Takes its time over slow texts; notes the threads in which it finished."""

    name, version = "thinking", "1"

    def __init__(self) -> None:
        self.threads: list[str] = []

    def find(self, reading: Reading) -> Iterator[Finding]:
        if reading.text == "slow":
            take_time()
        self.threads.append(threading.current_thread().name)
        yield Finding("thinking", "thought", 1.0, 0, 1, "a thought")


async def test_what_takes_long_is_done_in_a_thread() -> None:
    """The quick text is judged at once, the slow one elsewhere, and both are found."""
    detector = Thinking()
    inspection = Inspection(10)
    quick = await inspection.inspect(Inspector([detector]), [QUICK])
    slow = await inspection.inspect(Inspector([detector]), [SLOW])
    inspection.close()

    assert len(quick.found) == len(slow.found) == 1
    assert detector.threads[0] == threading.current_thread().name
    assert detector.threads[1].startswith("inspection")


async def test_a_text_is_inspected_once() -> None:
    """The second time it is remembered, and counted as such."""
    detector = Thinking()
    inspection = Inspection(10)
    await inspection.inspect(Inspector([detector]), [QUICK])
    again = await inspection.inspect(Inspector([detector]), [QUICK])

    assert (again.cached, again.characters, len(detector.threads)) == (1, 0, 1)
    assert len(again.found) == 1


async def test_memory_is_bounded() -> None:
    """The oldest texts are forgotten first."""
    detector = Thinking()
    inspection = Inspection(2)
    for text in ("a", "b", "c", "a"):
        await inspection.inspect(Inspector([detector]), [QUICK._replace(text=text)])

    assert len(detector.threads) == 4
