"""Scanning a text outside any exchange."""

from enum import StrEnum


class ScanSurface(StrEnum):
    """Where the text would stand in an exchange."""

    USER = "user"
    TOOL_RESULT = "tool_result"
    DOCUMENT = "document"
    TOOL_DEFINITION = "tool_definition"
    SYSTEM = "system"
    OUTPUT = "output"
