"""What every audit log promises."""

from tests.contract.conftest import Stores
from tests.support.values import an_event


def test_an_event_comes_back_as_it_was(stores: Stores) -> None:
    """Every field survives, also what was before and after."""
    event = an_event(before={"name": "old", "expires_at": 1.5}, after={"models": ["a", "b"], "policy": None})
    stores.audit.append(event)

    assert list(stores.audit.list()) == [event]


def test_pages_cover_all_events_once(stores: Stores) -> None:
    """Paging newest first visits every event once."""
    wanted = [f"aud_{number:03}" for number in range(10)]
    for event_id in wanted:
        stores.audit.append(an_event(event_id))

    seen: list[str] = []
    while page := [event.id for event in stores.audit.list(limit=3, before=seen[-1] if seen else None)]:
        seen += page
    assert seen == wanted[::-1]
