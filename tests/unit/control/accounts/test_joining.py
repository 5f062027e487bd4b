"""The first owner, and members by invitation."""

import asyncio

import pytest

from llm_gateway.control.accounts import Newcomer
from llm_gateway.control.accounts.joining import LINK_LASTS
from llm_gateway.domain.accounts import Role
from llm_gateway.domain.errors import BadRequest, Conflict, GatewayError, NotPermitted
from llm_gateway.domain.secret import Secret
from tests.support.accounts import PASSWORD, ROOT, VISITOR, Town, newcomer


async def test_the_link_makes_the_owner_once(place: Town) -> None:
    """The first start's link makes one owner, signed in, and nothing afterwards."""
    link = await place.accounts.joining.setup_link(ROOT)
    opened = await place.accounts.joining.set_up(link, newcomer("Ann@Example.com"), VISITOR)

    assert (opened.user.email, opened.user.role) == ("ann@example.com", Role.OWNER)
    assert not await place.accounts.joining.setup_needed()
    with pytest.raises(NotPermitted):
        await place.accounts.joining.set_up(link, newcomer("bob@example.com"), VISITOR)
    with pytest.raises(Conflict):
        await place.accounts.joining.setup_link(ROOT)
    assert sorted(place.actions()) == ["member.join", "session.open", "setup.link"]


async def test_a_new_link_ends_the_last(place: Town) -> None:
    """Of several starts only the last one's link is good."""
    first = await place.accounts.joining.setup_link(ROOT)
    await place.accounts.joining.setup_link(ROOT)

    with pytest.raises(NotPermitted):
        await place.accounts.joining.set_up(first, newcomer("ann@example.com"), VISITOR)


async def test_links_end_after_a_day(place: Town) -> None:
    """A link found in an old terminal opens nothing."""
    link = await place.accounts.joining.setup_link(ROOT)
    place.clock.move(LINK_LASTS)

    with pytest.raises(NotPermitted):
        await place.accounts.joining.set_up(link, newcomer("ann@example.com"), VISITOR)


async def test_two_at_once_make_one_owner(place: Town) -> None:
    """Whoever is second hears that the link was used."""
    link = await place.accounts.joining.setup_link(ROOT)
    tries = [place.accounts.joining.set_up(link, newcomer(f"{n}@example.com"), VISITOR) for n in range(4)]
    results = await asyncio.gather(*tries, return_exceptions=True)

    refused = [result for result in results if isinstance(result, GatewayError)]
    assert len(refused) == 3
    assert len(await place.accounts.members.list()) == 1


async def test_kinds_of_links_are_not_exchanged(place: Town) -> None:
    """An invitation sets nothing up, and the first start's link is no invitation."""
    link = await place.accounts.joining.setup_link(ROOT)
    invited = await place.accounts.members.invite(ROOT, Role.AUDITOR)

    with pytest.raises(NotPermitted):
        await place.accounts.joining.sign_up(link, newcomer("ann@example.com"), VISITOR)
    with pytest.raises(NotPermitted):
        await place.accounts.joining.set_up(invited.token, newcomer("ann@example.com"), VISITOR)


async def test_an_invitation_fixes_the_role(place: Town) -> None:
    """The inviter chooses what the newcomer may do, and the link is good once."""
    invited = await place.accounts.members.invite(ROOT, Role.AUDITOR)
    opened = await place.accounts.joining.sign_up(invited.token, newcomer("ann@example.com"), VISITOR)

    assert opened.user.role is Role.AUDITOR
    with pytest.raises(NotPermitted):
        await place.accounts.joining.sign_up(invited.token, newcomer("bob@example.com"), VISITOR)


async def test_an_invitation_may_be_for_one_address(place: Town) -> None:
    """Nobody else can take it."""
    invited = await place.accounts.members.invite(ROOT, Role.AUDITOR, "Ann@example.com")
    with pytest.raises(NotPermitted):
        await place.accounts.joining.sign_up(invited.token, newcomer("bob@example.com"), VISITOR)

    await place.accounts.joining.sign_up(invited.token, newcomer("ann@example.com"), VISITOR)


async def test_an_address_joins_once(place: Town) -> None:
    """A second account for an address is refused in whatever spelling, and costs no invitation."""
    await place.member(Role.AUDITOR, "ann@example.com")
    invited = await place.accounts.members.invite(ROOT, Role.OWNER)
    with pytest.raises(Conflict):
        await place.accounts.joining.sign_up(invited.token, newcomer(" ANN@example.com"), VISITOR)

    await place.accounts.joining.sign_up(invited.token, newcomer("bob@example.com"), VISITOR)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("", PASSWORD),
        ("ann", PASSWORD),
        ("ann@exa mple.com", PASSWORD),
        ("ann@example.com\n", "short"),
        ("ann@example.com", "x" * 11),
        ("ann@example.com", "x" * 300),
        ("ann@example.com", "abababababababab"),
        ("ann@example.com", "Ann@Example.com"),
    ],
)
async def test_what_is_refused(place: Town, email: str, password: str) -> None:
    """Bad addresses and weak passwords are refused without being repeated, and the link stays good."""
    link = await place.accounts.joining.setup_link(ROOT)
    with pytest.raises(BadRequest) as refused:
        await place.accounts.joining.set_up(link, Newcomer(email, "", Secret(password)), VISITOR)

    assert refused.value.param in ("email", "password")
    assert len(password) < 8 or password not in refused.value.message
    await place.accounts.joining.set_up(link, newcomer("ann@example.com"), VISITOR)


async def test_nothing_that_opens_is_stored(place: Town) -> None:
    """No link, token, cookie or password is in the database file, not even after all were used."""
    link = await place.accounts.joining.setup_link(ROOT)
    opened = await place.accounts.joining.set_up(link, newcomer("ann@example.com"), VISITOR)
    invited = await place.accounts.members.invite(ROOT, Role.AUDITOR)
    files = list(place.database.path.parent.glob("accounts.db*"))
    content = b"".join(file.read_bytes() for file in files)

    assert b"ann@example.com" in content
    for secret in (link.reveal(), opened.token.reveal(), invited.token.reveal(), PASSWORD):
        assert secret.encode() not in content
