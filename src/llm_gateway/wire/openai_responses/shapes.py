"""The types of the request, as documented at the page named in the package."""

from llm_gateway.wire.shape import Shape

PART: Shape = {
    "type!": str,
    "text": str,
    "refusal": str,
    "image_url": str,
    "file_id": str,
    "file_data": str,
    "file_url": str,
    "filename": str,
    "detail": str,
}

ITEM: Shape = {
    "type": str,
    "role": str,
    "content": (str, [PART]),
    "id": str,
    "call_id": str,
    "status": str,
    "name": str,
    "arguments": str,
    "input": str,
    "summary": [{"type!": str, "text!": str}],
    "encrypted_content": str,
}

REQUEST: Shape = {
    "model!": str,
    "input": (str, [ITEM]),
    "instructions": str,
    "stream": bool,
    "stream_options": dict,
    "tools": [{"type!": str, "name": str, "description": str, "parameters": dict, "strict": bool}],
    "tool_choice": (str, dict),
    "parallel_tool_calls": bool,
    "max_tool_calls": int,
    "text": {"format": {"type!": str, "name": str, "schema": dict, "strict": bool}, "verbosity": str},
    "reasoning": {"effort": str, "summary": str, "generate_summary": str},
    "previous_response_id": str,
    "conversation": (str, dict),
    "prompt": {"id!": str, "version": str, "variables": dict},
    "include": [str],
    "temperature": float,
    "top_p": float,
    "top_logprobs": int,
    "max_output_tokens": int,
    "truncation": str,
    "metadata": dict,
    "user": str,
    "safety_identifier": str,
    "prompt_cache_key": str,
    "prompt_cache_retention": str,
    "service_tier": str,
    "store": bool,
    "background": bool,
    "context_management": [dict],
}
