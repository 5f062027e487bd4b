"""/api/auth/oidc: signing in through another service."""

from collections.abc import Sequence

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse

from llm_gateway.control.accounts import Accounts
from llm_gateway.domain.errors import GatewayError, NotAuthenticated, NotFound
from llm_gateway.domain.secret import Secret
from llm_gateway.ports.signin import IdentityProvider
from llm_gateway.web.auth.browser import PENDING
from llm_gateway.web.auth.session import PREFIX, browser_of
from llm_gateway.web.auth.visitors import AnyVisitor

MINUTES = 600.0


def oidc_router(accounts: Accounts, providers: Sequence[IdentityProvider], public_path: str) -> APIRouter:
    """`public_path` goes before the addresses that browsers are sent to."""
    router = APIRouter(prefix=f"{PREFIX}/oidc", tags=["Accounts"])
    known = {provider.id: provider for provider in providers}
    dashboard = f"{public_path}/dashboard"

    @router.get("/{provider_id}/start", status_code=302, response_class=RedirectResponse)
    async def start_oidc(request: Request, visitor: AnyVisitor, provider_id: str) -> RedirectResponse:
        """Go to the identity provider, with what ties its answer to this browser in a cookie."""
        provider = known.get(provider_id)
        if provider is None:
            raise NotFound("There is no such identity provider.", code="provider_not_found")
        try:
            accounts.throttle.source(visitor.source, accounts.ticks())
            begun = await provider.begin()
        except GatewayError as error:
            return _failed(dashboard, error)
        answer = RedirectResponse(begun.url, 302)
        headers = request.scope["headers"]
        cookie = browser_of(request).cookie(headers, begun.pending, MINUTES, PENDING)
        answer.headers.append("set-cookie", cookie)
        return answer

    @router.get("/{provider_id}/callback", status_code=302, response_class=RedirectResponse)
    async def finish_oidc(request: Request, visitor: AnyVisitor, provider_id: str) -> RedirectResponse:
        """Come back from the identity provider, with its answer in the query."""
        browser, headers = browser_of(request), request.scope["headers"]
        pending = browser.token(headers, PENDING)
        provider = known.get(provider_id)
        try:
            accounts.throttle.source(visitor.source, accounts.ticks())
            if provider is None or pending is None:
                raise NotAuthenticated("This browser has begun no sign-in.", code="sign_in_expired")
            outsider = await provider.finish(pending, _once(request))
            opened = await accounts.federation.arrive(outsider, visitor)
        except GatewayError as error:
            answer = _failed(dashboard, error)
        else:
            before = browser.session_token(headers)
            if before is not None:
                await accounts.sign_out(before, visitor.source)
            answer = RedirectResponse(dashboard, 302)
            lasts = accounts.sessions.lasts
            answer.headers.append("set-cookie", browser.cookie(headers, opened.token, lasts))
        answer.headers.append("set-cookie", browser.cookie(headers, Secret(""), 0, PENDING))
        return answer

    return router


def _once(request: Request) -> dict[str, str]:
    """The parameters of the address; what comes twice is left out, as what is not understood."""
    pairs = request.query_params.multi_items()
    names = [name for name, _ in pairs]
    return {name: value for name, value in pairs if names.count(name) == 1}


def _failed(dashboard: str, error: GatewayError) -> RedirectResponse:
    """Back to where people sign in, with a code that the page has words for."""
    return RedirectResponse(f"{dashboard}/sign-in#error={error.code}", 302)
