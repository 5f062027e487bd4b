"""United States: social security number, ITIN."""

from llm_gateway.guard.detectors.context import Words
from llm_gateway.guard.detectors.pii.checksums import compact
from llm_gateway.guard.detectors.rules import Rule, whole

SSN_WORDS = Words(
    "ssn, ssns, social security, social sec, soc sec, ss#, ss #, itin, tax id, taxpayer, tin, seguro social"
)
_ITIN_GROUPS = frozenset([*range(50, 66), *range(70, 89), *range(90, 93), *range(94, 100)])
_PUBLISHED = frozenset({"078051120", "219099999", "457555462"})


def _issued(value: str) -> bool:
    """The area, group and serial rules of the Social Security Administration, or those of an ITIN."""
    digits = compact(value)
    area, group, serial = int(digits[:3]), int(digits[3:5]), int(digits[5:])
    if not group or not serial or area in {0, 666}:
        return False
    return area < 900 or group in _ITIN_GROUPS


def _plausible(value: str) -> bool:
    """With a context word, also the numbers of the 987-65 block that is reserved for examples."""
    return _issued(value) or compact(value).startswith("98765432")


def _free(value: str) -> bool:
    return _issued(value) and compact(value) not in _PUBLISHED


RULES = (
    Rule(
        category="us_ssn",
        name="dashed",
        pattern=r"\b(\d{3}-\d{2}-\d{4})(?:[^\w-]|-\D|-?$)",
        check=whole(_free),
        score=0.85,
        near=0.98,
        context=SSN_WORDS,
        gate=(r"[0-9]{3}-[0-9]{2}-[0-9]{4}",),
        apart="-.",
        reason="dashed digits that follow the issuing rules",
        positives=("call me, 566-64-4119", "SSN: 195-60-0922", "ITIN 900-70-0001"),
        negatives=(
            "000-12-3456",
            "666-12-3456",
            "123-00-4567",
            "123-45-0000",
            "2-123-45-6789",
            "123-45-6789-0",
        ),
    ),
    Rule(
        category="us_ssn",
        name="named",
        shape=r"[0-9](?:[ ./-]?[0-9]){5}",
        pattern=r"\b(\d{3}[ .-]?\d{2}[ .-]?\d{4})\b",
        check=whole(_plausible),
        score=0,
        near=0.95,
        context=SSN_WORDS,
        apart="-.",
        reason="nine digits that follow the issuing rules, named as a social security number",
        positives=("my social security number is 566644119", "ssn 987-65-4320", "user_ssn=566 64 4119"),
        negatives=("number 566644119", "ssn 000121234"),
    ),
)
