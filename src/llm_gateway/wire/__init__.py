"""Wire formats: how surfaces are encoded. Pure: bytes and values in, bytes and values out.

A format does not list the texts to inspect; it labels them. Every string leaf of a body becomes a
segment. Known paths get their role and provenance; known non-text (ids, enums, media) is left out
by an explicit list, and only while it has the shape of what it claims to be; an unknown path is
inspected as user text.

    json_text    strict parsing, and editing single strings without touching another byte
    collect      walks values into segments
    shape        checks types where a format has types
    sse          server-sent events, split without losing a byte
    format       what every wire format offers
    <format>/    read (request and answer → segments), stream (state machine), errors (dialect)
"""
