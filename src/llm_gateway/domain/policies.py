"""Policies as they are stored: versions that never change, and which of them hold for whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field

EVERYWHERE = "*"
"""The scope of all projects; every other scope is the name of a project."""

Named = tuple[str, str]
"""A policy by project and name."""


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """A document under a name. `number` counts from 1; `version` is a digest of what it says."""

    project: str
    name: str
    number: int
    version: str
    document: str
    author: str
    created_at: float


@dataclass(frozen=True, slots=True)
class PolicyState:
    """Which versions of a policy hold, by number.

    `active` is enforced as its rules say. `monitored` runs beside it and changes nothing. `previous`
    was active before and is what a rollback brings back.
    """

    project: str
    name: str
    active: int | None = None
    previous: int | None = None
    monitored: int | None = None

    @property
    def key(self) -> Named:
        return self.project, self.name


@dataclass(frozen=True, slots=True)
class LivePolicy:
    """The versions of a policy that hold."""

    active: PolicyVersion | None = None
    monitored: PolicyVersion | None = None


@dataclass(frozen=True, slots=True)
class LivePolicies:
    """All policies that hold, and for whom: attachments by scope."""

    policies: Mapping[Named, LivePolicy] = field(default_factory=dict)
    attached: Mapping[str, Named] = field(default_factory=dict)


NO_POLICIES = LivePolicies()
