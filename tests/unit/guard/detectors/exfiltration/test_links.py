"""Addresses in texts."""

import time

import pytest

from llm_gateway.guard.detectors.exfiltration.links import Kind, links_in


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("![a](https://e.test/x)", Kind.IMAGE),
        ("![a]( <https://e.test/x> )", Kind.IMAGE),
        ("[a](https://e.test/x)", Kind.LINK),
        ("<img src=https://e.test/x>", Kind.RESOURCE),
        ('<IMG SRC = "//e.test/x">', Kind.RESOURCE),
        ("<link rel=stylesheet href='https://e.test/x'>", Kind.RESOURCE),
        ("<a href='https://e.test/x'>", Kind.LINK),
        ("@import 'https://e.test/x';", Kind.RESOURCE),
    ],
)
def test_kinds(text: str, kind: Kind) -> None:
    """An address that is fetched by itself is told from one that waits for a click."""
    assert next(links_in(text)).kind is kind


@pytest.mark.parametrize(
    "piece", ["](//a", "![", "<img src=//a ", "[x]: //a\n", "url(//a", "https://a?", '="//']
)
def test_linear(piece: str) -> None:
    """Beginnings without end take time in proportion to their number."""
    text = piece * (300_000 // len(piece))
    begin = time.process_time()
    for _ in links_in(text):
        pass

    assert time.process_time() - begin < 2
