"""A real gateway and a real browser, one of each for all tests of a process."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.chromium import ARGUMENTS, executable
from tests.browser.watching import Watched
from tests.support.gateway import RunningGateway, running_gateway

PASSWORD = "correct horse battery staple"
EMAIL = "maria@example.com"
PATIENCE = 20_000
"""Milliseconds that something on a page may take on a busy machine."""
STATIC = Path(__file__).parents[2] / "src" / "llm_gateway" / "web" / "site" / "static"


@dataclass(frozen=True)
class House:
    """A gateway whose owner is signed in. `state` is what the browser keeps of it."""

    gateway: RunningGateway
    demo_key: str
    state: Path

    @property
    def host(self) -> str:
        return urlsplit(self.gateway.url).netloc


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not (STATIC / "dashboard" / "index.html").is_file():
        raise RuntimeError("the dashboard is not built; run scripts/build-dashboard")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(ARGUMENTS))
        yield browser
        browser.close()


def printed(gateway: RunningGateway, pattern: str) -> str:
    """What the gateway wrote to the terminal at its start."""
    found = re.search(pattern, gateway.log.read_text())
    assert found, gateway.log.read_text()
    return found[0]


def set_up(page: Page, gateway: RunningGateway) -> None:
    """The first run, as a newcomer does it."""
    page.goto(printed(gateway, r"http://\S+/setup#\S+"))
    page.get_by_label("Name").fill("Maria Lopez")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.get_by_role("heading", name="Overview").wait_for()


@pytest.fixture(scope="session")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    with running_gateway(folder) as gateway:
        context = browser.new_context()
        set_up(context.new_page(), gateway)
        context.storage_state(path=folder / "state.json")
        context.close()
        yield House(gateway, printed(gateway, r"lgw_live_\w+"), folder / "state.json")


@pytest.fixture
def watched(house: House) -> Watched:
    return Watched(house.host)


@pytest.fixture
def context(browser: Browser, house: House) -> Iterator[BrowserContext]:
    context = browser.new_context(storage_state=house.state, viewport={"width": 1290, "height": 924})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, watched: Watched) -> Page:
    page = context.new_page()
    watched.watch(page)
    return page
