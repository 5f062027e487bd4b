"""A sign-in under way. The browser keeps it, sealed, so that nothing has to be kept here.

The key lives as long as the process: a sign-in that a restart interrupts is begun again.
"""

import base64
import binascii
import json
import secrets
from dataclasses import asdict, dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from llm_gateway.domain.secret import Secret

LASTS = 600.0
_NONCE = 12


@dataclass(frozen=True, slots=True)
class Pending:
    """What ties an answer to the browser that asked: `state` to the request, `nonce` to the token,
    `verifier` to the code (RFC 7636)."""

    state: str
    nonce: str
    verifier: str
    expires_at: float


class Sealer:
    """Seals with AES-256-GCM."""

    def __init__(self, purpose: str) -> None:
        self._cipher = AESGCM(AESGCM.generate_key(256))
        self._purpose = purpose.encode()

    def seal(self, pending: Pending) -> Secret:
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, json.dumps(asdict(pending)).encode(), self._purpose)
        return Secret(base64.urlsafe_b64encode(sealed).rstrip(b"=").decode("ascii"))

    def open(self, sealed: Secret) -> Pending | None:
        """None for what this process did not seal."""
        text = sealed.reveal()
        try:
            data = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
            return Pending(**json.loads(self._cipher.decrypt(data[:_NONCE], data[_NONCE:], self._purpose)))
        except (binascii.Error, ValueError, InvalidTag):
            return None
