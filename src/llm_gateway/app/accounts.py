"""Accounts, put together from the settings."""

from collections.abc import Iterator
from contextlib import contextmanager

from llm_gateway.app.installation import Installation
from llm_gateway.control.accounts import AccountDeps, Joining, Sessions
from llm_gateway.control.actor import Actor
from llm_gateway.domain.secret import Secret
from llm_gateway.identity.passwords import Argon2Passwords
from llm_gateway.ports.startup import CannotStart
from llm_gateway.settings import Settings
from llm_gateway.stores.sqlite import SqliteCredentials, SqliteMembers

_FIRST_START = Actor("first-start")


@contextmanager
def account_deps(settings: Settings, installation: Installation) -> Iterator[AccountDeps]:
    """What the use cases work with; passwords are checked in threads that end with the block."""
    passwords = Argon2Passwords()
    try:
        yield AccountDeps(
            members=SqliteMembers(installation.database),
            credentials=SqliteCredentials(installation.database),
            passwords=passwords,
            verifier=installation.vault.verifier,
            clock=installation.clock,
            idle=settings.session_idle_timeout,
            absolute=settings.session_lifetime,
        )
    finally:
        passwords.close()


async def first_link(deps: AccountDeps, actor: Actor = _FIRST_START) -> Secret | None:
    """A new one-time token that makes its holder the owner; None when there is an owner."""
    joining = Joining(deps, Sessions(deps))
    return await joining.setup_link(actor) if await joining.setup_needed() else None


def invite_url(settings: Settings, listening: str, token: Secret) -> str:
    """The link of an invitation."""
    return f"{dashboard_url(settings, listening)}/sign-up#invite={token.reveal()}"


def check_identity(settings: Settings) -> None:
    """Raises CannotStart when settings that belong together are not there together."""
    if settings.oidc_issuer and not (settings.oidc_client_id and settings.public_origin):
        raise CannotStart("The setting oidc_issuer needs oidc_client_id and public_origin beside it.")
    if settings.clerk_issuer and not settings.clerk_authorized_parties:
        raise CannotStart("The setting clerk_issuer needs clerk_authorized_parties beside it.")


def dashboard_url(settings: Settings, listening: str) -> str:
    """Where people find the dashboard. `listening` stands in for an origin that is not configured."""
    return f"{settings.public_origin or listening}{settings.public_path}/dashboard"


def setup_url(settings: Settings, listening: str, token: Secret) -> str:
    """The link of the first start. Behind the # it stays out of logs and of Referer headers."""
    return f"{dashboard_url(settings, listening)}/setup#token={token.reveal()}"
