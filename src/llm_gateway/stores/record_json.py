"""Records as JSON documents: what stores keep and what the spool holds.

Compatibility law: a field added to Record needs a default in `record_from`, because documents written
before it are read for as long as records are retained. A field is never given another meaning.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import orjson

from llm_gateway.domain.record import Coverage, FindingSummary, Latency, Outcome, Record
from llm_gateway.domain.usage import Usage

_LARGEST_INTEGER = 2**53 - 1


def record_document(record: Record) -> bytes:
    """The document of a record; never fails on what a client or a provider managed to get into one."""
    try:
        return orjson.dumps(record, default=_plain)
    except orjson.JSONEncodeError:
        return orjson.dumps(_scrubbed(asdict(record)))


def _scrubbed(value: Any) -> Any:
    """Half characters become question marks, numbers beyond JSON's reach become the largest within."""
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    if isinstance(value, int):
        return max(-_LARGEST_INTEGER, min(value, _LARGEST_INTEGER))
    if isinstance(value, Usage):
        return _scrubbed(value._asdict())
    if isinstance(value, Mapping):
        return {_scrubbed(str(key)): _scrubbed(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_scrubbed(item) for item in value]
    return value


def _plain(value: object) -> object:
    if isinstance(value, Usage):
        return value._asdict()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a record holds no {type(value).__name__}")


def record_from(document: bytes | str) -> Record:
    """Raises ValueError when the document is not a record."""
    fields: dict[str, Any] = orjson.loads(document)
    try:
        return Record(
            **{
                **fields,
                "outcome": Outcome(fields["outcome"]),
                "findings": tuple(FindingSummary(**finding) for finding in fields["findings"]),
                "request": Coverage(**fields["request"]),
                "answer": Coverage(**fields["answer"]),
                "usage": Usage(**fields["usage"]),
                "latency": Latency(**fields["latency"]),
            }
        )
    except (TypeError, KeyError) as error:
        raise ValueError("not a record") from error
