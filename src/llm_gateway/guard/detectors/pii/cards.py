"""Payment cards: number by issuer range, length and Luhn; security code and PIN in context."""

from llm_gateway.guard.detectors.context import Words
from llm_gateway.guard.detectors.pii.checksums import compact, luhn
from llm_gateway.guard.detectors.rules import Rule, whole

CARD_WORDS = Words(
    "card, cc, visa, mastercard, amex, american express, credit, debit, pan, payment, discover, "
    "maestro, karte, carte, tarjeta, carta, cartão, cartao, kort, karta, kartą, kartou, kaart, "
    "kortti, kartya, kártya, карт, картка, kart, カード, 信用卡, 银行卡, 卡号, 카드, بطاقة, कार्ड, "
    "thẻ, kartu, บัตร, כרטיס"
)

# First and last prefix of each issuer range with the lengths issued in it.
# Source: ISO/IEC 7812 assignments as published by the networks.
_RANGES: tuple[tuple[str, str, frozenset[int]], ...] = (
    ("4", "4", frozenset({13, 16, 19})),  # Visa
    ("51", "55", frozenset({16})),  # Mastercard
    ("2221", "2720", frozenset({16})),  # Mastercard, second range
    ("34", "34", frozenset({15})),  # American Express
    ("37", "37", frozenset({15})),
    ("300", "305", frozenset({14, 16})),  # Diners Club
    ("3095", "3095", frozenset({14, 16})),
    ("36", "36", frozenset({14, 16})),
    ("38", "39", frozenset({14, 16})),
    ("6011", "6011", frozenset({16, 19})),  # Discover
    ("644", "649", frozenset({16, 19})),
    ("65", "65", frozenset({16, 19})),
    ("3528", "3589", frozenset({16, 17, 18, 19})),  # JCB
    ("1800", "1800", frozenset({15})),
    ("2131", "2131", frozenset({15})),
    ("62", "62", frozenset({16, 17, 18, 19})),  # UnionPay
    ("81", "81", frozenset({16, 17, 18, 19})),
    ("2200", "2204", frozenset({16, 17, 18, 19})),  # Mir
    ("5018", "5018", frozenset(range(12, 20))),  # Maestro
    ("5020", "5020", frozenset(range(12, 20))),
    ("5038", "5038", frozenset(range(12, 20))),
    ("56", "58", frozenset(range(12, 20))),
    ("6304", "6304", frozenset(range(12, 20))),
    ("639", "639", frozenset(range(12, 20))),
    ("67", "67", frozenset(range(12, 20))),
    ("60", "60", frozenset({16})),  # RuPay, Hipercard
    ("508", "508", frozenset({16})),
    ("5060", "5061", frozenset({16, 18, 19})),  # Verve, Elo
    ("9792", "9792", frozenset({16})),  # Troy
)


def _issued(digits: str) -> bool:
    return any(low <= digits[: len(low)] <= high and len(digits) in lengths for low, high, lengths in _RANGES)


def card_number(value: str) -> bool:
    """Whether `value` (digits with separators of one kind) is in an issued range and passes Luhn."""
    digits = compact(value)
    return _issued(digits) and luhn(digits) and len(set(digits)) > 1 and len(set(value) - set(digits)) <= 1


def _named(value: str) -> bool:
    """Store and regional cards lie outside the published ranges: with a word for a card, Luhn is enough."""
    digits = compact(value)
    return len(set(digits)) > 2 and luhn(digits)


_GROUPED = r"\b(\d{4}[ .-]\d{4}[ .-]\d{4}[ .-]\d{4}(?:[ .-]\d{1,3})?)\b"
_GROUPED_SHORT = r"\b(\d{4}[ -]\d{6}[ -]\d{4,5})\b"
_PLAIN = r"\b(\d{14,16})\b"
_RARE = r"\b(\d{4}(?:[ -]?\d{1,6}){2,5})\b"
_CODE_WORDS = Words(
    "cvv, cvv2, cvc, cvc2, cav2, csc, cid code, security code, card code, verification code on the, "
    "kartenprüfnummer, prüfziffer, cryptogramme, código de seguridad, codice di sicurezza, код "
    "безопасности",
    before=28,
    after=0,
)
_PIN_WORDS = Words("pin, pin code, pin-code, pincode, card pin, geheimzahl, pin-kod", before=20, after=0)

RULES = (
    Rule(
        category="credit_card",
        name="grouped",
        pattern=_GROUPED,
        check=whole(card_number),
        retry=True,
        score=0.95,
        near=0.99,
        context=CARD_WORDS,
        gate=(r"[0-9]{4}[ .-][0-9]{4}[ .-]",),
        apart=".",
        reason="grouped digits in an issuer range with a valid check digit",
        positives=(
            "Card 4111 1111 1111 1111 exp 09/27",
            "12 5555-5555-5555-4444",
            "卡号5583 9360 8313 5672。",
            "exp 1225 4242 4242 4242 4242",
        ),
        negatives=(
            "4111 1111 1111 1112",
            "1234 5678 9012 3456",
            "0000 0000 0000 0000",
            "4111-1111 1111-1111",
        ),
    ),
    Rule(
        category="credit_card",
        name="grouped_short",
        pattern=_GROUPED_SHORT,
        check=whole(card_number),
        retry=True,
        score=0.95,
        near=0.99,
        context=CARD_WORDS,
        gate=(r"[0-9]{4}[ -][0-9]{6}[ -]",),
        apart=".",
        reason="grouped digits in an issuer range with a valid check digit",
        positives=("amex 3782 822463 10005", "3056-930902-5904"),
        negatives=("3782 822463 10006", "2024 010203 1005"),
    ),
    Rule(
        category="credit_card",
        name="plain",
        pattern=_PLAIN,
        check=whole(card_number),
        apart=".-",
        score=0.8,
        near=0.99,
        context=CARD_WORDS,
        gate=(r"[0-9]{14}",),
        reason="digits in an issuer range with a valid check digit",
        positives=(
            "pay with 4242424242424242 please",
            "378282246310005",
            "30569309025904",
            "6011000990139424,",
        ),
        negatives=("4242424242424241", "0.4242424242424242", "id 1700000000000000", "x4242424242424242"),
    ),
    Rule(
        category="credit_card",
        name="short",
        pattern=r"\b(\d{12,13})\b",
        check=whole(card_number),
        apart=".-",
        score=0.6,
        near=0.9,
        context=CARD_WORDS,
        gate=(r"\b[0-9]{12,13}\b",),
        reason="twelve or thirteen digits in an issuer range with a valid check digit",
        positives=("4222222222222", "pay 676770830054"),
        negatives=("4222222222221", "id 1700000000000", "0.422222222222"),
    ),
    Rule(
        category="credit_card",
        name="rare_length",
        shape=r"[0-9]{4}(?:[ -]?[0-9]){8}",
        pattern=_RARE,
        check=whole(card_number),
        retry=True,
        apart=".-",
        score=0,
        near=0.9,
        context=CARD_WORDS,
        reason="digits of a rarer card length with a valid check digit, named as a card",
        positives=(
            "my card is 4222222222222",
            "Visa 4000 0000 0000 0000 006 ok",
            "maestro card 6759 6498 2643 8453",
        ),
        negatives=("4000 0000 0000 0000 006", "card 4222222222221"),
    ),
    Rule(
        category="credit_card",
        name="named",
        shape=r"[0-9]{4}(?:[ -]?[0-9]){8}",
        pattern=r"\b(\d(?:[ -]?\d){11,18})\b",
        check=whole(_named),
        apart=".-",
        score=0,
        near=0.85,
        context=CARD_WORDS,
        reason="twelve to nineteen digits with a valid check digit, named as a card",
        positives=("store card 9999 9999 1234 5672", "card no 0604123456781"),
        negatives=("9999 9999 1234 5672", "card 9999 9999 1234 5676"),
    ),
    Rule(
        category="cvv",
        shape=r"\b[0-9]{3,4}\b",
        pattern=r"\b(\d{3,4})\b",
        score=0,
        near=0.85,
        context=_CODE_WORDS,
        reason="three or four digits named as a card security code",
        positives=("CVV: 123", "exp 09/27 cvc 4455", '"cvv2": "981"'),
        negatives=("page 123", "CVV is required", "cvv 12345"),
    ),
    Rule(
        category="pin",
        shape=r"\b[0-9]{4,6}\b",
        pattern=r"\b(\d{4,6})\b",
        score=0,
        near=0.7,
        context=_PIN_WORDS,
        reason="four to six digits named as a PIN",
        positives=("my PIN is 4821", "pin: 001122"),
        negatives=("pinned 4821 posts", "area 4821"),
    ),
)
