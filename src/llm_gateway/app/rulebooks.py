"""Policies with the inspectors they need."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from llm_gateway.app.detectors import MEDIA, all_detectors, catalogue, inspector_for
from llm_gateway.domain.errors import Unavailable
from llm_gateway.domain.keys import GatewayKey
from llm_gateway.domain.policies import EVERYWHERE, LivePolicy, Named
from llm_gateway.domain.text import Direction
from llm_gateway.guard.detector import Detector
from llm_gateway.guard.detectors.keywords import KeywordError
from llm_gateway.guard.detectors.patterns import PatternsTooLarge
from llm_gateway.guard.inspector import Inspector
from llm_gateway.pipeline.judging import Rulebook
from llm_gateway.policy import NO_POLICY, Policy, PolicyError, default_policy, parse_policy
from llm_gateway.ports.directory import Snapshot
from llm_gateway.ports.startup import CannotStart
from llm_gateway.settings import Settings

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Table:
    """Which rulebook holds for whom. Immutable; swapped as a whole."""

    rulebooks: Mapping[Named, Rulebook] = field(default_factory=dict)
    attached: Mapping[str, Named] = field(default_factory=dict)
    errors: Mapping[Named, str] = field(default_factory=dict)

    def named(self, key: GatewayKey) -> Named | None:
        """The policy that holds for a key: its own, its project's, or that for all."""
        if key.policy is not None:
            return key.project, key.policy
        return self.attached.get(key.project) or self.attached.get(EVERYWHERE)


class Rulebooks:
    """The rulebook of every key: built when policies change, looked up when requests come."""

    def __init__(
        self, policy: Policy, detectors: Mapping[str, Detector] | None = None, *, fixed: bool = False
    ) -> None:
        """`policy` holds where no other does; when `fixed`, everywhere. Raises PolicyError."""
        self._detectors = detectors if detectors is not None else all_detectors()
        self._default = self.make(policy)
        self._fixed = fixed
        self._table = _Table()
        self._built: dict[LivePolicy, Rulebook] = {}

    def make(self, policy: Policy) -> Rulebook:
        """A rulebook for any policy. Raises PolicyError when this build cannot do what its rules say."""
        self._refuse_missing(policy)
        try:
            return Rulebook(policy, self._inspectors(policy))
        except (KeywordError, PatternsTooLarge) as error:
            raise PolicyError(f"the policy {policy.name!r} cannot be used: {error}") from None

    def read(self, text: str) -> Policy:
        """The policy in a document, checked against the detectors of this build. Raises PolicyError."""
        return parse_policy(text, catalogue(self._detectors))

    def of(self, key: GatewayKey | None) -> Rulebook:
        """The rulebook that holds for a key right now; without a key, that of the installation.

        Raises Unavailable when the key's policy is not there: no policy is no choice.
        """
        if key is None or self._fixed:
            return self._default
        table = self._table
        named = table.named(key)
        if named is None:
            return self._default
        rulebook = table.rulebooks.get(named)
        if rulebook is not None:
            return rulebook
        if named[1] == self._default.policy.name and named not in table.errors:
            return self._default
        raise Unavailable(
            f"The policy {named[1]!r} of this gateway key is not active, so nothing was sent. Activate it "
            "(llm-gateway policy activate) or give the key another.",
            code="policy_unavailable",
            detail=table.errors.get(named, ""),
        )

    @property
    def default(self) -> Rulebook:
        """The rulebook of the installation."""
        return self._default

    @property
    def errors(self) -> Mapping[Named, str]:
        """Policies that hold but cannot be used, and why; their last good version goes on, if any."""
        return self._table.errors

    def follow(self, snapshot: Snapshot) -> None:
        """Builds what the snapshot needs and swaps it in. Blocks; one caller at a time.

        A policy that cannot be built leaves its last good rulebook in place.
        """
        if self._fixed:
            return
        before, live = self._table, snapshot.policies
        rulebooks: dict[Named, Rulebook] = {}
        errors: dict[Named, str] = {}
        for named, policy in live.policies.items():
            try:
                rulebooks[named] = self._build(policy)
            except PolicyError as error:
                errors[named] = str(error)
                _log.error("policy %s cannot be used: %s", named[1], error)
                if named in before.rulebooks:
                    rulebooks[named] = before.rulebooks[named]
        self._built = {one: book for one, book in self._built.items() if one in live.policies.values()}
        self._table = _Table(rulebooks, live.attached, errors)

    def _build(self, live: LivePolicy) -> Rulebook:
        if live not in self._built:
            policy = self.read(live.active.document) if live.active else self._default.policy
            if live.monitored is not None:
                policy = self.read(live.monitored.document).monitored_beside(policy)
            self._built[live] = self.make(policy)
        return self._built[live]

    def _inspectors(self, policy: Policy) -> Mapping[Direction, Inspector]:
        """What is looked for both ways is built once."""
        rules = {direction: tuple(policy.textual(direction)) for direction in Direction}
        built = {wanted: inspector_for(wanted, self._detectors) for wanted in set(rules.values())}
        return {direction: built[wanted] for direction, wanted in rules.items()}

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
        return Rulebooks(NO_POLICY, {}, fixed=True)
    return rulebooks_of(settings.policy_file)


def rulebooks_of(policy_file: Path | None) -> Rulebooks:
    """With the policy in a file, or the default one. Raises CannotStart naming line and remedy."""
    policy = read_policy(policy_file) if policy_file else default_policy()
    try:
        return Rulebooks(policy)
    except PolicyError as error:
        raise CannotStart(f"{policy_file or 'The built-in policy'}: {error}") from error


def read_policy(file: Path) -> Policy:
    """The policy in a file. Raises CannotStart naming line and remedy."""
    try:
        return parse_policy(file.read_text("utf-8"), catalogue(all_detectors()))
    except PolicyError as error:
        raise CannotStart(f"{file}: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise CannotStart(f"The policy file {file} cannot be read: {error}") from error
