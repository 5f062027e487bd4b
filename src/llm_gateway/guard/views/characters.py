"""Character tables: what is invisible, what is a styled letter, what looks like a Latin one.

Sources: Unicode 15 general categories and compatibility decompositions, the parts of UTS 39
`confusables.txt` whose target is an ASCII letter, and the variation-selector and tag blocks.
"""

import unicodedata

INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Never drawn. Joiners (U+200C, U+200D) and U+FE00 to U+FE0F are not here: scripts and emoji need them."""

JOINED = "A-Za-z0-9\u00c0-\u024f\u0370-\u052f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
"""Letters of scripts in which a joiner or variation selector between two of them has no use."""

MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20dc\u20e5-\u20f0\ufe20-\ufe2f"
"""Combining marks that can be piled on any letter. Those of Hebrew, Arabic, Thai, Indic are not here."""

_STYLED = (
    (0x02B0, 0x02B8), (0x1D2C, 0x1D6A), (0x2071, 0x209C), (0x2102, 0x2149), (0x2460, 0x24EA),
    (0xFB00, 0xFB06), (0xFE8D, 0xFEFC), (0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A),
    (0xFF66, 0xFF9D), (0x1D400, 0x1D7FF), (0x1F110, 0x1F149),
)  # fmt: skip
_COMMON = frozenset("№℡™℠℃℉ªº")
_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz", strict=True))


def _styled() -> dict[str, str]:
    """Letters and digits in fancy dress (full-width, mathematical, circled, superscript) → plain."""
    table: dict[str, str] = dict(_SMALL_CAPITALS)
    for first, last in _STYLED:
        for point in range(first, last + 1):
            char = chr(point)
            plain = unicodedata.normalize("NFKC", char)
            if plain != char and char not in _COMMON and any(c.isalnum() for c in plain):
                table[char] = plain.strip("()")
    for offset in range(26):
        table[chr(0x1F150 + offset)] = table[chr(0x1F170 + offset)] = chr(0x41 + offset)
    return table


STYLED = _styled()
STYLED_CLASS = "".join(STYLED)
STYLED_ALIKE = {ord(char): plain for char, plain in STYLED.items() if len(plain) == 1}
STYLED_LONGER = {char: plain for char, plain in STYLED.items() if len(plain) > 1}

_LOOKALIKES = {
    "a": "аɑα", "b": "ьβƄвЬ", "c": "сϲ", "d": "ԁ", "e": "еёҽє", "f": "ſϝ", "g": "ɡց", "h": "һհн",
    "i": "іїιɩɪ", "j": "јϳȷ", "k": "кκ", "l": "ӏ", "m": "м", "n": "пոη", "o": "оοօσ", "p": "рρ",
    "q": "ԛգ", "r": "гᴦ", "s": "ѕƽ", "t": "тτ", "u": "υսʋц", "v": "ѵν", "w": "ԝաѡω", "x": "хχ",
    "y": "уүγʏ", "z": "ᴢ",
    "A": "АΑᎪꓮ", "B": "ВΒᏴꓐ", "C": "СϹᏟꓚ", "D": "Ꭰꓓ", "E": "ЕΕᎬꓰЁ", "F": "Ϝꓝ", "G": "ԌᏀꓖ",
    "H": "НΗᎻꓧ", "I": "ІΙꓲЇ", "J": "ЈᎫꓙ", "K": "КΚᏦꓗ", "L": "Ꮮꓡ", "M": "МΜᎷꓟ", "N": "Νꓠ",
    "O": "ОΟՕꓳ", "P": "РΡᏢꓑ", "Q": "Ԛ", "R": "Ꭱꓣ", "S": "ЅՏᏚꓢ", "T": "ТΤᎢꓔ", "U": "ԱՍꓴ",
    "V": "Ꮩꓦ", "W": "ԜᎳꓪ", "X": "ХΧꓫ", "Y": "УΥҮꓬ", "Z": "ΖᏃꓜ",
}  # fmt: skip

LOOKALIKES = {ord(char): latin for latin, chars in _LOOKALIKES.items() for char in chars}
"""Letters that look like a Latin one. Only of use inside a word that also has Latin letters."""

LOOKALIKE_CLASS = "".join(chr(point) for point in LOOKALIKES)
