"""What is configured about the way from visitors to here."""

from dataclasses import dataclass, field

from llm_gateway.web.auth.browser import Browser
from llm_gateway.web.auth.sources import Sources


@dataclass(frozen=True, slots=True)
class Front:
    """Cookies and origins, and the addresses of visitors."""

    browser: Browser = field(default_factory=Browser)
    sources: Sources = field(default_factory=Sources)
