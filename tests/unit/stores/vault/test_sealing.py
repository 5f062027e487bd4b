import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.ports.directory import SealBroken
from llm_gateway.stores.vault.sealing import bound_to, cipher, decrypt, encrypt, origin, read, write

KEY = cipher(b"k" * 32)
PARTS = st.lists(st.text(max_size=5), max_size=4)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://api.openai.com/v1", "https://api.openai.com:443"),
        ("HTTPS://API.OpenAI.com:443/", "https://api.openai.com:443"),
        ("http://127.0.0.1:11434/v1", "http://127.0.0.1:11434"),
        ("http://[::1]/v1", "http://::1:80"),
        ("demo://simulated/v1", "demo://simulated:0"),
    ],
)
def test_origin(url: str, expected: str) -> None:
    """The origin is scheme, host and port, however they were written."""
    assert origin(url) == expected


@pytest.mark.parametrize("url", ["", "api.openai.com", "https://", "https://host:port", "//host"])
def test_no_origin(url: str) -> None:
    """What has no scheme and host binds nothing."""
    with pytest.raises(ValueError):  # noqa: PT011 - the text is the standard library's
        origin(url)


@given(PARTS, PARTS)
def test_different_parts_bind_differently(one: list[str], other: list[str]) -> None:
    """No two lists of parts give the same additional data."""
    assert (bound_to(*one) == bound_to(*other)) == (one == other)


@given(st.binary(max_size=300), st.binary(max_size=50))
def test_round_trip(plain: bytes, additional: bytes) -> None:
    """What was sealed and written opens again in its place."""
    key_id, box = read(write("k1", encrypt(KEY, plain, additional)))

    assert key_id == "k1"
    assert decrypt(KEY, box, additional) == plain


def test_every_seal_is_another() -> None:
    """The nonce is fresh each time, so equal keys do not look equal."""
    assert encrypt(KEY, b"same", b"") != encrypt(KEY, b"same", b"")


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_any_changed_byte_breaks_the_seal(at: int, change: int) -> None:
    """A box with one byte changed does not open."""
    box = bytearray(encrypt(KEY, b"sk-1234567890", b"place"))
    box[at % len(box)] ^= change

    with pytest.raises(SealBroken):
        decrypt(KEY, bytes(box), b"place")


@pytest.mark.parametrize("text", ["", "v1", "v1.k", "v2.k.AAAA", "v1..AAAA", "v1.k.A", "v1.k.ä", "v1.k.A A="])
def test_damaged_texts_are_refused(text: str) -> None:
    """What is not a sealed value raises SealBroken, whatever is wrong with it."""
    with pytest.raises(SealBroken):
        decrypt(KEY, read(text)[1], b"")
