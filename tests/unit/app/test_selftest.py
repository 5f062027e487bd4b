"""The coverage proof: no canary passes anywhere, and the page in docs says so."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from llm_gateway.app.selftest import Cell, Outcome, page, run
from llm_gateway.app.selftest.matrix import LINES
from llm_gateway.app.selftest.places import Canary, Position
from llm_gateway.wire.surfaces import SURFACES, Operation, match

PAGE = Path(__file__).parents[3] / "docs" / "coverage.md"


@pytest.fixture(scope="module")
def cells() -> Sequence[Cell]:
    async def collect() -> Sequence[Cell]:
        return [cell async for cell in run()]

    return asyncio.run(collect())


def test_no_canary_leaks(cells: Sequence[Cell]) -> None:
    """Every canary is stopped or masked, at every position of every surface, streamed or not."""
    assert [cell for cell in cells if cell.outcome is Outcome.LEAKED] == []


def test_no_cell_is_empty_that_should_not_be(cells: Sequence[Cell]) -> None:
    """Only operations that answer with numbers lack positions; only the operator's prompt is exempt."""
    numbers = ("openai embeddings", "gemini embed")
    absent = {cell.line for cell in cells if cell.outcome is Outcome.ABSENT and not cell.position.in_answer}
    exempt = {(cell.position, cell.canary) for cell in cells if cell.outcome is Outcome.EXEMPT}

    assert len(cells) == len(LINES) * len(Position) * len(Canary)
    assert absent == set(numbers)
    assert exempt == {(Position.SYSTEM, Canary.INJECTION)}


def test_every_surface_that_takes_text_has_a_line() -> None:
    """A new surface cannot be forgotten here."""
    tested = {line.matched.surface.wire for line in LINES}
    served = {
        surface.wire
        for surface in SURFACES
        if surface.operation not in (Operation.LIST_MODELS, Operation.GET_MODEL)
    }

    assert tested == served
    assert match("POST", "/v1/chat/completions") is not None


def test_the_page_is_what_the_command_prints(cells: Sequence[Cell]) -> None:
    """docs/coverage.md is the output of `llm-gateway selftest --markdown`."""
    assert PAGE.read_text() == page(cells)
