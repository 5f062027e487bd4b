"""Replaces what was found by placeholders, and brings it back in the answer.

A **placeholder** is `[CARD_7Q3XK2AB]`: a readable label and a code. The code is derived by HMAC from
label and value under a secret of the gateway key or conversation, so the same value has the same
placeholder in every turn and after every restart, without a counter or a table, and none can be
guessed without the secret. Spellings of one value (`4111 1111…`, `41111111…`) share the code and
differ in a suffix: `[CARD_7Q3XK2AB_P4]`.

    masker = Masker(secret_for(master, kid, conversation), texts=every_text_of_the_exchange)
    masked = masker.mask(text, [MaskSpan(5, 24, "credit_card")])
    restorer = StreamRestorer(masker.mapping)          # or Restorer, for whole texts
    restorer.feed(chunk) … restorer.flush()

Only values of this mapping are ever restored: a text that merely looks like a placeholder, sent by
a client or made up by a model, stays what it is.
"""

from llm_gateway.guard.masking.edit import Edit, applied
from llm_gateway.guard.masking.mapping import PlaceholderMap
from llm_gateway.guard.masking.masker import Masker, MaskSpan, Style, secret_for
from llm_gateway.guard.masking.restore import Restorer, StreamRestorer

__all__ = [
    "Edit",
    "MaskSpan",
    "Masker",
    "PlaceholderMap",
    "Restorer",
    "StreamRestorer",
    "Style",
    "applied",
    "secret_for",
]
