"""/api/account: one's own sessions, password and personal tokens."""

from fastapi import APIRouter, Request, Response

from llm_gateway.control.accounts import Accounts, checks
from llm_gateway.web.admin.rights import Account
from llm_gateway.web.auth.schemas import (
    BrowserList,
    BrowserOut,
    IssuedTokenOut,
    PasswordIn,
    SessionOut,
    TokenIn,
    TokenList,
    TokenOut,
)
from llm_gateway.web.auth.session import hand_over, secret
from llm_gateway.web.auth.visitors import visitor_of

PREFIX = "/api/account"


def account_router(accounts: Accounts) -> APIRouter:
    router = APIRouter(prefix=PREFIX, tags=["Accounts"])
    _sessions(router, accounts)
    _tokens(router, accounts)
    return router


def _sessions(router: APIRouter, accounts: Accounts) -> None:
    @router.post("/password")
    async def change_password(
        request: Request, response: Response, actor: Account, body: PasswordIn
    ) -> SessionOut:
        """Change the password. All other sessions end."""
        opened = await accounts.own.change_password(
            actor, secret(body.old), secret(body.new), visitor_of(request)
        )
        return await hand_over(accounts, request, response, opened)

    @router.get("/sessions")
    async def list_sessions(actor: Account) -> BrowserList:
        """Where you are signed in, newest first."""
        found = await accounts.sessions.list(actor)
        return BrowserList(data=[BrowserOut.of(one, actor.session_id) for one in found])

    @router.delete("/sessions/{session_id}", status_code=204)
    async def end_session(actor: Account, session_id: str) -> None:
        """Sign out one of your sessions."""
        await accounts.sessions.end(actor, session_id)

    @router.delete("/sessions", status_code=204)
    async def end_other_sessions(actor: Account) -> None:
        """Sign out everywhere but here."""
        await accounts.sessions.end_others(actor)


def _tokens(router: APIRouter, accounts: Accounts) -> None:
    @router.get("/tokens")
    async def list_tokens(actor: Account) -> TokenList:
        """Your personal tokens, newest first."""
        return TokenList(data=[TokenOut.of(token) for token in await accounts.own.tokens(actor)])

    @router.post("/tokens", status_code=201)
    async def create_token(actor: Account, body: TokenIn) -> IssuedTokenOut:
        """Make a token for scripts. The answer shows it once."""
        issued = await accounts.own.create_token(actor, body.name, checks.role(body.role), body.days)
        return IssuedTokenOut(**TokenOut.of(issued.token).model_dump(), token=issued.secret.reveal())

    @router.delete("/tokens/{token_id}", status_code=204)
    async def delete_token(actor: Account, token_id: str) -> None:
        """End one of your tokens."""
        await accounts.own.delete_token(actor, token_id)
