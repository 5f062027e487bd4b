"""Views map spans back to the text as sent."""

from llm_gateway.guard.view import View


def test_the_text_as_sent_maps_to_itself() -> None:
    """A view without a parent is the original."""
    assert View("text", "hello").origin(1, 3) == (1, 3)


def test_a_piece_that_was_decoded_stands_for_all_of_its_origin() -> None:
    """Any part of a decoded piece maps to the whole encoded run, kept text one to one."""
    sent = View("text", "say %69%67 now")
    decoded = View("url", "say ig now", False, sent, (0, 4, 6), (0, 4, 10), (-1, 10, -1))
    assert decoded.origin(5, 6) == (4, 10)
    assert decoded.origin(0, 3) == (0, 3)
    assert decoded.origin(7, 10) == (11, 14)
    assert decoded.origin(1, 8) == (1, 12)


def test_back_to_front_maps_back_to_front() -> None:
    """A mirrored view turns spans around."""
    sent = View("text", "abcdef")
    assert View("reversed", "fedcba", True, sent, mirrored=True).origin(0, 2) == (4, 6)


def test_nested_views_map_through_all_of_their_parents() -> None:
    """A reading of a reading leads back to the text as sent."""
    sent = View("text", "xx--yy")
    inner = View("base64", "abc", True, sent, (0,), (2,), (4,))
    assert View("reversed", "cba", True, inner, mirrored=True).origin(0, 1) == (2, 4)
