"""A strict simulated provider: a real HTTP server on a free port that trusts nobody.

    answers.py   what it may be told to answer: JSON, events, raw bytes, pauses and faults
    checks.py    whether what it received is a valid OpenAI chat request, by the official SDK's types
    http.py      just enough of HTTP/1.1 to keep every byte that was received
    server.py    the server, in a thread of its own

The fixture is `provider`, from `fixtures.py`; a conftest imports it by name.
"""

from tests.support.provider.answers import RESET, Answer, completion, error, events, json_answer, raw
from tests.support.provider.http import Received
from tests.support.provider.server import Provider

__all__ = [
    "RESET",
    "Answer",
    "Provider",
    "Received",
    "completion",
    "error",
    "events",
    "json_answer",
    "raw",
]
