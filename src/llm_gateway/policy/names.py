"""Names with at most one star: `gpt-5*`, `*.search`, `mcp_*_read`, `openai.chat`."""

from dataclasses import dataclass, field

LONGEST = 128


@dataclass(frozen=True, slots=True)
class Names:
    """A set of names and patterns of names. An empty one fits every name. Case makes no difference."""

    written: tuple[str, ...] = ()
    _exact: frozenset[str] = field(init=False, repr=False, compare=False)
    _affixes: tuple[tuple[str, str], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        folded = [name.casefold() for name in self.written]
        object.__setattr__(self, "_exact", frozenset(name for name in folded if "*" not in name))
        affixes = tuple((head, tail) for head, star, tail in (n.partition("*") for n in folded) if star)
        object.__setattr__(self, "_affixes", affixes)

    def __bool__(self) -> bool:
        return bool(self.written)

    def fit(self, name: str) -> bool:
        """Whether `name` is among them."""
        if not self.written:
            return True
        folded = name.casefold()
        return folded in self._exact or any(
            len(folded) >= len(head) + len(tail) and folded.startswith(head) and folded.endswith(tail)
            for head, tail in self._affixes
        )


ANY = Names()
