"""Rules and the book that runs them."""

from llm_gateway.guard.detectors.context import Words
from llm_gateway.guard.detectors.rules import Rule, RuleBook, literal, whole

DIGITS = Rule(category="digits", pattern=r"\b(\d{4}(?: \d{4})?)\b", score=0.5, reason="four digits")


def _spans(book: RuleBook, text: str) -> list[tuple[int, int, float]]:
    return [(hit.start, hit.end, hit.score) for hit in book.find(text)]


def test_offsets_are_those_of_the_text() -> None:
    """Characters beyond ASCII before a match do not shift it."""
    assert _spans(RuleBook([DIGITS]), "数字は 1234。") == [(4, 8, 0.5)]


def test_a_closed_gate_keeps_the_rule_out() -> None:
    """A rule runs only where its gate holds, whatever the case of the text."""
    gated = Rule(category="x", pattern=r"\d+", score=1, reason="", gate=(literal("no. "),))
    book = RuleBook([gated])

    assert book.find("nr 12") == []
    assert _spans(book, "No. 12") == [(4, 6, 1)]


def test_context_is_required_when_the_score_is_zero() -> None:
    """Without its word such a rule is silent."""
    book = RuleBook(
        [Rule(category="x", pattern=r"\d{4}", score=0, near=0.8, context=Words("code"), reason="")]
    )

    assert book.find("1234") == []
    assert _spans(book, "code 1234") == [(5, 9, 0.8)]


def test_context_raises_the_confidence() -> None:
    """A rule that stands without its word is surer with it."""
    book = RuleBook(
        [Rule(category="x", pattern=r"\d{4}", score=0.5, near=0.8, context=Words("code"), reason="")]
    )

    assert _spans(book, "1234") == [(0, 4, 0.5)]
    assert _spans(book, "code 1234") == [(5, 9, 0.8)]


def test_the_nearest_word_has_the_number() -> None:
    """The confidence falls with the distance of the word, so that of two rules the nearer word decides."""
    book = RuleBook(
        [Rule(category="x", pattern=r"\d{4}", score=0, near=0.8, context=Words("code"), reason="")]
    )

    near, far = book.find("code 1234")[0], book.find("code of the door 1234")[0]

    assert near.score > far.score


def test_a_word_can_forbid() -> None:
    """Behind a word for something else the rule is silent."""
    book = RuleBook([Rule(category="x", pattern=r"\d{4}", score=1, unless=Words("version"), reason="")])

    assert book.find("version 1234") == []
    assert _spans(book, "code 1234") == [(5, 9, 1)]


def test_a_wide_rule_reads_other_scripts() -> None:
    """Such a rule sees the text itself, also where a lone surrogate stands in it."""
    book = RuleBook([Rule(category="x", pattern="密码(\\d+)", score=1, wide=True, gate=("密码",), reason="")])

    assert _spans(book, "\ud800 密码1234") == [(4, 8, 1)]


def test_a_check_can_shorten_a_match() -> None:
    """The part that the check lets stand is the finding, and the search goes on after it."""
    book = RuleBook([Rule(category="x", pattern=r"\d+", score=1, reason="", check=lambda _: 2)])

    assert _spans(book, "1234") == [(0, 2, 1), (2, 4, 1)]


def test_retry_finds_a_number_behind_another() -> None:
    """After a refused match the search can go on inside it."""
    even = whole(lambda value: value == "5678")
    retried = Rule(category="x", pattern=r"\b\d{4} ?(?:\d{4})?\b", score=1, reason="", check=even, retry=True)
    plain = Rule(category="x", pattern=r"\b\d{4} ?(?:\d{4})?\b", score=1, reason="", check=even)

    assert _spans(RuleBook([retried]), "1234 5678") == [(5, 9, 1)]
    assert RuleBook([plain]).find("1234 5678") == []


def test_a_proof_raises_the_confidence() -> None:
    """A valid check sum makes a finding surer; an invalid one does not refuse it."""
    book = RuleBook(
        [Rule(category="x", pattern=r"\d{4}", score=0.5, near=0.9, reason="", proof="1234".__eq__)]
    )

    assert _spans(book, "1234 1235") == [(0, 4, 0.9), (5, 9, 0.5)]


def test_apart_refuses_a_neighbour_on_the_left() -> None:
    """A number that continues another is not one."""
    book = RuleBook([Rule(category="x", pattern=r"\b\d{4}\b", score=1, reason="", apart=".")])

    assert book.find("0.1234") == []


def test_a_second_word_can_be_demanded() -> None:
    """A token without mark needs the name of its service and a word for a credential."""
    rule = Rule(
        category="x", pattern=r"\d{4}", score=0, near=1, context=Words("acme"), also=Words("token"), reason=""
    )

    assert RuleBook([rule]).find("acme 1234") == []
    assert _spans(RuleBook([rule]), "acme token 1234") == [(11, 15, 0.994)]


def test_an_empty_book_finds_nothing() -> None:
    """No rules, no findings."""
    assert RuleBook([]).find("1234") == []
