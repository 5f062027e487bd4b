"""The character attacks of arXiv 2504.11168: the same words to a model, other bytes to a detector.

Each function takes a text and a source of randomness and returns the text in disguise.
"""

from collections.abc import Callable
from random import Random

Attack = Callable[[str, Random], str]

LEET = str.maketrans("aeiostAEIOST", "431057431057")
LOOK_ALIKES = str.maketrans("aceiopsxyjhkABCEHIKMOPTXY", "асеіорѕхујһкАВСЕНІКМОРТХУ")
FLIPPED = str.maketrans(
    "abcdefghijklmnopqrstuvwyz.,?!'\"()[]{}<>&_",
    "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍʎz˙'¿¡,„)(][}{><⅋‾",
)
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
ACCENTS = "\u0300\u0301\u0302\u0303\u0308\u030a\u030c\u0327\u0328"


def numbers(text: str, random: Random) -> str:
    """Letters as the digits that resemble them."""
    return text.translate(LEET)


def homoglyphs(text: str, random: Random) -> str:
    """Latin letters as Cyrillic ones that look the same."""
    return text.translate(LOOK_ALIKES)


def zero_width(text: str, random: Random) -> str:
    """An invisible character behind every letter."""
    return "".join(char + random.choice(ZERO_WIDTH) if char.isalnum() else char for char in text)


def diacritics(text: str, random: Random) -> str:
    """A combining accent on every letter."""
    return "".join(char + random.choice(ACCENTS) if char.isalpha() else char for char in text)


def underline(text: str, random: Random) -> str:
    """A combining underline on every letter."""
    return "".join(char + "\u0332" if char.isalnum() else char for char in text)


def spaces(text: str, random: Random) -> str:
    """A space between all letters, words further apart."""
    return "  ".join(" ".join(word) for word in text.split())


def full_width(text: str, random: Random) -> str:
    """ASCII as the wide forms of East Asian typography."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def upside_down(text: str, random: Random) -> str:
    """Letters turned around, last one first."""
    return text.lower().translate(FLIPPED)[::-1]


def bidirectional(text: str, random: Random) -> str:
    """Characters reversed between marks that make a display turn them back."""
    return "\n".join("\u202e" + line[::-1] + "\u202c" for line in text.split("\n"))


def deletion(text: str, random: Random) -> str:
    """Wrong letters, each followed by a backspace that takes it away."""
    return "".join(
        char + random.choice("abcdefgh") + "\b" if char.isalpha() and random.random() < 0.5 else char
        for char in text
    )


def tags(text: str, random: Random) -> str:
    """ASCII as invisible tag characters."""
    hidden = "".join(chr(0xE0000 + ord(char)) if " " <= char <= "~" else char for char in text)
    return random.choice(["Hello! ", "Thanks. ", "🙂 "]) + hidden


def emoji_smuggling(text: str, random: Random) -> str:
    """Bytes as variation selectors behind an emoji."""
    hidden = "".join(_selector(byte) for byte in text.encode("utf-8", "replace"))
    return random.choice("😀👍📎🌊🔑") + hidden


def _selector(byte: int) -> str:
    return chr(0xFE00 + byte) if byte < 16 else chr(0xE0100 + byte - 16)


ATTACKS: dict[str, Attack] = {
    attack.__name__: attack
    for attack in (
        numbers, homoglyphs, zero_width, diacritics, underline, spaces, full_width, upside_down,
        bidirectional, deletion, tags, emoji_smuggling,
    )
}  # fmt: skip

FOR_TRAINING = (
    "numbers",
    "homoglyphs",
    "spaces",
    "full_width",
    "diacritics",
    "deletion",
    "zero_width",
    "underline",
)
"""Those a model can nearly read; of the others only a decoded view shows anything."""


def disguise(text: str, random: Random) -> str:
    """The text under one of the attacks that training uses; at times only some of its words."""
    attack = ATTACKS[random.choice(FOR_TRAINING)]
    if random.random() < 0.5:
        return attack(text, random)
    words = text.split(" ")
    return " ".join(attack(word, random) if random.random() < 0.5 else word for word in words)
