"""Each page in both themes: nothing that should not happen, and no fault of accessibility."""

import os
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.addresses import DASHBOARD, SITE
from tests.browser.conftest import House
from tests.browser.watching import Watched

AXE = Path(__file__).parents[2] / "dashboard" / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = os.environ.get("SCREENSHOTS")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_RUN = """async (levels) => {
    const found = await axe.run(document, {runOnly: levels});
    return found.violations.map(v => [v.id, v.nodes.map(n => [n.target, n.failureSummary])]);
}"""

Theme = Literal["light", "dark"]


def faults(page: Page) -> Any:
    """What axe finds at levels A and AA. It runs as the debugger does, outside the page's policy."""
    page.evaluate(AXE.read_text())
    return page.evaluate(_RUN, LEVELS)


def settle(page: Page) -> None:
    """Waits until what is drawn stays as it is."""
    page.wait_for_load_state("load")
    page.locator("h1").first.wait_for()
    page.wait_for_function("() => !document.querySelector('[role=status][aria-label=Loading]')")
    page.wait_for_timeout(250)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", [*DASHBOARD, *SITE])
def test_page(page: Page, house: House, watched: Watched, name: str, theme: Theme) -> None:
    """No dialog, no foreign request, no error, no violation of the policy, no fault that axe finds."""
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.goto(house.gateway.url + (DASHBOARD | SITE)[name])
    settle(page)
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}-{theme}.png")

    assert faults(page) == []
    assert watched.found == []


@pytest.mark.parametrize("name", [*DASHBOARD, "home", "features", "pricing", "help"])
def test_narrow(page: Page, house: House, watched: Watched, name: str) -> None:
    """At 360 pixels nothing sticks out of the page."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(house.gateway.url + (DASHBOARD | SITE)[name])
    settle(page)
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}-narrow.png")

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert watched.found == []


@pytest.mark.parametrize("name", SITE)
def test_site_needs_no_script(browser: Browser, house: House, name: str) -> None:
    """The public pages say the same without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(house.gateway.url + SITE[name])

    assert page.locator("h1").inner_text() != ""
    assert page.locator("main").inner_text() != ""
    context.close()
