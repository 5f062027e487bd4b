"""Token formats of known services, by kind of service. A format is one line of data."""

from llm_gateway.guard.detectors.secrets.formats import (
    ai,
    cloud,
    code,
    messaging,
    operations,
    payment,
    products,
)
from llm_gateway.guard.detectors.secrets.formats.format import Format

FORMATS: tuple[Format, ...] = (
    *ai.FORMATS,
    *cloud.FORMATS,
    *code.FORMATS,
    *messaging.FORMATS,
    *operations.FORMATS,
    *payment.FORMATS,
    *products.FORMATS,
)
"""Every format; `category` may repeat where a service has several kinds of token."""
