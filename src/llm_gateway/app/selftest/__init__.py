"""The coverage proof: canaries through every surface, streamed or not, at every position.

canary    a marked text that a rule must stop or mask: an injection, a card number, a secret
position  where in a request or an answer a canary is placed
script    how one surface writes a request or an answer with a text at a position
bench     a gateway in process, with a scripted provider behind it
matrix    every cell, and what became of its canary

The gateway that is tested is the real one: wire formats, detectors, policy, masking, streams. Only
the provider is simulated.
"""

from llm_gateway.app.selftest.matrix import Cell, Outcome, page, run

__all__ = ["Cell", "Outcome", "page", "run"]
