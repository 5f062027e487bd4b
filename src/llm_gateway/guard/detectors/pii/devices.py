"""Devices and vehicles: IMEI, vehicle identification number, number plate."""

from llm_gateway.guard.detectors.context import Words
from llm_gateway.guard.detectors.pii.checksums import compact, luhn, varied
from llm_gateway.guard.detectors.rules import Rule, whole

_IMEI_WORDS = Words("imei", before=40, after=16)
_VIN_WORDS = Words(
    "vin, chassis, vehicle identification, fahrgestell, fin, telaio, châssis, bastidor", before=40, after=16
)
_PLATE_WORDS = Words(
    "license plate, licence plate, number plate, plate no, plate number, plates, registration, "
    "kennzeichen, plaque, targa, matrícula, matricula, kenteken, nummerplade, rejestracyjny, "
    "госномер, номерной знак, 车牌, ナンバープレート, 번호판, plaka",
    before=40,
    after=0,
)
_VALUES = {
    char: value
    for value, chars in enumerate(("", "AJ", "BKS", "CLT", "DMU", "ENV", "FW", "GPX", "HY", "RZ"))
    for char in chars
}
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def _imei(value: str) -> bool:
    digits = compact(value)
    return varied(digits) and luhn(digits)


def vin(value: str) -> bool:
    """ISO 3779 with the check digit that North America and China demand, at place nine."""
    number = value.upper()
    total = sum(
        (int(char) if char.isdigit() else _VALUES[char]) * weight
        for char, weight in zip(number, _WEIGHTS, strict=True)
    )
    return "0123456789X"[total % 11] == number[8] and varied(number)


def _form(value: str) -> bool:
    digits = sum(char.isdigit() for char in value)
    return 4 <= digits <= 14 and value[-4:].isdigit()


def _plate(value: str) -> bool:
    return any(char.isdigit() for char in value) and any(char.isalpha() for char in value)


RULES = (
    Rule(
        category="imei",
        shape=r"[0-9]{15}|[0-9]{2}[ -][0-9]{6}",
        pattern=r"\b(\d{15}|\d{2}[ -]\d{6}[ -]\d{6}[ -]\d)\b",
        check=whole(_imei),
        score=0,
        near=0.97,
        context=_IMEI_WORDS,
        reason="fifteen digits with a valid check digit, named as an IMEI",
        positives=("IMEI: 490154203237518", "imei 49-015420-323751-8"),
        negatives=("IMEI 490154203237519", "490154203237518"),
    ),
    Rule(
        category="vin",
        name="checked",
        pattern=r"\b([A-HJ-NPR-Z0-9]{17})\b",
        check=whole(lambda value: not value.isalpha() and not value.isdigit() and vin(value)),
        score=0.75,
        near=0.97,
        context=_VIN_WORDS,
        gate=(r"\b[a-hj-npr-z0-9]{17}\b",),
        reason="seventeen characters with a valid check digit",
        positives=("VIN 1M8GDM9AXKP042788", "1HGCM82633A004352"),
        negatives=("1M8GDM9A1KP042788", "12345678901234567"),
    ),
    Rule(
        category="vin",
        name="named",
        shape=r"\b[a-hj-npr-z0-9]{17}\b",
        pattern=r"\b([A-HJ-NPR-Z0-9]{17})\b",
        check=whole(_form),
        score=0,
        near=0.85,
        context=_VIN_WORDS,
        reason="seventeen characters named as a vehicle identification number",
        positives=("VIN: WVWZZZ1JZXW000001",),
        negatives=("WVWZZZ1JZXW000001", "VIN ABCDEFGHJKLMNPRST"),
    ),
    Rule(
        category="license_plate",
        shape=r"[a-z0-9][ -]?[0-9]|[0-9][ -]?[a-z]",
        pattern=r"\b([A-Z0-9]{1,4}(?:[ -][A-Z0-9]{1,4}){0,3})\b",
        check=whole(_plate),
        score=0,
        near=0.7,
        context=_PLATE_WORDS,
        reason="letters and digits named as a number plate",
        positives=("number plate AB12 CDE", "Kennzeichen M-AB 1234"),
        negatives=("AB12 CDE", "registration is open"),
    ),
)
