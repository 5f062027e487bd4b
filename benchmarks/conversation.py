"""python -m benchmarks.conversation: what a long conversation costs when every turn resends its history.

One gateway gets a conversation turn by turn, each with all that was said before, as chat clients do.
Another, equally warm, gets the same text once, in one request. The sums of what each says it spent in
inspection are compared; both see the text for the first time.
"""

import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.harness import bodies, report
from benchmarks.harness.client import Client
from benchmarks.harness.gateway import gateway
from benchmarks.harness.provider import instant_provider

BAR = 1.2
WARM_UP = 100

Message = dict[str, str]


def main(
    turns: Annotated[int, typer.Option(help="Turns of the conversation.")] = 50,
    repeats: Annotated[int, typer.Option(help="Conversations; the median counts.")] = 5,
    output: Annotated[Path | None, typer.Option(help="Write the figures as JSON.")] = None,
) -> None:
    """Compares inspection of a growing conversation with that of its text once."""
    average = report.load_average()
    with _two_gateways() as (growing, once):
        found = [_compare(growing, once, turns, seed) for seed in range(repeats)]
    ratio = statistics.median(one["ratio"] for one in found)
    row = {
        "what": f"{turns} turns, inspection, times the text once",
        "found": ratio,
        "bar": f"<= {BAR:g}",
        "met": ratio <= BAR,
        "turn by turn, ms": statistics.median(one["growing_ms"] for one in found),
        "once, ms": statistics.median(one["once_ms"] for one in found),
        "all overhead, ms": statistics.median(one["overhead_ms"] for one in found),
    }
    report.show(f"Conversation (load average {average})", [row])
    report.save(
        output, {"machine": report.machine(), "load_average": average, "repeats": found, "bars": [row]}
    )
    if not row["met"]:
        raise typer.Exit(1)


@contextmanager
def _two_gateways() -> Iterator[tuple[Client, Client]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        provider = stack.enter_context(instant_provider(folder, None))
        clients = []
        for name in ("growing", "once"):
            (folder / name).mkdir()
            made = stack.enter_context(gateway(folder / name, provider.url))
            client = stack.enter_context(Client(made))
            for seed in range(WARM_UP):
                client.post(bodies.body(-1 - seed))
            clients.append(client)
        yield clients[0], clients[1]


def _compare(growing: Client, once: Client, turns: int, seed: int) -> dict[str, float]:
    said = list(_conversation(turns, seed))
    took = [growing.say(said[: 2 * turn + 2]) for turn in range(turns)]
    whole = once.say(said).inspection
    total = sum(one.inspection for one in took)
    return {
        "growing_ms": total,
        "once_ms": whole,
        "overhead_ms": sum(one.overhead for one in took),
        "ratio": total / whole,
    }


def _conversation(turns: int, seed: int) -> Iterator[Message]:
    """System, then user and assistant in turn, ending with a question of the user."""
    yield {"role": "system", "content": bodies.SYSTEM}
    for turn in range(turns):
        number = 10_000 * (seed + 1) + 2 * turn
        yield {"role": "user", "content": bodies.question(number)}
        if turn < turns - 1:
            yield {"role": "assistant", "content": bodies.question(number + 1)}


if __name__ == "__main__":
    typer.run(main)
