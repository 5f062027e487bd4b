from dataclasses import replace

import pytest

from llm_gateway.control import Destination, KeyChanges
from llm_gateway.domain.errors import BadRequest, Conflict, NotFound
from llm_gateway.domain.keys import KeyStatus
from llm_gateway.domain.secret import Secret
from tests.support.control import CANARY, MARIA, Office, new_key
from tests.support.values import NOW

OPENAI = Destination("openai", Secret(CANARY))


async def test_a_generated_key_is_registered_later(desk: Office) -> None:
    """Generated, then registered, a key resolves to what was entered."""
    issued = await desk.keys.create_unrouted(MARIA, "app")
    assert not issued.key.usable
    seen = await desk.registration.register(MARIA, issued.token, OPENAI, "gpt-5.5")
    resolved = await desk.registration.resolve(MARIA, issued.token)

    assert seen.usable
    assert (resolved.provider, resolved.provider_key.reveal(), resolved.model) == (
        "openai",
        CANARY,
        "gpt-5.5",
    )
    assert sorted(desk.actions()) == ["key.create", "key.register", "key.resolve"]


async def test_registering_again_forgets_the_first(desk: Office) -> None:
    """A key leads to one place; the provider key of the place before is erased."""
    issued = await desk.keys.create_unrouted(MARIA)
    await desk.registration.register(MARIA, issued.token, OPENAI, "gpt-5.5")
    await desk.registration.register(MARIA, issued.token, Destination("xai", Secret("xai-key")), "grok-4.7")
    sealed = {connection.provider: bool(connection.sealed_key) for connection in desk.store.connections()}

    assert sealed == {"openai": False, "xai": True}
    assert (await desk.registration.resolve(MARIA, issued.token)).provider_key.reveal() == "xai-key"


async def test_unregistering_erases(desk: Office) -> None:
    """An unregistered key leads nowhere, its provider key is gone, and it can be registered again."""
    issued = await desk.keys.create(MARIA, new_key())
    assert not (await desk.registration.unregister(MARIA, issued.token)).usable
    assert not desk.store.connections()[0].sealed_key
    with pytest.raises(NotFound):
        await desk.registration.resolve(MARIA, issued.token)

    assert not (await desk.registration.unregister(MARIA, issued.token)).usable
    assert (await desk.registration.register(MARIA, issued.token, OPENAI, "m")).usable


async def test_the_missing_provider_key_is_named_as_it_was_asked(desk: Office) -> None:
    """The error names the field of this way in."""
    issued = await desk.keys.create_unrouted(MARIA)

    with pytest.raises(BadRequest) as caught:
        await desk.registration.register(MARIA, issued.token, Destination("openai"), "gpt-5.5")
    assert caught.value.param == "target_api_key"


async def test_a_revoked_key_stays_so(desk: Office) -> None:
    """A revoked key is neither registered nor unregistered nor resolved."""
    issued = await desk.keys.create(MARIA, new_key())
    await desk.keys.revoke(MARIA, issued.key.kid)

    with pytest.raises(Conflict):
        await desk.registration.register(MARIA, issued.token, OPENAI, "m")
    with pytest.raises(Conflict):
        await desk.registration.unregister(MARIA, issued.token)
    with pytest.raises(NotFound):
        await desk.registration.resolve(MARIA, issued.token)


async def test_only_usable_keys_resolve(desk: Office) -> None:
    """A disabled or expired key gives no provider key."""
    issued = await desk.keys.create(MARIA, new_key(expires_at=NOW + 10))
    await desk.keys.update(MARIA, issued.key.kid, KeyChanges({"status": KeyStatus.DISABLED}))
    with pytest.raises(NotFound):
        await desk.registration.resolve(MARIA, issued.token)

    await desk.keys.update(MARIA, issued.key.kid, KeyChanges({"status": KeyStatus.ACTIVE}))
    assert (await desk.registration.resolve(MARIA, issued.token)).provider == "openai"
    desk.clock.move(10)
    with pytest.raises(NotFound):
        await desk.registration.resolve(MARIA, issued.token)


async def test_stored_verifiers_are_no_credentials(desk: Office) -> None:
    """What lies in the database, in any spelling, opens nothing."""
    issued = await desk.keys.create(MARIA, new_key())
    key = desk.store.key(issued.key.kid)
    assert key is not None
    head = f"lgw_live_{key.kid}_"

    for stolen in (key.verifier.hex(), head + key.verifier.hex(), repr(key.verifier), key.kid, head):
        with pytest.raises(NotFound) as caught:
            await desk.registration.resolve(MARIA, Secret(stolen))
        assert stolen not in caught.value.message


async def test_another_token_of_the_same_key_is_wrong(desk: Office) -> None:
    """A well-formed token with the right id and another secret opens nothing."""
    issued = await desk.keys.create(MARIA, new_key())
    rotated = await desk.keys.rotate(MARIA, issued.key.kid)

    with pytest.raises(NotFound):
        await desk.registration.resolve(MARIA, issued.token)
    assert await desk.registration.resolve(MARIA, rotated.token)


async def test_a_redirected_connection_does_not_resolve(desk: Office) -> None:
    """A base URL changed in the database does not get the key."""
    issued = await desk.keys.create(MARIA, new_key())
    connection = desk.store.connections()[0]
    event = desk.deps.event(MARIA, "meddled", connection.id)
    desk.store.save(event, connections=[replace(connection, base_url="https://evil.example/v1")])

    with pytest.raises(Conflict, match="register the key again"):
        await desk.registration.resolve(MARIA, issued.token)
