"""Structured personal data. One file per family; each rule carries the samples that hold it."""

from llm_gateway.guard.detectors.pii.detector import CATEGORIES, PiiDetector

__all__ = ["CATEGORIES", "PiiDetector"]
