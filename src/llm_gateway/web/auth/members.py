"""/api/members: who belongs here, with which role, and who is invited."""

from fastapi import APIRouter

from llm_gateway.control.accounts import Accounts, checks
from llm_gateway.web.admin.rights import MembersRead, MembersWrite
from llm_gateway.web.auth.schemas import (
    InviteIn,
    InviteList,
    InviteOut,
    IssuedInviteOut,
    MemberList,
    MemberOut,
    RoleIn,
)

PREFIX = "/api/members"


def members_router(accounts: Accounts) -> APIRouter:
    router = APIRouter(prefix=PREFIX, tags=["Accounts"])
    _members(router, accounts)
    _invites(router, accounts)
    return router


def _members(router: APIRouter, accounts: Accounts) -> None:
    @router.get("")
    async def list_members(actor: MembersRead) -> MemberList:
        """All members, oldest first."""
        return MemberList(data=[MemberOut.of(user) for user in await accounts.members.list()])

    @router.put("/{user_id}/role")
    async def set_member_role(actor: MembersWrite, user_id: str, body: RoleIn) -> MemberOut:
        """Change a member's role, which ends the member's sessions."""
        return MemberOut.of(await accounts.members.set_role(actor, user_id, checks.role(body.role)))

    @router.delete("/{user_id}", status_code=204)
    async def remove_member(actor: MembersWrite, user_id: str) -> None:
        """End a membership, with all its sessions and tokens."""
        await accounts.members.remove(actor, user_id)


def _invites(router: APIRouter, accounts: Accounts) -> None:
    @router.get("/invites")
    async def list_invites(actor: MembersRead) -> InviteList:
        """Open invitations, newest first."""
        return InviteList(data=[InviteOut.of(one) for one in await accounts.members.invites()])

    @router.post("/invites", status_code=201)
    async def invite_member(actor: MembersWrite, body: InviteIn) -> IssuedInviteOut:
        """Invite somebody. The answer shows the link's secret once."""
        invited = await accounts.members.invite(actor, checks.role(body.role), body.email)
        shown = InviteOut.of(invited.invite).model_dump()
        return IssuedInviteOut(**shown, invite=invited.token.reveal())

    @router.delete("/invites/{invite_id}", status_code=204)
    async def withdraw_invite(actor: MembersWrite, invite_id: str) -> None:
        """End an invitation."""
        await accounts.members.withdraw(actor, invite_id)
