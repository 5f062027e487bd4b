"""Israel, Saudi Arabia, United Arab Emirates, Kuwait, Egypt, Pakistan, South Africa, Nigeria."""

from llm_gateway.guard.detectors.pii.checksums import luhn, varied, weighted
from llm_gateway.guard.detectors.pii.national.rule import day, number


def teudat_zehut(digits: str) -> bool:
    """Nine digits, Luhn from the left."""
    return varied(digits) and luhn(digits)


def saudi(digits: str) -> bool:
    """Ten digits from 1 (citizen) or 2 (resident), Luhn."""
    return varied(digits) and luhn(digits)


def kuwaiti(digits: str) -> bool:
    """Twelve digits with century and birth date; weights 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2."""
    check = 11 - weighted(digits, (2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)) % 11
    return check == int(digits[11]) and day(digits[3:5], digits[5:7])


def egyptian(digits: str) -> bool:
    """Fourteen digits with century, birth date and governorate."""
    return digits[0] in "23" and day(digits[3:5], digits[5:7]) and 1 <= int(digits[7:9]) <= 88


def south_african(digits: str) -> bool:
    """Thirteen digits with a birth date and citizenship, Luhn."""
    return day(digits[2:4], digits[4:6]) and digits[10] in "012" and luhn(digits)


RULES = (
    number(
        "il_id",
        "an Israeli identity number",
        r"\d{8}-?\d",
        teudat_zehut,
        'תעודת זהות, ת.ז, ת"ז, teudat zehut, מספר זהות',
        (("ת.ז 123456782",), ("ת.ז 123456783", "123456782")),
    ),
    number(
        "sa_id",
        "a Saudi identity or residence number",
        r"[12]\d{9}",
        saudi,
        "iqama, هوية, الهوية, إقامة, اقامة, رقم الهوية",
        (("رقم الهوية 1010101010", "iqama 2000000006"), ("رقم الهوية 1010101014", "1010101010")),
    ),
    number(
        "ae_id",
        "an Emirates ID",
        r"784-?\d{4}-?\d{7}-?\d",
        luhn,
        "emirates id, الهوية, eid",
        (("784-1990-1234567-6",), ("784-1990-1234567-8",)),
        alone=0.85,
        gate=r"784-?[0-9]{4}",
    ),
    number(
        "kw_civil_id",
        "a Kuwaiti civil number",
        r"[123]\d{11}",
        kuwaiti,
        "civil id, الرقم المدني, البطاقة المدنية",
        (("Civil ID 290010112346",), ("Civil ID 290010112345",)),
    ),
    number(
        "eg_id",
        "an Egyptian national number",
        r"[23]\d{13}",
        egyptian,
        "الرقم القومي, رقم قومي, national id, egyptian",
        (("الرقم القومي 29001010112345",), ("الرقم القومي 29013010112345", "29001010112345")),
        near=0.85,
    ),
    number(
        "pk_cnic",
        "a Pakistani CNIC",
        r"[1-7]\d{4}-\d{7}-\d",
        varied,
        "cnic, nic, شناختی",
        (("CNIC 35202-1234567-1", "35202-1234567-1"), ("05202-1234567-1",)),
        alone=0.75,
        gate=r"[0-9]{5}-[0-9]{7}-",
    ),
    number(
        "za_id",
        "a South African identity number",
        r"\d{6} ?\d{4} ?\d{3}",
        south_african,
        "sa id, rsa id, id nommer, identity number, south african id",
        (("SA ID 8001015009087",), ("SA ID 8001015009088", "8001015009087")),
    ),
    number(
        "ng_nin",
        "a Nigerian identity number",
        r"\d{11}",
        varied,
        "nin, nimc, bvn",
        (("NIN 12345678901",), ("NIN 1234567890", "12345678901")),
        near=0.8,
        generic=False,
    ),
)
