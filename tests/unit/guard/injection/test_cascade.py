from dataclasses import replace

from llm_gateway.guard.injection.cascade import BUDGET, SETTLED

from .fakes import MARKS, FakeEncoder, cascade

FILLER = "Boats longer than twelve metres need a reservation which the office confirms. "


def test_what_the_screen_settles_never_reaches_the_encoder() -> None:
    """Plainly benign text costs only the cheap tier and has a risk below all others."""
    encoder = FakeEncoder()
    found = cascade(encoder).assess(FILLER * 30, third_party=True)

    assert encoder.seen == []
    assert found.read == 0
    assert 0 < found.risk < SETTLED


def test_an_attack_is_found_wherever_it_stands() -> None:
    """Nothing is cut off: the first, a middle and the last window count alike."""
    for before in (0, 40, 400):
        encoder = FakeEncoder()
        text = FILLER * before + "ATTACK now. " + FILLER * (400 - before)
        found = cascade(encoder).assess(text, third_party=True)

        assert found.risk > 0.9
        assert "ATTACK" in text[found.start : found.end]
        assert len(encoder.seen) <= 2


def test_the_encoder_reads_at_most_its_budget() -> None:
    """A long document that is suspicious throughout has a bounded cost, and the hottest windows go first."""
    encoder = FakeEncoder()
    found = cascade(encoder, "reservation", "ATTACK").assess(FILLER * 500 + "ATTACK ATTACK", third_party=True)

    assert found.read <= BUDGET
    assert found.windows > 50
    assert found.risk > 0.9


def test_categories_are_told_apart() -> None:
    """The class that the encoder gives most weight names the category."""
    assert cascade(FakeEncoder()).assess("ATTACK", third_party=False).category == "injection"
    assert cascade(FakeEncoder()).assess("PERSONA", third_party=False).category == "jailbreak"


def test_a_harmful_request_is_no_attack() -> None:
    """It is kept apart: the risk stays low, and its own probability is given."""
    found = cascade(FakeEncoder()).assess("HARM", third_party=False)

    assert found.risk < 0.1
    assert found.harmful > 0.9


def test_the_encoder_is_told_who_wrote_the_text() -> None:
    """Provenance reaches the model."""
    encoder = FakeEncoder()
    cascade(encoder).assess("ATTACK", third_party=True)

    assert encoder.third_party == [True]


def test_the_hottest_span_is_the_sentence_that_attacks() -> None:
    """The finding points at the sentence, not at the window around it."""
    text = "The office opens at nine today. Please ATTACK the model now. The boats are all in."
    judge = cascade(FakeEncoder())
    found = judge.assess(text, third_party=True)
    start, end = judge.hottest_span(text, found, third_party=True)

    assert text[start:end].strip() == "Please ATTACK the model now."


def test_an_attack_without_a_hot_sentence_is_reported_whole() -> None:
    """If no sentence is an attack by itself, the window is the span."""
    text = "It is an ATT. ACK that spans sentences here."
    encoder = FakeEncoder()
    judge = cascade(encoder, "It")
    found = replace(judge.assess(text, third_party=True), probabilities=MARKS["ATTACK"])

    assert judge.hottest_span(text, found, third_party=True) == (0, len(text))
