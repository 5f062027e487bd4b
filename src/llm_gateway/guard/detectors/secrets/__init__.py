"""Credentials. Formats of services are data (`formats/`), everything else is rules with samples."""

from llm_gateway.guard.detectors.secrets.detector import CATEGORIES, SecretsDetector

__all__ = ["CATEGORIES", "SecretsDetector"]
