import re

from tests.unit.web.admin.conftest import Desk

PAGES = ("/docs", "/docs/page.js", "/docs/page.css")


def test_the_reference_loads_nothing_foreign(shared: Desk) -> None:
    """Neither page, script nor style names another host, and the policy would not allow it."""
    for path in PAGES:
        answer = shared.anyone.get(path)
        assert answer.status_code == 200
        assert not re.search(r"https?:|//[a-z]|@import|\burl\(", answer.text.replace("// Draws", ""))
        assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_the_page_has_no_inline_script(shared: Desk) -> None:
    """The policy allows scripts from files only, and nothing sets markup from text."""
    page, script = shared.anyone.get("/docs").text, shared.anyone.get("/docs/page.js").text

    assert re.findall(r"<script[^>]*>([^<]*)</script>", page) == [""]
    assert not re.search(r"\son\w+=|style=", page)
    assert "innerHTML" not in script


def test_media_types(shared: Desk) -> None:
    """Browsers that do not sniff need the right types."""
    types = [shared.anyone.get(path).headers["content-type"].split(";")[0] for path in PAGES]

    assert types == ["text/html", "text/javascript", "text/css"]


def test_the_description_is_fit_for_a_typed_client(shared: Desk) -> None:
    """Every operation has a short unique id, a summary, a typed answer and the error envelope."""
    description = shared.anyone.get("/openapi.json").json()
    operations = [operation for item in description["paths"].values() for operation in item.values()]

    assert len({operation["operationId"] for operation in operations}) == len(operations)
    for operation in operations:
        assert re.fullmatch(r"[a-z_]+", operation["operationId"])
        assert operation["description"].endswith(".")
        good = next(answer for status, answer in operation["responses"].items() if status.startswith("2"))
        assert "$ref" in good["content"]["application/json"]["schema"]
        assert "ErrorBody" in str(operation["responses"]["4XX"])


def test_secrets_are_marked(shared: Desk) -> None:
    """Fields that take secrets are write-only passwords in the description."""
    schemas = shared.anyone.get("/openapi.json").json()["components"]["schemas"]

    assert schemas["RegisterKeyIn"]["properties"]["gateway_key"]["format"] == "password"
    assert schemas["UnregisterKeyIn"]["properties"]["gateway_key"]["writeOnly"]


def test_guards_are_described(shared: Desk) -> None:
    """The description says which credential opens which operation."""
    paths = shared.anyone.get("/openapi.json").json()["paths"]

    assert paths["/register-key"]["post"]["security"] == [{"AdminToken": []}, {"InternalSecret": []}]
    assert paths["/api/internal/resolve-key"]["get"]["security"] == [{"InternalSecret": []}]
    assert "security" not in paths["/health"]["get"]


def test_health(shared: Desk) -> None:
    """Health answers GET and HEAD with nothing but state and version."""
    assert shared.anyone.get("/health").json().keys() == {"status", "version"}
    assert shared.anyone.head("/health").status_code == 200
