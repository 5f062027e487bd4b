"""The administrative API with everything it leads to. Imported late: it takes long to load."""

from dataclasses import dataclass

from llm_gateway.app.dashboard import dashboard_routers
from llm_gateway.app.identity import providers_for, vouchers_for
from llm_gateway.app.installation import Installation, secret_of
from llm_gateway.app.policies import PolicyOffice
from llm_gateway.control import Access, Keys, Registration
from llm_gateway.control.accounts import AccountDeps, accounts
from llm_gateway.control.deps import ControlDeps
from llm_gateway.pipeline.gateway import Ports
from llm_gateway.pipeline.inspection import Inspection
from llm_gateway.settings import Settings
from llm_gateway.state.live import LiveTail
from llm_gateway.web.admin import Controls, build_admin
from llm_gateway.web.admin.policies import DOCUMENT_PATHS, policies_router
from llm_gateway.web.auth.account import account_router
from llm_gateway.web.auth.browser import Browser
from llm_gateway.web.auth.front import Front
from llm_gateway.web.auth.members import members_router
from llm_gateway.web.auth.oidc import oidc_router
from llm_gateway.web.auth.schemas import OidcOut
from llm_gateway.web.auth.session import session_router
from llm_gateway.web.auth.sources import Sources
from llm_gateway.web.proxy import Application
from llm_gateway.web.scan import MAX_BODY, ScanDesk, scan_router
from llm_gateway.web.scan import PATH as SCAN_PATH


@dataclass(frozen=True, slots=True)
class Running:
    """The parts of the running server that administration looks at."""

    ports: Ports
    inspection: Inspection
    tail: LiveTail
    people: AccountDeps


def administration(
    settings: Settings,
    installation: Installation,
    controls: ControlDeps,
    policies: PolicyOffice,
    running: Running,
) -> Application:
    """The ASGI application of everything that is not proxied."""
    ports, people = running.ports, running.people
    office = accounts(people, vouchers=vouchers_for(settings, ports.upstream, people))
    providers = providers_for(settings, ports.upstream, people)
    access = Access(
        admin_token=secret_of(settings.admin_token),
        internal_secret=secret_of(settings.internal_api_secret),
        people=office,
    )
    desk = ScanDesk(ports.directory, ports.vault, ports.clock, running.inspection, ports.rulebook)
    routers = (
        scan_router(desk),
        policies_router(policies.policies(controls), policies.replays, installation.pins),
        *dashboard_routers(installation, controls, ports.upstream, running.tail, demo=settings.demo),
        session_router(office, [OidcOut(id=one.id, title=one.title) for one in providers]),
        oidc_router(office, providers, settings.public_path),
        account_router(office),
        members_router(office),
    )
    return build_admin(
        Controls(Keys(controls), Registration(controls), installation.records, installation.audit),
        access,
        routers=routers,
        body_limits={SCAN_PATH: MAX_BODY, **DOCUMENT_PATHS},
        front=Front(Browser(settings.public_origin), Sources(settings.trusted_proxies)),
    )
