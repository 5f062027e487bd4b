"""Numbers that states give to people: identity, tax, social security, health. One file per region.

Categories are `national_id`, `tax_id` and `health_id`; the name of a rule says country and kind.
Algorithms are public; where a number has no check digit its date or form and a context word count.
"""

from llm_gateway.guard.detectors.pii.national import (
    africa_middle_east,
    americas,
    asia_pacific,
    eastern_europe,
    northern_europe,
    western_europe,
)

RULES = (
    *western_europe.RULES,
    *northern_europe.RULES,
    *eastern_europe.RULES,
    *americas.RULES,
    *asia_pacific.RULES,
    *africa_middle_east.RULES,
)
