"""Prints the OpenAPI document of a gateway that is started for it. Usage: gateway.py FOLDER"""

import json
import sys
import urllib.request
from pathlib import Path
from typing import Any

from tests.support.gateway import RunningGateway, running_gateway

COMMITTED = Path(__file__).parents[2] / "dashboard" / "openapi.json"


def description(gateway: RunningGateway) -> dict[str, Any]:
    """The API as the gateway describes it, without what changes with every release."""
    with urllib.request.urlopen(f"{gateway.url}/openapi.json") as answer:
        document: dict[str, Any] = json.load(answer)
    document["info"]["version"] = "0"
    return document


if __name__ == "__main__":
    with running_gateway(Path(sys.argv[1])) as running:
        json.dump(description(running), sys.stdout, indent=1, sort_keys=True)
        sys.stdout.write("\n")
