"""Pooled HTTP to providers.

client      HttpUpstream: sends a request, gives an answer whose head has arrived
transfer    one request and the head of its answer, on a connection of aiohttp's
answer      the body of an answer, bounded
connector   connections that know whether they were used before and what was heard on them
deadlines   first byte, silence and total, without a timer per exchange
failures    from aiohttp's errors to ours
egress      where we may connect to; resolver and names are its way into aiohttp
decompress  for providers that compress unasked
"""

from llm_gateway.upstream.client import HttpUpstream
from llm_gateway.upstream.egress import vet_base_url

__all__ = ["HttpUpstream", "vet_base_url"]
