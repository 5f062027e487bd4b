"""The use cases around policies, put together for the server and for the commands."""

from llm_gateway.app.installation import Installation
from llm_gateway.app.rulebooks import Rulebooks, read_policy
from llm_gateway.app.workbench import PolicyBench
from llm_gateway.control import ControlDeps, Policies, Replays
from llm_gateway.control.deps import DEFAULT_PROJECT
from llm_gateway.policy import default_policy
from llm_gateway.settings import Settings


class PolicyOffice:
    """What belongs to policies in one installation."""

    def __init__(self, installation: Installation, rulebooks: Rulebooks) -> None:
        self._installation = installation
        self.bench = PolicyBench(rulebooks)

    def policies(self, deps: ControlDeps) -> Policies:
        """What operators do with policies."""
        return Policies(deps, self._installation.policies, self.bench)

    @property
    def replays(self) -> Replays:
        """Drafts over stored records."""
        here = self._installation
        return Replays(here.records, here.policies, self.bench, here.clock, DEFAULT_PROJECT)

    def holds(self, name: str) -> bool:
        """Whether a key may name a policy. Blocks."""
        return holds(self._installation, self.bench.default.name, name)


def holds(installation: Installation, default: str, name: str) -> bool:
    """Whether a policy has an active or a watched version, or is the installation's, named `default`."""
    if name == default:
        return True
    state = installation.policies.state(DEFAULT_PROJECT, name)
    return state is not None and (state.active is not None or state.monitored is not None)


def default_name(settings: Settings) -> str:
    """The name of the installation's policy. Raises CannotStart when its file is wrong."""
    return (read_policy(settings.policy_file) if settings.policy_file else default_policy()).name
