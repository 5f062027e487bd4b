"""Which paths are served, and what their addresses say."""

import pytest

from llm_gateway.wire.formats import FORMATS
from llm_gateway.wire.surfaces import SURFACES, Operation, dialect, generate_path, match, methods


@pytest.mark.parametrize(
    ("method", "path", "query", "said", "upstream"),
    [
        ("POST", "/v1/chat/completions", "", ("openai_chat", "", None), "/chat/completions"),
        ("POST", "/v1/responses", "", ("openai_responses", "", None), "/responses"),
        ("POST", "/v1/embeddings", "", ("openai_embeddings", "", False), "/embeddings"),
        ("POST", "/v1/messages", "beta=true", ("anthropic_messages", "", None), "/messages"),
        (
            "POST",
            "/v1/messages/count_tokens",
            "",
            ("anthropic_count_tokens", "", False),
            "/messages/count_tokens",
        ),
        (
            "POST",
            "/v1beta/models/gemini-3.0-flash:generateContent",
            "",
            ("gemini_generate", "gemini-3.0-flash", False),
            "/models/up:generateContent",
        ),
        (
            "POST",
            "/v1/models/gemini-3.0-flash:streamGenerateContent",
            "alt=sse",
            ("gemini_generate", "gemini-3.0-flash", True),
            "/models/up:streamGenerateContent?alt=sse",
        ),
        (
            "POST",
            "/v1beta/models/g:streamGenerateContent",
            "key=x",
            ("gemini_generate_array", "g", True),
            "/models/up:streamGenerateContent",
        ),
        (
            "POST",
            "/v1beta/models/g:countTokens",
            "",
            ("gemini_count_tokens", "g", False),
            "/models/up:countTokens",
        ),
        (
            "POST",
            "/v1beta/models/g:embedContent",
            "",
            ("gemini_embed", "g", False),
            "/models/up:embedContent",
        ),
        (
            "POST",
            "/v1/models/g:batchEmbedContents",
            "",
            ("gemini_embed", "g", False),
            "/models/up:batchEmbedContents",
        ),
        ("GET", "/v1/models", "", ("openai_chat", "", False), "/models"),
        ("GET", "/v1beta/models", "", ("gemini_generate", "", False), "/models"),
        ("GET", "/v1/models/org/m-1", "", ("openai_chat", "org/m-1", False), "/models/up"),
    ],
)
def test_served(
    method: str, path: str, query: str, said: tuple[str, str, bool | None], upstream: str
) -> None:
    """Path and query give format, model, streaming and the provider's path."""
    found = match(method, path, query)

    assert found is not None
    assert (found.format, found.model, found.stream) == (FORMATS[said[0]], *said[1:])
    assert found.upstream("up") == upstream


@pytest.mark.parametrize(
    "path",
    [
        "/v1/chat/completions/",
        "/v1/completions",
        "/v1/files",
        "//v1/messages",
        "/v1/messages/batches",
        "/v1beta/models/:generateContent",
        "/v1beta/models/g:generateContent/x",
        "/v1beta/models/g:generateContent\n",
        "/v1beta/models/../secrets:generateContent",
        "/v1beta/models/g%2e%2e:generateContent",
        "/v1beta/models/g:deleteEverything",
        "/v1beta/models/" + "g" * 200 + ":generateContent",
        "/v1/chat/completions?x",
    ],
)
def test_not_served(path: str) -> None:
    """What is not in the table is nobody's."""
    assert match("POST", path) is None


def test_a_model_never_breaks_out_of_the_path() -> None:
    """A model's name is one segment of the provider's path."""
    found = match("POST", "/v1beta/models/g:generateContent")

    assert found is not None
    assert found.upstream("models/a/../b?c#d") == "/models/a%2F..%2Fb%3Fc%23d:generateContent"


@pytest.mark.parametrize(
    ("headers", "surface"),
    [
        ({"anthropic-version"}, "anthropic.messages"),
        ({"x-goog-api-key"}, "gemini.generate"),
        ({"authorization"}, "openai.chat"),
    ],
)
def test_the_model_list_answers_in_the_clients_dialect(headers: set[str], surface: str) -> None:
    """Three formats share one address."""
    found = match("GET", "/v1/models", "", headers)

    assert found is not None
    assert found.surface.operation is Operation.LIST_MODELS
    assert found.format.surface == dialect(headers).surface == surface


def test_methods() -> None:
    """The answer 405 names what would work."""
    assert methods("/v1/messages") == ["POST"]
    assert methods("/v1/models") == ["GET"]
    assert methods("/nowhere") == []


def test_every_format_is_served() -> None:
    """No format is without an address; the array is the stream without alt=sse."""
    assert {surface.wire for surface in SURFACES} | {"gemini_generate_array"} == set(FORMATS)


@pytest.mark.parametrize(
    ("wire", "stream", "path"),
    [
        ("openai_chat", True, "/chat/completions"),
        ("openai_responses", False, "/responses"),
        ("anthropic_messages", True, "/messages"),
        ("gemini_generate", False, "/models/a%2Fb:generateContent"),
        ("gemini_generate", True, "/models/a%2Fb:streamGenerateContent?alt=sse"),
    ],
)
def test_where_a_translated_request_goes(wire: str, stream: bool, path: str) -> None:
    """Every format has one path for generating; streams of Gemini are asked for as events."""
    assert generate_path(wire, "a/b", stream=stream) == path


def test_the_formats_name_says_the_framing() -> None:
    """Translation is asked for by the name that tells both framings apart."""
    names = [
        found.wire
        for query in ("alt=sse", "")
        if (found := match("POST", "/v1beta/models/g:streamGenerateContent", query))
    ]

    assert names == ["gemini_generate", "gemini_generate_array"]
