"""Places, organisations and addresses in the forms people write them, put together at random."""

import random
from collections.abc import Mapping, Sequence


def _listed(names: str) -> list[str]:
    return [" ".join(name.split()) for name in names.split(",")]


COUNTRIES = _listed(
    """
    Afghanistan, Albania, Algeria, Andorra, Angola, Argentina, Armenia, Australia, Austria, Azerbaijan,
    Bahamas, Bahrain, Bangladesh, Barbados, Belarus, Belgium, Belize, Benin, Bhutan, Bolivia, Bosnia and
    Herzegovina, Botswana, Brazil, Brunei, Bulgaria, Burkina Faso, Burundi, Cambodia, Cameroon, Canada,
    Cape Verde, Chad, Chile, China, Colombia, Comoros, Congo, Costa Rica, Croatia, Cuba, Cyprus, Czech
    Republic, Denmark, Djibouti, Dominica, Ecuador, Egypt, El Salvador, Eritrea, Estonia, Eswatini,
    Ethiopia, Fiji, Finland, France, Gabon, Gambia, Georgia, Germany, Ghana, Greece, Grenada, Guatemala,
    Guinea, Guyana, Haiti, Honduras, Hungary, Iceland, India, Indonesia, Iran, Iraq, Ireland, Israel,
    Italy, Jamaica, Japan, Jordan, Kazakhstan, Kenya, Kiribati, Kuwait, Kyrgyzstan, Laos, Latvia,
    Lebanon, Lesotho, Liberia, Libya, Liechtenstein, Lithuania, Luxembourg, Madagascar, Malawi,
    Malaysia, Maldives, Mali, Malta, Mauritania, Mauritius, Mexico, Moldova, Monaco, Mongolia,
    Montenegro, Morocco, Mozambique, Myanmar, Namibia, Nauru, Nepal, Netherlands, New Zealand,
    Nicaragua, Niger, Nigeria, North Korea, Norway, Oman, Pakistan, Palau, Panama, Papua New Guinea,
    Paraguay, Peru, Philippines, Poland, Portugal, Qatar, Romania, Russia, Rwanda, Samoa, San Marino,
    Saudi Arabia, Senegal, Serbia, Seychelles, Sierra Leone, Singapore, Slovakia, Slovenia, Somalia,
    South Africa, South Korea, Spain, Sri Lanka, Sudan, Suriname, Sweden, Switzerland, Syria, Taiwan,
    Tajikistan, Tanzania, Thailand, Togo, Tonga, Trinidad and Tobago, Tunisia, Turkey, Turkmenistan,
    Tuvalu, Uganda, Ukraine, United Arab Emirates, United Kingdom, United States of America, Uruguay,
    Uzbekistan, Vanuatu, Venezuela, Vietnam, Yemen, Zambia, Zimbabwe
    """
)
STATES = _listed(
    """
    AL, AK, AZ, AR, CA, CO, CT, DE, FL, GA, HI, ID, IL, IN, IA, KS, KY, LA, ME, MD, MA, MI, MN, MS, MO,
    MT, NE, NV, NH, NJ, NM, NY, NC, ND, OH, OK, OR, PA, RI, SC, SD, TN, TX, UT, VT, VA, WA, WV, WI, WY
    """
)
_WAYS = _listed(
    """
    Street, Road, Avenue, Lane, Drive, Court, Place, Way, Boulevard, Square, Terrace, Close, Crescent,
    St, Rd, Ave, Ln, Blvd, Hill
    """
)
_TOWNS = _listed(
    """
    ville, ton, burgh, port, mouth, field, stad, berg, furt, chester, bury, haven, land, view
    """
)
_FORMS = _listed(
    """
    Inc, LLC, Ltd, Group, PLC, and Sons, GmbH, Corp, Holdings, Partners, Labs, Systems, Foundation,
    Bank, University
    """
)


def _surname(pool: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    return chance.choice(pool["person"]).split()[-1]


def place(pool: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    """A country, a place of the pool, or a town named after somebody."""
    kind = chance.random()
    if kind < 0.3:
        return chance.choice(COUNTRIES)
    if kind < 0.75:
        return chance.choice(pool["location"])
    return (
        chance.choice(("", "", "East ", "New ", "Port ", "Lake "))
        + _surname(pool, chance)
        + chance.choice(_TOWNS)
    )


def organisation(pool: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    """A name of the pool, or surnames with a form of company."""
    kind = chance.random()
    if kind < 0.5:
        return chance.choice(pool["organization"])
    names = [_surname(pool, chance) for _ in range(3)]
    if kind < 0.65:
        return f"{names[0]}, {names[1]} and {names[2]}"
    return f"{names[0]}-{names[1]}" if kind < 0.75 else f"{names[0]} {chance.choice(_FORMS)}"


def address(pool: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    """Street and number, perhaps a flat, a town, a state or country and a code, on one line or several."""
    number = str(chance.randint(1, 99_999 if chance.random() < 0.3 else 300))
    street = f"{_surname(pool, chance)} {chance.choice(_WAYS)}"
    line = f"{number} {street}" if chance.random() < 0.7 else f"{street} {number}"
    flat = chance.choice(("", "", f"Apt. {chance.randint(1, 999)}", f"Suite {chance.randint(1, 999)}"))
    code = f"{chance.randint(1000, 99_999):05d}"
    town = place(pool, chance)
    end = chance.choice(
        (
            f"{town}, {chance.choice(STATES)} {code}",
            f"{town} {code}",
            f"{code} {town}",
            f"{town}, {place(pool, chance)} {code}",
            "",
        )
    )
    break_ = chance.choice((", ", "\n", ", ", "\n "))
    return break_.join(part for part in (f"{line} {flat}".strip(), end) if part)
