"""Canary tokens: planted in a prompt, they show in an answer only when the prompt leaked.

The application or the operator puts the token anywhere into the system prompt; it is derived from a
secret and the name of the prompt, so it need not be stored and cannot be guessed.
"""

import hmac
import re
from collections.abc import Iterable

_SIZE = 12
_SEPARATORS = re.compile(r"[\s_*`\-.\u200b]+")


def canary_for(secret: bytes, name: str) -> str:
    """The token of the prompt called `name`: `canary-` and twelve hexadecimal digits."""
    return f"canary-{hmac.digest(secret, name.encode('utf-8', 'surrogatepass'), 'sha256').hex()[:_SIZE]}"


def canaries_in(text: str, canaries: Iterable[str]) -> list[str]:
    """Those of `canaries` that stand in `text`, whatever their case, spacing or direction."""
    bare = _SEPARATORS.sub("", text.lower())
    found = []
    for canary in canaries:
        wanted = _SEPARATORS.sub("", canary.lower()).removeprefix("canary")
        if wanted and (wanted in bare or wanted[::-1] in bare):
            found.append(canary)
    return found
