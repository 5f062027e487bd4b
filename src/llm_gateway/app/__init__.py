"""The one place that builds everything and names concrete classes; serving and draining.

installation   a data directory: database, vault, key store
detectors      the detectors that this build has
rulebooks      policies with the inspectors they need
gateway        the data plane
serving        the running server, from the first file to the drain
welcome        what a person sees at the start
"""
