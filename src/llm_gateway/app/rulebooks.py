"""Policies with the inspectors they need."""

from collections.abc import Mapping
from pathlib import Path

from llm_gateway.app.detectors import all_detectors, inspector_for
from llm_gateway.domain.keys import GatewayKey
from llm_gateway.domain.text import Direction
from llm_gateway.guard.detector import Detector
from llm_gateway.pipeline.judging import Rulebook
from llm_gateway.policy import NO_POLICY, Policy, PolicyError, default_policy, parse_policy
from llm_gateway.ports.startup import CannotStart
from llm_gateway.settings import Settings


class Rulebooks:
    """The rulebook of every key."""

    def __init__(self, policy: Policy, detectors: Mapping[str, Detector] | None = None) -> None:
        self._detectors = detectors if detectors is not None else all_detectors()
        self._default = self.make(policy)

    def make(self, policy: Policy) -> Rulebook:
        """A rulebook for any policy."""
        inspectors = {
            direction: inspector_for(policy.detectors(direction), self._detectors) for direction in Direction
        }
        return Rulebook(policy, inspectors)

    def of(self, key: GatewayKey | None) -> Rulebook:
        """The rulebook that holds for a key right now; without a key, that of the installation."""
        return self._default

    @property
    def default(self) -> Rulebook:
        return self._default


def rulebooks_for(settings: Settings) -> Rulebooks:
    """As configured. Raises CannotStart when the policy file is wrong: no policy is no choice."""
    if settings.inspection == "off":
        return Rulebooks(NO_POLICY, {})
    return Rulebooks(read_policy(settings.policy_file) if settings.policy_file else default_policy())


def read_policy(file: Path) -> Policy:
    """The policy in a file. Raises CannotStart naming line and remedy."""
    try:
        return parse_policy(file.read_text("utf-8"))
    except PolicyError as error:
        raise CannotStart(f"{file}: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise CannotStart(f"The policy file {file} cannot be read: {error}") from error
