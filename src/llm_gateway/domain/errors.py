"""Everything that can go wrong in a way a caller should hear about.

    GatewayError                 has an HTTP status, a code, a message for the caller
    ├── BadRequest          400  the body or a header is wrong; `param` names the field
    ├── NotAuthenticated    401  one answer for every bad credential
    ├── NotPermitted        403  a good credential without the right
    ├── NotFound            404
    ├── Conflict            409
    ├── TooLarge            413
    ├── UnsupportedMedia    415
    ├── RateLimited         429  `retry_after` seconds
    ├── Blocked             400  a policy decided; carries the verdict
    ├── UpstreamFailed      502  the provider's fault; 504 when it was too slow
    └── Unavailable         503  ours: a detector failed, a store is away

`message` goes to the caller and names the remedy. `detail` goes to the log only. Neither ever holds
prompt text, matched text or a credential.
"""

from llm_gateway.domain.verdict import Verdict


class GatewayError(Exception):
    """Base of all errors that turn into an answer."""

    status = 500
    code = "internal_error"

    def __init__(
        self, message: str, *, code: str | None = None, param: str | None = None, detail: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.param = param
        self.detail = detail


class BadRequest(GatewayError):
    status = 400
    code = "invalid_request"


class NotAuthenticated(GatewayError):
    status = 401
    code = "invalid_api_key"


class NotPermitted(GatewayError):
    status = 403
    code = "permission_denied"


class NotFound(GatewayError):
    status = 404
    code = "not_found"


class Conflict(GatewayError):
    status = 409
    code = "conflict"


class TooLarge(GatewayError):
    status = 413
    code = "request_too_large"


class UnsupportedMedia(GatewayError):
    status = 415
    code = "unsupported_media_type"


class RateLimited(GatewayError):
    status = 429
    code = "rate_limit_exceeded"

    def __init__(self, message: str, *, retry_after: float, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.retry_after = retry_after


class Blocked(GatewayError):
    """A policy stopped the exchange. `stage` is `request` or `answer`."""

    status = 400
    code = "content_policy_violation"

    def __init__(self, message: str, *, verdict: Verdict, stage: str) -> None:
        super().__init__(message)
        self.verdict = verdict
        self.stage = stage


class UpstreamFailed(GatewayError):
    """The provider could not be reached, was too slow, or answered what is not an answer."""

    status = 502
    code = "upstream_error"

    def __init__(
        self, message: str, *, code: str | None = None, timed_out: bool = False, detail: str = ""
    ) -> None:
        super().__init__(message, code=code, detail=detail)
        if timed_out:
            self.status = 504


class Unavailable(GatewayError):
    status = 503
    code = "service_unavailable"
