"""The data plane: one exchange, stage by stage.

    authenticate → read → inspect → forward → inspect the answer → record

`gateway` has the stages in one place. An `Exchange` is handed from stage to stage and knows what has
happened so far; its record is kept however the exchange ends.

    exchange     what is known of one exchange, and its record
    credentials  headers → gateway key
    inspection   segments → findings, remembering what was inspected before
    masking      mask verdicts → edits of the body, and the way back
    forwarding   the request to the provider
    answers      a whole answer
    streams      a streamed answer
    tools        tool definitions against what was pinned; stream_tools: calls in a streamed answer
    window       the part of a streamed answer that waits for inspection
"""
