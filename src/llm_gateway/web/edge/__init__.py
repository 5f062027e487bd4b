"""The HTTP/1.1 edge: from sockets to ASGI, with one strict parser.

    head        the request line and the fields: what is a request and what is refused
    framing     where a body ends: its length is stated (SizedBody) or comes in chunks (ChunkedBody)
    connection  one client connection: states, deadlines, back-pressure
    exchange    one request and its answer, as ASGI sees them
    server      listening, the sweep of deadlines, draining
    body        read_body for ASGI applications
    presence    noticing that the client went away

Why not a server from the shelf: docs/adr/0004-http-server.md. Nothing here knows what is proxied.
"""

from llm_gateway.web.edge.body import read_body
from llm_gateway.web.edge.presence import ClientGone, connected
from llm_gateway.web.edge.server import Server, serve

__all__ = ["ClientGone", "Server", "connected", "read_body", "serve"]
