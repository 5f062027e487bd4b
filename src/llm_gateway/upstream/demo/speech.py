"""What the simulated model says.

It answers a few questions about the gateway from a list, says back what it was sent otherwise, and
repeats what a tool returned, so that masking and restoring can be seen. Three phrases in the last
user message make it misbehave, so that the inspection of answers can be seen:

    simulate a leaked secret   the answer holds an invented GitHub token and an AWS access key id
    simulate a leaked card     the answer holds an invented card number with a valid check digit
    simulate a long answer     the answer runs to some three hundred words

The invented credentials are put together when they are spoken: no file holds them whole.
"""

import binascii
import re
from collections.abc import Mapping, Sequence
from typing import Any

LABEL = "Simulated answer: "
ECHO_CHARACTERS = 600

_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

_TOPICS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"\bcapital of france\b", re.I),
        "The capital of France is Paris.",
    ),
    (
        re.compile(r"\b(what|who) (are|is) (you|this)\b|\bare you (real|an ai|a simulation)\b", re.I),
        "I am the demo provider of the LLM Security Gateway, a simulation and not a language model. "
        "I am here so that you can see requests being inspected without any provider account.",
    ),
    (
        re.compile(
            r"\b(connect|use|add|register)\b.{0,40}\b(provider|openai|anthropic|gemini|openrouter)\b", re.I
        ),
        "To connect a real provider, run `llm-gateway keys create --provider openai --model MODEL`, "
        "paste the provider's key when asked, and give the new gateway key to your application.",
    ),
    (
        re.compile(r"\bhow\b.{0,40}\b(gateway|inspection|inspect)\b", re.I),
        "The gateway reads every text of a request and of its answer, looks for prompt injection, "
        "personal data and secrets, and lets a policy allow, flag, mask or block it.",
    ),
)


def text_of(message: Mapping[str, Any]) -> str:
    """The text of a message, its parts joined."""
    content = message.get("content")
    if isinstance(content, str):
        return content
    return "\n".join(part["text"] for part in content or () if part["type"] == "text")


def last_of(messages: Sequence[Mapping[str, Any]], role: str) -> Mapping[str, Any] | None:
    return next((message for message in reversed(messages) if message["role"] == role), None)


def speak(messages: Sequence[Mapping[str, Any]]) -> str:
    """The whole answer to a conversation."""
    if messages[-1]["role"] == "tool":
        return f"{LABEL}the tool returned: {_shortened(text_of(messages[-1]))}"
    user = last_of(messages, "user") or messages[-1]
    return LABEL + _answer(text_of(user)) + _pictures(user)


def _answer(text: str) -> str:
    lowered = text[:4096].lower()
    if "simulate a leaked secret" in lowered:
        return f"the deploy token is {github_token()}, the access key id {aws_key_id()}. Both are invented."
    if "simulate a leaked card" in lowered:
        return f"the customer's card number is {card_number()}, an invented one."
    if "simulate a long answer" in lowered:
        return " ".join(f"This is sentence {number} of a long answer." for number in range(1, 41))
    known = next((answer for pattern, answer in _TOPICS if pattern.search(lowered)), None)
    if known is not None:
        return known
    if not text.strip():
        return "there was no text in your message."
    return f"you wrote: {_shortened(text)} (A real provider would answer here.)"


def _shortened(text: str) -> str:
    text = text.strip()
    return text if len(text) <= ECHO_CHARACTERS else text[:ECHO_CHARACTERS] + " …"


def _pictures(message: Mapping[str, Any]) -> str:
    content = message.get("content")
    parts = content if isinstance(content, list) else []
    kinds = [_kind(part["image_url"]["url"]) for part in parts if part["type"] == "image_url"]
    if not kinds:
        return ""
    noun = "image" if len(kinds) == 1 else "images"
    return f" You attached {len(kinds)} {noun} ({', '.join(kinds)}), which a simulation cannot see."


def _kind(url: str) -> str:
    """The media type of a data URL, or `link`."""
    match = re.match(r"data:([a-z]+/[a-z0-9.+-]{1,40})[;,]", url[:64])
    return match[1] if match else "link"


def github_token() -> str:
    """Has the shape and the checksum of a personal access token: base62 of the CRC-32 of its body
    (https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/)."""
    body = "Simulated0Token1For2Demo3Only4"
    rest, digits = binascii.crc32(body.encode()), ""
    while rest:
        rest, digit = divmod(rest, 62)
        digits = _BASE62[digit] + digits
    return "ghp_" + body + digits.rjust(6, "0")


def aws_key_id() -> str:
    return "AKIA" + "Q3S7IM5LATEDX2KY"


def card_number() -> str:
    """A number that payment test suites use: fifteen digits and their Luhn digit."""
    digits = [int(digit) for digit in "453201511283036"]
    doubled = (digit * 2 for digit in digits[::2])
    total = sum(digits[1::2]) + sum(digit - 9 if digit > 9 else digit for digit in doubled)
    number = "".join(map(str, digits)) + str(-total % 10)
    return " ".join(number[start : start + 4] for start in range(0, 16, 4))
