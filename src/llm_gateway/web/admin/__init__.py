"""The administrative API: keys, records, audit, and the control endpoints that users know by name.

Closed by default: every route declares who may use it, and one that does not keeps the application
from being built. Bodies are read strictly, answers are never cached, and errors never repeat what
was sent, because it may be a secret.
"""

from llm_gateway.web.admin.application import Controls, build_admin
from llm_gateway.web.admin.guard import Guard, Needs, NeedsInternal, raise_body_error

__all__ = ["Controls", "Guard", "Needs", "NeedsInternal", "build_admin", "raise_body_error"]
