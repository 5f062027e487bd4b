"""LLM Security Gateway: inspects every request to a language model, and every answer.

The rooms of the house, high to low. A room imports only rooms below it; rooms on one line never
import each other (checked by import-linter):

    cli                  one file per command
    app                  the one place that builds everything and names concrete classes
    web                  HTTP: proxy surfaces, scan, admin API; thin
    pipeline | control   data plane, stage by stage | administrative use cases
    stores | state | upstream | identity | inference | telemetry    adapters, each implements ports
    ports                the protocols that pipeline and control need
    wire | guard | policy | limits | providers           pure: no asyncio, no sockets, no clock
    settings             what can be configured
    domain               frozen values
"""

__version__ = "0.1.0"
