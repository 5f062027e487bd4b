"""The tour, and the official SDK on the demo provider, as a newcomer meets them."""

import json
import subprocess
from typing import Any

import openai

from tests.support.gateway import COMMAND, RunningGateway, environment


def test_the_tour_passes_on_a_fresh_installation(gateway: RunningGateway) -> None:
    """Every step gets its verdict, with the key that the first start wrote."""
    done = subprocess.run(
        [str(COMMAND), "demo", "--url", gateway.url, "--data", str(gateway.data), "--json"],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    steps = json.loads(done.stdout)["steps"]
    assert [step["step"] for step in steps if not step["passed"]] == []
    assert {step["verdict"] for step in steps} == {"allow", "mask", "block"}
    assert done.returncode == 0


def test_the_sdk_works_on_the_demo_provider(gateway: RunningGateway) -> None:
    """Whole and streamed, and every answer says that it is a simulation."""
    key = (gateway.data / "demo-key").read_text().strip()
    messages: Any = [{"role": "user", "content": "What is the capital of France?"}]
    with openai.OpenAI(base_url=f"{gateway.url}/v1", api_key=key, max_retries=0) as client:
        raw = client.chat.completions.with_raw_response.create(model="x", messages=messages)
        told = list(client.chat.completions.create(model="x", messages=messages, stream=True))

    whole = raw.parse().choices[0].message.content
    assert whole == "Simulated answer: The capital of France is Paris."
    assert raw.headers["x-simulated"] == "true"
    assert "".join(one.choices[0].delta.content or "" for one in told) == whole
