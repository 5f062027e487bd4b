"""What the dashboard asks for beside keys and records."""

from collections.abc import Sequence

from fastapi import APIRouter

from llm_gateway.app.installation import Installation
from llm_gateway.control.deps import ControlDeps
from llm_gateway.control.probes import Probes
from llm_gateway.control.traffic import Traffic
from llm_gateway.ports.upstream import Upstream
from llm_gateway.state.live import LiveTail
from llm_gateway.stores.sqlite.traffic import SqliteTraffic
from llm_gateway.web.admin.live import live_router
from llm_gateway.web.admin.overview import overview_router
from llm_gateway.web.admin.providers import providers_router


def dashboard_routers(
    installation: Installation, controls: ControlDeps, upstream: Upstream, tail: LiveTail, *, demo: bool
) -> Sequence[APIRouter]:
    """Overview and log, live tail, providers."""
    store = SqliteTraffic(installation.database)
    traffic = Traffic(controls, store, store, installation.records, installation.audit)
    probes = Probes(controls, upstream, installation.audit)
    return (overview_router(traffic), live_router(tail), providers_router(probes, demo=demo))
