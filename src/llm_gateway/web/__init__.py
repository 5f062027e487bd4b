"""HTTP in: thin. Bytes become requests to the pipeline and to the use cases of control, and back.

edge      sockets and framing
proxy     the ASGI application of the proxied surfaces
admin     the administrative API (FastAPI), with its OpenAPI description
root      one application out of all of them
"""
