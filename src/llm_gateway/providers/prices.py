"""What an exchange cost, by the price list of genai-prices (https://github.com/pydantic/genai-prices).

Loading the list takes most of a second, so it happens on first use (`warm` does it ahead of time).
Finding a model in it is slow and adding up is not, so plain rates are remembered per model; prices
that depend on the size of the request (tiers) are left to the library each time.
"""

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from llm_gateway.domain.usage import Usage

if TYPE_CHECKING:
    from genai_prices.types import ModelPrice, PriceCalculation

# Our provider names where the price list has another one.
ALIASES = {"xai": "x-ai", "gemini": "google", "azure_openai": "azure"}
_MILLION = 1_000_000


class Rates(NamedTuple):
    """US dollars per token."""

    input: float
    cached: float
    output: float


def warm() -> None:
    """Loads the price list."""
    cost("openai", "gpt-4o", Usage(1, 1))


def cost(provider: str, model: str, usage: Usage) -> float | None:
    """US dollars, or None when the model is not in the price list."""
    rates = _rates(provider, model)
    if rates is None:
        return _library_cost(provider, model, usage)
    fresh = max(0, usage.input - usage.cached)
    return fresh * rates.input + usage.cached * rates.cached + usage.output * rates.output


def _library_cost(provider: str, model: str, usage: Usage) -> float | None:
    if _unknown(provider, model):
        return None
    found = _calculate(provider, model, usage)
    return None if found is None else float(found.total_price)


@lru_cache(maxsize=4096)
def _unknown(provider: str, model: str) -> bool:
    return _calculate(provider, model, Usage(1, 1)) is None


@lru_cache(maxsize=4096)
def _rates(provider: str, model: str) -> Rates | None:
    """The plain rates of a model; None when it is unknown or priced by tiers."""
    found = _calculate(provider, model, Usage(1, 1))
    if found is None:
        return None
    price = found.model_price
    if price.requests_kcount or not all(_is_plain(rate) for rate in _asked(price)):
        return None
    fresh, output, cached = (float(rate or 0) / _MILLION for rate in _asked(price))
    return Rates(fresh, fresh if price.cache_read_mtok is None else cached, output)


def _calculate(provider: str, model: str, usage: Usage) -> "PriceCalculation | None":
    import genai_prices  # noqa: PLC0415 - see above

    priced = genai_prices.Usage(
        input_tokens=usage.input, cache_read_tokens=min(usage.cached, usage.input), output_tokens=usage.output
    )
    try:
        return genai_prices.calc_price(priced, model, provider_id=ALIASES.get(provider, provider))
    except LookupError:
        return None


def _asked(price: "ModelPrice") -> tuple[Any, Any, Any]:
    return price.input_mtok, price.output_mtok, price.cache_read_mtok


def _is_plain(rate: Any) -> bool:
    return rate is None or isinstance(rate, Decimal)
