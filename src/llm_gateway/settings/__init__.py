"""What can be configured: one file (`llm-gateway.toml`) and environment variables `LLM_GATEWAY_…`.

The environment wins over the file, the command line wins over both. Every setting has a default
that is safe, and a description that `llm-gateway serve --help` and docs/settings.md print.
"""

from llm_gateway.settings.model import Settings, SettingsError, load

__all__ = ["Settings", "SettingsError", "load"]
