"""The detectors of this build, one line each."""

from collections.abc import Iterable, Mapping

from llm_gateway.guard.detector import Detector
from llm_gateway.guard.detectors.pii import PiiDetector
from llm_gateway.guard.detectors.secrets import SecretsDetector
from llm_gateway.guard.inspector import Inspector


def all_detectors() -> Mapping[str, Detector]:
    """Every detector by the name that policies use."""
    detectors: tuple[Detector, ...] = (PiiDetector(), SecretsDetector())
    return {detector.name: detector for detector in detectors}


def inspector_for(names: Iterable[str], detectors: Mapping[str, Detector]) -> Inspector:
    """An inspector with those of the named detectors that exist. Opaque media needs none."""
    return Inspector(detectors[name] for name in sorted(names) if name in detectors)
