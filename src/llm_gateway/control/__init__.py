"""Administrative use cases: what an operator can do, whoever asks (HTTP, command line).

Each act checks its input, commits the rows and the audit event in one transaction, and returns once
new requests are served by the changed state.
"""

from llm_gateway.control.access import Access, Presented, Right
from llm_gateway.control.actor import Actor
from llm_gateway.control.connections import Destination
from llm_gateway.control.deps import ControlDeps
from llm_gateway.control.keys import IssuedKey, KeyChanges, Keys, NewKey
from llm_gateway.control.permissions import Permission
from llm_gateway.control.policies import Policies
from llm_gateway.control.registration import Registration, ResolvedKey
from llm_gateway.control.replays import Replays
from llm_gateway.control.targets import NewTarget
from llm_gateway.control.views import KeyView

__all__ = [
    "Access",
    "Actor",
    "ControlDeps",
    "Destination",
    "IssuedKey",
    "KeyChanges",
    "KeyView",
    "Keys",
    "NewKey",
    "NewTarget",
    "Permission",
    "Policies",
    "Presented",
    "Registration",
    "Replays",
    "ResolvedKey",
    "Right",
]
