"""Who acts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """`name` is how the actor proved itself (`admin-token`, `cli:maria`), `source` where it came
    from (a network address, `terminal`). Both go into audit events."""

    name: str
    source: str = ""
