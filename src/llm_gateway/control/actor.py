"""Who acts."""

from dataclasses import dataclass

from llm_gateway.control.permissions import Permission
from llm_gateway.domain.errors import NotPermitted


@dataclass(frozen=True, slots=True)
class Actor:
    """`name` is how the actor proved itself (`admin-token`, `cli:maria`, a member's address), `source`
    where it came from (a network address, `terminal`). Both go into audit events.

    `permissions` is None for who may do everything. `user_id` and `session_id` are empty for who is
    no member, or came without a browser.
    """

    name: str
    source: str = ""
    permissions: frozenset[Permission] | None = None
    user_id: str = ""
    session_id: str = ""

    def needs(self, permission: Permission) -> None:
        """Raises NotPermitted for an actor without the permission."""
        if self.permissions is not None and permission not in self.permissions:
            raise NotPermitted(f"This takes the permission {permission}; ask an owner or admin for it.")
