"""Guards of routes that need no session yet."""

from typing import Annotated

from fastapi import Depends, Request

from llm_gateway.control.accounts import Visitor
from llm_gateway.web.admin.guard import Guard, front_of, raise_body_error, source_of


class ForVisitors(Guard):
    """Lets anybody pass whom no other site sent. Raises NotPermitted.

    Signing somebody in unasked is an attack too, so this holds although there is no cookie yet.
    """

    async def __call__(self, request: Request) -> Visitor:
        browser = front_of(request).browser
        headers = request.scope["headers"]
        browser.check_origin(request.method, headers, required=False)
        browser.check_connection(headers)
        raise_body_error(request)
        return visitor_of(request)


AnyVisitor = Annotated[Visitor, Depends(ForVisitors())]


def visitor_of(request: Request) -> Visitor:
    """Where the request comes from."""
    return Visitor(source_of(request), request.headers.get("user-agent", ""))
