from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from llm_gateway.web.site import CONTENT_SECURITY_POLICY, load_site
from tests.unit.web.site.conftest import Open


@pytest.mark.parametrize(
    ("path", "text"),
    [("/", "home"), ("/features", "features"), ("/features.html", "features"), ("/blog/one", "one")],
)
def test_public_pages(mounted: Open, path: str, text: str) -> None:
    """Each public page has its clean address."""
    answer = mounted("").get(path)

    assert answer.status_code == 200
    assert answer.text.endswith(text)


@pytest.mark.parametrize("path", ["/dashboard", "/dashboard/", "/dashboard/logs/req_1", "/dashboard/no.js"])
def test_dashboard_addresses(mounted: Open, path: str) -> None:
    """Every address below /dashboard shows the one page that draws it."""
    answer = mounted("").get(path)

    assert answer.status_code == 200
    assert '<base href="/dashboard/">' in answer.text


@pytest.mark.parametrize("path", ["/", "/dashboard/keys", "/dashboard/assets/a-1.js", "/assets/site-1.css"])
def test_one_policy(mounted: Open, path: str) -> None:
    """Whatever the file, the policy and the other security headers are the same."""
    headers = mounted("").get(path).headers

    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["referrer-policy"] == "same-origin"


def test_caching(mounted: Open) -> None:
    """Hashed files are kept for a year, pages are asked for again each time."""
    client = mounted("")

    assert "immutable" in client.get("/dashboard/assets/a-1.js").headers["cache-control"]
    assert client.get("/dashboard/theme.js").headers["cache-control"] == "no-cache"
    assert client.get("/features").headers["cache-control"] == "no-cache"


def test_unchanged_pages_are_not_sent_again(mounted: Open) -> None:
    """A browser that has the page already gets a 304 without a body."""
    client = mounted("")
    tag = client.get("/features").headers["etag"]

    again = client.get("/features", headers={"if-none-match": tag})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-security-policy"] == CONTENT_SECURITY_POLICY


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("identity", None),
        ("brrr", None),
    ],
)
def test_compressed_forms(mounted: Open, accepted: str, coding: str | None) -> None:
    """The smallest form that the browser takes is sent, and caches are told that it depends."""
    client = mounted("")
    answer = client.build_request("GET", "/dashboard/assets/a-1.js", headers={"accept-encoding": accepted})
    response = client.send(answer, stream=True)

    assert response.headers.get("content-encoding") == coding
    assert response.headers["vary"] == "accept-encoding"


@pytest.mark.parametrize(
    "path",
    [
        "/dashboard/assets/gone.js",
        "/dashboard/assets/../../../secret.txt",
        "/..%2f..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/site/index.html",
        "/.stamp",
        "/api/dashboard/records",
        "/nothing",
    ],
)
def test_everything_else(mounted: Open, path: str) -> None:
    """What was not built as a page goes on to the rest of the gateway; no path leaves the folder."""
    assert mounted("").get(path).status_code == 418


def test_hidden_files_are_not_shown(mounted: Open) -> None:
    """Files that the build keeps for itself are not served."""
    assert "not for anyone" not in mounted("").get("/dashboard/.stamp").text


def test_only_reading(mounted: Open) -> None:
    """Other methods are not the site's business."""
    assert mounted("").post("/features").status_code == 418


def test_head(mounted: Open) -> None:
    """HEAD has the headers of GET and no body."""
    answer = mounted("").head("/dashboard/assets/a-1.js", headers={"accept-encoding": "identity"})

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == "400"


def test_not_built(tmp_path: Path) -> None:
    """Without the built files the dashboard says which command makes them."""
    client = TestClient(load_site("", PlainTextResponse("elsewhere", 418), tmp_path / "nothing"))

    answer = client.get("/dashboard/")

    assert answer.status_code == 503
    assert "scripts/build-dashboard" in answer.text
