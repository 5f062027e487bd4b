"""The models that a provider is known to offer, with their prices, for people to choose from.

From the price list of genai-prices (https://github.com/pydantic/genai-prices); a provider may offer
others at any time, so this is a suggestion and never a limit.
"""

from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from llm_gateway.providers.prices import ALIASES
from llm_gateway.providers.provider import Provider


class ListedModel(NamedTuple):
    """A model; prices are US dollars per million tokens, None where unknown. `suggested` ones first."""

    id: str
    input: float | None
    output: float | None
    suggested: bool


def listed_models(provider: Provider) -> tuple[ListedModel, ...]:
    """Our own suggestions first, then what the price list knows and does not call deprecated."""
    priced = {model.id: model for model in _priced(provider.id)}
    own = [
        priced[name]._replace(suggested=True) if name in priced else ListedModel(name, None, None, True)
        for name in provider.models
    ]
    others = [model for name, model in sorted(priced.items()) if name not in provider.models]
    return (*own, *others)


@lru_cache(maxsize=64)
def _priced(provider_id: str) -> tuple[ListedModel, ...]:
    from genai_prices import data  # noqa: PLC0415 - loading it takes most of a second

    wanted = ALIASES.get(provider_id, provider_id)
    found = (model for provider in data.providers if provider.id == wanted for model in provider.models)
    return tuple(_listed(model) for model in found if not model.deprecated)


def _listed(model: Any) -> ListedModel:
    price = model.prices if not isinstance(model.prices, list) else model.prices[-1].prices
    return ListedModel(model.id, _rate(price.input_mtok), _rate(price.output_mtok), suggested=False)


def _rate(value: Any) -> float | None:
    """Prices that depend on the size of the request are shown by their lowest tier."""
    if isinstance(value, Decimal):
        return float(value)
    base = getattr(value, "base", None)
    return float(base) if isinstance(base, Decimal) else None
