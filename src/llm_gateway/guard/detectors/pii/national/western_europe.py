"""Britain, Ireland, Germany, Austria, Switzerland, France, Belgium, Netherlands, Spain, Portugal, Italy."""

from llm_gateway.guard.detectors.pii.checksums import mod11_10, varied, weighted
from llm_gateway.guard.detectors.pii.national.rule import day, number

_DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_PPS_LETTERS = "WABCDEFGHIJKLMNOPQRSTUV"
_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
_OMOCODIA = str.maketrans("LMNPQRSTUV", "0123456789")


def nhs(digits: str) -> bool:
    """Ten digits, weights 10 to 2, modulo 11."""
    check = 11 - weighted(digits, range(10, 1, -1)) % 11
    return varied(digits) and check != 10 and check % 11 == int(digits[9])


def nino(value: str) -> bool:
    """Two letters that are issued, six digits, a letter A to D."""
    first, second = value[0], value[1]
    return first not in "DFIQUV" and second not in "DFIOQUV" and value[:2] not in {
        "BG", "GB", "KN", "NK", "NT", "TN", "ZZ",
    }  # fmt: skip


def utr(digits: str) -> bool:
    """Ten digits, the first the check digit of the rest."""
    remainder = weighted(digits[1:], (6, 7, 8, 9, 10, 5, 4, 3, 2)) % 11
    return varied(digits) and "21987654321"[remainder] == digits[0]


def steuer_id(digits: str) -> bool:
    """Eleven digits, ISO 7064 MOD 11,10; in the first ten exactly one digit stands two or three times."""
    repeated = [count for digit in set(digits[:10]) if (count := digits[:10].count(digit)) > 1]
    return digits[0] != "0" and len(repeated) == 1 and repeated[0] <= 3 and mod11_10(digits)


def kvnr(value: str) -> bool:
    """A letter as two digits, then eight digits and a check digit with alternating weights."""
    digits = f"{ord(value[0]) - 64:02d}{value[1:9]}"
    products = (int(char) * (1 + at % 2) for at, char in enumerate(digits))
    return sum(product // 10 + product % 10 for product in products) % 10 == int(value[9])


def svnr(digits: str) -> bool:
    """Ten digits with the birth date behind; the fourth is the check digit."""
    check = weighted(digits[:3] + digits[4:], (3, 7, 9, 5, 8, 4, 2, 1, 6)) % 11
    return (
        digits[0] != "0"
        and check == int(digits[3])
        and 1 <= int(digits[4:6]) <= 31
        and 1 <= int(digits[6:8]) <= 15
    )


def ahv(digits: str) -> bool:
    """Thirteen digits from 756, EAN-13 check."""
    return weighted(digits, (1, 3) * 6 + (1,)) % 10 == 0


def nir(value: str) -> bool:
    """Thirteen digits (2A, 2B for Corsica) and 97 minus their remainder."""
    body = value[:13].replace("2A", "19").replace("2B", "18")
    return body.isdigit() and 97 - int(body) % 97 == int(value[13:15]) and value[0] in "123478"


def rijksregister(digits: str) -> bool:
    """Nine digits and 97 minus their remainder, with a 2 before them from 2000 on."""
    check = int(digits[9:])
    return any(97 - int(century + digits[:9]) % 97 == check for century in ("", "2")) and (
        int(digits[2:4]) % 20 <= 12 and int(digits[4:6]) <= 31
    )


def bsn(digits: str) -> bool:
    """Nine digits, the eleven test."""
    return varied(digits) and weighted(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0


def dni(value: str) -> bool:
    """Eight digits (or X, Y, Z and seven) and the letter of their remainder by 23."""
    body = value[:-1].translate(str.maketrans("XYZ", "012"))
    return varied(body) and _DNI_LETTERS[int(body) % 23] == value[-1]


def nif_pt(digits: str) -> bool:
    """Nine digits, weights 9 to 2, modulo 11."""
    check = 11 - weighted(digits, range(9, 1, -1)) % 11
    return varied(digits) and (0 if check > 9 else check) == int(digits[8])


def codice_fiscale(value: str) -> bool:
    """Sixteen characters; the last is the check letter of odd and even places."""
    total = 0
    for at, char in enumerate(value[:15]):
        place = int(char) if char.isdigit() else ord(char) - 65
        total += place if at % 2 else _ODD[place]
    born = int(value[9:11].translate(_OMOCODIA))
    return chr(65 + total % 26) == value[15] and 1 <= born % 40 <= 31


def pps(value: str) -> bool:
    """Seven digits, a check letter, and since 2013 a second letter that counts nine times."""
    extra = ord(value[8]) - 64 if len(value) == 9 and value[8] != "W" else 0
    return _PPS_LETTERS[(weighted(value[:7], range(8, 1, -1)) + 9 * extra) % 23] == value[7]


def rentennummer(value: str) -> bool:
    """Area, birth date, letter of the name, serial and check digit."""
    return day(value[4:6], value[2:4])


RULES = (
    number(
        "gb_nhs",
        "a British NHS number",
        r"\d{3}[ -]?\d{3}[ -]?\d{4}",
        nhs,
        "nhs, health service, patient number",
        (
            ("NHS number 943 476 5919", "nhs no: 9434765919"),
            ("NHS number 943 476 5918", "phone 943 476 5919"),
        ),
        category="health_id",
        generic=False,
    ),
    number(
        "gb_nino",
        "a British national insurance number",
        r"[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]",
        nino,
        "national insurance, nino, ni number, ni no, insurance number",
        (("NI number AB 12 34 56 C", "AB123456C"), ("NI number QQ 12 34 56 C", "GB123456A")),
        alone=0.7,
        gate=r"[a-z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[a-d]",
    ),
    number(
        "gb_utr",
        "a British taxpayer reference",
        r"\d{5} ?\d{5}",
        utr,
        "utr, unique taxpayer, self assessment",
        (("UTR 1955839661",), ("UTR 2955839661", "call 1955839661")),
        category="tax_id",
        generic=False,
    ),
    number(
        "ie_pps",
        "an Irish PPS number",
        r"\d{7}[A-W][A-IW]?",
        pps,
        "pps, ppsn, public service number",
        (("PPS 1234567T", "ppsn: 1234567FA"), ("PPS 1234567A", "part 1234567T")),
    ),
    number(
        "de_tax_id",
        "a German tax identification number",
        r"\d{2} ?\d{3} ?\d{3} ?\d{3}",
        steuer_id,
        "steuer-id, steuer id, steueridentifikationsnummer, steuerliche identifikationsnummer, idnr, tin, "
        "tax id, steuernummer",
        (("Steuer-ID: 86095742719", "IdNr 86 095 742 719"), ("Steuer-ID 86095742718", "Nr. 86095742719")),
        category="tax_id",
    ),
    number(
        "de_health",
        "a German health insurance number",
        r"[A-Z]\d{9}",
        kvnr,
        "krankenversicherung, versichertennummer, kvnr, krankenkasse, gesundheitskarte",
        (("Versichertennummer A123456780",), ("Versichertennummer A123456781", "Teil A123456780")),
        category="health_id",
    ),
    number(
        "de_pension",
        "a German pension insurance number",
        r"\d{2} ?\d{6} ?[A-Z] ?\d{3}",
        rentennummer,
        "rentenversicherung, sozialversicherung, versicherungsnummer, svnr, sv-nummer",
        (("Sozialversicherungsnummer 15 070649 C 103",), ("Sozialversicherungsnummer 15 079949 C 103",)),
    ),
    number(
        "at_svnr",
        "an Austrian social security number",
        r"\d{4} ?\d{6}",
        svnr,
        "sozialversicherung, svnr, sv-nummer, sv-nr",
        (("SVNR 1237 010180",), ("SVNR 1238 010180", "1237 010180")),
    ),
    number(
        "ch_ahv",
        "a Swiss AHV number",
        r"756[.]?\d{4}[.]?\d{4}[.]?\d{2}",
        ahv,
        "ahv, avs, sozialversicherung, assurance sociale",
        (("AHV 756.9217.0769.85", "756.9217.0769.85"), ("756.9217.0769.84",)),
        alone=0.9,
        gate=r"756[.]?[0-9]{4}",
    ),
    number(
        "fr_nir",
        "a French social security number",
        r"[1-478] ?\d{2} ?\d{2} ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}",
        nir,
        "sécurité sociale, securite sociale, nir, insee, numéro de sécu, carte vitale",
        (("n° de sécurité sociale 1 47 05 99 999 999 72", "NIR 255081416802538"), ("NIR 255081416802539",)),
        alone=0.85,
        gate=r"[1-478] ?[0-9]{2} ?[0-9]{2} ?(?:[0-9]{2}|2[ab]) ?[0-9]{3} ?[0-9]{3}",
    ),
    number(
        "be_nrn",
        "a Belgian national number",
        r"\d{2}[.]?\d{2}[.]?\d{2}[ -]?\d{3}[. ]?\d{2}",
        rijksregister,
        "rijksregister, registre national, nrn, insz, niss, nationaal nummer",
        (("rijksregisternummer 85.07.30-033.28",), ("rijksregisternummer 85.07.30-033.29",)),
    ),
    number(
        "nl_bsn",
        "a Dutch citizen service number",
        r"\d{9}|\d{4}[. ]\d{2}[. ]\d{3}",
        bsn,
        "bsn, burgerservicenummer, sofi",
        (("BSN 111222333",), ("BSN 111222334", "order 111222333")),
    ),
    number(
        "es_dni",
        "a Spanish identity number",
        r"(?:\d{8}|[XYZ]-?\d{7})[ -]?[A-HJ-NP-TV-Z]",
        dni,
        "dni, nie, nif, documento nacional, identidad",
        (("DNI 12345678Z", "NIE X1234567L"), ("DNI 12345678A",)),
        alone=0.75,
        gate=r"(?:[0-9]{8}|[xyz]-?[0-9]{7})[ -]?[a-z]",
    ),
    number(
        "pt_nif",
        "a Portuguese tax number",
        r"[1-35689]\d{2} ?\d{3} ?\d{3}",
        nif_pt,
        "nif, contribuinte, número fiscal, numero fiscal",
        (("O NIF é 123456789",), ("O NIF é 123456780", "o telefone 123456789")),
        category="tax_id",
    ),
    number(
        "it_codice_fiscale",
        "an Italian tax code",
        r"[A-Za-z]{6}[0-9L-NP-Vl-np-v]{2}[A-Ea-eHhLlMmPpR-Tr-t][0-9L-NP-Vl-np-v]{2}[A-Za-z][0-9L-NP-Vl-np-v]{3}[A-Za-z]",
        codice_fiscale,
        "codice fiscale, cod. fisc, c.f.",
        (("CF RSSMRA85T10A562S", "codice fiscale rssmra85t10a562s"), ("RSSMRA85T10A562A",)),
        category="tax_id",
        alone=0.95,
        gate=r"[a-z]{6}[0-9l-v]{2}[a-t][0-9l-v]{2}[a-z][0-9l-v]{3}",
    ),
)
