"""Placeholders and the other styles."""

import json

import pytest

from llm_gateway.guard.detectors.pii.bank import iban_length
from llm_gateway.guard.detectors.pii.cards import card_number
from llm_gateway.guard.masking import Masker, MaskSpan, PlaceholderMap, Restorer, Style, secret_for

SECRET = b"k" * 32
CARD = "4111 1111 1111 1111"


def _one(value: str, category: str, style: Style = Style.PLACEHOLDER, secret: bytes = SECRET) -> str:
    return Masker(secret).mask(value, [MaskSpan(0, len(value), category, style)])


def test_the_same_value_has_the_same_placeholder_forever() -> None:
    """Another turn, another process, another order: nothing is counted."""
    first, later = Masker(SECRET), Masker(SECRET)
    later.mask("ann@example.org", [MaskSpan(0, 15, "email")])

    assert first.mask(CARD, [MaskSpan(0, 19, "credit_card")]) == later.mask(
        CARD, [MaskSpan(0, 19, "credit_card")]
    )


def test_another_secret_gives_another_placeholder() -> None:
    """Keys and conversations do not share placeholders."""
    assert _one(CARD, "credit_card") != _one(CARD, "credit_card", secret=b"x" * 32)
    assert secret_for(SECRET, "key", "one") != secret_for(SECRET, "key", "two")
    assert secret_for(SECRET, "ab", "c") != secret_for(SECRET, "a", "bc")


def test_the_type_can_be_read() -> None:
    """The model can tell a card from a mailbox."""
    assert _one(CARD, "credit_card").startswith("[CARD_")
    assert _one("ann@example.org", "email").startswith("[EMAIL_")


def test_spellings_share_the_code_and_keep_their_form() -> None:
    """One card written two ways is one card for the model, and comes back as it was written."""
    masker = Masker(SECRET)
    spaced = masker.mask(CARD, [MaskSpan(0, 19, "credit_card")])
    plain = masker.mask("4111111111111111", [MaskSpan(0, 16, "credit_card")])
    restorer = Restorer(masker.mapping)

    assert spaced.startswith(plain[:-1])
    assert (restorer.restore(spaced), restorer.restore(plain)) == (CARD, "4111111111111111")


def test_different_values_never_share() -> None:
    """Ten thousand people, ten thousand placeholders."""
    masker = Masker(SECRET)
    names = {masker.mask(f"person {n}", [MaskSpan(0, len(f"person {n}"), "person")]) for n in range(10_000)}

    assert len(names) == 10_000


def test_a_placeholder_in_the_text_is_not_given_to_a_value() -> None:
    """A client that writes the placeholder of a value gets its own text back, not the value."""
    name = _one(CARD, "credit_card")
    text = f"{name} is not {CARD}"
    masker = Masker(SECRET, [text])
    masked = masker.mask(text, [MaskSpan(len(text) - 19, len(text), "credit_card")])

    assert masked.startswith(name)
    assert text == Restorer(masker.mapping).restore(masked)
    assert name == Restorer(masker.mapping).restore(name)


def test_json_arguments_share_the_value_of_plain_text() -> None:
    """A value escaped in tool-call arguments is the same value, and comes back valid."""
    masker = Masker(SECRET)
    value = 'Anna "Bo" Öst'
    text = json.dumps({"to": value})
    start = text.index("Anna")
    masked = masker.mask(text, [MaskSpan(start, len(text) - 2, "person")], json_depth=1)

    assert masker.mask(value, [MaskSpan(0, len(value), "person")]) in masked
    assert {"to": value} == json.loads(Restorer(masker.mapping, json_depth=1).restore(masked))


def test_overlapping_spans_become_one_in_the_stricter_style() -> None:
    """No part of a value that is to be redacted survives because another rule masks it."""
    spans = [MaskSpan(0, 6, "email"), MaskSpan(4, 12, "phone", Style.REDACT)]

    assert Masker(SECRET).mask("abcdefghijkl!", spans) == "[PHONE REDACTED]!"


@pytest.mark.parametrize("style", [Style.HASH, Style.REDACT, Style.PARTIAL, Style.SURROGATE])
def test_other_styles_are_for_good(style: Style) -> None:
    """Nothing but placeholders goes into the map."""
    masker = Masker(SECRET)
    masked = masker.mask(CARD, [MaskSpan(0, 19, "credit_card", style)])

    assert len(masker.mapping) == 0
    assert "4111 1111" not in masked


def test_partial_shows_the_last_four_of_long_values_only() -> None:
    """Separators stay; a short value shows nothing."""
    assert _one(CARD, "credit_card", Style.PARTIAL) == "**** **** **** 1111"
    assert _one("123", "cvv", Style.PARTIAL) == "***"


def test_hash_is_keyed_and_stable() -> None:
    """The same value gives the same mark under one key only."""
    assert _one(CARD, "credit_card", Style.HASH) == _one("4111111111111111", "credit_card", Style.HASH)
    assert _one(CARD, "credit_card", Style.HASH) != _one(CARD, "credit_card", Style.HASH, secret=b"x")


@pytest.mark.parametrize("number", range(50))
def test_surrogates_are_plausible(number: int) -> None:
    """Cards and accounts keep their checks and form, people differ, and the stand-in never is the value."""
    secret = number.to_bytes(16, "big")
    card = _one(CARD, "credit_card", Style.SURROGATE, secret)
    iban = _one("GB29 NWBK 6016 1331 9268 19", "iban", Style.SURROGATE, secret)

    assert card_number(card)
    assert iban_length(iban) == len(iban) == 27
    assert _one("ann@corp.org", "email", Style.SURROGATE, secret).endswith("@example.com")
    assert _one("566-64-4119", "us_ssn", Style.SURROGATE, secret)[0] == "9"
    assert _one("+39 300 555 0123", "phone", Style.SURROGATE, secret).startswith("+39 300")


def test_surrogates_of_different_people_differ() -> None:
    """Within an exchange no stand-in is used twice."""
    masker = Masker(SECRET)
    names = [f"Person {n}" for n in range(100)]
    made = {masker.mask(name, [MaskSpan(0, len(name), "person", Style.SURROGATE)]) for name in names}

    assert len(made) == 100


def test_the_map_can_be_stored() -> None:
    """What was dumped restores the same; junk is an error."""
    masker = Masker(SECRET)
    masked = masker.mask(CARD, [MaskSpan(0, 19, "credit_card")])
    again = PlaceholderMap.load(masker.mapping.dump())

    assert Restorer(again).restore(masked) == CARD
    assert CARD not in repr(masker.mapping)
    with pytest.raises(ValueError, match="not a stored"):
        PlaceholderMap.load(b'{"x": "y"}')


def test_a_known_map_keeps_its_names() -> None:
    """With the map of an earlier exchange its values come back too."""
    earlier = Masker(SECRET)
    name = earlier.mask(CARD, [MaskSpan(0, 19, "credit_card")])
    later = Masker(SECRET, [name], known=earlier.mapping)

    assert name == later.mask(CARD, [MaskSpan(0, 19, "credit_card")])
    assert Restorer(later.mapping).restore(name) == CARD
