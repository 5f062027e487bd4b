"""Other services that vouch for members, as configured."""

from collections.abc import Sequence

from llm_gateway.control.accounts import AccountDeps, Vouched, Voucher
from llm_gateway.domain.secret import Secret
from llm_gateway.identity.oidc.clerk import ClerkSessions
from llm_gateway.identity.oidc.documents import Documents
from llm_gateway.identity.oidc.provider import Client, OidcProvider
from llm_gateway.ports.signin import IdentityProvider
from llm_gateway.ports.upstream import Upstream
from llm_gateway.settings import Settings


def providers_for(settings: Settings, upstream: Upstream, people: AccountDeps) -> Sequence[IdentityProvider]:
    """Where members may sign in."""
    if not settings.oidc_issuer:
        return ()
    given = settings.oidc_client_secret
    path = f"{settings.public_path}/api/auth/oidc/{OidcProvider.id}/callback"
    client = Client(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        secret=Secret(given.get_secret_value()) if given else None,
        redirect_uri=settings.public_origin + path,
        title=settings.oidc_title,
    )
    return (OidcProvider(client, Documents(upstream), people.clock),)


def vouchers_for(settings: Settings, upstream: Upstream, people: AccountDeps) -> tuple[Voucher, ...]:
    """Whose tokens are taken as they are."""
    if not settings.clerk_issuer:
        return ()
    parties = frozenset(settings.clerk_authorized_parties)
    clerk = ClerkSessions(settings.clerk_issuer, parties, Documents(upstream), people.clock)
    return (Vouched(people, clerk),)
