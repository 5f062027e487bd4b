"""Brings values back in the answer: in whole texts, and in streams cut anywhere.

Models change what they copy: the case, a backslash before the underscore (markdown), the brackets
left out or shared by a list. All of these are understood. What is not in the map stays as it is.
"""

import re
from collections.abc import Iterator

from llm_gateway.guard.masking.edit import Edit, applied
from llm_gateway.guard.masking.mapping import PlaceholderMap
from llm_gateway.guard.masking.masker import escaped

_SLASHES = r"\\{0,3}"
_FLAGS = re.IGNORECASE | re.ASCII
_CLOSE = re.compile(rf"{_SLASHES}\]")
_JOINT = re.compile(rf"{_SLASHES}_")


class Restorer:
    """Restores whole texts. Immutable; one map for all texts of an answer.

    `json_depth`: 1 for a text that is itself JSON (tool-call arguments), so that values come back
    escaped as its strings demand; 0 for plain text.
    """

    def __init__(self, mapping: PlaceholderMap, json_depth: int = 0) -> None:
        self._values = {name: escaped(value, json_depth) for name, value in mapping.values.items()}
        parts = [name.split("_") for name in self._values]
        labels = {part[0] for part in parts}
        self._sizes = sorted({len(part[1]) for part in parts}, reverse=True)
        self._variants = sorted({len(part[2]) for part in parts if len(part) > 2}, reverse=True)
        self._head = re.compile(_head(labels), _FLAGS)
        self._begun = re.compile(_begun(labels), _FLAGS)
        self._longest = max(map(len, self._values), default=0) + 4 * 3 + 2

    def restore(self, text: str) -> str:
        """`text` with every placeholder of the map replaced by its value."""
        return applied(text, self.edits(text))

    def edits(self, text: str) -> Iterator[Edit]:
        """Where placeholders of the map stand in `text`, and the values that belong there."""
        end = 0
        while self._values and (head := self._head.search(text, end)) is not None:
            edit = self._read(text, head)
            if edit is not None:
                yield edit
            end = edit.end if edit is not None else head.start("label") + 1

    def settled(self, text: str) -> int:
        """How much of `text`, from its start, no later text can change."""
        if not self._values:
            return len(text)
        tail = max(0, len(text) - 3 * self._longest)
        whole = [(edit.start + tail, edit.end + tail) for edit in self.edits(text[tail:])]
        start = max(0, len(text) - self._longest)
        while (match := self._begun.search(text, start)) is not None and match[0]:
            start = next((end for begin, end in whole if begin < match.start() < end), match.start())
            if start == match.start():
                if self._grows(match[0]):
                    return start
                start = next((end for begin, end in whole if begin == start), start + 1)
        return len(text)

    def _read(self, text: str, head: re.Match[str]) -> Edit | None:
        """The placeholder behind `head`, if it is in the map."""
        found = self._lookup(text, head["label"].upper(), head.end(), self._sizes)
        if found is None:
            return None
        name, end = found
        if (joint := _JOINT.match(text, end)) is not None:
            name, end = self._lookup(text, name, joint.end(), self._variants) or found
        return self._paired(text, head, end, self._values[name])

    def _lookup(self, text: str, prefix: str, start: int, sizes: list[int]) -> tuple[str, int] | None:
        for size in sizes:
            name = f"{prefix}_{text[start : start + size].upper()}"
            if name in self._values:
                return name, start + size
        return None

    def _paired(self, text: str, head: re.Match[str], end: int, value: str) -> Edit:
        """Brackets go together with the placeholder; one that stands alone holds something else.

        Backslashes before the opening bracket belong to it only where the closing one has as many:
        the text in front of a masked value may itself have ended in some.
        """
        close = _CLOSE.match(text, end)
        if not head["open"] or close is None:
            return Edit(head.start("label"), end, value)
        escapes = len(close[0]) - 1
        opened = head.start() if len(head["open"]) - 1 == escapes else head.start("label") - 1
        return Edit(opened, close.end(), value)

    def _grows(self, begun: str) -> bool:
        """Whether more text could make a placeholder of the map out of `begun`."""
        bare = begun.replace("\\", "").removeprefix("[").upper()
        return any(name.startswith(bare) for name in self._values)


class StreamRestorer:
    """Restores a stream: feed pieces in order, send what comes out, flush at the end.

    Holds back only what can be the beginning of a placeholder of the map. The pieces together are
    what `Restorer` makes of the whole text, however it was cut.
    """

    def __init__(self, mapping: PlaceholderMap, json_depth: int = 0) -> None:
        self._restorer = Restorer(mapping, json_depth)
        self._held = ""

    def feed(self, chunk: str) -> str:
        """What can be sent now."""
        text = self._held + chunk
        cut = self._restorer.settled(text)
        self._held = text[cut:]
        return self._restorer.restore(text[:cut])

    def flush(self) -> str:
        """The rest, at the end of the stream."""
        rest, self._held = self._held, ""
        return self._restorer.restore(rest)


def _head(labels: set[str]) -> str:
    """An opening bracket or none, a label, an underscore."""
    names = "|".join(sorted(labels, key=len, reverse=True)) or "(?!)"
    return rf"(?P<open>{_SLASHES}\[)?(?P<label>{names}){_SLASHES}_"


def _begun(labels: set[str]) -> str:
    """The shape of an unfinished placeholder at the end of a text; may be empty."""
    names = "|".join(sorted(labels, key=len, reverse=True)) or "(?!)"
    begun = "|".join(sorted({label[:size] for label in labels for size in range(1, len(label))}, key=len))
    rest = rf"(?:_[0-9A-Z]*{_SLASHES}){{0,2}}"
    open_ = rf"(?:{_SLASHES}\[)?"
    return rf"(?:{open_}(?:(?:{names}){_SLASHES}{rest}|(?:{begun})?)|{_SLASHES})\Z"
