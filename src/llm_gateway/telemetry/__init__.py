"""Logs, and later metrics and traces. Never prompts, answers, matched text or credentials."""
