"""Where policies live. Used by administrative acts only; the request path has them in its snapshot."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from llm_gateway.domain.policies import Named, PolicyState, PolicyVersion
from llm_gateway.domain.record import AuditEvent


class PolicyStore(Protocol):
    """Every change commits with its audit event in one transaction.

    All methods raise Unavailable when the store is away or cannot write.
    """

    def add(self, event: AuditEvent, draft: PolicyVersion) -> PolicyVersion:
        """Keeps a document under the next number of its name; the number of `draft` is not looked at.

        A document that is stored already is given back as it is, and nothing is written.
        """
        ...

    def versions(self, project: str, name: str) -> Sequence[PolicyVersion]:
        """All versions of a policy, newest first; none for an unknown name."""
        ...

    def states(self, project: str) -> Sequence[PolicyState]:
        """The state of every policy that has a version, by name."""
        ...

    def state(self, project: str, name: str) -> PolicyState | None:
        """None for a policy that has no version."""
        ...

    def attachments(self) -> Mapping[str, Named]:
        """What is attached to projects and everywhere, by scope."""
        ...

    def set_state(
        self,
        event: AuditEvent,
        state: PolicyState,
        *,
        replaces: PolicyState,
        attach: Sequence[str] = (),
        detach: Sequence[str] = (),
    ) -> int:
        """Commits which versions hold, attaches the policy to scopes or frees them; gives the change number.

        Raises Conflict when the stored state is another than `replaces` by now.
        """
        ...
