"""Personal tokens."""

from dataclasses import replace

import pytest

from llm_gateway.control.accounts.own import DAY, MOST_TOKENS
from llm_gateway.control.permissions import PERMISSIONS
from llm_gateway.domain.accounts import Role
from llm_gateway.domain.errors import BadRequest, Conflict, NotAuthenticated, NotFound, NotPermitted
from llm_gateway.domain.secret import Secret
from tests.support.accounts import PASSWORD, VISITOR, Town, acting


async def test_a_token_acts_for_its_owner(place: Town) -> None:
    """With the rights of its role, under the owner's name, from where it is used."""
    owner = await place.owner()
    issued = await place.accounts.own.create_token(acting(owner), "ci", Role.AUDITOR, 30)
    actor = await place.accounts.own.holder(issued.secret, "192.0.2.50")

    assert issued.secret.reveal().startswith("lgwp_")
    assert (actor.name, actor.source) == ("owner@example.com", "192.0.2.50")
    assert actor.permissions == PERMISSIONS[Role.AUDITOR]


async def test_a_token_is_never_more_than_its_owner(place: Town) -> None:
    """Neither when it is made nor after its owner lost rights."""
    owner, admin = await place.owner(), await place.member(Role.ADMIN)
    with pytest.raises(NotPermitted):
        await place.accounts.own.create_token(acting(admin), "ci", Role.OWNER, 30)
    issued = await place.accounts.own.create_token(acting(admin), "ci", Role.ADMIN, 30)
    await place.accounts.members.set_role(acting(owner), admin.user.id, Role.AUDITOR)
    actor = await place.accounts.own.holder(issued.secret, "")

    assert actor.permissions == PERMISSIONS[Role.AUDITOR]


async def test_tokens_expire(place: Town) -> None:
    """After its days a token is worth nothing."""
    owner = await place.owner()
    issued = await place.accounts.own.create_token(acting(owner), "ci", Role.OWNER, 1)
    place.clock.move(DAY)

    with pytest.raises(NotAuthenticated):
        await place.accounts.own.holder(issued.secret, "")


async def test_what_is_stored_is_no_token(place: Town) -> None:
    """Neither the verifier nor a changed token opens anything."""
    owner = await place.owner()
    issued = await place.accounts.own.create_token(acting(owner), "ci", Role.OWNER, 1)
    text = issued.secret.reveal()
    for wrong in (text[:-1], text + "x", "lgwp_" + "x" * 43, issued.token.verifier.hex(), "lgwp_"):
        with pytest.raises(NotAuthenticated):
            await place.accounts.own.holder(Secret(wrong), "")


async def test_a_token_makes_no_tokens(place: Town) -> None:
    """Who stole a token can neither renew it nor change the password."""
    script = replace(acting(await place.owner()), session_id="")
    with pytest.raises(NotPermitted):
        await place.accounts.own.create_token(script, "more", Role.AUDITOR, 1)
    with pytest.raises(NotPermitted):
        await place.accounts.own.change_password(script, Secret(PASSWORD), Secret("x" * 20), VISITOR)


async def test_only_own_tokens_are_seen_and_deleted(place: Town) -> None:
    """The id of another member's token leads nowhere, for owners too."""
    owner, admin = await place.owner(), await place.member(Role.ADMIN)
    issued = await place.accounts.own.create_token(acting(admin), "ci", Role.ADMIN, 30)
    assert await place.accounts.own.tokens(acting(owner)) == []
    with pytest.raises(NotFound):
        await place.accounts.own.delete_token(acting(owner), issued.token.id)
    await place.accounts.own.holder(issued.secret, "")

    await place.accounts.own.delete_token(acting(admin), issued.token.id)
    with pytest.raises(NotAuthenticated):
        await place.accounts.own.holder(issued.secret, "")


@pytest.mark.parametrize(("name", "days"), [("", 1), ("x\n", 0), ("x" * 201, 1), ("x", 367)])
async def test_names_and_days_are_checked(place: Town, name: str, days: int) -> None:
    """A token needs a name and an end."""
    with pytest.raises(BadRequest):
        await place.accounts.own.create_token(acting(await place.owner()), name, Role.AUDITOR, days)


async def test_there_is_a_most(place: Town) -> None:
    """Tokens do not pile up without end."""
    owner = await place.owner()
    for n in range(MOST_TOKENS):
        await place.accounts.own.create_token(acting(owner), f"t{n}", Role.AUDITOR, 1)

    with pytest.raises(Conflict):
        await place.accounts.own.create_token(acting(owner), "one more", Role.AUDITOR, 1)
