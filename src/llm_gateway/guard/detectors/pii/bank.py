"""Bank accounts: IBAN by country length and check digits; other account numbers in context."""

from llm_gateway.guard.detectors.context import Words
from llm_gateway.guard.detectors.pii.checksums import compact, mod97, weighted
from llm_gateway.guard.detectors.rules import Rule, whole

# Length per country. Source: SWIFT IBAN registry, release 99.
_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27,
    "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27, "DK": 18, "DO": 28,
    "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FK": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23,
    "GL": 18, "GR": 27, "GT": 28, "HN": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26,
    "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21,
    "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28,
    "NL": 18, "NO": 15, "OM": 23, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22,
    "RU": 33, "SA": 24, "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "SO": 23, "ST": 25,
    "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20, "YE": 30,
}  # fmt: skip


def iban_length(value: str) -> int:
    """How many characters of `value` are an IBAN: country length, free end, check digits; 0 for none."""
    wanted = _LENGTHS.get(value[:2].upper(), 0)
    letters = 0
    for at, char in enumerate(value):
        letters += char.isalnum()
        if letters == wanted:
            return at + 1 if _ends(value, at + 1) and _valid(value[: at + 1]) else 0
    return 0


def _ends(value: str, end: int) -> bool:
    return end == len(value) or not value[end].isalnum()


def _valid(value: str) -> bool:
    number = compact(value)
    return mod97(number[4:] + number[:4]) == 1


def _routing(digits: str) -> bool:
    """ABA routing transit number: Federal Reserve prefix and 3-7-1 weights."""
    prefix = int(digits[:2])
    known = prefix <= 12 or 21 <= prefix <= 32 or 61 <= prefix <= 72 or prefix == 80
    return known and digits != "000000000" and weighted(digits, (3, 7, 1) * 3) % 10 == 0


def _bic(value: str) -> bool:
    return value[4:6] in _LENGTHS or value[4:6] in _BIC_ONLY


_BIC_ONLY = frozenset(
    {
        "US",
        "CA",
        "AU",
        "NZ",
        "JP",
        "CN",
        "HK",
        "SG",
        "IN",
        "ID",
        "TH",
        "MY",
        "PH",
        "VN",
        "KR",
        "TW",
        "ZA",
        "NG",
        "KE",
        "MX",
    }
)
_IBAN = r"(?i)\b([A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,34})"
_ACCOUNT_WORDS = Words(
    "account number, account no, acct, account #, account:, account is, bank account, bankacct, "
    "savings account, checking account, sort code, kontonummer, kontonr, bankkonto, rekeningnummer, "
    "numéro de compte, compte bancaire, número de cuenta, cuenta bancaria, conta corrente, conta "
    "bancária, numero di conto, conto corrente, numer konta, číslo účtu, счёт, счет №, расчетный "
    "счет, 银行账号, 账号, 계좌, 口座番号, account, acc, iban",
    before=40,
    after=0,
)
_ROUTING_WORDS = Words("routing, aba, transit number, rtn", before=40, after=16)
_BIC_WORDS = Words("bic, swift, bic/swift", before=32, after=8)
_SORT_WORDS = Words("sort code, sortcode, sort-code", before=32, after=0)

RULES = (
    Rule(
        category="iban",
        pattern=_IBAN,
        check=iban_length,
        score=0.98,
        retry=True,
        gate=(r"[a-z]{2}[0-9]{2}[ -]?[a-z0-9]{3}",),
        reason="country length and ISO 7064 check digits hold",
        positives=(
            "GB29 NWBK 6016 1331 9268 19.",
            "an DE89370400440532013000 und",
            "my iban is gb82west12345698765432",
            "IBAN: LU28 0019 4006 4475 0000",
            "NO93 8601 1117 947 ok",
        ),
        negatives=("GB29 NWBK 6016 1331 9268 18", "XX29 NWBK 6016 1331 9268 19", "DE8937040044053201300"),
    ),
    Rule(
        category="us_bank_routing",
        shape=r"[0-9]{9}",
        pattern=r"\b(\d{9})\b",
        check=whole(_routing),
        score=0,
        near=0.9,
        context=_ROUTING_WORDS,
        reason="nine digits with a valid ABA check, named as a routing number",
        positives=("routing number 021000021", "ABA: 121000358"),
        negatives=("routing number 021000022", "order 021000021"),
    ),
    Rule(
        category="bic",
        pattern=r"\b([A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b",
        check=whole(_bic),
        score=0,
        near=0.85,
        context=_BIC_WORDS,
        reason="eight or eleven characters with a country code, named as a BIC",
        positives=("BIC: DEUTDEFF", "SWIFT code NWBKGB2LXXX"),
        negatives=("SWIFT LANGUAGES", "the word DEUTDEFF", "BIC DEUTXXFF"),
    ),
    Rule(
        category="uk_sort_code",
        pattern=r"\b(\d{2}-\d{2}-\d{2}|\d{6})\b",
        score=0,
        near=0.85,
        context=_SORT_WORDS,
        reason="six digits named as a sort code",
        positives=("sort code 20-00-00", "Sort code: 601613"),
        negatives=("on 20-00-00", "sort codes"),
    ),
    Rule(
        category="bank_account",
        shape=r"[0-9](?:[ ./-]?[0-9]){5}",
        pattern=r"\b(\d(?:[ -]?\d){5,24})\b",
        score=0,
        near=0.85,
        context=_ACCOUNT_WORDS,
        apart=".",
        reason="a long number named as a bank account",
        positives=(
            "account number 12345678",
            "Bank: acc 62000142778",
            "bankAcct: 0550142778",
            "계좌 000-21-0001427",
        ),
        negatives=("number 12345678", "account 123"),
    ),
)
