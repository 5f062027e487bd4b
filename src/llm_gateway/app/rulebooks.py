"""Policies with the inspectors they need."""

from collections.abc import Mapping
from pathlib import Path

from llm_gateway.app.detectors import MEDIA, all_detectors, catalogue, inspector_for
from llm_gateway.domain.keys import GatewayKey
from llm_gateway.domain.text import Direction
from llm_gateway.guard.detector import Detector
from llm_gateway.guard.detectors.keywords import KeywordError
from llm_gateway.guard.detectors.patterns import PatternsTooLarge
from llm_gateway.pipeline.judging import Rulebook
from llm_gateway.policy import NO_POLICY, Policy, PolicyError, default_policy, parse_policy
from llm_gateway.ports.startup import CannotStart
from llm_gateway.settings import Settings


class Rulebooks:
    """The rulebook of every key."""

    def __init__(self, policy: Policy, detectors: Mapping[str, Detector] | None = None) -> None:
        """Raises PolicyError."""
        self._detectors = detectors if detectors is not None else all_detectors()
        self._default = self.make(policy)

    def make(self, policy: Policy) -> Rulebook:
        """A rulebook for any policy. Raises PolicyError when this build cannot do what its rules say."""
        self._refuse_missing(policy)
        try:
            inspectors = {
                direction: inspector_for(policy.textual(direction), self._detectors)
                for direction in Direction
            }
        except (KeywordError, PatternsTooLarge) as error:
            raise PolicyError(f"the policy {policy.name!r} cannot be used: {error}") from None
        return Rulebook(policy, inspectors)

    def read(self, text: str) -> Policy:
        """The policy in a document, checked against the detectors of this build. Raises PolicyError."""
        return parse_policy(text, catalogue(self._detectors))

    def of(self, key: GatewayKey | None) -> Rulebook:
        """The rulebook that holds for a key right now; without a key, that of the installation."""
        return self._default

    @property
    def default(self) -> Rulebook:
        return self._default

    def _refuse_missing(self, policy: Policy) -> None:
        for rule in policy.rules:
            if rule.looks is None and rule.detector not in self._detectors and rule.detector != MEDIA:
                raise PolicyError(
                    f"the rule {rule.id!r} needs the detector {rule.detector!r}, which this build has not; "
                    f"it has {', '.join(sorted((*self._detectors, MEDIA)))}"
                )


def rulebooks_for(settings: Settings) -> Rulebooks:
    """As configured. Raises CannotStart when the policy file is wrong: no policy is no choice."""
    if settings.inspection == "off":
        return Rulebooks(NO_POLICY, {})
    try:
        return Rulebooks(read_policy(settings.policy_file) if settings.policy_file else default_policy())
    except PolicyError as error:
        raise CannotStart(f"{settings.policy_file or 'The built-in policy'}: {error}") from error


def read_policy(file: Path) -> Policy:
    """The policy in a file. Raises CannotStart naming line and remedy."""
    try:
        return parse_policy(file.read_text("utf-8"), catalogue(all_detectors()))
    except PolicyError as error:
        raise CannotStart(f"{file}: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise CannotStart(f"The policy file {file} cannot be read: {error}") from error
