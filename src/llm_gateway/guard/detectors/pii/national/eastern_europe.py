"""Poland, Czechia, Slovakia, Hungary, Romania, Bulgaria, Croatia, the JMBG countries, Greece,
Turkey, Ukraine, Russia."""

from llm_gateway.guard.detectors.pii.checksums import luhn, mod11_10, varied, weighted
from llm_gateway.guard.detectors.pii.national.rule import day, number


def pesel(digits: str) -> bool:
    """Eleven digits; the century is added to the month; weights 1, 3, 7, 9."""
    total = weighted(digits, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1))
    return total % 10 == 0 and day(f"{int(digits[2:4]) % 20:02d}", digits[4:6])


def nip(digits: str) -> bool:
    """Ten digits, weights 6, 5, 7, 2, 3, 4, 5, 6, 7."""
    return varied(digits) and weighted(digits, (6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11 == int(digits[9])


def rodne_cislo(digits: str) -> bool:
    """Ten digits divisible by 11 (or nine before 1954); 50 or 20 may be added to the month."""
    month = int(digits[2:4]) % 50
    dated = day(f"{month - 20 if month > 20 else month:02d}", digits[4:6])
    return dated and (
        len(digits) == 9 or int(digits) % 11 == 0 or (int(digits[:9]) % 11 == 10 and digits[9] == "0")
    )


def taj(digits: str) -> bool:
    """Nine digits, weights 3 and 7."""
    return varied(digits) and weighted(digits, (3, 7) * 4) % 10 == int(digits[8])


def adoazonosito(digits: str) -> bool:
    """Ten digits from 8, weights 1 to 9."""
    return weighted(digits, range(1, 10)) % 11 == int(digits[9])


def cnp(digits: str) -> bool:
    """Thirteen digits with sex, birth date and county; weights modulo 11."""
    check = weighted(digits, (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)) % 11
    return (1 if check == 10 else check) == int(digits[12]) and day(digits[3:5], digits[5:7])


def egn(digits: str) -> bool:
    """Ten digits with a birth date (20 or 40 added to the month); powers of two modulo 11."""
    month = int(digits[2:4])
    month -= 40 if month > 40 else 20 if month > 20 else 0
    check = weighted(digits, (2, 4, 8, 5, 10, 9, 7, 3, 6)) % 11 % 10
    return check == int(digits[9]) and day(f"{month:02d}", digits[4:6])


def jmbg(digits: str) -> bool:
    """Thirteen digits with a birth date; weights 7 to 2 twice, modulo 11."""
    check = 11 - weighted(digits, (7, 6, 5, 4, 3, 2) * 2) % 11
    return (0 if check > 9 else check) == int(digits[12]) and day(digits[2:4], digits[:2])


def amka(digits: str) -> bool:
    """Eleven digits with a birth date, Luhn."""
    return luhn(digits) and day(digits[2:4], digits[:2])


def afm(digits: str) -> bool:
    """Nine digits, powers of two modulo 11."""
    return varied(digits) and weighted(digits, [2**power for power in range(8, 0, -1)]) % 11 % 10 == int(
        digits[8]
    )


def tckn(digits: str) -> bool:
    """Eleven digits; the tenth from odd and even places, the eleventh from all."""
    values = [int(char) for char in digits]
    tenth = (sum(values[0:9:2]) * 7 - sum(values[1:8:2])) % 10
    return values[0] != 0 and tenth == values[9] and sum(values[:10]) % 10 == values[10]


def rnokpp(digits: str) -> bool:
    """Ten digits, weights -1, 5, 7, 9, 4, 6, 10, 5, 7."""
    return varied(digits) and weighted(digits, (-1, 5, 7, 9, 4, 6, 10, 5, 7)) % 11 % 10 == int(digits[9])


def inn(digits: str) -> bool:
    """Twelve digits of a person, two check digits."""
    eleventh = weighted(digits, (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10
    twelfth = weighted(digits, (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10
    return varied(digits) and (eleventh, twelfth) == (int(digits[10]), int(digits[11]))


def snils(digits: str) -> bool:
    """Nine digits and the remainder of their weighted sum by 101."""
    return varied(digits) and weighted(digits[:9], range(9, 0, -1)) % 101 % 100 == int(digits[9:])


RULES = (
    number(
        "pl_pesel",
        "a Polish PESEL number",
        r"\d{11}",
        pesel,
        "pesel, numer ewidencyjny",
        (("PESEL 44051401359",), ("PESEL 44051401358", "44051401359")),
    ),
    number(
        "pl_nip",
        "a Polish tax number",
        r"\d{3}-?\d{3}-?\d{2}-?\d{2}",
        nip,
        "nip, numer identyfikacji podatkowej",
        (("NIP 106-000-00-62", "NIP: 1060000062"), ("NIP 106-000-00-63", "tel 106-000-00-62")),
        category="tax_id",
    ),
    number(
        "cz_sk_rodne_cislo",
        "a Czech or Slovak birth number",
        r"\d{6}/?\d{3,4}",
        rodne_cislo,
        "rodné číslo, rodne cislo, r.č., rč, birth number",
        (("rodné číslo 710319/2745",), ("rodné číslo 710319/2746", "710319/2745")),
    ),
    number(
        "hu_taj",
        "a Hungarian social security number",
        r"\d{3}[ -]?\d{3}[ -]?\d{3}",
        taj,
        "taj, taj szám, társadalombiztosítási",
        (("TAJ 111 111 110",), ("TAJ 111 111 111", "111 111 110")),
        category="health_id",
    ),
    number(
        "hu_tax",
        "a Hungarian tax number",
        r"8\d{9}",
        adoazonosito,
        "adóazonosító, adoazonosito, adószám",
        (("adóazonosító jel 8071592153",), ("adóazonosító jel 8071592154",)),
        category="tax_id",
    ),
    number(
        "ro_cnp",
        "a Romanian personal numerical code",
        r"[1-9]\d{12}",
        cnp,
        "cnp, cod numeric personal",
        (("CNP 1630615123457",), ("CNP 1630615123458", "1630615123457")),
    ),
    number(
        "bg_egn",
        "a Bulgarian citizen number",
        r"\d{10}",
        egn,
        "егн, egn, единен граждански",
        (("ЕГН 7523169263",), ("ЕГН 7523169264", "7523169263")),
    ),
    number(
        "hr_oib",
        "a Croatian identification number",
        r"\d{11}",
        mod11_10,
        "oib, osobni identifikacijski",
        (("OIB 33392005961",), ("OIB 33392005962", "33392005961")),
    ),
    number(
        "jmbg",
        "a unique master citizen number (Serbia, Slovenia, Bosnia and others)",
        r"\d{13}",
        jmbg,
        "jmbg, јмбг, emšo, emso, matični broj, matični broj građana",
        (("JMBG 0101006500006", "EMŠO 0101006500006"), ("JMBG 0101006500007", "0101006500006")),
    ),
    number(
        "gr_amka",
        "a Greek social security number",
        r"\d{11}",
        amka,
        "amka, αμκα",
        (("ΑΜΚΑ 01013099997",), ("ΑΜΚΑ 01013099998",)),
        category="health_id",
    ),
    number(
        "gr_afm",
        "a Greek tax number",
        r"\d{9}",
        afm,
        "αφμ, afm, a.f.m, α.φ.μ",
        (("ΑΦΜ 094259216",), ("ΑΦΜ 094259217",)),
        category="tax_id",
    ),
    number(
        "tr_tckn",
        "a Turkish identity number",
        r"[1-9]\d{10}",
        tckn,
        "tc kimlik, tckn, t.c. kimlik, kimlik no, kimlik",
        (("TC Kimlik 17291716060",), ("TC Kimlik 17291716061", "17291716060")),
    ),
    number(
        "ua_rnokpp",
        "a Ukrainian tax number",
        r"\d{10}",
        rnokpp,
        "рнокпп, іпн, ідентифікаційний код, інн",
        (("РНОКПП 1759013776",), ("РНОКПП 1759013777", "1759013776")),
        category="tax_id",
    ),
    number(
        "ru_inn",
        "a Russian tax number",
        r"\d{12}",
        inn,
        "инн, inn",
        (("ИНН 500100732259",), ("ИНН 500100732258", "500100732259")),
        category="tax_id",
    ),
    number(
        "ru_snils",
        "a Russian insurance number",
        r"\d{3}-?\d{3}-?\d{3}[ -]?\d{2}",
        snils,
        "снилс, snils",
        (("СНИЛС 112-233-445 95",), ("СНИЛС 112-233-445 96", "112-233-445 95")),
    ),
)
