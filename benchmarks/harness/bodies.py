"""The requests that are sent: a system prompt, a short history and a question of some sixty tokens."""

import json
import random

from benchmarks.harness.provider import MODEL

_WORDS = (
    "warehouse order shipment invoice customer region delay carrier stock pallet schedule driver "
    "contract price quantity supplier harbour container customs receipt week morning quarter budget "
    "forecast report summary meeting colleague office window bridge river mountain garden kitchen"
)
WORDS = tuple(_WORDS.split())

SYSTEM = "You are the assistant of a logistics company. Answer in one or two sentences and name the source."
HISTORY = (
    ("user", "Which warehouse ships to the south of France, and until when can an order be changed?"),
    ("assistant", "Lyon ships to the south. Orders can be changed until eleven on the day before."),
)


def question(seed: int, words: int = 50) -> str:
    """Harmless text that differs for every seed."""
    chosen = random.Random(seed).choices(WORDS, k=words)
    return f"Question {seed}: please summarise this note: {' '.join(chosen)}."


def body(seed: int = 0) -> str:
    messages = [{"role": "system", "content": SYSTEM}]
    messages += [{"role": role, "content": text} for role, text in HISTORY]
    messages.append({"role": "user", "content": question(seed)})
    return json.dumps({"model": MODEL, "messages": messages, "temperature": 0.2})
