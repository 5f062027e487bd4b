"""The types of the requests, as documented at the pages named in the package."""

from llm_gateway.wire.shape import Shape
from llm_gateway.wire.spelling import both

# Google's JSON takes numbers as strings, too.
INTEGER: Shape = (int, str)
NUMBER: Shape = (float, str)

BLOB: Shape = both({"mimeType": str, "data": str, "displayName": str})
FILE: Shape = both({"mimeType": str, "fileUri": str, "displayName": str})

PART: Shape = both(
    {
        "text": str,
        "thought": bool,
        "thoughtSignature": str,
        "inlineData": BLOB,
        "fileData": FILE,
        "functionCall": {"id": str, "name": str, "args": dict},
        "functionResponse": {
            "id": str,
            "name": str,
            "response": dict,
            "parts": [both({"inlineData": BLOB, "fileData": FILE})],
        },
        "executableCode": {"language": str, "code": str},
        "codeExecutionResult": {"outcome": str, "output": str},
        "videoMetadata": dict,
    }
)
DECLARATION: Shape = {"name": str, "description": str, "parameters": dict}
TOOL: Shape = both({"functionDeclarations": ([DECLARATION], DECLARATION)})
CONTENT: Shape = {"role": str, "parts": ([PART], PART)}
CONTENTS: Shape = ([CONTENT], CONTENT)

CONFIG: Shape = both(
    {
        "stopSequences": ([str], str),
        "responseMimeType": str,
        "responseSchema": dict,
        "responseJsonSchema": dict,
        "responseModalities": [str],
        "candidateCount": INTEGER,
        "maxOutputTokens": INTEGER,
        "temperature": NUMBER,
        "topP": NUMBER,
        "topK": NUMBER,
        "seed": INTEGER,
        "presencePenalty": NUMBER,
        "frequencyPenalty": NUMBER,
        "responseLogprobs": bool,
        "logprobs": INTEGER,
        "speechConfig": dict,
        "thinkingConfig": both({"includeThoughts": bool, "thinkingBudget": INTEGER, "thinkingLevel": str}),
        "mediaResolution": str,
        "imageConfig": dict,
    }
)

GENERATE: Shape = both(
    {
        "model": str,
        "contents": CONTENTS,
        "systemInstruction": (CONTENT, str),
        "tools": ([TOOL], TOOL),
        "toolConfig": dict,
        "safetySettings": ([{"category": str, "threshold": str}], {"category": str, "threshold": str}),
        "generationConfig": CONFIG,
        "cachedContent": str,
        "labels": dict,
    }
)
COUNT: Shape = both({"contents": CONTENTS, "generateContentRequest": GENERATE})

EMBED: Shape = both(
    {
        "model": str,
        "content": (CONTENT, str),
        "taskType": str,
        "title": str,
        "outputDimensionality": INTEGER,
        "embedContentConfig": dict,
    }
)
EMBED_ALL: Shape = EMBED | {"requests": [EMBED]}
