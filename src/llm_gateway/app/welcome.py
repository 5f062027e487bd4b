"""What a person sees at the start: where it runs, a key to try, something to paste."""

import sys
from shutil import which

from llm_gateway.app.accounts import dashboard_url, setup_url
from llm_gateway.app.serving import Started

_TEMPLATE = """
  LLM Security Gateway is running at {url}

{setup}{key}  Dashboard        {dashboard}
                   the API behind it is described at {url}/docs; in scripts use a personal token,
                   or {admin}
  Stop             Ctrl+C finishes running requests first
"""

_SETUP = """  Create the owner {link}
                   this link makes whoever opens it first the owner of this gateway; it is good once and
                   for a day, and `{command} accounts setup-link` makes a new one

"""

_KEY = """  Gateway key      {key}
                   leads to the built-in demo provider, a SIMULATION of a model: it needs no account
                   and answers nothing real

  Try it           curl {url}/v1/chat/completions \\
                     -H 'Authorization: Bearer {key}' \\
                     -H 'Content-Type: application/json' \\
                     -d '{{"model": "demo-simulated", "messages": [{{"role": "user", "content": "Hello"}}]}}'

                   from openai import OpenAI
                   client = OpenAI(base_url="{url}/v1", api_key="{key}")
                   print(client.chat.completions.create(model="demo-simulated",
                       messages=[{{"role": "user", "content": "Hello"}}]).choices[0].message.content)

  Take the tour    {command} demo --url {url}
                   a harmless question, a jailbreak, an injection in a tool result, personal data, a
                   secret and a stream, each with its verdict

"""


def welcome(started: Started) -> str:
    """The text for a terminal."""
    command = "llm-gateway" if which("llm-gateway") else sys.argv[0]
    key = started.demo_key.reveal() if started.demo_key else ""
    has_admin = started.settings.admin_token or started.settings.internal_api_secret
    admin = "the admin token that is configured" if has_admin else "set LLM_GATEWAY_ADMIN_TOKEN"
    token = started.setup_token
    link = setup_url(started.settings, started.url, token) if token else ""
    return _TEMPLATE.format(
        url=started.url,
        dashboard=dashboard_url(started.settings, started.url),
        setup=_SETUP.format(link=link, command=command) if token else "",
        command=command,
        key=_KEY.format(url=started.url, key=key, command=command) if key else "",
        admin=admin,
    )
