"""Dates, ages, affiliations and honorifics: personal beside a name, harmless alone.

Looked for only where they are named as a category. Ages are the number alone, so that a masked
sentence still reads as one.
"""

import re

from llm_gateway.guard.detectors.context import Words
from llm_gateway.guard.detectors.rules import Rule, whole

_WEEKDAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_ZONE = r"(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?"
_TIME = rf"(?:[ T,]{{1,2}}(?:at )?\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:\.\d{{1,6}})?(?: ?[ap]\.?m\.?)?{_ZONE})?"
_NUMERIC = (
    rf"\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}{_TIME}|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d{{2}}){_TIME}"
)
_WORDED = (
    rf"(?:{_WEEKDAYS},? )?(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ -]{_MONTHS}\.?(?:,?[ -]\d{{4}})?{_TIME}"
    rf"|(?:{_WEEKDAYS},? )?{_MONTHS}\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?{_TIME}"
    rf"|{_MONTHS}\.? \d{{4}}|{_WEEKDAYS}(?: (?:morning|afternoon|evening|night))?"
)
_PARTS = re.compile(r"\d+")


def _dated(value: str) -> bool:
    """Three numbers of which one can be a month; no version and no address."""
    one, two, three = (int(part) for part in _PARTS.findall(value)[:3])
    days = sorted((two, three) if one > 31 else (one, two))
    return 1 <= days[0] <= 12 and 1 <= days[1] <= 31


_NATIONS = Words(
    "afghan, albanian, algerian, american, andorran, angolan, argentine, argentinian, armenian, "
    "australian, austrian, azerbaijani, bahamian, bahraini, bangladeshi, barbadian, belarusian, "
    "belgian, belizean, beninese, bhutanese, bolivian, bosnian, botswanan, brazilian, british, "
    "bruneian, bulgarian, burkinabe, burmese, burundian, cambodian, cameroonian, canadian, chadian, "
    "chilean, chinese, colombian, congolese, costa rican, croatian, cuban, cypriot, czech, danish, "
    "djiboutian, dominican, dutch, ecuadorian, ecuadorean, egyptian, emirati, english, eritrean, "
    "estonian, ethiopian, fijian, filipino, finnish, french, gabonese, gambian, georgian, german, "
    "ghanaian, greek, grenadian, guatemalan, guinean, guyanese, haitian, honduran, hungarian, "
    "icelandic, indian, indonesian, iranian, iraqi, irish, israeli, italian, ivorian, jamaican, "
    "japanese, jordanian, kazakh, kenyan, korean, kuwaiti, kyrgyz, laotian, latvian, lebanese, "
    "liberian, libyan, liechtensteiner, lithuanian, luxembourgish, macedonian, malagasy, malawian, "
    "malaysian, maldivian, malian, maltese, mauritanian, mauritian, mexican, moldovan, monegasque, "
    "mongolian, montenegrin, moroccan, mozambican, namibian, nepalese, nepali, new zealander, "
    "nicaraguan, nigerian, nigerien, norwegian, omani, pakistani, palestinian, panamanian, "
    "paraguayan, peruvian, polish, portuguese, qatari, romanian, russian, rwandan, salvadoran, "
    "salvadorean, samoan, saudi, scottish, senegalese, serbian, seychellois, singaporean, slovak, "
    "slovakian, slovene, slovenian, somali, south african, spanish, sri lankan, sudanese, surinamese, "
    "swazi, swedish, swiss, syrian, taiwanese, tajik, tanzanian, thai, togolese, tongan, trinidadian, "
    "tunisian, turkish, turkmen, ugandan, ukrainian, uruguayan, uzbek, venezuelan, vietnamese, welsh, "
    "yemeni, zambian, zimbabwean, englishman, frenchman, irishman, dutchman, scotsman, welshman, "
    "spaniard, dane, swede, finn, pole, briton, turk, englishwoman, frenchwoman, irishwoman, "
    "dutchwoman, catholic, protestant, lutheran, baptist, methodist, anglican, orthodox, mormon, "
    "christian, muslim, sunni, shia, jewish, hindu, buddhist, sikh, jain, atheist, republican, "
    "democrat, conservative, socialist, communist"
).terms
_LOWER_MEANS_ELSE = frozenset(
    {"polish", "pole", "orthodox", "conservative", "democrat", "swede", "finn", "jain", "turkmen"}
)


def _capital(value: str) -> bool:
    """Some of the words mean something else when they are written small."""
    return value[0].isupper() or value not in _LOWER_MEANS_ELSE


def _age(value: str) -> bool:
    return 0 < int(value) < 120


RULES = (
    Rule(
        category="date",
        name="numeric",
        pattern=rf"(?i)\b({_NUMERIC})\b",
        check=whole(_dated),
        apart=".-/",
        score=0.7,
        gate=(r"[0-9][-/.][0-9]{1,2}[-/.][0-9]{2}",),
        reason="a date",
        positives=("since 11/15/1979", "When: 1993-01-04 14:56:41", "17.01.1951"),
        negatives=("1.24.0", "99/99/1999", "10.0.0.12"),
    ),
    Rule(
        category="date",
        name="worded",
        pattern=rf"(?i)\b({_WORDED})\b",
        score=0.7,
        gate=(
            rf"\b{_WEEKDAYS}\b",
            rf"{_MONTHS}\.?,?[ -][0-9]",
            rf"[0-9](?:st|nd|rd|th)?(?: of)?[ -]{_MONTHS}",
        ),
        reason="a date",
        positives=(
            "We'll meet Saturday",
            "on March 5, 2017",
            "5th of May",
            "Sunday, March 5, 2017 at 10:30",
            "since June 2019",
        ),
        negatives=("you may go", "march on", "12 maybe"),
    ),
    Rule(
        category="age",
        pattern=r"(?i)\b(\d{1,3})(?:[ -](?:years?|yrs?|months?)[ -]?(?:old|of age)| ?y/?o\b| ?yrs\b)",
        check=whole(_age),
        score=0.75,
        gate=(r"[0-9][ -](?:year|yr|month)", r"[0-9] ?y/?o", r"[0-9] ?yrs"),
        reason="an age",
        positives=("he is 84 years old", "a 29-year-old", "71 y/o"),
        negatives=("84 years of service", "500 years old"),
    ),
    Rule(
        category="age",
        name="named",
        pattern=r"\b(\d{1,3})\b",
        check=whole(_age),
        score=0,
        near=0.7,
        context=Words("aged, age, age is, age:, turns, turned", before=10, after=0),
        reason="a number named as an age",
        positives=("aged 45", "Age: 61"),
        negatives=("page 45", "45 bikes"),
    ),
    Rule(
        category="affiliation",
        pattern=rf"(?i)\b({'|'.join(sorted(_NATIONS, key=len, reverse=True))})s?\b",
        check=whole(_capital),
        score=0.7,
        gate=(rf"\b(?:{'|'.join(_NATIONS)})",),
        reason="a nationality, religion or party",
        positives=("she is Norwegian", "two Americans", "a sri lankan dish"),
        negatives=("polish the table", "Germania"),
    ),
    Rule(
        category="title",
        pattern=r"(?i)\b((?:mr|mrs|ms|dr|prof|mx|rev|hon)\.|(?:mr|mrs|ms|dr|mx)\b|miss\b|professor\b)\s",
        score=0.7,
        gate=(r"\b(?:mr|mrs|ms|dr|prof|mx|rev|hon|miss|professor)\b",),
        check=whole(lambda value: value[0].isupper() or value.lower() not in {"miss", "professor"}),
        reason="a form of address",
        positives=("Mrs. Larsen", "dr. who", "Ms Hill"),
        negatives=("I miss you", "drum", "mrsa"),
    ),
)
