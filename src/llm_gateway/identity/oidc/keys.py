"""The public keys that an identity provider signs with (RFC 7517)."""

import asyncio
import warnings
from collections.abc import Callable
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import Key, import_key

from llm_gateway.domain.errors import NotAuthenticated
from llm_gateway.identity.oidc.documents import Documents
from llm_gateway.ports.clock import Clock

PAUSE = 30.0
"""Between two looks at the provider's keys, so that forged tokens cannot make us ask again and again."""
LASTS = 3600.0
_MOST = 64
_TYPES = frozenset(("RSA", "EC", "OKP"))


class SigningKeys:
    """Keys by their id. Fetched when first needed, when an unknown id turns up, and every hour."""

    def __init__(self, documents: Documents, url: Callable[[], Any], clock: Clock) -> None:
        """`url` gives, when awaited, where the keys are."""
        self._documents = documents
        self._url = url
        self._clock = clock
        self._keys: dict[str, Key] = {}
        self._fetched: float | None = None
        self._lock = asyncio.Lock()

    async def key(self, kid: str) -> Key:
        """The key with this id; for an empty id, which tokens need not have then, the only key there is.

        Raises NotAuthenticated for what the provider does not publish, Unavailable when it cannot be
        asked.
        """
        if self._stale() or (kid not in self._keys and self._rested()):
            async with self._lock:
                if self._stale() or (kid not in self._keys and self._rested()):
                    await self._fetch()
        try:
            return self._keys[kid]
        except KeyError:
            raise NotAuthenticated(
                "The token is signed with a key that its issuer does not publish.", code="invalid_credential"
            ) from None

    def _stale(self) -> bool:
        return self._fetched is None or self._clock.ticks() >= self._fetched + LASTS

    def _rested(self) -> bool:
        return self._fetched is None or self._clock.ticks() >= self._fetched + PAUSE

    async def _fetch(self) -> None:
        document = await self._documents.get(await self._url())
        published = document.get("keys")
        found = published[:_MOST] if isinstance(published, list) else []
        keys = [(one.get("kid", ""), key) for one in found if (key := _imported(one)) is not None]
        self._keys = {kid: key for kid, key in keys if kid}
        if len(keys) == 1:
            self._keys[""] = keys[0][1]
        self._fetched = self._clock.ticks()


def _imported(value: Any) -> Key | None:
    """None for what cannot check signatures here: another use, an unknown type, a weak or broken key."""
    if not isinstance(value, dict) or not isinstance(value.get("kid", ""), str):
        return None
    if value.get("kty") not in _TYPES or value.get("use", "sig") != "sig" or "d" in value:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # joserfc warns of short keys
            return import_key(value)
    except (JoseError, ValueError, TypeError, KeyError, Warning):
        return None
