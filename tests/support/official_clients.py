"""The providers' official clients, over answers that are given in advance and requests that are kept.

One client of each kind is made and reused: making one reads the system's certificates several times.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import anthropic
import httpx2
import openai
from google import genai
from google.genai import types

Client = TypeVar("Client")


@dataclass
class Line:
    """The other end of a client: what it answers, and what it was last asked."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    request: httpx2.Request | None = field(default=None)

    def http(self) -> httpx2.Client:
        return httpx2.Client(transport=httpx2.MockTransport(self._answer))

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        request.read()
        self.request = request
        return httpx2.Response(self.status, content=self.body, headers={"content-type": self.content_type})


@functools.cache
def _openai() -> tuple[openai.OpenAI, Line]:
    line = Line()
    return openai.OpenAI(
        api_key="k", base_url="http://gateway/v1", max_retries=0, http_client=line.http()
    ), line


@functools.cache
def _anthropic() -> tuple[anthropic.Anthropic, Line]:
    line = Line()
    return anthropic.Anthropic(
        api_key="k", base_url="http://gateway", max_retries=0, http_client=line.http()
    ), line


@functools.cache
def _google() -> tuple[genai.Client, Line]:
    line = Line()
    options = types.HttpOptions(base_url="http://gateway", httpx_client=line.http())
    return genai.Client(api_key="k", http_options=options), line


def openai_client(body: bytes, status: int = 200) -> openai.OpenAI:
    """The client of OpenAI, which will be answered with this body, events by their looks."""
    return _answering(_openai, body, status)


def anthropic_client(body: bytes, status: int = 200) -> anthropic.Anthropic:
    """The client of Anthropic."""
    return _answering(_anthropic, body, status)


def google_client(body: bytes, status: int = 200) -> genai.Client:
    """The client of Google."""
    return _answering(_google, body, status)


def last_request(client: object) -> httpx2.Request:
    """What a client sent last."""
    lines = [line for known, line in (_openai(), _anthropic(), _google()) if known is client]
    assert lines[0].request is not None
    return lines[0].request


def _answering(make: Callable[[], tuple[Client, Line]], body: bytes, status: int) -> Client:
    client, line = make()
    line.body, line.status, line.request = body, status, None
    line.content_type = "application/json" if body[:1] in (b"{", b"[") else "text/event-stream"
    return client
