"""What an address carries, and to whom."""

import pytest

from llm_gateway.guard.detectors.exfiltration.carried import carried, has_query, host_of


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Example.COM:8443/a", "example.com"),
        ("//example.com/a", "example.com"),
        ("https:\\\\example.com\\a", "example.com"),
        ("https://user:pw@example.com", "example.com"),
        ("https://example.com.", "example.com"),
        ("http://ex%61mple.com/", "example.com"),
        ("https:///example.com/a", "example.com"),
        ("https://example.com?x=@other.test", "example.com"),
    ],
)
def test_host(url: str, host: str) -> None:
    """The host is the one a browser would call."""
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("url", "much"),
    [
        ("https://a.test/p?id=12&lang=en", False),
        ("https://a.test/a-long-but-readable-title", False),
        ("https://a.test/p?q=ann%40corp.org+hunter22+more", True),
        ("https://a.test/" + "QUJD" * 12, True),
        ("https://" + "deadbeef" * 5 + ".a.test/", True),
        ("https://a.test/#aGVsbG8gd29ybGQgaGVsbG8gd29", True),
        ("https://a.test/{{secret}}", True),
    ],
)
def test_amount(url: str, much: bool) -> None:
    """Long values, segments, labels and open slots count; ordinary addresses do not."""
    assert (carried(url) >= 24) is much


def test_has_query() -> None:
    """A question mark alone hands nothing over."""
    assert has_query("https://a.test/?x")
    assert not has_query("https://a.test/?")
