"""Replaces spans of text by placeholders, or for good."""

import json
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from llm_gateway.guard.masking import placeholder, surrogate
from llm_gateway.guard.masking.edit import Edit, applied
from llm_gateway.guard.masking.mapping import PlaceholderMap
from llm_gateway.guard.masking.placeholder import CODE_SIZE, VARIANT_SIZE, canonical, label_of

_SHOWN = 4
_FEWEST_TO_SHOW = 8


class Style(StrEnum):
    """How a value is replaced. A placeholder comes back in the answer, the others are for good.

    In order of strictness: where two spans overlap, the stricter style has the piece.
    """

    PLACEHOLDER = "placeholder"
    SURROGATE = "surrogate"
    PARTIAL = "partial"
    HASH = "hash"
    REDACT = "redact"


_STRICTNESS = {style: rank for rank, style in enumerate(Style)}


class MaskSpan(NamedTuple):
    """A piece of text to replace: `start` to `end`, exclusive, and as what."""

    start: int
    end: int
    category: str
    style: Style = Style.PLACEHOLDER


def secret_for(master: bytes, *scope: str) -> bytes:
    """The secret of one scope (a gateway key, a conversation), from which no other's follows."""
    return placeholder.digest(master, "placeholders", *scope)


class Masker:
    """Masks the texts of one exchange.

    `secret`: of the gateway key or conversation; two secrets never give the same placeholders.
    `texts`: every text of the exchange; codes that stand in one of them are not given to a value,
    so that nothing a client or model wrote can be mistaken for a placeholder.
    `known`: the map of earlier exchanges of the conversation, where the client does not resend it.
    """

    def __init__(self, secret: bytes, texts: Iterable[str] = (), known: PlaceholderMap | None = None) -> None:
        self._secret = secret
        self._values: dict[str, str] = dict(known.values) if known else {}
        self._names: dict[tuple[str, str], str] = {}
        self._taken = {code for text in texts for code in placeholder.codes_in(text)}
        self._surrogates: dict[tuple[str, str], str] = {}

    @property
    def mapping(self) -> PlaceholderMap:
        """All placeholders given so far."""
        return PlaceholderMap(MappingProxyType(dict(self._values)))

    def mask(self, text: str, spans: Iterable[MaskSpan], json_depth: int = 0) -> str:
        """`text` with every span replaced; what lies outside the spans is unchanged."""
        return applied(text, self.edits(text, spans, json_depth))

    def edits(self, text: str, spans: Iterable[MaskSpan], json_depth: int = 0) -> list[Edit]:
        """What replaces the spans, in order; overlapping spans become one.

        `json_depth`: 1 where `text` is itself JSON (tool-call arguments), so that its values are
        read without their escapes and stand for the same value as in plain text.
        """
        self._taken |= placeholder.codes_in(text)
        return [
            Edit(span.start, span.end, self._replacement(text[span.start : span.end], span, json_depth))
            for span in _apart(spans)
        ]

    def _replacement(self, written: str, span: MaskSpan, json_depth: int) -> str:
        value = unescaped(written, json_depth)
        made = _STYLES[span.style](self, span.category, value)
        return escaped(made, json_depth)

    def _masked(self, category: str, value: str) -> str:
        label, shared = label_of(category), canonical(category, value)
        name = self._named((label, shared), CODE_SIZE, label, shared)
        if value != shared:
            name = self._named((name, value), VARIANT_SIZE, name, value)
        return f"[{name}]"

    def _named(self, key: tuple[str, str], size: int, prefix: str, value: str) -> str:
        """The name already given to `key`, or the first derived one that is free for `value`."""
        if key in self._names:
            return self._names[key]
        attempt = 0
        while True:
            code = placeholder.code(self._secret, size + attempt // 8 * 2, prefix, value, str(attempt))
            name = f"{prefix}_{code}"
            if self._free(name, code, value):
                break
            attempt += 1
        self._names[key] = name
        self._values[name] = value
        return name

    def _free(self, name: str, code: str, value: str) -> bool:
        if name in self._values:
            return self._values[name] == value
        return code not in self._taken

    def _surrogate(self, category: str, value: str) -> str:
        key = (category, canonical(category, value))
        if key not in self._surrogates:
            given = set(self._surrogates.values())
            attempts = (surrogate.of(self._secret, category, value, attempt) for attempt in range(_ATTEMPTS))
            self._surrogates[key] = next(
                (made for made in attempts if made not in given | {value}), self._hash(*key)
            )
        return self._surrogates[key]

    def _hash(self, category: str, value: str) -> str:
        mark = placeholder.digest(self._secret, "hash", label_of(category), canonical(category, value))
        return f"[{label_of(category)}#{mark.hex()[:16]}]"

    def _partial(self, _: str, value: str) -> str:
        """Stars but for the last four letters or digits; short values show none."""
        letters = sum(char.isalnum() for char in value)
        hidden = letters - _SHOWN if letters >= _FEWEST_TO_SHOW else letters
        out = []
        for char in value:
            out.append("*" if char.isalnum() and hidden > 0 else char)
            hidden -= char.isalnum()
        return "".join(out) if letters else "*" * len(value)

    def _redacted(self, category: str, _: str) -> str:
        return f"[{label_of(category)} REDACTED]"


_ATTEMPTS = 64
_STYLES: dict[Style, Callable[[Masker, str, str], str]] = {
    Style.PLACEHOLDER: Masker._masked,
    Style.SURROGATE: Masker._surrogate,
    Style.PARTIAL: Masker._partial,
    Style.HASH: Masker._hash,
    Style.REDACT: Masker._redacted,
}


def unescaped(written: str, json_depth: int) -> str:
    """The value that `written` stands for inside JSON; as it is where it is no JSON string."""
    for _ in range(json_depth):
        try:
            written = str(json.loads(f'"{written}"'))
        except ValueError:
            return written
    return written


def escaped(value: str, json_depth: int) -> str:
    """`value` as it is written inside a JSON string, `json_depth` times."""
    for _ in range(json_depth):
        value = json.dumps(value, ensure_ascii=False)[1:-1]
    return value


def _apart(spans: Iterable[MaskSpan]) -> Sequence[MaskSpan]:
    """Spans in order; overlapping ones are one: of the longest's category, in the strictest style."""
    out: list[MaskSpan] = []
    longest = 0
    for span in sorted(spans):
        if span.end <= span.start:
            continue
        if not out or span.start >= out[-1].end:
            out.append(span)
            longest = span.end - span.start
            continue
        last = out[-1]
        category = span.category if span.end - span.start > longest else last.category
        longest = max(longest, span.end - span.start)
        style = max(last.style, span.style, key=_STRICTNESS.__getitem__)
        out[-1] = MaskSpan(last.start, max(last.end, span.end), category, style)
    return out
