"""E-mail addresses and telephone numbers."""

import re

from llm_gateway.guard.detectors.context import Words
from llm_gateway.guard.detectors.folding import LETTER
from llm_gateway.guard.detectors.rules import Rule, whole

_LOCAL = rf"[A-Za-z0-9_%+'{LETTER}-]+(?:\.[A-Za-z0-9_%+'{LETTER}-]+)*"
_LABELS = rf"[A-Za-z0-9{LETTER}-]+(?:\.[A-Za-z0-9{LETTER}-]+)*\.[A-Za-z{LETTER}]{{2,24}}"
_FILES = frozenset(
    {
        "png",
        "jpg",
        "jpeg",
        "gif",
        "svg",
        "webp",
        "avif",
        "ico",
        "css",
        "js",
        "mjs",
        "ts",
        "tsx",
        "jsx",
        "json",
        "map",
        "html",
        "htm",
        "py",
        "rb",
        "go",
        "rs",
        "java",
        "md",
        "txt",
        "yml",
        "yaml",
    }
)

_WORD = r"[A-Z0-9_-]{1,63}"
_AT = r"(?: ?[\[({<] ?(?:at|@|arroba) ?[\])}>] ?| at )"
_DOT = r"(?:\.| ?[\[({<] ?(?:dot|punkt|punto|\.) ?[\])}>] ?| dot )"


def _spelled(value: str) -> bool:
    """Something is in brackets, or both signs are words: `meet at example.com` is no mailbox."""
    lower = value.lower()
    return any(bracket in lower for bracket in "[({<") or " dot " in lower


def _mailbox(value: str) -> bool:
    local, _, host = value.rpartition("@")
    labels = host.split(".")
    return (
        len(local) <= 64
        and len(host) <= 253
        and labels[-1].lower() not in _FILES
        and not any(label.startswith("-") or label.endswith("-") for label in labels)
    )


PHONE_WORDS = Words(
    "phone, telephone, tel, tél, appeler, appelez, joindre, erreichbar, anrufen, ruf mich, chiamala, "
    "chiamami, terugbellen, bereikbaar, nå mig, llámame, me liga, tel., mobile, cell, call, fax, "
    "whatsapp, sms, text me, contact, reach me, reach us, dial, ring, number is, telefon, telf, "
    "telefoon, handy, mobil, mobiel, móvil, movil, teléfono, telefono, cellulare, téléphone, "
    "portable, numéro, numero, número, telemóvel, celular, telefone, puhelin, tlf, komórka, тел, моб, "
    "номер, звон, 電話, 携帯, 电话, 手机, 전화, 연락처, هاتف, جوال, फ़ोन, फोन, मोबाइल, điện thoại, "
    "sđt, โทร, טלפון, bel, hotline, office, answering at",
    before=48,
    after=16,
)


_EXTENSION_MARK = re.compile(r" ?(?:x|ext\.?|#)", re.IGNORECASE)


def _digits(value: str) -> str:
    """The digits of a number, without its extension."""
    return "".join(char for char in _EXTENSION_MARK.split(value, maxsplit=1)[0] if char.isdigit())


def _international(value: str) -> bool:
    digits = _digits(value).removeprefix("011" if value.startswith("011") else "00")
    return 8 <= len(digits) <= 15 and digits[0] != "0" and len(set(digits)) > 2


def _north_american(value: str) -> bool:
    digits = _digits(value)[-10:]
    return digits[0] in "23456789" and digits[3] in "23456789" and len(set(digits)) > 2


def _national(value: str) -> bool:
    digits = _digits(value)
    return 6 <= len(digits) <= 13 and len(set(digits)) > 2 and not _date(value)


def _date(value: str) -> bool:
    parts = value.replace("/", "-").replace(".", "-").split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return False
    sizes = tuple(len(part) for part in parts)
    return sizes[1] <= 2 and max(sizes) == 4 and min(sizes[0], sizes[2]) <= 2


_GROUP = r"(?:(?:[ /-]{0,2}|\.)\(?\d{1,5}\)?)"
_ACCOUNTS = Words(
    "account, acct, iban, konto, compte, cuenta, conta, conto, счёт, счет, 账号, 계좌, 口座",
    before=32,
    after=0,
)
_EXTENSION = r"(?:(?: ?(?:x|ext\.?|#) ?)\d{1,6})?"
# Forms that a reader takes for a telephone number without being told: French pairs, German and
# British mobile and city numbers, Korean, Japanese, Swedish and Chinese mobile numbers.
_FORMS = (
    r"(\b0[1-9](?:[ .]\d\d){4}\b|\b01[5-7]\d[ /-]?\d{7,8}\b|\b0\d{4} \d{6}\b|\b02\d \d{4} \d{4}\b"
    r"|\b07\d{3} ?\d{6}\b|\b01[016789]-\d{3,4}-\d{4}\b|\b0[5789]0-\d{4}-\d{4}\b|\b0\d\d \d{3} \d{4}\b"
    r"|\b0\d{3}-\d{6}\b|\b07\d[- ]\d{3} \d\d \d\d\b|\b1[3-9]\d{9}\b|\(\d{2,5}\) ?\d{3,4}[ -]\d{3,5}\b"
    rf"|\b\d{{3}}[.-]\d{{3}}[.-]\d{{4}}{_EXTENSION}\b"
    r"|\b0\d{3,4} \d{3} \d{3,4}\b|\b0[1-9]\d{0,3}[ /-]\d{6,8}\b)"
)

RULES = (
    Rule(
        category="email",
        pattern=rf"({_LOCAL}@{_LABELS})",
        check=whole(_mailbox),
        score=0.97,
        gate=("@",),
        apart="/",
        reason="a mailbox at a domain",
        positives=(
            "write to k.drake@pelldaughters.example.com / 020",
            "邮箱zhang.wei@corp.co.uk。",
            "jürgen@müller.de",
            "<tadhg+lists@eire.test>",
            "mail: CharlieVincent@fleckens.hu",
        ),
        negatives=("logo@2x.png", "user@localhost", "pkg@1.2.3", "@handle", "a@-b.com"),
    ),
    Rule(
        category="email",
        name="spelled",
        pattern=rf"(?i)\b({_WORD}(?:{_DOT}{_WORD}){{0,3}}{_AT}{_WORD}(?:{_DOT}{_WORD}){{0,3}}{_DOT}[A-Z]{{2,12}})\b",
        check=whole(_spelled),
        score=0.85,
        gate=(r"[\[({<] ?(?:at|@|arroba) ?[\])}>]", r" at [a-z0-9-]{1,63} ?[\[({]? ?dot "),
        reason="a mailbox with its signs spelled out",
        positives=(
            "john [at] example [dot] com",
            "mail jane.doe(at)example.org",
            "ann at corp dot co dot uk",
        ),
        negatives=("look at example dot", "meet me at noon", "array[at] x"),
    ),
    Rule(
        category="phone",
        name="international",
        check=whole(_international),
        score=0.9,
        near=0.97,
        context=PHONE_WORDS,
        pattern=rf"(\+\(?\d{{1,3}}\)?{_GROUP}{{2,6}}{_EXTENSION})\b",
        gate=(r"\+[ (]?[0-9]",),
        apart=".+_-0123456789",
        reason="international dialling form",
        positives=(
            "+39 300 555 0123",
            "+1-202-555-0147",
            "ring +46 389 942 855",
            "+31832919913",
        ),
        negatives=("+1", "1+2345", "+0 123 456 7890", "a+12345678901x"),
    ),
    Rule(
        category="phone",
        name="exit_code",
        check=whole(_international),
        score=0.6,
        near=0.9,
        context=PHONE_WORDS,
        pattern=rf"((?:\b00|\b011[ -])\(?[1-9]\d{{0,2}}\)?{_GROUP}{{2,6}}{_EXTENSION})\b",
        gate=(r"\b00[0-9]", r"\b011[ -]"),
        apart=".+_-/",
        unless=_ACCOUNTS,
        reason="international dialling form",
        positives=("0049 30 901820", "011 44 20 7946 0553"),
        negatives=("00 49", "account 0049 30 901820", "0000 1234 5678"),
    ),
    Rule(
        category="phone",
        name="national_form",
        check=whole(_national),
        score=0.65,
        near=0.95,
        context=PHONE_WORDS,
        pattern=_FORMS,
        gate=(
            r"\b0[0-9]",
            r"\b1[3-9][0-9]{9}\b",
            r"\([0-9]{2,5}\) ?[0-9]{3}",
            r"[0-9]{3}[.-][0-9]{3}[.-][0-9]{4}",
        ),
        apart=".+_-/",
        reason="the form of a national number",
        positives=(
            "06 39 98 04 17",
            "0152 28817386",
            "020 7946 0553",
            "07700 900260",
            "010-0000-0142",
            "090-1234-5678",
            "070-174 06 42",
            "13812345678",
            "(096) 571-7080",
        ),
        negatives=("00 39 98 04", "1234 56789", "0000-0002-1825-0097"),
    ),
    Rule(
        category="phone",
        name="north_american",
        check=whole(_north_american),
        score=0.7,
        near=0.95,
        context=PHONE_WORDS,
        pattern=rf"((?:\b1[ .-])?(?:\([2-9]\d\d\) ?|\b[2-9]\d\d[.-])[2-9]\d\d[.-]\d{{4}}{_EXTENSION})\b",
        gate=(r"[0-9]{3}[.-][0-9]{4}",),
        apart=".-+_/",
        reason="North American form",
        positives=("(360) 555-0119", "360-555-0119", "1-877-547-3967x793", "212.555.0142"),
        negatives=("123-456-7890", "360-055-0119", "12-360-555-0119"),
    ),
    Rule(
        category="phone",
        name="named",
        shape=r"[0-9](?:[ ./()-]{0,3}[0-9]){5}",
        check=whole(_national),
        score=0,
        near=0.72,
        context=PHONE_WORDS,
        pattern=rf"(\(?\b\d(?:[ /()-]{{0,2}}\d|\.\d){{6,14}}{_EXTENSION}|\b\d\d \d\d \d\d)\b",
        apart=".+_-#$€£:",
        reason="a number named as a telephone",
        positives=(
            "tel 020 7946 0553",
            "電話は090-0000-0142",
            "mon téléphone 038 776 8374",
            "you can call 33 93 31",
            "call (044)688-7538x8775",
        ),
        negatives=("total 020 7946 0553", "call 12", "phone 2024-01-02"),
    ),
)
