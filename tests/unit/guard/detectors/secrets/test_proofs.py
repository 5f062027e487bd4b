"""Check sums in tokens."""

from zlib import crc32

from llm_gateway.guard.detectors.secrets.proofs import base62, crc_of_all, crc_of_body


def test_base62() -> None:
    """Digits, capitals, small letters, padded on the left."""
    assert base62(61, 3) == "00z"
    assert base62(62, 1) == "10"


def test_body_check_sum() -> None:
    """A token whose tail is the check sum of its body is proven, any other is not."""
    body = "a" * 15 + "B7" * 7 + "c"
    good = f"ghp_{body}{base62(crc32(body.encode()), 6)}"

    assert crc_of_body(good)
    assert not crc_of_body(good[:-1] + ("0" if good[-1] != "0" else "1"))


def test_whole_check_sum() -> None:
    """The gateway's own keys carry the check sum of everything before it."""
    head = "lgw_live_" + "A1" * 6 + "_" + "x9" * 21 + "y"
    good = head + base62(crc32(head.encode()), 6)

    assert crc_of_all(good)
    assert not crc_of_all(good.replace("x9", "x8", 1))
