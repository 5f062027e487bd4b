"""The pytest fixture."""

from collections.abc import Iterator

import pytest

from tests.support.provider.server import Provider


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A strict simulated provider; the test fails when what it received was not valid."""
    with Provider() as running:
        yield running
    running.assert_content()
