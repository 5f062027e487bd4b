"""One spelling for Gemini's bodies: camel case, arrays where arrays are declared, roles spelled out."""

from collections.abc import Mapping
from typing import Any

from llm_gateway.wire.spelling import snake

_NAMES = """
systemInstruction toolConfig safetySettings generationConfig cachedContent generateContentRequest
stopSequences responseMimeType responseSchema responseJsonSchema responseModalities candidateCount
maxOutputTokens topP topK presencePenalty frequencyPenalty responseLogprobs speechConfig thinkingConfig
includeThoughts thinkingBudget thinkingLevel mediaResolution imageConfig thoughtSignature inlineData
fileData mimeType displayName fileUri functionCall functionResponse executableCode codeExecutionResult
videoMetadata functionDeclarations parametersJsonSchema functionCallingConfig allowedFunctionNames
googleSearch googleSearchRetrieval codeExecution urlContext retrievalConfig
"""
_CAMEL: Mapping[str, str] = {snake(name): name for name in _NAMES.split() if snake(name) != name}

# Objects whose member names are the caller's own.
_OPAQUE = frozenset(
    (
        "args",
        "response",
        "parameters",
        "parametersJsonSchema",
        "responseSchema",
        "responseJsonSchema",
        "labels",
    )
)


def normal(value: Any) -> Any:
    """The body in one spelling; null says nothing."""
    if type(value) is list:
        return [normal(item) for item in value]
    if type(value) is not dict:
        return value
    out = {}
    for name, child in value.items():
        camel = _CAMEL.get(name, name)
        if child is not None:
            out[camel] = child if camel in _OPAQUE else normal(child)
    for name in ("contents", "parts", "tools"):
        if type(out.get(name)) is dict:
            out[name] = [out[name]]
    return out
