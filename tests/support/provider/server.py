"""The simulated provider's server, in a thread with an event loop of its own."""

import asyncio
import threading
from collections import deque
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from tests.support.provider import checks
from tests.support.provider.answers import RESET, Answer, completion, error, json_answer, stream_of
from tests.support.provider.answers import events as as_events
from tests.support.provider.http import BadFraming, Received, framed, head_of, read_request

CHAT = "/v1/chat/completions"
MODELS = {"object": "list", "data": [{"id": "test-model", "object": "model", "created": 0, "owned_by": "t"}]}


class Provider:
    """Answers what it was told with `script`, in order, and something valid when the script is empty.

    An invalid chat request is answered 400, kept in `requests` with its problems, and fails the test
    at the end unless `expect_invalid` was set. Use as a context manager.
    """

    def __init__(self) -> None:
        self.requests: list[Received] = []
        self.framing_errors: list[str] = []
        self.expect_invalid = False
        self.port = 0
        self._script: deque[Answer] = deque()
        self._connections: set[asyncio.Task[None]] = set()
        self._arrived = threading.Condition()
        self._started = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="simulated-provider", daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def script(self, *answers: Answer | dict[str, Any]) -> None:
        """What to answer next. A dict is a JSON body."""
        self._script.extend(
            answer if isinstance(answer, Answer) else json_answer(answer) for answer in answers
        )

    def reset(self) -> None:
        """Forgets requests and script, for the next test."""
        with self._arrived:
            self.requests.clear()
            self.framing_errors.clear()
            self._script.clear()
            self.expect_invalid = False

    def wait_for(self, count: int = 1, timeout: float = 5.0) -> Sequence[Received]:
        """The requests, once there are `count` of them."""
        with self._arrived:
            if not self._arrived.wait_for(lambda: len(self.requests) >= count, timeout):
                raise AssertionError(f"the provider got {len(self.requests)} requests, not {count}")
            return list(self.requests)

    @property
    def last(self) -> Received:
        return self.wait_for()[-1]

    def assert_content(self) -> None:
        """Everything that arrived was valid."""
        assert not self.framing_errors, self.framing_errors
        assert self.expect_invalid or not [one.problems for one in self.requests if one.problems]

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._started.wait(10):
            raise AssertionError("the simulated provider did not start")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(self._loop.create_server(self._protocol, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._started.set()
        self._loop.run_forever()
        server.close()
        self._loop.run_until_complete(self._end_connections())
        self._loop.close()

    def _protocol(self) -> asyncio.StreamReaderProtocol:
        return asyncio.StreamReaderProtocol(WatchedReader(limit=2**20), self._accept, self._loop)

    async def _end_connections(self) -> None:
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            while await self._exchange(reader, writer):
                pass
        except BadFraming as problem:
            self.framing_errors.append(str(problem))
        except (ConnectionError, asyncio.CancelledError, asyncio.IncompleteReadError):
            pass
        finally:
            self._connections.discard(task)
            writer.transport.abort()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its answer. False when the connection is over."""
        received = await read_request(reader)
        if received is None:
            return False
        answer = self._answer(received)
        with self._arrived:
            self.requests.append(received)
            self._arrived.notify_all()
        sending = asyncio.ensure_future(_send(writer, answer))
        assert isinstance(reader, WatchedReader)
        leaving = asyncio.ensure_future(reader.gone.wait())
        await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not sending.done():
            received.disconnected.set()
            sending.cancel()
            return False
        leaving.cancel()
        received.answered.set()
        return sending.result()

    def _answer(self, received: Received) -> Answer:
        path = received.target.partition("?")[0]
        if path == "/v1/models" and received.method == "GET":
            return self._script.popleft() if self._script else json_answer(MODELS)
        if path == CHAT and received.method == "POST":
            received.problems = checks.problems(received.body)
            if received.problems:
                return error(400, "; ".join(received.problems), "invalid_request_error")
            received.unknown_fields = checks.unknown_fields(received.json)
            return self._script.popleft() if self._script else _ordinary(received.json)
        received.problems = [f"no such endpoint: {received.method} {path}"]
        return error(404, received.problems[0], "invalid_request_error", "unknown_url")


class WatchedReader(asyncio.StreamReader):
    """Tells when the client went away, without taking a byte of what it may still send."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.gone = asyncio.Event()

    def feed_eof(self) -> None:
        super().feed_eof()
        self.gone.set()

    def set_exception(self, exc: Exception) -> None:
        super().set_exception(exc)
        self.gone.set()


def _ordinary(body: dict[str, Any]) -> Answer:
    if not body.get("stream"):
        return json_answer(completion(model=body["model"]))
    wants_usage = (body.get("stream_options") or {}).get("include_usage")
    usage = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18} if wants_usage else None
    return as_events(stream_of(["All", " is", " well."], usage=usage))


async def _send(writer: asyncio.StreamWriter, answer: Answer) -> bool:
    """True when the connection may be used again."""
    await asyncio.sleep(answer.before)
    writer.write(head_of(answer))
    for step in answer.steps:
        if step is RESET:
            writer.transport.abort()
            return False
        if isinstance(step, bytes):
            writer.write(framed(step, answer))
            await writer.drain()
        elif isinstance(step, float | int):
            await asyncio.sleep(step)
    if answer.framing == "chunked":
        writer.write(b"0\r\n\r\n")
    await writer.drain()
    whole = answer.framing == "chunked" or (answer.framing == "length" and answer.length is None)
    if not whole:
        writer.close()
    return whole
