"""The types of the request, as documented at the page named in the package."""

from llm_gateway.wire.shape import Shape

CACHE_CONTROL: Shape = {"type!": str, "ttl": str}

SOURCE: Shape = {
    "type!": str,
    "media_type": str,
    "data": str,
    "url": str,
    "file_id": str,
    "content": (str, [dict]),
}

BLOCK: Shape = {
    "type!": str,
    "text": str,
    "thinking": str,
    "signature": str,
    "data": str,
    "id": str,
    "name": str,
    "input": dict,
    "tool_use_id": str,
    "content": (str, [dict], dict),
    "is_error": bool,
    "source": (SOURCE, str),
    "title": str,
    "context": str,
    "file_id": str,
    "cache_control": CACHE_CONTROL,
}

MESSAGE: Shape = {"role!": str, "content!": (str, [BLOCK])}

TOOL: Shape = {
    "type": str,
    "name": str,
    "description": str,
    "input_schema": dict,
    "cache_control": CACHE_CONTROL,
}

COUNT_TOKENS: Shape = {
    "model!": str,
    "messages!": [MESSAGE],
    "system": (str, [BLOCK]),
    "tools": [TOOL],
    "tool_choice": {"type!": str, "name": str, "disable_parallel_tool_use": bool},
    "thinking": {"type!": str, "budget_tokens": int, "display": str},
    "output_config": {"effort": str, "format": {"type!": str, "schema": dict}},
    "cache_control": CACHE_CONTROL,
}

REQUEST: Shape = COUNT_TOKENS | {
    "max_tokens!": int,
    "stream": bool,
    "temperature": float,
    "top_p": float,
    "top_k": int,
    "stop_sequences": [str],
    "metadata": {"user_id": str},
    "service_tier": str,
    "speed": str,
    "inference_geo": str,
    "container": (str, dict),
    "mcp_servers": [dict],
    "context_management": dict,
}
