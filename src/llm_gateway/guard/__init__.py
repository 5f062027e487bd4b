"""Finding things in text. Pure: text in, findings out; no I/O, no clock, no state between calls.

view       a reading of a text: as sent, normalised, decoded; each maps offsets back to the original
detector   finds things in one segment, over all its views
inspector  runs the detectors of a policy over segments
masking    replaces found spans and restores them in the answer

Adding a detector is one file with its own positive and negative samples, and one line in
`guard/detectors/__init__.py`.
"""
