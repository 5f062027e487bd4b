"""Names, places, organisations and other personal words that no pattern knows.

A linear tagger over hashed features of a word and its neighbours, decoded as the likeliest row of
labels. It reads some twenty-five thousand words a second in one thread, needs no library but numpy, and is
run only where policy asks for one of its categories.
"""

from llm_gateway.guard.detectors.pii.names.tagger import CATEGORIES, Tagged, Tagger

__all__ = ["CATEGORIES", "Tagged", "Tagger"]
