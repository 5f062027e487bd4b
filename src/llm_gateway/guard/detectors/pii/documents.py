"""Passports and driving licences: in context, by form, and by machine-readable zone."""

from llm_gateway.guard.detectors.context import Words
from llm_gateway.guard.detectors.rules import Rule, whole

_MRZ = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PASSPORT_WORDS = Words(
    "passport, pasaporte, passeport, reisepass, pass-nr, passnummer, passnr, paspoort, passaporto, "
    "passaporte, ppt, pass, paszport, pasport, passi, паспорт, загранпаспорт, 护照, 護照, 旅券, "
    "パスポート, 여권, جواز, पासपोर्ट, hộ chiếu, หนังสือเดินทาง, דרכון, pasaport, διαβατήριο",
    before=48,
    after=0,
)
_LICENCE_WORDS = Words(
    "driver's license, driver’s license, drivers license, driver license, driving licence, driving "
    "license, driver's licence, driver’s licence, drivers licence, driver licence, licence no, "
    "license no, license number, licence number, dl no, dl number, dl#, dln, dl, cnh, permis, "
    "führerschein, fuehrerschein, rijbewijs, patente, carta de condução, carnet de conducir, licencia "
    "de conducir, permiso de conducir, prawo jazdy, prawa jazdy, körkort, ajokortti, førerkort, "
    "kørekort, водительск, 驾照, 驾驶证, 免許証, 면허, रخصة, رخصة القيادة, लाइसेंस, ehliyet, licence "
    "check, old licence, licence",
    before=48,
    after=0,
)


def _passport(value: str) -> bool:
    digits = sum(char.isdigit() for char in value)
    return digits >= (1 if len(value) == 9 else 4) and not (value.isdigit() and len(value) < 7)


def _licence(value: str) -> bool:
    bare = [char for char in value if char.isalnum()]
    digits = sum(char.isdigit() for char in bare)
    return digits >= 4 and 6 <= len(bare) <= 18


def _check_digit(field: str) -> str:
    values = (0 if char == "<" else _MRZ.index(char) for char in field)
    return str(sum(value * (7, 3, 1)[at % 3] for at, value in enumerate(values)) % 10)


def _zone(value: str) -> bool:
    """Second line of a passport (ICAO 9303): number, birth date and expiry each with its check digit."""
    return all(_check_digit(value[start:end]) == value[end] for start, end in ((0, 9), (13, 19), (21, 27)))


RULES = (
    Rule(
        category="passport",
        name="named",
        shape=r"[a-z]?[0-9][a-z0-9]{4}|[a-z0-9]{9}",
        pattern=r"\b([A-Z]{0,3}\d[A-Z0-9]{4,9}|[A-Z]\d{2}[A-Z]\d{5}|[A-Z][A-Z0-9]{7,9}|\d{2} ?\d{2} \d{6})\b",
        check=whole(_passport),
        score=0,
        near=0.85,
        context=_PASSPORT_WORDS,
        reason="a number named as a passport",
        positives=(
            "passport 107185703",
            "Reisepass C01X00T478",
            "护照号E00001427",
            "паспорт 45 08 123456",
            "Passport no.: X1234567",
        ),
        negatives=("passport control", "passport 12", "room 107185703", "passport CONTROLLED"),
    ),
    Rule(
        category="passport",
        name="zone",
        pattern=r"([A-Z0-9][A-Z0-9<]{8}\d[A-Z]{1,3}<{0,2}\d{6}\d[MFX<]\d{6}\d[A-Z0-9<]{14,16})",
        check=whole(_zone),
        score=0.98,
        gate=(r"[0-9][a-z<]{3}[0-9]{7}[mfx<][0-9]{7}",),
        reason="a machine-readable zone with valid check digits",
        positives=(
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
        ),
        negatives=("L898902C37UTO7408122F1204159ZE184226B<<<<<10",),
    ),
    Rule(
        category="driver_license",
        name="gb",
        pattern=r"\b([A-Z9]{5} ?\d[0156]\d[0-3]\d\d ?[A-Z9]{2}\d[A-Z]{2})\b",
        score=0.85,
        near=0.95,
        context=_LICENCE_WORDS,
        gate=(r"[0-9]{6} ?[a-z9]{2}[0-9][a-z]{2}\b",),
        reason="the form of a British driving licence",
        positives=("licence MORGA657054SM9IJ",),
        negatives=("MORGA697054SM9IJ",),
    ),
    Rule(
        category="driver_license",
        name="named",
        shape=r"[0-9][a-z0-9-]{3}|[0-9]{2}/",
        pattern=r"\b((?:[A-Z]{1,3}[ -]?)?\d[A-Z0-9]{3,}(?:-[A-Z0-9]{2,6}){0,3}"
        r"|(?:[A-Z0-9]{1,8}[-/]){1,4}[A-Z0-9]{2,13}"
        r"|[A-Z]{2,6} ?\d{5,7}[A-Z0-9]{2,6})\b",
        check=whole(_licence),
        score=0,
        near=0.85,
        context=_LICENCE_WORDS,
        reason="a number named as a driving licence",
        positives=(
            "driver's license number is M943688896309",
            "Driver’s license K932-778-3840",
            "DL no. FY-FECA-142-7BN0",
        ),
        negatives=("licensed under Apache-2.0", "dlopen 123456", "driver's license expired"),
    ),
)
