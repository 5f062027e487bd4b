"""/api/auth: the first owner, signing up, in and out."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import SecretStr

from llm_gateway.control.accounts import Accounts, Newcomer, Opened
from llm_gateway.domain.errors import NotAuthenticated
from llm_gateway.domain.secret import Secret
from llm_gateway.web.admin.errors import detail_of
from llm_gateway.web.admin.guard import front_of
from llm_gateway.web.auth.browser import Browser
from llm_gateway.web.auth.schemas import NoSessionOut, OidcOut, SessionOut, SetUpIn, SignInIn, SignUpIn
from llm_gateway.web.auth.visitors import AnyVisitor

PREFIX = "/api/auth"
_ASKED: dict[int | str, dict[str, Any]] = {
    401: {"model": NoSessionOut, "description": "Nobody is signed in."}
}


def session_router(accounts: Accounts, providers: Sequence[OidcOut] = ()) -> APIRouter:
    """`providers` are the services that people can sign in with."""
    router = APIRouter(prefix=PREFIX, tags=["Accounts"])

    @router.get("/session", responses=_ASKED, response_model=SessionOut)
    async def show_session(request: Request, visitor: AnyVisitor) -> SessionOut | Response:
        """Who is signed in. Without a session, 401 tells how to get one."""
        token = browser_of(request).session_token(request.scope["headers"])
        try:
            if token is None:
                raise NotAuthenticated("Nobody is signed in.", code="no_session")
            return SessionOut.of(await accounts.sessions.find(token))
        except NotAuthenticated as error:
            absent = NoSessionOut(
                error=detail_of(error),
                setup_needed=await accounts.joining.setup_needed(),
                signup_open=False,
                oidc=list(providers),
            )
            return JSONResponse(absent.model_dump(), 401)

    @router.post("/setup", status_code=201)
    async def set_up(request: Request, response: Response, visitor: AnyVisitor, body: SetUpIn) -> SessionOut:
        """Become the owner, with the link that was printed at the start."""
        newcomer = Newcomer(body.email, body.name, secret(body.password))
        opened = await accounts.joining.set_up(secret(body.token), newcomer, visitor)
        return await hand_over(accounts, request, response, opened)

    @router.post("/sign-up", status_code=201)
    async def sign_up(
        request: Request, response: Response, visitor: AnyVisitor, body: SignUpIn
    ) -> SessionOut:
        """Become a member, with an invitation."""
        newcomer = Newcomer(body.email, body.name, secret(body.password))
        opened = await accounts.joining.sign_up(secret(body.invite), newcomer, visitor)
        return await hand_over(accounts, request, response, opened)

    @router.post("/sign-in")
    async def sign_in(
        request: Request, response: Response, visitor: AnyVisitor, body: SignInIn
    ) -> SessionOut:
        """Open a session with e-mail address and password."""
        opened = await accounts.sign_in(body.email, secret(body.password), visitor)
        return await hand_over(accounts, request, response, opened)

    @router.post("/sign-out", status_code=204)
    async def sign_out(request: Request, response: Response, visitor: AnyVisitor) -> None:
        """End the session, if there is one."""
        headers = request.scope["headers"]
        token = browser_of(request).session_token(headers)
        if token is not None:
            browser_of(request).check_origin(request.method, headers)
            await accounts.sign_out(token, visitor.source)
        response.headers["set-cookie"] = browser_of(request).farewell(headers)

    return router


def browser_of(request: Request) -> Browser:
    return front_of(request).browser


async def hand_over(accounts: Accounts, request: Request, response: Response, opened: Opened) -> SessionOut:
    """Sets the cookie of a session that was just opened; the one that it takes the place of ends."""
    headers = request.scope["headers"]
    before = browser_of(request).session_token(headers)
    response.headers["set-cookie"] = browser_of(request).cookie(
        headers, opened.token, accounts.sessions.lasts
    )
    if before is not None:  # of another member, or of none any more
        await accounts.sign_out(before, opened.session.source)
    return SessionOut.of(await accounts.sessions.find(opened.token))


def secret(value: SecretStr) -> Secret:
    """A field as the domain's own kind of secret."""
    return Secret(value.get_secret_value())
