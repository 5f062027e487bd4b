import json

from tests.browser.conftest import House
from tests.browser.gateway import COMMITTED, description


def test_the_typed_client_is_current(house: House) -> None:
    """dashboard/openapi.json is what this gateway describes; scripts/api-client renews it."""
    assert json.loads(COMMITTED.read_text()) == description(house.gateway)
