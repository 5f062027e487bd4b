"""Sweden, Norway, Denmark, Finland, Iceland, Estonia, Latvia, Lithuania."""

from llm_gateway.guard.detectors.pii.checksums import luhn, varied, weighted
from llm_gateway.guard.detectors.pii.national.rule import day, number

_HETU_LETTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def personnummer(digits: str) -> bool:
    """Ten digits with a birth date (60 added for coordination numbers), Luhn."""
    digits = digits[-10:]
    return luhn(digits) and day(digits[2:4], f"{int(digits[4:6]) % 60:02d}")


def fodselsnummer(digits: str) -> bool:
    """Eleven digits with a birth date (40 added for D numbers), two check digits modulo 11."""
    first = weighted(digits, (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)) % 11
    second = weighted(digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11
    return first == 0 == second and day(f"{int(digits[2:4]) % 40:02d}", f"{int(digits[:2]) % 40:02d}")


def cpr(digits: str) -> bool:
    """Ten digits with a birth date; the check digit was given up in 2007."""
    return day(digits[2:4], digits[:2])


def hetu(value: str) -> bool:
    """Birth date, serial and the letter of their remainder by 31. The separator is dropped, or a letter."""
    digits, serial, check = value[:6], value[-4:-1], value[-1]
    return day(digits[2:4], digits[:2]) and _HETU_LETTERS[int(digits + serial) % 31] == check


def kennitala(digits: str) -> bool:
    """Ten digits with a birth date, weights modulo 11, century 0 or 9."""
    return (
        digits[9] in "089"
        and day(digits[2:4], digits[:2])
        and weighted(digits, (3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0
    )


def baltic(digits: str) -> bool:
    """Eleven digits with sex and birth date; weights 1 to 9, 1, then 3 to 9, 1, 2, 3."""
    check = weighted(digits, (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)) % 11
    if check == 10:
        check = weighted(digits, (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)) % 11 % 10
    return check == int(digits[10]) and day(digits[3:5], digits[5:7])


def latvian(digits: str) -> bool:
    """Eleven digits; a birth date with check digit before 2017, a number from 32 after."""
    check = (1101 - weighted(digits, (1, 6, 3, 7, 9, 10, 5, 8, 4, 2))) % 11
    dated = day(digits[2:4], digits[:2]) if digits[:2] != "32" else True
    return varied(digits) and dated and (digits[:2] == "32" or check == int(digits[10]))


RULES = (
    number(
        "se_personnummer",
        "a Swedish personal number",
        r"(?:19|20)?\d{6}[-+]?\d{4}",
        personnummer,
        "personnummer, personnr, samordningsnummer, pnr, person-nr",
        (("personnr 19121212-1212", "Personnummer: 811218-9876"), ("personnr 19121212-1213", "811218-9876")),
    ),
    number(
        "no_fodselsnummer",
        "a Norwegian birth number",
        r"\d{6} ?\d{5}",
        fodselsnummer,
        "fødselsnummer, fodselsnummer, personnummer, fnr, d-nummer, fødselsnr",
        (("fødselsnummer 15076500565",), ("fødselsnummer 15076500566", "15076500565")),
    ),
    number(
        "dk_cpr",
        "a Danish CPR number",
        r"\d{6}-?\d{4}",
        cpr,
        "cpr, personnummer, cpr-nummer, cpr-nr",
        (("CPR 211062-5629",), ("CPR 991062-5629", "211062-5629")),
    ),
    number(
        "fi_hetu",
        "a Finnish personal identity code",
        r"\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]",
        hetu,
        "hetu, henkilötunnus, henkilotunnus, personbeteckning",
        (("HETU 131052-308T", "131052-308T"), ("131052-308U",)),
        alone=0.85,
        gate=r"[0-9]{6}[-+a-y][0-9]{3}",
    ),
    number(
        "is_kennitala",
        "an Icelandic identity number",
        r"\d{6}-?\d{4}",
        kennitala,
        "kennitala, kt.",
        (("kennitala 120174-3399",), ("kennitala 120174-3389", "120174-3399")),
    ),
    number(
        "ee_lt_personal_code",
        "an Estonian or Lithuanian personal code",
        r"[1-6]\d{10}",
        baltic,
        "isikukood, asmens kodas, personal code, a.k.",
        (("isikukood 37605030299", "asmens kodas 33309240064"), ("isikukood 37605030298", "37605030299")),
    ),
    number(
        "lv_personal_code",
        "a Latvian personal code",
        r"\d{6}-?\d{5}",
        latvian,
        "personas kods, personal code, p.k.",
        (
            ("personas kods 161175-19997", "personas kods 328673-00679"),
            ("personas kods 161375-19997", "161175-19997"),
        ),
    ),
)
