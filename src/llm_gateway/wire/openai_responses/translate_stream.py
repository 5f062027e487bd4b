"""Streamed responses to and from canonical pieces."""

from collections.abc import Iterator
from typing import Any

import orjson

from llm_gateway.domain.conversation import (
    CallPiece,
    CallStarted,
    Counted,
    Ended,
    Piece,
    ReasoningPiece,
    RefusalPiece,
    Started,
    Stop,
    Stopped,
    TextPiece,
    ToolCall,
)
from llm_gateway.domain.usage import Usage
from llm_gateway.wire.format import StreamEvent
from llm_gateway.wire.openai_responses import translate_answer as shapes

_CALLS = {"function_call": "arguments", "custom_tool_call": "input"}
_ARGUMENTS = ("response.function_call_arguments", "response.custom_tool_call_input")
_THOUGHTS = ("response.reasoning_summary_text.delta", "response.reasoning_text.delta")


class ResponsePieces:
    """Events of a response as pieces. Items of tools that run at the provider are left out."""

    def __init__(self) -> None:
        self._calls: dict[int, bool] = {}

    def pieces(self, event: StreamEvent) -> Iterator[Piece]:
        """What one event says."""
        value = event.value
        if type(value) is not dict:
            return
        kind = str(value.get("type") or "")
        delta = value.get("delta")
        if kind == "response.created" and type(value.get("response")) is dict:
            said = value["response"]
            yield Started(str(said.get("id") or ""), str(said.get("model") or ""))
        elif kind == "response.output_text.delta" and type(delta) is str:
            yield TextPiece(delta)
        elif kind == "response.refusal.delta" and type(delta) is str:
            yield RefusalPiece(delta)
        elif kind in _THOUGHTS and type(delta) is str:
            yield ReasoningPiece(delta)
        else:
            yield from self._call(kind, value)
        if event.last:
            yield from self._end(value.get("response"), event.usage)

    def _call(self, kind: str, value: dict[str, Any]) -> Iterator[Piece]:
        """Calls begin with their item; arguments come in pieces, or only whole at the end."""
        key, item = value.get("output_index"), value.get("item")
        if type(key) is not int:
            return
        if kind == "response.output_item.added" and type(item) is dict and str(item.get("type")) in _CALLS:
            self._calls[key] = False
            free = item["type"] == "custom_tool_call"
            yield CallStarted(key, str(item.get("call_id") or ""), str(item.get("name") or ""), free)
        head, _, last = kind.rpartition(".")
        if head in _ARGUMENTS and key in self._calls:
            text = value.get("delta") if last == "delta" else value.get("arguments", value.get("input"))
            if type(text) is str and text and not (last == "done" and self._calls[key]):
                self._calls[key] = True
                yield CallPiece(key, text)

    def _end(self, response: Any, usage: Usage | None) -> Iterator[Piece]:
        called = (ToolCall("", "", ""),) if self._calls else ()
        yield Stopped(shapes.stop_of(response if type(response) is dict else {}, called))
        if usage is not None:
            yield Counted(usage)
        yield Ended()


class ResponseEvents:
    """Pieces as events of a response: items that begin, grow and are done, one after the other."""

    def __init__(self, created: int, *, count: bool) -> None:
        self._created = created
        self._number = 0
        self._id = self._model = ""
        self._output: list[dict[str, Any]] = []
        self._open: str = ""
        self._said: list[str] = []
        self._call: CallStarted | None = None
        self._stop = Stop.END
        self._usage = Usage()

    def write(self, piece: Piece) -> bytes:
        """The bytes that say the same."""
        if isinstance(piece, Started):
            self._id, self._model = piece.id, piece.model
            begun = shapes.response(self._id, self._model, self._created)
            return self._event("created", response=begun) + self._event("in_progress", response=begun)
        if isinstance(piece, Counted):
            self._usage = piece.usage
            return b""
        if isinstance(piece, Stopped):
            self._stop = piece.stop
            return self._close()
        if isinstance(piece, Ended):
            return self._close() + self._end()
        return self._more(piece)

    def _more(self, piece: Piece) -> bytes:
        if isinstance(piece, CallStarted):
            closed = self._close()
            self._open, self._call, self._said = "call", piece, []
            return closed + self._event(
                "output_item.added", output_index=self._at, item=self._item("in_progress")
            )
        if isinstance(piece, CallPiece):
            self._said.append(piece.text)
            return self._event("function_call_arguments.delta", **self._place(), delta=piece.text)
        if isinstance(piece, TextPiece):
            return self._grow("output_text", piece.text)
        if isinstance(piece, RefusalPiece):
            return self._grow("refusal", piece.text)
        if isinstance(piece, ReasoningPiece) and piece.text:
            return self._grow("reasoning_summary_text", piece.text)
        return b""

    def _grow(self, kind: str, text: str) -> bytes:
        begun = b"" if self._open == kind else self._close() + self._begin(kind)
        self._said.append(text)
        return begun + self._event(f"{kind}.delta", **self._part_place(), delta=text)

    def _begin(self, kind: str) -> bytes:
        self._open, self._said = kind, []
        return self._event(
            "output_item.added", output_index=self._at, item=self._item("in_progress")
        ) + self._event(f"{self._part_kind}.added", **self._part_place(), part=self._part())

    def _close(self) -> bytes:
        """What is open is done: its text, its part, its item."""
        if not self._open:
            return b""
        text = "".join(self._said)
        if self._open == "call":
            out = self._event("function_call_arguments.done", **self._place(), arguments=text)
        else:
            field = "refusal" if self._open == "refusal" else "text"
            out = self._event(f"{self._open}.done", **self._part_place(), **{field: text})
            out += self._event(f"{self._part_kind}.done", **self._part_place(), part=self._part())
        item = self._item("completed")
        out += self._event("output_item.done", output_index=self._at, item=item)
        self._output.append(item)
        self._open, self._call = "", None
        return out

    def _end(self) -> bytes:
        whole = shapes.response(self._id, self._model, self._created) | shapes.ending(self._stop)
        whole |= {"output": self._output, "usage": shapes.write_usage(self._usage)}
        return self._event(whole["status"], response=whole)

    @property
    def _at(self) -> int:
        return len(self._output)

    @property
    def _part_kind(self) -> str:
        return "reasoning_summary_part" if self._open == "reasoning_summary_text" else "content_part"

    def _item_id(self) -> str:
        prefix = {"call": "fc", "reasoning_summary_text": "rs"}.get(self._open, "msg")
        return f"{prefix}_{self._at}_{self._id}"

    def _place(self) -> dict[str, Any]:
        return {"item_id": self._item_id(), "output_index": self._at}

    def _part_place(self) -> dict[str, Any]:
        index = "summary_index" if self._open == "reasoning_summary_text" else "content_index"
        return {**self._place(), index: 0}

    def _part(self) -> dict[str, Any]:
        text = "".join(self._said)
        if self._open == "reasoning_summary_text":
            return {"type": "summary_text", "text": text}
        return shapes.refusal_part(text) if self._open == "refusal" else shapes.text_part(text)

    def _item(self, status: str) -> dict[str, Any]:
        """The open item as it is now."""
        item_id, text = self._item_id(), "".join(self._said)
        if self._call is not None:
            return shapes.call_item(item_id, self._call.id, self._call.name, text, status)
        if self._open == "reasoning_summary_text":
            return shapes.reasoning_item(item_id, text)
        return shapes.message_item(item_id, [self._part()] if status == "completed" else [], status)

    def _event(self, kind: str, **members: Any) -> bytes:
        value = {"type": f"response.{kind}", "sequence_number": self._number, **members}
        self._number += 1
        return f"event: response.{kind}\ndata: ".encode() + orjson.dumps(value) + b"\n\n"
