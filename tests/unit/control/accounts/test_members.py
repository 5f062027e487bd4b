"""Roles, and who may change whose."""

import pytest

from llm_gateway.control.permissions import PERMISSIONS, Permission, may_grant
from llm_gateway.domain.accounts import Role
from llm_gateway.domain.errors import Conflict, NotAuthenticated, NotFound, NotPermitted
from tests.support.accounts import ROOT, VISITOR, Town, acting, newcomer


def test_roles_differ_as_meant() -> None:
    """The owner may do everything, the auditor change nothing; everybody has an account."""
    writing = {one for one in Permission if one.endswith((".write", ".mark"))}

    assert PERMISSIONS[Role.OWNER] == set(Permission)
    assert not PERMISSIONS[Role.AUDITOR] & writing
    assert all(Permission.ACCOUNT in PERMISSIONS[role] for role in Role)
    assert not PERMISSIONS[Role.DEVELOPER] & {Permission.POLICIES_WRITE, Permission.PROVIDERS_WRITE}
    assert not PERMISSIONS[Role.SECURITY] & {Permission.KEYS_WRITE, Permission.MEMBERS_WRITE}


@pytest.mark.parametrize("role", Role)
async def test_nobody_invites_above_himself(place: Town, role: Role) -> None:
    """An admin makes everything but owners."""
    await place.owner()
    admin = await place.member(Role.ADMIN)
    if role is Role.OWNER:
        with pytest.raises(NotPermitted):
            await place.accounts.members.invite(acting(admin), role)
    else:
        assert (await place.accounts.members.invite(acting(admin), role)).invite.role is role


def test_granting_is_having() -> None:
    """A role is given only by who has all of its permissions."""
    assert may_grant(None, Role.OWNER)
    for granter in Role:
        for role in Role:
            assert may_grant(PERMISSIONS[granter], role) == (PERMISSIONS[role] <= PERMISSIONS[granter])


async def test_an_admin_touches_no_owner(place: Town) -> None:
    """Neither demotes nor removes one, nor rises to one."""
    owner, admin = await place.owner(), await place.member(Role.ADMIN)
    members = place.accounts.members
    with pytest.raises(NotPermitted):
        await members.set_role(acting(admin), owner.user.id, Role.AUDITOR)
    with pytest.raises(NotPermitted):
        await members.remove(acting(admin), owner.user.id)
    with pytest.raises(NotPermitted):
        await members.set_role(acting(admin), admin.user.id, Role.OWNER)


async def test_the_last_owner_stays(place: Town) -> None:
    """Somebody has to be owner, whoever asks; with two, one may go."""
    owner = await place.owner()
    for actor in (acting(owner), ROOT):
        with pytest.raises(Conflict):
            await place.accounts.members.set_role(actor, owner.user.id, Role.ADMIN)
        with pytest.raises(Conflict):
            await place.accounts.members.remove(actor, owner.user.id)
    await place.member(Role.OWNER, "second@example.com")
    await place.accounts.members.remove(acting(owner), owner.user.id)

    assert [user.email for user in await place.accounts.members.list()] == ["second@example.com"]


async def test_a_new_role_ends_the_sessions(place: Town) -> None:
    """Whoever was signed in with the old rights signs in again."""
    owner, other = await place.owner(), await place.member(Role.ADMIN)
    await place.accounts.members.set_role(acting(owner), other.user.id, Role.AUDITOR)

    with pytest.raises(NotAuthenticated):
        await place.accounts.sessions.find(other.token)
    event = next(one for one in place.audit.list() if one.action == "member.role")
    assert (event.actor, event.source) == ("owner@example.com", VISITOR.source)
    assert (event.before, event.after) == ({"role": "admin"}, {"role": "auditor"})


async def test_removal_takes_everything_along(place: Town) -> None:
    """Sessions, tokens and open invitations end with the membership."""
    owner, admin = await place.owner(), await place.member(Role.ADMIN)
    issued = await place.accounts.own.create_token(acting(admin), "ci", Role.AUDITOR, 30)
    invited = await place.accounts.members.invite(acting(admin), Role.AUDITOR)
    await place.accounts.members.remove(acting(owner), admin.user.id)

    with pytest.raises(NotAuthenticated):
        await place.accounts.sessions.find(admin.token)
    with pytest.raises(NotAuthenticated):
        await place.accounts.own.holder(issued.secret, "")
    with pytest.raises(NotPermitted):
        await place.accounts.joining.sign_up(invited.token, newcomer("x@example.com"), VISITOR)


async def test_invitations_are_listed_and_withdrawn(place: Town) -> None:
    """An open invitation can be ended, once."""
    owner = await place.owner()
    invited = await place.accounts.members.invite(acting(owner), Role.AUDITOR)
    assert [one.id for one in await place.accounts.members.invites()] == [invited.invite.id]
    await place.accounts.members.withdraw(acting(owner), invited.invite.id)

    assert await place.accounts.members.invites() == []
    with pytest.raises(NotPermitted):
        await place.accounts.joining.sign_up(invited.token, newcomer("x@example.com"), VISITOR)
    with pytest.raises(NotFound):
        await place.accounts.members.withdraw(acting(owner), invited.invite.id)


async def test_unknown_members_are_not_found(place: Town) -> None:
    """An id that leads nowhere is told as such."""
    with pytest.raises(NotFound):
        await place.accounts.members.remove(ROOT, "usr_none")
