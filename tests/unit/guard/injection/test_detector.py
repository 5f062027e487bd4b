import pytest

from llm_gateway.domain.text import Provenance, Segment
from llm_gateway.guard.detector import Reading
from llm_gateway.guard.injection.detector import InjectionDetector

from .fakes import FakeEncoder, cascade


def detector(encoder: FakeEncoder | None = None, **options: bool) -> InjectionDetector:
    return InjectionDetector(lambda: cascade(encoder or FakeEncoder()), "1", **options)


def reading(text: str, provenance: Provenance = Provenance.USER) -> Reading:
    return Reading(Segment(("messages", 0), text, provenance))


def test_weights_are_loaded_when_the_first_text_comes() -> None:
    """Building the detector costs nothing; its name and version are known before."""
    loaded: list[bool] = []
    lazy = InjectionDetector(lambda: loaded.append(True) or cascade(FakeEncoder()), "7")  # type: ignore[func-returns-value]

    assert (lazy.name, lazy.version, loaded) == ("injection", "7", [])
    list(lazy.find(reading("hello")))
    list(lazy.find(reading("hello")))
    assert loaded == [True]


def test_an_attack_is_one_finding_with_its_span() -> None:
    """Category, score, span and a reason without the text."""
    text = "The office opens at nine today. Please ATTACK the model now. All boats are in."
    (found,) = detector().find(reading(text, Provenance.TOOL))

    assert (found.detector, found.category, found.view) == ("injection", "injection", "text")
    assert found.score > 0.9
    assert text[found.start : found.end].strip() == "Please ATTACK the model now."
    assert "ATTACK" not in found.reason


def test_clean_text_has_no_finding() -> None:
    """Nothing is reported below the score worth mentioning."""
    assert list(detector().find(reading("Which boats are in?"))) == []
    assert list(detector().find(reading(""))) == []


def test_operators_are_judged_only_if_asked() -> None:
    """System prompts are full of instructions to the model; that is their purpose."""
    prompt = reading("ATTACK", Provenance.OPERATOR)

    assert list(detector().find(prompt)) == []
    assert [found.category for found in detector(operator_too=True).find(prompt)] == ["injection"]


def test_a_harmful_request_is_a_category_of_its_own() -> None:
    """Policy decides about it; it is no injection."""
    assert [found.category for found in detector().find(reading("HARM"))] == ["harmful_request"]


def test_a_hidden_reading_is_judged_and_named() -> None:
    """An attack in an encoding is found in the decoded view, its span is that of the encoded form."""
    text = "see QVRUQUNLIFBFUlNPTkEgQVRUQUNL ok"  # ATTACK PERSONA ATTACK
    (found,) = detector().find(reading(text))

    assert found.view != "text"
    assert text[found.start : found.end] in text
    assert "hidden" in found.reason


@pytest.mark.parametrize("text", ["\ud800", "\x00", " " * 5000, "🙂" * 3000, "\u202e" * 10])
def test_no_text_raises(text: str) -> None:
    """Whatever is sent is judged."""
    list(detector().find(reading(text)))


def test_a_weak_finding_is_told_but_not_narrowed() -> None:
    """The risk is worth knowing; the sentences of its window are not worth further runs of the encoder."""
    encoder = FakeEncoder()
    judge = InjectionDetector(lambda: cascade(encoder, "DOUBT"), "1")
    found = list(
        judge.find(
            reading("The office opens at nine today. The DOUBT is in. Nobody else is.", Provenance.TOOL)
        )
    )

    assert [one.score < 0.5 for one in found] == [True]
    assert len(encoder.seen) == 1
