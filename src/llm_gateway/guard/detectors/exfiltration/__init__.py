"""Data on its way out: links that carry it, text that acts on a terminal, echoes of secrets.

links     addresses in markdown, HTML and CSS, and whether a client fetches them by itself
carried   how much data an address carries, and to which host
marks     terminal escapes and invisible characters
canary    tokens planted in an operator's prompt and looked for in answers
echo      how much of an operator's prompt an answer repeats
detector  the detector over links and marks; canary and echo need the prompt and are called with it
"""

from llm_gateway.guard.detectors.exfiltration.canary import canaries_in, canary_for
from llm_gateway.guard.detectors.exfiltration.detector import CATEGORIES, ExfiltrationDetector
from llm_gateway.guard.detectors.exfiltration.echo import Echo, Prompt

__all__ = ["CATEGORIES", "Echo", "ExfiltrationDetector", "Prompt", "canaries_in", "canary_for"]
