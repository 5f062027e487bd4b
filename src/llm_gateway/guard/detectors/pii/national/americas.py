"""Canada, Mexico, Brazil, Argentina, Chile, Colombia, Peru, Ecuador, Uruguay, Dominican Republic;
health and tax numbers of the United States."""

from llm_gateway.guard.detectors.pii.checksums import luhn, varied, weighted
from llm_gateway.guard.detectors.pii.national.rule import day, number

_CURP = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
_RFC = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ"
_STATES = frozenset(
    {
        *(
            "AS",
            "BC",
            "BS",
            "CC",
            "CL",
            "CM",
            "CS",
            "CH",
            "DF",
            "DG",
            "GT",
            "GR",
            "HG",
            "JC",
            "MC",
            "MN",
            "MS",
        ),
        *("NT", "NL", "OC", "PL", "QT", "QR", "SP", "SL", "SR", "TC", "TS", "TL", "VZ", "YN", "ZS", "NE"),
    }
)


def sin(digits: str) -> bool:
    """Nine digits, Luhn; none begins with 0 or 8."""
    return varied(digits) and digits[0] not in "08" and luhn(digits)


def curp(value: str) -> bool:
    """Eighteen characters with birth date and state; the last is the check digit."""
    total = sum(_CURP.index(char) * (18 - at) for at, char in enumerate(value[:17]))
    return value[11:13] in _STATES and day(value[6:8], value[8:10]) and str(-total % 10) == value[17]


def rfc(value: str) -> bool:
    """Thirteen characters of a person with birth date; the last is the check character."""
    total = sum(_RFC.index(char) * (13 - at) for at, char in enumerate(value[:12]))
    return day(value[6:8], value[8:10]) and "0123456789A"[-total % 11] == value[12]


def cpf(digits: str) -> bool:
    """Eleven digits, two check digits modulo 11."""
    first = weighted(digits, range(10, 1, -1)) * 10 % 11 % 10
    second = weighted(digits, range(11, 1, -1)) * 10 % 11 % 10
    return varied(digits) and (first, second) == (int(digits[9]), int(digits[10]))


def cnpj(digits: str) -> bool:
    """Fourteen digits, two check digits modulo 11."""
    first = -weighted(digits, (5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) % 11 % 10
    second = -weighted(digits, (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) % 11 % 10
    return varied(digits) and (first, second) == (int(digits[12]), int(digits[13]))


def cuit(digits: str) -> bool:
    """Eleven digits, weights 5, 4, 3, 2, 7, 6, 5, 4, 3, 2."""
    check = "012345678990"[11 - weighted(digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11]
    return check == digits[10] and digits[:2] in {"20", "23", "24", "27", "30", "33", "34"}


def rut(value: str) -> bool:
    """Seven or eight digits and a check digit or K."""
    check = -sum(int(char) * (2 + at % 6) for at, char in enumerate(reversed(value[:-1]))) % 11
    return varied(value[:-1]) and "0123456789K"[check] == value[-1]


def nit(digits: str) -> bool:
    """Nine digits and a check digit, prime weights modulo 11."""
    weights = (3, 7, 13, 17, 19, 23, 29, 37, 41)
    total = sum(int(char) * weight for char, weight in zip(reversed(digits[:-1]), weights, strict=False)) % 11
    return varied(digits) and "01987654321"[total] == digits[-1]


def ruc(digits: str) -> bool:
    """Eleven digits from 10, 15, 17 or 20; weights modulo 11."""
    check = (11 - weighted(digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11) % 10
    return digits[:2] in {"10", "15", "16", "17", "20"} and check == int(digits[10])


def cedula_ec(digits: str) -> bool:
    """Ten digits with province, Luhn."""
    return (1 <= int(digits[:2]) <= 24 or digits[:2] in {"30", "50"}) and luhn(digits)


def cedula_uy(digits: str) -> bool:
    """Seven digits and a check digit, weights 2, 9, 8, 7, 6, 3, 4."""
    return varied(digits) and -weighted(digits.rjust(8, "0"), (2, 9, 8, 7, 6, 3, 4)) % 10 == int(digits[-1])


def npi(digits: str) -> bool:
    """Ten digits; Luhn with the prefix 80840."""
    return digits[0] in "12" and luhn(f"80840{digits}")


def dea(value: str) -> bool:
    """Two letters and seven digits, the last the check digit."""
    digits = value[2:]
    return (weighted(digits, (1, 2, 1, 2, 1, 2))) % 10 == int(digits[6])


def ein(digits: str) -> bool:
    """Nine digits with an assigned prefix."""
    return varied(digits) and digits[:2] not in {
        "00",
        "07",
        "08",
        "09",
        "17",
        "18",
        "19",
        "28",
        "29",
        "49",
        "69",
        "70",
        "78",
        "79",
        "89",
        "96",
        "97",
    }


RULES = (
    number(
        "ca_sin",
        "a Canadian social insurance number",
        r"\d{3}[ -]?\d{3}[ -]?\d{3}",
        sin,
        "sin, social insurance, numéro d'assurance sociale, nas",
        (("SIN 130-692-544",), ("SIN 130-692-545", "130 692 544")),
    ),
    number(
        "us_npi",
        "a US provider number",
        r"\d{10}",
        npi,
        "npi, national provider",
        (("NPI 1234567893",), ("NPI 1234567894", "1234567893")),
        category="health_id",
        generic=False,
    ),
    number(
        "us_dea",
        "a US DEA number",
        r"[A-HJ-NPR-UX][A-Z9]\d{7}",
        dea,
        "dea",
        (("DEA F91234563",), ("DEA F91234564",)),
        category="health_id",
        generic=False,
    ),
    number(
        "us_mbi",
        "a US Medicare number",
        r"[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d-?[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d-?[AC-HJKMNP-RT-Y]{2}\d{2}",
        lambda value: len(value) == 11,
        "medicare, mbi",
        (("MBI 1EG4-TE5-MK73",), ("MBI 1EG4-TE5-MK7",)),
        category="health_id",
        gate=r"[1-9][a-z][0-9a-z][0-9]-?[a-z]",
        generic=False,
    ),
    number(
        "us_ein",
        "a US employer number",
        r"\d{2}-?\d{7}",
        ein,
        "ein, employer identification, fein, federal tax id",
        (("EIN 12-3456789",), ("EIN 00-3456789", "12-3456789")),
        category="tax_id",
        generic=False,
    ),
    number(
        "mx_curp",
        "a Mexican CURP",
        r"[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{5}[0-9A-Z]\d",
        curp,
        "curp, clave única",
        (("CURP BOXW310820HNERXN09",), ("CURP BOXW310820HNERXN08",)),
        alone=0.95,
        gate=r"[a-z]{4}[0-9]{6}[hmx][a-z]{5}",
    ),
    number(
        "mx_rfc",
        "a Mexican taxpayer number",
        r"[A-Z&]{4}\d{6}[0-9A-Z]{3}",
        rfc,
        "rfc, registro federal",
        (("RFC GODE561231GR8",), ("RFC GODE561231GR9",)),
        category="tax_id",
        alone=0.8,
        gate=r"[a-z&]{4}[0-9]{6}[0-9a-z]{3}",
    ),
    number(
        "br_cpf",
        "a Brazilian CPF",
        r"\d{3}[.]?\d{3}[.]?\d{3}[-/ ]?\d{2}",
        cpf,
        "cpf, cadastro de pessoa",
        (("CPF 390.533.447-05", "seu CPF 111.444.777-35"), ("CPF 390.533.447-06", "39053344705")),
        category="tax_id",
    ),
    number(
        "br_cnpj",
        "a Brazilian CNPJ",
        r"\d{2}[.]?\d{3}[.]?\d{3}/?\d{4}-?\d{2}",
        cnpj,
        "cnpj",
        (("CNPJ 11.222.333/0001-81",), ("CNPJ 11.222.333/0001-82",)),
        category="tax_id",
    ),
    number(
        "ar_cuit",
        "an Argentine CUIT or CUIL",
        r"\d{2}-?\d{8}-?\d",
        cuit,
        "cuit, cuil",
        (("CUIT 20-26756539-3",), ("CUIT 20-26756539-4",)),
        category="tax_id",
    ),
    number(
        "cl_rut",
        "a Chilean RUT",
        r"\d{1,2}[.]?\d{3}[.]?\d{3}-?[0-9Kk]",
        rut,
        "rut, run, rol único",
        (("RUT 12.531.909-2",), ("RUT 12.531.909-3",)),
        category="tax_id",
    ),
    number(
        "co_nit",
        "a Colombian NIT",
        r"\d{3}[.]?\d{3}[.]?\d{3}-?\d",
        nit,
        "nit, cédula, cedula",
        (("NIT 213.123.432-1",), ("NIT 213.123.432-2",)),
        category="tax_id",
    ),
    number(
        "pe_ruc",
        "a Peruvian RUC",
        r"\d{11}",
        ruc,
        "ruc, registro único de contribuyentes",
        (("RUC 20512333797",), ("RUC 20512333798",)),
        category="tax_id",
    ),
    number(
        "ec_cedula",
        "an Ecuadorian identity number",
        r"\d{9}-?\d",
        cedula_ec,
        "cédula, cedula, c.i.",
        (("cédula 1714307103",), ("cédula 1714307104",)),
    ),
    number(
        "uy_cedula",
        "a Uruguayan identity number",
        r"\d[.]?\d{3}[.]?\d{3}-?\d",
        cedula_uy,
        "cédula, cedula, c.i., ci",
        (("CI 1.123.456-9", "cédula 3.247.537-8"), ("CI 1.123.456-8",)),
    ),
    number(
        "do_cedula",
        "a Dominican identity number",
        r"\d{3}-?\d{7}-?\d",
        luhn,
        "cédula, cedula",
        (("cédula 001-1391820-5",), ("cédula 001-1391820-6",)),
    ),
)
