"""Sealed values: `v1.<data key id>.<base64url(nonce12 || ciphertext || tag)>`, AES-256-GCM.

The additional data binds a value to its place: project, row, field, provider, and the origin of the
base URL. Moved to another row or pointed at another host it does not open, so a change of
destination needs the provider key to be entered again.
"""

import base64
import binascii
import secrets
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from llm_gateway.ports.directory import SealBroken

NONCE_BYTES = 12
_DEFAULT_PORTS = {"http": 80, "https": 443}


@lru_cache(maxsize=1024)
def origin(base_url: str) -> str:
    """`scheme://host:port` in lower case with the port written out. Raises ValueError."""
    parts = urlsplit(base_url)
    port = parts.port if parts.port is not None else _DEFAULT_PORTS.get(parts.scheme, 0)
    if not parts.scheme or not parts.hostname:
        raise ValueError("a base URL needs a scheme and a host")
    return f"{parts.scheme}://{parts.hostname}:{port}"


def bound_to(*parts: str) -> bytes:
    """Additional data: each part with its length before it, so that no two lists read the same."""
    encoded = [part.encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


def cipher(key: bytes) -> AESGCM:
    """The cipher of a 32-byte key; worth keeping, since setting it up costs more than one use."""
    return AESGCM(key)


def encrypt(key: AESGCM, plain: bytes, additional: bytes) -> bytes:
    """nonce12 || ciphertext || tag under a fresh random nonce."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + key.encrypt(nonce, plain, additional)


def decrypt(key: AESGCM, box: bytes, additional: bytes) -> bytes:
    """Raises SealBroken when the key, the box or the additional data is another."""
    try:
        return key.decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], additional)
    except (InvalidTag, ValueError) as error:
        raise SealBroken("a sealed value does not open with this key in this place") from error


def write(key_id: str, box: bytes) -> str:
    """The stored text of a sealed value."""
    return f"v1.{key_id}.{base64.urlsafe_b64encode(box).decode('ascii').rstrip('=')}"


def read(text: str) -> tuple[str, bytes]:
    """Data key id and box of a stored text. Raises SealBroken when it is not one."""
    version, _, rest = text.partition(".")
    key_id, _, encoded = rest.partition(".")
    try:
        box = base64.b64decode(encoded + "=" * (-len(encoded) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise SealBroken("a sealed value is damaged") from error
    if version != "v1" or not key_id:
        raise SealBroken("a sealed value has an unknown form")
    return key_id, box
