"""Wallet addresses of crypto currencies, by their check sums."""

from hashlib import sha256

from llm_gateway.guard.detectors.context import Words
from llm_gateway.guard.detectors.rules import Rule, whole

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32_CONSTANTS = frozenset({1, 0x2BC830A3})  # bech32 (BIP 173), bech32m (BIP 350)
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def base58check(value: str) -> bool:
    """Version, payload and four bytes of a double SHA-256, in base 58."""
    number = 0
    for char in value:
        number = number * 58 + _BASE58.index(char)
    raw = number.to_bytes(25, "big") if number < 1 << 200 else b""
    return bool(raw) and sha256(sha256(raw[:21]).digest()).digest()[:4] == raw[21:]


def bech32(value: str) -> bool:
    """BIP 173 and BIP 350: a readable part, 1, and data with a polynomial check."""
    if value not in {value.lower(), value.upper()}:
        return False
    human, _, data = value.lower().rpartition("1")
    values = [ord(char) >> 5 for char in human] + [0] + [ord(char) & 31 for char in human]
    values += [_BECH32.index(char) for char in data]
    check = 1
    for item in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ item
        for bit, generator in enumerate(_GENERATOR):
            check ^= generator if top >> bit & 1 else 0
    return check in _BECH32_CONSTANTS


def stellar(value: str) -> bool:
    """Base 32 with a CRC16-XModem at the end."""
    bits = 0
    for char in value:
        bits = bits << 5 | _BASE32.index(char)
    raw = bits.to_bytes(35, "big")
    crc = 0
    for byte in raw[:33]:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc == int.from_bytes(raw[33:], "little")


def _mixed(value: str) -> bool:
    return len(set(value[2:].lower())) > 4


_WORDS = Words("wallet, address, solana, sol, monero, xmr, crypto, send to, deposit", before=48, after=16)

RULES = (
    Rule(
        category="crypto_wallet",
        name="base58",
        pattern=r"\b([13LMDTA9][1-9A-HJ-NP-Za-km-z]{25,34})\b",
        check=whole(base58check),
        score=0.97,
        gate=(r"\b[13lmdta9][1-9a-z]{25}",),
        reason="an address with a valid base58 check sum",
        positives=(
            "pay 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
            "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy,",
            "DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L",
        ),
        negatives=("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLz"),
    ),
    Rule(
        category="crypto_wallet",
        name="bech32",
        pattern=r"(?i)\b((?:bc|tb|ltc|addr|cosmos|osmo|bnb)1[02-9ac-hj-np-z]{20,110})\b",
        check=whole(bech32),
        score=0.97,
        gate=(r"(?:bc|tb|ltc|addr|cosmos|osmo|bnb)1",),
        reason="an address with a valid bech32 check sum",
        positives=(
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
            "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
        ),
        negatives=("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",),
    ),
    Rule(
        category="crypto_wallet",
        name="ethereum",
        pattern=r"\b(0x[0-9a-fA-F]{40})\b",
        check=whole(_mixed),
        score=0.8,
        gate=("0x",),
        reason="an Ethereum address",
        positives=("0x52908400098527886E0F7030069857D2E4169EE7",),
        negatives=("0x0000000000000000000000000000000000000000", "0x52908400098527886E0F7030069857D2E4169EE"),
    ),
    Rule(
        category="crypto_wallet",
        name="stellar",
        pattern=r"\b(G[A-Z2-7]{55})\b",
        check=whole(stellar),
        score=0.97,
        gate=(r"\bg[a-z2-7]{55}\b",),
        reason="a Stellar address with a valid check sum",
        positives=("GAAZI4TCR3TY5OJHCTJC2A4QSY6CJWJH5IAJTGKIN2ER7LBNVKOCCWN7",),
        negatives=("GAAZI4TCR3TY5OJHCTJC2A4QSY6CJWJH5IAJTGKIN2ER7LBNVKOCCWN6",),
    ),
    Rule(
        category="crypto_wallet",
        name="named",
        shape=r"[1-9a-z]{43}",
        pattern=r"\b([1-9A-HJ-NP-Za-km-z]{43,44}|[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93})\b",
        check=whole(lambda value: any(char.isdigit() for char in value) and len(set(value)) > 12),
        score=0,
        near=0.75,
        context=_WORDS,
        reason="an address in base 58, named as a wallet",
        positives=("solana wallet 7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV2",),
        negatives=("7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV2", "wallet short1"),
    ),
)
