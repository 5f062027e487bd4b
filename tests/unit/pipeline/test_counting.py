"""Usage of streams is asked for without the application noticing."""

import orjson

from llm_gateway.pipeline.counting import asking
from tests.unit.pipeline.world import FakeAnswer, World, body_of, chat

HEAD = {"content-type": "text/event-stream"}
FIRST = b'data: {"choices":[{"index":0,"delta":{"content":"Hello "}}]PLACE}\n\n'
COUNT = b'data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":7}}\n\n'
DONE = b"data: [DONE]\n\n"


async def test_the_count_is_recorded_and_not_shown() -> None:
    """The application reads the stream it would have read; the record has the tokens."""
    pieces = [FIRST.replace(b"PLACE", b',"usage":null'), COUNT, DONE]
    world = World(FakeAnswer(pieces, headers=HEAD))
    body = await body_of(await world.ask(chat("Hi", stream=True)))

    assert body == FIRST.replace(b"PLACE", b"") + DONE
    assert orjson.loads(world.upstream.sent[0].body)["stream_options"] == {"include_usage": True}
    assert (world.record.usage.input, world.record.usage.output) == (5, 7)


async def test_an_application_that_asks_gets_the_count() -> None:
    """Its own question goes out untouched, and so does the answer."""
    pieces = [FIRST.replace(b"PLACE", b',"usage":null'), COUNT, DONE]
    world = World(FakeAnswer(pieces, headers=HEAD))
    asked = chat("Hi", stream=True, stream_options={"include_usage": True})
    body = await body_of(await world.ask(asked))

    assert body == b"".join(pieces)
    assert world.upstream.sent[0].body == orjson.dumps(asked)
    assert world.record.usage.output == 7


async def test_only_a_member_is_taken_out_never_a_text() -> None:
    """A model may write about usage."""
    event = b'data: {"choices":[{"index":0,"delta":{"content":"say ,\\"usage\\":null "}}],"usage":null}\n\n'
    world = World(FakeAnswer([event, COUNT, DONE], headers=HEAD))
    body = await body_of(await world.ask(chat("Hi", stream=True)))

    assert body == event.replace(b'],"usage":null}', b"]}") + DONE


def test_the_question_changes_nothing_else() -> None:
    """One member in front of the client's own bytes."""
    assert asking(b'{ "a": 1.00}') == b'{"stream_options":{"include_usage":true}, "a": 1.00}'
