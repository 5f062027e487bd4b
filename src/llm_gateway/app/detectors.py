"""The detectors of this build, one line each."""

from collections.abc import Iterable, Mapping

from llm_gateway.guard.detector import Detector
from llm_gateway.guard.detectors.pii import PiiDetector
from llm_gateway.guard.detectors.secrets import SecretsDetector
from llm_gateway.guard.injection.rules import StructuralRules
from llm_gateway.guard.inspector import OPAQUE, Inspector
from llm_gateway.ports.startup import CannotStart


def all_detectors() -> Mapping[str, Detector]:
    """Every detector by the name that policies use."""
    detectors: tuple[Detector, ...] = (StructuralRules(), PiiDetector(), SecretsDetector())
    return {detector.name: detector for detector in detectors}


def inspector_for(names: Iterable[str], detectors: Mapping[str, Detector]) -> Inspector:
    """An inspector with the named detectors.

    Raises CannotStart for one that this build has not: a rule must never be silently without effect.
    """
    wanted = sorted(set(names) - {OPAQUE.detector})
    missing = [name for name in wanted if name not in detectors]
    if missing:
        raise CannotStart(f"The policy needs the detector {missing[0]!r}, which this version has not.")
    return Inspector(detectors[name] for name in wanted)
