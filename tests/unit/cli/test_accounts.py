"""`llm-gateway accounts`."""

import json

from tests.unit.cli.conftest import Run


def test_from_the_first_link_to_a_way_back_in(run: Run) -> None:
    """Links lead to the configured origin and path; a second owner can be invited from the machine."""
    run("db", "migrate")
    public = {
        "LLM_GATEWAY_PUBLIC_ORIGIN": "https://llm.example.com",
        "LLM_GATEWAY_PUBLIC_PATH": "/llm",
    }
    first = run("accounts", "setup-link", **public)
    again = run("accounts", "setup-link", "--json", "--url", "http://localhost:9")
    invited = run("accounts", "invite", "owner", "--email", "ann@example.com", **public)

    assert first.stdout.startswith("https://llm.example.com/llm/dashboard/setup#token=lgws_")
    assert json.loads(again.stdout)["url"].startswith("http://localhost:9/dashboard/setup#token=lgws_")
    assert invited.stdout.startswith("https://llm.example.com/llm/dashboard/sign-up#invite=lgwi_")
    assert json.loads(run("accounts", "list", "--json").stdout) == []


def test_what_cannot_be_done_is_told(run: Run) -> None:
    """With the remedy on standard error, and status 1."""
    assert run("accounts", "list").exit_code == 1
    run("db", "migrate")
    for arguments in (("invite", "king"), ("remove", "usr_none")):
        refused = run("accounts", *arguments)
        assert refused.exit_code == 1
        assert refused.stderr
