"""An issuer of tokens, and an upstream that gives out its documents."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, Key, RSAKey

from llm_gateway.domain.secret import Secret
from llm_gateway.ports.upstream import UpstreamAnswer, UpstreamRequest
from tests.support.values import NOW

ISSUER = "https://issuer.example"
RSA = RSAKey.generate_key(2048, {"kid": "rsa"})
EC = ECKey.generate_key("P-256", {"kid": "ec"})
STRANGER = RSAKey.generate_key(2048, {"kid": "rsa"})
CLAIMS: Mapping[str, Any] = {"iss": ISSUER, "sub": "ann", "aud": "gateway", "exp": NOW + 60, "iat": NOW}


class Answer:
    """Implements ports.UpstreamAnswer."""

    headers: Mapping[str, str] = {}

    def __init__(self, body: bytes, status: int = 200) -> None:
        self.status = status
        self._body = body

    async def read(self, limit: int) -> bytes:
        return self._body

    async def chunks(self) -> AsyncIterator[bytes]:
        yield self._body

    async def close(self) -> None:
        return None


@dataclass
class Documents:
    """Implements ports.Upstream over documents by address; counts what was asked for."""

    by_url: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def send(self, request: UpstreamRequest) -> UpstreamAnswer:
        self.asked.append(request.url)
        if request.url not in self.by_url:
            return Answer(b"{}", 404)
        return Answer(json.dumps(self.by_url[request.url]).encode())

    async def close(self) -> None:
        return None


def key_set(*keys: Key) -> dict[str, Any]:
    return {"keys": [key.as_dict(private=False) for key in keys]}


def signed(
    key: Key = RSA, alg: str = "RS256", header: Mapping[str, Any] | None = None, **claims: Any
) -> Secret:
    """A token; claims that are None are left out."""
    given = {name: value for name, value in {**CLAIMS, **claims}.items() if value is not None}
    head = {"alg": alg, "kid": key.kid, **(header or {})}
    return Secret(jwt.encode(head, given, key, algorithms=[alg]))
