"""Checks of what operators enter. All raise BadRequest naming the field, never repeating the value."""

from llm_gateway.domain.errors import BadRequest

NAME_LENGTH = 200
MODEL_LENGTH = 200
MODELS_COUNT = 100
KEY_LENGTH = 4096
URL_LENGTH = 2048


def text(value: str, field: str, *, longest: int, empty: bool = False) -> str:
    """A single line of printable text without surrounding white space."""
    value = value.strip()
    if not value and not empty:
        raise BadRequest(f"{field} must not be empty.", param=field)
    if len(value) > longest:
        raise BadRequest(f"{field} must have at most {longest} characters.", param=field)
    if not value.isprintable():
        raise BadRequest(f"{field} must be one line of printable characters.", param=field)
    return value


def name(value: str) -> str:
    return text(value, "name", longest=NAME_LENGTH, empty=True)


def model(value: str, field: str = "model") -> str:
    return text(value, field, longest=MODEL_LENGTH)


def models(values: tuple[str, ...]) -> tuple[str, ...]:
    """The models an application may choose among, each once, in the given order."""
    if len(values) > MODELS_COUNT:
        raise BadRequest(f"models must have at most {MODELS_COUNT} entries.", param="models")
    return tuple(dict.fromkeys(model(value, "models") for value in values))


def provider_key(value: str, field: str) -> str:
    """What fits into a header: visible ASCII without spaces."""
    value = text(value, field, longest=KEY_LENGTH, empty=True)
    if not value.isascii() or " " in value:
        raise BadRequest(f"{field} must be visible ASCII characters without spaces.", param=field)
    return value


def expiry(value: float | None, now: float) -> float | None:
    """Unix seconds in the future, or None for no expiry."""
    if value is not None and not now < value < 253_402_300_800:
        raise BadRequest(
            "expires_at must be a time in the future, before the year 10000.", param="expires_at"
        )
    return value
