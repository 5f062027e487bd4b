"""From a folder of labelled texts to the injection model that the gateway ships.

row       one labelled text with its source, language and surface
piece     a row cut to what the model sees at once: one window, with the label of that window
mixture   which pieces a training round sees, and how often
held out  whole sources that no round trains on; validation and calibration use only these

`python -m training all --data DIR --out DIR` runs every step; finished steps are kept and skipped.
"""
