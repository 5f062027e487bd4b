"""What an exchange cost, by the price list of genai-prices (https://github.com/pydantic/genai-prices).

Finding a model in the list is slow and adding up is not, so the plain rates are remembered per model.
Prices that depend on the size of the request (tiers) are left to the library each time.
"""

from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from genai_prices import Usage as PricedUsage
from genai_prices import calc_price
from genai_prices.types import ModelPrice

from llm_gateway.domain.usage import Usage

# Our provider names where the price list has another one.
_ALIASES = {"xai": "x-ai", "gemini": "google", "azure_openai": "azure"}
_MILLION = 1_000_000


class Rates(NamedTuple):
    """US dollars per token."""

    input: float
    cached: float
    output: float


def cost(provider: str, model: str, usage: Usage) -> float | None:
    """US dollars, or None when the model is not in the price list."""
    rates = _rates(provider, model)
    if rates is None:
        return _library_cost(provider, model, usage)
    fresh = max(0, usage.input - usage.cached)
    return fresh * rates.input + usage.cached * rates.cached + usage.output * rates.output


@lru_cache(maxsize=4096)
def _unknown(provider: str, model: str) -> bool:
    return _calculate(provider, model, Usage(1, 1)) is None


def _library_cost(provider: str, model: str, usage: Usage) -> float | None:
    return None if _unknown(provider, model) else _calculate(provider, model, usage)


def _calculate(provider: str, model: str, usage: Usage) -> float | None:
    priced = PricedUsage(
        input_tokens=usage.input, cache_read_tokens=min(usage.cached, usage.input), output_tokens=usage.output
    )
    try:
        found = calc_price(priced, model_ref=model, provider_id=_ALIASES.get(provider, provider))
    except LookupError:
        return None
    return float(found.total_price)


@lru_cache(maxsize=4096)
def _rates(provider: str, model: str) -> Rates | None:
    """The plain rates of a model; None when it is unknown or priced by tiers."""
    try:
        price = calc_price(
            PricedUsage(input_tokens=1, output_tokens=1),
            model_ref=model,
            provider_id=_ALIASES.get(provider, provider),
        ).model_price
    except LookupError:
        return None
    if price.requests_kcount or not all(_is_plain(rate) for rate in _asked(price)):
        return None
    fresh, output, cached = (float(rate or 0) / _MILLION for rate in _asked(price))
    return Rates(fresh, fresh if price.cache_read_mtok is None else cached, output)


def _asked(price: ModelPrice) -> tuple[Any, Any, Any]:
    return price.input_mtok, price.output_mtok, price.cache_read_mtok


def _is_plain(rate: Any) -> bool:
    return rate is None or isinstance(rate, Decimal)
