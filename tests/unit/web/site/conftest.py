from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from llm_gateway.web.site import Mounted, load_site

FILES: Mapping[str, str] = {
    "dashboard/index.html": '<!doctype html><base href="/dashboard/"><script src="./assets/a-1.js"></script>',
    "dashboard/theme.js": "theme();",
    "dashboard/assets/a-1.js": "a();" * 100,
    "dashboard/assets/a-1.js.br": "brotli",
    "dashboard/assets/a-1.js.gz": "gzip",
    "dashboard/.stamp": "not for anyone",
    "site/index.html": '<!doctype html><base href="/">home',
    "site/features.html": '<!doctype html><base href="/">features',
    "site/blog/one.html": '<!doctype html><base href="/">one',
    "site/assets/site-1.css": "a{}",
}

Open = Callable[[str], TestClient]


@pytest.fixture
def built(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path.parent / "secret.txt").write_text("outside")
    return tmp_path


@pytest.fixture
def mounted(built: Path) -> Open:
    """A client of the site under a prefix; what is not the site's answers 418."""
    other = PlainTextResponse("elsewhere", 418)

    def opened(prefix: str) -> TestClient:
        application = Mounted(prefix, load_site(prefix, other, built))
        return TestClient(application, headers={"accept-encoding": "identity"})

    return opened
