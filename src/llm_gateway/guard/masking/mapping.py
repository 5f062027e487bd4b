"""Which placeholder stands for which value."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_NAME = re.compile(r"[A-Z0-9]+_[A-Z0-9]+(?:_[A-Z0-9]+)?")


@dataclass(frozen=True, slots=True)
class PlaceholderMap:
    """Placeholders (without brackets, upper-case) and the exact text each stands for.

    Holds personal data: keep it encrypted, under the key it belongs to, and let it expire.
    """

    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), repr=False)

    def __len__(self) -> int:
        return len(self.values)

    def joined(self, other: "PlaceholderMap") -> "PlaceholderMap":
        """Both maps in one; where they disagree, `other` has the word."""
        return PlaceholderMap(MappingProxyType({**self.values, **other.values}))

    def dump(self) -> bytes:
        """For storing, to be encrypted by the caller."""
        return json.dumps(dict(self.values)).encode()

    @classmethod
    def load(cls, raw: bytes) -> "PlaceholderMap":
        """What `dump` made. Raises `ValueError` on anything else."""
        values = json.loads(raw)
        if not isinstance(values, dict) or not all(
            _NAME.fullmatch(name) and isinstance(value, str) for name, value in values.items()
        ):
            raise ValueError("not a stored placeholder map")
        return cls(MappingProxyType(values))
