"""The use cases around policies, put together for the server and for the commands."""

from collections.abc import Callable

from llm_gateway.app.installation import Installation
from llm_gateway.app.rulebooks import Rulebooks
from llm_gateway.app.workbench import PolicyBench
from llm_gateway.control import ControlDeps, Policies, Replays
from llm_gateway.control.deps import DEFAULT_PROJECT


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

    @property
    def holds(self) -> Callable[[str], bool]:
        """Whether a key may name a policy: one with an active or a watched version, or the installation's."""

        def known(name: str) -> bool:
            if name == self.bench.default.name:
                return True
            state = self._installation.policies.state(DEFAULT_PROJECT, name)
            return state is not None and (state.active is not None or state.monitored is not None)

        return known
