"""A sign-in under way, in the browser's keeping."""

from llm_gateway.domain.secret import Secret
from llm_gateway.identity.oidc.pending import Pending, Sealer

PENDING = Pending("state", "nonce", "verifier", 1.0)


def test_what_was_sealed_is_opened() -> None:
    """By the same process, and the browser learns nothing from it."""
    sealer = Sealer("a")
    sealed = sealer.seal(PENDING)

    assert sealer.open(sealed) == PENDING
    assert b"verifier" not in sealed.reveal().encode()


def test_nothing_else_is() -> None:
    """Not another process's, nor a changed one, nor junk."""
    sealer = Sealer("a")
    text = sealer.seal(PENDING).reveal()
    for wrong in ("", "x", "é", text[:-2], "A" + text[1:] if text[0] != "A" else "B" + text[1:]):
        assert sealer.open(Secret(wrong)) is None
    assert Sealer("a").open(Secret(text)) is None
