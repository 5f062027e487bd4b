"""The demo provider: a small simulated model, so that a newcomer sees the whole way work.

It speaks OpenAI's chat API, runs inside the process, opens no socket, needs no key, and says
everywhere that it is a simulation: the model is called `demo-simulated`, every text starts with
"Simulated answer", every answer carries `x-simulated: true`.

    request.py   reads and checks a request body, as strictly as OpenAI does
    speech.py    what the simulated model says, and the phrases that make it misbehave
    schema.py    a valid instance of a JSON schema; leaves.py: its strings and numbers
    calls.py     which tool to call, and with what arguments
    reply.py     one choice: text or tool call, cut by stop and max_tokens
    shapes.py    replies as a completion object or as server-sent events
    service.py   method, path and body in, an answer out; all of it pure
    upstream.py  the same behind the Upstream port, word by word
"""

from llm_gateway.upstream.demo.request import MODEL
from llm_gateway.upstream.demo.upstream import BASE_URL, DemoUpstream

__all__ = ["BASE_URL", "MODEL", "DemoUpstream"]
