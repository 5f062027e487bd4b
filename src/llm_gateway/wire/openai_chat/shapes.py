"""The types of the request, as documented at the page named in the package.

Only types: ranges and combinations are the provider's business, which may be wider than OpenAI's.
"""

from llm_gateway.wire.shape import Shape

FUNCTION_CALL: Shape = {"name!": str, "arguments!": str}

TOOL_CALL: Shape = {
    "id": str,
    "type": str,
    "function": FUNCTION_CALL,
    "custom": {"name!": str, "input!": str},
}

PART: Shape = {
    "type!": str,
    "text": str,
    "image_url": (str, {"url!": str, "detail": str}),
    "input_audio": {"data!": str, "format!": str},
    "file": {"file_data": str, "file_id": str, "filename": str},
    "refusal": str,
}

MESSAGE: Shape = {
    "role!": str,
    "content": (str, [PART]),
    "name": str,
    "refusal": str,
    "tool_calls": [TOOL_CALL],
    "tool_call_id": str,
    "function_call": FUNCTION_CALL,
    "audio": {"id!": str},
}

TOOL: Shape = {
    "type!": str,
    "function": {"name!": str, "description": str, "parameters": dict, "strict": bool},
    "custom": {"name!": str, "description": str, "format": dict},
}

REQUEST: Shape = {
    "model!": str,
    "messages!": [MESSAGE],
    "stream": bool,
    "stream_options": {"include_usage": bool},
    "tools": [TOOL],
    "tool_choice": (str, dict),
    "parallel_tool_calls": bool,
    "functions": [{"name!": str, "description": str, "parameters": dict}],
    "function_call": (str, dict),
    "response_format": {"type!": str, "json_schema": {"name!": str, "schema": dict, "strict": bool}},
    "temperature": float,
    "top_p": float,
    "n": int,
    "max_tokens": int,
    "max_completion_tokens": int,
    "presence_penalty": float,
    "frequency_penalty": float,
    "logprobs": bool,
    "top_logprobs": int,
    "logit_bias": dict,
    "seed": int,
    "stop": (str, [str]),
    "user": str,
    "safety_identifier": str,
    "prompt_cache_key": str,
    "metadata": dict,
    "store": bool,
    "service_tier": str,
    "reasoning_effort": str,
    "verbosity": str,
    "modalities": [str],
    "audio": {"voice": (str, dict), "format": str},
    "prediction": {"type!": str, "content": (str, [PART])},
    "web_search_options": dict,
}
