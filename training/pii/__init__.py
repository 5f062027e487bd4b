"""Training of the tagger of names (`llm_gateway.guard.detectors.pii.names`): data, features, fit, export."""
