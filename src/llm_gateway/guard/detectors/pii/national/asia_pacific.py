"""India, China, Korea, Japan, Taiwan, Hong Kong, Singapore, Malaysia, Indonesia, Thailand, Vietnam,
Australia, New Zealand."""

from llm_gateway.guard.detectors.pii.checksums import varied, verhoeff, weighted
from llm_gateway.guard.detectors.pii.national.rule import day, number

_TW_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"


def aadhaar(digits: str) -> bool:
    """Twelve digits from 2, Verhoeff."""
    return varied(digits) and digits[0] not in "01" and verhoeff(digits)


def pan(value: str) -> bool:
    """Five letters (the fourth says what holder), four digits, a letter."""
    return value[3] in "ABCFGHJLPT"


def rrid(value: str) -> bool:
    """Eighteen characters with region and birth date; ISO 7064 MOD 11-2."""
    total = sum(int(char) * pow(2, 17 - at, 11) for at, char in enumerate(value[:17]))
    return (
        "10X98765432"[total % 11] == value[17]
        and value[6:8] in {"19", "20"}
        and day(value[10:12], value[12:14])
    )


def rrn(digits: str) -> bool:
    """Thirteen digits with a birth date and a digit for sex and century. The check digit is given up."""
    return day(digits[2:4], digits[4:6]) and digits[6] in "12345678"


def my_number(digits: str) -> bool:
    """Twelve digits, weights 6 to 2 and 7 to 2, modulo 11."""
    remainder = weighted(digits, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return varied(digits) and (0 if remainder <= 1 else 11 - remainder) == int(digits[11])


def taiwan(value: str) -> bool:
    """A letter and nine digits, weights 1, 9, 8 ... 1, 1."""
    letter = str(_TW_LETTERS.index(value[0]) + 10)
    return weighted(letter + value[1:], (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)) % 10 == 0


def hkid(value: str) -> bool:
    """One or two letters, six digits and a check digit or A."""
    letters = value[:-7].rjust(2)
    total = sum((36 if char == " " else ord(char) - 55) * (9 - at) for at, char in enumerate(letters))
    total += weighted(value[-7:-1], (7, 6, 5, 4, 3, 2))
    return "0A987654321"[total % 11] == value[-1]


def nric(value: str) -> bool:
    """A letter, seven digits and a check letter of the series."""
    total = weighted(value[1:8], (2, 7, 6, 5, 4, 3, 2)) + {"T": 4, "G": 4, "M": 3}.get(value[0], 0)
    if value[0] == "M":
        return "XWUTRQPNJLK"[10 - total % 11] == value[8]
    letters = "JZIHGFEDCBA" if value[0] in "ST" else "XWUTRQPNMLK"
    return letters[total % 11] == value[8]


def mykad(digits: str) -> bool:
    """Twelve digits with a birth date."""
    return day(digits[2:4], digits[4:6])


def nik(digits: str) -> bool:
    """Sixteen digits with region and birth date (40 added to the day for women)."""
    return day(digits[8:10], f"{int(digits[6:8]) % 40:02d}") and 11 <= int(digits[:2]) <= 99


def thai(digits: str) -> bool:
    """Thirteen digits, weights 13 to 2."""
    return varied(digits) and (11 - weighted(digits, range(13, 1, -1)) % 11) % 10 == int(digits[12])


def cccd(digits: str) -> bool:
    """Twelve digits from a province code 001 to 096."""
    return 1 <= int(digits[:3]) <= 96


def tfn(digits: str) -> bool:
    """Eight or nine digits, weights 1, 4, 3, 7, 5, 8, 6, 9, 10."""
    weights = (1, 4, 3, 7, 5, 8, 6, 9, 10) if len(digits) == 9 else (10, 7, 8, 4, 6, 3, 5, 1)
    return varied(digits) and weighted(digits, weights) % 11 == 0


def medicare_au(digits: str) -> bool:
    """Ten or eleven digits; weights 1, 3, 7, 9."""
    return digits[0] in "23456" and weighted(digits, (1, 3, 7, 9, 1, 3, 7, 9)) % 10 == int(digits[8])


def ird(digits: str) -> bool:
    """Eight or nine digits, two sets of weights modulo 11."""
    number = digits.rjust(9, "0")
    check = -weighted(number[:8], (3, 2, 7, 6, 5, 4, 3, 2)) % 11
    if check == 10:
        check = -weighted(number[:8], (7, 4, 3, 2, 5, 2, 7, 6)) % 11
    return 10_000_000 < int(digits) < 150_000_000 and check == int(number[8])


RULES = (
    number(
        "in_aadhaar",
        "an Indian Aadhaar number",
        r"[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}",
        aadhaar,
        "aadhaar, aadhar, uidai, uid, आधार",
        (("Aadhaar 2341 2341 2346", "आधार 9999 4105 7058"), ("Aadhaar 2341 2341 2347", "2341 2341 2346")),
    ),
    number(
        "in_pan",
        "an Indian PAN",
        r"[A-Z]{5}\d{4}[A-Z]",
        pan,
        "pan, permanent account, income tax, पैन",
        (("PAN ACUPA7085R",), ("PAN ACUZA7085R", "ACUPA7085R")),
        gate=r"[a-z]{5}[0-9]{4}[a-z]",
        category="tax_id",
        near=0.85,
    ),
    number(
        "cn_resident_id",
        "a Chinese resident identity number",
        r"[1-9]\d{16}[\dXx]",
        rrid,
        "身份证, 身份証, identity card, resident id, id card",
        (("身份证号11010519491231002X", "360426199101010071"), ("身份证号110105194912310021",)),
        alone=0.95,
        gate=r"[1-9][0-9]{16}[0-9x]",
    ),
    number(
        "kr_rrn",
        "a Korean resident registration number",
        r"\d{6}-[1-8]\d{6}",
        rrn,
        "주민등록번호, 주민번호, 외국인등록번호, rrn, resident registration",
        (("주민등록번호 990101-1234567", "990101-1234567"), ("991301-1234567", "990101-9234567")),
        alone=0.8,
        gate=r"[0-9]{6}-[0-9]{7}",
    ),
    number(
        "jp_my_number",
        "a Japanese My Number",
        r"\d{4}[ -]?\d{4}[ -]?\d{4}",
        my_number,
        "マイナンバー, 個人番号, my number, mynumber",
        (("マイナンバー 6214 9832 0257",), ("マイナンバー 6214 9832 0258", "6214 9832 0257")),
    ),
    number(
        "tw_id",
        "a Taiwanese identity number",
        r"[A-Z][1289]\d{8}",
        taiwan,
        "身分證, 身份證, 統一編號, 居留證",
        (("身分證 A123456789", "A123456789"), ("A123456788",)),
        alone=0.7,
        gate=r"[a-z][1289][0-9]{8}",
    ),
    number(
        "hk_id",
        "a Hong Kong identity card",
        r"[A-Z]{1,2}\d{6}\(?[0-9A]",
        hkid,
        "hkid, hong kong id, 身份證, identity card",
        (("HKID G123456(A)", "HKID L555555(0)"), ("HKID G123456(3)", "part G123456A")),
    ),
    number(
        "sg_nric",
        "a Singaporean NRIC or FIN",
        r"[STFGM]\d{7}[A-Z]",
        nric,
        "nric, fin, singapore",
        (("NRIC S1234567D", "FIN F1234567N"), ("S1234567A",)),
        alone=0.8,
        gate=r"[stfgm][0-9]{7}[a-z]",
    ),
    number(
        "my_kad",
        "a Malaysian identity card",
        r"\d{6}-?\d{2}-?\d{4}",
        mykad,
        "mykad, nric, kad pengenalan, ic no, ic number, no. kp",
        (("MyKad 770305-02-1234",), ("MyKad 771305-02-1234", "770305-02-1234")),
        near=0.85,
    ),
    number(
        "id_nik",
        "an Indonesian identity number",
        r"\d{16}",
        nik,
        "nik, ktp, nomor induk",
        (("NIK 3171011708450001",), ("NIK 3171011713450001",)),
        near=0.85,
    ),
    number(
        "th_id",
        "a Thai identity number",
        r"\d-?\d{4}-?\d{5}-?\d{2}-?\d",
        thai,
        "เลขบัตรประชาชน, เลขประจำตัว, บัตรประชาชน, thai id",
        (("บัตรประชาชน 1-1020-03004-11-1", "Thai ID 1102003004111"), ("Thai ID 1102003004118",)),
    ),
    number(
        "vn_cccd",
        "a Vietnamese citizen identity",
        r"0\d{11}",
        cccd,
        "cccd, cmnd, căn cước, chứng minh",
        (("CCCD 079190012345",), ("CCCD 099190012345",)),
        near=0.85,
    ),
    number(
        "au_tfn",
        "an Australian tax file number",
        r"\d{3} ?\d{3} ?\d{2,3}",
        tfn,
        "tfn, tax file",
        (("TFN 123 456 782",), ("TFN 123 456 783", "123 456 782")),
        category="tax_id",
    ),
    number(
        "au_medicare",
        "an Australian Medicare number",
        r"[2-6]\d{3} ?\d{5} ?\d(?:[ /]?\d)?",
        medicare_au,
        "medicare",
        (("Medicare 2123 45670 1",), ("Medicare 2123 45671 1", "2123 45670 1")),
        category="health_id",
    ),
    number(
        "nz_ird",
        "a New Zealand IRD number",
        r"\d{2,3}[ -]?\d{3}[ -]?\d{3}",
        ird,
        "ird, inland revenue",
        (("IRD 49-091-850", "IRD 136410132"), ("IRD 49-091-851",)),
        category="tax_id",
    ),
)
