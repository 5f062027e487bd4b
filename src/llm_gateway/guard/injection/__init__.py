"""Prompt injection and jailbreak: a cascade from cheap to thorough.

window    an overlapping piece of a text; every character lies in at least one
screen    tier 1: a linear model over hashed n-grams that settles what is plainly benign
encoder   tier 2: a small transformer that gives each window class probabilities
classes   benign, injection, jailbreak, harmful_request; the risk of a window is the calibrated
          probability of the second and third together
threshold the risk from which a finding is reported, by provenance and length of the text

Nothing here loads files or runs a model: the encoder comes in from outside.
"""
