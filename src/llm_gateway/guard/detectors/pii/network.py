"""Network addresses: IPv4, IPv6, MAC, URLs with credentials in them."""

from ipaddress import AddressValueError, IPv4Address, IPv6Address

from llm_gateway.guard.detectors.context import Words
from llm_gateway.guard.detectors.rules import Rule, whole

_VERSION_WORDS = Words(
    "version, versie, versión, versão, versione, wersja, verze, sürüm, release, build, firmware, "
    "bump, roll back, rollback, upgrade, downgrade, 版本, バージョン, 버전, संस्करण, إصدار, сборк, "
    "верси, версі",
    before=24,
    after=0,
)
_NOBODY = frozenset({"0.0.0.0", "127.0.0.1", "255.255.255.255"})  # noqa: S104
_WRITTEN_GROUPS = 3


def _v4(value: str) -> bool:
    try:
        IPv4Address(value)
    except AddressValueError:
        return False
    return value not in _NOBODY and not value.endswith(".0.0.0") and not value.startswith("0.")


def _v6(value: str) -> bool:
    """An address, not a clock time or a name in a program (`std::dec`): digits, and enough groups."""
    try:
        IPv6Address(value)
    except AddressValueError:
        return False
    groups = [group for group in value.split(":") if group]
    if len(groups) < _WRITTEN_GROUPS and len(groups[0] if groups else "") != 4:
        return False
    return any(char.isdigit() for char in value)


def _userinfo(value: str) -> bool:
    user, _, password = value.split("://", 1)[1].rsplit("@", 1)[0].partition(":")
    return bool(user or password) and "$" not in password and not password.startswith(("<", "{", "*"))


_V6 = r"(?i)((?:[0-9a-f]{1,4})?(?::[0-9a-f]{0,4}){2,7}(?:(?:\.\d{1,3}){3})?)"
_MAC = (
    r"(?i)\b((?:[0-9a-f]{2}:){5}[0-9a-f]{2}|(?:[0-9a-f]{2}-){5}[0-9a-f]{2}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4})\b"
)
_URL = r"(?i)\b([a-z][a-z0-9+.-]{1,15}://[^\s/?#@:\"'<>]*:[^\s/?#@\"'<>]+@[^\s\"'<>)\]}`,;]+)"
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"

RULES = (
    Rule(
        category="ip_address",
        name="v4",
        unless=_VERSION_WORDS,
        pattern=rf"\b({_OCTET}(?:\.{_OCTET}){{3}})\b(?:[^.\w]|\.\D|\.?$)",
        check=whole(_v4),
        score=0.85,
        gate=(r"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]",),
        apart=".-_",
        reason="four octets",
        positives=("login from 203.0.113.199.", "10.31.7.40", "ip=192.0.2.45:8080", "at 198.51.100.7, then"),
        negatives=("1.2.3.4.5", "256.1.1.1", "v1.2.3.4", "Versie 5.4.0.1", "127.0.0.1", "1.2.3", "10.0.0.0"),
    ),
    Rule(
        category="ip_address",
        name="v6",
        pattern=_V6,
        check=whole(_v6),
        score=0.85,
        gate=(r"[0-9a-f]?:[0-9a-f]{0,4}:[0-9a-f]",),
        apart=":.ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ_",
        reason="a well-formed IPv6 address",
        positives=(
            "2001:db8:85a3::8a2e:370:7334",
            "fe80::1ff:fe23:4567:890a",
            "3b20:9a3a:1b2f:7ce:9ef1:4787:85fc:261e",
        ),
        negatives=("at 12:34:56", "std::dec::abc", "::", "a::b", "00:1B:44:11:3A:B7"),
    ),
    Rule(
        category="mac_address",
        pattern=_MAC,
        score=0.85,
        gate=(r"[0-9a-f]{2}[:-][0-9a-f]{2}[:-][0-9a-f]{2}[:-]", r"[0-9a-f]{4}\.[0-9a-f]{4}\."),
        apart=":-.",
        check=whole(lambda value: len(set(value) - set(":-.")) > 1),
        reason="six octets in hexadecimal",
        positives=("mac 00:1B:44:11:3A:B7", "00-1b-44-11-3a-b7", "001b.4411.3ab7"),
        negatives=("00:00:00:00:00:00", "00:1B:44:11:3A", "aa:bb"),
    ),
    Rule(
        category="url_credentials",
        pattern=_URL,
        check=whole(_userinfo),
        score=0.95,
        gate=(r"://[^ ]*@",),
        reason="an address with user and password in it",
        positives=("see https://ann:s3cret@intra.example.com/x", "ftp://u:p4ss@203.0.113.4"),
        negatives=(
            "https://example.com/@user:1",
            "https://user@example.com",
            "https://u:${PASS}@example.com",
        ),
    ),
    Rule(
        category="url",
        pattern=r"(?i)\b((?:https?|ftp)://[^\s\"'<>`\x1b]+|www\.[a-z0-9-]+\.[^\s\"'<>`\x1b]+)",
        check=lambda value: len(value.rstrip(".,;:!?)]}")),
        score=0.9,
        gate=("://", r"www\."),
        reason="a web address",
        positives=("My website is http://MoralBuilder.es/.", "see www.example.org/x"),
        negatives=("http://", "www. is a prefix"),
    ),
)
