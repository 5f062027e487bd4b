"""The detectors of this build, one line each, and those that policies bring along."""

from collections.abc import Iterable, Mapping, Sequence

from llm_gateway.guard.detector import Detector
from llm_gateway.guard.detectors.exfiltration import CATEGORIES as EXFILTRATION
from llm_gateway.guard.detectors.exfiltration import ExfiltrationDetector
from llm_gateway.guard.detectors.keywords import KeywordDetector
from llm_gateway.guard.detectors.patterns import PatternDetector
from llm_gateway.guard.detectors.pii import PiiDetector
from llm_gateway.guard.detectors.pii.detector import CATEGORIES as PII
from llm_gateway.guard.detectors.pii.detector import ON_REQUEST
from llm_gateway.guard.detectors.pii.names import CATEGORIES as NAMES
from llm_gateway.guard.detectors.scripts import CATEGORIES as SCRIPTS
from llm_gateway.guard.detectors.scripts import ScriptDetector
from llm_gateway.guard.detectors.secrets import SecretsDetector
from llm_gateway.guard.detectors.secrets.detector import CATEGORIES as SECRETS
from llm_gateway.guard.injection.detector import REASONS as INJECTION
from llm_gateway.guard.inspector import OPAQUE, Inspector
from llm_gateway.inference.injection import injection_detector
from llm_gateway.inference.names import name_tagger
from llm_gateway.policy import Catalogue, Rule
from llm_gateway.policy.looks import Keywords, Patterns

MEDIA = OPAQUE.detector
"""Found by the inspector itself, without a detector."""

CATEGORIES: Catalogue = {
    "injection": frozenset(INJECTION),
    "pii": PII | NAMES,
    "secrets": SECRETS,
    "exfiltration": EXFILTRATION,
    "script": SCRIPTS,
    MEDIA: frozenset(("opaque",)),
}


def all_detectors() -> Mapping[str, Detector]:
    """Every detector by the name that policies use."""
    detectors: tuple[Detector, ...] = (
        injection_detector(),
        PiiDetector(),
        SecretsDetector(),
        ExfiltrationDetector(),
        ScriptDetector(),
    )
    return {detector.name: detector for detector in detectors}


def catalogue(detectors: Mapping[str, Detector]) -> Catalogue:
    """What policies may name: these detectors with their categories, and media."""
    return {name: CATEGORIES[name] for name in (*detectors, MEDIA)}


def inspector_for(rules: Iterable[Rule], detectors: Mapping[str, Detector]) -> Inspector:
    """An inspector with what the rules need. KeyError for a detector that this build lacks."""
    rules = tuple(rules)
    shipped = {rule.detector for rule in rules if rule.looks is None} - {MEDIA}
    chosen = {name: detectors[name] for name in sorted(shipped)}
    if isinstance(chosen.get("pii"), PiiDetector):
        chosen["pii"] = _personal(rules)
    return Inspector((*chosen.values(), *own_detectors(rules)))


def _personal(rules: Sequence[Rule]) -> PiiDetector:
    """The detector of personal data for what the rules name; names of people cost more and are on request."""
    asked = [rule.categories for rule in rules if rule.detector == "pii" and rule.looks is None]
    named = frozenset().union(*asked)
    everything = PII - ON_REQUEST if any(not categories for categories in asked) else frozenset()
    wanted = named | everything
    return PiiDetector(wanted, name_tagger() if wanted & NAMES else None)


def own_detectors(rules: Sequence[Rule]) -> Iterable[Detector]:
    """Detectors for what the rules list themselves. Raises KeywordError and PatternsTooLarge."""
    words = {rule.id: rule.looks.words for rule in rules if isinstance(rule.looks, Keywords)}
    expressions = {rule.id: rule.looks.expressions for rule in rules if isinstance(rule.looks, Patterns)}
    if words:
        yield KeywordDetector(words)
    if expressions:
        yield PatternDetector(expressions)
