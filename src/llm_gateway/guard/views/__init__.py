"""The readings of a text that detectors look at.

readings    `views_of`: which readings a text has, in what order, within which bounds
gate        one scan that says which transformations can apply at all
normalise   invisible characters, styled letters, look-alikes, stacked marks
lettering   spaced letters, leet
smuggled    text in tag characters, variation selectors and zero-width bits
runs        base64, hex, binary and decimal codes: a run that is decoded as a whole
escapes     URL, HTML and backslash escapes, decoded in place
ciphers     rot13, back to front
edits       building a view from replaced spans
characters  the tables
"""

from llm_gateway.guard.views.readings import views_of

__all__ = ["views_of"]
