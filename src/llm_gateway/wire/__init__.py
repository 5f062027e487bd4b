"""Wire formats: how surfaces are encoded. Pure: bytes and values in, bytes and values out.

A format does not list the texts to inspect; it labels them. Every string leaf of a body becomes a
segment. Known paths get their role and provenance; known non-text (ids, enums, media) is left out
by an explicit list, and only while it has the shape of what it claims to be; an unknown path is
inspected as user text.

    json_text    strict parsing, and editing single strings without touching another byte
    collect      walks values into segments, by tables of labels
    deltas       the same for the events of a stream
    shape        checks types where a format has types
    sse, stream  server-sent events, split without losing a byte; what a stream of them is
    format       what every wire format offers; formats: all of them, by name
    surfaces     which paths are served, and the provider's path for each
    models       lists of models in each dialect
    translation  from a client's format to another provider's and back, through domain/conversation
    writing      what the writers of requests and answers share
    <format>/    read, answer (request, answer → segments) · stream (state machine) · errors (dialect) ·
                 shapes · parse_request, write_request, translate_answer, translate_stream (canonical form)
"""
