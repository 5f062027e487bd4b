"""Whether a presented token is a gateway key's own."""

import hmac
from collections.abc import Callable

from llm_gateway.domain.keys import GatewayKey, KeyStatus

_NOBODY = bytes(32)


def is_token_of(key: GatewayKey | None, digest: Callable[[int], bytes], now: float) -> bool:
    """Compares verifiers in constant time; `digest` gives the token's verifier under a pepper version.

    Without a key (unknown id) it computes and compares as much as with one, so that the answer's
    time does not tell whether the id exists. Says nothing of status or expiry: see `is_usable`.
    """
    if key is None:
        hmac.compare_digest(digest(1), _NOBODY)
        return False
    if hmac.compare_digest(digest(key.pepper_version), key.verifier):
        return True
    if key.previous_verifier is None or key.previous_until is None or now >= key.previous_until:
        return False
    return hmac.compare_digest(digest(key.previous_pepper_version), key.previous_verifier)


def is_usable(key: GatewayKey, now: float) -> bool:
    """Whether the key may be used at all: active and not expired."""
    return key.status is KeyStatus.ACTIVE and (key.expires_at is None or now < key.expires_at)
