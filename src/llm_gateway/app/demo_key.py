"""A ready key on the demo provider, so that a newcomer can try the whole way at once."""

import os
from pathlib import Path

from llm_gateway.app.installation import Installation
from llm_gateway.control.actor import Actor
from llm_gateway.control.connections import Destination
from llm_gateway.control.keys import Keys, NewKey
from llm_gateway.domain.keys import KeyStatus
from llm_gateway.domain.secret import Secret
from llm_gateway.domain.tokens import parse

DEMO_KEY_FILE = "demo-key"
_ACTOR = Actor("first-start", "")


async def demo_key(installation: Installation, keys: Keys) -> Secret:
    """The demo key of this installation: that of an earlier start while it is good, else a new one.

    It opens nothing but the simulated provider, so it may lie in a file that its owner can read.
    """
    file = installation.directory / DEMO_KEY_FILE
    kept = _kept(file)
    if kept is not None and _is_good(installation, kept):
        return kept
    issued = await keys.create(
        _ACTOR, NewKey(Destination("demo"), "demo-simulated", name="Demo (simulated provider)")
    )
    _keep(file, issued.token)
    return issued.token


def _kept(file: Path) -> Secret | None:
    try:
        return Secret(file.read_text("ascii").strip())
    except (OSError, UnicodeDecodeError):
        return None


def _is_good(installation: Installation, token: Secret) -> bool:
    kid = parse(token.reveal())
    key = installation.keys.key(kid) if kid else None
    if key is None or key.status is not KeyStatus.ACTIVE:
        return False
    return installation.vault.verifier(token.reveal(), key.pepper_version) == key.verifier


def _keep(file: Path, token: Secret) -> None:
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(token.reveal() + "\n")
