"""Dates of birth, in context, written with digits or with the names of months."""

import re

from llm_gateway.guard.detectors.context import Words
from llm_gateway.guard.detectors.folding import LETTER
from llm_gateway.guard.detectors.rules import Rule, whole

_BORN = Words(
    "born, dob, d.o.b, d.0.b, date of birth, birth date, birthdate, birthday, birth, geboren, geb., "
    "geb, geburtsdatum, né le, née le, né, née, date de naissance, naissance, nacido, nacida, nació, "
    "fecha de nacimiento, f. nac, nato, nata, data di nascita, nasceu, nascido, nascida, data de "
    "nascimento, född, født, fødselsdato, födelsedatum, syntynyt, syntymäaika, urodzony, urodzona, "
    "ur., data urodzenia, narozen, datum narození, született, születési, născut, data nașterii, "
    "роден, дата рождения, родился, родилась, г.р, народився, дата народження, γεννήθηκε, ημερομηνία "
    "γέννησης, doğum, מיום, נולד, تاريخ الميلاد, ميلاد, مواليد, जन्म, 出生, 生日, 生年月日, 生まれ, "
    "생년월일, 출생, ngày sinh, sinh ngày, เกิด, lahir, tanggal lahir, tarikh lahir, roden",
    before=28,
    after=0,
)
# The first three letters of the months in the languages of Latin script that are spoken most.
_MONTHS = frozenset(
    Words(
        "jan, feb, mar, apr, may, jun, jul, aug, sep, oct, nov, dec, mai, okt, dez, mär, fév, avr, jui, "
        "aoû, déc, ene, abr, ago, dic, gen, mag, giu, lug, set, ott, fev, out, maj, mei, maa, sty, lut, "
        "kwi, cze, lip, sie, wrz, paź, lis, gru, tam, hel, huh, tou, kes, hei, elo, syy, lok, mrt, led, "
        "úno, bře, dub, kvě, čer, srp, zář, říj, pro"
    ).terms
)
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th|er|\.|º)?"
_WORD = rf"[A-Za-z{LETTER}]{{3,12}}"
_PARTS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]{3,}")


def _numeric(value: str) -> bool:
    numbers = [int(part) for part in _PARTS.findall(value)]
    years = [number for number in numbers if number > 31 or number == 0]
    days = [number for number in numbers if 1 <= number <= 31]
    return len(numbers) == 3 and len(years) <= 1 and len(days) >= 2 and min(days) <= 12


def _worded(value: str) -> bool:
    numbers = [int(part) for part in _PARTS.findall(value)]
    month = any(word.lower()[:3] in _MONTHS for word in _LETTERS.findall(value))
    return month and any(1 <= number <= 31 for number in numbers)


RULES = (
    Rule(
        category="date_of_birth",
        name="digits",
        shape=r"[0-9][-/.] ?[0-9]",
        pattern=r"\b(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}(?:[-/.] ?)\d{1,2}(?:[-/.] ?)\d{2,4})\b",
        check=whole(_numeric),
        score=0,
        near=0.92,
        context=_BORN,
        reason="a date after a word for birth",
        positives=(
            "DOB: 11/30/1952",
            "geboren am 17.01.1951",
            "生年月日 1952.11.30",
            "född: 2004-02-29",
            "né le 1/1/01",
        ),
        negatives=("due 11/30/1952", "born 1952", "born in 99/99/1999"),
    ),
    Rule(
        category="date_of_birth",
        name="words",
        shape=r"[0-9]{2}",
        pattern=rf"\b((?:the )?{_ORDINAL}[ -]?(?:of |de |den )?{_WORD}\.?(?: del?)?,?[ -]?\d{{2,4}}"
        rf"|{_WORD}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{2,4}}|\d{{2}}[A-Z]{{3}}\d{{2,4}})\b",
        check=whole(_worded),
        score=0,
        near=0.92,
        context=_BORN,
        retry=True,
        reason="a date after a word for birth",
        positives=(
            "born January 2, 1938",
            "née le 9 mars 1936",
            "DOB: 07-JUL-1952",
            "DOB 04DEC71",
            "nació el 1 de enero de 1990",
        ),
        negatives=("on January 2, 1938", "born again 3 times 2000"),
    ),
    Rule(
        category="date_of_birth",
        name="east_asian",
        pattern=r"(\d{4} ?\x1b ?\d{1,2} ?\x1b ?\d{1,2} ?\x1b)",
        check=whole(lambda value: "年" in value or "년" in value),
        score=0,
        near=0.92,
        context=_BORN,
        reason="a date after a word for birth",
        positives=("出生于1990年5月3日", "생년월일 1990년 5월 3일"),
        negatives=("1990年5月3日", "出生 1990元5角3分"),
    ),
)
